/** Everything the notes page may say to the background, over the port `NOTES_PORT`. Trusted, but bounded: it goes to a server. */
import * as z from 'zod/mini'
import { NOTE_BOUNDS } from '../core/notes/note'

export const NOTES_PORT = 'notes'

const whole = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most))
const channel = whole(0, NOTE_BOUNDS.channels - 1)
const sevenBits = whole(0, NOTE_BOUNDS.most7bit)
/** Server time. */
const atMs = z.number().check(z.gte(0), z.lte(1e14))

const note = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('on'), atMs, channel, key: sevenBits, velocity: sevenBits }),
  z.object({ kind: z.literal('off'), atMs, channel, key: sevenBits }),
  z.object({ kind: z.literal('control'), atMs, channel, controller: sevenBits, value: sevenBits }),
  z.object({ kind: z.literal('program'), atMs, channel, program: sevenBits }),
  z.object({ kind: z.literal('bend'), atMs, channel, bend: whole(NOTE_BOUNDS.bend.least, NOTE_BOUNDS.bend.most) }),
])

export const notesToBackground = z.discriminatedUnion('type', [
  /** What was played here, said at once, and what is held after it; again every `HELD_EVERY_MS` while anything is held. */
  z.object({
    type: z.literal('played'),
    notes: z.array(note).check(z.maxLength(NOTE_BOUNDS.perBatch)),
    held: z.object({
      keys: z.array(z.object({ channel, key: sevenBits })).check(z.maxLength(NOTE_BOUNDS.heldKeys)),
      pedals: z.array(channel).check(z.maxLength(NOTE_BOUNDS.channels)),
    }),
  }),
  /** Compares the two contexts' clocks, and keeps the worker awake. */
  z.object({ type: z.literal('clock-ping'), sentMs: z.number() }),
])
export type NotesToBackground = z.infer<typeof notesToBackground>

/**
 * Notes on our own wire: short, because there are many, and still to be read by eye: `["on", atMs, channel, key, velocity]`.
 * Knows how they are spelt and how long a batch may be; what may be played is for the core to say.
 */
import * as z from 'zod/mini'
import { type Held, NOTE_BOUNDS, type Note } from '../../core/notes/note'
import { list, moment } from './room-parts'

const int = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most))
const channel = int(0, NOTE_BOUNDS.channels - 1)
const sevenBits = int(0, NOTE_BOUNDS.most7bit)

const note = z.union([
  z.tuple([z.literal('on'), moment, channel, sevenBits, sevenBits]),
  z.tuple([z.literal('off'), moment, channel, sevenBits]),
  z.tuple([z.literal('control'), moment, channel, sevenBits, sevenBits]),
  z.tuple([z.literal('program'), moment, channel, sevenBits]),
  z.tuple([z.literal('bend'), moment, channel, int(NOTE_BOUNDS.bend.least, NOTE_BOUNDS.bend.most)]),
])
type WireNote = Readonly<z.infer<typeof note>>

/** To a server no more than a batch; what it tells may end all that was held besides. */
const mostTold = NOTE_BOUNDS.perBatch + NOTE_BOUNDS.heldKeys + NOTE_BOUNDS.channels

export const playedNotes = list(note, NOTE_BOUNDS.perBatch)
export const toldNotes = list(note, mostTold)
export const heldKeys = z.object({
  keys: list(z.tuple([channel, sevenBits]), NOTE_BOUNDS.heldKeys),
  pedals: list(channel, NOTE_BOUNDS.channels),
})
type WireHeld = {
  readonly keys: readonly (readonly [number, number])[]
  readonly pedals: readonly number[]
}

export function noteFrom(wire: WireNote): Note {
  const [kind, atMs, channel] = wire
  switch (kind) {
    case 'on':
      return { kind, atMs, channel, key: wire[3], velocity: wire[4] }
    case 'off':
      return { kind, atMs, channel, key: wire[3] }
    case 'control':
      return { kind, atMs, channel, controller: wire[3], value: wire[4] }
    case 'program':
      return { kind, atMs, channel, program: wire[3] }
    case 'bend':
      return { kind, atMs, channel, bend: wire[3] }
  }
}

export function noteTo(note: Note): WireNote {
  const { channel } = note
  // A tenth of a millisecond is more than anybody hears.
  const atMs = Math.round(note.atMs * 10) / 10
  switch (note.kind) {
    case 'on':
      return [note.kind, atMs, channel, note.key, note.velocity]
    case 'off':
      return [note.kind, atMs, channel, note.key]
    case 'control':
      return [note.kind, atMs, channel, note.controller, note.value]
    case 'program':
      return [note.kind, atMs, channel, note.program]
    case 'bend':
      return [note.kind, atMs, channel, note.bend]
  }
}

export function heldFrom({ keys, pedals }: WireHeld): Held {
  return { keys: keys.map(([channel, key]) => ({ channel, key })), pedals }
}

export function heldTo({ keys, pedals }: Held): { keys: [number, number][]; pedals: number[] } {
  return { keys: keys.map(({ channel, key }) => [channel, key]), pedals: [...pedals] }
}

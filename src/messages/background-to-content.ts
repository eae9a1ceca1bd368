/** Everything the background may say to a content script, over the port that the script opened. */
import * as z from 'zod/mini'
import { learnedPlayers } from './learned'

const line = z.object({ positionSec: z.number(), rate: z.number(), playing: z.boolean(), atMs: z.number() })

export const backgroundToContent = z.discriminatedUnion('type', [
  /** Follow this timeline; said at once and whenever timeline, clock, leave to act or nudge changes. */
  z.object({
    type: z.literal('follow'),
    timeline: z.object({ current: line, next: z.exactOptional(line) }),
    /** Server time minus the background's clock, ms. */
    offsetMs: z.number(),
    uncertaintyMs: z.number(),
    clockSamples: z.number(),
    /** May this person move the timeline? If not, the player goes back to it when they try. */
    mayControl: z.boolean(),
    /** How far ahead of the timeline (+) the person wants this player, by what they hear. */
    nudgeMs: z.number(),
    /** What earlier visits learned of this site's players; only the first time. */
    learned: z.exactOptional(learnedPlayers),
  }),
  /** The room has answered the last `person-did`, and what it changed has been said: follow the timeline again. */
  z.object({ type: z.literal('answered') }),
  /** Give the player back as it was found. The script stays for the next popup. */
  z.object({ type: z.literal('let-go') }),
  /** A button in the popup: do it to the player as if the person had done it there. */
  z.object({
    type: z.literal('act'),
    act: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('play') }),
      z.object({ kind: z.literal('pause') }),
      z.object({ kind: z.literal('skip'), bySec: z.number() }),
    ]),
  }),
  z.object({ type: z.literal('clock-pong'), sentMs: z.number(), backgroundMs: z.number() }),
])
export type BackgroundToContent = z.infer<typeof backgroundToContent>
export type Follow = Extract<BackgroundToContent, { type: 'follow' }>
export type PlayerAct = Extract<BackgroundToContent, { type: 'act' }>['act']

/** Everything that the page of one's own person may ask of the background, over the port `PERSON_PORT`. */
import * as z from 'zod/mini'
import { personCommand } from './person-command'

export const PERSON_PORT = 'person'

const id = z.string().check(z.maxLength(100))

export const personToBackground = z.discriminatedUnion('type', [
  z.object({ type: z.literal('command'), command: personCommand }),
  /** Into the room that this friend is in, out of the one that one is in. */
  z.object({ type: z.literal('join-friend'), personId: id }),
  /** All of a playlist, or one of what was played, into the queue of the room that one is in. */
  z.object({ type: z.literal('queue-playlist'), playlistId: id }),
  z.object({ type: z.literal('queue-played'), playedId: id, atMs: z.number() }),
  /** Answered by one view with `exported`. */
  z.object({ type: z.literal('export') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('dismiss-problem') }),
])
export type PersonToBackground = z.infer<typeof personToBackground>

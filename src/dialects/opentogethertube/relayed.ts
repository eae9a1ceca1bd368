/**
 * What sessions of this wire tell each other past the room: what a player says of itself, and acts that clients want to read of
 * although the room does not say who did them, or nothing changed by them. Texts of our own, read with care all the same.
 */
import * as z from 'zod/mini'
import { readJson } from '../read-json'
import { REQUEST, STATUSES } from './wire'

/** As many as fit into what may be relayed at once. */
export const MOST_STATUSES = 30

const seconds = z.number().check(z.gte(0))
const id = z.string().check(z.maxLength(64))

const relayed = z.discriminatedUnion('what', [
  z.object({ what: z.literal('status'), status: z.enum(STATUSES) }),
  /** Somebody has just come, and asks how the others are; whoever has been there longest answers for all. */
  z.object({ what: z.literal('how-are-you') }),
  z.object({
    what: z.literal('statuses'),
    to: id,
    of: z.array(z.tuple([id, z.enum(STATUSES)])).check(z.maxLength(MOST_STATUSES)),
  }),
  z.object({ what: z.literal('look-at-me') }),
  z.object({ what: z.literal(REQUEST.playback), state: z.boolean() }),
  z.object({ what: z.literal(REQUEST.skip), itemId: id, prevPosition: seconds }),
  z.object({
    what: z.literal(REQUEST.updateItem),
    itemId: id,
    update: z.object({ startAt: z.optional(seconds), endAt: z.optional(seconds) }),
  }),
])
export type Relayed = z.infer<typeof relayed>

export function writeRelayed(one: Relayed): string {
  return JSON.stringify(one)
}

export function readRelayed(fields: string): Relayed | undefined {
  return relayed.safeParse(readJson(fields)?.value).data
}

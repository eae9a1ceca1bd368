/**
 * What servers of this wire send, read with care: rooms there can be polluted (positions as texts, statuses as numbers), and one odd key costs
 * nothing but itself. Numbers are coerced where they are meant; what is not finite is as if it were not there.
 */
import * as z from 'zod/mini'
import type { Frame } from '../dialect'
import { readJson } from '../read-json'
import { QUEUE_MODES, STATUSES, type Status } from './wire'

export const MAX_LENGTH_TO_CLIENT = 2 * 1024 * 1024
const MOST_USERS = 1_000
const MOST_ITEMS = 2_000

function lenient<Value>(schema: z.ZodMiniType<Value>) {
  return z.optional(
    z.pipe(
      z.unknown(),
      z.transform((value): Value | undefined => schema.safeParse(value).data),
    ),
  )
}

const text = (most: number) => z.string().check(z.maxLength(most))
const id = text(64).check(z.minLength(1))
const number = z.pipe(
  z.union([z.number(), text(32).check(z.regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i))]),
  // -0 is no number that anybody means.
  z.pipe(
    z.transform((value: string | number) => Number(value) + 0),
    z.number(),
  ),
)
const status = z.union([
  z.enum(STATUSES),
  z.pipe(
    z.int().check(z.gte(0), z.lt(STATUSES.length)),
    z.transform((index): Status => STATUSES[index] ?? 'none'),
  ),
])

const item = z.object({
  service: text(32),
  id: text(2_000).check(z.minLength(1)),
  title: lenient(text(10_000)),
  thumbnail: lenient(text(500)),
  length: lenient(number),
  startAt: lenient(number),
  endAt: lenient(number),
})
export type ForeignVideo = z.infer<typeof item>
const items = z.array(item).check(z.maxLength(MOST_ITEMS))

const user = z.object({
  id,
  name: lenient(text(500)),
  status: lenient(status),
  role: lenient(number),
  isLoggedIn: lenient(z.boolean()),
})
export type ForeignUser = z.infer<typeof user>

const sync = z.object({
  action: z.literal('sync'),
  title: lenient(text(1_000)),
  description: lenient(text(10_000)),
  isTemporary: lenient(z.boolean()),
  visibility: lenient(text(32)),
  queueMode: lenient(z.enum(QUEUE_MODES)),
  currentSource: lenient(z.nullable(item)),
  queue: lenient(items),
  isPlaying: lenient(z.boolean()),
  playbackPosition: lenient(number),
  playbackSpeed: lenient(number),
  grants: lenient(z.array(z.tuple([z.int(), z.int().check(z.gte(0), z.lt(2 ** 31))])).check(z.maxLength(16))),
  voteCounts: lenient(z.array(z.tuple([text(2_100), number])).check(z.maxLength(MOST_ITEMS))),
  prevQueue: lenient(z.nullable(items)),
  enableVoteSkip: lenient(z.boolean()),
  votesToSkip: lenient(z.array(id).check(z.maxLength(MOST_USERS))),
})
export type Sync = z.infer<typeof sync>

const toClient = z.discriminatedUnion('action', [
  sync,
  z.object({
    action: z.literal('event'),
    request: z.object({ type: z.int(), state: lenient(z.boolean()) }),
    user,
  }),
  z.object({ action: z.literal('chat'), from: user, text: text(100_000) }),
  z.object({
    action: z.literal('user'),
    update: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('init'), value: z.array(user).check(z.maxLength(MOST_USERS)) }),
      z.object({ kind: z.literal('update'), value: user }),
      z.object({ kind: z.literal('remove'), value: id }),
    ]),
  }),
  z.object({ action: z.literal('you'), info: z.object({ id }) }),
  z.object({ action: z.literal('announcement'), text: text(100_000) }),
  z.object({ action: z.literal('eventcustom'), text: text(100_000) }),
  z.object({ action: z.literal('unload') }),
])
export type ToClient = z.infer<typeof toClient>

export function readToClient(frame: Frame): ToClient | undefined {
  if (frame.length > MAX_LENGTH_TO_CLIENT) return undefined
  return toClient.safeParse(readJson(frame)?.value).data
}

const grant = z.object({ token: text(4_096).check(z.minLength(1)) })
const made = z.object({ room: text(64).check(z.minLength(1)) })

export function readGrant(body: string): string | undefined {
  return grant.safeParse(readJson(body)?.value).data?.token
}

export function readMade(body: string): string | undefined {
  return made.safeParse(readJson(body)?.value).data?.room
}

/**
 * What a plug.dj server answers and tells, read with bounds and without trust: numbers may be text, old names count, what is missing is missing.
 * Knows neither the copy nor when something may come.
 */
import * as z from 'zod/mini'
import { readJson } from '../read-json'
import { unescapeText } from './escaping'
import { thousandsOf } from './grades'
import { momentOf } from './timestamp'

const MAX_BODY_LENGTH = 2 * 1024 * 1024
const MAX_USERS = 500

const digits = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/)),
  z.transform((text: string) => Number(text)),
)
const number = z.union([z.number(), digits])
const id = z.pipe(number, z.int().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER)))
const text = (longest: number) => z.string().check(z.maxLength(longest))
const words = z.pipe(text(4_000), z.transform(unescapeText))
const otherwise = z.catch
/** What can't be read is as if it were not there. */
const orNone = <Output>(schema: z.ZodMiniType<Output>) => otherwise(z.optional(z.nullable(schema)), undefined)
const flag = z.pipe(
  z.union([z.boolean(), z.number()]),
  z.transform((value: boolean | number) => value === true || value === 1),
)
const role = z.pipe(number, z.transform(thousandsOf))
const moment = z.pipe(
  text(64),
  z.transform((value: string) => momentOf(value)),
)

const media = z.object({
  cid: z.pipe(
    z.union([text(2_000), z.number()]),
    z.transform((value: string | number) => String(value)),
  ),
  format: number,
  title: orNone(words),
  author: orNone(words),
  image: orNone(text(500)),
  duration: orNone(number),
  id: orNone(id),
})
export type HeardMedia = z.infer<typeof media>

export const user = z.object({
  id: orNone(id),
  username: orNone(words),
  role: orNone(role),
  guest: orNone(flag),
})
export type HeardUser = z.infer<typeof user>

const ids = otherwise(z.array(id).check(z.maxLength(MAX_USERS)), [])
const votes = otherwise(z.record(text(20), number), {})

const state = z.object({
  booth: z.object({
    currentDJ: orNone(id),
    isLocked: orNone(flag),
    shouldCycle: orNone(flag),
    waitingDJs: ids,
  }),
  meta: z.object({
    name: orNone(words),
    slug: orNone(text(300)),
    description: orNone(words),
    welcome: orNone(words),
    guests: orNone(number),
  }),
  playback: orNone(z.object({ historyID: orNone(text(100)), startTime: orNone(moment), media: orNone(media) })),
  users: z.array(user).check(z.maxLength(MAX_USERS)),
  votes,
})
export type HeardState = z.infer<typeof state>

const envelope = z.object({ status: text(100), data: orNone(z.unknown()) })

/** A request to its REST side, below the prefix. */
export type Call = { readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'; readonly path: string; readonly body?: object }

export type Answered =
  | { readonly ok: true; readonly data: readonly unknown[] }
  /** `words` is what the server says of it. */
  | { readonly ok: false; readonly status: string; readonly words?: string }

export function readAnswer(body: string): Answered | undefined {
  if (body.length > MAX_BODY_LENGTH) return undefined
  const json = readJson(body)
  const read = envelope.safeParse(json?.value)
  if (!read.success) return undefined
  const { status, data } = read.data
  const list: readonly unknown[] = Array.isArray(data) ? data : data === undefined || data === null ? [] : [data]
  if (status === 'ok') return { ok: true, data: list }
  const [first] = list
  return { ok: false, status, ...(typeof first === 'string' && { words: first.slice(0, 200) }) }
}

function first<Value>(
  schema: z.ZodMiniType<Value>,
  { data }: { readonly data: readonly unknown[] },
): Value | undefined {
  const read = schema.safeParse(data[0])
  return read.success ? read.data : undefined
}

type Data = { readonly data: readonly unknown[] }
export const readInit = (answer: Data) => first(z.object({ c: text(500), t: orNone(moment) }), answer)
export const readToken = (answer: Data) => first(text(4_096).check(z.minLength(1)), answer)
export const readUser = (answer: Data): HeardUser | undefined => first(user, answer)
export const readState = (answer: Data): HeardState | undefined => first(state, answer)
export const readMade = (answer: Data) => first(z.object({ slug: text(300).check(z.minLength(1)) }), answer)

/** The time on the page of guests. */
export function readPageTime(body: string): number | undefined {
  return momentOf(/_st\s*=\s*"([^"]{1,64})"/.exec(body.slice(0, MAX_BODY_LENGTH))?.[1] ?? '')
}

const mod = { m: orNone(words), mi: orNone(id) }
const PARAMETERS = {
  advance: z.object({ c: orNone(id), d: ids, h: orNone(text(100)), m: orNone(media), t: orNone(moment) }),
  chat: z.object({
    message: words,
    un: orNone(words),
    cid: orNone(text(100)),
    uid: orNone(id),
  }),
  chatDelete: z.object({ c: text(100) }),
  djListUpdate: z.array(id).check(z.maxLength(MAX_USERS)),
  djListCycle: z.object({ f: orNone(flag), c: orNone(flag) }),
  djListLocked: z.object({ f: flag }),
  modMute: z.object({ ...mod, i: id, t: orNone(words), d: orNone(text(4)) }),
  modBan: z.object({ ...mod, t: words }),
  modStaff: z.object({ u: z.array(z.object({ i: id, p: role })).check(z.maxLength(100)) }),
  nameChangedRoom: z.object({ i: id, n: words }),
  userJoin: user,
  userLeave: id,
  userUpdate: z.object({ i: id, username: orNone(words) }),
  vote: z.object({ i: id, v: number }),
  grab: id,
  roomNameUpdate: z.object({ n: words }),
  roomDescriptionUpdate: z.object({ d: words }),
  roomWelcomeUpdate: z.object({ w: words }),
  plugMessage: words,
  ban: z.object({ r: orNone(number) }),
} as const

export type Parameters = { readonly [Name in keyof typeof PARAMETERS]: z.infer<(typeof PARAMETERS)[Name]> }
export type ParameterName = keyof Parameters

/** Nothing where it is not what that event has. */
export function readParameter<Name extends ParameterName>(name: Name, p: unknown): Parameters[Name] | undefined {
  const schema: z.ZodMiniType = PARAMETERS[name]
  const read = schema.safeParse(p)
  return read.success ? (read.data as Parameters[Name]) : undefined
}

export function hasParameter(name: string): name is ParameterName {
  return Object.hasOwn(PARAMETERS, name)
}

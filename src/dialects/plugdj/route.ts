/**
 * A call of this wire: its method and path, what it takes, who may make it, and what is done. The list of them is `rest.ts`.
 * Schemas are bounded, and tolerant of numbers written as text, as living clients send them.
 */
import * as z from 'zod/mini'
import type { Asked, Waiting } from './session'
import type { Turn } from './turn'

export type Call = {
  readonly to: Waiting
  /** What the path has in place of each `:`. */
  readonly params: readonly string[]
  readonly query: Readonly<Record<string, string>>
  readonly cookie: string | undefined
}

export type Route = {
  readonly method: string
  /** Parts of the path behind `/_/`; `:` stands for any one. */
  readonly path: readonly string[]
  /** `anybody`: without a cookie, too. `person`: whoever has one of ours. `account`: no guests. `seat`: in a room. */
  readonly who: 'anybody' | 'person' | 'account' | 'seat'
  /** Answers a sentence if the body is not what it takes. */
  run(turn: Turn, call: Call, body: unknown): string | undefined
}

type Takes<Body> = (turn: Turn, call: Call, body: Body) => void

export function route(method: string, path: string, who: Route['who'], run: Takes<undefined>): Route
export function route<Body>(
  method: string,
  path: string,
  who: Route['who'],
  run: Takes<Body>,
  schema: z.ZodMiniType<Body>,
): Route
export function route<Body>(
  method: string,
  path: string,
  who: Route['who'],
  run: Takes<Body> | Takes<undefined>,
  schema?: z.ZodMiniType<Body>,
): Route {
  return {
    method,
    path: path.split('/'),
    who,
    run(turn, call, body) {
      if (!schema) {
        ;(run as Takes<undefined>)(turn, call, undefined)
        return undefined
      }
      const read = schema.safeParse(body)
      if (!read.success) {
        const field = read.error.issues[0]?.path[0]
        return typeof field === 'string' ? `${field} is required` : 'a body is required'
      }
      ;(run as Takes<Body>)(turn, call, read.data)
      return undefined
    },
  }
}

const largest = 2 ** 31 - 1
const asNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,10}$/)),
  z.transform((text: string) => Number(text)),
)
/** A number that names something. */
export const id = z.pipe(z.union([z.number(), asNumber]), z.int().check(z.gte(0), z.lte(largest)))
export const text = (longest: number) => z.string().check(z.maxLength(longest))
export const flag = z.pipe(
  z.union([z.boolean(), z.literal([0, 1, 'true', 'false'])]),
  z.transform((value: boolean | 0 | 1 | 'true' | 'false') => value === true || value === 1 || value === 'true'),
)
export const whole = z.pipe(z.union([z.number(), asNumber]), z.int().check(z.gte(-largest), z.lte(largest)))

/** The number in the path; nothing where there is none. */
export function idIn({ params }: Call): number | undefined {
  const read = id.safeParse(params[0])
  return read.success ? read.data : undefined
}

const MAX_COOKIE_LENGTH = 4096

/** The session that a request belongs to: raw, as it was given out. */
export function cookieOf(headers: Readonly<Record<string, string>>): string | undefined {
  for (const part of (headers['cookie'] ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=')
    const token = value.join('=').replaceAll(/^"|"$/g, '')
    if (name === 'session' && token !== '' && token.length <= MAX_COOKIE_LENGTH) return token
  }
  return undefined
}

export function bodyOf({ request }: Asked): unknown {
  if (request.body === '') return {}
  try {
    return JSON.parse(request.body)
  } catch {
    return undefined
  }
}

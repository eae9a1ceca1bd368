/**
 * What crosses the socket. Server to client: the bare `h`, or an array of events `{a, p, s}`; client to server: an object `{a, p, t}`.
 * Any `t` will do. A parameter of the wrong type makes the original drop a frame without notice, and so does it here. Knows no session.
 */
import * as z from 'zod/mini'
import type { Frame } from '../dialect'

export const MAX_BYTES_TO_SERVER = 8 * 1024
export const MAX_LENGTH_TO_CLIENT = 512 * 1024
export const HEARTBEAT = 'h'
/** Where nothing of a room is said. */
export const DASHBOARD = 'dashboard'

export const MAX_TOKEN_LENGTH = 4096

const toServer = z.discriminatedUnion('a', [
  z.object({ a: z.literal('auth'), p: z.string().check(z.minLength(1), z.maxLength(MAX_TOKEN_LENGTH)) }),
  z.object({ a: z.literal('chat'), p: z.string().check(z.maxLength(2000)) }),
])
export type ToServer = z.infer<typeof toServer>

export type WireEvent = { readonly a: string; readonly p?: unknown; readonly s: string }

const event = z.object({
  a: z.string().check(z.minLength(1), z.maxLength(64)),
  p: z.optional(z.unknown()),
  s: z.optional(z.nullable(z.string().check(z.maxLength(300)))),
})
const events = z.array(event).check(z.maxLength(500))

export type Heard = { readonly a: string; readonly p: unknown; readonly s: string | undefined }

export type Read<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: string }

export function readToServer(frame: Frame): Read<ToServer> {
  return read(toServer, frame)
}

/** No events are in a bare `h`. */
export function readToClient(frame: Frame): Read<readonly Heard[]> {
  if (frame === HEARTBEAT) return { ok: true, value: [] }
  if (frame.length > MAX_LENGTH_TO_CLIENT) return { ok: false, why: 'too long' }
  const several = read(events, frame)
  return several.ok ? { ok: true, value: several.value.map(({ a, p, s }) => ({ a, p, s: s ?? undefined })) } : several
}

export const writeEvents = (said: readonly WireEvent[]): string => JSON.stringify(said)

/** `t` is whole seconds, as the document has it. */
export function writeToServer(frame: ToServer, nowMs: number): string {
  return JSON.stringify({ ...frame, t: Math.floor(nowMs / 1000) })
}

function read<Value>(schema: z.ZodMiniType<Value>, frame: Frame): Read<Value> {
  if (typeof frame !== 'string') return { ok: false, why: 'binary' }
  let json: unknown
  try {
    json = JSON.parse(frame)
  } catch {
    return { ok: false, why: 'no JSON' }
  }
  const whole = schema.safeParse(json)
  if (whole.success) return { ok: true, value: whole.data }
  return { ok: false, why: `wrong shape at ${whole.error.issues[0]?.path.join('.').slice(0, 100) || 'the top'}` }
}

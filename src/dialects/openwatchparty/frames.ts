/**
 * Every frame of OpenWatchParty (R1): JSON texts in one envelope, with times in whole milliseconds, parsed on arrival against bounded shapes.
 * Knows no order of frames and no session. What a payload lacks or has too much of is as harmless here as it is to the living server.
 */
import * as z from 'zod/mini'
import type { Frame } from '../dialect'
import { readJson } from '../read-json'
import { readParts } from '../read-parts'

export const MAX_BYTES = 64 * 1024
export const CHAT_LENGTH = 500
/** Of what is relayed word for word, as JSON. */
const MAX_ORIGIN_LENGTH = 2_000
const MAX_POSITION_SEC = 86_400
/** Later moments no clock can show. */
const LATEST_MS = 8.64e15

const text = (longest: number) => z.string().check(z.maxLength(longest))
const wholeMs = z.int().check(z.gte(0))
/** Serde, which the living server reads by, takes null for what is optional. */
const optional = <Value>(schema: z.ZodMiniType<Value>) => z.optional(z.nullable(schema))

const envelope = z.object({
  type: text(64),
  room: optional(text(200)),
  client: optional(text(200)),
  payload: z.optional(z.unknown()),
  ts: wholeMs,
  server_ts: optional(z.unknown()),
})
const fromServer = z.extend(envelope, { ts: z.optional(z.unknown()) })

export type Envelope = {
  readonly type: string
  readonly room?: string
  readonly client?: string
  readonly payload?: unknown
  readonly ts: number
  /** Of what a server says. */
  readonly serverTs?: number
}

export type Written = {
  readonly type: string
  readonly room?: string
  readonly client?: string
  readonly payload?: unknown
  readonly ts: number
  readonly server_ts?: number
}

/** Of a client: the living server reads nothing whose time is no whole number. */
export function readEnvelope(frame: Frame): Envelope | undefined {
  const json = readJson(frame)
  const whole = json && envelope.safeParse(json.value)
  return whole?.success ? { ...known(whole.data), ts: whole.data.ts } : undefined
}

/** Of a server, whatever its time is. */
export function readFromServer(frame: Frame): Envelope | undefined {
  const json = readJson(frame)
  const whole = json && fromServer.safeParse(json.value)
  if (!whole?.success) return undefined
  const { server_ts: serverTs } = whole.data
  const isTime = typeof serverTs === 'number' && serverTs > 0 && serverTs <= LATEST_MS
  return { ...known(whole.data), ts: 0, ...(isTime && { serverTs }) }
}

function known({ type, room, client, payload }: z.infer<typeof fromServer>): Omit<Envelope, 'ts' | 'serverTs'> {
  return {
    type,
    ...(typeof room === 'string' && { room }),
    ...(typeof client === 'string' && { client }),
    ...(payload !== undefined && { payload }),
  }
}

export const write = (frame: Written): string => JSON.stringify(frame)

/** Each part of a payload by itself: one that makes no sense is as if it were not there. */
const parts = {
  token: text(8_192),
  user_name: text(1_000),
  name: text(1_000),
  media_id: z.string().check(z.regex(/^[0-9a-fA-F]{32}$/)),
  start_pos: z.number().check(z.gte(0), z.lte(MAX_POSITION_SEC)),
  position: z.number().check(z.gte(0), z.lte(MAX_POSITION_SEC)),
  action: z.enum(['play', 'pause', 'seek', 'buffering']),
  play_state: z.enum(['playing', 'paused']),
  text: z.string(),
  reason: text(1_000),
  message: text(1_000),
  username: text(1_000),
  client_id: text(200),
  host_id: text(200),
  participant_count: z.int().check(z.gte(0)),
  target_server_ts: z.number().check(z.gte(0), z.lte(LATEST_MS)),
  state: z.unknown(),
  quality: z.unknown(),
} as const

export type Payload = ReturnType<typeof readPayload>
export const readPayload = (payload: unknown) => readParts(parts, payload)

/** What the host said, to be told to the others in the same words. */
const relayed = z.object({
  type: z.enum(['player_event', 'state_update']),
  client: z.optional(text(200)),
  payload: z.record(z.string(), z.unknown()),
  ts: wholeMs,
})
export type Relayed = z.infer<typeof relayed>

/** The host is about to give up the room for another one. */
const closing = z.object({ closing: text(100) })
export const closingFields = (reason: string): string => JSON.stringify({ closing: reason })

/** Too long a payload goes on with what is known of it. */
export function relayFields({ type, client, payload, ts }: Envelope, known: Payload): string {
  const head = { type, ...(client !== undefined && { client }), ts }
  const whole = JSON.stringify({ ...head, payload })
  return whole.length <= MAX_ORIGIN_LENGTH ? whole : JSON.stringify({ type, ts, payload: known })
}

export function readRelayed(fields: string): Relayed | undefined {
  const json = readJson(fields)
  const whole = json && relayed.safeParse(json.value)
  return whole?.success ? whole.data : undefined
}

export function readClosing(fields: string): string | undefined {
  const json = readJson(fields)
  const whole = json && closing.safeParse(json.value)
  return whole?.success ? whole.data.closing : undefined
}

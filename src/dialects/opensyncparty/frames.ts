/**
 * Every frame of OpenSyncParty: JSON texts in one envelope of six keys, parsed on arrival against bounded shapes.
 * Knows no order of frames and no session. Odd parts of a payload are as if they were not there; its own clients send some.
 */
import * as z from 'zod/mini'
import type { Frame } from '../dialect'
import { readJson } from '../read-json'
import { readParts } from '../read-parts'

export const MAX_BYTES = 64 * 1024
/** Of what is relayed word for word, as JSON. */
const MAX_ORIGIN_LENGTH = 2_000
const MAX_POSITION_SEC = 10_000_000

const text = (longest: number) => z.string().check(z.maxLength(longest))

const envelope = z.object({
  type: text(64),
  room: z.optional(z.unknown()),
  client: z.optional(z.unknown()),
  payload: z.optional(z.unknown()),
  ts: z.optional(z.unknown()),
  server_ts: z.optional(z.unknown()),
})

export type Envelope = {
  readonly type: string
  readonly room: string
  readonly client: string
  readonly payload: unknown
  /** Whole milliseconds of whoever sent it; 0 where it said none. */
  readonly ts: number
  readonly serverTs: number
}

export type Read =
  | { readonly kind: 'frame'; readonly frame: Envelope }
  | { readonly kind: 'bad_json' }
  /** A frame that does not say where it belongs. */
  | { readonly kind: 'bad_request' }

export function readEnvelope(frame: Frame): Read {
  const json = readJson(frame)
  if (!json) return { kind: 'bad_json' }
  const whole = envelope.safeParse(json.value)
  if (!whole.success) return { kind: 'bad_request' }
  const { type, room, client, payload, ts, server_ts: serverTs } = whole.data
  const known = {
    type,
    room: named(room),
    client: named(client),
    payload,
    ts: wholeMs(ts),
    serverTs: wholeMs(serverTs),
  }
  return { kind: 'frame', frame: known }
}

function named(value: unknown): string {
  return typeof value === 'string' && value.length <= 200 ? value.trim() : ''
}

function wholeMs(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : 0
}

/** Each part of a payload by itself. */
const parts = {
  media_url: text(2_000),
  start_pos: z.number().check(z.gte(0), z.lte(MAX_POSITION_SEC)),
  name: text(1_000),
  options: z.object({ free_play: z.optional(z.unknown()) }),
  auth_token: text(8_192),
  invite_token: text(8_192),
  action: z.enum(['play', 'pause', 'seek']),
  position: z.number().check(z.gte(0), z.lte(MAX_POSITION_SEC)),
  target_position: z.number().check(z.gte(0), z.lte(MAX_POSITION_SEC)),
  play_state: z.enum(['playing', 'paused', 'buffering']),
  expires_in: z.number().check(z.gte(1), z.lte(31 * 24 * 3600)),
  host_id: text(200),
  state: z.unknown(),
  participants: z.unknown(),
  client_id: text(200),
  is_host: z.boolean(),
  code: text(64),
  message: text(1_000),
} as const

export type Payload = ReturnType<typeof readPayload>
export const readPayload = (payload: unknown) => readParts(parts, payload)

/** What somebody said, to be told to the others in the same words. */
const relayed = z.object({
  type: z.enum(['player_event', 'state_update', 'force_resync']),
  payload: z.record(z.string(), z.unknown()),
  ts: z.int().check(z.gte(0)),
})
export type Relayed = z.infer<typeof relayed>

/** Too long a payload goes on with what is known of it. */
export function relayFields({ type, payload, ts }: Envelope, known: Payload): string {
  const whole = JSON.stringify({ type, payload, ts })
  return whole.length <= MAX_ORIGIN_LENGTH ? whole : JSON.stringify({ type, payload: known, ts })
}

export function readRelayed(fields: string): Relayed | undefined {
  const json = readJson(fields)
  const whole = json && relayed.safeParse(json.value)
  return whole?.success ? whole.data : undefined
}

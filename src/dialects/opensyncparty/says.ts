/** How our server spells what it says on this wire: the envelope with all six keys, times in whole milliseconds. Knows no session. */
import { controlOf } from '../../core/room/permissions'
import { hostOf, isConnected, type PublicRoom } from '../../core/room/room'
import { lineAt, positionAt } from '../../core/timeline'
import type { ServerOutput } from '../server-dialect'
import { clientIdOf } from './ids'

export type About = { readonly room: string | null; readonly client: string | null; readonly payload: unknown }

export const ERRORS = {
  bad_json: 'invalid JSON',
  bad_request: 'room and client are required',
  auth_required: 'auth required',
  token_expired: 'auth required',
  token_invalid: 'auth required',
  invite_invalid: 'auth or invite required',
  invite_room_mismatch: 'auth or invite required',
  forbidden: 'insufficient role',
  room_exists: 'room already exists',
  room_missing: 'room not found',
  not_host: 'only host can send player events',
  invite_disabled: 'JWT_SECRET required',
  unknown_type: 'unknown message type',
} as const
export type ErrorCode = keyof typeof ERRORS

export function say(type: string, { room, client, payload }: About, nowMs: number, ts = nowMs): ServerOutput {
  const frame = { type, room, client, payload, ts: Math.floor(ts), server_ts: Math.floor(nowMs) }
  return { kind: 'send', frame: JSON.stringify(frame) }
}

export type Where = { readonly room: string | null; readonly client: string | null }

export function sayError(
  { room, client }: Where,
  code: ErrorCode,
  nowMs: number,
  message: string = ERRORS[code],
): ServerOutput {
  return say('error', { room, client, payload: { code, message } }, nowMs)
}

export function roomState(room: PublicRoom, { room: name, client }: Where, nowMs: number): ServerOutput {
  const host = hostOf(room)
  const payload = {
    room: name,
    host_id: host ? clientIdOf(host.id) : null,
    media_url: room.media?.content.address ?? null,
    options: { free_play: controlOf(room) === 'everyone' },
    state: stateOf(room, nowMs),
    ...participantsOf(room),
  }
  return say('room_state', { room: name, client, payload }, nowMs)
}

export function stateOf(
  { timeline }: Pick<PublicRoom, 'timeline'>,
  atMs: number,
): { position: number; play_state: string } {
  const line = lineAt(timeline, atMs)
  return { position: positionAt(line, atMs), play_state: line.playing ? 'playing' : 'paused' }
}

export function participantsOf({ members }: PublicRoom) {
  const participants = members
    .filter(isConnected)
    .map(({ id, shown, role }) => ({ client_id: clientIdOf(id), name: shown.name, is_host: role === 'host' }))
  return { participants, participant_count: participants.length }
}

/** How our server spells what it says on this wire: the envelope, with whole milliseconds of its own time. Knows no session. */
import type { DirectoryRoom } from '../../core/room/listed-room'
import { isConnected, type MemberId, type PublicRoom } from '../../core/room/room'
import { lineAt, positionAt } from '../../core/timeline'
import type { ServerOutput } from '../server-dialect'
import { type Relayed, type Written, write } from './frames'
import { mediaIdOf } from './media'

/** Every relayed act counts from so far ahead. */
export const LEAD_MS = 300

type About = Pick<Written, 'room' | 'client' | 'payload'>

export function said(type: string, about: About, nowMs: number, serverMs = nowMs): string {
  return write({ type, ...about, ts: Math.floor(nowMs), server_ts: Math.floor(serverMs) })
}

export function say(type: string, about: About, nowMs: number): ServerOutput {
  return { kind: 'send', frame: said(type, about, nowMs) }
}

export function sayError(message: string, nowMs: number, { room, client }: Omit<About, 'payload'> = {}): ServerOutput {
  return say(
    'error',
    { ...(room !== undefined && { room }), ...(client !== undefined && { client }), payload: { message } },
    nowMs,
  )
}

export function roomList(rooms: readonly DirectoryRoom[], nowMs: number): string {
  const payload = rooms.map(({ id, title, code, members, item }) => ({
    id,
    name: title === '' ? code : title,
    count: members,
    media_id: mediaIdOf(item),
  }))
  return said('room_list', { payload }, nowMs)
}

export function roomState(
  room: PublicRoom,
  receiver: MemberId,
  hostId: MemberId | undefined,
  nowMs: number,
): ServerOutput {
  const { id, code, settings, timeline, media } = room
  const line = lineAt(timeline, nowMs)
  const payload = {
    name: settings.shown.title === '' ? code : settings.shown.title,
    host_id: hostId ?? '',
    state: { position: positionAt(line, nowMs), play_state: line.playing ? 'playing' : 'paused' },
    participant_count: countIn(room),
    media_id: mediaIdOf(media),
  }
  return say('room_state', { room: id, client: receiver, payload }, nowMs)
}

/** In the words of whoever said it; an act counts from a moment ahead. */
export function relay(room: string, { type, client, payload, ts }: Relayed, nowMs: number): ServerOutput {
  const isAct = type === 'player_event'
  const serverMs = Math.floor(isAct ? nowMs + LEAD_MS : nowMs)
  const frame = write({
    type,
    room,
    ...(client !== undefined && { client }),
    payload: isAct ? { ...payload, target_server_ts: serverMs } : payload,
    ts,
    server_ts: serverMs,
  })
  return { kind: 'send', frame }
}

export function countIn({ members }: PublicRoom): number {
  return members.filter(isConnected).length
}

/**
 * An OpenWatchParty client that sits in a room: what its acts and reports mean while it is host, and what it is told of what happens there.
 * Knows no way in or out; that is `server.ts`.
 */

import type { ChatLine } from '../../core/room/chat-line'
import type { MemberCommand } from '../../core/room/command'
import type { RoomEvent } from '../../core/room/event'
import { hostOf, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { latestLine, lineAt, positionAt, type Timeline } from '../../core/timeline'
import type { ServerOutput, Told } from '../server-dialect'
import { type Envelope, readClosing, readPayload, readRelayed, relayFields } from './frames'
import { counts, type Heard } from './reports'
import { countIn, LEAD_MS, relay, roomState, said, say } from './says'

export type Seat = {
  readonly memberId: MemberId
  readonly roomId: string
  readonly code: string
  readonly hostId?: MemberId
  readonly timeline: Timeline
  readonly heard: Heard
  /** When to say where the room is. */
  readonly againAtMs?: number
  /** Why the room is about to close, where its host has said so. */
  readonly closing?: string
}

export type SeatStep = { readonly seat: Seat; readonly outputs: readonly ServerOutput[] }
type RoomTold = Extract<Told, { readonly kind: 'event' }>
type LineChanged = Extract<RoomEvent, { type: 'timeline-changed' }>

export const NAME = 'openwatchparty'
const RELAY_ASK = 'relay '
/** This wire knows no rate: where a room plays at another one, it says again and again where it is. */
const AGAIN_MS = 1_000

export function seatIn(room: PublicRoom, memberId: MemberId, nowMs: number): SeatStep {
  const hostId = hostOf(room)?.id
  const line = lineAt(room.timeline, nowMs)
  const begun: Seat = {
    memberId,
    roomId: room.id,
    code: room.code,
    ...(hostId !== undefined && { hostId }),
    timeline: room.timeline,
    heard: { positionSec: positionAt(line, nowMs), playing: line.playing },
  }
  const seat = again(begun, nowMs)
  const isAhead = room.timeline.next !== undefined && room.timeline.next.atMs > nowMs
  const ahead = isAhead ? [lineFrame(seat, line.playing, 'seek', undefined, nowMs)] : []
  return { seat, outputs: [roomState(room, memberId, hostId, nowMs), ...ahead, ...wake(seat)] }
}

export const isHost = ({ memberId, hostId }: Seat): boolean => memberId === hostId

/** Does a frame that names this room mean the one where we sit? */
export function isHere({ roomId, code }: Seat, room: string | undefined): boolean {
  const named = room?.trim().toLowerCase() ?? ''
  return named === '' || named === roomId || named === code
}

/** `player_event` and `state_update` of the host; of others they mean nothing. */
export function hearLead(seat: Seat, frame: Envelope, nowMs: number): SeatStep {
  if (!isHost(seat) || !isHere(seat, frame.room)) return { seat, outputs: [] }
  const payload = readPayload(frame.payload)
  const fields = relayFields(frame, payload)
  const { position, action, play_state: playState } = payload
  if (frame.type === 'player_event') {
    if (action === undefined) return { seat, outputs: [] }
    // What makes no sense is not kept, and told all the same.
    if (position === undefined) return { seat, outputs: [{ kind: 'relay', fields }] }
    const playing = action === 'seek' ? seat.heard.playing : action === 'play'
    const heard = { ...seat.heard, positionSec: position, playing, actAtMs: nowMs }
    // Nobody runs on while the host's player stands still for want of data; it says play when it goes on.
    const type = action === 'buffering' ? 'pause' : action
    return { seat: { ...seat, heard }, outputs: [lead({ type, positionSec: position }, fields)] }
  }
  if (playState === undefined || position === undefined) return { seat, outputs: [] }
  const report = { positionSec: position, playing: playState === 'playing' }
  if (!counts(seat.heard, report, nowMs)) return { seat, outputs: [] }
  const heard = { ...seat.heard, ...report, reportAtMs: nowMs }
  return { seat: { ...seat, heard }, outputs: [lead({ type: 'set-line', ...report }, fields)] }
}

/** What a command said in the words of this wire, from the name it was asked by. */
export function fieldsOfAsk(ask: string): string | undefined {
  return ask.startsWith(RELAY_ASK) ? ask.slice(RELAY_ASK.length) : undefined
}

export function tellSeat(seat: Seat, told: Told, nowMs: number): SeatStep {
  switch (told.kind) {
    case 'event':
      return tellEvent(seat, told, nowMs)
    case 'relayed': {
      const reason = readClosing(told.fields)
      if (reason !== undefined) return { seat: { ...seat, closing: reason }, outputs: [] }
      const frame = told.from === seat.memberId ? undefined : readRelayed(told.fields)
      return { seat, outputs: frame ? [relay(seat.roomId, frame, nowMs)] : [] }
    }
    case 'line': {
      const { from, text } = told.line
      const payload = { username: 'Privately', text }
      return { seat, outputs: [say('chat_message', { room: seat.roomId, client: from, payload }, nowMs)] }
    }
    default:
      return { seat, outputs: [] }
  }
}

export function wakeSeat(seat: Seat, nowMs: number): SeatStep {
  const isDue = seat.againAtMs !== undefined && nowMs >= seat.againAtMs
  if (!isDue) return { seat, outputs: wake(seat) }
  const line = lineAt(seat.timeline, nowMs)
  const payload = { position: positionAt(line, nowMs), play_state: line.playing ? 'playing' : 'paused' }
  const about = { room: seat.roomId, ...(seat.hostId !== undefined && { client: seat.hostId }), payload }
  const next = again(seat, nowMs)
  return { seat: next, outputs: [say('state_update', about, nowMs), ...wake(next)] }
}

function tellEvent(seat: Seat, { numbered: { event }, before, after }: RoomTold, nowMs: number): SeatStep {
  const room = seat.roomId
  const payload = { participant_count: countIn(after) }
  switch (event.type) {
    case 'member-joined':
    case 'member-back':
      return { seat, outputs: [say('participants_update', { room, payload }, nowMs)] }
    case 'member-left':
    case 'member-away': {
      const isClosing = after.whenHostLeaves === 'close' && memberOf(before ?? after, event.memberId)?.role === 'host'
      if (event.memberId === seat.memberId || (event.type === 'member-left' && isClosing)) return { seat, outputs: [] }
      return { seat, outputs: [say('client_left', { room, client: event.memberId, payload }, nowMs)] }
    }
    case 'room-closed': {
      const reason = seat.closing ?? 'Host left the room'
      return { seat, outputs: [say('room_closed', { room, payload: { reason } }, nowMs)] }
    }
    case 'chat-said':
      return { seat, outputs: [say('chat_message', { room, ...chatOf(event.line) }, nowMs)] }
    case 'timeline-changed':
      return tellLine({ ...seat, timeline: after.timeline }, event, nowMs)
    default: {
      // No word for it: who is host is told with the whole state.
      const hostId = hostOf(after)?.id
      return hostId === seat.hostId ? { seat, outputs: [] } : seatIn(after, seat.memberId, nowMs)
    }
  }
}

/** What the room itself says is nobody's; a wave of the hand is told as people tell it. */
function chatOf({ kind, memberId, content }: ChatLine): { client?: MemberId; payload: unknown } {
  const text = kind === 'emote' ? `* ${content.text}` : content.text
  const payload = { username: content.name ?? 'Tutti', text }
  return { ...(memberId !== undefined && { client: memberId }), payload }
}

function tellLine(seat: Seat, { act, serverOnly }: LineChanged, nowMs: number): SeatStep {
  const line = latestLine(seat.timeline)
  const origin = serverOnly?.origin.dialect === NAME ? readRelayed(serverOnly.origin.fields) : undefined
  const isOwn = act.memberId === seat.memberId
  // What was asked for may have become something else: a room that waits does not play.
  const isSo = origin !== undefined && (readPayload(origin.payload).action !== 'play' || line.playing)
  const paced = again(seat, nowMs)
  if (isSo) return { seat: paced, outputs: [...(isOwn ? [] : [relay(seat.roomId, origin, nowMs)]), ...wake(paced)] }
  const { heard } = seat
  const moved = { positionSec: line.positionSec, playing: line.playing, actAtMs: nowMs, movedAtMs: nowMs }
  const by = act.memberId ?? seat.hostId
  // Its clients jump at once, and add to an act what they take for its way; a report at its instant is taken as it is.
  const countsAtMs = line.atMs > nowMs ? line.atMs : nowMs + LEAD_MS
  const isReported = line.playing || line.atMs > nowMs
  const told: Seat = { ...paced, heard: { ...heard, ...moved }, ...(isReported && { againAtMs: countsAtMs }) }
  return { seat: told, outputs: [lineFrame(seat, heard.playing, act.kind, by, nowMs), ...wake(told)] }
}

/** Where the room will be from an instant ahead on: its own, or as far ahead as every act on this wire. */
function lineFrame(
  { roomId, timeline, memberId, hostId }: Seat,
  wasPlaying: boolean,
  kind: LineChanged['act']['kind'],
  by: MemberId | undefined,
  nowMs: number,
): ServerOutput {
  const line = latestLine(timeline)
  const atMs = Math.floor(line.atMs > nowMs ? line.atMs : nowMs + LEAD_MS)
  const changes = line.playing !== wasPlaying
  const isSeek = !changes && kind !== 'play' && kind !== 'pause'
  const payload = {
    action: isSeek ? 'seek' : line.playing ? 'play' : 'pause',
    position: positionAt(line, atMs),
    play_state: line.playing ? 'playing' : 'paused',
    target_server_ts: atMs,
  }
  const frame = said('player_event', { room: roomId, client: by ?? hostId ?? memberId, payload }, nowMs, atMs)
  return { kind: 'send', frame }
}

function lead(
  command: Extract<MemberCommand, { type: 'play' | 'pause' | 'seek' | 'set-line' }>,
  fields: string,
): ServerOutput {
  return {
    kind: 'command',
    ask: `${RELAY_ASK}${fields}`,
    command: { ...command, atOnce: true, origin: { dialect: NAME, fields } },
  }
}

/** When to say next where the room is: at a rate that this wire does not know, again and again. */
function again({ againAtMs: _, ...seat }: Seat, nowMs: number): Seat {
  const { playing, rate } = latestLine(seat.timeline)
  return playing && rate !== 1 && !isHost(seat) ? { ...seat, againAtMs: nowMs + AGAIN_MS } : seat
}

function wake({ againAtMs }: Seat): readonly ServerOutput[] {
  return againAtMs === undefined ? [] : [{ kind: 'wake', atMs: againAtMs }]
}

/**
 * An OpenSyncParty client that sits in a room: what its acts and reports mean where it may lead, and what it is told of what happens there.
 * Knows no way in or out; that is `server.ts`. Nothing on this wire counts from an instant ahead: such is told at that instant.
 */
import type { MemberCommand } from '../../core/room/command'
import type { RoomEvent } from '../../core/room/event'
import { mayControl } from '../../core/room/permissions'
import { hostOf, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { latestLine, lineAt, positionAt, type Timeline } from '../../core/timeline'
import type { ServerOutput, Told } from '../server-dialect'
import { type Envelope, readPayload, readRelayed, relayFields } from './frames'
import { clientIdOf } from './ids'
import { participantsOf, roomState, say, sayError, stateOf, type Where } from './says'

export type Seat = {
  readonly memberId: MemberId
  readonly roomId: string
  readonly code: string
  /** As this client calls room and itself. */
  readonly where: Where & { readonly room: string; readonly client: string }
  readonly hostId?: MemberId
  /** Its host is on this wire, and says every few seconds where it is. */
  readonly isLedHere: boolean
  readonly mayLead: boolean
  readonly timeline: Timeline
  /** Where the client was last told to be. */
  readonly shown: Timeline['current']
  /** When to tell it the latest line, and when to tell it again. */
  readonly tellAtMs?: number
  readonly againAtMs?: number
  /** When others last moved the room: reports of this client may tell of before. */
  readonly movedAtMs?: number
}

export type SeatStep = { readonly seat: Seat; readonly outputs: readonly ServerOutput[] }
type RoomTold = Extract<Told, { readonly kind: 'event' }>
type LineChanged = Extract<RoomEvent, { type: 'timeline-changed' }>

export const NAME = 'opensyncparty'
const RELAY_ASK = 'relay '
/** A client follows from 2 s on; at another rate, which this wire does not know, it is off by that soon. */
const AGAIN_MS = 5_000
const AGAIN_AT_RATE_MS = 1_000
const MOST_TRIP_MS = 2_000
const MOVED_MS = 1_000
/** From so far on it is told to seek before it plays. */
const LEAP_SEC = 0.5

export function seatIn(
  room: PublicRoom,
  memberId: MemberId,
  where: Seat['where'],
  tripMs: number,
  nowMs: number,
): SeatStep {
  const { timeline } = room
  const ahead = timeline.next && timeline.next.atMs > nowMs ? timeline.next.atMs - half(tripMs) : undefined
  const begun = paced(
    {
      ...standing(room, memberId, where),
      shown: lineAt(timeline, nowMs),
      ...(ahead !== undefined && { tellAtMs: ahead }),
    },
    nowMs,
  )
  // Its clients do not take the play state from a welcome.
  const plays = begun.shown.playing ? [update(begun, stateOf(room, nowMs + half(tripMs)), nowMs)] : []
  return { seat: begun, outputs: [roomState(room, where, nowMs), ...plays, ...wake(begun)] }
}

/** What the seat knows of the room itself. */
function standing(room: PublicRoom, memberId: MemberId, where: Seat['where']) {
  const host = hostOf(room)
  return {
    memberId,
    roomId: room.id,
    code: room.code,
    where,
    ...(host && { hostId: host.id }),
    isLedHere: host?.dialect === NAME,
    mayLead: host?.id === memberId || mayControl(room, memberId),
    timeline: room.timeline,
  }
}

/** Does a frame that names this room mean the one where we sit? */
export function isHere({ where, code, roomId }: Seat, room: string): boolean {
  const asked = room.toLowerCase()
  return asked === where.room.toLowerCase() || asked === code || asked === roomId
}

/** `player_event`, `state_update` and `force_resync` of whoever may lead. */
export function hearLead(seat: Seat, frame: Envelope, nowMs: number): SeatStep {
  const payload = readPayload(frame.payload)
  const { action, position, target_position: target, play_state: playState } = payload
  const isHost = seat.hostId === seat.memberId
  const isReport = frame.type === 'state_update'
  // Its own overlay as host reports a latency and nothing else; that says nothing of where it is.
  if (isReport && position === undefined) return { seat, outputs: [] }
  if (frame.type === 'force_resync' ? !isHost : !seat.mayLead) {
    const message = frame.type === 'force_resync' ? 'only host can resync' : undefined
    return { seat, outputs: [sayError(seat.where, 'not_host', nowMs, message)] }
  }
  const fields = relayFields(frame, payload)
  const here = latestLine(seat.timeline)
  if (isReport && position !== undefined) {
    const playing = playState === undefined ? here.playing : playState === 'playing'
    if (!isHost) return { seat, outputs: [{ kind: 'relay', fields }] }
    const differs = playing !== here.playing || Math.abs(position - positionAt(here, nowMs)) > LEAP_SEC
    const isOld = differs && nowMs - (seat.movedAtMs ?? -Infinity) < MOVED_MS
    return { seat, outputs: isOld ? [] : [lead({ type: 'set-line', positionSec: position, playing }, fields)] }
  }
  const type = frame.type === 'force_resync' ? 'seek' : action
  const positionSec = (frame.type === 'force_resync' ? target : position) ?? positionAt(here, nowMs)
  return { seat, outputs: type === undefined ? [] : [lead({ type, positionSec }, fields)] }
}

/** What a command said in the words of this wire, from the name it was asked by. */
export function fieldsOfAsk(ask: string): string | undefined {
  return ask.startsWith(RELAY_ASK) ? ask.slice(RELAY_ASK.length) : undefined
}

export function tellSeat(seat: Seat, told: Told, tripMs: number, nowMs: number): SeatStep {
  switch (told.kind) {
    case 'event':
      return tellEvent(seat, told, tripMs, nowMs)
    case 'relayed': {
      const frame = told.from === seat.memberId ? undefined : readRelayed(told.fields)
      if (!frame) return { seat, outputs: [] }
      const about = { room: seat.where.room, client: clientIdOf(told.from), payload: frame.payload }
      return { seat, outputs: [say(frame.type, about, nowMs, frame.ts)] }
    }
    default:
      return { seat, outputs: [] }
  }
}

export function wakeSeat(seat: Seat, tripMs: number, nowMs: number): SeatStep {
  if (seat.tellAtMs !== undefined && nowMs >= seat.tellAtMs) return showLine(seat, seat.hostId, false, tripMs, nowMs)
  if (seat.againAtMs === undefined || nowMs < seat.againAtMs) return { seat, outputs: wake(seat) }
  const next = paced(seat, nowMs)
  return { seat: next, outputs: [update(seat, stateOf(seat, nowMs + half(tripMs)), nowMs), ...wake(next)] }
}

function tellEvent(
  seat: Seat,
  { numbered: { event }, before, after }: RoomTold,
  tripMs: number,
  nowMs: number,
): SeatStep {
  const { hostId: _, ...known } = seat
  const now: Seat = { ...known, ...standing(after, seat.memberId, seat.where) }
  const { room } = seat.where
  const people = (client: string | null): ServerOutput =>
    say('participants_update', { room, client, payload: participantsOf(after) }, nowMs)
  switch (event.type) {
    case 'member-joined':
    case 'member-back': {
      const id = event.type === 'member-joined' ? event.member.id : event.memberId
      const client = clientIdOf(id)
      const payload = { name: memberOf(after, id)?.shown.name ?? '' }
      return { seat: now, outputs: [say('client_joined', { room, client, payload }, nowMs), people(client)] }
    }
    case 'member-left':
    case 'member-away': {
      const wasHost = before && memberOf(before, event.memberId)?.role === 'host'
      // Who leads instead is told next, or that the room is closed.
      if (event.memberId === seat.memberId || (event.type === 'member-left' && wasHost))
        return { seat: now, outputs: [] }
      const gone = say('client_left', { room, client: clientIdOf(event.memberId), payload: {} }, nowMs)
      return { seat: now, outputs: [gone, people(null)] }
    }
    case 'host-changed': {
      const change = say('host_change', { room, client: null, payload: { host_id: clientIdOf(event.memberId) } }, nowMs)
      const led = paced(now, nowMs)
      return { seat: led, outputs: [change, people(null), ...wake(led)] }
    }
    case 'member-renamed':
      return { seat: now, outputs: [people(null)] }
    case 'timeline-changed':
      return tellLine(now, event, tripMs, nowMs)
    default:
      return { seat: now, outputs: [] }
  }
}

function tellLine(seat: Seat, { act, serverOnly }: LineChanged, tripMs: number, nowMs: number): SeatStep {
  const line = latestLine(seat.timeline)
  const origin = serverOnly?.origin.dialect === NAME ? readRelayed(serverOnly.origin.fields) : undefined
  const isOwn = act.memberId === seat.memberId
  // What was asked for may have become something else: a room that waits does not play.
  if (origin && (readPayload(origin.payload).action !== 'play' || line.playing)) {
    const { tellAtMs: _, ...rest } = seat
    const shown = paced({ ...rest, shown: line }, nowMs)
    const client = act.memberId === undefined ? null : clientIdOf(act.memberId)
    const said = say(origin.type, { room: seat.where.room, client, payload: origin.payload }, nowMs, origin.ts)
    return { seat: shown, outputs: [...(isOwn ? [] : [said]), ...wake(shown)] }
  }
  const tellAtMs = line.atMs - half(tripMs)
  const moved = { ...seat, movedAtMs: Math.max(nowMs, line.atMs) }
  if (tellAtMs <= nowMs) return showLine(moved, act.memberId ?? seat.hostId, act.kind === 'seek', tripMs, nowMs)
  const waits = { ...moved, tellAtMs }
  return { seat: waits, outputs: wake(waits) }
}

/** The latest line, in acts: a client plays and pauses where it is, so it is led there first. */
function showLine(
  { tellAtMs: _, ...seat }: Seat,
  by: MemberId | undefined,
  isSeek: boolean,
  tripMs: number,
  nowMs: number,
): SeatStep {
  const line = latestLine(seat.timeline)
  const arrivesAtMs = nowMs + half(tripMs)
  const position = positionAt(line, arrivesAtMs)
  const leaps = isSeek || Math.abs(position - positionAt(seat.shown, arrivesAtMs)) > LEAP_SEC
  const changes = line.playing !== seat.shown.playing
  const client = by === undefined ? null : clientIdOf(by)
  const event = (action: string): ServerOutput =>
    say('player_event', { room: seat.where.room, client, payload: { action, position } }, nowMs)
  const shown = paced({ ...seat, shown: line }, nowMs)
  return {
    seat: shown,
    outputs: [
      ...(leaps ? [event('seek')] : []),
      ...(changes ? [event(line.playing ? 'play' : 'pause')] : []),
      ...(leaps || changes ? [] : [update(seat, stateOf(seat, arrivesAtMs), nowMs)]),
      ...wake(shown),
    ],
  }
}

function update({ where, hostId }: Pick<Seat, 'where' | 'hostId'>, payload: unknown, nowMs: number): ServerOutput {
  return say(
    'state_update',
    { room: where.room, client: hostId === undefined ? null : clientIdOf(hostId), payload },
    nowMs,
  )
}

/** When to say again where the room is: nobody else does where its host is on another wire. */
function paced({ againAtMs: _, ...seat }: Seat, nowMs: number): Seat {
  const { playing, rate } = latestLine(seat.timeline)
  if (!playing || (seat.isLedHere && rate === 1)) return seat
  return { ...seat, againAtMs: nowMs + (rate === 1 ? AGAIN_MS : AGAIN_AT_RATE_MS) }
}

function wake({
  tellAtMs = Infinity,
  againAtMs = Infinity,
}: Pick<Seat, 'tellAtMs' | 'againAtMs'>): readonly ServerOutput[] {
  const atMs = Math.min(tellAtMs, againAtMs)
  return atMs === Infinity ? [] : [{ kind: 'wake', atMs }]
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

function half(tripMs: number): number {
  return Math.min(tripMs, MOST_TRIP_MS) / 2
}

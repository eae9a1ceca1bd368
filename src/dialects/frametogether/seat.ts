/**
 * A FrameTogether client that sits in a room: what it is told of what happens there, and what its reports mean while it leads.
 * Knows no way in or out; that is `server.ts`.
 */
import type { RoomEvent } from '../../core/room/event'
import { isConnected, type Member, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { latestLine, type Timeline } from '../../core/timeline'
import type { ServerOutput, Told } from '../server-dialect'
import { type PlayState, readPlayState, type User, write } from './frames'
import { agrees, byNow, type Move, moveTo } from './leading'
import { firstDueMs, nextDueMs, playStateAt } from './pace'

export type Seat = {
  readonly memberId: MemberId
  readonly roomId: string
  readonly code: string
  readonly name: string
  readonly others: readonly User[]
  readonly timeline: Timeline
  readonly part: Viewer | Host
}

type Viewer = { readonly kind: 'viewer'; readonly dueAtMs: number }
type Host = { readonly kind: 'host'; readonly move?: Move }

export type SeatStep = { readonly seat: Seat; readonly outputs: readonly ServerOutput[] }

type RoomTold = Extract<Told, { readonly kind: 'event' }>

export const NAME = 'frametogether'
const STATE_ASK = 'state '

/** The welcome: the room, and where it is as far as that is known. Also once more, when it asks again or its part has changed. */
export function seatIn(room: PublicRoom, self: Member, tripMs: number, nowMs: number): SeatStep {
  const { timeline } = room
  const isHost = self.role === 'host'
  const seat: Seat = {
    memberId: self.id,
    roomId: room.id,
    code: room.code,
    name: self.shown.name,
    others: othersIn(room, self.id),
    timeline,
    part: isHost ? { kind: 'host' } : { kind: 'viewer', dueAtMs: nextDueMs(timeline, tripMs, nowMs) },
  }
  const known = !isHost && hasState(room) ? [sync(playStateAt(timeline, tripMs, nowMs))] : []
  return { seat, outputs: [welcome(seat, isHost), ...known, ...wake(seat)] }
}

/** Where the host plays. Of others it means nothing. */
export function hearState(seat: Seat, { time, paused }: PlayState, nowMs: number): SeatStep {
  const { part, timeline } = seat
  if (part.kind !== 'host') return { seat, outputs: [] }
  const state = { time, paused }
  if (!part.move) return { seat, outputs: [lead(state)] }
  if (agrees(state, timeline, nowMs)) {
    // It has followed: what it said before counts no more.
    const { held: _, ...move } = part.move
    return { seat: { ...seat, part: { kind: 'host', move } }, outputs: [lead(state)] }
  }
  const move = { ...part.move, held: { ...state, atMs: nowMs } }
  return { seat: { ...seat, part: { kind: 'host', move } }, outputs: [] }
}

/** The state that a command told, from the name that it was asked by. */
export function stateOfAsk(ask: string): string | undefined {
  return ask.startsWith(STATE_ASK) ? ask.slice(STATE_ASK.length) : undefined
}

export function tellSeat(seat: Seat, told: Told, tripMs: number, nowMs: number): SeatStep {
  switch (told.kind) {
    case 'event': {
      const people = peopleFrames(seat, told)
      const own = tellOwn(seat, told, tripMs, nowMs)
      return { seat: own.seat, outputs: [...people, ...own.outputs] }
    }
    case 'relayed': {
      const state = told.from === seat.memberId ? undefined : readPlayState(told.fields)
      return state && seat.part.kind === 'viewer' ? show(seat, state, tripMs, nowMs) : { seat, outputs: [] }
    }
    case 'reports':
    case 'typing':
    case 'reactions':
    case 'notes':
    case 'line':
    case 'directory':
      return { seat, outputs: [] }
  }
}

export function wakeSeat(seat: Seat, tripMs: number, nowMs: number): SeatStep {
  const { part, timeline } = seat
  if (part.kind === 'viewer') {
    if (nowMs < part.dueAtMs) return { seat, outputs: wake(seat) }
    return show(seat, playStateAt(timeline, tripMs, nowMs), tripMs, nowMs)
  }
  const { move } = part
  if (!move) return { seat, outputs: [] }
  if (move.tellAtMs !== undefined && nowMs >= move.tellAtMs) return moveHost(seat, move, tripMs, nowMs)
  if (nowMs < move.overAtMs) return { seat, outputs: wake(seat) }
  return { seat: { ...seat, part: { kind: 'host' } }, outputs: move.held ? [lead(byNow(move.held, nowMs))] : [] }
}

/** Who is gone or called otherwise; whoever comes is told to all alike. */
function peopleFrames(seat: Seat, { numbered: { event }, before, after }: RoomTold): readonly ServerOutput[] {
  if (!('memberId' in event) || event.memberId === seat.memberId) return []
  const was = before && memberOf(before, event.memberId)
  const is = memberOf(after, event.memberId)
  switch (event.type) {
    case 'member-left':
      // Whoever was away is gone for this wire already.
      return was && isConnected(was) ? [leftFrame(was)] : []
    case 'member-away':
      return was ? [leftFrame(was)] : []
    // No word for it: somebody is gone, and somebody is here.
    case 'member-renamed':
      return was && is && isConnected(is) ? [leftFrame(was), { kind: 'send', frame: joinedFrame(is) }] : []
    default:
      return []
  }
}

/** What it means for this seat itself. */
function tellOwn(seat: Seat, { numbered: { event }, after }: RoomTold, tripMs: number, nowMs: number): SeatStep {
  const self = memberOf(after, seat.memberId)
  if (!self) return { seat, outputs: [] }
  const isHost = self.role === 'host'
  if (isHost !== (seat.part.kind === 'host') || self.shown.name !== seat.name) return seatIn(after, self, tripMs, nowMs)
  const here: Seat = { ...seat, timeline: after.timeline, others: othersIn(after, self.id) }
  return event.type === 'timeline-changed' ? tellLine(here, event, tripMs, nowMs) : { seat: here, outputs: [] }
}

function tellLine(
  seat: Seat,
  { act, serverOnly }: Extract<RoomEvent, { type: 'timeline-changed' }>,
  tripMs: number,
  nowMs: number,
): SeatStep {
  const { timeline } = seat
  const origin = serverOnly?.origin.dialect === NAME ? readPlayState(serverOnly.origin.fields) : undefined
  if (seat.part.kind === 'viewer') {
    const dueAtMs = firstDueMs(timeline, tripMs, nowMs)
    if (dueAtMs <= nowMs) return show(seat, origin ?? playStateAt(timeline, tripMs, nowMs), tripMs, nowMs)
    const waits: Seat = { ...seat, part: { kind: 'viewer', dueAtMs } }
    return { seat: waits, outputs: wake(waits) }
  }
  const isOwn = origin !== undefined && act.memberId === seat.memberId
  // What it asked for may have become something else: a room that waits does not play.
  if (isOwn && origin.paused === !latestLine(timeline).playing) return { seat, outputs: [] }
  const move = moveTo(timeline, tripMs, nowMs)
  if (move.tellAtMs === nowMs) return moveHost(seat, move, tripMs, nowMs)
  const moving: Seat = { ...seat, part: { kind: 'host', move } }
  return { seat: moving, outputs: wake(moving) }
}

function show(seat: Seat, state: PlayState, tripMs: number, nowMs: number): SeatStep {
  const shown: Seat = { ...seat, part: { kind: 'viewer', dueAtMs: nextDueMs(seat.timeline, tripMs, nowMs) } }
  return { seat: shown, outputs: [sync(state), ...wake(shown)] }
}

function moveHost(seat: Seat, { tellAtMs: _, ...move }: Move, tripMs: number, nowMs: number): SeatStep {
  const moved: Seat = { ...seat, part: { kind: 'host', move } }
  const state = playStateAt(seat.timeline, tripMs, nowMs)
  return { seat: moved, outputs: [welcome(seat, false), sync(state), welcome(seat, true), ...wake(moved)] }
}

function wake({ part }: Seat): readonly ServerOutput[] {
  if (part.kind === 'viewer') return [{ kind: 'wake', atMs: part.dueAtMs }]
  return part.move ? [{ kind: 'wake', atMs: part.move.tellAtMs ?? part.move.overAtMs }] : []
}

function lead(state: PlayState): ServerOutput {
  const fields = JSON.stringify(state)
  return {
    kind: 'command',
    ask: `${STATE_ASK}${fields}`,
    command: {
      type: 'set-line',
      positionSec: state.time,
      playing: !state.paused,
      atOnce: true,
      origin: { dialect: NAME, fields },
    },
  }
}

/** Where nobody has played or set anything yet there is nothing to be told. */
function hasState({ lastAct, media, timeline }: PublicRoom): boolean {
  const { playing, positionSec } = latestLine(timeline)
  return lastAct !== undefined || media !== undefined || playing || positionSec > 0
}

function othersIn({ members }: PublicRoom, self: MemberId): readonly User[] {
  return members.filter((member) => member.id !== self && isConnected(member)).map(userOf)
}

function userOf({ shown, role }: Member): User {
  return { name: shown.name, is_host: role === 'host' }
}

export function joinedFrame(member: Member): string {
  return write({ type: 'UserJoined', user: userOf(member) })
}

function leftFrame({ shown }: Member): ServerOutput {
  return { kind: 'send', frame: write({ type: 'UserLeft', user_name: shown.name }) }
}

function welcome({ code, name, others }: Seat, isHost: boolean): ServerOutput {
  const frame = write({
    type: 'RoomJoined',
    room_id: code,
    is_host: isHost,
    your_name: name,
    participants: others,
  })
  return { kind: 'send', frame }
}

function sync(state: PlayState): ServerOutput {
  return { kind: 'send', frame: write({ type: 'Sync', time: state.time, paused: state.paused }) }
}

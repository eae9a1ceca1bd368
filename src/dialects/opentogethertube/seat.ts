/**
 * Somebody of this wire in a room: what is told there becomes frames at once and, a moment later, one `sync` with what changed.
 * Knows the room as it was last told, what was told of the line that runs, and what players of this wire said of themselves.
 */
import type { MemberCommand } from '../../core/room/command'
import { isConnected, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { type Line, lineAt } from '../../core/timeline'
import type { ServerOutput, Told } from '../server-dialect'
import { type Statuses, userOf, usersOf } from './people'
import { MOST_STATUSES, type Relayed, readRelayed, writeRelayed } from './relayed'
import { type After, type Asked, playAddress, positionOf } from './requests'
import { deltaSync, fullSync, type SyncKey } from './sync'
import { framesOf, isOfThisWire, joined, keysOf, relayedFrames, update } from './told'
import type { Status } from './wire'

export type Seat = {
  readonly at: 'seat'
  /** What its client calls the room. */
  readonly name: string
  readonly memberId: MemberId
  readonly room: PublicRoom
  readonly statuses: Statuses
  /** The line that was told last. */
  readonly told: Pick<Line, 'playing' | 'rate'>
  /** The announced line that was told already, by its instant. */
  readonly toldNextAtMs?: number
  /** Keys for the next `sync`, since when, and by when. */
  readonly dirty: readonly SyncKey[]
  readonly dirtySinceMs?: number
  readonly flushAtMs?: number
  /** Half of what a ping takes there and back. */
  readonly wayMs: number
  readonly asked: Readonly<Record<string, After>>
  readonly lastAsk: number
}

export type SeatStep = { readonly seat: Seat; readonly outputs: readonly ServerOutput[] }

/** A `sync` waits for more to come, but not for ever. */
const QUIET_MS = 50
const LONGEST_MS = 1_000
const RUNS: readonly SyncKey[] = ['playbackPosition']

/** What a newcomer is told, in the order of that system: who one is comes last. */
export function takeSeat(name: string, memberId: MemberId, room: PublicRoom, wayMs: number, nowMs: number): SeatStep {
  const line = lineAt(room.timeline, nowMs)
  const seat: Seat = {
    at: 'seat',
    name,
    memberId,
    room,
    statuses: {},
    told: line,
    dirty: [],
    wayMs,
    asked: {},
    lastAsk: 0,
  }
  const self = memberOf(room, memberId)
  if (!self) return { seat, outputs: [] }
  const outputs: ServerOutput[] = [
    text(fullSync(name, room, line, nowMs)),
    send(joined(self, {})),
    text(deltaSync(RUNS, room, line, nowMs)),
    send(update(userOf(self, {}))),
    send({ action: 'user', update: { kind: 'init', value: usersOf(room, {}) } }),
    send({ action: 'you', info: { id: memberId } }),
    relay({ what: 'how-are-you' }),
  ]
  return { seat, outputs: [...outputs, ...wakeOf(seat)] }
}

/** The whole state once more, for a client that asks to join when it is in. */
export function wholeSync({ name, room }: Seat, nowMs: number): ServerOutput {
  return text(fullSync(name, room, lineAt(room.timeline, nowMs), nowMs))
}

export function ask(seat: Seat, all: readonly Asked[]): SeatStep {
  const asked: Record<string, After> = { ...seat.asked }
  let { lastAsk } = seat
  const outputs = all.map(({ command, after }): ServerOutput => {
    lastAsk += 1
    const name = `ask-${lastAsk}`
    if (after) asked[name] = after
    return { kind: 'command', ask: name, command }
  })
  return { seat: { ...seat, asked, lastAsk }, outputs }
}

/** What was asked is done, or was refused: then the room has it in the queue already, or it comes to nothing. */
export function answered(seat: Seat, name: string, changed: boolean | 'refused'): SeatStep {
  const { [name]: after, ...asked } = seat.asked
  const next = { ...seat, asked }
  if (after?.kind === 'relay' && changed !== 'refused' && !(after.ifUnchanged && changed)) {
    return { seat: next, outputs: [relay(after.relayed)] }
  }
  if (after?.kind === 'play') {
    const command: MemberCommand | undefined = playAddress(seat.room, after.address)
    return command ? ask(next, [{ command }]) : { seat: next, outputs: [] }
  }
  return { seat: next, outputs: [] }
}

/** A player's word about itself: told to this wire as it is, to others as a report. No room waits for it. */
export function sayStatus(seat: Seat, status: Status, nowMs: number): readonly ServerOutput[] {
  const outputs = [relay({ what: 'status', status })]
  if (status === 'none') return outputs
  const isPlaying = lineAt(seat.room.timeline, nowMs).playing
  const state = status === 'ready' ? (isPlaying ? 'playing' : 'paused') : status
  return [...outputs, { kind: 'report', report: { positionSec: positionOf(seat.room, nowMs), state } }]
}

export function relay(relayed: Relayed): ServerOutput {
  return { kind: 'relay', fields: writeRelayed(relayed) }
}

export function hear(seat: Seat, told: Told, nowMs: number): SeatStep {
  switch (told.kind) {
    case 'event':
      return hearEvent(seat, told, nowMs)
    case 'relayed': {
      const relayed = readRelayed(told.fields)
      return relayed ? hearRelayed(seat, told.from, relayed) : { seat, outputs: [] }
    }
    case 'line': {
      const from = memberOf(seat.room, told.line.from)
      if (!from) return { seat, outputs: [] }
      const said = { action: 'chat', from: userOf(from, seat.statuses), text: `(private) ${told.line.text}` }
      return { seat, outputs: [send(said)] }
    }
    default:
      return { seat, outputs: [] }
  }
}

function hearEvent(before: Seat, told: Extract<Told, { kind: 'event' }>, nowMs: number): SeatStep {
  const { event } = told.numbered
  const statuses = event.type === 'member-left' ? withoutStatus(before.statuses, event.memberId) : before.statuses
  const seat: Seat = { ...before, room: told.after, statuses }
  const [first, ...others] = framesOf(told, before.statuses).map(send)
  const comes = event.type === 'member-joined' || event.type === 'member-back'
  const position = comes ? [text(deltaSync(RUNS, seat.room, lineAt(seat.room.timeline, nowMs), nowMs))] : []
  const frames = first ? [first, ...position, ...others] : []
  // A line for an instant ahead is told at that instant.
  const moves = event.type === 'timeline-changed' && !event.timeline.next
  const marked = mark(seat, [...keysOf(told), ...(moves ? RUNS : [])], nowMs)
  return { seat: marked, outputs: [...frames, ...wakeOf(marked)] }
}

function hearRelayed(seat: Seat, from: MemberId, relayed: Relayed): SeatStep {
  const member = memberOf(seat.room, from)
  if (!member || !isOfThisWire(member)) return { seat, outputs: [] }
  if (relayed.what === 'how-are-you') return { seat, outputs: isEldest(seat, from) ? statusesFor(seat, from) : [] }
  if (relayed.what === 'statuses') return relayed.to === seat.memberId ? learn(seat, relayed.of) : { seat, outputs: [] }
  if (relayed.what === 'status') {
    const next = { ...seat, statuses: { ...seat.statuses, [from]: relayed.status } }
    return { seat: next, outputs: relayedFrames(relayed, member, seat.room, next.statuses).map(send) }
  }
  return { seat, outputs: relayedFrames(relayed, member, seat.room, seat.statuses).map(send) }
}

/** Of those of this wire who were there before, the one who has been there longest. */
function isEldest({ room, memberId }: Seat, newcomer: MemberId): boolean {
  const eldest = room.members.find((member) => isOfThisWire(member) && isConnected(member) && member.id !== newcomer)
  return eldest?.id === memberId
}

function statusesFor({ statuses }: Seat, to: MemberId): readonly ServerOutput[] {
  const all = Object.entries(statuses).filter(([id, status]) => id !== to && status !== 'none')
  const outputs: ServerOutput[] = []
  for (let from = 0; from < all.length; from += MOST_STATUSES) {
    outputs.push(relay({ what: 'statuses', to, of: all.slice(from, from + MOST_STATUSES) }))
  }
  return outputs
}

/** What was heard meanwhile is newer. */
function learn(seat: Seat, told: readonly (readonly [MemberId, Status])[]): SeatStep {
  const statuses = { ...Object.fromEntries(told), ...seat.statuses }
  const members = seat.room.members.filter(({ id }) => told.some(([of]) => of === id) && !(id in seat.statuses))
  return { seat: { ...seat, statuses }, outputs: members.map((member) => send(update(userOf(member, statuses)))) }
}

/** Sends what is due. */
export function wake(seat: Seat, nowMs: number): SeatStep {
  const nextDueMs = nextAtMs(seat)
  const nextIsDue = nextDueMs !== undefined && nextDueMs <= nowMs
  const isDue = nextIsDue || (seat.flushAtMs !== undefined && seat.flushAtMs <= nowMs)
  if (!isDue) return { seat, outputs: wakeOf(seat) }
  const toldNextAtMs = nextIsDue ? seat.room.timeline.next?.atMs : seat.toldNextAtMs
  const line = lineTold({ ...seat, ...(toldNextAtMs !== undefined && { toldNextAtMs }) }, nowMs)
  const isNew = seat.dirty.includes('currentSource')
  const runs = nextIsDue || isNew || seat.dirty.includes('playbackPosition')
  const keys = new Set<SyncKey>([...seat.dirty, ...(runs ? runningKeys(seat, line, isNew) : [])])
  const { dirtySinceMs: _, flushAtMs: __, ...rest } = seat
  const next: Seat = {
    ...rest,
    dirty: [],
    told: runs ? { playing: line.playing, rate: line.rate } : seat.told,
    ...(toldNextAtMs !== undefined && { toldNextAtMs }),
  }
  return { seat: next, outputs: [text(deltaSync(keys, seat.room, line, nowMs)), ...wakeOf(next)] }
}

/** A position always comes along: who hears that it plays knows from where. With what is new comes its speed. */
function runningKeys({ told }: Seat, line: Line, isNew: boolean): readonly SyncKey[] {
  return [
    'playbackPosition',
    ...(line.playing === told.playing ? [] : (['isPlaying'] as const)),
    ...(line.rate === told.rate && !isNew ? [] : (['playbackSpeed'] as const)),
  ]
}

function mark(seat: Seat, keys: readonly SyncKey[], nowMs: number): Seat {
  if (keys.length === 0) return seat
  const dirtySinceMs = seat.dirtySinceMs ?? nowMs
  return {
    ...seat,
    dirty: [...new Set([...seat.dirty, ...keys])],
    dirtySinceMs,
    flushAtMs: Math.min(nowMs + QUIET_MS, dirtySinceMs + LONGEST_MS),
  }
}

/** When an announced line is to be told: so early that it is there when it counts. Nothing once it was told. */
function nextAtMs({ room, wayMs, toldNextAtMs }: Seat): number | undefined {
  const { next } = room.timeline
  return next && next.atMs !== toldNextAtMs ? next.atMs - wayMs : undefined
}

function lineTold({ room, toldNextAtMs }: Seat, nowMs: number): Line {
  const { next } = room.timeline
  return next && next.atMs === toldNextAtMs ? next : lineAt(room.timeline, nowMs)
}

function wakeOf(seat: Seat): readonly ServerOutput[] {
  const atMs = Math.min(seat.flushAtMs ?? Number.POSITIVE_INFINITY, nextAtMs(seat) ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(atMs) ? [{ kind: 'wake', atMs }] : []
}

function withoutStatus(statuses: Statuses, memberId: MemberId): Statuses {
  const { [memberId]: _, ...others } = statuses
  return others
}

function send(frame: object): ServerOutput {
  return text(JSON.stringify(frame))
}

function text(frame: string): ServerOutput {
  return { kind: 'send', frame }
}

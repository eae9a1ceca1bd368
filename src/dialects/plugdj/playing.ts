/**
 * What is played and since when, for a wire that has neither pause nor seek nor rate: an item starts at a moment, and the position is the time since.
 * A change of the timeline is told as the same item with a start that matches; a room that stands still is told in words.
 * Pure; decides what is to be said and when.
 */
import { endOf } from '../../core/room/item'
import { memberOf, type PublicRoom } from '../../core/room/room'
import { lineAt, positionAt } from '../../core/timeline'
import { escapeText } from './escaping'
import { mediaOf } from './media'
import { djOf, historyIdOf, numberOfMember, waitingIds } from './objects'
import { timestampOf } from './timestamp'

/** What a client of this wire thinks is so. */
export type Believed = {
  readonly itemId?: string
  /** A line through that moment and that place. */
  readonly atMs: number
  readonly positionSec: number
  readonly stands: boolean
  readonly rate: number
}

/** Less than this nobody on this wire can follow. */
const NEAR_SEC = 0.25

export function truthAt({ media, timeline }: PublicRoom, atMs: number): Believed {
  const line = lineAt(timeline, atMs)
  return {
    ...(media && { itemId: media.id }),
    atMs,
    positionSec: positionAt(line, atMs),
    stands: !line.playing,
    rate: line.rate,
  }
}

/** When it would have begun, had it run on from its start. */
export function startMsOf({ atMs, positionSec }: Believed): number {
  return atMs - 1000 * positionSec
}

function positionOf({ atMs, positionSec, stands, rate }: Believed, thenMs: number): number {
  return stands ? positionSec : positionSec + (rate * (thenMs - atMs)) / 1000
}

/** From when on a change that is announced may be told, so that it arrives when it counts. */
export function tellableFromMs({ timeline }: PublicRoom, roundTripMs: number): number | undefined {
  return timeline.next && timeline.next.atMs - roundTripMs / 2
}

export type PlaySaid = {
  readonly believed: Believed
  readonly events: readonly { readonly a: string; readonly p: unknown; readonly onDashboard?: true }[]
  /** Something more is announced; it can be told from then on. */
  readonly againAtMs?: number
}

export function sayPlaying(room: PublicRoom, believed: Believed, roundTripMs: number, nowMs: number): PlaySaid {
  const { next } = room.timeline
  const fromMs = tellableFromMs(room, roundTripMs)
  const isAhead = next !== undefined && fromMs !== undefined && next.atMs > nowMs
  if (isAhead && fromMs > nowMs) {
    // Until then the old line counts; an item that has just come would be told twice.
    const said = room.media?.id === believed.itemId || !next.playing ? compare(room, believed, nowMs, nowMs) : undefined
    return { believed: said?.believed ?? believed, events: said?.events ?? [], againAtMs: fromMs }
  }
  return compare(room, believed, isAhead ? next.atMs : nowMs, nowMs)
}

function compare(room: PublicRoom, believed: Believed, atMs: number, nowMs: number): PlaySaid {
  const truth = truthAt(room, atMs)
  if (truth.itemId === undefined) {
    return { believed: truth, events: believed.itemId === undefined ? [] : [{ a: 'advance', p: {} }] }
  }
  const isNew = truth.itemId !== believed.itemId
  const isMoved = Math.abs(truth.positionSec - positionOf(believed, truth.atMs)) > NEAR_SEC
  if (truth.stands) {
    const words = believed.stands && !isNew && !isMoved ? [] : [inWords(standing(room, nowMs))]
    return { believed: truth, events: [...(isNew ? advance(room, truth) : []), ...words] }
  }
  const goesOn = believed.stands || isMoved || truth.rate !== believed.rate
  if (!isNew && !goesOn) return { believed, events: [] }
  const words = truth.rate !== believed.rate ? [inWords(`It plays at ${truth.rate}×.`)] : []
  return { believed: truth, events: [...advance(room, truth), ...words] }
}

/** Names are in it. */
const inWords = (text: string) => ({ a: 'plugMessage', p: escapeText(text), onDashboard: true }) as const

/** A client forgets its votes when something begins, so they come along. */
function advance(room: PublicRoom, truth: Believed): PlaySaid['events'] {
  const { media } = room
  if (!media) return []
  const p = {
    c: djOf(room)?.number ?? 0,
    d: waitingIds(room),
    h: historyIdOf(media),
    m: mediaOf(media),
    p: 0,
    t: timestampOf(startMsOf(truth)),
  }
  const vote = (v: 1 | -1) => (id: string) => ({ a: 'vote', p: { i: numberOfMember(room, id), v } })
  const isHere = (id: string): boolean => memberOf(room, id) !== undefined
  return [
    { a: 'advance', p },
    ...media.up.filter(isHere).map(vote(1)),
    ...media.down.filter(isHere).map(vote(-1)),
    ...media.grabs.filter(isHere).map((id) => ({ a: 'grab', p: numberOfMember(room, id) })),
  ]
}

function standing(room: PublicRoom, nowMs: number): string {
  const { waiting, lastAct, timeline, media } = room
  const at = clockOf(positionAt(lineAt(timeline, nowMs), nowMs))
  if (waiting) {
    const names = waiting.for.map((id) => memberOf(room, id)?.shown.name ?? 'somebody')
    return `Waiting at ${at} for ${names.join(', ')}.`
  }
  const endSec = media && endOf(media)
  if (endSec !== undefined && positionAt(lineAt(timeline, nowMs), nowMs) >= endSec) return 'It is over.'
  const name = memberOf(room, lastAct?.memberId)?.shown.name
  return name === undefined ? `Paused at ${at}.` : `Paused at ${at} by ${name}.`
}

function clockOf(positionSec: number): string {
  const whole = Math.floor(positionSec)
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const tail = String(seconds).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

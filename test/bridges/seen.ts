/** A room as somebody in it sees it, in what wires have words for; and whether two such views are the same, as exactly as a wire can say it. */
import { type MemberId, memberOf, type PublicRoom } from '../../src/core/room/room'
import { lineAt, positionAt } from '../../src/core/timeline'

export type Seen = {
  readonly isIn: boolean
  readonly positionSec?: number | undefined
  readonly playing?: boolean
  readonly rate?: number
  /** The address of what is current, or the id in it. */
  readonly media?: string | undefined
  /** Of those that wait. */
  readonly queue?: readonly string[]
  /** How many are here, oneself included. */
  readonly people?: number
  readonly names?: readonly string[]
  readonly lines?: readonly string[]
  readonly leads?: boolean
}
export type Aspect = Exclude<keyof Seen, 'isIn'>

export function seenOf(room: PublicRoom, self: MemberId | undefined, nowMs: number): Required<Seen> {
  const line = lineAt(room.timeline, nowMs)
  return {
    isIn: true,
    positionSec: positionAt(line, nowMs),
    playing: line.playing,
    rate: line.rate,
    media: room.media && filmIn(room.media),
    queue: room.queue.items.map(filmIn),
    people: room.members.length,
    names: room.members.map(({ shown }) => shown.name),
    lines: room.chat.map(({ content }) => content.text),
    leads: memberOf(room, self)?.role === 'host',
  }
}

/** The id of a film in its address, or the address. */
export function filmIn({ content: { address } }: { readonly content: { readonly address: string } }): string {
  return (URL.canParse(address) && new URL(address).searchParams.get('v')) || address
}

export function isAlike(aspect: Aspect, seen: Seen, truth: Seen, withinSec: number): boolean {
  if (aspect === 'positionSec') {
    return Math.abs((seen.positionSec ?? Number.NaN) - (truth.positionSec ?? Number.NaN)) <= withinSec
  }
  if (aspect === 'names') return sorted(seen.names) === sorted(truth.names)
  // Who came late, or whose wire keeps none, has fewer.
  if (aspect === 'lines') return (truth.lines ?? []).every((line) => seen.lines?.includes(line))
  return JSON.stringify(seen[aspect]) === JSON.stringify(truth[aspect])
}

function sorted(names: readonly string[] = []): string {
  return JSON.stringify([...names].sort())
}

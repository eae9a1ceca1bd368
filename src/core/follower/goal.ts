/**
 * Where the room wants a player to be just now, from timeline and server time alone.
 * Knows nothing of what the player is doing, but for whether it is on the move, since only then the old line still counts.
 */
import { type Line, lineAt, positionAt, type Timeline } from '../timeline'
import { END_MARGIN_SEC, SEEK_SKIP_SEC } from './constants'

export type Goal =
  | { readonly kind: 'rest'; readonly positionSec: number; readonly rate: number }
  /** The line is past the end of this media. */
  | { readonly kind: 'end'; readonly endSec: number; readonly rate: number }
  /** The line begins ahead of now. */
  | { readonly kind: 'start'; readonly line: Line }
  /** `changesAtMs`: server time at which another line takes over. */
  | { readonly kind: 'run'; readonly line: Line; readonly changesAtMs?: number }

export function goalAt(timeline: Timeline, serverMs: number, onTheMove: boolean, endSec: number | undefined): Goal {
  const { current, next } = timeline
  if (!next || serverMs >= next.atMs) return goalOn(lineAt(timeline, serverMs), serverMs, endSec)
  // Whoever stands still has nothing to carry on: straight to what comes. A jump of the line needs the time to get there.
  if (!onTheMove || (next.playing && !carriesOn(current, next))) return goalOn(next, serverMs, endSec)
  const goal = goalOn(current, serverMs, endSec)
  return goal.kind === 'run' ? { ...goal, changesAtMs: next.atMs } : goal
}

/** The same place at the same time, whatever the numbers it is told by. */
export function sameCourse(a: Line, b: Line): boolean {
  return a.rate === b.rate && carriesOn(a, b)
}

/** The same, or the same at the moment when the later one takes over. */
export function carriesOn(a: Line, b: Line): boolean {
  return Math.abs(gapSec(a, b)) < SEEK_SKIP_SEC && a.playing === b.playing
}

/** How far one has to jump from line to line at the moment when the later one takes over. */
export function gapSec(from: Line, to: Line): number {
  const atMs = Math.max(from.atMs, to.atMs)
  return positionAt(to, atMs) - positionAt(from, atMs)
}

export function sameTimeline(a: Timeline, b: Timeline): boolean {
  const [last, other] = [a.next ?? a.current, b.next ?? b.current]
  return (
    last.atMs === other.atMs &&
    last.positionSec === other.positionSec &&
    last.rate === other.rate &&
    last.playing === other.playing
  )
}

/** When a line comes by a place, server time. */
export function timeOf(line: Line, positionSec: number): number {
  return line.atMs + ((positionSec - line.positionSec) * 1000) / line.rate
}

function goalOn(line: Line, serverMs: number, endSec: number | undefined): Goal {
  if (endSec !== undefined && positionAt(line, serverMs) >= endSec - END_MARGIN_SEC)
    return { kind: 'end', endSec, rate: line.rate }
  if (!line.playing) return { kind: 'rest', positionSec: line.positionSec, rate: line.rate }
  return serverMs < line.atMs ? { kind: 'start', line } : { kind: 'run', line }
}

/**
 * The timeline: where a room is in its media, as a line in server time.
 * Knows nothing of players, people or sockets; every moment is an argument.
 */

/** From `atMs` on the room stands at `positionSec` and, if playing, runs on at `rate` media seconds per second. */
export type Line = {
  readonly positionSec: number
  readonly rate: number
  readonly playing: boolean
  /** Server time, ms. Before it a line holds at `positionSec`. */
  readonly atMs: number
}

/** Until `next.atMs` the room follows `current`; from then on `next`. */
export type Timeline = { readonly current: Line; readonly next?: Line }

/** Where a line is at a server time, in media seconds. */
export function positionAt(line: Line, nowMs: number): number {
  return line.playing ? line.positionSec + (line.rate * Math.max(0, nowMs - line.atMs)) / 1000 : line.positionSec
}

/** The line that counts at a server time. */
export function lineAt(timeline: Timeline, nowMs: number): Line {
  return timeline.next && nowMs >= timeline.next.atMs ? timeline.next : timeline.current
}

/** The line that will count once everything announced has come. */
export function latestLine(timeline: Timeline): Line {
  return timeline.next ?? timeline.current
}

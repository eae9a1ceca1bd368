/**
 * A FrameTogether host moves by itself and takes no `Sync`. To be moved it is a viewer for a moment, and until its player can have followed,
 * what it reports tells of before: that waits, and the last of it counts in the end. Pure: knows no frames.
 */
import { latestLine, positionAt, type Timeline } from '../../core/timeline'
import type { PlayState } from './frames'
import { firstDueMs } from './pace'

/** The host is being moved. */
export type Move = {
  /** When to tell it; absent once that is done. */
  readonly tellAtMs?: number
  readonly overAtMs: number
  readonly held?: PlayState & { readonly atMs: number }
}

/** Its own events are suppressed for 500 ms after a `Sync`, and it looks at its player once a second. */
const FOLLOW_MS = 1_500
/** It reports no less. */
const NEAR_SEC = 0.5

export function moveTo(timeline: Timeline, tripMs: number, nowMs: number): Move {
  const tellAtMs = firstDueMs(timeline, tripMs, nowMs)
  return { tellAtMs, overAtMs: tellAtMs + FOLLOW_MS }
}

/** Does a report tell of the room as it is? */
export function agrees({ time, paused }: PlayState, timeline: Timeline, nowMs: number): boolean {
  const line = latestLine(timeline)
  return line.playing === !paused && Math.abs(time - positionAt(line, nowMs)) <= NEAR_SEC
}

/** What a report that has waited says by now. */
export function byNow({ time, paused, atMs }: PlayState & { readonly atMs: number }, nowMs: number): PlayState {
  return { time: paused ? time : time + (nowMs - atMs) / 1000, paused }
}

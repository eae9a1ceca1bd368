/**
 * When a FrameTogether client is told where the room is: at the instant that a line counts from, and again and again since it corrects nothing by itself.
 * Pure arithmetic: knows no frames and no seats.
 */
import { latestLine, lineAt, positionAt, type Timeline } from '../../core/timeline'

/** A viewer that has moved its own player is led back by the next word. */
const AGAIN_MS = 5_000
/** This wire knows no rate: a room at another one runs away from every player on it, which seeks from 2 s on. */
const AGAIN_AT_RATE_MS = 1_000
const MOST_TRIP_MS = 2_000

/** The timeline is new: when to tell it, so that it arrives at its instant. */
export function firstDueMs({ next }: Timeline, tripMs: number, nowMs: number): number {
  return next ? Math.max(nowMs, next.atMs - halfOf(tripMs)) : nowMs
}

/** It was told just now: when to tell it again. */
export function nextDueMs(timeline: Timeline, tripMs: number, nowMs: number): number {
  const { playing, rate } = latestLine(timeline)
  const againAtMs = nowMs + (playing && rate !== 1 ? AGAIN_AT_RATE_MS : AGAIN_MS)
  const aheadAtMs = firstDueMs(timeline, tripMs, nowMs)
  return aheadAtMs > nowMs ? Math.min(againAtMs, aheadAtMs) : againAtMs
}

/** Where the room is when a word sent now arrives. */
export function playStateAt(timeline: Timeline, tripMs: number, nowMs: number): { time: number; paused: boolean } {
  const arrivesAtMs = nowMs + halfOf(tripMs)
  const line = lineAt(timeline, arrivesAtMs)
  return { time: positionAt(line, arrivesAtMs), paused: !line.playing }
}

function halfOf(tripMs: number): number {
  return Math.min(tripMs, MOST_TRIP_MS) / 2
}

/**
 * What was learned of one player on one site: the last few measured latencies of each kind. Plain data, bounded, worth keeping
 * over restarts. A median of a few, since a single start is off by tens of ms and an early one carries the clock's error.
 */
import type { Latencies } from '../player-profile'
import { LATENCIES_KEPT, LATENCY_LEAST_SEC, PLAY_LATENCY_MOST_SEC, SEEK_LATENCY_MOST_SEC } from './constants'

/** Seconds, the newest last. */
export type Learned = { readonly [Kind in keyof Latencies]: readonly number[] }

export const NOTHING_LEARNED: Learned = { playSec: [], resumeSec: [], seekSec: [] }

const BOUNDS: { readonly [Kind in keyof Latencies]: { readonly least: number; readonly most: number } } = {
  playSec: { least: 0, most: PLAY_LATENCY_MOST_SEC },
  resumeSec: { least: LATENCY_LEAST_SEC, most: PLAY_LATENCY_MOST_SEC },
  seekSec: { least: 0, most: SEEK_LATENCY_MOST_SEC },
}

export function withMeasured(learned: Learned, kind: keyof Latencies, measuredSec: number): Learned {
  const { least, most } = BOUNDS[kind]
  const bounded = Math.min(most, Math.max(least, measuredSec))
  return { ...learned, [kind]: [...learned[kind], bounded].slice(-LATENCIES_KEPT) }
}

export function latenciesFrom(first: Latencies, learned: Learned): Latencies {
  return {
    playSec: typical(first.playSec, learned.playSec),
    resumeSec: typical(first.resumeSec, learned.resumeSec),
    seekSec: typical(first.seekSec, learned.seekSec),
  }
}

/** The value of the profile counts as the oldest one measured, until there are enough others. */
function typical(first: number, measured: readonly number[]): number {
  const sorted = [first, ...measured].slice(-LATENCIES_KEPT).sort((a, b) => a - b)
  const upper = sorted.length >> 1
  const lower = (sorted.length - 1) >> 1
  return ((sorted[lower] ?? first) + (sorted[upper] ?? first)) / 2
}

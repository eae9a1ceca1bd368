/**
 * From the own clock to an audio context's: `currentTime` stands still between two pieces of sound and then leaps by one, so a
 * single reading may be behind by a whole piece, and is never ahead. The least behind of the last seconds is right; it is followed
 * slowly. Where the machine was too busy to make sound in time, the context's clock falls behind for good: that is followed at once,
 * or every note would come after its moment. Pure: readings are handed in.
 */
import { type SteadyOffset, steadyOffset } from './steady-offset'

type Reading = { readonly atMs: number; readonly offsetMs: number }

export type AudioClock = { readonly readings: readonly Reading[]; readonly steady: SteadyOffset }

/** Longer than any piece of sound by far; short enough that a loudspeaker's own clock drifts by less than a millisecond. */
const WINDOW_MS = 5_000
/** A window of ten readings a second, and some more. */
const MOST_READINGS = 64
/** So many readings find the beginning of a piece to within this, also on a busy machine. */
const RECENT = { forMs: 2_000, least: 12, withinMs: 12 }

/** `contextSec` and `atMs` are read together, several times a second. */
export function addReading(clock: AudioClock | undefined, contextSec: number, atMs: number): AudioClock {
  const reading = { atMs, offsetMs: contextSec * 1000 - atMs }
  const readings = [...(clock?.readings ?? []), reading]
    .filter((each) => atMs - each.atMs <= WINDOW_MS)
    .slice(-MOST_READINGS)
  const recent = readings.filter((each) => atMs - each.atMs <= RECENT.forMs)
  const knownMs = clock?.steady.offsetMs ?? -Infinity
  const hasFallen = recent.length >= RECENT.least && best(recent) < knownMs - RECENT.withinMs
  if (hasFallen) return { readings: recent, steady: { offsetMs: best(recent), atMs } }
  const isAhead = best(readings) > knownMs + RECENT.withinMs
  return { readings, steady: steadyOffset(isAhead ? undefined : clock?.steady, best(readings), atMs) }
}

export function contextSecAt({ steady }: AudioClock, atMs: number): number {
  return (atMs + steady.offsetMs) / 1000
}

function best(readings: readonly Reading[]): number {
  return Math.max(...readings.map(({ offsetMs }) => offsetMs))
}

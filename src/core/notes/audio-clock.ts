/**
 * From the own clock to an audio context's: `currentTime` stands still between two pieces of sound and then leaps by one, so a
 * single reading may be behind by a whole piece. The least behind of the last seconds is right; it is followed slowly.
 * Pure: readings are handed in.
 */
import { type SteadyOffset, steadyOffset } from './steady-offset'

type Reading = { readonly atMs: number; readonly offsetMs: number }

export type AudioClock = { readonly readings: readonly Reading[]; readonly steady: SteadyOffset }

/** Longer than any piece of sound by far; short enough that a loudspeaker's own clock drifts by less than a millisecond. */
const WINDOW_MS = 5_000
/** A window of ten readings a second, and some more. */
const MOST_READINGS = 64

/** `contextSec` and `atMs` are read together, several times a second. */
export function addReading(clock: AudioClock | undefined, contextSec: number, atMs: number): AudioClock {
  const reading = { atMs, offsetMs: contextSec * 1000 - atMs }
  const readings = [...(clock?.readings ?? []), reading]
    .filter((each) => atMs - each.atMs <= WINDOW_MS)
    .slice(-MOST_READINGS)
  const best = Math.max(...readings.map(({ offsetMs }) => offsetMs))
  return { readings, steady: steadyOffset(clock?.steady, best, atMs) }
}

export function contextSecAt({ steady }: AudioClock, atMs: number): number {
  return (atMs + steady.offsetMs) / 1000
}

/**
 * The server's clock for notes: follows the estimate so slowly that no distance between two notes changes by what can be heard.
 * Pure. The follower of a film needs the estimate as it is; an instrument needs one that does not jump under its hands.
 */

export type SteadyOffset = { readonly offsetMs: number; readonly atMs: number }

/** 2 ms a second: half a millisecond between two slow notes. */
const FOLLOWS_BY = 0.002
/** So much is no better estimate, but a clock that was set, or the first word after a long sleep. */
const LEAPS_FROM_MS = 100

/** `atMs` is the own clock, `estimatedMs` the newest estimate of server time minus it. */
export function steadyOffset(before: SteadyOffset | undefined, estimatedMs: number, atMs: number): SteadyOffset {
  if (!before || Math.abs(estimatedMs - before.offsetMs) >= LEAPS_FROM_MS) return { offsetMs: estimatedMs, atMs }
  const mostMs = Math.max(0, atMs - before.atMs) * FOLLOWS_BY
  const byMs = Math.min(mostMs, Math.max(-mostMs, estimatedMs - before.offsetMs))
  return { offsetMs: before.offsetMs + byMs, atMs }
}

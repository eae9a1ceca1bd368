/**
 * When a player says that something was played is believed within bounds: not later than now, not long ago, never backwards.
 * A batch from the future is moved as a whole, so that its notes keep their distances. Pure; all times are server time.
 */

/** Older is no longer heard by anybody (see the jitter buffer): such a note counts as this old. */
const OLDEST_MS = 2_000

export function boundedTimes(
  claimedMs: readonly number[],
  playedBeforeMs: number | undefined,
  nowMs: number,
): readonly number[] {
  const aheadMs = Math.max(0, ...claimedMs.map((atMs) => atMs - nowMs))
  let leastMs = Math.max(nowMs - OLDEST_MS, Math.min(playedBeforeMs ?? -Infinity, nowMs))
  return claimedMs.map((atMs) => {
    leastMs = Math.max(leastMs, atMs - aheadMs)
    return leastMs
  })
}

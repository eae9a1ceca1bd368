/**
 * When something was played, from a time that its player says. A player whose clock is right is believed; of one whose clock is not,
 * only the distances are: the word that took the shortest way says how far off it is. Pure; the wire promises no common clock.
 */

/** What has to be added to that player's times; absent while they are believed. */
export type Stamps = { readonly offsetMs?: number }

export const NO_STAMPS: Stamps = {}

/** Older than this, nobody plays. */
const OLDEST_MS = 2_000
/** Clocks that agree, do so within this. */
const AHEAD_MS = 50

export function stamped(
  { offsetMs = 0 }: Stamps,
  timestampMs: number,
  nowMs: number,
): { readonly stamps: Stamps; readonly atMs: number } {
  if (isCredible(timestampMs, nowMs)) return { stamps: NO_STAMPS, atMs: timestampMs }
  const shortestMs = nowMs - timestampMs
  if (offsetMs === 0 || !isCredible(timestampMs + offsetMs, nowMs))
    return { stamps: { offsetMs: shortestMs }, atMs: nowMs }
  const bestMs = Math.min(offsetMs, shortestMs)
  return { stamps: { offsetMs: bestMs }, atMs: timestampMs + bestMs }
}

function isCredible(atMs: number, nowMs: number): boolean {
  return nowMs - atMs <= OLDEST_MS && atMs - nowMs <= AHEAD_MS
}

/**
 * Which reports of a host count, as the living server filters them: its own client reports twice a second around what it has just said.
 * Pure; knows no frames and no rooms.
 */

/** What the host was last heard to say, or made to do. */
export type Heard = {
  readonly positionSec: number
  readonly playing: boolean
  /** When a report last counted. */
  readonly reportAtMs?: number
  /** When somebody last acted. */
  readonly actAtMs?: number
  /** When others last moved it: its reports may tell of before. */
  readonly movedAtMs?: number
}

const AFTER_ACT_MS = 2_000
const LEAST_MS = 500
const LEAST_SEC = 0.5
/** So far back is a seek; less is jitter. */
const BACK_SEC = 2

export function counts(heard: Heard, report: { positionSec: number; playing: boolean }, nowMs: number): boolean {
  const { reportAtMs = -Infinity, actAtMs = -Infinity, movedAtMs = -Infinity } = heard
  if (report.playing !== heard.playing) return nowMs - movedAtMs >= AFTER_ACT_MS
  const bySec = report.positionSec - heard.positionSec
  const isJitter = (bySec >= -BACK_SEC && bySec < -LEAST_SEC) || (bySec >= 0 && bySec < LEAST_SEC)
  return nowMs - actAtMs >= AFTER_ACT_MS && nowMs - reportAtMs >= LEAST_MS && !isJitter
}

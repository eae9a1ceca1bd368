/**
 * Which of a page's video elements is the player that a person watches. Pure: it judges what was measured of each.
 * A page may hold previews, trailers and ads beside it, so size, readiness and length are weighed together.
 */

export type Candidate = {
  /** Rendered size in CSS pixels; 0 when it is not shown at all. */
  readonly areaPx: number
  /** HTMLMediaElement.readyState. */
  readonly readyState: number
  /** As the element says: NaN before it is known, infinite for live streams. */
  readonly durationSec: number
  /** It plays in a loop without sound, as previews and backgrounds do. */
  readonly isDecoration: boolean
}

/** Smaller ones are tracking pixels and thumbnails. */
const LEAST_AREA_PX = 100 * 60
/** A day of film weighs no more than this. */
const LONGEST_SEC = 4 * 3600
/** How much better another one must be before the current one is given up. */
const CLEARLY_BETTER = 4

export function scoreOf(candidate: Candidate): number {
  if (candidate.areaPx < LEAST_AREA_PX) return 0
  const readiness = candidate.readyState > 0 ? 1 : 0.1
  const length = Number.isNaN(candidate.durationSec) ? 1 : 1 + Math.min(candidate.durationSec, LONGEST_SEC)
  return Math.round(candidate.areaPx * readiness * length * (candidate.isDecoration ? 0.05 : 1))
}

type Scored<T> = { readonly player: T; readonly score: number }

/**
 * The best of them; the current one as long as no other is clearly better. One that is `inUse` stays while it is in the
 * page at all: a player may be covered or shrunk for a while.
 */
export function choosePlayer<T>(
  scored: readonly Scored<T>[],
  current: T | undefined,
  inUse: boolean,
): Scored<T> | undefined {
  const credible = scored
    .map((one) => (inUse && one.player === current ? { ...one, score: Math.max(1, one.score) } : one))
    .filter(({ score }) => score > 0)
  const best = credible.reduce<Scored<T> | undefined>(
    (best, one) => (best && best.score >= one.score ? best : one),
    undefined,
  )
  const kept = credible.find(({ player }) => player === current)
  return kept && best && best.score < kept.score * CLEARLY_BETTER ? kept : best
}

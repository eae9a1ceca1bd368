/** What a run by ear comes to: how far apart, whether it grows, clicks, and what was left out and why. Pure arithmetic. */
import { quantile, sizeOf } from '../../../scripts/drive/skew.mjs'
import { round } from '../figures.mjs'

/** @typedef {import('./windows.mjs').HeardWindow} HeardWindow */
/** @typedef {{ fromMs: number, toMs: number }} Window */

/** @param {readonly number[]} skews */
function sizes(skews) {
  const size = sizeOf(skews)
  return {
    medianMs: round(size?.medianMs, 1),
    p95Ms: round(size?.p95Ms, 1),
    signedMedianMs: skews.length > 0 ? round(quantile(skews, 0.5), 1) : null,
  }
}

/**
 * @param {readonly { atMs: number, skewMs: number }[]} skews
 * @returns {number | null} slope of the straight line nearest to them, ms per minute
 */
export function trendOf(skews) {
  if (skews.length < 2) return null
  const middleMs = skews.reduce((sum, { atMs }) => sum + atMs, 0) / skews.length
  const spread = skews.reduce((sum, { atMs }) => sum + (atMs - middleMs) ** 2, 0)
  const together = skews.reduce((sum, { atMs, skewMs }) => sum + (atMs - middleMs) * skewMs, 0)
  return spread === 0 ? null : (together / spread) * 60_000
}

/** @typedef {ReturnType<typeof figuresByEar>} FiguresByEar */

/**
 * @param {ReturnType<typeof import('./windows.mjs').readRecording>} read
 * @param {Window} within
 * @param {number} windowSec
 */
export function figuresByEar({ windows, clicks, silences }, { fromMs, toMs }, windowSec) {
  const inside = (/** @type {{ atMs: number }} */ { atMs }) => atMs >= fromMs && atMs <= toMs
  const all = windows.filter(inside)
  const heard = all.flatMap(({ atMs, skewMs }) => (skewMs === undefined ? [] : [{ atMs, skewMs }]))
  const shown = all.flatMap(({ skewMs, currentTimeSkewMs }) =>
    skewMs === undefined || currentTimeSkewMs === undefined ? [] : [currentTimeSkewMs],
  )
  /** @type {Record<string, number>} */
  const discardedSec = {}
  for (const { why } of all) if (why) discardedSec[why] = (discardedSec[why] ?? 0) + windowSec
  const mine = clicks.filter((click) => inside(click) && !click.atHole)
  return {
    ...sizes(heard.map(({ skewMs }) => skewMs)),
    trendMsPerMin: round(trendOf(heard), 2),
    byCurrentTime: sizes(shown),
    clicks: [0, 1].map((side) => mine.filter(({ player }) => player === side).length),
    loudestClicks: mine
      .toSorted((a, b) => b.dbfs - a.dbfs)
      .slice(0, 10)
      .map(({ player, atMs, filmSec, dbfs }) => ({
        player,
        atSec: round((atMs - fromMs) / 1000, 2),
        filmSec: round(filmSec, 2),
        dbfs: round(dbfs, 1),
      })),
    clicksAtUnderRuns: clicks.filter((click) => inside(click) && click.atHole).length,
    silences: Object.fromEntries(
      /** @type {const} */ (['own seek', 'stall', 'under-run']).map((cause) => [
        cause,
        silences.filter((one) => inside(one) && one.why === cause).length,
      ]),
    ),
    discardedSec,
    heardSec: heard.length * windowSec,
  }
}

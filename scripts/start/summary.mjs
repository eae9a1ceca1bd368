/**
 * What a driven run of `npm start` has shown: figures of each member and the verdict. Pure arithmetic.
 * Skew is measured from outside, between players: a member's is against the first member's player, so the first has 0.
 */
import { GRID_MS, pairSkew, sizeOf, whyInvalid } from '../drive/skew.mjs'

/** The bound that a member's median must stay under, ms. */
export const MEDIAN_BOUND_MS = 40
/** How long after an act a window of measurement begins, ms: the lead, the start and the first corrections are over. */
export const SETTLE_MS = 3500
/** Below that many grid points nothing can be said, of a member or of pairs. */
const LEAST_POINTS = 40

/** @typedef {import('../drive/skew-meter.mjs').Watched} Watched */
/** @typedef {{ fromMs: number, toMs: number }} Window */

/** @typedef {'not-measured' | 'not-followed' | 'out-of-time'} Why */

/**
 * @typedef {object} Summary
 * @property {boolean} ok
 * @property {Why} [why] if it is not
 * @property {{ name: string, browser: string, role: string, medianSkewMs: number | null, p95SkewMs: number | null, seeks: number }[]} members
 * @property {{ medianMs: number | null, p95Ms: number | null }} pairSkew over all pairs
 */

/**
 * @param {readonly { name: string, browser: string, role: string, watched: Watched | undefined }[]} members without
 *   `watched` is who could not be watched to the end; such a one has not followed, and does not spoil the others' figures
 * @param {readonly Window[]} windows while the room played and had settled
 * @returns {{ summary: Summary, discarded: { window: Window, why: 'gap' | 'stall' }[] }}
 */
export function sumUp(members, windows) {
  /** @type {{ window: Window, why: 'gap' | 'stall' }[]} */
  const discarded = []
  const good = windows.filter((window) => {
    const why = members.map(
      ({ watched }) => watched && whyInvalid({ samples: watched.looks, stalls: watched.stalls }, window),
    )
    const reason = why.find((found) => found !== undefined)
    if (reason) discarded.push({ window, why: reason })
    return !reason
  })
  /** @param {Watched | undefined} one @param {Watched | undefined} other */
  const skews = (one, other) =>
    one && other
      ? good.flatMap((window) => pairSkew(one.samples, other.samples, window).map(({ skewMs }) => skewMs))
      : []
  const [first] = members
  const rows = members.map(({ name, browser, role, watched }) => {
    const figures = first ? figuresOf(skews(first.watched, watched)) : undefined
    return {
      name,
      browser,
      role,
      medianSkewMs: round(figures?.medianMs),
      p95SkewMs: round(figures?.p95Ms),
      seeks: watched?.seeks.length ?? 0,
    }
  })
  const pairs = members.flatMap((one, index) =>
    members.slice(index + 1).map((other) => skews(one.watched, other.watched)),
  )
  const all = figuresOf(pairs.flat())
  const why = members.some(({ watched }) => !watched)
    ? 'not-followed'
    : whyNot(
        rows.map(({ medianSkewMs }) => medianSkewMs),
        good,
      )
  return {
    summary: {
      ok: why === undefined,
      ...(why && { why }),
      members: rows,
      pairSkew: { medianMs: round(all?.medianMs), p95Ms: round(all?.p95Ms) },
    },
    discarded,
  }
}

/** @param {readonly number[]} skewsMs */
function figuresOf(skewsMs) {
  const figures = sizeOf(skewsMs)
  return figures && figures.count >= LEAST_POINTS ? figures : undefined
}

/**
 * Only where there was time enough to see somebody follow can it be said that somebody did not.
 * @param {readonly (number | null)[]} mediansMs @param {readonly Window[]} good windows that were not spoilt
 * @returns {Why | undefined}
 */
function whyNot(mediansMs, good) {
  const goodMs = good.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  if (goodMs / GRID_MS < LEAST_POINTS) return 'not-measured'
  if (mediansMs.includes(null)) return 'not-followed'
  return mediansMs.some((medianMs) => medianMs !== null && medianMs >= MEDIAN_BOUND_MS) ? 'out-of-time' : undefined
}

/** @param {number | undefined} ms */
function round(ms) {
  return ms === undefined ? null : Math.round(ms * 10) / 10
}

/** @type {Readonly<Record<Why, string>>} */
const TOLD = {
  'not-measured': 'Not enough could be measured: the machine was too busy. Close something, or take more --seconds.',
  'not-followed': 'Not good: somebody did not follow.',
  'out-of-time': `Not good: a median is not under ${MEDIAN_BOUND_MS} ms.`,
}

/** @param {Summary} summary @param {{ stopped?: boolean }} [run] `stopped`: the person ended it early @returns {string[]} */
export function tellSummary({ why, members, pairSkew: pairs }, { stopped = false } = {}) {
  /** @param {number | null} ms */
  const told = (ms) => (ms === null ? 'not measured' : `${ms} ms`)
  return [
    '',
    ...members.map(
      ({ name, browser, role, medianSkewMs, p95SkewMs, seeks }, index) =>
        `${name} (${browser}, ${role}): ${
          index === 0
            ? 'the others are measured against this one'
            : `skew median ${told(medianSkewMs)}, p95 ${told(p95SkewMs)}`
        }; ${seeks} seeks`,
    ),
    `Between players: median ${told(pairs.medianMs)}, p95 ${told(pairs.p95Ms)}`,
    stopped
      ? 'Stopped before the end.'
      : why
        ? TOLD[why]
        : `All followed, and every median is under ${MEDIAN_BOUND_MS} ms.`,
  ]
}

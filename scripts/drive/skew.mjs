/**
 * The arithmetic of measuring how far apart two players are, from samples that were taken in each page.
 * Knows no browser: samples come in, figures go out. The clock is the one that all processes of a machine share
 * (`timeOrigin + performance.now()`).
 */

/**
 * @typedef {object} Sample
 * @property {number} atMs
 * @property {number} positionSec
 * @property {number} rate
 * @property {boolean} paused
 * @property {boolean} steady playing, not seeking, with enough data
 */

/** @typedef {{ medianMs: number, p95Ms: number, count: number }} Figures */

export const GRID_MS = 50
/** Nothing is read into a gap longer than this. */
const GAP_MS = 250
/** Media seconds per second outside of this are a jump, not playing. */
const SLOPES = { from: 0.3, to: 4 }

/**
 * Firefox moves `currentTime` in steps of 40 ms and holds it in between, so only a value that has just changed says
 * where the player is; it changed somewhere between the last look and this one.
 * @param {readonly Sample[]} samples @returns {Sample[]}
 */
export function onlyChanges(samples) {
  return samples.flatMap((sample, index) => {
    const last = samples[index - 1]
    if (!last || last.positionSec === sample.positionSec) return []
    return [{ ...sample, atMs: (last.atMs + sample.atMs) / 2 }]
  })
}

/**
 * Where the player was at a moment.
 * @param {readonly Sample[]} samples by time
 * @param {number} atMs
 * @returns {number | undefined} nothing where that can't be told
 */
export function positionAt(samples, atMs) {
  const after = firstNotBefore(samples, atMs)
  const right = samples[after]
  const left = right?.atMs === atMs ? right : samples[after - 1]
  if (!left || !right || !left.steady || !right.steady) return undefined
  const spanMs = right.atMs - left.atMs
  if (spanMs === 0) return left.positionSec
  const slope = ((right.positionSec - left.positionSec) * 1000) / spanMs
  if (spanMs > GAP_MS || slope < SLOPES.from || slope > SLOPES.to) return undefined
  return left.positionSec + (slope * (atMs - left.atMs)) / 1000
}

/** @param {readonly Sample[]} samples @param {number} atMs @returns {number} index of the first sample that is not before `atMs` */
function firstNotBefore(samples, atMs) {
  let low = 0
  let high = samples.length
  while (low < high) {
    const middle = (low + high) >> 1
    const sample = samples[middle]
    if (sample && sample.atMs < atMs) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Second minus first on a common grid, ms; + means that the second is ahead. Moments at which one of them can't be told are left out.
 * @param {readonly Sample[]} first @param {readonly Sample[]} second
 * @param {{ fromMs: number, toMs: number }} window
 * @returns {{ atMs: number, skewMs: number }[]}
 */
export function pairSkew(first, second, { fromMs, toMs }) {
  const found = []
  for (let atMs = Math.ceil(fromMs / GRID_MS) * GRID_MS; atMs <= toMs; atMs += GRID_MS) {
    const one = positionAt(first, atMs)
    const other = positionAt(second, atMs)
    if (one !== undefined && other !== undefined) found.push({ atMs, skewMs: (other - one) * 1000 })
  }
  return found
}

/**
 * @param {readonly number[]} values at least one
 * @param {number} share 0.5 is the median
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/**
 * How large skews are, whichever of the two is ahead.
 * @param {readonly number[]} skewsMs
 * @returns {Figures | undefined} nothing if nothing was measured
 */
export function sizeOf(skewsMs) {
  if (skewsMs.length === 0) return undefined
  const sizes = skewsMs.map(Math.abs)
  return { medianMs: quantile(sizes, 0.5), p95Ms: quantile(sizes, 0.95), count: sizes.length }
}

/** @typedef {{ fromMs: number, toMs: number }} Window */

/** How long a gap between two looks makes a window worthless: the machine was elsewhere. */
const WORST_LOOK_MS = 100

/**
 * Why a window of measurement is worth nothing, if it is. The skew itself is never a reason.
 * @param {{ samples: readonly Sample[], stalls: readonly number[] }} player all looks, and the moments of `waiting`
 * @param {Window} window
 * @returns {'gap' | 'stall' | undefined}
 */
export function whyInvalid({ samples, stalls }, { fromMs, toMs }) {
  if (stalls.some((atMs) => atMs >= fromMs && atMs <= toMs)) return 'stall'
  let lastMs = fromMs
  for (const { atMs } of samples) {
    if (atMs < fromMs) continue
    if (Math.min(atMs, toMs) - lastMs > WORST_LOOK_MS) return 'gap'
    if (atMs > toMs) return undefined
    lastMs = atMs
  }
  return toMs - lastMs > WORST_LOOK_MS ? 'gap' : undefined
}

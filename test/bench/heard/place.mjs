/**
 * Where in the film is a piece of sound from? Found by correlating it with the film's own noise, to a part of a sample.
 * Pure. A hint only says where to look; how alike the two are says whether it was found.
 */
import { fourierOf } from './fourier.mjs'

/** @typedef {{ frame: number, likeness: number }} Found the place of the piece's middle in the film; 1 is the same sound */

/** A piece of noise is never so alike at a wrong place: there it is below 0.1. */
export const ALIKE = 0.4
const FINE = 8_192
/** Two powers: reaches of 0.17 s and of 1.2 s around a hint. */
const SIZES = { near: 32_768, far: 131_072 }
/** A piece that was played faster or slower is compared in shorter pieces and lower tones, or it would blur. */
const STRETCHED = { frames: 4_096, smoothedOver: 12, size: 16_384 }
const RATES = Array.from({ length: 21 }, (_, index) => 0.95 + index * 0.005).filter(
  (rate) => Math.abs(rate - 1) > 0.001,
)

/** The shortest stretch of a recording that is looked at: the pieces are its middle. */
export const PIECE_FRAMES = FINE

/** @param {ArrayLike<number>} samples @param {number} from @param {number} count @returns {Float64Array} zero outside */
function cut(samples, from, count) {
  const out = new Float64Array(count)
  for (let index = Math.max(0, -from); index < count && from + index < samples.length; index++)
    out[index] = samples[from + index] ?? 0
  return out
}

/** @param {Float64Array} samples @param {number} over @returns {Float64Array} running means, as many as there are */
function smooth(samples, over) {
  const out = new Float64Array(samples.length)
  let sum = 0
  for (let index = 0; index < samples.length; index++) {
    sum += (samples[index] ?? 0) - (samples[index - over] ?? 0)
    out[index] = sum / over
  }
  return out
}

/** @param {Float64Array} piece @param {number} rate @returns {Float64Array} what it would be at the film's own speed */
function unstretch(piece, rate) {
  const out = new Float64Array(Math.floor((piece.length - 2) * rate))
  for (let index = 0; index < out.length; index++) {
    const place = index / rate
    const below = Math.floor(place)
    const [one = 0, next = 0] = [piece[below], piece[below + 1]]
    out[index] = one + (next - one) * (place - below)
  }
  return out
}

/**
 * Correlates a piece with a longer stretch.
 * @param {import('./fourier.mjs').Fourier} fourier
 * @param {Float64Array} stretch at most as long as the transform
 * @param {Float64Array} piece
 * @returns {{ lag: number, likeness: number }} where the piece begins in the stretch
 */
export function correlate({ size, transform }, stretch, piece) {
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  re.set(stretch)
  im.set(piece)
  transform(re, im)
  // Both were real, so one transform holds both; what is transformed back is stretch times the piece's conjugate.
  const outRe = new Float64Array(size)
  const outIm = new Float64Array(size)
  for (let index = 0; index < size; index++) {
    const mirror = (size - index) % size
    const [oneRe = 0, oneIm = 0, mirrorRe = 0, mirrorIm = 0] = [re[index], im[index], re[mirror], im[mirror]]
    const [aRe, aIm] = [(oneRe + mirrorRe) / 2, (oneIm - mirrorIm) / 2]
    const [bRe, bIm] = [(oneIm + mirrorIm) / 2, (mirrorRe - oneRe) / 2]
    outRe[index] = aRe * bRe + aIm * bIm
    outIm[index] = aIm * bRe - aRe * bIm
  }
  transform(outIm, outRe)
  const lags = stretch.length - piece.length
  let best = 0
  for (let lag = 1; lag <= lags; lag++) if ((outRe[lag] ?? 0) > (outRe[best] ?? 0)) best = lag
  const peak = outRe[best] ?? 0
  const [before = peak, after = peak] = [outRe[best - 1], outRe[best + 1]]
  const bend = before - 2 * peak + after
  const share = best > 0 && best < lags && bend < 0 ? (before - after) / (2 * bend) : 0
  const energy = energyOf(piece, 0, piece.length) * energyOf(stretch, best, best + piece.length)
  return { lag: best + share, likeness: energy > 0 ? peak / size / Math.sqrt(energy) : 0 }
}

/** @param {Float64Array} samples @param {number} from @param {number} to */
function energyOf(samples, from, to) {
  let sum = 0
  for (let index = from; index < to; index++) sum += (samples[index] ?? 0) ** 2
  return sum
}

/** @typedef {ReturnType<typeof createFinder>} Finder */

/** @param {ArrayLike<number>} film its noise */
export function createFinder(film) {
  const near = fourierOf(SIZES.near)
  const far = fourierOf(SIZES.far)
  const slow = fourierOf(STRETCHED.size)

  /** @param {import('./fourier.mjs').Fourier} fourier @param {Float64Array} piece @param {number} hint @returns {Found} */
  const fine = (fourier, piece, hint) => {
    const from = Math.round(hint) - fourier.size / 2
    const { lag, likeness } = correlate(fourier, cut(film, from, fourier.size), piece)
    return { frame: from + lag + piece.length / 2, likeness }
  }
  /** @param {ArrayLike<number>} recorded @param {number} middle @param {number} hint @returns {Found} */
  const stretched = (recorded, middle, hint) => {
    const { frames, smoothedOver, size } = STRETCHED
    const piece = smooth(cut(recorded, middle - frames / 2 - smoothedOver, frames + smoothedOver), smoothedOver)
    const from = Math.round(hint) - size / 2
    const stretch = smooth(cut(film, from, size), smoothedOver)
    let best = { frame: hint, likeness: 0 }
    for (const rate of RATES) {
      const own = unstretch(piece.subarray(smoothedOver), rate)
      const { lag, likeness } = correlate(slow, stretch, own)
      if (likeness > best.likeness) best = { frame: from + lag + (rate * frames) / 2, likeness }
    }
    return best
  }
  /**
   * @param {ArrayLike<number>} recorded noise
   * @param {number} middle which of its frames
   * @param {readonly number[]} hints places in the film where it may be, the likeliest first
   * @returns {Found | undefined} nothing if it is at none of them
   */
  const find = (recorded, middle, hints) => {
    const piece = cut(recorded, middle - FINE / 2, FINE)
    /** @type {readonly ((hint: number) => Found)[]} */
    const ways = [
      (hint) => fine(near, piece, hint),
      (hint) => stretched(recorded, middle, hint),
      (hint) => fine(far, piece, hint),
    ]
    for (const way of ways)
      for (const hint of hints) {
        const found = way(hint)
        if (found.likeness >= ALIKE) return found
      }
    return undefined
  }
  return { find }
}

/**
 * What a recording has that the film has not: holes of silence in the noise, clicks beside the tone. Pure.
 */

const FULL = 32_768
/** So small no sample of the noise stays for a whole millisecond. */
const SILENT = { size: 60, leastMs: 1 }
/** Above this the tone has nothing, and a click has most of what is heard of it. */
const CLICKS_ABOVE_HZ = 4_000
/** What comes within 50 ms is one click. */
const ONE_CLICK_MS = 50
/** The film's own peaks may come a little sooner or later, and a little louder after the players' mixing. */
const OWN = { withinMs: 30, louder: 2 }
/** The quality of the four biquads of a Butterworth filter of the eighth order. */
const BUTTERWORTH = [0.5098, 0.6013, 0.9, 2.5629]

/** @typedef {{ fromFrame: number, toFrame: number }} Hole */
/** @typedef {{ frame: number, dbfs: number }} Click */

/** @param {ArrayLike<number>} noise 16 bits @param {number} sampleRate @returns {Hole[]} */
export function findHoles(noise, sampleRate) {
  const least = (sampleRate * SILENT.leastMs) / 1000
  /** @type {Hole[]} */
  const holes = []
  let fromFrame = 0
  for (let frame = 0; frame <= noise.length; frame++) {
    if (frame < noise.length && Math.abs(noise[frame] ?? 0) < SILENT.size) continue
    if (frame - fromFrame >= least) holes.push({ fromFrame, toFrame: frame })
    fromFrame = frame + 1
  }
  return holes
}

/**
 * @param {ArrayLike<number>} tone 16 bits @param {number} sampleRate
 * @returns {Float32Array} what is above 4 kHz in it, 1 is full scale
 */
export function highPart(tone, sampleRate) {
  const out = Float32Array.from(tone, (sample) => sample / FULL)
  const turn = (2 * Math.PI * CLICKS_ABOVE_HZ) / sampleRate
  for (const quality of BUTTERWORTH) {
    const alpha = Math.sin(turn) / (2 * quality)
    const norm = 1 + alpha
    const b0 = (1 + Math.cos(turn)) / 2 / norm
    const a1 = (-2 * Math.cos(turn)) / norm
    const a2 = (1 - alpha) / norm
    let [x1, x2, y1, y2] = [0, 0, 0, 0]
    for (let index = 0; index < out.length; index++) {
      const x = out[index] ?? 0
      const y = b0 * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2
      ;[x2, x1, y2, y1] = [x1, x, y1, y]
      out[index] = y
    }
  }
  return out
}

/**
 * @param {Float32Array} high @param {number} sampleRate
 * @param {number} aboveDbfs
 * @returns {Click[]} peaks louder than that
 */
export function findClicks(high, sampleRate, aboveDbfs) {
  const least = 10 ** (aboveDbfs / 20)
  const apart = (sampleRate * ONE_CLICK_MS) / 1000
  /** @type {Click[]} */
  const clicks = []
  for (let frame = 0; frame < high.length; frame++) {
    const size = Math.abs(high[frame] ?? 0)
    if (size < least) continue
    const dbfs = 20 * Math.log10(size)
    const last = clicks.at(-1)
    if (!last || frame - last.frame > apart) clicks.push({ frame, dbfs })
    else if (dbfs > last.dbfs) clicks[clicks.length - 1] = { frame, dbfs }
  }
  return clicks
}

/**
 * @param {Float32Array} filmHigh @param {number} sampleRate
 * @returns {(click: Click, filmFrame: number) => boolean} has the film that one itself?
 */
export function filmHas(filmHigh, sampleRate) {
  const within = (sampleRate * OWN.withinMs) / 1000
  return ({ dbfs }, filmFrame) => {
    let most = 0
    for (let frame = Math.max(0, Math.round(filmFrame - within)); frame <= filmFrame + within; frame++)
      most = Math.max(most, Math.abs(filmHigh[frame] ?? 0))
    return most * OWN.louder >= 10 ** (dbfs / 20)
  }
}

/**
 * When notes begin in a recording: each key is listened for at its own tone, and its onset is where that tone has risen to half of
 * its peak. Pure: samples come in, moments go out. Made for sharp sounds; knows nothing of who played.
 */

/** @typedef {{ key: number, atSec: number }} Onset */

/** Short enough for a fraction of a millisecond, long enough to tell tones apart that lie 500 Hz apart. */
const WINDOW_SEC = 0.004
const HOP_SEC = 0.000_25
/** What other keys leave in a key's band stays far below this share of its own peaks. */
const RISEN = 0.3
/** Nobody strikes the same key again so soon; the next key's knock on what is left of it looks like that. */
const AGAIN_SEC = 0.07
/** A tone that has fallen so far may begin again. */
const FALLEN = 0.5
/** Within so long after it has risen a sharp sound has its peak. */
const PEAK_SEC = 0.008
/** A tone is still there by then; a crack of the sound system, or the knock of another key, is not. */
const LASTS = { sec: 0.01, share: 0.2 }

/**
 * How loud one tone is over time, one value for each hop.
 * @param {ArrayLike<number>} samples @param {number} sampleRate @param {number} hz
 */
export function loudnessOf(samples, sampleRate, hz) {
  const length = Math.round(WINDOW_SEC * sampleRate)
  const hop = HOP_SEC * sampleRate
  const [real, imaginary] = [new Float64Array(length), new Float64Array(length)]
  for (let at = 0; at < length; at++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (length - 1))
    const turn = (2 * Math.PI * hz * at) / sampleRate
    real[at] = weight * Math.cos(turn)
    imaginary[at] = weight * Math.sin(turn)
  }
  const count = Math.max(0, Math.floor((samples.length - length) / hop) + 1)
  const loudness = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const from = Math.floor(index * hop)
    let [x, y] = [0, 0]
    for (let at = 0; at < length; at++) {
      const sample = samples[from + at] ?? 0
      x += sample * (real[at] ?? 0)
      y += sample * (imaginary[at] ?? 0)
    }
    loudness[index] = Math.hypot(x, y)
  }
  return loudness
}

/**
 * @param {ArrayLike<number>} samples @param {number} sampleRate
 * @param {readonly { key: number, hz: number }[]} tones what each key is listened for at
 * @returns {Onset[]} by time
 */
export function findOnsets(samples, sampleRate, tones) {
  return tones
    .flatMap(({ key, hz }) => risesIn(loudnessOf(samples, sampleRate, hz)).map((atSec) => ({ key, atSec })))
    .sort((a, b) => a.atSec - b.atSec)
}

/** @param {Float64Array} loudness @returns {number[]} */
function risesIn(loudness) {
  const loudest = loudness.reduce((most, one) => Math.max(most, one), 0)
  const [peakHops, lastsHops] = [Math.round(PEAK_SEC / HOP_SEC), Math.round(LASTS.sec / HOP_SEC)]
  /** @type {number[]} */
  const rises = []
  if (loudest === 0) return rises
  let isUp = false
  for (let index = 0; index < loudness.length; index++) {
    const now = loudness[index] ?? 0
    if (isUp && now < RISEN * FALLEN * loudest) isUp = false
    if (isUp || now < RISEN * loudest) continue
    const around = loudness.subarray(index, index + peakHops)
    const peak = around.reduce((most, one) => Math.max(most, one), 0)
    const later = loudness[index + around.indexOf(peak) + lastsHops] ?? 0
    if (later < LASTS.share * peak) continue
    isUp = true
    const atSec = (crossing(loudness, index, peak / 2) + (WINDOW_SEC / HOP_SEC) * 0.5) * HOP_SEC
    if (atSec - (rises.at(-1) ?? -1) >= AGAIN_SEC) rises.push(atSec)
  }
  return rises
}

/** Where it passes `level` on its way up, around `index`; between two hops. @param {Float64Array} loudness @param {number} index @param {number} level */
function crossing(loudness, index, level) {
  let at = index
  while (at > 0 && (loudness[at] ?? 0) > level) at--
  while (at + 1 < loudness.length && (loudness[at + 1] ?? 0) < level) at++
  const [before, after] = [loudness[at] ?? 0, loudness[at + 1] ?? 0]
  return at + (after > before ? (level - before) / (after - before) : 0)
}

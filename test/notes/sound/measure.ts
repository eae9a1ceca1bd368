/** What is read off a sound: how loud, when it begins, how high. Knows no synth. */

export function peakOf(samples: Float32Array): number {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  return peak
}

/** The first sample above a hundredth of the loudest, s. */
export function onsetSec(samples: Float32Array, rate: number): number | undefined {
  const least = peakOf(samples) / 100
  const found = least === 0 ? -1 : samples.findIndex((sample) => Math.abs(sample) > least)
  return found < 0 ? undefined : found / rate
}

const LEVEL_SEC = 0.05

/** Root mean square around a moment. */
export function levelAt(samples: Float32Array, rate: number, atSec: number): number {
  const window = samples.subarray(Math.max(0, (atSec - LEVEL_SEC / 2) * rate), (atSec + LEVEL_SEC / 2) * rate)
  let sum = 0
  for (const sample of window) sum += sample ** 2
  return Math.sqrt(sum / Math.max(1, window.length))
}

const PITCH_SEC = 0.2
const HIGHEST_HZ = 2500
const LOWEST_HZ = 40
/** The first lag that is almost as good as the best is the period, not a multiple of it. */
const ALMOST = 0.93

/** By autocorrelation, with the peak placed between samples. */
export function pitchHz(samples: Float32Array, rate: number, fromSec: number): number {
  const window = samples.subarray(Math.round(fromSec * rate), Math.round((fromSec + PITCH_SEC) * rate))
  const least = Math.floor(rate / HIGHEST_HZ)
  const most = Math.ceil(rate / LOWEST_HZ)
  const length = window.length - most - 1
  const likeness = Array.from({ length: most + 2 }, (_, lag) => {
    if (lag < least - 1) return 0
    let sum = 0
    let energy = 0
    for (let i = 0; i < length; i += 1) {
      sum += (window[i] ?? 0) * (window[i + lag] ?? 0)
      energy += (window[i + lag] ?? 0) ** 2
    }
    return energy === 0 ? 0 : sum / Math.sqrt(energy)
  })
  const at = (lag: number) => likeness[lag] ?? 0
  const best = Math.max(...likeness.slice(least, most))
  for (let lag = least; lag <= most; lag += 1) {
    if (at(lag) < best * ALMOST || at(lag) < at(lag - 1) || at(lag) < at(lag + 1)) continue
    const bow = at(lag - 1) - 2 * at(lag) + at(lag + 1)
    const shift = bow === 0 ? 0 : (at(lag - 1) - at(lag + 1)) / (2 * bow)
    return rate / (lag + shift)
  }
  return 0
}

/**
 * Sound made for tests: a film of seeded noise and a tone, and recordings of players whose place in it is known exactly.
 * Stands in for browsers and PulseAudio; what is read from it is the real reading.
 */
import type { Sample } from '../../../scripts/drive/skew.mjs'
import { seededChance } from '../network.mjs'

export const SAMPLE_RATE = 48_000
const FULL = 32_768

/** Noise without the highest tones, so that it can be played from between two samples. */
export function madeFilm(seconds: number, seed = 7) {
  const chance = seededChance(seed)
  const count = seconds * SAMPLE_RATE
  const rough = Float64Array.from({ length: count }, () => chance() - 0.5)
  const noise = Int16Array.from(rough, (value, index) => {
    const around = (rough[index - 2] ?? 0) + 4 * (rough[index - 1] ?? 0) + 6 * value + 4 * (rough[index + 1] ?? 0)
    return (0.5 * FULL * (around + (rough[index + 2] ?? 0))) / 16
  })
  const tone = Int16Array.from(
    { length: count },
    (_, index) => 6_500 * Math.sin((2 * Math.PI * 1_000 * index) / SAMPLE_RATE),
  )
  return { noise, tone }
}

export type Film = ReturnType<typeof madeFilm>

/** What is recorded of a player that is at `placeSec(t)` of the film at second t. */
export function played(film: Film, seconds: number, placeSec: (atSec: number) => number) {
  const sample = (of: Int16Array, frame: number) => {
    const below = Math.floor(frame)
    const [one = 0, next = 0] = [of[below], of[below + 1]]
    return one + (next - one) * (frame - below)
  }
  const make = (of: Int16Array) =>
    Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, frame) =>
      sample(of, placeSec(frame / SAMPLE_RATE) * SAMPLE_RATE),
    )
  return { noise: make(film.noise), tone: make(film.tone) }
}

/** What the page shows of a player: `currentTime` may say something else than the sound. */
export function shown(seconds: number, placeSec: (atSec: number) => number, seeks: number[] = []) {
  const looks: Sample[] = Array.from({ length: seconds * 50 }, (_, index) => ({
    atMs: index * 20,
    positionSec: placeSec(index / 50),
    rate: 1,
    paused: false,
    steady: true,
  }))
  return { looks, samples: looks, stalls: [] as number[], seeks, heldSeeks: [] as number[] }
}

import { describe, expect, it } from 'vitest'
import { findClicks, findHoles, highPart } from './disturbed.mjs'
import { figuresByEar, trendOf } from './figures.mjs'
import { madeFilm, played, SAMPLE_RATE, shown } from './made-sound.js'
import { createFinder } from './place.mjs'
import { clockOf, readRecording } from './windows.mjs'

const film = madeFilm(16)
const SECONDS = 4
/** Where a recording is cut off it has edges that no player made. */
const within = { fromMs: 100, toMs: SECONDS * 1000 - 100 }
const clock = (frame: number) => (frame * 1000) / SAMPLE_RATE

type Place = (atSec: number) => number

/** Two players whose sound is at these places, and whose pages show these. */
function heard(first: Place, second: Place, { shows = [first, second], seeks = [[], []] as number[][] } = {}) {
  const recorded = [played(film, SECONDS, first), played(film, SECONDS, second)] as const
  const [one = first, two = second] = shows
  const players = [shown(SECONDS, one, seeks[0]), shown(SECONDS, two, seeks[1])] as const
  return { recorded, film, sampleRate: SAMPLE_RATE, clock, players, within }
}

/** Nothing is played in these seconds. */
function silence({ noise, tone }: { noise: Int16Array; tone: Int16Array }, fromSec: number, toSec: number) {
  for (const channel of [noise, tone]) channel.fill(0, fromSec * SAMPLE_RATE, toSec * SAMPLE_RATE)
}

describe('what is heard', () => {
  it('[E71] the place of a piece is found to a hundredth of a millisecond, wherever the hint is within its reach', () => {
    const { find } = createFinder(film.noise)
    const placeSec = 6.345_678_9
    const { noise } = played(film, 1, (atSec) => placeSec + atSec)
    const middle = SAMPLE_RATE / 2
    for (const offSec of [0, 0.1, -0.9]) {
      const found = find(noise, middle, [(placeSec + 0.5 + offSec) * SAMPLE_RATE])
      expect(((found?.frame ?? 0) - middle) / SAMPLE_RATE).toBeCloseTo(placeSec, 5)
      expect(found?.likeness).toBeGreaterThan(0.9)
    }
    expect(find(noise, middle, [12 * SAMPLE_RATE])).toBeUndefined()
    expect(find(madeFilm(1, 8).noise, middle, [placeSec * SAMPLE_RATE])).toBeUndefined()
  })

  it('[E71] a player that is being slowed down or sped up is found all the same', () => {
    const { find } = createFinder(film.noise)
    for (const rate of [0.95, 0.984, 1.0001, 1.013, 1.05]) {
      const { noise } = played(film, 1, (atSec) => 5 + rate * atSec)
      const found = find(noise, SAMPLE_RATE / 2, [5.52 * SAMPLE_RATE])
      expect((found?.frame ?? 0) / SAMPLE_RATE).toBeCloseTo(5 + rate / 2, 4)
    }
  })

  it('[E71] the pair skew is what the sound says, beside what currentTime says of the same windows', () => {
    const first = (atSec: number) => 3 + atSec
    const second = (atSec: number) => 3.0123 + atSec
    const wrong = (atSec: number) => 3.05 + atSec
    const { windows } = readRecording(heard(first, second, { shows: [first, wrong] }))
    expect(windows).toHaveLength(6)
    for (const { skewMs, currentTimeSkewMs } of windows) {
      expect(skewMs).toBeCloseTo(12.3, 1)
      expect(currentTimeSkewMs).toBeCloseTo(50, 1)
    }
  })

  it('[E71] median, p95 and growth are those of the windows that tell something', () => {
    const second = (atSec: number) => 3.004 + 1.000_1 * atSec
    const read = readRecording(heard((atSec) => 3 + atSec, second))
    const figures = figuresByEar(read, within, 0.5)
    expect(figures).toMatchObject({ medianMs: 4.2, signedMedianMs: 4.2, discardedSec: {}, heardSec: 3 })
    expect(figures.trendMsPerMin).toBeCloseTo(6, 1)
    expect(trendOf([{ atMs: 0, skewMs: 1 }])).toBeNull()
  })

  it('[E72] a hole of the machine’s making costs its windows and two seconds, with the reason; one of our own seek is counted', () => {
    const place = (atSec: number) => 3 + atSec
    const jumped = (atSec: number) => (atSec < 2.5 ? 3 + atSec : 8 + atSec)
    const what = heard(place, jumped, { shows: [place, jumped], seeks: [[], [2_500]] })
    silence(what.recorded[0], 0.7, 0.715)
    silence(what.recorded[1], 2.5, 2.56)
    const read = readRecording(what)
    expect(read.silences).toMatchObject([
      { player: 0, why: 'under-run' },
      { player: 1, why: 'own seek' },
    ])
    expect(read.silences[0]?.forMs).toBeCloseTo(15, 0)
    const figures = figuresByEar(read, { fromMs: 100, toMs: 2_500 }, 0.5)
    expect(figures.discardedSec).toEqual({ 'under-run': 0.5, 'after an under-run': 1.5 })
    expect(read.windows.at(-1)?.skewMs).toBeCloseTo(5_000, 1)
    expect(figuresByEar(read, within, 0.5).silences).toEqual({ 'own seek': 1, stall: 0, 'under-run': 1 })
  })

  it('[E72] sound that is not the film’s is not made out, and is told', () => {
    const what = heard(
      (atSec) => 3 + atSec,
      (atSec) => 3 + atSec,
    )
    const strange = { noise: madeFilm(SECONDS, 9).noise, tone: what.recorded[1].tone }
    const { windows } = readRecording({
      ...what,
      recorded: [what.recorded[0], strange],
      within: { fromMs: 1_000, toMs: 2_000 },
    })
    expect(windows).toHaveLength(2)
    expect(windows.every(({ why, skewMs }) => why === 'not made out' && skewMs === undefined)).toBe(true)
  })

  it('[E73] a click beside the tone is found with its loudness and its place in the film', () => {
    const what = heard(
      (atSec) => 3 + atSec,
      (atSec) => 3.02 + atSec,
    )
    // The tone steps by itself: what a player does that drops a piece.
    const { tone } = what.recorded[1]
    tone.copyWithin(1.5 * SAMPLE_RATE, 1.5 * SAMPLE_RATE + 20)
    const { clicks } = readRecording(what)
    expect(clicks).toHaveLength(1)
    expect(clicks[0]).toMatchObject({ player: 1, atHole: false })
    expect(clicks[0]?.atMs).toBeCloseTo(1_500, -1)
    expect(clicks[0]?.filmSec).toBeCloseTo(4.52, 1)
    expect(clicks[0]?.dbfs).toBeGreaterThan(-30)
  })

  it('[E73] a click of the film’s own, or one where the machine broke the sound off, is not the follower’s', () => {
    const clicking = { noise: film.noise, tone: film.tone.slice() }
    clicking.tone[5 * SAMPLE_RATE] = 30_000
    const place = (atSec: number) => 3 + atSec
    const what = { ...heard(place, place), film: clicking }
    for (const { tone } of what.recorded) tone[2 * SAMPLE_RATE] = 30_000
    silence(what.recorded[0], 3.1, 3.12)
    const read = readRecording(what)
    expect(read.clicks.every(({ atHole, player }) => atHole && player === 0)).toBe(true)
    expect(figuresByEar(read, within, 0.5)).toMatchObject({ clicks: [0, 0], clicksAtUnderRuns: 1 })
  })

  it('[E73] a steady tone has no clicks, one of -60 dBFS is not one, and each loudness is told right', () => {
    const high = highPart(film.tone, SAMPLE_RATE).subarray(SAMPLE_RATE)
    expect(findClicks(high, SAMPLE_RATE, -70)).toEqual([])
    const bursts = Int16Array.from(film.tone.subarray(0, 4 * SAMPLE_RATE))
    for (const [second, dbfs] of [
      [2, -60],
      [3, -40],
    ] as const)
      for (let index = 0; index < 480; index++)
        bursts[second * SAMPLE_RATE + index] =
          (bursts[second * SAMPLE_RATE + index] ?? 0) +
          32_768 * 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * 10_000 * index) / SAMPLE_RATE)
    const found = findClicks(highPart(bursts, SAMPLE_RATE).subarray(SAMPLE_RATE), SAMPLE_RATE, -50)
    expect(found).toHaveLength(1)
    expect(found[0]?.dbfs).toBeCloseTo(-40, -1)
    expect(findHoles(film.noise, SAMPLE_RATE)).toEqual([])
  })

  it('[E71] a moment of the recording is on the machine’s clock, however late single pieces of it arrive', () => {
    const arrivals = Array.from({ length: 2_000 }, (_, index) => ({
      frames: (index + 1) * 480,
      atMs: 1_000_000 + (index + 1) * 10 + (index % 7) * 3,
    }))
    const late = clockOf(arrivals, SAMPLE_RATE)
    for (const sec of [1, 7.5, 19]) expect(late(sec * SAMPLE_RATE)).toBeCloseTo(1_000_000 + sec * 1000, 3)
  })
})

import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../../doubles/seeded-random'
import { figuresOf } from './figures.mjs'
import { findOnsets } from './onsets.mjs'
import { KEYS, makePiece } from './piece.mjs'

const SAMPLE_RATE = 48_000

/** A knock and a tone that dies within a moment, as sharp instruments sound. */
function knock(into: Int16Array, hz: number, atSec: number, noise: () => number): void {
  const from = Math.ceil(atSec * SAMPLE_RATE)
  for (let frame = from; frame < Math.min(into.length, from + 6_000); frame += 1) {
    const sec = frame / SAMPLE_RATE - atSec
    const tone = Math.sin(2 * Math.PI * hz * sec) * Math.exp(-sec / 0.02)
    const knocked = noise() * Math.exp(-sec / 0.003)
    into[frame] = (into[frame] ?? 0) + 6_000 * tone + 4_000 * knocked
  }
}

describe('what the measurement of notes hears', () => {
  it('[AN16] is each note of a piece, chords too, 95 of 100 distances within a millisecond', () => {
    const chance = createSeededRandom(7)
    const piece = makePiece(7, 8_000)
    const sound = new Int16Array(SAMPLE_RATE * 12)
    for (const { key, atMs } of piece) {
      const hz = KEYS.find((each) => each.key === key)?.hz ?? 0
      knock(sound, hz, atMs / 1000, () => chance.between(-1, 1))
    }
    const heard = findOnsets(sound, SAMPLE_RATE, KEYS).map(({ key, atSec }) => ({ key, atMs: atSec * 1000 }))
    const figures = figuresOf(
      piece.map(({ key, atMs }) => ({ key, atMs: atMs - 10 })),
      heard,
    )
    expect(figures).toMatchObject({ played: piece.length, heard: piece.length, lost: 0, extra: 0, outOfOrder: 0 })
    expect(figures.spacing.p95Ms).toBeLessThan(1)
    expect(Math.abs(figures.late.medianMs - 10)).toBeLessThan(1)
  })

  it('[AN16] is nothing where nothing sounds', () => {
    expect(findOnsets(new Int16Array(SAMPLE_RATE), SAMPLE_RATE, KEYS)).toEqual([])
  })
})

describe('the figures of a duet', () => {
  const played = [
    { key: 60, atMs: 1_000 },
    { key: 64, atMs: 1_200 },
    { key: 60, atMs: 1_500 },
    { key: 67, atMs: 1_501 },
  ]
  const heardWith = (...lateMs: readonly number[]) =>
    played.map(({ key, atMs }, index) => ({ key, atMs: atMs + (lateMs[index] ?? 0) }))

  it('[AN16] are distances and lateness', () => {
    expect(figuresOf(played, heardWith(300, 304, 304, 304))).toEqual({
      played: 4,
      heard: 4,
      lost: 0,
      extra: 0,
      outOfOrder: 0,
      spacing: { p50Ms: 0, p95Ms: 3.6, mostMs: 4 },
      late: { medianMs: 304, p95Ms: 304 },
    })
  })

  it('[AN16] count what is lost, doubled and out of order; a chord has no order', () => {
    const heard = heardWith(300, 300, 300, 298)
    expect(figuresOf(played, heard.slice(1))).toMatchObject({ lost: 1, extra: 0 })
    expect(figuresOf(played, [...heard, { key: 72, atMs: 2_400 }])).toMatchObject({ lost: 0, extra: 1 })
    expect(figuresOf(played, heard).outOfOrder).toBe(0)
    expect(figuresOf(played, heardWith(600, 300, 700, 300)).outOfOrder).toBe(1)
  })

  it('[AN16] take each phrase for itself: what one lacks, the next does not lend', () => {
    const again = played.map(({ key, atMs }) => ({ key, atMs: atMs + 5_000 }))
    const later = again.map(({ key, atMs }) => ({ key, atMs: atMs + 400 }))
    const both = [...heardWith(300, 300, 300, 300).slice(0, 3), ...later]
    expect(figuresOf([...played, ...again], both)).toMatchObject({ lost: 1, extra: 0, late: { medianMs: 400 } })
  })
})

describe('the piece', () => {
  it('[AN16] is the same for the same seed, by turns, with rests, and no key twice too soon', () => {
    const piece = makePiece(1, 20_000)
    expect(makePiece(1, 20_000)).toEqual(piece)
    expect(new Set(piece.map(({ player }) => player)).size).toBe(2)
    for (const { key } of KEYS) {
      const own = piece.filter((strike) => strike.key === key)
      for (const [index, { atMs }] of own.slice(1).entries()) expect(atMs - (own[index]?.atMs ?? 0)).toBeGreaterThan(70)
    }
  })
})

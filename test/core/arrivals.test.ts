import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrivals, hearWord } from '../../src/core/arrivals'
import { positionAt } from '../../src/core/timeline'

/** Words said each second of a player that was at 0 at that moment, each late by so much. */
function hearAll(latesMs: readonly number[], startMs = 100_000): Arrivals | undefined {
  let known: Arrivals | undefined
  for (const [second, lateMs] of latesMs.entries()) {
    known = hearWord(known, { positionSec: second, playing: true, atMs: startMs + 1000 * second + lateMs })
  }
  return known
}

describe('words without a time', () => {
  it('[FR7] the line follows the word that took the shortest way, of the last eight', () => {
    const known = hearAll([180, 40, 220, 400, 90])
    expect(known && positionAt(known.line, 105_000)).toBeCloseTo(4.96, 5)
    const later = hearAll([0, ...Array.from({ length: 9 }, () => 200)])
    expect(later && positionAt(later.line, 120_000)).toBeCloseTo(19.8, 5)
  })

  it('[FR7] however late words are, the line is never ahead of the player, and no later than the best of them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 450 }), { minLength: 1, maxLength: 8 }), (lates) => {
        const known = hearAll(lates)
        const lateMs = known ? (20 - positionAt(known.line, 120_000)) * 1000 : Number.NaN
        // A line is moved only by what can be seen.
        expect(lateMs).toBeGreaterThan(-0.001)
        expect(lateMs).toBeLessThan(Math.min(...lates) + 10.001)
      }),
    )
  })

  it('[FR8] a word that comes late alone moves nothing; a step back that is said twice is one', () => {
    const known = hearAll([50, 50, 50])
    const late = hearWord(known, { positionSec: 2.3, playing: true, atMs: 103_400 })
    expect(late.line).toEqual(known?.line)
    expect(hearWord(late, { positionSec: 4, playing: true, atMs: 104_050 }).line).toEqual(known?.line)
    const back = hearWord(late, { positionSec: 3.3, playing: true, atMs: 104_400 })
    expect(positionAt(back.line, 104_400)).toBeCloseTo(3.3, 5)
  })

  it('[FR8] an act, a leap, a pause and another rate count at once', () => {
    const known = hearAll([50, 50])
    for (const word of [
      { positionSec: 0.4, playing: true, isAct: true },
      { positionSec: 60, playing: true },
      { positionSec: 0, playing: false },
      { positionSec: 1, playing: true, rate: 2 },
    ]) {
      expect(positionAt(hearWord(known, { ...word, atMs: 102_000 }).line, 102_000)).toBe(word.positionSec)
    }
    const rest = hearWord(undefined, { positionSec: 7, playing: false, atMs: 1 })
    expect(hearWord(rest, { positionSec: 7, playing: false, atMs: 999 })).toBe(rest)
  })
})

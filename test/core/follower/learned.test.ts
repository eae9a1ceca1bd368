import { describe, expect, it } from 'vitest'
import { latenciesFrom, NOTHING_LEARNED, withMeasured } from '../../../src/core/follower/learned'

const FIRST = { playSec: 0.075, resumeSec: 0, seekSec: 0.085 }

function learn(...playSec: readonly number[]): number {
  const learned = playSec.reduce((all, sec) => withMeasured(all, 'playSec', sec), NOTHING_LEARNED)
  return latenciesFrom(FIRST, learned).playSec
}

describe('learned latencies', () => {
  it('[F10] start with the figure of the profile, which is one of five until there are others', () => {
    expect(learn()).toBe(0.075)
    expect(learn(0.175)).toBeCloseTo(0.125, 9)
    expect(learn(0.175, 0.18)).toBe(0.175)
    expect(learn(0.1, 0.11, 0.12, 0.13)).toBe(0.11)
    expect(learn(0.1, 0.11, 0.12, 0.13, 0.14)).toBe(0.12)
  })

  it('[F10] forget all but the last five, and leave one hiccup out', () => {
    expect(learn(0.3, 0.3, 0.3, 0.1, 0.1, 0.1, 0.1, 0.1)).toBe(0.1)
    expect(learn(0.1, 0.1, 0.1, 0.29, 0.1)).toBe(0.1)
    expect(withMeasured({ ...NOTHING_LEARNED, seekSec: [1, 2, 3, 4, 5] }, 'seekSec', 0.5).seekSec).toHaveLength(5)
  })

  it('[F10] are bounded', () => {
    expect(withMeasured(NOTHING_LEARNED, 'playSec', -1).playSec).toEqual([0])
    expect(withMeasured(NOTHING_LEARNED, 'resumeSec', -1).resumeSec).toEqual([-0.05])
    expect(withMeasured(NOTHING_LEARNED, 'seekSec', 9).seekSec).toEqual([1])
  })
})

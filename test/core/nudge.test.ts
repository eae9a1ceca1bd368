import { expect, it } from 'vitest'
import { NUDGE_MOST_MS } from '../../src/core/follower/constants'
import { nudged } from '../../src/core/nudge'

it('[B32] who hears that they are early is moved back by 10 ms, who is late ahead', () => {
  expect(nudged(0, 'early')).toBe(-10)
  expect(nudged(0, 'late')).toBe(10)
  expect(nudged(nudged(120, 'late'), 'early')).toBe(120)
})

it('[B32] nobody is moved further than the bound, either way', () => {
  expect(nudged(NUDGE_MOST_MS, 'late')).toBe(NUDGE_MOST_MS)
  expect(nudged(-NUDGE_MOST_MS, 'early')).toBe(-NUDGE_MOST_MS)
})

import { describe, expect, it } from 'vitest'
import { createTokenBuckets } from '../../src/server/token-bucket'

describe('buckets by key', () => {
  it('[S85] each key has its own, filled with time, also over the turns in which full ones are forgotten', () => {
    const buckets = createTokenBuckets(1, 3)
    const takes = (key: string, nowMs: number, times: number): number =>
      Array.from({ length: times }, () => buckets.take(key, nowMs)).filter(Boolean).length
    expect(takes('anna', 0, 5)).toBe(3)
    expect(takes('ben', 0, 2)).toBe(2)
    expect(takes('anna', 2_900, 5)).toBe(2)
    expect(takes('anna', 3_100, 5)).toBe(1)
    expect(takes('ben', 6_200, 5)).toBe(3)
    expect(takes('anna', 6_200, 5)).toBe(3)
    expect(takes('anna', 20_000, 5)).toBe(3)
  })
})

import { describe, expect, it } from 'vitest'
import { comeBackDelayMs, retryDelayMs } from '../../src/client/backoff'

describe('backoff', () => {
  it('[R34] at most a quarter of a second at first, doubling up to 15 s', () => {
    const most = (attempt: number) => Math.round(retryDelayMs(attempt, 0.9999999))
    expect([1, 2, 3, 6, 7, 8, 2000].map(most)).toEqual([250, 500, 1_000, 8_000, 15_000, 15_000, 15_000])
  })

  it('[R35] is spread over all of the time up to that', () => {
    expect(retryDelayMs(5, 0)).toBe(0)
    expect(retryDelayMs(5, 0.25)).toBe(1_000)
  })

  it('[R36] never before the server asked for, and spread over as long again', () => {
    expect(comeBackDelayMs(3_000, 0)).toBe(3_000)
    expect(comeBackDelayMs(3_000, 0.5)).toBe(4_500)
    expect(comeBackDelayMs(0, 0.5)).toBe(500)
  })
})

import { describe, expect, it } from 'vitest'
import { onlyChanges, pairSkew, positionAt, quantile, sizeOf, whyInvalid } from '../../scripts/drive/skew.mjs'

type Sample = { atMs: number; positionSec: number; rate: number; paused: boolean; steady: boolean }

/** A player that runs at `rate` from `startSec` at 0 ms, looked at every `everyMs`. */
function playing({ startSec = 0, rate = 1, everyMs = 23, untilMs = 5000 } = {}): Sample[] {
  return Array.from({ length: Math.floor(untilMs / everyMs) + 1 }, (_, index) => {
    const atMs = index * everyMs
    return { atMs, positionSec: startSec + (rate * atMs) / 1000, rate, paused: false, steady: true }
  })
}

const whole = { fromMs: 0, toMs: 5000 }

describe('measuring skew', () => {
  it('[E2] tells where a player was between two looks', () => {
    expect(positionAt(playing(), 1000)).toBeCloseTo(1, 9)
    expect(positionAt(playing({ startSec: 7 }), 0)).toBe(7)
    expect(positionAt(playing(), 9999)).toBeUndefined()
  })

  it('[E2] is second minus first, whatever the phase of the looks', () => {
    const skews = pairSkew(playing(), playing({ startSec: 0.012, everyMs: 31 }), whole)
    expect(skews.length).toBeGreaterThan(90)
    for (const { skewMs } of skews) expect(skewMs).toBeCloseTo(12, 6)
  })

  it('[E2] reads nothing into a gap, a jump or a player that stands', () => {
    const gap = playing().filter(({ atMs }) => atMs < 1000 || atMs > 1400)
    expect(positionAt(gap, 1200)).toBeUndefined()
    const jump = playing().map((sample) =>
      sample.atMs > 1000 ? { ...sample, positionSec: sample.positionSec + 5 } : sample,
    )
    expect(positionAt(jump, 1005)).toBeUndefined()
    expect(positionAt(jump, 2000)).toBeCloseTo(7, 9)
    const stopped = playing().map((sample) => ({ ...sample, steady: sample.atMs < 1000 }))
    expect(positionAt(stopped, 1010)).toBeUndefined()
    expect(positionAt(playing({ rate: 0 }), 1000)).toBeUndefined()
  })

  it('[E2] takes a staircase by its edges, between the two looks that saw it', () => {
    const stairs = playing({ everyMs: 4 }).map((sample) => ({
      ...sample,
      positionSec: (Math.floor(sample.atMs / 40) * 40) / 1000,
    }))
    const skews = pairSkew(playing(), onlyChanges(stairs), { fromMs: 200, toMs: 4800 })
    expect(skews.length).toBeGreaterThan(80)
    // The edge is seen at the look on it, at most one look late; half of that is taken off.
    for (const { skewMs } of skews) expect(Math.abs(skewMs)).toBeLessThanOrEqual(2 + 1e-6)
  })

  it('[E2] sums up by size: median and 95th hundredth', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2)
    expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5, 9)
    expect(sizeOf([-4, 4, -4])).toEqual({ medianMs: 4, p95Ms: 4, count: 3 })
    expect(sizeOf([])).toBeUndefined()
  })

  it('[E3] a window with a long gap or a stall is worth nothing, one with a large skew is', () => {
    const samples = playing()
    expect(whyInvalid({ samples, stalls: [] }, { fromMs: 100, toMs: 4900 })).toBeUndefined()
    expect(whyInvalid({ samples, stalls: [2000] }, { fromMs: 100, toMs: 4900 })).toBe('stall')
    expect(whyInvalid({ samples, stalls: [50] }, { fromMs: 100, toMs: 4900 })).toBeUndefined()
    const hole = samples.filter(({ atMs }) => atMs < 1000 || atMs > 1200)
    expect(whyInvalid({ samples: hole, stalls: [] }, { fromMs: 100, toMs: 4900 })).toBe('gap')
    expect(whyInvalid({ samples: hole, stalls: [] }, { fromMs: 2000, toMs: 4900 })).toBeUndefined()
    expect(whyInvalid({ samples, stalls: [] }, { fromMs: 100, toMs: 6000 })).toBe('gap')
    expect(whyInvalid({ samples: [], stalls: [] }, { fromMs: 100, toMs: 6000 })).toBe('gap')
  })
})

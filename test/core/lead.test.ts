import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadMs } from '../../src/core/lead'

describe('lead', () => {
  it('[L1] is one and a half times the slowest path and 100 ms', () => {
    expect(leadMs([50, 200, 120], 'play')).toBe(400)
  })

  it('[L2] is at least 250 ms, also when no path was measured, and at most 1000 ms', () => {
    expect(leadMs([], 'pause')).toBe(250)
    expect(leadMs([5], 'set-rate')).toBe(250)
    expect(leadMs([20_000], 'play')).toBe(1000)
  })

  it('[L3] a seek gets 400 ms more', () => {
    expect(leadMs([200], 'seek')).toBe(800)
    expect(leadMs([20_000], 'seek')).toBe(1400)
  })

  it('[L4] never shrinks when a path grows or a member comes', () => {
    const path = fc.double({ min: 0, max: 5_000, noNaN: true })
    fc.assert(
      fc.property(fc.array(path), path, (paths, extra) => {
        expect(leadMs([...paths, extra], 'play')).toBeGreaterThanOrEqual(leadMs(paths, 'play'))
      }),
    )
  })
})

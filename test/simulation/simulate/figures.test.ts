import { describe, expect, it } from 'vitest'
import { addFigures, addTo, createDistribution, createFigures, groupOf, mendsOf, quantile } from './figures'

describe('figures of many hours', () => {
  it('[Z7] quantiles are weighted by time, right to a bin, and never above the most', () => {
    const distribution = createDistribution()
    addTo(distribution, 2.04, 900)
    addTo(distribution, 30, 90)
    addTo(distribution, 5_000, 10)
    expect(quantile(distribution, 0.5)).toBeCloseTo(2.1)
    expect(quantile(distribution, 0.95)).toBeCloseTo(30.1)
    expect(quantile(distribution, 1)).toBe(5_000)
    expect([distribution.under16, distribution.under40, distribution.all]).toEqual([900, 990, 1_000])
    expect(quantile(createDistribution(), 0.5)).toBeNaN()
  })

  it('[Z7] added to each other in any order they are the same', () => {
    const parts = [3, 700, 90_000, 1e9].map((ms) => {
      const figures = createFigures()
      addTo(groupOf(figures, 'wifi').pair, ms, 500)
      mendsOf(figures, 'seek').push(ms)
      return figures
    })
    const sum = (of: typeof parts): unknown => {
      const all = createFigures()
      for (const part of of) addFigures(all, part)
      return [groupOf(all, 'wifi').pair, mendsOf(all, 'seek').sort((one, other) => one - other)]
    }
    expect(sum(parts)).toEqual(sum(parts.toReversed()))
  })
})

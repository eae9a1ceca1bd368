/**
 * Whole hours of simulated rooms, the same rooms that `npm run simulate` lives through; bounds hold for fixed seeds.
 * To look for rare things run that command with many rooms; a seed that failed once gets a test of its own here.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { createFigures, type Figures, groupOf, mendsOf, pairOf, quantile } from './figures'
import { ROOM_NETWORKS, type RoomNetwork } from './networks'
import { drawFigures, drawStory } from './report'
import { liveRoomHours } from './room-hours'

const SEEDS = Array.from({ length: 28 }, (_, i) => i + 1)
/** Long enough for some of everything. */
const HOURS = 0.5

type Bounds = { readonly medianMs: number; readonly p95Ms: number; readonly under40: number }
const GOOD: Bounds = { medianMs: 4.5, p95Ms: 10, under40: 0.997 }
/** Half of the difference between the two ways is in the skew where they differ. */
const BOUNDS: { readonly [Network in RoomNetwork]: Bounds } = {
  fibre: GOOD,
  cable: GOOD,
  wifi: GOOD,
  '4g': { medianMs: 4.5, p95Ms: 12, under40: 0.995 },
  'bad mobile': { medianMs: 6, p95Ms: 20, under40: 0.98 },
  dsl: { medianMs: 15, p95Ms: 26, under40: 0.997 },
  mixed: { medianMs: 8, p95Ms: 26, under40: 0.99 },
}

describe('hours of rooms', () => {
  const figures: Figures = createFigures()
  beforeAll(() => {
    for (const seed of SEEDS) liveRoomHours(seed, HOURS, figures)
  }, 60_000)

  it.each(ROOM_NETWORKS)(
    '[Z6] on %s players stay together, at the base rate, with hardly a seek that nothing asked for',
    (network) => {
      const { medianMs, p95Ms, under40 } = BOUNDS[network]
      const { pair, steadyMs, atBaseMs, seeksUnprovoked, skips } = groupOf(figures, network)
      expect(pair.all).toBeGreaterThan(3_600_000)
      expect(quantile(pair, 0.5)).toBeLessThan(medianMs)
      expect(quantile(pair, 0.95)).toBeLessThan(p95Ms)
      expect(pair.under40 / pair.all).toBeGreaterThan(under40)
      expect(atBaseMs / steadyMs).toBeGreaterThan(0.97)
      // Firefox changes the side of rate 1 by a seek, once or so an hour where its sound card drifts.
      expect(seeksUnprovoked).toBeLessThanOrEqual(6)
      expect(skips).toBe(0)
    },
  )

  it('[Z6] whatever happens, the room is together again', () => {
    const all = [...figures.mends.values()].flat()
    expect(all.length).toBeGreaterThan(300)
    expect(all.filter((ms) => !Number.isFinite(ms))).toEqual([])
    for (const what of ['play', 'seek', 'stall', 'cut', 'gap in the sound'])
      expect(mendsOf(figures, what).length).toBeGreaterThan(5)
    const sorted = all.sort((one, other) => one - other)
    expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThan(1_000)
    expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThan(5_000)
  })

  it('[Z6] what is heard is together as what is seen is, but for the 7 ms by which Firefox sounds late', () => {
    const { heard } = pairOf(figures, 'two Chromiums')
    expect(quantile(heard, 0.5)).toBeLessThan(6)
    expect(quantile(pairOf(figures, 'mixed').heard, 0.5)).toBeLessThan(13)
  })

  it('[Z7] the same seed gives the same figures and the same story', () => {
    const live = (): string[] => {
      const own = createFigures()
      const { story } = liveRoomHours(4, 0.2, own, true)
      return [...drawStory(story), ...drawFigures(own)]
    }
    const once = live()
    expect(once.length).toBeGreaterThan(40)
    expect(live()).toEqual(once)
  })
})

describe('seeds that failed once', () => {
  const lived = (seed: number, hours: number) => {
    const figures = createFigures()
    return { ...liveRoomHours(seed, hours, figures), figures }
  }

  it('[Z8] 84: somebody left while the connection was lost, and what was on its way found no seat', () => {
    expect(() => lived(84, 0.1)).not.toThrow()
  })

  it('[Z6] 11: both ways of a path got longer, one more than the other, and the clock believed it', () => {
    expect(quantile(groupOf(lived(11, 0.3).figures, 'bad mobile').own, 0.99)).toBeLessThan(25)
  })

  it('[Z6] 32: one way got longer as the other got shorter again, and the clock took it for one that was set', () => {
    expect(quantile(groupOf(lived(32, 0.2).figures, 'bad mobile').own, 0.99)).toBeLessThan(25)
  })

  it('[Z6] 241: a connection came back while one way was longer, and the clock began from nothing', () => {
    expect(quantile(groupOf(lived(241, 0.25).figures, '4g').own, 0.99)).toBeLessThan(15)
  })
})

import { describe, expect, it } from 'vitest'
import {
  baseRateShare,
  correctiveSeeks,
  figuresOf,
  linePositionAt,
  pieces,
  scheduledAfter,
  secondsUntil,
  smooth,
  whyWorthless,
} from './figures.mjs'

type Sample = { atMs: number; positionSec: number; rate: number; paused: boolean; steady: boolean }

/** A player on a line that is `aheadMs` before the film's own time, looked at every 20 ms. */
function watched({ untilMs = 12_000, aheadMs = (_: number): number => 0, rate = 1 } = {}) {
  const looks: Sample[] = Array.from({ length: untilMs / 20 + 1 }, (_, index) => {
    const atMs = index * 20
    return { atMs, positionSec: (rate * (atMs + aheadMs(atMs))) / 1000, rate, paused: false, steady: true }
  })
  return { looks, samples: looks, stalls: [] as number[], seeks: [] as number[], heldSeeks: [] as number[] }
}

const skewsOf = (skewMs: (atMs: number) => number, toMs = 10_000) =>
  Array.from({ length: toMs / 50 + 1 }, (_, index) => ({ atMs: index * 50, skewMs: skewMs(index * 50) }))

describe('the figures of the benchmark', () => {
  it('[E60] seconds count from the end of the disturbance to where the skew stays within the bound for 3 s', () => {
    const within = { fromMs: 1_000, toMs: 10_000 }
    expect(
      secondsUntil(
        skewsOf(() => -5),
        16,
        within,
      ),
    ).toBe(0)
    expect(
      secondsUntil(
        skewsOf((atMs) => (atMs < 2_500 ? 100 : 5)),
        16,
        within,
      ),
    ).toBe(1.5)
    expect(
      secondsUntil(
        skewsOf(() => 100),
        40,
        within,
      ),
    ).toBeNull()
    // Two seconds of quiet are not enough.
    expect(
      secondsUntil(
        skewsOf((atMs) => (atMs >= 2_000 && atMs < 4_000 ? 0 : 100)),
        16,
        within,
      ),
    ).toBeNull()
    // What came too late to be held for 3 s is not known.
    expect(
      secondsUntil(
        skewsOf((atMs) => (atMs < 7_500 ? 100 : 0)),
        16,
        within,
      ),
    ).toBeNull()
  })

  it('[E60] a single odd look does not end a quiet time, a hole in it does', () => {
    const within = { fromMs: 0, toMs: 10_000 }
    expect(
      secondsUntil(
        skewsOf((atMs) => (atMs === 1_000 ? 500 : 1)),
        16,
        within,
      ),
    ).toBe(0)
    expect(smooth(skewsOf((atMs) => (atMs === 1_000 ? 500 : 1))).every(({ skewMs }) => skewMs === 1)).toBe(true)
    const hole = skewsOf(() => 1).filter(({ atMs }) => atMs < 500 || atMs > 2_000)
    expect(secondsUntil(hole, 16, within)).toBeGreaterThan(1.9)
  })

  it('[E61] the timeline is where the server last told it, each line from its instant', () => {
    const line = (positionSec: number, atMs: number, playing = true) => ({ positionSec, atMs, playing, rate: 1 })
    const history = [
      { toldMs: 0, lines: [line(0, 0, false)] },
      { toldMs: 1_000, lines: [line(0, 0, false), line(10, 2_000)] },
      { toldMs: 5_000, lines: [line(10, 2_000), line(60, 6_000)] },
    ]
    expect(linePositionAt(history, 500)).toBeUndefined()
    expect(linePositionAt(history, 1_500)).toBeUndefined()
    expect(linePositionAt(history, 3_000)).toBe(11)
    expect(linePositionAt(history, 5_500)).toBe(13.5)
    expect(linePositionAt(history, 7_000)).toBe(61)
    expect(linePositionAt([], 7_000)).toBeUndefined()
  })

  it('[E62] what a seek makes the player wait for is no stall; any other wait makes a window worthless', () => {
    const window = { fromMs: 4_000, toMs: 9_000 }
    const seen = watched()
    expect(whyWorthless({ ...seen, seeks: [5_000], stalls: [5_300] }, window)).toBeUndefined()
    expect(whyWorthless({ ...seen, seeks: [5_000], stalls: [6_300] }, window)).toBe('stall')
    expect(pieces({ fromMs: 0, toMs: 12_000 }, 5_000)).toEqual([
      { fromMs: 0, toMs: 5_000 },
      { fromMs: 5_000, toMs: 10_000 },
    ])
  })

  it('[E61] tells pair skew, own skews, seeks, rates and the share at the base rate, and leaves worthless windows out', () => {
    const first = watched()
    const second = { ...watched({ aheadMs: (atMs) => (atMs < 1_000 ? 200 : 4) }), seeks: [400, 5_000] }
    second.looks = second.looks.map((look) =>
      look.atMs >= 4_000 && look.atMs < 4_500 ? { ...look, rate: 1.02 } : look,
    )
    const seen = {
      players: [first, second] as const,
      history: [{ toldMs: 0, lines: [{ positionSec: 0, rate: 1, playing: true, atMs: 0 }] }],
      fromMs: 0,
      endMs: 0,
      toMs: 12_000,
      baseRate: 1,
      asked: { jumps: [0, 1], starts: true } as const,
    }
    const figures = figuresOf({ ...seen, steady: [{ fromMs: 3_500, toMs: 8_500 }] })
    expect(figures).toMatchObject({
      secondsTo40: 1,
      medianMs: 4,
      p95Ms: 4,
      signedMedianMs: 4,
      own: [{ medianMs: 0 }, { medianMs: 4, signedMedianMs: 4 }],
      seeks: [0, 2],
      correctiveSeeks: [0, 1],
      seeksWhenQuiet: [0, 1],
      rates: { least: 1, most: 1.02 },
      windows: { used: 1, discarded: { gap: 0, stall: 0 } },
    })
    expect(figures.atBaseRate).toBeCloseTo(0.95, 2)
    const stalled = { ...first, stalls: [7_000] }
    expect(figuresOf({ ...seen, players: [stalled, second], steady: [{ fromMs: 3_500, toMs: 8_500 }] })).toMatchObject({
      medianMs: null,
      own: [null, null],
      windows: { used: 0, discarded: { gap: 0, stall: 1 } },
    })
  })

  it('[E67] a seek that a person or a start asked for corrects nothing; any other does', () => {
    const seen = { ...watched(), seeks: [1_000, 1_400, 3_000, 20_000], heldSeeks: [1_400] }
    const window = { fromMs: 900, toMs: 10_000 }
    // The person's own jump, and a paused player that is put where it will start.
    expect(correctiveSeeks(seen, window, 1, true)).toBe(1)
    expect(correctiveSeeks({ ...seen, seeks: [1_000, 1_400] }, window, 1, true)).toBe(0)
    // Nobody asked for anything: a pause does not hide a seek.
    expect(correctiveSeeks(seen, window, 0, false)).toBe(3)
    expect(correctiveSeeks({ ...seen, seeks: [] }, window, 1, false)).toBe(0)
  })

  it('[E67] what was scheduled counts from the disturbance to the instant that the server told, if that lay ahead', () => {
    const line = (atMs: number, playing = true) => ({ positionSec: 0, atMs, playing, rate: 1 })
    const history = [
      { toldMs: 500, lines: [line(0)] },
      { toldMs: 1_050, lines: [line(1_050, false)] },
      { toldMs: 1_100, lines: [line(1_050, false), line(1_400)] },
    ]
    expect(scheduledAfter(history, 1_000, 9_000)).toBe(0.4)
    expect(scheduledAfter(history, 1_200, 9_000)).toBeNull()
    expect(scheduledAfter([{ toldMs: 1_100, lines: [line(1_050)] }], 1_000, 9_000)).toBeNull()
  })

  it('[E61] the base rate is within 0.0005', () => {
    const at = (rate: number): Sample => ({ atMs: 0, positionSec: 0, rate, paused: false, steady: true })
    expect(baseRateShare([at(1), at(1.0001), at(0.9999), at(1.002)], 1)).toBe(0.75)
    expect(baseRateShare([], 1)).toBeNull()
  })
})

/**
 * Two players of a kind on paths of 50 and 80 ms each way, one clock wrong by 300 ms and 50 ppm, through a whole evening in a minute.
 * Every seed is judged by itself, by the true place of each player; a failure names its seed.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { PLAYER_PROFILES } from '../../src/core/player-profile'
import { type BenchClient, createBench, type Point, percentile } from './follower-bench'
import { CHROMIUM_PLANT, FIREFOX_PLANT, type PlantKind } from './plant'

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1)
const CLOCKS_KNOWN_MS = 3_000
/** A disturbance is mended by then; measured from its end. */
const MENDED_MS = 4_000
/** Farther off than that would be heard between two rooms. */
const HEARD_MS = 16

type Seen = {
  readonly who: string
  readonly segment: string
  readonly seeks: number
  /** From the act (or the end of the disturbance) until the player was within what is heard for good, ms. */
  readonly mendedMs: number
  readonly steady: readonly Point[]
  readonly baseShare: number
  readonly skips: number
}

type Expected = {
  readonly segment: string
  /** Seeks of each client in the order of arriving. */
  readonly seeks: readonly number[]
  readonly mendedMs: Readonly<Record<PlantKind['name'], number>>
}
const EXPECTED: readonly Expected[] = [
  { segment: 'cold start', seeks: [0, 0], mendedMs: { chromium: 3_000, firefox: 1_500 } },
  { segment: 'seek', seeks: [1, 1], mendedMs: { chromium: 1_200, firefox: 1_600 } },
  { segment: 'pause', seeks: [1, 1], mendedMs: { chromium: 500, firefox: 500 } },
  { segment: 'resume', seeks: [0, 0], mendedMs: { chromium: 1_000, firefox: 1_500 } },
  { segment: 'stall', seeks: [0, 1], mendedMs: { chromium: 1_000, firefox: 1_500 } },
  { segment: 'blocked main thread', seeks: [0, 0], mendedMs: { chromium: 500, firefox: 500 } },
  { segment: 'late join', seeks: [0, 0, 1], mendedMs: { chromium: 4_000, firefox: 2_500 } },
  { segment: 'connection cut', seeks: [0, 0, 0], mendedMs: { chromium: 500, firefox: 500 } },
  { segment: 'rate 1.5', seeks: [0, 0, 0], mendedMs: { chromium: 1_000, firefox: 1_500 } },
  { segment: 'rate 1 again', seeks: [0, 0, 0], mendedMs: { chromium: 1_000, firefox: 1_500 } },
]

const BOUNDS = {
  chromium: { worstMs: 14, p95Ms: 5, medianMs: 2, leastBaseShare: 0.9 },
  firefox: { worstMs: 16, p95Ms: 6, medianMs: 3, leastBaseShare: 0.6 },
} as const

function evening(kind: PlantKind, seed: number): readonly Seen[] {
  const near = { baseMs: 50, jitterMs: 15 }
  const far = { baseMs: 80, jitterMs: 15 }
  const bench = createBench(seed, [
    { kind, up: near, down: near },
    { kind, up: far, down: far, clockMs: 300, clockPpm: 50 },
  ])
  const all: Seen[] = []
  const segment = (name: string, act: () => void, { lastsMs = 8_000, disturbedMs = 0, rate = 1 } = {}): void => {
    act()
    const fromMs = bench.world.nowMs()
    bench.run(lastsMs)
    bench.clients.forEach((client, index) => {
      const aheadMs = PLAYER_PROFILES[kind.name].aimAheadMs * rate
      const seenOne = see(client, fromMs, fromMs + disturbedMs, fromMs + lastsMs, rate, aheadMs)
      all.push({ who: `seed ${seed}, ${name}, client ${index}`, segment: name, ...seenOne })
    })
  }
  bench.run(CLOCKS_KNOWN_MS)
  segment('cold start', () => bench.author.play(), { lastsMs: 10_000 })
  segment('seek', () => bench.author.seek(150))
  segment('pause', () => bench.author.pause(), { lastsMs: 6_000 })
  segment('resume', () => bench.author.play())
  segment('stall', () => bench.clients[1]?.plant.stall(1_500), { disturbedMs: 1_500 })
  segment('blocked main thread', () => bench.clients[0]?.block(1_500), { disturbedMs: 1_500 })
  segment('late join', () => bench.enter({ kind, up: near, down: near, clockMs: -5_000 }))
  segment('connection cut', () => bench.clients[0]?.cut(5_000))
  segment('rate 1.5', () => bench.author.setRate(1.5), { rate: 1.5 })
  segment('rate 1 again', () => bench.author.setRate(1))
  return all
}

function see(client: BenchClient, fromMs: number, calmMs: number, toMs: number, baseRate: number, aheadMs: number) {
  const aimed = (points: readonly Point[]): readonly Point[] =>
    points.map((point) => (point.playing ? { ...point, errorMs: point.errorMs - aheadMs } : point))
  const off = aimed(client.between(calmMs, toMs)).findLast(({ errorMs }) => Math.abs(errorMs) > HEARD_MS)
  const steady = aimed(client.between(calmMs + MENDED_MS, toMs))
  return {
    seeks: client.seeks(fromMs, toMs),
    mendedMs: (off?.atMs ?? calmMs) - calmMs,
    steady,
    baseShare: steady.filter(({ rate }) => Math.abs(rate - baseRate) < 5e-4).length / steady.length,
    skips: client.plant.skips(),
  }
}

describe.each([CHROMIUM_PLANT, FIREFOX_PLANT])('followers of $name', (kind) => {
  const bounds = BOUNDS[kind.name]
  let evenings: readonly Seen[] = []
  beforeAll(() => {
    evenings = SEEDS.flatMap((seed) => evening(kind, seed))
  })
  const each = (segment: string, check: (seen: Seen, index: number) => void): void =>
    evenings
      .filter((seen) => seen.segment === segment)
      .forEach((seen, i, { length }) => check(seen, i % (length / SEEDS.length)))

  it.each(EXPECTED)('[F20] $segment: mended in time, with no seek too many', ({ segment, seeks, mendedMs }) => {
    each(segment, (seen, index) => {
      expect(seen.seeks, seen.who).toBe(seeks[index])
      expect(seen.mendedMs, seen.who).toBeLessThanOrEqual(mendedMs[kind.name])
    })
  })

  it.each(EXPECTED)('[F20] $segment: steady afterwards, near the line and at the base rate', ({ segment }) => {
    const errors: number[] = []
    each(segment, (seen) => {
      const sizes = seen.steady.map(({ errorMs }) => Math.abs(errorMs))
      expect(Math.max(...sizes), seen.who).toBeLessThanOrEqual(bounds.worstMs)
      expect(seen.baseShare, seen.who).toBeGreaterThanOrEqual(bounds.leastBaseShare)
      errors.push(...sizes)
    })
    expect(percentile(errors, 0.95)).toBeLessThanOrEqual(bounds.p95Ms)
    expect(percentile(errors, 0.5)).toBeLessThanOrEqual(bounds.medianMs)
  })

  it('[F20] paused players stand on the same frame', () => {
    each('pause', ({ steady, who }) => {
      for (const { errorMs, playing } of steady) {
        expect(playing, who).toBe(false)
        expect(Math.abs(errorMs), who).toBeLessThan(5)
      }
    })
  })

  it('[F5] no correction lets the sound run ahead of the picture', () => {
    for (const { skips, who } of evenings) expect(skips, who).toBe(0)
  })
})

/**
 * What goes wrong around a player: bad paths, wrong clocks, slow sites, hidden pages, films that end, browsers that refuse.
 * One trouble per test, over some dozen seeds; a failure names its seed.
 */
import { describe, expect, it } from 'vitest'
import { type ClientOptions, createBench, type Point, percentile } from './follower-bench'
import type { Path } from './lane'
import { CHROMIUM_PLANT, FIREFOX_PLANT } from './plant'

const SEEDS = Array.from({ length: 15 }, (_, i) => i + 1)
const KINDS = [CHROMIUM_PLANT, FIREFOX_PLANT]

const near: Path = { baseMs: 50, jitterMs: 15 }
const far: Path = { baseMs: 80, jitterMs: 15 }

function client(options: Partial<ClientOptions>): ClientOptions {
  return { kind: CHROMIUM_PLANT, up: near, down: near, ...options }
}

function forSeeds(check: (seed: number) => void): void {
  for (const seed of SEEDS) check(seed)
}

function sizes(points: readonly Point[]): readonly number[] {
  return points.map(({ errorMs }) => Math.abs(errorMs))
}

describe('paths', () => {
  it('[C8] a path that is longer one way shifts a player by half the difference, the known limit', () => {
    forSeeds((seed) => {
      const up = { baseMs: 40, jitterMs: 15 }
      const down = { baseMs: 160, jitterMs: 15 }
      const bench = createBench(seed, [client({}), client({ up, down })])
      bench.run(3_000)
      bench.author.play()
      bench.run(20_000)
      const [one = [], other = []] = bench.clients.map((each) => each.between(12_000, 23_000))
      const beyond = other.map(({ errorMs }, i) => Math.abs(errorMs - (one[i]?.errorMs ?? Number.NaN) + 60))
      expect(percentile(beyond, 0.5), `seed ${seed}`).toBeLessThan(5)
      expect(Math.max(...beyond), `seed ${seed}`).toBeLessThan(12)
    })
  })

  it.each(KINDS)('[F20] $name holds within 16 ms on a path with spikes of 400 ms', (kind) => {
    forSeeds((seed) => {
      const spiky = { baseMs: 50, jitterMs: 30, spikeMs: 400 }
      const bench = createBench(seed, [client({ kind }), client({ kind, up: spiky, down: spiky, clockMs: 300 })])
      bench.run(6_000)
      bench.author.play()
      bench.run(8_000)
      bench.author.seek(100)
      bench.run(12_000)
      for (const each of bench.clients) {
        expect(Math.max(...sizes(each.between(19_000, 26_000))), `seed ${seed}`).toBeLessThan(16)
        expect(each.seeks(15_500, 26_000), `seed ${seed}`).toBe(0)
      }
    })
  })
})

describe('clocks', () => {
  it.each(KINDS)('[F17] when somebody sets the clock, $name recovers with one jump at most', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind })])
      bench.run(3_000)
      bench.author.play()
      bench.run(10_000)
      bench.clients[0]?.stepClock(5_000)
      bench.run(10_000)
      expect(bench.clients[0]?.seeks(13_000, 23_000), `seed ${seed}`).toBeLessThanOrEqual(1)
      expect(Math.max(...sizes(bench.clients[0]?.between(18_000, 23_000) ?? [])), `seed ${seed}`).toBeLessThan(16)
    })
  })

  it.each(KINDS)('[F17] after a minute without any reading $name is back with one jump', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind })])
      bench.run(3_000)
      bench.author.play()
      bench.run(10_000)
      bench.clients[0]?.block(60_000)
      bench.clients[0]?.plant.stall(60_000)
      bench.run(70_000)
      expect(bench.clients[0]?.seeks(13_000, 83_000), `seed ${seed}`).toBe(1)
      expect(Math.max(...sizes(bench.clients[0]?.between(78_000, 83_000) ?? [])), `seed ${seed}`).toBeLessThan(16)
    })
  })

  it.each([-100, 100])('[F5] an output that drifts by %i ppm is held without seeks', (driftPpm) => {
    for (const kind of KINDS) {
      forSeeds((seed) => {
        const bench = createBench(seed, [client({ kind, driftPpm })])
        bench.run(3_000)
        bench.author.play()
        bench.run(60_000)
        // Firefox bears 9 ms on the side that it can't close, and its position has noise of its own.
        const worstMs = kind === FIREFOX_PLANT ? 12 : 9
        const off = percentile(sizes(bench.clients[0]?.between(10_000, 63_000) ?? []), 0.99)
        expect(off, `seed ${seed}`).toBeLessThan(worstMs)
        expect(bench.clients[0]?.seeks(3_500, 63_000), `seed ${seed}`).toBe(0)
      })
    }
  })

  it('[F27] a position that saws against the sound hardly moves a player that is right, and hides no error', () => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ sawMs: 8 })])
      bench.run(3_000)
      bench.author.play()
      bench.run(90_000)
      const [one] = bench.clients
      const moves = one?.did.filter(({ atMs, effect }) => atMs > 30_000 && effect.kind === 'set-rate') ?? []
      expect(moves.length, `seed ${seed}`).toBeLessThanOrEqual(4)
      expect(percentile(sizes(one?.between(30_000, 90_000) ?? []), 0.99), `seed ${seed}`).toBeLessThan(8)
    })
  })

  it.each([-100, 0, 100])(
    '[F28] Firefox crosses rate 1 only with a seek, also when its output drifts by %i ppm',
    (driftPpm) => {
      forSeeds((seed) => {
        const bench = createBench(seed, [client({ kind: FIREFOX_PLANT, driftPpm })])
        bench.run(3_000)
        bench.author.play()
        bench.run(600_000)
        const did = bench.clients[0]?.did ?? []
        const rates = did.flatMap(({ atMs, effect }) =>
          effect.kind === 'set-rate' ? [{ atMs, rate: effect.rate }] : [],
        )
        for (const [i, { atMs, rate }] of rates.entries()) {
          const crosses = i > 0 && rate > 1 !== (rates[i - 1]?.rate ?? 1) > 1
          const seeks = did.filter(({ atMs: soughtMs, effect }) => effect.kind === 'seek' && soughtMs === atMs)
          if (crosses) expect(seeks.length, `seed ${seed} at ${atMs}`).toBe(1)
        }
        expect(bench.clients[0]?.seeks(3_500, 603_000), `seed ${seed}`).toBeLessThanOrEqual(1)
      })
    },
  )

  it('[F6] a position that wanders in a fresh stream is hardly chased', () => {
    let corrections = 0
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ wanderMs: 25 })])
      bench.run(3_000)
      bench.author.play()
      bench.run(22_000)
      const [one] = bench.clients
      expect(Math.max(...sizes(one?.between(5_000, 14_000) ?? [])), `seed ${seed}`).toBeLessThan(60)
      expect(Math.max(...sizes(one?.between(20_000, 25_000) ?? [])), `seed ${seed}`).toBeLessThan(9)
      corrections += one?.did.filter(({ atMs, effect }) => atMs < 13_000 && effect.kind === 'set-rate').length ?? 0
    })
    expect(corrections / SEEDS.length).toBeLessThan(4)
  })
})

describe('sites', () => {
  it.each(KINDS)('[F7] where seeks cost up to 2 s, $name does not storm and ends on the line', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind, siteSeekMs: [100, 2_000] })])
      bench.run(3_000)
      bench.author.play()
      bench.run(8_000)
      bench.author.seek(200)
      bench.run(20_000)
      // A slow seek may be planned anew twice before it is through.
      expect(bench.clients[0]?.seeks(11_000, 31_000), `seed ${seed}`).toBeLessThanOrEqual(4)
      expect(Math.max(...sizes(bench.clients[0]?.between(26_000, 31_000) ?? [])), `seed ${seed}`).toBeLessThan(16)
    })
  })

  it.each(KINDS)('[F2] an act without notice is joined ahead of the line', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind, up: far, down: far })])
      bench.run(3_000)
      bench.author.jump(100)
      bench.run(12_000)
      bench.author.jump(200)
      bench.run(10_000)
      expect(bench.clients[0]?.seeks(15_000, 25_000), `seed ${seed}`).toBe(1)
      expect(Math.max(...sizes(bench.clients[0]?.between(18_000, 25_000) ?? [])), `seed ${seed}`).toBeLessThan(16)
    })
  })

  it.each(KINDS)('[F16] past the end of its media $name stands still, without seeks', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind, durationSec: 15 })])
      bench.run(3_000)
      bench.author.play()
      bench.run(40_000)
      const [one] = bench.clients
      expect(one?.seeks(3_000, 43_000), `seed ${seed}`).toBe(0)
      expect(one?.plant.truth().playing, `seed ${seed}`).toBe(false)
      expect(one?.state().skewMs, `seed ${seed}`).toBe(0)
      bench.author.seek(5)
      bench.run(6_000)
      expect(one?.plant.truth().playing, `seed ${seed}`).toBe(true)
      expect(Math.max(...sizes(one?.between(46_500, 49_000) ?? [])), `seed ${seed}`).toBeLessThan(16)
    })
  })
})

describe('pages', () => {
  it.each(KINDS)('[F15] hidden with slow timers $name makes no pulse, and mends itself once seen', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind })])
      const [one] = bench.clients
      bench.run(3_000)
      bench.author.play()
      bench.run(8_000)
      one?.hide(true)
      bench.run(1_500)
      one?.plant.slip(-0.1)
      bench.run(10_000)
      const rates = one?.did.filter(({ atMs, effect }) => atMs > 12_500 && effect.kind === 'set-rate')
      expect(rates, `seed ${seed}`).toEqual([])
      one?.hide(false)
      bench.run(8_000)
      expect(one?.seeks(11_000, 31_000), `seed ${seed}`).toBe(0)
      expect(Math.max(...sizes(one?.between(27_000, 30_500) ?? [])), `seed ${seed}`).toBeLessThan(16)
    })
  })

  it.each(KINDS)('[F15] hidden $name still starts and keeps within a third of a second', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind })])
      bench.clients[0]?.hide(true)
      bench.run(6_000)
      bench.author.play()
      bench.run(12_000)
      expect(Math.max(...sizes(bench.clients[0]?.between(14_000, 18_000) ?? [])), `seed ${seed}`).toBeLessThan(350)
    })
  })

  it.each(KINDS)('[F12] refused until somebody clicks, then $name joins the line', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind })])
      const [one] = bench.clients
      one?.refusePlay(true)
      bench.run(3_000)
      bench.author.play()
      bench.run(5_000)
      expect(one?.state().suspension, `seed ${seed}`).toBe('autoplay-blocked')
      const plays = one?.did.filter(({ effect }) => effect.kind === 'play').length
      expect(plays, `seed ${seed}`).toBe(1)
      one?.refusePlay(false)
      one?.plant.play()
      bench.run(10_000)
      expect(one?.state().suspension, `seed ${seed}`).toBeUndefined()
      expect(Math.max(...sizes(one?.between(14_000, 18_000) ?? [])), `seed ${seed}`).toBeLessThan(16)
    })
  })

  it.each(KINDS)('[F11] a stall of $name is told after 0.7 s, and its end', (kind) => {
    forSeeds((seed) => {
      const bench = createBench(seed, [client({ kind })])
      const [one] = bench.clients
      bench.run(3_000)
      bench.author.play()
      bench.run(8_000)
      one?.plant.stall(500)
      bench.run(3_000)
      one?.plant.stall(2_500)
      bench.run(6_000)
      const told = one?.did.filter(({ effect }) => effect.kind === 'suspended' || effect.kind === 'resumed') ?? []
      expect(
        told.map(({ effect }) => effect),
        `seed ${seed}`,
      ).toEqual([{ kind: 'suspended', reason: 'buffering' }, { kind: 'resumed' }])
      expect(Math.abs((told[0]?.atMs ?? 0) - 14_700), `seed ${seed}`).toBeLessThan(50)
      expect(Math.abs((told[1]?.atMs ?? 0) - 16_500), `seed ${seed}`).toBeLessThan(50)
    })
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSample, type Clock, createClock, estimate, nextPingMs, pathDownMs, reconnected } from '../../src/core/clock'

/** One exchange as it would be stamped: the server's clock is `offsetMs` ahead, 2 ms go by at the server. */
function exchange(sentMs: number, upMs: number, downMs: number, offsetMs: number) {
  const serverReceivedMs = sentMs + upMs + offsetMs
  const serverSentMs = serverReceivedMs + 2
  return { sentMs, serverReceivedMs, serverSentMs, receivedMs: sentMs + upMs + 2 + downMs }
}

function run(clock: Clock, fromMs: number, count: number, one: (sentMs: number) => ReturnType<typeof exchange>) {
  return Array.from({ length: count }, (_, i) => one(fromMs + i * 500)).reduce(addSample, clock)
}

describe('clock', () => {
  it('[C1] takes the least of each direction, from whichever exchange it came', () => {
    const clock = [exchange(0, 90, 50, 300), exchange(500, 50, 90, 300), exchange(1000, 80, 80, 300)].reduce(
      addSample,
      createClock(),
    )
    expect(estimate(clock)).toEqual({ offsetMs: 300, uncertaintyMs: 50, samples: 3 })
  })

  it('[C1] knows nothing before the first exchange', () => {
    expect(estimate(createClock())).toBeUndefined()
    expect(pathDownMs(createClock())).toBeUndefined()
  })

  it('[C2] the true offset always lies within the uncertainty', () => {
    const delay = fc.double({ min: 0.1, max: 400, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 50 }),
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        (delays, offset) => {
          const clock = delays
            .map(([up, down], i) => exchange(i * 500, up, down, offset))
            .reduce(addSample, createClock())
          const found = estimate(clock)
          expect(Math.abs((found?.offsetMs ?? Number.NaN) - offset)).toBeLessThanOrEqual(
            (found?.uncertaintyMs ?? Number.NaN) + 1e-3,
          )
        },
      ),
    )
  })

  it('[C1] a path that gets longer, one way more than the other and for minutes, moves the offset by drift at most', () => {
    const before = run(createClock(), 0, 40, (at) => exchange(at, 20, 20, 0))
    const after = run(before, 20_000, 360, (at) => exchange(at, 70, 230, 0))
    expect(Math.abs(estimate(after)?.offsetMs ?? Number.NaN)).toBeLessThan(0.1)
    const oneWay = run(before, 20_000, 360, (at) => exchange(at, 20, 230, 0))
    expect(Math.abs(estimate(oneWay)?.offsetMs ?? Number.NaN)).toBeLessThan(15)
  })

  it('[C1] a clock that drifts by 500 ppm is followed while the path is as short as ever', () => {
    const clock = run(createClock(), 0, 1200, (at) => exchange(at, 20 + (at % 7), 20 + (at % 5), at * 500e-6))
    expect(Math.abs((estimate(clock)?.offsetMs ?? Number.NaN) - 300)).toBeLessThan(9)
  })

  it('[C3] what is older than 30 s bounds the offset no more where the path is as short as then; a bounded number is kept', () => {
    const quick = addSample(createClock(), exchange(0, 10, 10, 0))
    expect(estimate(run(quick, 500, 50, (at) => exchange(at, 60, 35, 0)))?.uncertaintyMs).toBeCloseTo(10)
    expect(estimate(run(quick, 30_500, 4, (at) => exchange(at, 14, 12, 0)))?.uncertaintyMs).toBe(13)
    const flood = Array.from({ length: 1000 }, (_, i) => exchange(i, 10, 10, 0)).reduce(addSample, createClock())
    expect(estimate(flood)?.samples).toBe(128)
  })

  it('[C4] starts anew when no offset fits the old and the new: a clock was set, or the machine slept', () => {
    const before = run(createClock(), 0, 20, (at) => exchange(at, 50, 50, 0))
    expect(estimate(addSample(before, exchange(10_000, 50, 50, 1000)))).toEqual({
      offsetMs: 1000,
      uncertaintyMs: 50,
      samples: 1,
    })
  })

  it('[C4] a step smaller than the round trip is believed within 5 s', () => {
    const before = run(createClock(), 0, 40, (at) => exchange(at, 80, 80, 0))
    const after = run(before, 20_000, 12, (at) => exchange(at, 80, 80, 60))
    expect(estimate(after)?.offsetMs).toBeCloseTo(60)
  })

  it('[C4] a new connection counts anew and is bounded by what is known, unless a clock was set meanwhile', () => {
    const before = reconnected(run(createClock(), 0, 40, (at) => exchange(at, 80, 80, 0)))
    expect(estimate(before)).toBeUndefined()
    const inSpell = estimate(run(before, 60_000, 5, (at) => exchange(at, 80, 400, 0)))
    expect(inSpell?.samples).toBe(5)
    expect(Math.abs(inSpell?.offsetMs ?? Number.NaN)).toBeLessThan(5)
    const slept = run(before, 60_000, 5, (at) => exchange(at, 80, 90, 20_000))
    expect(estimate(slept)).toEqual({ offsetMs: 19_995, uncertaintyMs: 85, samples: 5 })
  })

  it('[C4] one way that gets longer as the other gets shorter again is no clock that was set', () => {
    const calm = run(createClock(), 0, 40, (at) => exchange(at, 80, 80, 0))
    const slowDown = run(calm, 20_000, 60, (at) => exchange(at, 80, 280, 0))
    const slowUp = run(slowDown, 50_000, 12, (at) => exchange(at, 280, 80, 0))
    expect(Math.abs(estimate(slowUp)?.offsetMs ?? Number.NaN)).toBeLessThan(5)
  })

  it('[C4] stamps rounded to a millisecond on a path of nothing are no jump', () => {
    const clock = run(createClock(), 0, 30, (at) => {
      const { sentMs, serverReceivedMs, serverSentMs, receivedMs } = exchange(at + 0.7, 0.1, 0.1, 12.3)
      return { sentMs: Math.floor(sentMs), serverReceivedMs, serverSentMs, receivedMs: Math.floor(receivedMs) }
    })
    expect(estimate(clock)?.samples).toBe(30)
    expect(Math.abs((estimate(clock)?.offsetMs ?? Number.NaN) - 12.3)).toBeLessThan(1)
  })

  it('[C5] an exchange that cannot be is left out', () => {
    const clock = run(createClock(), 0, 5, (at) => exchange(at, 50, 50, 0))
    expect(addSample(clock, { sentMs: 3000, serverReceivedMs: 0, serverSentMs: 5000, receivedMs: 3100 })).toBe(clock)
    expect(addSample(clock, { sentMs: Number.NaN, serverReceivedMs: 0, serverSentMs: 0, receivedMs: 1 })).toBe(clock)
  })

  it('[C6] the path from the server is the 95th percentile of its delays', () => {
    const clock = run(createClock(), 0, 20, (at) => exchange(at, 40, at === 0 ? 300 : at === 500 ? 90 : 40, 700))
    expect(pathDownMs(clock)).toBeCloseTo(90)
    expect(pathDownMs(run(createClock(), 0, 20, (at) => exchange(at, 40, 1e7, 0)))).toBe(60_000)
    expect(pathDownMs(run(createClock(), 0, 4, (at) => exchange(at, 40, 40, 0)))).toBeUndefined()
  })

  it('[C7] pings are 50 ms apart for the first ten, then 500', () => {
    expect([0, 9, 10, 500].map(nextPingMs)).toEqual([50, 50, 500, 500])
  })
})

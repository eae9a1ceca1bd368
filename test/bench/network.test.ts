import { describe, expect, it } from 'vitest'
import { createDelayLine, moveMoments, seededChance, wrongClock } from './network.mjs'

describe('the network of the benchmark', () => {
  it('[E63] delays by base and jitter, in order, the same for the same seed', () => {
    const line = createDelayLine({ baseMs: 80, jitterMs: 15 }, seededChance(7))
    const again = createDelayLine({ baseMs: 80, jitterMs: 15 }, seededChance(7))
    const sent = Array.from({ length: 2_000 }, (_, index) => index * 40)
    const arrived = sent.map((atMs) => line.arrivalMs(atMs))
    expect(sent.map((atMs) => again.arrivalMs(atMs))).toEqual(arrived)
    const delays = arrived.map((atMs, index) => atMs - (sent[index] ?? 0))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(65)
    expect(Math.max(...delays)).toBeLessThanOrEqual(95)
    expect(delays.reduce((sum, delay) => sum + delay, 0) / delays.length).toBeCloseTo(80, 0)
  })

  it('[E63] nothing overtakes, and a pause holds back all that comes', () => {
    const line = createDelayLine({ baseMs: 50, jitterMs: 15 }, seededChance(3))
    const arrived = Array.from({ length: 500 }, (_, index) => line.arrivalMs(index))
    expect(arrived.toSorted((a, b) => a - b)).toEqual(arrived)
    line.hold(5_000)
    line.hold(4_000)
    expect(line.heldUntilMs()).toBe(5_000)
    expect(line.arrivalMs(1_000)).toBe(5_000)
    expect(line.arrivalMs(5_000)).toBeGreaterThanOrEqual(5_035)
  })

  it('[E64] a wrong clock moves every moment of a frame, and nothing else', () => {
    const sinceMs = 1_790_000_000_000
    const clock = wrongClock({ behindMs: 300, driftPpm: 50 }, sinceMs)
    const frame = {
      type: 'pong',
      sentMs: sinceMs + 1,
      receivedMs: sinceMs,
      room: { atMs: sinceMs + 20_000, positionSec: 60, untilMs: null, leadMs: 400, text: '1790000000000' },
    }
    expect(JSON.parse(moveMoments(JSON.stringify(frame), clock.toClient))).toEqual({
      ...frame,
      receivedMs: sinceMs + 300,
      room: { ...frame.room, atMs: sinceMs + 20_301 },
    })
  })

  it('[E64] what the client says in its moments comes back as the server’s', () => {
    const sinceMs = 1_790_000_000_000
    const clock = wrongClock({ behindMs: 300, driftPpm: 50 }, sinceMs)
    for (const atMs of [sinceMs, sinceMs + 3_600_000])
      expect(clock.toServer(clock.toClient(atMs)) - atMs).toBeCloseTo(0, 2)
  })
})

import { describe, expect, it } from 'vitest'
import { type AudioClock, addReading, contextSecAt } from '../../../src/core/notes/audio-clock'
import { steadyOffset } from '../../../src/core/notes/steady-offset'

describe('the clock of notes', () => {
  it('[AN12] follows a better estimate slowly, and a clock that was set at once', () => {
    const first = steadyOffset(undefined, 40, 0)
    expect(first.offsetMs).toBe(40)
    const slow = steadyOffset(first, 50, 1_000)
    expect(slow.offsetMs).toBeCloseTo(42)
    expect(steadyOffset(slow, 42.5, 2_000).offsetMs).toBeCloseTo(42.5)
    expect(steadyOffset(slow, -400, 2_000).offsetMs).toBe(-400)
  })

  it('[AN12] reads an audio clock that stands and leaps, to within what it leaps by rarely', () => {
    let clock: AudioClock | undefined
    for (let atMs = 0; atMs < 20_000; atMs += 101) {
      // Its time began 3 s after ours and moves in pieces of 21 ms.
      clock = addReading(clock, (Math.floor((atMs - 3_000) / 21) * 21) / 1000, atMs)
    }
    expect(clock && contextSecAt(clock, 20_000)).toBeCloseTo(17, 2)
  })

  it('[AN12] follows within two seconds where the machine made no sound for a moment', () => {
    let clock: AudioClock | undefined
    const behindMs = (atMs: number): number => (atMs < 10_000 ? 0 : 50)
    const errorMs = (atMs: number): number =>
      contextSecAt(clock ?? expect.fail(), atMs) * 1000 - (atMs - behindMs(atMs))
    for (let atMs = 0; atMs < 13_000; atMs += 101) {
      clock = addReading(clock, (Math.floor((atMs - behindMs(atMs)) / 21) * 21) / 1000, atMs)
      if (atMs > 1_000 && atMs < 10_000) expect(Math.abs(errorMs(atMs))).toBeLessThan(12)
    }
    expect(Math.abs(errorMs(13_000))).toBeLessThan(12)
  })
})

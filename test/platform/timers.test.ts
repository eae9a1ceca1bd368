import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemTimers } from '../../src/platform/timers'

const DAY_MS = 24 * 3600 * 1000

describe('timers', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('[S43] what is due in more days than a timer can count waits for its time', () => {
    const run = vi.fn<() => void>()
    systemTimers.after(60 * DAY_MS, run)
    vi.advanceTimersByTime(60 * DAY_MS - 1)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(run).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('[S43] such a one can be given up at any time', () => {
    const run = vi.fn<() => void>()
    const cancel = systemTimers.after(60 * DAY_MS, run)
    vi.advanceTimersByTime(30 * DAY_MS)
    cancel()
    expect(vi.getTimerCount()).toBe(0)
  })
})

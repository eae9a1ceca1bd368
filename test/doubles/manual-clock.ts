/**
 * Time turned by hand: a clock and its timers. What is due at the same instant runs in the order it was asked for.
 * Between two timers, promises that are settled get their turn, as they would in a real loop.
 */
import type { Clock } from '../../src/platform/clock'
import type { Timers } from '../../src/platform/timers'
import { createDueQueue } from './due-queue'

export type ManualClock = Clock &
  Timers & {
    /** Turns time on, running what becomes due on the way. */
    advance(byMs: number): Promise<void>
    /** Turns time on, timer by timer, until the condition holds; fails after `withinMs`. */
    advanceUntil(condition: () => boolean, withinMs: number): Promise<void>
    /** Another clock that runs beside this one: ahead by `offsetMs`, and faster by `ppm`. */
    skewed(offsetMs: number, ppm?: number): Clock
    timersWaiting(): number
    /** For what happens very often and leaves no promises behind: nobody's get a turn after it. */
    at(atMs: number, run: () => void): void
  }

type Waiting = { readonly atMs: number; readonly run: () => void; readonly leavesPromises: boolean }

/** Finer waits would not move the clock any more, and whoever waits for the rest of one would wait for ever. */
const FINEST_MS = 0.001

/** Everything that only waits for promises has had its turn when this comes back. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export function createManualClock(startMs = 1_000_000): ManualClock {
  let nowMs = startMs
  const waiting = createDueQueue<Waiting>()

  const turnTo = async (untilMs: number, isEnough: () => boolean): Promise<void> => {
    await settle()
    for (let next = isEnough() ? undefined : waiting.takeBy(untilMs); next; ) {
      nowMs = Math.max(nowMs, next.atMs)
      next.run()
      if (next.leavesPromises) await settle()
      next = isEnough() ? undefined : waiting.takeBy(untilMs)
    }
    if (!isEnough()) nowMs = Math.max(nowMs, untilMs)
  }

  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + (delayMs > 0 ? Math.max(FINEST_MS, delayMs) : 0), run, leavesPromises: true }
      waiting.add(timer)
      return () => waiting.remove(timer)
    },
    at: (atMs, run) => waiting.add({ atMs: Math.max(nowMs, atMs), run, leavesPromises: false }),
    advance: (byMs) => turnTo(nowMs + byMs, () => false),
    async advanceUntil(condition, withinMs) {
      await turnTo(nowMs + withinMs, condition)
      if (!condition()) throw new Error(`It did not come to pass within ${withinMs} ms.`)
    },
    skewed: (offsetMs, ppm = 0) => ({ nowMs: () => nowMs + offsetMs + ((nowMs - startMs) * ppm) / 1e6 }),
    timersWaiting: () => waiting.size(),
  }
}

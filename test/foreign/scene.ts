/** What the tests of the doubles share: a manual clock as their time, and a way to wait for something real without sleeping. */
import { createManualClock, settle } from '../doubles/manual-clock'
import type { Frame } from './channel'

export function createScene() {
  const clock = createManualClock(1_700_000_000_000)
  return {
    clock,
    settle,
    run: (byMs: number): Promise<void> => clock.advance(byMs),
    until: (condition: () => boolean, withinMs = 10_000): Promise<void> => clock.advanceUntil(condition, withinMs),
  }
}

/** Waits, on the real clock, until it holds; the test's own time limit is the bound. */
export function holds(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (condition()) resolve()
      else setTimeout(look, 5)
    }
    look()
  })
}

export const textOfFrame = (frame: Frame): string =>
  typeof frame === 'string' ? frame : Buffer.from(frame).toString('hex')

/** Timers as a port, so that tests turn time by hand. */
export type Cancel = () => void
export type Timers = { after(delayMs: number, run: () => void): Cancel }

/** A longer delay than this, 24.8 days, would be taken for none at all. */
const LONGEST_MS = 2 ** 31 - 1

export const systemTimers: Timers = {
  after(delayMs, run) {
    let id: ReturnType<typeof setTimeout>
    const wait = (leftMs: number): void => {
      id = leftMs > LONGEST_MS ? setTimeout(() => wait(leftMs - LONGEST_MS), LONGEST_MS) : setTimeout(run, leftMs)
    }
    wait(delayMs)
    return () => clearTimeout(id)
  },
}

/** Timers as a port, so that tests turn time by hand. */
export type Cancel = () => void
export type Timers = { after(delayMs: number, run: () => void): Cancel }

export const systemTimers: Timers = {
  after(delayMs, run) {
    const id = setTimeout(run, delayMs)
    return () => clearTimeout(id)
  },
}

/** Timers that die with their process: after its end none of them fires. */
import type { Timers } from '../../src/platform/timers'

export type Life = { alive: boolean }

export function mortalTimers(life: Life, timers: Timers): Timers {
  return {
    after: (delayMs, run) =>
      timers.after(delayMs, () => {
        if (life.alive) run()
      }),
  }
}

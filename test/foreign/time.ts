/**
 * Time as the doubles take it: a clock and its timers in one, real or turned by hand. It knows nobody who uses it.
 * What a double asked for is forgotten when the double stops, so that no test leaves a timer behind.
 */
export type Time = { nowMs(): number; after(delayMs: number, run: () => void): () => void }

export type OwnTime = Time & {
  /** Runs again and again until it is given up. */
  every(periodMs: number, run: () => void): () => void
  forgetAll(): void
}

export const realTime: Time = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

export function ownTime(time: Time): OwnTime {
  const waiting = new Set<() => void>()
  let over = false
  const after: Time['after'] = (delayMs, run) => {
    if (over) return () => {}
    const giveUp = time.after(delayMs, () => {
      waiting.delete(forget)
      run()
    })
    const forget = (): void => {
      waiting.delete(forget)
      giveUp()
    }
    waiting.add(forget)
    return forget
  }
  return {
    nowMs: () => time.nowMs(),
    after,
    every(periodMs, run) {
      let forget = (): void => {}
      let given = false
      const again = (): void => {
        forget = after(periodMs, () => {
          run()
          if (!given) again()
        })
      }
      again()
      return () => {
        given = true
        forget()
      }
    },
    forgetAll() {
      over = true
      for (const forget of waiting) forget()
    },
  }
}

/** How much somebody may do per second, with some at once. Time is an argument, so that it runs on any clock. */
export type TokenBucket = { take(nowMs: number): boolean }
export type TokenBuckets = { take(key: string, nowMs: number): boolean }

export function createTokenBucket(perSec: number, burst: number): TokenBucket {
  let tokens = burst
  let filledAtMs: number | undefined
  return {
    take(nowMs) {
      tokens = Math.min(burst, tokens + ((nowMs - (filledAtMs ?? nowMs)) * perSec) / 1000)
      filledAtMs = nowMs
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}

/** A bucket for each key. Full ones say nothing and are forgotten, so what is kept is bounded by what is done in the time it takes to fill one. */
export function createTokenBuckets(perSec: number, burst: number): TokenBuckets {
  const fillMs = (1000 * burst) / perSec
  let young = new Map<string, TokenBucket>()
  let old = new Map<string, TokenBucket>()
  let turnedAtMs = -Infinity
  return {
    take(key, nowMs) {
      if (nowMs - turnedAtMs >= fillMs) {
        // What was not touched for a whole turn is full by now.
        ;[old, young] = [young, new Map()]
        turnedAtMs = nowMs
      }
      const bucket = young.get(key) ?? old.get(key) ?? createTokenBucket(perSec, burst)
      young.set(key, bucket)
      return bucket.take(nowMs)
    },
  }
}

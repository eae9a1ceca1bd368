/** How much somebody may do per second, with some at once. Time is an argument, so that it runs on any clock. */
export type TokenBucket = { take(nowMs: number): boolean }

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

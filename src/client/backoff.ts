/**
 * When to try again. Full jitter: after a server's fall its clients come back spread out, not as one wave.
 * Pure: chance is an argument, 0 ≤ chance < 1.
 */

const FIRST_MS = 250
const MOST_MS = 15_000
/** A server that goes down is met again by everybody at once; at least this much is theirs to spread over. */
const LEAST_SPREAD_MS = 1_000

/** `attempt` counts from 1. The first comes within a quarter of a second: most losses are short. */
export function retryDelayMs(attempt: number, chance: number): number {
  return chance * Math.min(MOST_MS, FIRST_MS * 2 ** (attempt - 1))
}

/** Never before the server asked for. */
export function comeBackDelayMs(comeBackInMs: number, chance: number): number {
  return comeBackInMs + chance * Math.max(LEAST_SPREAD_MS, comeBackInMs)
}

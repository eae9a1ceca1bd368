/**
 * The arithmetic of a slow network and of a wrong clock. Knows no sockets and no timers: moments come in, moments go out.
 * A delay line is one direction of one client's path: in order like TCP, a base delay, uniform jitter from a seed, and pauses.
 */

/** @typedef {{ baseMs: number, jitterMs: number }} Path one way */

/** One way, as the reference measurements had it: the first client's path, the second's. */
export const PATHS = /** @type {const} */ ([
  { baseMs: 50, jitterMs: 15 },
  { baseMs: 80, jitterMs: 15 },
])

/** How wrong the second client's clock is, and how fast it goes wrong: a bad but usual machine. */
export const WRONG_CLOCK = { behindMs: 300, driftPpm: 50 }

/**
 * Mulberry32: the same seed, the same jitter.
 * @param {number} seed
 * @returns {() => number} 0 to 1
 */
export function seededChance(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** @param {Path} path @param {() => number} chance */
export function createDelayLine({ baseMs, jitterMs }, chance) {
  let lastMs = Number.NEGATIVE_INFINITY
  let heldUntilMs = Number.NEGATIVE_INFINITY
  return {
    /** When something that is sent now arrives; never before what was sent earlier. @param {number} nowMs */
    arrivalMs: (nowMs) => {
      lastMs = Math.max(lastMs, heldUntilMs, nowMs + baseMs + (2 * chance() - 1) * jitterMs)
      return lastMs
    },
    /** Nothing arrives before this, what is under way included. @param {number} untilMs */
    hold: (untilMs) => {
      heldUntilMs = Math.max(heldUntilMs, untilMs)
    },
    heldUntilMs: () => heldUntilMs,
  }
}

/** Every larger number in a frame is a moment in server time; durations and positions are far smaller. */
const LEAST_MOMENT_MS = 1e12

/**
 * What the server's moments look like to somebody whose clock is behind and drifts: each moment in a frame is moved, except
 * the own stamp that comes back as it went (`sentMs`).
 * @param {string} text a frame in JSON
 * @param {(momentMs: number) => number} moved
 */
export function moveMoments(text, moved) {
  return JSON.stringify(
    JSON.parse(text, (key, value) =>
      typeof value === 'number' && value > LEAST_MOMENT_MS && key !== 'sentMs' ? moved(value) : value,
    ),
  )
}

/** @typedef {{ toClient: (momentMs: number) => number, toServer: (momentMs: number) => number }} ClockView */

/** @param {typeof WRONG_CLOCK} wrong @param {number} sinceMs when it was wrong by exactly `behindMs` @returns {ClockView} */
export function wrongClock({ behindMs, driftPpm }, sinceMs) {
  const drift = driftPpm / 1e6
  return {
    toClient: (momentMs) => momentMs + behindMs + (momentMs - sinceMs) * drift,
    toServer: (momentMs) => sinceMs + (momentMs - behindMs - sinceMs) / (1 + drift),
  }
}

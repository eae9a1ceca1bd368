/**
 * Time that never steps back: `timeOrigin + performance.now()`, which all processes of one machine share.
 * `Date.now` is not used anywhere: it jumps when somebody sets the clock.
 */
export type Clock = { nowMs(): number }

export const systemClock: Clock = { nowMs: () => performance.timeOrigin + performance.now() }

/**
 * How far the background's clock is from a page's. Both count from the start of their own process, so after somebody
 * set the machine's clock they may disagree. Pure; the quickest of the last exchanges is believed.
 */

export type ClockOffset = { readonly exchanges: readonly { readonly offsetMs: number; readonly tookMs: number }[] }

/** As many as are exchanged right after connecting. */
export const FIRST_PINGS = 5
export const PING_EVERY_MS = 10_000
/** Stamps are rounded by up to this; what half the way there and back can explain is no difference either. */
const SAME_CLOCK_MS = 2

export const NO_OFFSET: ClockOffset = { exchanges: [] }

export function withPong(
  offset: ClockOffset,
  pong: { readonly sentMs: number; readonly backgroundMs: number },
  receivedMs: number,
): ClockOffset {
  const exchange = {
    offsetMs: pong.backgroundMs - (pong.sentMs + receivedMs) / 2,
    tookMs: receivedMs - pong.sentMs,
  }
  return { exchanges: [...offset.exchanges, exchange].slice(-FIRST_PINGS) }
}

/** Background's clock minus own, ms. */
export function offsetMs(offset: ClockOffset): number {
  const quickest = offset.exchanges.reduce<ClockOffset['exchanges'][number] | undefined>(
    (best, one) => (best && best.tookMs <= one.tookMs ? best : one),
    undefined,
  )
  return quickest && Math.abs(quickest.offsetMs) >= SAME_CLOCK_MS + quickest.tookMs / 2 ? quickest.offsetMs : 0
}

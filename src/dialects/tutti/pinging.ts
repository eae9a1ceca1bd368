/** When the client's side pings: quickly at first, for the clock's sake, and as seldom as keeps the line alive where nobody needs one. */
import { nextPingMs } from '../../core/clock'

export type Pinging = { readonly pongs: number; readonly nextPingAtMs: number; readonly downMs?: number }

/** Without `sentMs` it is not time yet. */
export function pinged(
  clock: Pinging,
  nowMs: number,
  everyMs: number = nextPingMs(clock.pongs),
): { readonly clock: Pinging; readonly sentMs?: number } {
  return nowMs < clock.nextPingAtMs ? { clock } : { clock: { ...clock, nextPingAtMs: nowMs + everyMs }, sentMs: nowMs }
}

/**
 * What time the server has, for notes: the background's estimate and how far this page's clock is from the background's, followed so
 * slowly that no distance between two notes changes by what can be heard. Asks the background for its clock by pings.
 */
import { type ClockOffset, FIRST_PINGS, NO_OFFSET, offsetMs, PING_EVERY_MS, withPong } from '../core/clock-offset'
import { type SteadyOffset, steadyOffset } from '../core/notes/steady-offset'
import type { NotesToBackground } from '../messages/notes-to-background'
import type { Clock } from '../platform/clock'
import type { Cancel, Timers } from '../platform/timers'

export type ServerTime = {
  /** A new line: its background may have another clock. */
  opened(): void
  closed(): void
  /** Server time minus the background's clock. */
  told(serverOffsetMs: number): void
  ponged(pong: { readonly sentMs: number; readonly backgroundMs: number }): void
  /** Absent until it is known. `ownMs`: a moment of this page's clock. */
  at(ownMs: number): number | undefined
  ownAt(serverMs: number): number | undefined
}

type Deps = {
  readonly clock: Clock
  readonly timers: Timers
  readonly post: (message: NotesToBackground) => void
}

export function createServerTime({ clock, timers, post }: Deps): ServerTime {
  let background: ClockOffset = NO_OFFSET
  let serverOffsetMs: number | undefined
  let steady: SteadyOffset | undefined
  let cancel: Cancel | undefined

  const follow = () => {
    if (serverOffsetMs !== undefined)
      steady = steadyOffset(steady, serverOffsetMs + offsetMs(background), clock.nowMs())
  }
  const ping = () => post({ type: 'clock-ping', sentMs: clock.nowMs() })
  const pingOn = () => {
    cancel = timers.after(PING_EVERY_MS, () => {
      ping()
      pingOn()
    })
  }

  return {
    opened() {
      background = NO_OFFSET
      cancel?.()
      for (let count = 0; count < FIRST_PINGS; count += 1) ping()
      pingOn()
    },
    closed() {
      cancel?.()
      serverOffsetMs = undefined
    },
    told(next) {
      serverOffsetMs = next
      follow()
    },
    ponged(pong) {
      background = withPong(background, pong, clock.nowMs())
      follow()
    },
    at: (ownMs) => (serverOffsetMs === undefined || !steady ? undefined : ownMs + steady.offsetMs),
    ownAt: (serverMs) => (serverOffsetMs === undefined || !steady ? undefined : serverMs - steady.offsetMs),
  }
}

/**
 * The content script's entry: one living session per frame, however often the script is injected.
 * The mark lives in the extension's own world of this boot. After a reload of the extension the old session loses its
 * line and cleans up after itself; the new one starts in a world of its own and never sees a stale mark.
 */
import { PLAYER_PROFILES } from '../core/player-profile'
import { CONTENT_PORT } from '../messages/content-to-background'
import { systemClock } from '../platform/clock'
import { connectPort } from '../platform/port'
import { systemTimers } from '../platform/timers'
import { type Session, startSession } from './session'

const MARK = Symbol.for('tutti.content')
const world = globalThis as { [MARK]?: Session }

if (!world[MARK]?.reconnect()) {
  const session = startSession({
    connect: () => connectPort(CONTENT_PORT),
    profile: PLAYER_PROFILES[navigator.userAgent.includes('Firefox') ? 'firefox' : 'chromium'],
    timers: systemTimers,
    clock: systemClock,
    onEnd: () => {
      delete world[MARK]
    },
  })
  // It may have ended already: an orphan has no line.
  if (session.isLiving()) world[MARK] = session
}

/**
 * Echoes: the events that our own writes to a player are about to cause, so that they can be told from everybody else's.
 * Each write that will change something leaves one token; the event that it causes takes the token away.
 * Tokens rather than a silent time after a write: a person may act in the very next millisecond.
 */
import type { PlayerEffect, PlayerEvent } from './player'

type Token =
  | { readonly event: 'play' | 'pause'; readonly untilMs: number }
  | { readonly event: 'seeking'; readonly positionSec: number; readonly writtenMs: number; readonly untilMs: number }

export type Echoes = readonly Token[]

/** An event is queued with the write, so only a blocked page tells it later than at once. */
const TOKEN_LIFE_MS = 3000
/** A seek may be rounded to what the media can show; a playing one has moved on when its event arrives. */
const SEEK_TOLERANCE_SEC = 0.1

/** Called only for writes that change something: setting what is already set causes no event. */
export function expectEcho(echoes: Echoes, effect: PlayerEffect, nowMs: number): Echoes {
  const untilMs = nowMs + TOKEN_LIFE_MS
  const living = echoes.filter((token) => token.untilMs > nowMs)
  switch (effect.kind) {
    case 'play':
    case 'pause':
      return [...living, { event: effect.kind, untilMs }]
    case 'seek':
      return [...living, { event: 'seeking', positionSec: effect.positionSec, writtenMs: nowMs, untilMs }]
    // A rate needs no token: the player still shows the value that was written.
    case 'set-rate':
    case 'set-preserves-pitch':
      return living
  }
}

/** The tokens that are left if this event was an echo; nothing if it was not. */
export function takeEcho(
  echoes: Echoes,
  event: PlayerEvent,
  player: { readonly positionSec: number; readonly rate: number },
  nowMs: number,
): Echoes | undefined {
  const matches = (token: Token) => {
    if (token.event !== event || token.untilMs <= nowMs) return false
    if (token.event !== 'seeking') return true
    const movedSec = (player.rate * (nowMs - token.writtenMs)) / 1000
    const aheadSec = player.positionSec - token.positionSec
    return aheadSec > -SEEK_TOLERANCE_SEC && aheadSec < movedSec + SEEK_TOLERANCE_SEC
  }
  if (!echoes.some(matches)) return undefined
  // Events come in the order of the writes, and while two seeks are under way both events show the later place.
  const oldest = echoes.findIndex((token) => token.event === event)
  return echoes.filter((_, index) => index !== oldest)
}

/** play() was rejected: it will cause no event. */
export function forgetPlay(echoes: Echoes): Echoes {
  return echoes.filter((token) => token.event !== 'play')
}

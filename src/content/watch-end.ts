/**
 * Notices that a player has come to its end and stays there. An advertisement that ends in the same player does not: the film
 * goes on in its place, or another begins.
 */
import type { Cancel, Timers } from '../platform/timers'

type Player = Pick<HTMLVideoElement, 'ended' | 'addEventListener' | 'removeEventListener'>

/** Sites that go on to something else by themselves begin it sooner, or count down for longer. */
const STAYS_MS = 2_000

export function watchEnd(player: Player, timers: Timers, onEnd: () => void): () => void {
  let cancel: Cancel = () => {}
  const onEnded = (): void => {
    cancel()
    cancel = timers.after(STAYS_MS, () => {
      if (player.ended) onEnd()
    })
  }
  player.addEventListener('ended', onEnded)
  return () => {
    cancel()
    player.removeEventListener('ended', onEnded)
  }
}

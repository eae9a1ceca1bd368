import { describe, expect, it, vi } from 'vitest'
import { watchEnd } from '../../src/content/watch-end'
import { createLife } from '../doubles/life'
import { createManualClock } from '../doubles/manual-clock'

function aPlayer() {
  const clock = createManualClock()
  const player = Object.assign(new EventTarget(), { ended: false })
  const onEnd = vi.fn<() => void>()
  const stop = watchEnd(player, createLife(clock).timers, onEnd)
  const ends = () => {
    player.ended = true
    player.dispatchEvent(new Event('ended'))
  }
  return { clock, player, onEnd, stop, ends }
}

describe('the end of a player', () => {
  it('[B45] is told once it has stood there for 2 s', async () => {
    const { clock, onEnd, ends } = aPlayer()
    ends()
    await clock.advance(1900)
    expect(onEnd).not.toHaveBeenCalled()
    await clock.advance(200)
    expect(onEnd).toHaveBeenCalledOnce()
    await clock.advance(10_000)
    expect(onEnd).toHaveBeenCalledOnce()
  })

  it('[B45] is none when the film goes on after an advertisement, or is let go', async () => {
    const { clock, player, onEnd, stop, ends } = aPlayer()
    ends()
    await clock.advance(500)
    player.ended = false
    await clock.advance(5000)
    ends()
    stop()
    await clock.advance(5000)
    ends()
    await clock.advance(5000)
    expect(onEnd).not.toHaveBeenCalled()
  })
})

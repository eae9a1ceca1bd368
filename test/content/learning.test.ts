import { expect, it } from 'vitest'
import { createLearning, playerKindOf } from '../../src/content/learning'
import { PLAYER_PROFILES } from '../../src/core/player-profile'
import type { ContentToBackground } from '../../src/messages/content-to-background'
import { createManualClock } from '../doubles/manual-clock'

const PLAYER = 'chromium file heard'
const learned = (...playSec: number[]) => ({ playSec, resumeSec: [], seekSec: [] })

function createScene() {
  const clock = createManualClock()
  const said: ContentToBackground[] = []
  const learning = createLearning(clock, (message) => said.push(message))
  return { clock, said, learning }
}

it('[P23] what is new is told at once, and then at most every 5 s', async () => {
  const { clock, said, learning } = createScene()
  learning.note(PLAYER, learned(0.07))
  expect(said).toEqual([{ type: 'learned', player: PLAYER, learned: learned(0.07) }])
  learning.note(PLAYER, learned(0.07, 0.08))
  learning.note(PLAYER, learned(0.07, 0.08, 0.09))
  await clock.advance(4900)
  expect(said).toHaveLength(1)
  await clock.advance(200)
  expect(said.slice(1)).toEqual([{ type: 'learned', player: PLAYER, learned: learned(0.07, 0.08, 0.09) }])
  await clock.advance(60_000)
  expect(said).toHaveLength(2)
  learning.note(PLAYER, learned(0.1))
  expect(said).toHaveLength(3)
})

it('[P23] what is still unsaid is told when the player is let go, once', async () => {
  const { clock, said, learning } = createScene()
  learning.note(PLAYER, learned(0.07))
  learning.note(PLAYER, learned(0.08))
  learning.flush()
  expect(said).toHaveLength(2)
  learning.flush()
  await clock.advance(60_000)
  expect(said).toHaveLength(2)
})

it('[P24] a player begins with what is known of its kind; what this page learned counts more', () => {
  const { learning } = createScene()
  learning.note(PLAYER, learned(0.07))
  learning.told({ [PLAYER]: learned(0.5), 'chromium stream heard': learned(0.2) })
  expect(learning.of(PLAYER)).toEqual(learned(0.07))
  expect(learning.of('chromium stream heard')).toEqual(learned(0.2))
  expect(learning.of('chromium file muted')).toBeUndefined()
})

it('[P24] players differ by browser, by file or stream, and by whether they are heard', () => {
  expect(playerKindOf(PLAYER_PROFILES.chromium, { isStream: false, isMuted: false })).toBe(PLAYER)
  expect(playerKindOf(PLAYER_PROFILES.firefox, { isStream: true, isMuted: true })).toBe('firefox stream muted')
})

/** A person's nudge on its way to the follower, on the simulation's players. */
import { describe, expect, it } from 'vitest'
import { CHROMIUM_PLANT, FIREFOX_PLANT } from '../simulation/plant'
import { createDriveScene } from './drive-scene'

function following(options: Parameters<typeof createDriveScene>[0] = {}) {
  const scene = createDriveScene(options)
  scene.wait(5000)
  return scene
}

describe('the nudge', () => {
  it.each([CHROMIUM_PLANT, FIREFOX_PLANT])(
    '[P26] moves the player ahead or back at once, without a seek where it can be helped: $name',
    (kind) => {
      const scene = following({ kind })
      scene.wait(15_000)
      const before = scene.skewMs()
      for (const nudgeMs of [60, -30, 0]) {
        const seeks = scene.did.filter((effect) => effect.kind === 'seek').length
        scene.nudge(nudgeMs)
        scene.wait(6000)
        expect(Math.abs(scene.skewMs() - before - nudgeMs)).toBeLessThan(16)
        // Firefox changes the side of rate 1 with a seek.
        const most = kind === FIREFOX_PLANT ? seeks + 1 : seeks
        expect(scene.did.filter((effect) => effect.kind === 'seek').length).toBeLessThanOrEqual(most)
        // People are told how far off they are from where they want to be.
        expect(Math.abs(scene.ofType('report').at(-1)?.report.skewMs ?? Number.NaN)).toBeLessThan(20)
      }
      expect(scene.personDid()).toEqual([])
    },
  )

  it('[P26] counts from the first start on', () => {
    const scene = createDriveScene({ nudgeMs: 100, line: { playing: false } })
    scene.wait(3000)
    scene.room({ playing: true })
    scene.wait(4000)
    expect(Math.abs(scene.skewMs() - 100)).toBeLessThan(40)
  })

  it('[P26] waits while the hand is on the player', () => {
    const scene = following()
    scene.tell({ kind: 'pointer', held: true })
    scene.touch({ kind: 'seek', positionSec: 20 })
    scene.did.splice(0)
    scene.nudge(60)
    scene.wait(300)
    expect(scene.did.filter((effect) => effect.kind === 'set-rate' && effect.rate > 1)).toEqual([])
    scene.tell({ kind: 'pointer', held: false })
    scene.wait(8000)
    expect(Math.abs(scene.skewMs() - 60)).toBeLessThan(16)
  })
})

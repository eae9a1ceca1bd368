import { describe, expect, it } from 'vitest'
import type { PlayerEffect } from '../../src/core/player'
import { CHROMIUM_PLANT, FIREFOX_PLANT } from '../simulation/plant'
import { createChance } from '../simulation/plant-world'
import { createDriveScene } from './drive-scene'

const PLAY: PlayerEffect = { kind: 'play' }
const PAUSE: PlayerEffect = { kind: 'pause' }
const seekTo = (positionSec: number): PlayerEffect => ({ kind: 'seek', positionSec })
const setRate = (rate: number): PlayerEffect => ({ kind: 'set-rate', rate })

function following(options: Parameters<typeof createDriveScene>[0] = {}) {
  const scene = createDriveScene(options)
  scene.wait(5000)
  return scene
}

describe('whose move it was', () => {
  it.each([CHROMIUM_PLANT, FIREFOX_PLANT])(
    '[P1] whatever the room does, nothing is said in the person’s name: $name',
    (kind) => {
      for (let seed = 1; seed <= 12; seed += 1) {
        const chance = createChance(seed)
        const scene = createDriveScene({ kind, seed })
        for (let n = 0; n < 12; n += 1) {
          scene.wait(chance.between(0, 2500))
          const what = chance.float()
          if (what < 0.3) scene.room({ playing: !scene.latest().playing })
          else if (what < 0.6) scene.room({ positionSec: chance.between(0, 250) })
          else if (what < 0.75) scene.room({ rate: chance.float() < 0.5 ? 1 : 1.5 })
          else if (what < 0.9) scene.plant.stall(chance.between(100, 1500))
          else scene.plant.slip(chance.between(-1, 1))
        }
        scene.wait(6000)
        expect(scene.personDid(), `seed ${seed}`).toEqual([])
      }
    },
  )

  it.each([CHROMIUM_PLANT, FIREFOX_PLANT])(
    '[P2] whenever a person acts, the room hears it once and the player ends on it: $name',
    (kind) => {
      for (let seed = 1; seed <= 20; seed += 1) {
        const chance = createChance(seed)
        const scene = createDriveScene({ kind, seed })
        // Once the follower has brought it on its way; before, the person's click would meet ours.
        scene.wait(chance.between(1500, 5000))
        const act = (['pause', 'seek', 'set-rate'] as const)[Math.floor(chance.between(0, 3))] ?? 'pause'
        if (act === 'pause') scene.touch(PAUSE)
        if (act === 'seek') scene.touch(seekTo(200))
        if (act === 'set-rate') scene.touch(setRate(1.25))
        scene.wait(9000)
        expect(
          scene.personDid().map(({ type }) => type),
          `seed ${seed}`,
        ).toEqual([act])
        expect(Math.abs(scene.skewMs()), `seed ${seed}`).toBeLessThan(40)
        expect(scene.isPlaying(), `seed ${seed}`).toBe(act !== 'pause')
      }
    },
  )
})

describe('what a person does', () => {
  it('[P2] a pause is told with its place, and the player is stepped to exactly that frame, once', () => {
    const scene = following()
    scene.touch(PAUSE)
    const { positionSec } = scene.plant.truth()
    scene.did.splice(0)
    scene.wait(2000)
    expect(scene.did.filter(({ kind }) => kind === 'seek')).toEqual([
      { kind: 'seek', positionSec: expect.closeTo(positionSec, 2) },
    ])
    expect(scene.personDid()).toEqual([{ type: 'pause', positionSec: expect.closeTo(positionSec, 2) }])
    expect(scene.plant.truth()).toMatchObject({ playing: false, positionSec: expect.closeTo(positionSec, 2) })
  })

  it('[P2] a play is held at its place until the room starts', () => {
    const scene = following({ line: { playing: false } })
    scene.touch(PLAY)
    scene.wait(300)
    expect(scene.personDid()).toEqual([{ type: 'play', positionSec: expect.closeTo(50, 2) }])
    expect(scene.isPlaying()).toBe(false)
    scene.wait(3000)
    expect(scene.isPlaying()).toBe(true)
    expect(Math.abs(scene.skewMs())).toBeLessThan(40)
  })

  it('[P2] a seek is one command and at most one more seek of ours', () => {
    const scene = following()
    scene.did.splice(0)
    scene.touch(seekTo(120))
    scene.wait(3000)
    expect(scene.personDid()).toEqual([{ type: 'seek', positionSec: expect.closeTo(120, 2) }])
    expect(scene.did.filter(({ kind }) => kind === 'seek')).toHaveLength(1)
  })

  it('[P3] a new rate is put back until the moment from which the room counts it', () => {
    const scene = following()
    scene.touch(setRate(1.5))
    scene.wait(150)
    expect(scene.plant.truth().rate).toBeCloseTo(1, 1)
    scene.wait(6000)
    expect(scene.plant.truth().rate).toBe(1.5)
  })

  it('[P4] who drags for long is shown as scrubbing until the place is found', () => {
    const scene = following()
    for (let place = 60; place < 80; place += 1) {
      scene.touch(seekTo(place))
      scene.wait(60)
    }
    expect(scene.ofType('suspended')).toEqual([{ type: 'suspended', reason: 'scrubbing' }])
    expect(scene.personDid()).toEqual([])
    scene.wait(3000)
    expect(scene.personDid()).toEqual([{ type: 'seek', positionSec: expect.closeTo(79, 2) }])
    expect(scene.ofType('resumed')).toHaveLength(1)
    expect(Math.abs(scene.skewMs())).toBeLessThan(40)
  })

  it('[P4] nothing is done to the player while the hand is on it, whatever the room does', () => {
    const scene = following()
    scene.did.splice(0)
    scene.tell({ kind: 'pointer', held: true })
    scene.touch(PAUSE)
    scene.wait(300)
    scene.room({ positionSec: 200 })
    scene.wait(900)
    expect(scene.did).toEqual([])
    scene.tell({ kind: 'pointer', held: false })
    scene.wait(3000)
    expect(scene.personDid()).toHaveLength(1)
  })
})

describe('clicks', () => {
  it.each([
    { clickedMs: 300, told: 1 },
    { clickedMs: 1500, told: 0 },
  ])('[P21] a click makes what follows within a second the person’s: $clickedMs ms', ({ clickedMs, told }) => {
    const scene = following({ line: { rate: 1.5 } })
    scene.tell({ kind: 'pointer', held: true })
    scene.tell({ kind: 'pointer', held: false })
    scene.wait(clickedMs)
    scene.touch(setRate(1))
    scene.wait(3000)
    expect(scene.personDid()).toHaveLength(told)
  })
})

describe('who may not, or gets no answer', () => {
  it.each([
    ['pause', PAUSE],
    ['seek', seekTo(10)],
    ['rate', setRate(2)],
  ])('[P5] the player of one who may not control goes back to the timeline: %s', (_, effect) => {
    const scene = following({ mayControl: false })
    scene.touch(effect)
    scene.wait(8000)
    expect(scene.personDid()).toEqual([])
    expect(scene.isPlaying()).toBe(true)
    expect(Math.abs(scene.skewMs())).toBeLessThan(40)
  })

  it('[P6] after an answer that changed nothing the player goes back to the timeline', () => {
    const scene = following()
    scene.stopAnswering()
    scene.touch(PAUSE)
    scene.wait(500)
    expect(scene.isPlaying()).toBe(false)
    scene.tell({ kind: 'answered' })
    scene.wait(4000)
    expect(scene.isPlaying()).toBe(true)
    expect(Math.abs(scene.skewMs())).toBeLessThan(40)
  })

  it('[P6] without an answer it goes back after 5 s', () => {
    const scene = following()
    scene.stopAnswering()
    scene.touch(PAUSE)
    scene.wait(4900)
    expect(scene.isPlaying()).toBe(false)
    scene.wait(4000)
    expect(scene.isPlaying()).toBe(true)
  })

  it('[P6] a new leave to act or a better clock does not end the wait for the answer', () => {
    const scene = following()
    scene.stopAnswering()
    scene.touch(PAUSE)
    scene.wait(500)
    scene.setMayControl(true)
    scene.wait(2000)
    expect(scene.isPlaying()).toBe(false)
  })
})

describe('buttons of the popup', () => {
  it('[P7] pause does what a pause at the player does', () => {
    const scene = following()
    scene.tell({ kind: 'act', act: { kind: 'pause' } })
    expect(scene.isPlaying()).toBe(false)
    expect(scene.personDid()).toMatchObject([{ type: 'pause' }])
  })

  it('[P7] who has just come in plays and pauses at the place of the room', () => {
    const button = createDriveScene({ line: { playing: false }, clockSamples: 2 })
    button.tell({ kind: 'act', act: { kind: 'play' } })
    expect(button.personDid()).toEqual([{ type: 'play', positionSec: 50 }])
    const click = createDriveScene({ line: { playing: false }, clockSamples: 2 })
    click.touch(PLAY)
    click.wait(500)
    expect(click.personDid()).toEqual([{ type: 'play', positionSec: 50 }])
  })

  it('[P7] who has just come in and chooses a place in the same gesture means that place', () => {
    const scene = createDriveScene({ line: { playing: false }, clockSamples: 2 })
    scene.touch(PLAY, { kind: 'seek', positionSec: 90 })
    scene.wait(1000)
    expect(scene.personDid()).toEqual([{ type: 'play', positionSec: expect.closeTo(90, 3) }])
  })

  it('[P7] a skip counts from the player’s place and ends within the media', () => {
    const scene = following()
    scene.tell({ kind: 'act', act: { kind: 'skip', bySec: -1000 } })
    scene.wait(3000)
    scene.tell({ kind: 'act', act: { kind: 'skip', bySec: 3600 } })
    expect(scene.personDid()).toEqual([
      { type: 'seek', positionSec: 0 },
      { type: 'seek', positionSec: 300 },
    ])
  })
})

describe('when it can’t play', () => {
  it('[P8] a refused play is told, and the next click anywhere in the page tries again', () => {
    const scene = createDriveScene()
    scene.shown.refusesPlay = true
    scene.wait(3000)
    expect(scene.ofType('suspended')).toEqual([{ type: 'suspended', reason: 'autoplay-blocked' }])
    scene.shown.refusesPlay = false
    scene.tell({ kind: 'clicked' })
    scene.wait(4000)
    expect(scene.ofType('resumed')).toHaveLength(1)
    expect(scene.isPlaying()).toBe(true)
    expect(Math.abs(scene.skewMs())).toBeLessThan(40)
    expect(scene.personDid()).toEqual([])
  })

  it('[P8] while the room stands, perhaps for this, the click alone is enough, and nothing plays', () => {
    const scene = createDriveScene()
    scene.shown.refusesPlay = true
    scene.wait(3000)
    scene.room({ playing: false })
    scene.wait(1000)
    scene.shown.refusesPlay = false
    scene.tell({ kind: 'clicked' })
    expect(scene.ofType('resumed')).toHaveLength(1)
    scene.wait(2000)
    expect(scene.isPlaying()).toBe(false)
    expect(scene.personDid()).toEqual([])
  })

  it('[P9] an ad in the player stands aside, and nothing in it is the person’s', () => {
    const scene = following()
    scene.tell({ kind: 'player-event', event: 'emptied' })
    scene.shown.durationSec = 30
    scene.tell({ kind: 'player-event', event: 'loadedmetadata' })
    scene.touch(seekTo(0), PAUSE, PLAY)
    scene.wait(3000)
    expect(scene.ofType('suspended')).toEqual([{ type: 'suspended', reason: 'ad' }])
    scene.tell({ kind: 'player-event', event: 'emptied' })
    delete scene.shown.durationSec
    scene.tell({ kind: 'player-event', event: 'loadedmetadata' })
    scene.wait(6000)
    expect(scene.ofType('resumed')).toHaveLength(1)
    expect(scene.personDid()).toEqual([])
    expect(Math.abs(scene.skewMs())).toBeLessThan(40)
  })

  it('[P10] a site that pauses because it is hidden is away until it is seen again', () => {
    const scene = following()
    scene.shown.hidden = true
    scene.tell({ kind: 'tick' })
    scene.touch(PAUSE)
    scene.wait(2000)
    expect(scene.ofType('suspended')).toEqual([{ type: 'suspended', reason: 'away' }])
    scene.shown.hidden = false
    scene.wait(5000)
    expect(scene.ofType('resumed')).toHaveLength(1)
    expect(scene.isPlaying()).toBe(true)
    expect(scene.personDid()).toEqual([])
  })
})

describe('reports', () => {
  it('[P11] once a second: place, skew and state', () => {
    const scene = following()
    scene.wait(500)
    scene.said.splice(0)
    scene.wait(10_000)
    const reports = scene.ofType('report')
    expect(reports).toHaveLength(10)
    for (const { report } of reports) expect(report).toMatchObject({ state: 'playing', skewMs: expect.any(Number) })
  })
})

import { describe, expect, it } from 'vitest'
import { createScene, PAUSE, PLAY, seekTo, setRate } from './intent-scene'

describe('echoes of our own writes', () => {
  it('[I1] the event that an own write causes is an echo', () => {
    const scene = createScene({ playing: false, room: { playing: true, rate: 1 } })
    scene.write(seekTo(300), PLAY, setRate(1.03))
    scene.wait(500)
    scene.write(setRate(1))
    scene.write(PAUSE)
    scene.wait(500)
    expect(scene.kinds()).toEqual(['echo', 'no-move'])
  })

  it('[I1] a person may act in the very next millisecond', () => {
    const scene = createScene({ playing: false, room: { playing: true, rate: 1 } })
    scene.write(PLAY)
    scene.wait(2)
    scene.touch(PAUSE)
    scene.wait(200)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it('[I1] pausing and playing in one go leaves two echoes, in order', () => {
    const scene = createScene()
    scene.write(PAUSE, seekTo(200), PLAY)
    scene.wait(500)
    expect(scene.kinds()).toEqual(['echo', 'no-move'])
  })

  it('[I1] a token that no event took is worth nothing after 3 s', () => {
    const scene = createScene()
    scene.writeUntold(seekTo(200))
    scene.wait(3100)
    scene.write(seekTo(400))
    scene.wait(100)
    scene.touch(seekTo(200))
    scene.wait(400)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 200 }])
  })

  it('[I2] a write that changes nothing leaves nothing behind to hide a person', () => {
    const scene = createScene({ playing: false, room: { playing: true, rate: 1 } })
    scene.write(PAUSE)
    scene.touch(PLAY)
    scene.wait(200)
    scene.touch(PAUSE)
    scene.wait(70)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it('[I2] an event told twice counts once', () => {
    const scene = createScene()
    scene.touch(PAUSE)
    scene.tell('pause')
    scene.tell('pause', 5)
    scene.wait(200)
    scene.tell('pause')
    scene.wait(200)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it('[I3] a seek of the person to another place than ours is theirs', () => {
    const scene = createScene()
    scene.write(seekTo(200))
    scene.wait(30)
    scene.touch(seekTo(400))
    scene.wait(400)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 400 }])
  })

  it('[I4] a refused play leaves no echo behind', () => {
    const scene = createScene({ playing: false, room: { playing: false, rate: 1 } })
    scene.write(PLAY)
    scene.playRefused()
    scene.wait(50)
    scene.touch(PLAY)
    scene.wait(10)
    expect(scene.isHandsOff()).toBe(true)
  })
})

describe('gestures', () => {
  it('[I5] a pause is told where the picture stands, 60 ms later', () => {
    const scene = createScene()
    scene.touch(PAUSE)
    scene.wait(55)
    expect(scene.commands()).toEqual([])
    scene.wait(10)
    expect(scene.commands()).toEqual([{ type: 'pause', positionSec: scene.positionSec() }])
  })

  it('[I5] a play is told with the place it started from', () => {
    const scene = createScene({ playing: false })
    scene.touch(PLAY)
    scene.wait(100)
    expect(scene.commands()).toHaveLength(1)
    expect(scene.commands()[0]).toMatchObject({ type: 'play', positionSec: expect.closeTo(100, 1) })
  })

  it('[I5] a click on the bar that pauses, seeks and plays is one seek', () => {
    const scene = createScene()
    scene.touch(PAUSE, seekTo(300), PLAY)
    scene.wait(600)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 300 }])
  })

  it('[I5] a drag is one seek to where it ended', () => {
    const scene = createScene()
    for (let place = 110; place <= 200; place += 10) {
      scene.touch(seekTo(place))
      scene.wait(40)
    }
    expect(scene.commands()).toEqual([])
    scene.wait(300)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 200 }])
  })

  it('[I5] within a gesture small steps count', () => {
    const scene = createScene()
    scene.touch(seekTo(300))
    scene.wait(50)
    scene.touch(seekTo(300.2))
    scene.wait(400)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 300.2 }])
  })

  it('[I5] a seek and a play of a paused player are one play at the new place', () => {
    const scene = createScene({ playing: false })
    scene.touch(seekTo(300), PLAY)
    scene.wait(600)
    expect(scene.commands()).toEqual([{ type: 'play', positionSec: 300 }])
  })

  it('[I5] two quick clicks that undo each other ask for nothing', () => {
    const scene = createScene()
    scene.touch(PAUSE)
    scene.wait(30)
    scene.touch(PLAY)
    scene.wait(200)
    expect(scene.commands()).toEqual([])
    expect(scene.verdicts.at(-1)).not.toMatchObject({ kind: 'gesture' })
    expect(scene.isHandsOff()).toBe(false)
  })

  it('[I6] while the pointer is pressed the gesture goes on', () => {
    const scene = createScene()
    scene.pointer(true)
    scene.touch(PAUSE, seekTo(300))
    scene.wait(3000)
    expect(scene.commands()).toEqual([])
    scene.touch(seekTo(310))
    scene.wait(50)
    scene.touch(PLAY)
    scene.pointer(false)
    scene.wait(400)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 310 }])
  })

  it('[I6] a pointer that is never released ends it after 5 s', () => {
    const scene = createScene()
    scene.pointer(true)
    scene.touch(PAUSE)
    scene.wait(5100)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it('[I7] a player that pauses under a drag, or until it has the data, and plays on asks for one seek', () => {
    const scene = createScene()
    scene.touch(PAUSE, seekTo(300))
    scene.wait(700)
    scene.touch(seekTo(310))
    scene.wait(1500)
    scene.touch(PLAY)
    scene.wait(200)
    expect(scene.commands()).toEqual([])
    scene.wait(100)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 310 }])
  })

  it('[I7] one that does not play on within 2 s was paused there', () => {
    const scene = createScene()
    scene.touch(PAUSE, seekTo(300))
    scene.wait(2100)
    expect(scene.commands()).toEqual([{ type: 'pause', positionSec: 300 }])
  })

  it('[I8] a gesture of more than 0.6 s is told as scrubbing, once', () => {
    const scene = createScene()
    for (let place = 110; place <= 300; place += 10) {
      scene.touch(seekTo(place))
      scene.wait(100)
    }
    scene.wait(300)
    expect(scene.verdicts.filter(({ kind }) => kind === 'scrubbing')).toHaveLength(1)
    expect(scene.commands()).toHaveLength(1)
  })

  it('[I8] a single seek is not scrubbing', () => {
    const scene = createScene()
    scene.touch(seekTo(300))
    scene.wait(1000)
    expect(scene.kinds()).not.toContain('scrubbing')
  })

  it('[I9] who only does what the room does anyway asks for nothing', () => {
    const scene = createScene({ playing: false, room: { playing: true, rate: 1 } })
    scene.touch(PLAY)
    scene.wait(200)
    expect(scene.commands()).toEqual([])
    expect(scene.kinds()).toContain('settled')
  })

  it('[I9] a pause while the room still runs is asked, though a stop is announced: the room may only wait', () => {
    const scene = createScene({ room: { playing: false, runs: true } })
    scene.touch(PAUSE)
    scene.wait(200)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it('[I10] hands are off from the first move until it has settled', () => {
    const scene = createScene()
    scene.touch(seekTo(300))
    scene.wait(2)
    expect(scene.isHandsOff()).toBe(true)
    scene.wait(200)
    expect(scene.isHandsOff()).toBe(true)
    scene.wait(100)
    expect(scene.isHandsOff()).toBe(false)
  })

  it('[I11] a change is left alone before its event is told', () => {
    const scene = createScene({ eventDelayMs: 50 })
    scene.touch(PAUSE)
    scene.wait(20)
    expect(scene.isHandsOff()).toBe(true)
    expect(scene.kinds()).not.toContain('gesture')
  })

  it('[I11] a change whose event the page swallows counts after 100 ms', () => {
    const scene = createScene()
    scene.touchUntold(PAUSE)
    scene.wait(250)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })
})

describe('moves of the site', () => {
  it('[I12] a pause for want of data is the site’s, and so is its end', () => {
    const scene = createScene()
    scene.element.readyState = 2
    scene.touch(PAUSE)
    scene.wait(500)
    scene.element.readyState = 4
    scene.touch(PLAY)
    scene.wait(200)
    expect(scene.siteMoves()).toEqual(['buffering', 'went-on'])
    expect(scene.commands()).toEqual([])
  })

  it('[I12] a pause for want of data after a seek of ours is the site’s too', () => {
    const scene = createScene()
    scene.write(seekTo(300))
    scene.wait(5)
    scene.touch(PAUSE)
    scene.wait(30)
    scene.touch(PLAY)
    scene.wait(400)
    expect(scene.siteMoves()).toEqual(['buffering', 'went-on'])
  })

  it('[I12] a click makes it the person’s', () => {
    const scene = createScene()
    scene.element.readyState = 2
    scene.facts.activated = true
    scene.touch(PAUSE)
    scene.wait(200)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it('[I13] the pause at the end is the site’s', () => {
    const scene = createScene()
    scene.facts.ended = true
    scene.touch(PAUSE)
    scene.tell('ended')
    scene.wait(200)
    expect(scene.siteMoves()).toEqual(['ended', 'ended'])
    expect(scene.commands()).toEqual([])
  })

  it('[I13] going round a loop is the site’s', () => {
    const scene = createScene()
    scene.facts.looping = true
    scene.write(seekTo(599.8))
    scene.wait(100)
    scene.touch(seekTo(0))
    scene.wait(400)
    expect(scene.siteMoves()).toEqual(['looped'])
  })

  it('[I14] what happens from the loss of the old media until 1.5 s after the new is there is the site’s', () => {
    const scene = createScene()
    scene.facts.activated = true
    scene.tell('emptied')
    scene.wait(10)
    scene.touch(PAUSE)
    scene.wait(2000)
    scene.tell('loadedmetadata')
    scene.wait(10)
    scene.touch(seekTo(47), PLAY)
    scene.wait(1000)
    expect(scene.commands()).toEqual([])
    scene.wait(600)
    scene.touch(PAUSE)
    scene.wait(100)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it('[I14] other media ends a gesture without a command', () => {
    const scene = createScene()
    scene.touch(seekTo(300))
    scene.wait(50)
    scene.tell('emptied')
    scene.wait(500)
    expect(scene.commands()).toEqual([])
    expect(scene.kinds()).toContain('settled')
    expect(scene.isHandsOff()).toBe(false)
  })

  it('[I15] a pause in the half second after hiding is the site’s, a later one the person’s', () => {
    const scene = createScene()
    scene.element.hidden = true
    scene.wait(20)
    scene.touch(PAUSE)
    scene.wait(600)
    expect(scene.siteMoves()).toEqual(['hidden'])
    scene.write(PLAY)
    scene.wait(50)
    scene.touch(PAUSE)
    scene.wait(200)
    expect(scene.commands()).toMatchObject([{ type: 'pause' }])
  })

  it.each([
    ['ad', { ad: true }],
    ['removed', { connected: false }],
  ] as const)('[I16] during an ad, or out of the document, every move is the site’s: %s', (move, fact) => {
    const scene = createScene()
    Object.assign(scene.facts, fact, { activated: true })
    scene.touch(PAUSE, seekTo(0), setRate(2), PLAY)
    scene.wait(600)
    expect(new Set(scene.siteMoves())).toEqual(new Set([move]))
    expect(scene.commands()).toEqual([])
  })

  it('[I17] a skip over a gap is too small to be meant', () => {
    const scene = createScene()
    scene.touch(seekTo(100.4))
    scene.wait(400)
    expect(scene.siteMoves()).toEqual(['nudge'])
  })

  it('[I17] while paused a step by one frame is the person’s', () => {
    const scene = createScene({ playing: false })
    scene.touch(seekTo(100.033))
    scene.wait(400)
    expect(scene.commands()).toEqual([{ type: 'seek', positionSec: 100.033 }])
  })
})

describe('rates', () => {
  it.each([
    { found: 1, shown: 1.5, meant: 1.5 },
    { found: 1.0001, shown: 1.25, meant: 1.25 },
    { found: 1.0001, shown: 1.2501, meant: 1.25 },
    { found: 1.03271, shown: 1.28271, meant: 1.25 },
    { found: 0.96, shown: 0.71, meant: 0.75 },
    { found: 1.03, shown: 2, meant: 2 },
  ])('[I18] from $found to $shown means $meant', ({ found, shown, meant }) => {
    const scene = createScene()
    scene.write(setRate(found))
    scene.wait(50)
    scene.touch(setRate(shown))
    scene.wait(400)
    expect(scene.commands()).toEqual([{ type: 'set-rate', rate: meant }])
  })

  it('[I18] a slider asks once, for the last rate', () => {
    const scene = createScene()
    for (const rate of [1.1, 1.2, 1.3, 1.4]) {
      scene.touch(setRate(rate))
      scene.wait(50)
    }
    scene.wait(300)
    expect(scene.commands()).toEqual([{ type: 'set-rate', rate: 1.4 }])
  })

  it('[I19] back to the room’s own rate is a reset', () => {
    const scene = createScene()
    scene.facts.activated = true
    scene.write(setRate(1.03))
    scene.wait(50)
    scene.touch(setRate(1))
    scene.wait(400)
    expect(scene.siteMoves()).toEqual(['rate-reset'])
  })

  it.each([
    { activated: false, commands: [] },
    { activated: true, commands: [{ type: 'set-rate', rate: 1 }] },
  ])('[I19] back to 1 in a room at 1.5 is the person’s only after a click: $activated', ({ activated, commands }) => {
    const scene = createScene({ rate: 1.5 })
    scene.facts.activated = activated
    scene.touch(setRate(1))
    scene.wait(400)
    expect(scene.commands()).toEqual(commands)
  })

  it('[I19] a picture stopped by rate is the site’s', () => {
    const scene = createScene()
    scene.touch(setRate(0))
    scene.wait(400)
    expect(scene.siteMoves()).toEqual(['rate-reset'])
  })
})

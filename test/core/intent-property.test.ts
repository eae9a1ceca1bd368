import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlayerEffect } from '../../src/core/player'
import { createScene, PAUSE, PLAY, seekTo, setRate } from './intent-scene'

const ownWrite: fc.Arbitrary<PlayerEffect> = fc.oneof(
  fc.constant(PLAY),
  fc.constant(PAUSE),
  fc.integer({ min: 0, max: 590 }).map(seekTo),
  fc.double({ min: 0.95, max: 1.05, noNaN: true }).map(setRate),
)
const ownWrites = fc.array(fc.record({ write: ownWrite, thenMs: fc.integer({ min: 0, max: 60 }) }), { maxLength: 40 })
const eventDelayMs = fc.integer({ min: 1, max: 30 })

describe('whatever our side writes', () => {
  it('[I1] is never taken for a person or a site', () => {
    fc.assert(
      fc.property(ownWrites, eventDelayMs, fc.boolean(), (writes, eventDelayMs, playing) => {
        const scene = createScene({ playing, eventDelayMs, room: { playing: true, rate: 1 } })
        for (const { write, thenMs } of writes) {
          scene.write(write)
          scene.wait(thenMs)
        }
        scene.wait(200)
        expect(scene.kinds().filter((kind) => kind !== 'echo' && kind !== 'no-move')).toEqual([])
        expect(scene.isHandsOff()).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('[I1] [I5] never hides what a person does right after it', () => {
    const act = fc.constantFrom('toggle', 'seek', 'rate')
    fc.assert(
      fc.property(ownWrites, eventDelayMs, act, (writes, eventDelayMs, act) => {
        const scene = createScene({ eventDelayMs, room: { playing: true, rate: 1 } })
        for (const { write, thenMs } of writes) {
          scene.write(write)
          scene.wait(thenMs)
        }
        scene.room.playing = scene.playing()
        scene.facts.activated = true
        const wanted = scene.playing() ? 'pause' : 'play'
        if (act === 'toggle') scene.touch(scene.playing() ? PAUSE : PLAY)
        if (act === 'seek') scene.touch(seekTo(595))
        if (act === 'rate') scene.touch(setRate(1.5))
        scene.wait(800)
        const expected = { toggle: wanted, seek: 'seek', rate: 'set-rate' }[act]
        expect(scene.commands().map(({ type }) => type)).toEqual([expected])
      }),
      { numRuns: 300 },
    )
  })

  it('[I10] every gesture settles once the hands are still', () => {
    const move = fc.record({
      write: fc.oneof(ownWrite, fc.constant(setRate(2))),
      thenMs: fc.integer({ min: 0, max: 400 }),
      held: fc.option(fc.boolean()),
    })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 15 }), (moves) => {
        const scene = createScene()
        for (const { write, thenMs, held } of moves) {
          if (held !== null) scene.pointer(held)
          scene.touch(write)
          scene.wait(thenMs)
        }
        scene.wait(5600)
        expect(scene.isHandsOff()).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})

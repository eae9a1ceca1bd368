import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Hands, isDown, lift, NO_HANDS, press } from '../../../src/core/notes/hands'

describe('hands', () => {
  it('[AP8] a key begins with the first finger on it and ends with the last', () => {
    const first = press(NO_HANDS, 'left', 60)
    expect(first).toMatchObject({ on: 60 })
    const second = press(first.hands, 'right', 60)
    expect(second).not.toHaveProperty('on')
    const third = lift(second.hands, 'left')
    expect(third).not.toHaveProperty('off')
    expect(lift(third.hands, 'right')).toEqual({ hands: NO_HANDS, off: 60 })
  })

  it('[AP8] a finger that slides leaves one key and strikes the next; where it rests it strikes nothing', () => {
    const { hands } = press(NO_HANDS, 'finger', 60)
    expect(press(hands, 'finger', 62)).toMatchObject({ off: 60, on: 62 })
    expect(press(hands, 'finger', 60)).toEqual({ hands })
    expect(lift(NO_HANDS, 'finger')).toEqual({ hands: NO_HANDS })
  })

  it('[AP8] whatever fingers do, each key is begun and ended by turns, and none is left when all are lifted', () => {
    const finger = fc.constantFrom('a', 'b', 'c')
    const move = fc.oneof(
      fc.record({ finger, key: fc.integer({ min: 60, max: 63 }) }),
      fc.record({ finger, key: fc.constant(undefined) }),
    )
    fc.assert(
      fc.property(fc.array(move), (moves) => {
        let hands: Hands = NO_HANDS
        const down = new Set<number>()
        const all = [...moves, ...['a', 'b', 'c'].map((finger) => ({ finger, key: undefined }))]
        for (const { finger, key } of all) {
          const moved = key === undefined ? lift(hands, finger) : press(hands, finger, key)
          if (moved.off !== undefined) expect(down.delete(moved.off)).toBe(true)
          if (moved.on !== undefined) {
            expect(down.has(moved.on)).toBe(false)
            down.add(moved.on)
          }
          hands = moved.hands
          for (const key of [60, 61, 62, 63]) expect(isDown(hands, key)).toBe(down.has(key))
        }
        expect(down.size).toBe(0)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { HELD_EVERY_MS } from '../../../src/core/notes/held-keys'
import { NOTE_BOUNDS, NOTHING_HELD, type Note } from '../../../src/core/notes/note'
import { dueAtMs, letGo, NOTHING_PLAYED, type Playing, play, take } from '../../../src/core/notes/playing'
import { bend, holding, lever, off, on, pedal } from './a-note'

const after = (...notes: readonly Note[]): Playing => notes.reduce(play, NOTHING_PLAYED)

describe('what a player sends', () => {
  it('[AN1] is what was played, in order, and what is held after it', () => {
    const { played } = take(after(on(60, 1), on(64, 2), off(60, 3)), 3)
    expect(played).toEqual({ notes: [on(60, 1), on(64, 2), off(60, 3)], held: holding(64) })
  })

  it('[AN1] has no end without a beginning, and no key beyond those that can be held', () => {
    expect(after(off(60))).toEqual(NOTHING_PLAYED)
    const all = after(...Array.from({ length: NOTE_BOUNDS.heldKeys }, (_, key) => on(key)))
    expect(play(all, on(100))).toBe(all)
  })

  it('[AN1] stays within a batch; ends that don’t fit are told by what is held', () => {
    const full = after(...Array.from({ length: NOTE_BOUNDS.perBatch }, (_, at) => on(at % 3)))
    expect(play(full, on(5))).toBe(full)
    const { played } = take(letGo(full, 9), 9)
    expect(played.notes).toHaveLength(NOTE_BOUNDS.perBatch)
    expect(played.held).toEqual(NOTHING_HELD)
  })

  it('[AN2] is due at once, then every 25 ms; what was played in between goes together', () => {
    const first = after(on(60, 1000))
    expect(dueAtMs(first)).toBe(-Infinity)
    const sent = take(first, 1000).playing
    const two = play(play(sent, off(60, 1004)), on(62, 1005))
    expect(dueAtMs(two)).toBe(1025)
    expect(take(two, 1025).played.notes).toEqual([off(60, 1004), on(62, 1005)])
  })

  it('[AN2] repeats what is held, pedals too, and nothing else', () => {
    const holds = take(after(pedal(127, 1)), 10).playing
    expect(dueAtMs(holds)).toBe(10 + HELD_EVERY_MS)
    expect(take(holds, 2010).played).toEqual({ notes: [], held: { keys: [], pedals: [0] } })
    expect(dueAtMs(take(play(holds, pedal(0, 20)), 30).playing)).toBeUndefined()
  })

  it('[AN2] says of a lever only where it is now, unless something was played in between', () => {
    const moved = after(bend(1), bend(2), lever(3), lever(4), on(60), lever(5))
    expect(take(moved, 0).played.notes).toEqual([bend(2), lever(4), on(60), lever(5)])
  })

  it('[AN21] tells the chosen sound again after a rest, for who has come meanwhile', () => {
    const marimba: Note = { kind: 'program', channel: 0, program: 12, atMs: 0 }
    const chosen = take(after(marimba), 0).playing
    const first = take(play(play(chosen, on(60, 90)), on(62, 900)), 900)
    expect(first.played.notes).toEqual([{ ...marimba, atMs: 90 }, on(60, 90), on(62, 900)])
    const next = take(play(play(first.playing, off(60, 1_800)), on(64, 1_900)), 1_900)
    expect(next.played.notes).toEqual([off(60, 1_800), { ...marimba, atMs: 1_900 }, on(64, 1_900)])
  })

  it('[AN1] keeps its order when a clock was set back; hands off ends all that is held', () => {
    const { played } = take(letGo(after(on(60, 100), pedal(127, 90)), 80), 0)
    expect(played).toEqual({
      notes: [on(60, 100), pedal(127, 100), off(60, 100), pedal(0, 100)],
      held: NOTHING_HELD,
    })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Held, NOTHING_HELD, type NoteAct } from '../../../src/core/notes/note'
import { NOTE_RATES, passNotes, type RateLeft } from '../../../src/core/notes/note-rate'
import { boundedTimes } from '../../../src/core/notes/note-times'
import { off, on, pedal, someAct } from './a-note'

const FULL = { held: NOTHING_HELD, person: undefined, room: undefined }

describe('how much is played', () => {
  it('[AN4] a burst passes, then what begins is left out and what ends passes', () => {
    const { burst } = NOTE_RATES.person
    const flood = Array.from({ length: burst }, () => on(60))
    const passed = passNotes([pedal(127), ...flood, off(60), pedal(0)], FULL, 0)
    expect(passed.notes).toHaveLength(burst + 2)
    expect(passed.notes.slice(-2)).toEqual([off(60), pedal(0)])
    expect(passed).toMatchObject({ held: NOTHING_HELD, dropped: 1 })
  })

  it('[AN4] more passes as time goes by, no more than the rate', () => {
    const empty = passNotes(
      Array.from({ length: NOTE_RATES.person.burst }, () => on(60)),
      FULL,
      0,
    )
    const later = passNotes(
      Array.from({ length: 100 }, () => on(61)),
      empty,
      500,
    )
    expect(later.notes).toHaveLength(NOTE_RATES.person.perSec / 2)
  })

  it('[AN4] a room that has enough lets nobody begin, and everybody end', () => {
    const room: RateLeft = { left: 0, atMs: 0 }
    const held: Held = { keys: [{ channel: 0, key: 60 }], pedals: [] }
    expect(passNotes([on(61), off(60)], { ...FULL, held, room }, 0).notes).toEqual([off(60)])
  })

  it('[AN4] whatever is played: what is held stays what begins and ends make of it, and ends never outnumber beginnings', () => {
    fc.assert(
      fc.property(fc.array(someAct, { maxLength: 400 }), (acts) => {
        let before: { held: Held; person: RateLeft | undefined; room: RateLeft | undefined } = FULL
        let nowMs = 0
        const passed: NoteAct[] = []
        for (const { afterMs, act } of acts) {
          nowMs += afterMs / 20
          const one = passNotes([act], before, nowMs)
          const held = before.held.keys.some(
            ({ channel, key }) => act.kind === 'off' && channel === act.channel && key === act.key,
          )
          if (held) expect(one.notes).toEqual([act])
          passed.push(...one.notes)
          before = one
        }
        const count = (kind: string): number => passed.filter((act) => act.kind === kind).length
        expect(count('off')).toBeLessThanOrEqual(count('on'))
        expect(passed.length - count('off')).toBeLessThanOrEqual(
          2 * (NOTE_RATES.person.burst + (nowMs * NOTE_RATES.person.perSec) / 1000),
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('when it was played', () => {
  it('[AN3] is believed within bounds', () => {
    expect(boundedTimes([9_900, 9_950], 9_800, 10_000)).toEqual([9_900, 9_950])
    expect(boundedTimes([10_100, 10_130], undefined, 10_000)).toEqual([9_970, 10_000])
    expect(boundedTimes([10, 9_990], undefined, 10_000)).toEqual([8_000, 9_990])
    expect(boundedTimes([9_700, 9_990], 9_900, 10_000)).toEqual([9_900, 9_990])
  })

  it('[AN3] stays within bounds and in order, whatever is claimed', () => {
    const claims = fc.array(fc.double({ min: 0, max: 1e14, noNaN: true }), { maxLength: 20 })
    fc.assert(
      fc.property(claims, fc.option(fc.double({ min: 0, max: 2e4, noNaN: true })), (claimed, before) => {
        const atMs = boundedTimes(claimed, before ?? undefined, 10_000)
        expect(atMs).toEqual(atMs.toSorted((a, b) => a - b))
        for (const at of atMs) expect(at >= 8_000 && at <= 10_000).toBe(true)
      }),
    )
  })
})

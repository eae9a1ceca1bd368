import { describe, expect, it } from 'vitest'
import { hearHeld, isSilent, SILENT_MS } from '../../../src/core/notes/held-keys'
import { NOTHING_HELD } from '../../../src/core/notes/note'
import { holding, off, on, pedal } from './a-note'

const CHORD = { number: 5, notes: [on(60), on(64)], held: holding(60, 64) }

describe('what is held', () => {
  it('[AN5] ends what a later batch no longer holds, the pedal too', () => {
    const { heard } = hearHeld(
      undefined,
      { ...CHORD, notes: [pedal(127), ...CHORD.notes], held: { ...CHORD.held, pedals: [0] } },
      0,
    )
    const next = hearHeld(heard, { number: 9, notes: [on(67)], held: holding(60, 67) }, 10)
    expect(next.ended).toEqual([
      { kind: 'off', channel: 0, key: 64 },
      { kind: 'control', channel: 0, controller: 64, value: 0 },
    ])
    expect(next.heard.held).toEqual(holding(60, 67))
  })

  it('[AN5] begins no key because it is said to be held, and ends none that has not begun', () => {
    const next = hearHeld(undefined, { number: 1, notes: [off(60)], held: holding(72) }, 0)
    expect(next).toMatchObject({ notes: [], ended: [], heard: { held: NOTHING_HELD } })
  })

  it('[AN6] is not changed by an older batch, nor by the same once more', () => {
    const { heard } = hearHeld(undefined, CHORD, 0)
    for (const number of [5, 4]) {
      expect(hearHeld(heard, { number, notes: [on(72)], held: NOTHING_HELD }, 10)).toEqual({
        heard,
        notes: [],
        ended: [],
      })
    }
  })

  it('[AN7] is nothing after a long silence', () => {
    const { heard } = hearHeld(undefined, CHORD, 1_000)
    expect(isSilent(heard, 1_000 + SILENT_MS - 1)).toBe(false)
    expect(isSilent(heard, 1_000 + SILENT_MS)).toBe(true)
    expect(isSilent(hearHeld(heard, { number: 6, notes: [], held: NOTHING_HELD }, 2_000).heard, 1e6)).toBe(false)
  })
})

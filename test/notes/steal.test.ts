import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SOUND_NAMES } from '../../src/notes/synth/recipes'
import { programOf, soundOf } from '../../src/notes/synth/sounds'
import { MOST_VOICES, type Sounding, voiceToSteal } from '../../src/notes/synth/steal'

const voice = (startsAtSec: number, isDying = false): Sounding => ({ startsAtSec, isReleased: () => isDying })
const voices = (count: number, owner: string, from = 0) =>
  Array.from({ length: count }, (_, index) => [voice(from + index), owner] as const)

describe('room for one more voice', () => {
  it('[AP5] is there until somebody has 32, or all have 72', () => {
    expect(voiceToSteal(new Map(voices(MOST_VOICES.ofOne - 1, 'anna')), 'anna')).toBeUndefined()
    const own = voices(MOST_VOICES.ofOne, 'anna')
    expect(voiceToSteal(new Map(own), 'anna')).toBe(own[0]?.[0])
    expect(voiceToSteal(new Map(own), 'ben')).toBeUndefined()
  })

  it('[AP5] is made by what dies away, else by the oldest of who has most', () => {
    const full = [...voices(30, 'anna', 100), ...voices(28, 'ben', 0), ...voices(14, 'clara', 50)]
    expect(voiceToSteal(new Map(full), 'ben')).toBe(full[0]?.[0])
    const dying = voice(999, true)
    expect(voiceToSteal(new Map([...full, [dying, 'clara']]), 'ben')).toBe(dying)
  })

  it('[AP5] whatever is struck by whomever, the bounds are kept', () => {
    const stroke = fc.record({ player: fc.constantFrom('anna', 'ben', 'clara', 'dora'), isDying: fc.boolean() })
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 100, maxLength: 200 }), (strokes) => {
        const owners = new Map<Sounding, string>()
        for (const [index, { player, isDying }] of strokes.entries()) {
          const spare = voiceToSteal(owners, player)
          if (spare) owners.delete(spare)
          owners.set(voice(index, isDying), player)
          expect(owners.size).toBeLessThanOrEqual(MOST_VOICES.all)
          const own = [...owners.values()].filter((owner) => owner === player).length
          expect(own).toBeLessThanOrEqual(MOST_VOICES.ofOne)
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('programs', () => {
  it('[AP7] each of our sounds is its own number, and every number is heard in one of ours', () => {
    for (const name of SOUND_NAMES) expect(soundOf(programOf(name))).toBe(name)
    for (let program = 0; program < 128; program += 1) expect(SOUND_NAMES).toContain(soundOf(program))
    expect(soundOf(19)).toBe('organ')
    expect(soundOf(40)).toBe('strings')
  })
})

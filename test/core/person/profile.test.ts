import { describe, expect, it } from 'vitest'
import { AVATAR_COLOURS, anyAvatar, DRAWINGS } from '../../../src/core/person/avatar'
import { PERSON_LIMITS } from '../../../src/core/person/person'
import { somePeople } from './some-people'

describe('a profile', () => {
  it('[Y3] has a name as in rooms, and a drawn face', () => {
    const people = somePeople('ann')
    expect(people.asks('ann', { type: 'set-profile', name: ' \u200B' })).toBe('bad-name')
    expect(people.asks('ann', { type: 'set-profile', name: 'x'.repeat(33) })).toBe('bad-name')
    people.asks('ann', { type: 'set-profile', name: '  Anna  B ', avatar: { drawing: 'owl', colour: 'teal' } })
    expect(people.own('ann').shown).toEqual({ name: 'Anna B', avatar: { drawing: 'owl', colour: 'teal' } })
    people.asks('ann', { type: 'set-profile', name: 'Anna' })
    expect(people.own('ann').shown.avatar).toEqual({ drawing: 'owl', colour: 'teal' })
    expect(people.asks('ann', { type: 'set-profile', name: 'Anna' })).toEqual([])
  })

  it('[Y3] every drawing on every colour comes by chance', () => {
    const count = DRAWINGS.length * AVATAR_COLOURS.length
    const all = Array.from({ length: count }, (_, n) => anyAvatar((n + 0.5) / count))
    expect(new Set(all.map(({ drawing, colour }) => `${drawing} ${colour}`)).size).toBe(count)
  })

  it('[Y5] a wire keeps settings of its own, bounded', () => {
    const people = somePeople('ann')
    const keep = (preferences: Record<string, string | number | boolean>, dialect = 'plugdj') =>
      people.asks('ann', { type: 'set-preferences', dialect, preferences })
    keep({ emoji: true, timestamps: 24 })
    keep({ emoji: false })
    expect(people.own('ann').preferences).toEqual({ plugdj: { emoji: false, timestamps: 24 } })
    expect(keep({ emoji: false })).toEqual([])
    for (const bad of [{ ['__proto__']: true }, { '': 1 }, { long: 'x'.repeat(201) }, { not: Number.NaN }]) {
      expect(keep(bad)).toBe('out-of-range')
    }
    expect(keep({ a: 1 }, '__proto__')).toBe('out-of-range')
    const many = Object.fromEntries(Array.from({ length: PERSON_LIMITS.preferences }, (_, n) => [`k${n}`, n]))
    expect(keep(many)).toBe('too-many')
    for (let n = 1; n < PERSON_LIMITS.preferenceDialects; n++)
      expect(keep({ a: 1 }, `wire${n}`)).toContain('preferences-changed')
    expect(keep({ a: 1 }, 'another')).toBe('too-many')
  })
})

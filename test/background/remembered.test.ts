import { describe, expect, it } from 'vitest'
import { type Remembered, recall, remember } from '../../src/background/remembered'
import { learnedSchema, MOST_SITES, nudgesSchema } from '../../src/background/stored-values'

const LEARNED = { playSec: [0.07], resumeSec: [], seekSec: [0.08, 0.09] }

describe('a short memory', () => {
  it('[B30] keeps what was used last, and forgets what was used least recently', () => {
    let memory: Remembered<number> = []
    for (const key of ['a', 'b', 'c']) memory = remember(memory, key, 1, 3)
    memory = remember(memory, 'a', 2, 3)
    memory = remember(memory, 'd', 1, 3)
    expect(memory.map(({ key }) => key)).toEqual(['c', 'a', 'd'])
    expect(recall(memory, 'a')).toBe(2)
    expect(recall(memory, 'b')).toBeUndefined()
  })

  it('[B32] forgets what is taken back', () => {
    expect(remember([{ key: 'a', value: 1 }], 'a', undefined, 3)).toEqual([])
  })
})

describe('what an older version or another hand has stored', () => {
  const good = { key: 'films.example', value: { 'chromium file heard': LEARNED } }

  it('[B31] comes back as it was, if it is as it should be', () => {
    expect(learnedSchema.parse([good])).toEqual([good])
    expect(nudgesSchema.parse([{ key: '', value: -120 }])).toEqual([{ key: '', value: -120 }])
  })

  it.each([
    ['no list', { 'films.example': LEARNED }],
    ['nothing', null],
    ['an older shape', [{ key: 'a.example', value: { playSec: 0.07, resumeSec: 0, seekSec: 0.08 } }]],
    ['another player', [{ key: 'a.example', value: { 'netscape file heard': LEARNED } }]],
    [
      'a latency that cannot be',
      [{ key: 'a.example', value: { 'chromium file heard': { ...LEARNED, seekSec: [60] } } }],
    ],
    ['too many', [{ key: 'a.example', value: { 'chromium file heard': { ...LEARNED, playSec: [0, 0, 0, 0, 0, 0] } } }]],
    ['no key', [{ value: { 'chromium file heard': LEARNED } }]],
    ['a page for a key', [{ key: 'x'.repeat(10_000), value: { 'chromium file heard': LEARNED } }]],
  ])('[B31] is dropped in silence if it is %s, and costs nothing else', (_, stored) => {
    expect(learnedSchema.parse(stored)).toEqual([])
    if (Array.isArray(stored)) expect(learnedSchema.parse([...stored, good])).toEqual([good])
  })

  it('[B31] a nudge beyond the bound is dropped', () => {
    expect(
      nudgesSchema.parse([
        { key: '', value: 5000 },
        { key: 'Headphones', value: 'much' },
        { key: 'TV', value: 80 },
      ]),
    ).toEqual([{ key: 'TV', value: 80 }])
  })

  it('[B31] of too many sites the last are kept', () => {
    const many = Array.from({ length: MOST_SITES + 50 }, (_, n) => ({ ...good, key: `${n}.example` }))
    const kept = learnedSchema.parse(many)
    expect(kept).toHaveLength(MOST_SITES)
    expect(kept.at(-1)?.key).toBe(`${MOST_SITES + 49}.example`)
  })
})

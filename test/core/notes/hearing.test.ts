import { describe, expect, it } from 'vitest'
import { hear, hearOnly, hush, latenessMs, NOBODY_HEARD, type Sound } from '../../../src/core/notes/hearing'
import { SILENT_MS } from '../../../src/core/notes/held-keys'
import { LATEST_MS } from '../../../src/core/notes/jitter-buffer'
import { type Held, NOTHING_HELD, type Note, type NoteBatch } from '../../../src/core/notes/note'
import { holding, off, on } from './a-note'

/** A hearer of one player, whose batches come when told. */
function createHearer() {
  let hearing = NOBODY_HEARD
  let number = 0
  const taken = (heard: ReturnType<typeof hear>): readonly Sound[] => {
    hearing = heard.hearing
    return heard.sounds
  }
  const batch = (notes: readonly Note[], held: Held): NoteBatch => ({ memberId: 'ann', number: ++number, notes, held })
  return {
    hear: (notes: readonly Note[], nowMs: number, held: Held = NOTHING_HELD) =>
      taken(hear(hearing, batch(notes, held), nowMs)),
    /** A short note that comes `lateMs` after it was played. */
    tap(atMs: number, lateMs: number) {
      const [sound] = this.hear([on(60, atMs), off(60, atMs)], atMs + lateMs)
      return (sound?.atMs ?? Number.NaN) - atMs
    },
    hush: (nowMs: number) => taken(hush(hearing, nowMs)),
    only: (here: readonly string[], nowMs: number) => taken(hearOnly(hearing, new Set(here), nowMs)),
    lateMs: () => latenessMs(hearing, 'ann'),
  }
}

describe('when notes sound', () => {
  it('[AN9] those of a batch keep their distances, and the next batches keep theirs to them', () => {
    const hearer = createHearer()
    const chord = hearer.hear([on(60, 1_000), on(64, 1_007), on(67, 1_020)], 1_150, holding(60, 64, 67))
    const after = hearer.hear([off(60, 1_200), off(64, 1_201), off(67, 1_250)], 1_390)
    const whileMs = (chord[0]?.atMs ?? 0) - 1_000
    const playedMs = [...chord, ...after].map(({ atMs }) => atMs - whileMs)
    expect(playedMs).toEqual([1_000, 1_007, 1_020, 1_200, 1_201, 1_250])
    expect(hearer.lateMs()).toBe(whileMs)
  })

  it('[AN9] a late note makes the while longer at once, by what it needs and a little more', () => {
    const hearer = createHearer()
    const beforeMs = hearer.tap(1_000, 100)
    expect(hearer.tap(1_100, beforeMs + 40)).toBe(beforeMs + 40 + 15)
    expect(hearer.tap(1_200, 100)).toBe(beforeMs + 40 + 15)
  })

  it('[AN10] the while shrinks before a phrase, slowly, and not within one nor below what is needed', () => {
    const hearer = createHearer()
    hearer.tap(0, 600)
    const beforeMs = hearer.lateMs() ?? 0
    let atMs = 0
    for (let at = 0; at < 200; at += 1) hearer.tap((atMs += 150), 100)
    expect(hearer.lateMs()).toBe(beforeMs)
    hearer.hear([on(50, (atMs += 150))], atMs + 100, holding(50))
    hearer.hear([off(50, (atMs += 3_000))], atMs + 100)
    expect(hearer.lateMs()).toBe(beforeMs)
    expect(hearer.tap((atMs += 1_000), 100)).toBe(beforeMs - 100)
    for (let at = 0; at < 50; at += 1) hearer.tap((atMs += 1_000), 100)
    expect(hearer.lateMs()).toBe(115)
  })

  it('[AN11] a key that comes too late does not begin, and does not end', () => {
    const hearer = createHearer()
    expect(hearer.hear([on(60, 0)], LATEST_MS + 1, holding(60))).toEqual([])
    expect(hearer.hear([off(60, 100)], LATEST_MS + 1)).toEqual([])
    hearer.hear([on(62, 2_000)], 2_100, holding(62))
    expect(hearer.hear([off(62, 2_200)], 9_000)).toMatchObject([{ kind: 'off', key: 62 }])
  })
})

describe('what is lost', () => {
  it('[AN5] what nobody holds any more ends after all that is to sound', () => {
    const hearer = createHearer()
    const [begun] = hearer.hear([on(60, 1_000)], 1_100, holding(60))
    expect(hearer.hear([], 1_101)).toEqual([{ kind: 'off', channel: 0, key: 60, memberId: 'ann', atMs: begun?.atMs }])
  })

  it('[AN7] who is silent, leaves or is away holds nothing', () => {
    const hearer = createHearer()
    hearer.hear([on(60, 1_000)], 1_100, holding(60))
    expect(hearer.hush(2_000)).toEqual([])
    expect(hearer.hush(1_100 + SILENT_MS)).toMatchObject([{ kind: 'off', key: 60, atMs: 1_100 + SILENT_MS }])
    expect(hearer.hush(1_200 + SILENT_MS)).toEqual([])
    hearer.hear([on(62, 9_000)], 9_100, holding(62))
    expect(hearer.only(['ann', 'bob'], 9_200)).toEqual([])
    expect(hearer.only(['bob'], 9_300)).toMatchObject([{ kind: 'off', key: 62 }])
    expect(hearer.lateMs()).toBeUndefined()
  })
})

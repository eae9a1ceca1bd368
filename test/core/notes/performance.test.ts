import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sound } from '../../../src/core/notes/hearing'
import { isPedalDown, type Note, type NoteAct, SUSTAIN } from '../../../src/core/notes/note'
import { createSeededRandom } from '../../doubles/seeded-random'
import { someAct } from './a-note'
import { batchesOf, heardFrom, late, served, somePiece, strayKeys } from './a-performance'

const beginnings = <Act extends NoteAct>(acts: readonly Act[]) =>
  acts.filter((act): act is Act & { readonly kind: 'on' } => act.kind === 'on')
const keyOf = (act: Extract<NoteAct, { kind: 'on' }>): number => act.key
const distances = (acts: readonly { readonly atMs: number }[]): readonly number[] =>
  acts.slice(1).map(({ atMs }, index) => atMs - (acts[index]?.atMs ?? 0))
const pedalsDown = (acts: readonly NoteAct[]): readonly number[] => [
  ...acts.reduce((down, act) => {
    if (act.kind !== 'control' || act.controller !== SUSTAIN) return down
    if (isPedalDown(act.value)) down.add(act.channel)
    else down.delete(act.channel)
    return down
  }, new Set<number>()),
]
const isInOrder = (sounds: readonly Sound[]): boolean => distances(sounds).every((ms) => ms >= 0)

/** What becomes of a batch on a way that keeps no promise. */
const fate = fc.record({
  copies: fc.constantFrom(0, 1, 1, 1, 1, 2),
  lateMs: fc.oneof(fc.integer({ min: 20, max: 120 }), fc.integer({ min: 20, max: 4_000 })),
})

describe('notes over a network', () => {
  it('[AN8] whatever is lost, doubled, late or out of order: nothing sticks, and what sounds is in order', () => {
    const piece = fc.array(fc.tuple(someAct, fate), { maxLength: 120 })
    fc.assert(
      fc.property(piece, fc.integer({ min: 0, max: 100 }), (steps, cutAfter) => {
        let atMs = 0
        const acts = steps.map(([{ act, afterMs }]): Note => ({ ...act, atMs: (atMs += afterMs) }))
        const fates = steps.map(([, each]) => each)
        const told = served(batchesOf(acts))
          // A player that falls silent in the middle never says that anything ended.
          .slice(0, cutAfter)
          .flatMap((one, index) => {
            const { copies, lateMs } = fates[index % fates.length] ?? { copies: 1, lateMs: 50 }
            return Array.from({ length: copies }, (_, copy) => ({ ...one, atMs: one.atMs + lateMs * (copy + 1) }))
          })
          .toSorted((a, b) => a.atMs - b.atMs)
        const sounds = heardFrom(told)
        expect(strayKeys(sounds)).toEqual({ stuck: 0, endless: 0 })
        expect(pedalsDown(sounds)).toEqual([])
        expect(isInOrder(sounds)).toBe(true)
      }),
      {
        numRuns: 500,
        examples: [
          // What ended for a loss stood at its moment, and a lever that came late was put before it.
          [
            [
              [
                { afterMs: 0, act: { kind: 'on', channel: 0, key: 60, velocity: 90 } },
                { copies: 1, lateMs: 20 },
              ],
              [
                { afterMs: 400, act: { kind: 'off', channel: 0, key: 60 } },
                { copies: 0, lateMs: 20 },
              ],
              [
                { afterMs: 26, act: { kind: 'control', channel: 0, controller: 64, value: 0 } },
                { copies: 1, lateMs: 81 },
              ],
              [
                { afterMs: 0, act: { kind: 'control', channel: 0, controller: 64, value: 0 } },
                { copies: 2, lateMs: 56 },
              ],
            ],
            4,
          ],
        ],
      },
    )
  })

  it.each([
    { baseMs: 100, jitterMs: 50 },
    { baseMs: 300, jitterMs: 50 },
  ])('[AN13] over $baseMs ± $jitterMs ms each way all notes sound, in order, at their distances', (path) => {
    const errors: number[] = []
    for (let seed = 1; seed <= 20; seed += 1) {
      const chance = createSeededRandom(seed)
      const piece = somePiece(chance, 60_000)
      const arrived = late(batchesOf(piece, chance.between(-40, 40)), chance, path)
      const sounds = heardFrom(late(served(arrived), chance, path), chance.between(-40, 40))
      const [played, heard] = [beginnings(piece), beginnings(sounds)]
      expect(heard.map(keyOf), `seed ${seed}`).toEqual(played.map(keyOf))
      expect(strayKeys(sounds), `seed ${seed}`).toEqual({ stuck: 0, endless: 0 })
      expect(isInOrder(sounds), `seed ${seed}`).toBe(true)
      const are = distances(heard)
      const errorsMs = distances(played).map((ms, index) => Math.abs(ms - (are[index] ?? Number.NaN)))
      const p95 = errorsMs.toSorted((a, b) => a - b)[Math.ceil(errorsMs.length * 0.95) - 1] ?? Number.NaN
      errors.push(p95)
    }
    expect(Math.max(...errors)).toBeLessThanOrEqual(5)
  })
})

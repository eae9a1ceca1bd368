import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { README, readNotesFigures } from '../../../scripts/figures.mjs'
import { drawNotes, mergeNotes, type NotesPiece, withNotes } from './report.mjs'

const MACHINE = { node: 'v20', platform: 'Linux 6', processors: 2, model: 'any' }

const piece = (
  change: Partial<NotesPiece> = {},
  direction: Partial<NotesPiece['directions'][number]> = {},
): NotesPiece => ({
  browsers: ['chromium', 'firefox'],
  versions: ['Chromium 1', 'Firefox 1'],
  oneWay: { baseMs: 100, jitterMs: 50 },
  date: '2026-01-02T03:04:05.000Z',
  loadBefore: 0.2,
  busyShare: 0.3,
  seconds: 60,
  keysDown: 0,
  directions: [
    {
      from: 0,
      to: 1,
      played: 120,
      heard: 120,
      lost: 0,
      extra: 0,
      outOfOrder: 0,
      spacing: { p50Ms: 0.4, p95Ms: 3.2, mostMs: 9 },
      late: { medianMs: 320, p95Ms: 341 },
      ...direction,
    },
  ],
  ...change,
})
const report = (...pieces: readonly NotesPiece[]) => mergeNotes(undefined, MACHINE, pieces)

describe('README’s figures of notes', () => {
  it('[AN17] are what docs/figures/notes.json says, and nothing else', async () => {
    const readme = readFileSync(README, 'utf8')
    expect(withNotes(readme, await readNotesFigures())).toBe(readme)
  })

  it('[AN17] say that nothing was measured, or what, or what fell short', () => {
    expect(drawNotes(undefined)).toMatch(/^Not measured yet/)
    expect(drawNotes(report(piece()))).toContain(
      '| 100 ± 50 ms | Chromium | Firefox | 120 | 0 | 0 | 0 | 0.4 / 3.2 | 320 / 341 |',
    )
    expect(drawNotes(report(piece()))).toContain('All notes came')
    const bad = piece({ keysDown: 1 }, { lost: 2, spacing: { p50Ms: 1, p95Ms: 7, mostMs: 9 } })
    expect(drawNotes(report(bad))).toContain(
      'Short of the goals: 100 ms: 1 keys shown as held when all was over; 100 ms, Chromium to Firefox: 2 notes lost, doubled or out of order; 100 ms, Chromium to Firefox: p95 7.0 ms (goal 5 ms).',
    )
    expect(drawNotes(report(piece({ loadBefore: 3 })))).toContain('not to be quoted')
  })

  it('[AN17] what is measured anew stands in the place of what was there', () => {
    const slow = piece({ oneWay: { baseMs: 300, jitterMs: 50 } })
    const after = mergeNotes(report(piece(), slow), MACHINE, [piece({ date: '2026-02-02T03:04:05.000Z' })])
    expect(after.pieces.map(({ oneWay, date }) => [oneWay.baseMs, date.slice(0, 7)])).toEqual([
      [100, '2026-02'],
      [300, '2026-01'],
    ])
  })
})

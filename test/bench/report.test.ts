import { describe, expect, it } from 'vitest'
import type { Figures } from './figures.mjs'
import { METHODS, readOptions } from './options.mjs'
import { createProgress, expectedSec } from './plan.mjs'
import { aboutOf, mediansOf, mergeReport, type Piece, pieceOf } from './report.mjs'
import { drawReport } from './table.mjs'

const figures = (secondsTo16: number | null, medianMs: number | null): Figures => ({
  secondsTo40: 0.5,
  secondsTo16,
  medianMs,
  p95Ms: 3,
  signedMedianMs: medianMs,
  own: [{ medianMs: 1, p95Ms: 2, signedMedianMs: 1 }, null],
  scheduledSec: 0.4,
  seeks: [2, 2],
  correctiveSeeks: [1, 1],
  seeksWhenQuiet: [0, 0],
  atBaseRate: 0.98,
  rates: { least: 0.95, most: 1.05 },
  windows: { used: 1, discarded: { gap: 0, stall: 0 } },
})

const run = (one: Figures) => ({
  date: '2026-01-01T00:00:00.000Z',
  load1: 1,
  busyShare: 0.4,
  repeats: 0,
  discarded: { gap: 1, stall: 0 },
  figures: one,
})

const piece = (method: string, scenario: string, all: readonly Figures[]): Piece =>
  pieceOf({
    method,
    browsers: ['chromium', 'chromium'],
    versions: ['Chromium 1', 'Chromium 1'],
    scenario,
    loadBefore: 0.2,
    outcomes: all.map(run),
  })
const about = aboutOf({ node: 'v20', platform: 'Linux', processors: 2, model: 'any' })

describe('the report of the benchmark', () => {
  it('[E65] the median of runs counts what was never reached as worse than anything', () => {
    expect(mediansOf([figures(1, 2), figures(3, 4), figures(2, 9)])).toMatchObject({
      secondsTo16: 2,
      medianMs: 4,
      correctiveSeeks: 2,
    })
    expect(mediansOf([figures(1, 2), figures(null, 2), figures(2, 2)]).secondsTo16).toBe(2)
    expect(mediansOf([figures(null, 2), figures(null, 2), figures(2, 2)]).secondsTo16).toBeNull()
    expect(mediansOf([figures(1, null)]).medianMs).toBeNull()
  })

  it('[E65] new pieces take the place of the same method, browsers and scenario; the others stay', () => {
    const heard = (seconds: number) => ({
      method: 'tutti',
      browsers: ['chromium', 'firefox'],
      date: '2026-01-01T00:00:00.000Z',
      loadBefore: 0.2,
      heard: {
        seconds,
        medianMs: 1,
        p95Ms: 2,
        signedMedianMs: 1,
        trendMsPerMin: 0,
        clicks: [0, 0],
        discardedSec: {},
        versions: [],
      },
    })
    const before = {
      about,
      pieces: [piece('tutti', 'seek', [figures(1, 9)]), piece('syncplay', 'seek', [figures(1, 9)])],
      heard: [heard(10)],
    }
    const after = mergeReport(before, about, {
      pieces: [piece('tutti', 'seek', [figures(1, 1)]), piece('tutti', 'cold', [figures(1, 1)])],
      heard: [],
    })
    expect(after.pieces.map(({ method, scenario, medians }) => [method, scenario, medians?.medianMs])).toEqual([
      ['syncplay', 'seek', 9],
      ['tutti', 'seek', 1],
      ['tutti', 'cold', 1],
    ])
    expect(after.heard).toEqual([heard(10)])
    expect(mergeReport(after, about, { pieces: [], heard: [heard(20)] }).heard).toEqual([heard(20)])
  })

  it('[E65] figures from a busy machine are marked, what a wire can not say and what failed is told', () => {
    const busy = { ...piece('tutti', 'seek', [figures(0.2, 1.2)]), loadBefore: 2.4 }
    const where = { method: 'syncplay', browsers: ['chromium', 'chromium'], versions: [], loadBefore: 0.2 }
    const none = pieceOf({ ...where, scenario: 'rate', outcomes: undefined })
    const failed = pieceOf({
      ...where,
      scenario: 'late',
      outcomes: [{ why: 'no window' }, { ...run(figures(1, 1)), failedBefore: 'a browser died' }],
    })
    const text = drawReport([busy, none, failed], []).join('\n')
    expect(text).toMatch(/tutti +chromium\+chromium +seek +0\.50 +0\.20 +1\.2 +3\.0 +1\.0\/– +2 \(0\) +98\.0 %/)
    expect(text).toMatch(/syncplay +chromium\+chromium +rate +no\n/)
    expect(text).toContain('1 of 3 rows were measured on a machine that was busy')
    expect(text).toContain('syncplay, late failed: no window')
    expect(text).toContain('syncplay, late was done again: a browser died')
    expect(drawReport([piece('tutti', 'seek', [figures(0.2, 1.2)])], []).join('\n')).not.toContain('busy')
  })

  it('[E68] says how far it is and about how long the rest takes; who is late repeats nothing', () => {
    const wish = readOptions(['--heard'])
    if (wish.kind !== 'bench') throw new Error(wish.kind)
    const expected = expectedSec(wish)
    expect(expected).toHaveLength(3 + 5 + 1 + 2)
    // The whole of it is promised to stay below 45 minutes, and without listening below 31.
    expect(expected.reduce((sum, sec) => sum + sec, 0)).toBeLessThan(45 * 60)
    expect(expected.slice(0, 9).reduce((sum, sec) => sum + sec, 0)).toBeLessThan(31 * 60)
    const all = {
      ...wish,
      parts: [],
      scenarios: [],
      listen: [{ method: 'tutti', pair: ['chromium', 'chromium'], seconds: 120 }],
    } as const
    const progress = createProgress(all, 0)
    expect(progress.tell(60_000)).toBe('0 of 1, 1.0 min, about 2.0 min to go')
    expect(progress.hasTime(200_000)).toBe(true)
    expect(progress.hasTime(301_000)).toBe(false)
    progress.ended(200_000)
    expect(progress.tell(200_000)).toBe('1 of 1, 3.3 min, about 0.0 min to go')
  })
})

describe('what can be asked of the benchmark', () => {
  it('[E66] all of it is ours three times and once in the mixed pair, and each peer once', () => {
    const wish = readOptions([])
    if (wish.kind !== 'bench') throw new Error(wish.kind)
    expect(wish.parts.map(({ method, pair, runs }) => `${method} ${pair.join()} ${runs}`)).toEqual([
      'tutti chromium,chromium 3',
      ...METHODS.slice(1).map((method) => `${method} chromium,chromium 1`),
      'tutti chromium,firefox 1',
    ])
    expect(wish.scenarios).toHaveLength(8)
    expect(wish.seconds).toBe(60)
    expect(wish.listen).toEqual([])
  })

  it('[E66] a piece of it can be asked for; what is not known is said', () => {
    expect(
      readOptions([
        '--method',
        'syncplay,tutti',
        '--scenario',
        'seek',
        '--browsers',
        'chromium,firefox',
        '--seconds',
        '20',
      ]),
    ).toEqual({
      kind: 'bench',
      parts: [
        { method: 'tutti', pair: ['chromium', 'firefox'], runs: 1 },
        { method: 'syncplay', pair: ['chromium', 'firefox'], runs: 1 },
      ],
      scenarios: ['seek'],
      seconds: 20,
      listen: [],
    })
    for (const wrong of [
      ['--method', 'magic'],
      ['--scenario', 'lunch'],
      ['--browsers', 'chromium'],
      ['--seconds', '0'],
      ['--loud'],
      ['--scenario', 'none'],
      ['--heard', '--method', 'syncplay'],
      ['--heard-seconds', '20'],
    ])
      expect(readOptions(wrong).kind).toBe('wrong')
  })
  it('[E66] ours can be listened to as well, or only', () => {
    const listen = (...args: string[]) => {
      const wish = readOptions(['--heard', ...args])
      return wish.kind === 'bench' ? wish.listen.map(({ pair, seconds }) => `${pair.join()} ${seconds}`) : [wish.kind]
    }
    expect(listen()).toEqual(['chromium,chromium 120', 'chromium,firefox 600'])
    expect(listen('--browsers', 'firefox,chromium', '--scenario', 'none')).toEqual(['firefox,chromium 600'])
    expect(listen('--heard-seconds', '20')).toEqual(['chromium,chromium 20', 'chromium,firefox 20'])
  })
})

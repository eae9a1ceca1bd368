import { describe, expect, it } from 'vitest'
import type { Figures } from './figures.mjs'
import { METHODS, readOptions } from './options.mjs'
import { aboutOf, drawReport, mediansOf, mergeReport, type Piece } from './report.mjs'

const figures = (secondsTo16: number | null, medianMs: number | null): Figures => ({
  secondsTo40: 0.5,
  secondsTo16,
  medianMs,
  p95Ms: 3,
  signedMedianMs: medianMs,
  own: [{ medianMs: 1, p95Ms: 2, signedMedianMs: 1 }, null],
  seeks: [1, 1],
  seeksWhenQuiet: [0, 0],
  atBaseRate: 0.98,
  rates: { least: 0.95, most: 1.05 },
  windows: { used: 1, discarded: { gap: 0, stall: 0 } },
})

const piece = (method: string, scenario: string, all: readonly Figures[]): Piece => ({
  method,
  browsers: ['chromium', 'chromium'],
  versions: ['Chromium 1', 'Chromium 1'],
  scenario,
  loadBefore: 0.2,
  runs: all.map((one) => ({
    date: '2026-01-01T00:00:00.000Z',
    load1: 1,
    busyShare: 0.4,
    repeats: 0,
    discarded: { gap: 1, stall: 0 },
    figures: one,
  })),
  medians: mediansOf(all),
})
const about = aboutOf({ node: 'v20', platform: 'Linux', processors: 2, model: 'any' })

describe('the report of the benchmark', () => {
  it('[E65] the median of runs counts what was never reached as worse than anything', () => {
    expect(mediansOf([figures(1, 2), figures(3, 4), figures(2, 9)])).toMatchObject({
      secondsTo16: 2,
      medianMs: 4,
      seeks: 2,
    })
    expect(mediansOf([figures(1, 2), figures(null, 2), figures(2, 2)]).secondsTo16).toBe(2)
    expect(mediansOf([figures(null, 2), figures(null, 2), figures(2, 2)]).secondsTo16).toBeNull()
    expect(mediansOf([figures(1, null)]).medianMs).toBeNull()
  })

  it('[E65] new pieces take the place of the same method, browsers and scenario; the others stay', () => {
    const before = {
      about,
      pieces: [piece('tutti', 'seek', [figures(1, 9)]), piece('syncplay', 'seek', [figures(1, 9)])],
    }
    const after = mergeReport(before, about, [
      piece('tutti', 'seek', [figures(1, 1)]),
      piece('tutti', 'cold', [figures(1, 1)]),
    ])
    expect(after.pieces.map(({ method, scenario, medians }) => [method, scenario, medians?.medianMs])).toEqual([
      ['syncplay', 'seek', 9],
      ['tutti', 'seek', 1],
      ['tutti', 'cold', 1],
    ])
  })

  it('[E65] figures from a busy machine are marked, what a wire can not say is told', () => {
    const busy = { ...piece('tutti', 'seek', [figures(0.2, 1.2)]), loadBefore: 2.4 }
    const { medians: _, ...none } = { ...piece('syncplay', 'rate', []), notCarried: true }
    const text = drawReport([busy, none]).join('\n')
    expect(text).toMatch(/tutti +chromium\+chromium +seek +0\.50 +0\.20 +1\.2 +3\.0 +1\.0\/– +2 \(0\) +98\.0 %/)
    expect(text).toMatch(/syncplay +chromium\+chromium +rate +no/)
    expect(text).toContain('1 of 2 rows were measured on a machine that was busy')
    expect(drawReport([piece('tutti', 'seek', [figures(0.2, 1.2)])]).join('\n')).not.toContain('busy')
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
    })
    for (const wrong of [
      ['--method', 'magic'],
      ['--scenario', 'lunch'],
      ['--browsers', 'chromium'],
      ['--seconds', '0'],
      ['--loud'],
    ])
      expect(readOptions(wrong).kind).toBe('wrong')
  })
})

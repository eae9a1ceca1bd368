import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { README, readFigures } from '../../scripts/figures.mjs'
import type { Figures } from './figures.mjs'
import { drawReadme, judge, withFigures } from './readme.mjs'
import { aboutOf, pieceOf, type Report } from './report.mjs'

const figures = (change: Partial<Figures>): Figures => ({
  secondsTo40: 0.5,
  secondsTo16: 0.6,
  medianMs: 1.2,
  p95Ms: 3,
  signedMedianMs: 1,
  own: [null, null],
  scheduledSec: 0.4,
  seeks: [1, 1],
  correctiveSeeks: [0, 0],
  seeksWhenQuiet: [0, 0],
  atBaseRate: 0.98,
  rates: null,
  windows: { used: 1, discarded: { gap: 0, stall: 0 } },
  ...change,
})

const piece = (method: string, browsers: string[], scenario: string, change: Partial<Figures>) =>
  pieceOf({
    method,
    browsers,
    versions: browsers.map((kind) => `${kind} 1`),
    scenario,
    loadBefore: 0.2,
    outcomes: [
      {
        date: '2026-01-02T03:04:05.000Z',
        load1: 1,
        busyShare: 0.4,
        repeats: 0,
        discarded: { gap: 2, stall: 1 },
        figures: figures(change),
      },
    ],
  })

const same = ['chromium', 'chromium']
const mixed = ['chromium', 'firefox']
const report: Report = {
  about: aboutOf({ node: 'v20', platform: 'Linux 6', processors: 2, model: 'any' }),
  pieces: [
    piece('syncplay', same, 'cold', { secondsTo16: null, correctiveSeeks: [1, 2] }),
    pieceOf({ method: 'syncplay', browsers: same, versions: [], scenario: 'rate', loadBefore: 0, outcomes: undefined }),
    piece('tutti', same, 'cold', {}),
    piece('tutti', same, 'steady', { p95Ms: 5.2 }),
    piece('tutti', mixed, 'steady', { medianMs: 3.9, p95Ms: 7.9 }),
  ],
  heard: [
    {
      method: 'tutti',
      browsers: mixed,
      date: '2026-01-03T03:04:05.000Z',
      loadBefore: 0.2,
      heard: {
        seconds: 600,
        medianMs: 7,
        p95Ms: 12,
        signedMedianMs: 6,
        trendMsPerMin: -0.1,
        clicks: [0, 1],
        discardedSec: { 'under-run': 3 },
        versions: [],
      },
    },
  ],
}

describe('the figures in README', () => {
  it('[E70] README says exactly what the figures that lie in the repository say', async () => {
    const readme = readFileSync(README, 'utf8')
    expect(withFigures(readme, await readFigures())).toBe(readme)
  })

  it('[E70] ours stands beside the methods of the peers, with what each wire can not do', () => {
    const rows = drawReadme(report)
      .split('\n')
      .filter((line) => line.startsWith('| **Tutti') || line.startsWith('| Syncplay'))
    expect(rows.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual([
      ['', '**Tutti**, two Chromiums', '0.60', '', '', '', '', '', '', '1.2 / 5.2', '0', '98.0 %', ''],
      ['', '**Tutti**, Chromium and Firefox', '', '', '', '', '', '', '', '3.9 / 7.9', '0', '98.0 %', ''],
      ['', 'Syncplay thresholds', 'never', '', '', '', 'no', '', '', '', '3', '–', ''],
      ['', '**Tutti**, Chromium and Firefox', '600 s', '7.0 / 12.0', '-0.10', '1', '3 s under-run', ''],
    ])
    const text = drawReadme(report)
    expect(text).toContain('from 2026-01-02 to 2026-01-03')
    expect(text).toContain('discarded: 8 because the machine was elsewhere for more than 0.1 s, 4 because')
    expect(text).not.toContain('not to be quoted')
  })

  it('[E70] what fell short of a goal is said', () => {
    const short = judge(report).filter(({ reached }) => !reached)
    expect(short.map(({ what, was, goal }) => `${what} ${was} ${goal}`)).toEqual([
      'two Chromiums, steady: p95 skew 5.2 ms 5.0 ms',
      'heard, Chromium and Firefox: clicks 1 0',
    ])
    expect(drawReadme(report)).toContain('Short of its goal: two Chromiums, steady: p95 skew 5.2 ms (goal 5.0 ms);')
    const late = { ...report, pieces: [piece('tutti', same, 'cold', { secondsTo16: 0.71 })], heard: [] }
    expect(judge(late)).toEqual([
      { what: 'two Chromiums, cold start: under 16 ms', was: '0.71 s', goal: '0.70 s', reached: false },
    ])
  })

  it('[E70] before anything was measured it says so', () => {
    expect(drawReadme(undefined)).toContain('Not measured yet')
    expect(() => withFigures('no markers here', report)).toThrow('README.md has no')
  })
})

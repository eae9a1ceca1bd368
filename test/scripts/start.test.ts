import { describe, expect, it } from 'vitest'
import { parseRange } from '../../scripts/film-server.mjs'
import { isNodeNewEnough } from '../../scripts/setup.mjs'
import { windowsOf } from '../../scripts/start/act.mjs'
import { isUsual } from '../../scripts/start/hall.mjs'
import { readOptions, USAGE, whyTakenByNpm, whyUnwritable } from '../../scripts/start/options.mjs'
import { sumUp, tellSummary } from '../../scripts/start/summary.mjs'
import { createTable, drawLine, drawTable, formatMs, formatPosition } from '../../scripts/start/table.mjs'
import { recentSkew } from '../../scripts/start/watch.mjs'

describe('what npm start can be asked', () => {
  it('[E4] two Chromium windows until Ctrl-C, unless asked otherwise', () => {
    expect(readOptions([])).toEqual({ kind: 'watch', browsers: ['chromium', 'chromium'] })
    const asked = ['--seconds', '25', '--json', 'out.json', '--picture', 'out.png', '--browsers', 'chromium, Firefox']
    expect(readOptions(asked)).toEqual({
      kind: 'watch',
      browsers: ['chromium', 'firefox'],
      seconds: 25,
      json: 'out.json',
      picture: 'out.png',
    })
    expect(readOptions(['--no-browser'])).toEqual({ kind: 'server-only' })
    expect(readOptions(['--help'])).toEqual({ kind: 'help' })
  })

  it.each([
    [['--fast'], '--fast'],
    [['once'], 'once'],
    [['--browsers', 'chromium'], '--browsers'],
    [['--browsers', 'chromium,opera'], '--browsers'],
    [['--seconds', 'ten'], '--seconds'],
    [['--seconds', '5'], '--seconds'],
    [['--seconds', '500'], '--seconds'],
    [['--json', 'out.json'], '--json'],
    [['--picture', 'out.png'], '--picture'],
    [['--no-browser', '--seconds', '25'], '--no-browser'],
  ])('[E4] %j is an error that names what is wrong', (args, named) => {
    const wish = readOptions(args)
    expect(wish.kind).toBe('wrong')
    expect(wish.kind === 'wrong' && wish.why).toContain(named)
  })

  it.each([
    [{ npm_config_browser: '' }, '--no-browser'],
    [{ npm_config_browser: 'false' }, '--no-browser'],
    [{ npm_config_seconds: '25' }, '--seconds 25'],
    [{ npm_config_seconds: 'true', npm_config_json: 'true' }, '--seconds N --json FILE'],
  ])('[E4] options that npm took for its own are told: %j', (env, told) => {
    expect(whyTakenByNpm({ npm_lifecycle_event: 'start', ...env })).toBe(`Put -- before options: npm start -- ${told}`)
    expect(whyTakenByNpm(env)).toBeUndefined()
  })

  it('[E4] what npm was really told is left to npm', () => {
    const env = { npm_lifecycle_event: 'start', npm_config_browser: 'xdg-open', npm_config_loglevel: 'silent' }
    expect(whyTakenByNpm(env)).toBeUndefined()
  })

  it('[E4] a file in a folder that is not there is told before anything is opened', () => {
    const wish = { kind: 'watch', browsers: [], seconds: 25, json: 'out/run.json', picture: 'run.png' } as const
    expect(whyUnwritable(wish, (path) => path === '.')).toBe(
      "--json out/run.json can't be written: there is no folder out.",
    )
    expect(whyUnwritable({ ...wish, json: 'run.json', picture: 'away/run.png' }, (path) => path === '.')).toContain(
      '--picture',
    )
    expect(whyUnwritable(wish, () => true)).toBeUndefined()
  })

  it('[E4] the usage names every option', () => {
    for (const option of ['--browsers', '--seconds', '--json', '--picture', '--no-browser', '--help'])
      expect(USAGE).toContain(option)
  })
})

describe('the table', () => {
  const rows = [
    {
      name: 'Brave Otter',
      browser: 'Chromium 156',
      role: 'host',
      positionSec: 61.25,
      says: '0.4 ms',
      state: 'playing',
    },
    { name: 'Clever Fox', browser: 'Firefox 153', role: 'member', positionSec: 61.24, skewMs: -3.21, state: 'playing' },
  ]

  it('[E5] shows member, browser, role, position, both skews and state, in columns', () => {
    const lines = drawTable(rows)
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^member +browser +role +position +skew +Tutti says +state$/)
    expect(lines[2]).toMatch(/^Brave Otter +Chromium 156 +host +1:01\.2 +0\.4 ms +playing$/)
    expect(lines[3]).toMatch(/^Clever Fox +Firefox 153 +member +1:01\.2 +−3\.2 ms +– +playing$/)
  })

  it('[E5] is one line a second where there is no terminal', () => {
    const written: string[] = []
    const out = { isTTY: false, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream
    const table = createTable(out)
    table.show(1, rows)
    table.show(2, rows)
    expect(written).toHaveLength(2)
    expect(written.join('')).not.toContain('\x1b')
    expect(written[1]).toBe(`${drawLine(2, rows)}\n`)
    expect(written[1]).toMatch(/Clever Fox 1:01\.2 playing −3\.2 ms/)
  })

  it('[E5] right after a jump there is no skew that the positions beside it belie', () => {
    const before = [-21_542, -21_541, -21_543]
    expect(recentSkew(before, 30.4, 30.4)).toBeUndefined()
    expect(recentSkew(before, 30.4, 8.86)).toBe(-21_542)
    expect(recentSkew([1, 2, 3], 30.4, 30.45)).toBe(2)
    expect(recentSkew([], 30.4, 30.4)).toBeUndefined()
  })

  it('[E5] figures are short and have units', () => {
    expect(formatPosition(undefined)).toBe('–')
    expect(formatPosition(119.99)).toBe('1:59.9')
    expect(formatMs(-0.44)).toBe('−0.4 ms')
    expect(formatMs(-0.04)).toBe('±0.0 ms')
    expect(formatMs(123.4)).toBe('+123 ms')
  })
})

/** A member whose player runs `aheadMs` ahead of the film's clock, looked at every 25 ms for 20 s. */
function member(name: string, aheadMs: number, stalls: number[] = []) {
  const looks = Array.from({ length: 800 }, (_, index) => ({
    atMs: index * 25,
    positionSec: (index * 25 + aheadMs) / 1000,
    rate: 1,
    paused: false,
    steady: true,
  }))
  const watched = { looks, samples: looks, stalls, seeks: [1, 2], heldSeeks: [] as number[] }
  return { name, browser: 'Chromium', role: 'member', watched }
}

describe('summing up', () => {
  it('[E6] measures only settled playing, from each act to the next', () => {
    const acted = [
      { atMs: 0, playing: true },
      { atMs: 8000, playing: true },
      { atMs: 10_000, playing: false },
      { atMs: 12_000, playing: true },
    ]
    expect(windowsOf(acted, 20_000)).toEqual([
      { fromMs: 3500, toMs: 8000 },
      { fromMs: 15_500, toMs: 20_000 },
    ])
  })

  it('[E6] is good only if every member followed and has a median under 40 ms', () => {
    const windows = [{ fromMs: 3500, toMs: 8000 }]
    const { summary } = sumUp([member('A', 0), member('B', 12)], windows)
    expect(summary).toEqual({
      ok: true,
      members: [
        { name: 'A', browser: 'Chromium', role: 'member', medianSkewMs: 0, p95SkewMs: 0, seeks: 2 },
        { name: 'B', browser: 'Chromium', role: 'member', medianSkewMs: 12, p95SkewMs: 12, seeks: 2 },
      ],
      pairSkew: { medianMs: 12, p95Ms: 12 },
    })
    expect(sumUp([member('A', 0), member('B', -41)], windows).summary).toMatchObject({ ok: false, why: 'out-of-time' })
    const standing = member('B', 0)
    standing.watched.samples = []
    expect(sumUp([member('A', 0), standing], windows).summary).toMatchObject({
      ok: false,
      why: 'not-followed',
      members: [{}, { medianSkewMs: null }],
    })
    expect(tellSummary(summary).join('\n')).toContain('All followed')
  })

  it('[E3] a window that a stall spoils is left out and told, not counted', () => {
    const windows = [
      { fromMs: 3500, toMs: 8000 },
      { fromMs: 12_000, toMs: 18_000 },
    ]
    const { discarded, summary } = sumUp([member('A', 0), member('B', 3, [5000])], windows)
    expect(discarded).toEqual([{ window: windows[0], why: 'stall' }])
    expect(summary.ok).toBe(true)
  })

  it('[E6] where too little could be measured that is the verdict, and there are no figures', () => {
    const windows = [{ fromMs: 3500, toMs: 5400 }]
    const short = sumUp([member('A', 0), member('B', 3)], windows).summary
    expect(short).toMatchObject({ ok: false, why: 'not-measured', pairSkew: { medianMs: null, p95Ms: null } })
    expect(tellSummary(short).at(-1)).toBe(
      'Not enough could be measured: the machine was too busy. Close something, or take more --seconds.',
    )
    const spoilt = sumUp([member('A', 0), member('B', 90, [5000])], [{ fromMs: 3500, toMs: 8000 }]).summary
    expect(spoilt.why).toBe('not-measured')
  })

  it('[E6] whose window was closed has not followed, and the others keep their figures', () => {
    const windows = [{ fromMs: 3500, toMs: 8000 }]
    const closed = { ...member('B', 0), watched: undefined }
    const { summary, discarded } = sumUp([member('A', 0), closed, member('C', 3)], windows)
    expect(discarded).toEqual([])
    expect(summary).toMatchObject({
      ok: false,
      why: 'not-followed',
      members: [{ medianSkewMs: 0 }, { medianSkewMs: null, p95SkewMs: null, seeks: 0 }, { medianSkewMs: 3 }],
      pairSkew: { medianMs: 3 },
    })
    const firstClosed = sumUp([{ ...member('A', 0), watched: undefined }, member('B', 3)], windows).summary
    expect(firstClosed.why).toBe('not-followed')
    expect(tellSummary(firstClosed).join('\n')).toContain('not measured')
  })

  it('[E6] a run that was stopped gets no verdict', () => {
    const { summary } = sumUp([member('A', 0), member('B', 3)], [])
    expect(tellSummary(summary, { stopped: true }).at(-1)).toBe('Stopped before the end.')
  })
})

describe('what stands under the scripts', () => {
  it('[E7] an older Node is named before anything is tried', () => {
    expect(isNodeNewEnough('20.19.0')).toBe(true)
    expect(isNodeNewEnough('22.1.0')).toBe(true)
    expect(isNodeNewEnough('20.18.3')).toBe(false)
    expect(isNodeNewEnough('18.20.0')).toBe(false)
  })

  it('[E4] a server that the extension does not find by itself is known', () => {
    expect(isUsual('http://127.0.0.1:4747')).toBe(true)
    expect(isUsual('http://127.0.0.1:40123')).toBe(false)
  })

  it('[E8] the film is served in ranges', () => {
    expect(parseRange('bytes=0-', 100)).toEqual({ start: 0, end: 99 })
    expect(parseRange('bytes=10-19', 100)).toEqual({ start: 10, end: 19 })
    expect(parseRange('bytes=90-500', 100)).toEqual({ start: 90, end: 99 })
    expect(parseRange('bytes=-5', 100)).toEqual({ start: 95, end: 99 })
    expect(parseRange('bytes=200-', 100)).toBeUndefined()
    expect(parseRange(undefined, 100)).toBeUndefined()
  })
})

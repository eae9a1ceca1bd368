/**
 * README's account of the benchmark, made from its figures: one table of ours beside the peers' methods, one of what is heard,
 * and in plain words what fell short of a goal. Pure: the same figures make the same text.
 */

import { PEERS } from './methods/peers.mjs'
import { OURS } from './options.mjs'
import { QUIET_LOAD } from './report.mjs'
import { SCENARIOS } from './scenarios.mjs'

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('./report.mjs').Piece} Piece */
/** @typedef {import('./report.mjs').HeardPiece} HeardPiece */

export const BEGIN = '<!-- figures -->'
export const END = '<!-- /figures -->'
const COMMAND = 'npm run bench:sync -- --heard --json docs/figures/sync.json'

/** The goals, for two Chromiums and for the mixed pair. */
const GOALS = {
  same: { medianMs: 2, p95Ms: 5, heardMedianMs: 3, heardP95Ms: 8 },
  mixed: { medianMs: 4, p95Ms: 8, heardMedianMs: 8, heardP95Ms: 15 },
  atBaseRate: 0.95,
  afterScheduleSec: 0.3,
  lateSec: 1.8,
  /** Less than this in a minute is not growing: ten minutes then stay within the bound. */
  trendMsPerMin: 0.5,
}

/** @param {readonly string[]} browsers */
const isMixed = (browsers) => new Set(browsers).size > 1
/** @param {readonly string[]} browsers */
const pairTitle = (browsers) =>
  isMixed(browsers) ? 'Chromium and Firefox' : browsers[0] === 'firefox' ? 'two Firefoxes' : 'two Chromiums'
/** @param {string} method */
const titleOf = (method) => (method === OURS ? 'Tutti' : (PEERS.find(({ id }) => id === method)?.title ?? method))

/** @param {number | null | undefined} value @param {number} digits */
const told = (value, digits) => (value === null || value === undefined ? '–' : value.toFixed(digits))

/** @param {Report} report */
const rowKeys = ({ pieces }) =>
  [OURS, ...PEERS.map(({ id }) => id)].flatMap((method) => {
    const pairs = new Set(pieces.filter((piece) => piece.method === method).map(({ browsers }) => browsers.join()))
    return [...pairs].sort().map((pair) => ({ method, pair }))
  })

/** @param {Piece | undefined} piece */
function tellSeconds(piece) {
  if (!piece) return ''
  if (piece.notCarried) return 'no'
  if (!piece.medians) return 'failed'
  return piece.medians.secondsTo16 === null ? 'never' : piece.medians.secondsTo16.toFixed(2)
}

/** @param {readonly (readonly string[])[]} rows the head first @returns {string[]} */
function table([head = [], ...rows]) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)]
}

const DISTURBED = SCENARIOS.filter(({ id }) => id !== 'steady')

/** @param {Report} report */
function mainTable(report) {
  const rows = rowKeys(report).map(({ method, pair }) => {
    const own = report.pieces.filter((piece) => piece.method === method && piece.browsers.join() === pair)
    const of = (/** @type {string} */ id) => own.find(({ scenario }) => scenario === id)
    const steady = of('steady')?.medians
    const all = own.flatMap(({ medians }) => (medians ? [medians.correctiveSeeks ?? 0] : []))
    const name = method === OURS ? `**Tutti**, ${pairTitle(pair.split(','))}` : titleOf(method)
    return [
      name,
      ...DISTURBED.map(({ id }) => tellSeconds(of(id))),
      steady ? `${told(steady.medianMs, 1)} / ${told(steady.p95Ms, 1)}` : of('steady') ? 'failed' : '',
      all.length > 0 ? `${all.reduce((sum, seeks) => sum + seeks, 0)}` : '–',
      steady?.atBaseRate === null || !steady ? '–' : `${(100 * steady.atBaseRate).toFixed(1)} %`,
    ]
  })
  return table([
    ['', ...DISTURBED.map(({ title }) => title), 'steady: median / p95 ms', 'seeks', 'at base rate'],
    ...rows,
  ])
}

/** @param {Readonly<Record<string, number>>} discardedSec */
function tellDiscarded(discardedSec) {
  const parts = Object.entries(discardedSec).map(([why, sec]) => `${sec} s ${why}`)
  return parts.length > 0 ? parts.join(', ') : 'nothing'
}

/** @param {readonly HeardPiece[]} heard */
function heardTable(heard) {
  return table([
    ['heard', 'listened', 'median / p95 ms', 'grows by ms a minute', 'clicks', 'left out'],
    ...heard.map(({ browsers, heard: one }) =>
      one
        ? [
            `**Tutti**, ${pairTitle(browsers)}`,
            `${one.seconds} s`,
            `${told(one.medianMs, 1)} / ${told(one.p95Ms, 1)}`,
            told(one.trendMsPerMin, 2),
            `${one.clicks.reduce((sum, clicks) => sum + clicks, 0)}`,
            tellDiscarded(one.discardedSec),
          ]
        : [`**Tutti**, ${pairTitle(browsers)}`, 'failed', '', '', '', ''],
    ),
  ])
}

/**
 * @param {Report} report
 * @returns {{ what: string, was: string, goal: string, reached: boolean }[]} all that can be judged by these figures
 */
export function judge({ pieces, heard }) {
  /** @type {{ what: string, was: string, goal: string, reached: boolean }[]} */
  const found = []
  /**
   * @param {string} what @param {number | null | undefined} value @param {number} most
   * @param {string} unit @param {number} digits
   */
  const atMost = (what, value, most, unit, digits) =>
    found.push({
      what,
      was: value === null || value === undefined ? 'never' : `${value.toFixed(digits)}${unit}`,
      goal: `${most.toFixed(digits)}${unit}`,
      reached: value !== null && value !== undefined && value <= most,
    })
  for (const { browsers, scenario, medians, method } of pieces) {
    if (method !== OURS || !medians) continue
    const who = `${pairTitle(browsers)}, ${SCENARIOS.find(({ id }) => id === scenario)?.title ?? scenario}`
    if (scenario === 'steady') {
      const goals = isMixed(browsers) ? GOALS.mixed : GOALS.same
      atMost(`${who}: median skew`, medians.medianMs, goals.medianMs, ' ms', 1)
      atMost(`${who}: p95 skew`, medians.p95Ms, goals.p95Ms, ' ms', 1)
      atMost(`${who}: seeks`, medians.correctiveSeeks, 0, '', 0)
      const share = medians.atBaseRate ?? 0
      found.push({
        what: `${who}: at the base rate`,
        was: `${(100 * share).toFixed(1)} %`,
        goal: `${100 * GOALS.atBaseRate} %`,
        reached: share >= GOALS.atBaseRate,
      })
    }
    if (isMixed(browsers)) continue
    if (scenario === 'late') atMost(`${who}: under 16 ms`, medians.secondsTo16, GOALS.lateSec, ' s', 2)
    // Where nothing was scheduled ahead, there is nothing to be waited for.
    if (['cold', 'seek', 'stall'].includes(scenario))
      atMost(`${who}: under 16 ms`, medians.secondsTo16, (medians.scheduledSec ?? 0) + GOALS.afterScheduleSec, ' s', 2)
  }
  for (const { browsers, heard: one } of heard) {
    if (!one) continue
    const goals = isMixed(browsers) ? GOALS.mixed : GOALS.same
    const who = `heard, ${pairTitle(browsers)}`
    atMost(`${who}: median skew`, one.medianMs, goals.heardMedianMs, ' ms', 1)
    atMost(`${who}: p95 skew`, one.p95Ms, goals.heardP95Ms, ' ms', 1)
    if (isMixed(browsers))
      atMost(`${who}: growth`, Math.abs(one.trendMsPerMin ?? 0), GOALS.trendMsPerMin, ' ms a minute', 2)
    atMost(
      `${who}: clicks`,
      one.clicks.reduce((sum, clicks) => sum + clicks, 0),
      0,
      '',
      0,
    )
  }
  return found
}

/** @param {Report} report @returns {string} */
function tellGoals(report) {
  const all = judge(report)
  const short = all.filter(({ reached }) => !reached)
  if (short.length === 0) return `All ${all.length} goals that these figures can judge were reached.`
  const list = short.map(({ what, was, goal }) => `${what} ${was} (goal ${goal})`).join('; ')
  return `${all.length - short.length} of ${all.length} goals were reached. Short of its goal: ${list}.`
}

/** @param {Report} report */
function tellWhere({ about: { machine, network }, pieces, heard }) {
  const runs = pieces.flatMap((piece) => piece.runs)
  const dates = [...runs.map(({ date }) => date), ...heard.map(({ date }) => date)]
    .map((date) => date.slice(0, 10))
    .sort()
  const [first, last] = [dates[0], dates.at(-1)]
  const versions = [
    ...new Set([...pieces, ...heard.flatMap((piece) => piece.heard ?? [])].flatMap((piece) => piece.versions)),
  ]
  const discarded = (/** @type {'gap' | 'stall'} */ why) => runs.reduce((sum, run) => sum + run.discarded[why], 0)
  const again = runs.filter(({ failedBefore }) => failedBefore !== undefined).length
  const failed = pieces.reduce((sum, { failures = [] }) => sum + failures.length, 0)
  const busy = Math.max(0, ...[...pieces, ...heard].map(({ loadBefore }) => loadBefore))
  const { behindMs, driftPpm } = network.wrongClock
  return [
    `Measured ${first === last ? `on ${first}` : `from ${first} to ${last}`} by \`${COMMAND}\` on a machine with ${machine.processors} processors (${machine.model}, ${machine.platform}, Node ${machine.node}): ${versions.sort().join(', ')}.`,
    `One way ${network.oneWay.map((way) => way.replace(', both directions', '')).join(' and ')}; the second person's clock ${behindMs} ms behind and drifting by ${driftPpm} ppm.`,
    `Tutti with two Chromiums: medians of ${Math.max(0, ...pieces.filter(({ method }) => method === OURS).map((piece) => piece.runs.length))} runs, everything else one run.`,
    `Windows of 5 s that were discarded: ${discarded('gap')} because the machine was elsewhere for more than 0.1 s, ${discarded('stall')} because a player stalled by itself; scenarios done again after a failure: ${again}; failed: ${failed}.`,
    ...(busy > QUIET_LOAD ? [`The machine was busy before it began (load ${busy.toFixed(1)}): not to be quoted.`] : []),
  ]
}

/** @param {Report | undefined} report @returns {string} what stands between the markers */
export function drawReadme(report) {
  if (!report || report.pieces.length === 0) return `Not measured yet: \`${COMMAND}\`, then \`npm run figures\`.`
  return [
    'Seconds after the end of each disturbance until the two players are less than 16 ms apart and stay so for 3 s; then 60 s of steady playing.',
    '',
    ...mainTable(report),
    '',
    'Seeks: all that nobody asked for, over all scenarios. “no”: the wire has no such thing. The peers’ methods are small followers on the same film, network and browsers, written from their published sources ([test/bench/methods](test/bench/methods) says how and what differs); they are not those programs.',
    ...(report.heard.length > 0
      ? [
          '',
          ...heardTable(report.heard),
          '',
          'Heard: the place in the film at each loudspeaker, recorded in one stream; `currentTime`, from which the table above is, is blind to it. Clicks: above -50 dBFS, that the film does not have.',
        ]
      : []),
    '',
    tellGoals(report),
    '',
    ...tellWhere(report),
    'Every run, each player’s own skew and the first 15 s are in [docs/figures/sync.json](docs/figures/sync.json); `--help` says how to measure a piece of it.',
  ].join('\n')
}

/** @param {string} readme @param {Report | undefined} report @returns {string} README with what the figures say between its markers */
export function withFigures(readme, report) {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} and ${END}.`)
  return `${readme.slice(0, from + BEGIN.length)}\n${drawReadme(report)}\n${readme.slice(to)}`
}

/** What the benchmark prints: a line for what was just measured, and the table of everything at the end. Pure. */
import { QUIET_LOAD } from './report.mjs'

/** @typedef {import('./figures.mjs').Figures} Figures */
/** @typedef {import('./report.mjs').HeardPiece} HeardPiece */
/** @typedef {import('./report.mjs').Piece} Piece */
/** @typedef {import('./report.mjs').Run} Run */

/** @param {number | null | undefined} value @param {number} [digits] */
const told = (value, digits = 1) => (value === null || value === undefined ? '–' : value.toFixed(digits))

/** @param {Figures} figures @returns {string} one line while it goes on */
export function tellFigures({ secondsTo40, secondsTo16, medianMs, p95Ms, windows }) {
  if (windows.used === 0) return 'No window was worth anything.'
  return `<40 ms after ${told(secondsTo40, 2)} s, <16 ms after ${told(secondsTo16, 2)} s, median ${told(medianMs)} ms, p95 ${told(p95Ms)} ms`
}

const LEGEND =
  'Seconds from the end of the disturbance; skews in ms; seeks: those that nobody asked for (all in the quiet window); – is never, or not measured.'

/** @param {readonly Run[]} runs @returns {string} how many windows, by why */
function tellDiscarded(runs) {
  const of = (/** @type {'gap' | 'stall'} */ why) => runs.reduce((sum, { discarded }) => sum + discarded[why], 0)
  const counts = /** @type {const} */ (['gap', 'stall']).flatMap((why) => (of(why) > 0 ? [`${of(why)} ${why}`] : []))
  return counts.length > 0 ? counts.join(', ') : '0'
}

/** @param {HeardPiece} piece @returns {string} */
function tellHeard({ method, browsers, heard, failures = [] }) {
  const who = `heard, ${method}, ${browsers.join(' and ')}`
  if (!heard) return `${who}: failed: ${failures.join('; ')}`
  const left = Object.entries(heard.discardedSec).map(([why, sec]) => `${sec} s ${why}`)
  return `${who}: ${heard.seconds} s, median ${told(heard.medianMs)} ms, p95 ${told(heard.p95Ms)} ms, trend ${told(heard.trendMsPerMin, 2)} ms a minute, clicks ${heard.clicks.join('/')}, left out ${left.length > 0 ? left.join(', ') : 'nothing'}`
}

/** @param {readonly Piece[]} pieces @param {readonly HeardPiece[]} heard @returns {string[]} lines */
export function drawReport(pieces, heard) {
  const head = [
    'method',
    'browsers',
    'scenario',
    '<40 s',
    '<16 s',
    'median',
    'p95',
    'own',
    'seeks',
    'base rate',
    'rates',
    'runs',
    'discarded',
  ]
  /** @param {readonly string[]} where @param {NonNullable<Piece['medians']>} medians @param {readonly string[]} end */
  const row = (where, medians, end) => [
    ...where,
    told(medians.secondsTo40, 2),
    told(medians.secondsTo16, 2),
    told(medians.medianMs),
    told(medians.p95Ms),
    medians.ownMedianMs.map((ms) => told(ms)).join('/'),
    `${told(medians.correctiveSeeks, 0)} (${told(medians.seeksWhenQuiet, 0)})`,
    medians.atBaseRate === null ? '–' : `${(100 * medians.atBaseRate).toFixed(1)} %`,
    `${told(medians.leastRate, 3)}..${told(medians.mostRate, 3)}`,
    ...end,
  ]
  const rows = pieces.flatMap(({ method, browsers, scenario, runs, medians, firstMedians, notCarried, seconds }) => {
    const where = [method, browsers.join('+')]
    if (!medians) return [[...where, scenario, notCarried ? 'no' : 'failed']]
    return [
      row([...where, seconds === undefined ? scenario : `${scenario} ${seconds} s`], medians, [
        `${runs.length}`,
        tellDiscarded(runs),
      ]),
      ...(firstMedians ? [row([...where, '  its first 15 s'], firstMedians, [])] : []),
    ]
  })
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const busy = pieces.filter(({ loadBefore }) => loadBefore > QUIET_LOAD)
  const troubles = pieces.flatMap(({ method, scenario, failures = [], runs }) => [
    ...failures.map((why) => `${method}, ${scenario} failed: ${why}`),
    ...runs.flatMap(({ failedBefore }) =>
      failedBefore === undefined ? [] : [`${method}, ${scenario} was done again: ${failedBefore}`],
    ),
  ])
  return [
    ...(pieces.length > 0 ? [...lines, '', LEGEND] : []),
    ...(busy.length > 0
      ? [
          `${busy.length} of ${pieces.length} rows were measured on a machine that was busy before it began (load up to ${Math.max(...busy.map(({ loadBefore }) => loadBefore)).toFixed(1)}): not to be quoted.`,
        ]
      : []),
    ...troubles,
    ...heard.map(tellHeard),
  ]
}

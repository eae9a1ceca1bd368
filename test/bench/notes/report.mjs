/**
 * What the measurement of notes keeps, and README's account of it: the same figures make the same text. Pure; reads and writes no file.
 */
import { round } from '../figures.mjs'
import { QUIET_LOAD } from '../report.mjs'

/** @typedef {import('../options.mjs').Pair} Pair */
/** @typedef {import('./figures.mjs').DuetFigures} DuetFigures */

/**
 * @typedef {object} NotesPiece
 * @property {Pair} browsers the first person's first
 * @property {readonly string[]} versions
 * @property {import('../network.mjs').Path} oneWay of each
 * @property {string} date
 * @property {number} loadBefore the machine's load before anything was opened
 * @property {number} busyShare of all processors, while it was played
 * @property {number} seconds
 * @property {number} keysDown shown as held when all was over
 * @property {readonly (DuetFigures & { from: number, to: number })[]} directions
 */

/** @typedef {{ node: string, platform: string, processors: number, model: string }} Machine */
/** @typedef {{ machine: Machine, notes: readonly string[], pieces: readonly NotesPiece[] }} NotesReport */

export const BEGIN = '<!-- notes figures -->'
export const END = '<!-- /notes figures -->'
const COMMAND = 'npm run bench:notes -- --json docs/figures/notes.json'
const SPACING_GOAL_MS = 5

export const NOTES = [
  'Played is when the browser stamps the key going down; heard is when it has risen to half its loudness at the other’s loudspeaker, both loudspeakers recorded by one clock.',
  'Late is from the finger to the other’s ear: both ways of the network, the play-out delay and the sound output of the browser.',
  'Off is how much the distance of two notes in a row, as heard, differs from the distance as played; chords are part of it.',
  'A path is one way, of each person: a note crosses two of them.',
]

/** @param {NotesPiece} piece */
const keyOf = ({ browsers, oneWay }) => `${browsers.join()} ${oneWay.baseMs} ${oneWay.jitterMs}`

/**
 * @param {NotesReport | undefined} before @param {Machine} machine @param {readonly NotesPiece[]} fresh
 * @returns {NotesReport} what was measured anew stands in the place of what was there
 */
export function mergeNotes(before, machine, fresh) {
  const anew = new Set(fresh.map(keyOf))
  const pieces = [...(before?.pieces ?? []).filter((piece) => !anew.has(keyOf(piece))), ...fresh]
  return {
    machine,
    notes: NOTES,
    pieces: pieces.sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true })),
  }
}

/** @param {readonly string[]} browsers @param {number} index */
const nameOf = (browsers, index) => (browsers[index] === 'firefox' ? 'Firefox' : 'Chromium')

/** @param {readonly NotesPiece[]} pieces the head first @returns {string[][]} */
export function rowsOf(pieces) {
  return [
    [
      'one way',
      'played in',
      'heard in',
      'notes',
      'lost',
      'doubled',
      'out of order',
      'off: median / p95 ms',
      'late: median / p95 ms',
    ],
    ...pieces.flatMap(({ browsers, oneWay, directions }) =>
      directions.map(({ from, to, played, lost, extra, outOfOrder, spacing, late }) => [
        `${oneWay.baseMs} ± ${oneWay.jitterMs} ms`,
        nameOf(browsers, from),
        nameOf(browsers, to),
        `${played}`,
        `${lost}`,
        `${extra}`,
        `${outOfOrder}`,
        `${spacing.p50Ms.toFixed(1)} / ${spacing.p95Ms.toFixed(1)}`,
        `${late.medianMs.toFixed(0)} / ${late.p95Ms.toFixed(0)}`,
      ]),
    ),
  ]
}

/** @param {NotesReport} report @returns {string[]} what fell short of a goal, in words */
export function shortOfGoals({ pieces }) {
  return pieces.flatMap(({ browsers, oneWay, directions, keysDown }) => {
    const where = `${oneWay.baseMs} ms`
    return [
      ...(keysDown > 0 ? [`${where}: ${keysDown} keys shown as held when all was over`] : []),
      ...directions.flatMap(({ from, to, lost, extra, outOfOrder, spacing }) => {
        const who = `${where}, ${nameOf(browsers, from)} to ${nameOf(browsers, to)}`
        const wrong = lost + extra + outOfOrder
        return [
          ...(wrong > 0 ? [`${who}: ${wrong} notes lost, doubled or out of order`] : []),
          ...(spacing.p95Ms > SPACING_GOAL_MS
            ? [`${who}: p95 ${spacing.p95Ms.toFixed(1)} ms (goal ${SPACING_GOAL_MS} ms)`]
            : []),
        ]
      }),
    ]
  })
}

/** @param {NotesReport | undefined} report @returns {string} what stands between the markers */
export function drawNotes(report) {
  if (!report || report.pieces.length === 0) return `Not measured yet: \`${COMMAND}\`, then \`npm run figures\`.`
  const { machine, pieces } = report
  const [head = [], ...rows] = rowsOf(pieces)
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  const short = shortOfGoals(report)
  const dates = [...new Set(pieces.map(({ date }) => date.slice(0, 10)))].sort()
  const versions = [...new Set(pieces.flatMap((piece) => piece.versions))].sort()
  const busy = round(Math.max(...pieces.map(({ loadBefore }) => loadBefore)), 1) ?? 0
  return [
    line(head),
    line(head.map((_, column) => (column < 3 ? '---' : '--:'))),
    ...rows.map(line),
    '',
    ...NOTES.slice(0, 3),
    short.length === 0
      ? `All notes came, in order, none was stuck, and 95 of 100 distances were within ${SPACING_GOAL_MS} ms.`
      : `Short of the goals: ${short.join('; ')}.`,
    '',
    `Measured on ${dates.join(' and ')} by \`${COMMAND}\` on a machine with ${machine.processors} processors (${machine.model}, ${machine.platform}, Node ${machine.node}): ${versions.join(', ')}. Load before it began: ${busy}${busy > QUIET_LOAD ? ', which is busy: not to be quoted' : ''}.`,
  ].join('\n')
}

/** @param {string} readme @param {NotesReport | undefined} report @returns {string} README with what the figures say between its markers */
export function withNotes(readme, report) {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} and ${END}.`)
  return `${readme.slice(0, from + BEGIN.length)}\n${drawNotes(report)}\n${readme.slice(to)}`
}

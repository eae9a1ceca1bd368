/**
 * What the benchmark keeps: pieces of figures by method, browsers and scenario, with medians over runs, and what was heard.
 * Pure; reads and writes no file.
 */
import { quantile } from '../../scripts/drive/skew.mjs'
import { round } from './figures.mjs'
import { PATHS, WRONG_CLOCK } from './network.mjs'

/** @typedef {import('./figures.mjs').Figures} Figures */

/**
 * @typedef {object} Run
 * @property {string} date
 * @property {number} load1 the machine's load over the last minute as the scenario began, our own browsers included
 * @property {number} busyShare of all processors, while it ran
 * @property {number} repeats how often it was done again because no window was worth anything
 * @property {{ gap: number, stall: number }} discarded windows, those of the repeats included
 * @property {Figures} figures
 * @property {Figures} [firstSeconds] of a fresh stream, listed apart
 * @property {string} [failedBefore] why it came to nothing the first time, if it was tried again
 */

/**
 * @typedef {object} Piece
 * @property {string} method
 * @property {readonly string[]} browsers kinds, the first person's first
 * @property {readonly string[]} versions
 * @property {string} scenario
 * @property {number} [seconds] of the steady scenario
 * @property {boolean} [notCarried] the method's wire has no such thing
 * @property {readonly string[]} [failures] runs that came to no figures, and why
 * @property {number} loadBefore the machine's load before anything was opened: above 1.5 the figures are not to be quoted
 * @property {readonly Run[]} runs
 * @property {ReturnType<typeof mediansOf>} [medians]
 * @property {ReturnType<typeof mediansOf>} [firstMedians] of the first seconds of a fresh stream
 */

/**
 * What people would hear: the same film from both players, both loudspeakers recorded by one clock. The recording and what is read from
 * it is `heard/listen.mjs`: `listen({ pair, seconds, opened, over }) → Promise<Heard>`, where `opened` takes everything that has to be
 * closed again and `over` is the signal that ends it early.
 * @typedef {object} Heard
 * @property {number} seconds that were listened to, the discarded ones included
 * @property {number | null} medianMs of the size of the pair skew at the loudspeaker
 * @property {number | null} p95Ms
 * @property {number | null} signedMedianMs second minus first, + is the second ahead
 * @property {number | null} trendMsPerMin how fast the signed skew grew
 * @property {readonly number[]} clicks above -50 dBFS that the film does not have, of each player
 * @property {Readonly<Record<string, number>>} discardedSec by why
 * @property {{ medianMs: number | null, p95Ms: number | null, signedMedianMs: number | null }} [byCurrentTime] of the same windows
 * @property {readonly string[]} versions of the browsers
 */

/**
 * @typedef {object} HeardPiece
 * @property {string} method
 * @property {readonly string[]} browsers
 * @property {string} date
 * @property {number} loadBefore
 * @property {Heard} [heard] nothing if it failed
 * @property {readonly string[]} [failures]
 */

/** @typedef {{ about: ReturnType<typeof aboutOf>, pieces: readonly Piece[], heard: readonly HeardPiece[] }} Report */

export const QUIET_LOAD = 1.5

export const NOTES = [
  'Figures come from outside: currentTime of each page on the clock that all processes of the machine share. They are blind to what is heard.',
  'Pair skew is second minus first. Seconds count from the end of the disturbance (the act itself, the end of stall, block or pause) until the 5-point median stays within the bound for 3 s.',
  'Median, p95, own skew and the share at the base rate are of a window of 5 s that begins 3.5 s after the disturbance; of the steady scenario, of 5 s windows from the 15th second on.',
  'The second person’s clock is wrong and drifts: the proxy moves every moment in frames to and from that client, which to it is the same as its own clock being wrong. A drift of its sound against its clock is not made here; the simulation has it.',
  'Corrective seeks are those that neither a person nor a scheduled start asked for: of a seek, a start, a speed or a join each player’s first one is everybody’s, and a paused player may be put in its place. The other seek figures count all.',
  'Of the steady scenario the first 15 s are apart: in a fresh stream currentTime may wander while the sound is right. It goes on from the cold start before it.',
  'A stall is a film whose bytes stop coming: the second person’s, in a mixed pair that of Chromium, since Firefox shows nothing of it and skips what it missed.',
  'Own skew is against the timeline as the server told it, where the method has one (for ours: heard by a third member without a player).',
  'The peers’ methods are small followers in the page, written from their published sources, on the same film, network and browsers; “no” means that their wire has no such thing.',
]

/** @param {{ node: string, platform: string, processors: number, model: string }} machine */
export function aboutOf(machine) {
  return {
    command: 'npm run bench:sync -- --heard --json FILE',
    machine,
    network: {
      oneWay: PATHS.map(({ baseMs, jitterMs }) => `${baseMs} ± ${jitterMs} ms, both directions`),
      wrongClock: WRONG_CLOCK,
    },
    notes: NOTES,
  }
}

/** @param {readonly (number | null)[]} values @returns {number | null} nothing if one of them was never reached */
function median(values) {
  const known = values.filter((value) => value !== null)
  if (known.length === 0 || known.length * 2 <= values.length) return null
  // What was never reached is worse than anything.
  const all = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  const middle = quantile(all, 0.5)
  return Number.isFinite(middle) ? round(middle, 4) : null
}

/** @param {readonly Figures[]} runs */
export function mediansOf(runs) {
  /** @param {(figures: Figures) => number | null | undefined} pick */
  const of = (pick) => median(runs.map((figures) => pick(figures) ?? null))
  const sum = (/** @type {readonly number[]} */ counts) => counts.reduce((total, count) => total + count, 0)
  return {
    secondsTo40: of(({ secondsTo40 }) => secondsTo40),
    secondsTo16: of(({ secondsTo16 }) => secondsTo16),
    medianMs: of(({ medianMs }) => medianMs),
    p95Ms: of(({ p95Ms }) => p95Ms),
    ownMedianMs: [0, 1].map((index) => of(({ own }) => own[index]?.medianMs)),
    ownP95Ms: [0, 1].map((index) => of(({ own }) => own[index]?.p95Ms)),
    scheduledSec: of(({ scheduledSec }) => scheduledSec),
    correctiveSeeks: of(({ correctiveSeeks }) => sum(correctiveSeeks)),
    seeksWhenQuiet: of(({ seeksWhenQuiet }) => sum(seeksWhenQuiet)),
    atBaseRate: of(({ atBaseRate }) => atBaseRate),
    leastRate: of(({ rates }) => rates?.least),
    mostRate: of(({ rates }) => rates?.most),
  }
}

/**
 * @param {object} part
 * @param {string} part.method
 * @param {readonly string[]} part.browsers
 * @param {readonly string[]} part.versions
 * @param {string} part.scenario
 * @param {number} [part.seconds]
 * @param {number} part.loadBefore
 * @param {readonly (Run | { why: string })[] | undefined} part.outcomes nothing if the method's wire has no such thing
 * @returns {Piece}
 */
export function pieceOf({ outcomes, seconds, ...part }) {
  const runs = (outcomes ?? []).flatMap((outcome) => ('why' in outcome ? [] : [outcome]))
  const failures = (outcomes ?? []).flatMap((outcome) => ('why' in outcome ? [outcome.why] : []))
  const first = runs.flatMap(({ firstSeconds }) => (firstSeconds ? [firstSeconds] : []))
  return {
    ...part,
    ...(seconds !== undefined && { seconds }),
    ...(!outcomes && { notCarried: true }),
    ...(failures.length > 0 && { failures }),
    runs,
    ...(runs.length > 0 && { medians: mediansOf(runs.map(({ figures }) => figures)) }),
    ...(first.length > 0 && { firstMedians: mediansOf(first) }),
  }
}

/** @param {{ method: string, browsers: readonly string[], scenario?: string }} piece */
const keyOf = ({ method, browsers, scenario = 'heard' }) => `${method} ${browsers.join()} ${scenario}`

/**
 * @template {{ method: string, browsers: readonly string[], scenario?: string }} P
 * @param {readonly P[]} before @param {readonly P[]} fresh
 */
function inPlace(before, fresh) {
  const keys = new Set(fresh.map(keyOf))
  return [...before.filter((piece) => !keys.has(keyOf(piece))), ...fresh]
}

/**
 * @param {Report | undefined} before @param {ReturnType<typeof aboutOf>} about
 * @param {{ pieces: readonly Piece[], heard: readonly HeardPiece[] }} fresh
 * @returns {Report} fresh pieces in place of those of the same method, browsers and scenario
 */
export function mergeReport(before, about, fresh) {
  return {
    about,
    pieces: inPlace(before?.pieces ?? [], fresh.pieces),
    heard: inPlace(before?.heard ?? [], fresh.heard),
  }
}

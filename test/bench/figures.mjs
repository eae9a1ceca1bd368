/**
 * The figures of one scenario, from what was seen of both players from outside. Pure arithmetic: no browser, no clock.
 * Says how quickly the players came together, how far apart they then were, and what it took.
 */
import { GRID_MS, pairSkew, positionAt, quantile, sizeOf, whyInvalid } from '../../scripts/drive/skew.mjs'

/** @typedef {import('../../scripts/drive/skew.mjs').Sample} Sample */
/** @typedef {import('../../scripts/drive/skew.mjs').Window} Window */
/** @typedef {import('../../scripts/drive/skew-meter.mjs').Watched} Watched */
/** @typedef {{ atMs: number, skewMs: number }} Skew */
/** @typedef {{ positionSec: number, rate: number, playing: boolean, atMs: number }} Line */
/** What a server told: from then on these lines count, each from its `atMs`; the first also before. */
/** @typedef {{ toldMs: number, lines: readonly Line[] }} Told */

/** Nearer than 40 ms is the same film frame, nearer than 16 ms nobody hears an echo. */
export const BOUNDS_MS = { near: 40, close: 16 }
const HELD_MS = 3_000
/** Of the moments in those 3 s so many must have been seen. */
const SEEN_SHARE = 0.8
const MEDIAN_OF = 5
/** What counts as the base rate. */
const BASE_RATE_WITHIN = 0.0005
/** A `waiting` so soon after a seek belongs to the seek. */
const SEEK_WAITS_MS = 1_000

/** @param {readonly Skew[]} skews by time @returns {Skew[]} each the median of five around it */
export function smooth(skews) {
  const half = (MEDIAN_OF - 1) / 2
  return skews.map(({ atMs }, index) => {
    const around = skews.slice(Math.max(0, index - half), index + half + 1)
    return {
      atMs,
      skewMs: quantile(
        around.map(({ skewMs }) => skewMs),
        0.5,
      ),
    }
  })
}

/**
 * @param {readonly Skew[]} skews by time
 * @param {number} boundMs
 * @param {Window} within from the end of the disturbance to the end of what was watched
 * @returns {number | null} seconds until they were nearer than that and stayed so for 3 s; nothing if they never did
 */
export function secondsUntil(skews, boundMs, { fromMs, toMs }) {
  const seen = smooth(skews.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs))
  const enough = (HELD_MS / GRID_MS) * SEEN_SHARE
  for (const [index, { atMs }] of seen.entries()) {
    if (atMs + HELD_MS > toMs) return null
    const held = seen.slice(index).filter((later) => later.atMs <= atMs + HELD_MS)
    if (held.length >= enough && held.every(({ skewMs }) => Math.abs(skewMs) < boundMs))
      return round((atMs - fromMs) / 1000, 2)
  }
  return null
}

/**
 * Where the server's timeline was at a moment.
 * @param {readonly Told[]} history by time @param {number} atMs
 * @returns {number | undefined} nothing while it stood
 */
export function linePositionAt(history, atMs) {
  const told = history.findLast(({ toldMs }) => toldMs <= atMs)
  const line = told?.lines.findLast((line, index) => index === 0 || line.atMs <= atMs)
  if (!line?.playing || line.atMs > atMs) return undefined
  return line.positionSec + (line.rate * (atMs - line.atMs)) / 1000
}

/**
 * A player's own skew to the server's timeline.
 * @param {readonly Sample[]} samples @param {readonly Told[]} history @param {Window} window
 * @returns {number[]} ms, + is ahead
 */
export function ownSkews(samples, history, { fromMs, toMs }) {
  const found = []
  for (let atMs = Math.ceil(fromMs / GRID_MS) * GRID_MS; atMs <= toMs; atMs += GRID_MS) {
    const here = positionAt(samples, atMs)
    const there = linePositionAt(history, atMs)
    if (here !== undefined && there !== undefined) found.push((here - there) * 1000)
  }
  return found
}

/**
 * What was asked of the players, so that doing it is no correction.
 * @typedef {object} Asked
 * @property {readonly [number, number]} jumps so many seeks of each player are the person's own, or follow the act as everybody's do
 * @property {boolean} starts did somebody ask for a start, or does a room that waited start again? Then a paused player may be put in its place
 */

/**
 * Seeks that nobody and no schedule asked for.
 * @param {Watched} watched @param {Window} window @param {number} jumps @param {boolean} starts
 */
export function correctiveSeeks({ seeks, heldSeeks }, { fromMs, toMs }, jumps, starts) {
  const held = new Set(starts ? heldSeeks : [])
  const moved = seeks.filter((atMs) => atMs >= fromMs && atMs <= toMs && !held.has(atMs))
  return Math.max(0, moved.length - jumps)
}

/**
 * How long after the disturbance the server let everybody start: the last line of what it told next, if that lay ahead.
 * @param {readonly Told[]} history by time @param {number} endMs @param {number} toMs
 * @returns {number | null} seconds
 */
export function scheduledAfter(history, endMs, toMs) {
  const told = history.find(({ toldMs, lines }) => toldMs >= endMs && toldMs <= toMs && lines.at(-1)?.playing)
  const atMs = told?.lines.at(-1)?.atMs
  return told && atMs !== undefined && atMs > told.toldMs ? round((atMs - endMs) / 1000, 2) : null
}

/** @param {readonly number[]} moments @param {Window} window */
const countIn = (moments, { fromMs, toMs }) => moments.filter((atMs) => atMs >= fromMs && atMs <= toMs).length

/**
 * @param {Watched} watched @param {Window} window
 * @returns {'gap' | 'stall' | undefined}
 */
export function whyWorthless({ looks, stalls, seeks }, window) {
  const unprovoked = stalls.filter((atMs) => !seeks.some((seekMs) => atMs >= seekMs && atMs - seekMs < SEEK_WAITS_MS))
  return whyInvalid({ samples: looks, stalls: unprovoked }, window)
}

/** @param {readonly Sample[]} looks @param {number} baseRate @returns {number | null} */
export function baseRateShare(looks, baseRate) {
  if (looks.length === 0) return null
  const atBase = looks.filter(({ rate }) => Math.abs(rate - baseRate) <= BASE_RATE_WITHIN)
  return atBase.length / looks.length
}

/** @param {Window} window @param {number} eachMs @returns {Window[]} pieces of that length; a rest is left out */
export function pieces({ fromMs, toMs }, eachMs) {
  return Array.from({ length: Math.floor((toMs - fromMs) / eachMs + 1e-9) }, (_, index) => ({
    fromMs: fromMs + index * eachMs,
    toMs: fromMs + (index + 1) * eachMs,
  }))
}

/**
 * @typedef {object} Seen
 * @property {readonly [Watched, Watched]} players
 * @property {readonly Told[] | undefined} history of the server's timeline, where the method has one
 * @property {number} endMs of the disturbance
 * @property {number} fromMs its beginning
 * @property {readonly Window[]} steady windows in which all should be quiet
 * @property {number} toMs
 * @property {number} baseRate
 * @property {Asked} asked
 */

/** @typedef {ReturnType<typeof figuresOf>} Figures */

/** @param {Seen} seen */
export function figuresOf({ players, history, fromMs, endMs, toMs, steady, baseRate, asked }) {
  const [first, second] = players
  /** @type {Record<'gap' | 'stall', number>} */
  const discarded = { gap: 0, stall: 0 }
  const good = steady.filter((window) => {
    const why = players.map((watched) => whyWorthless(watched, window)).find((found) => found !== undefined)
    if (why) discarded[why] += 1
    return !why
  })
  const skews = pairSkew(first.samples, second.samples, { fromMs: endMs, toMs })
  const quiet = good.flatMap((window) => pairSkew(first.samples, second.samples, window).map(({ skewMs }) => skewMs))
  const size = sizeOf(quiet)
  const whole = { fromMs, toMs }
  const looks = players.flatMap((watched) =>
    watched.looks.filter(({ atMs }) => good.some((window) => atMs >= window.fromMs && atMs <= window.toMs)),
  )
  const rates = players.flatMap(({ looks }) =>
    looks.flatMap(({ atMs, rate, steady }) => (steady && atMs >= endMs && atMs <= toMs ? [rate] : [])),
  )
  return {
    secondsTo40: secondsUntil(skews, BOUNDS_MS.near, { fromMs: endMs, toMs }),
    secondsTo16: secondsUntil(skews, BOUNDS_MS.close, { fromMs: endMs, toMs }),
    medianMs: round(size?.medianMs, 1),
    p95Ms: round(size?.p95Ms, 1),
    signedMedianMs: quiet.length > 0 ? round(quantile(quiet, 0.5), 1) : null,
    own: players.map(({ samples }) => {
      const own = good.flatMap((window) => ownSkews(samples, history ?? [], window))
      const ownSize = sizeOf(own)
      return ownSize
        ? {
            medianMs: round(ownSize.medianMs, 1),
            p95Ms: round(ownSize.p95Ms, 1),
            signedMedianMs: round(quantile(own, 0.5), 1),
          }
        : null
    }),
    scheduledSec: scheduledAfter(history ?? [], endMs, toMs),
    seeks: players.map(({ seeks }) => countIn(seeks, whole)),
    correctiveSeeks: players.map((watched, index) =>
      correctiveSeeks(watched, whole, asked.jumps[index] ?? 0, asked.starts),
    ),
    seeksWhenQuiet: players.map(({ seeks }) => good.reduce((sum, window) => sum + countIn(seeks, window), 0)),
    atBaseRate: round(baseRateShare(looks, baseRate), 4),
    rates: spanOf(rates),
    windows: { used: good.length, discarded },
  }
}

/** @param {number | null | undefined} value @param {number} digits @returns {number | null} */
export function round(value, digits) {
  return value === null || value === undefined ? null : Number(value.toFixed(digits))
}

/** @param {readonly number[]} values too many, perhaps, to be the arguments of one call */
function spanOf(values) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)]
  return values.length > 0 ? { least: round(least, 4), most: round(most, 4) } : null
}

/**
 * From a recording of both loudspeakers to windows of half a second: where in the film each player is heard, how far that is
 * apart, and what `currentTime` says of the same instant. Pure: samples come in, windows go out.
 */
import { positionAt } from '../../../scripts/drive/skew.mjs'
import { filmHas, findClicks, findHoles, highPart } from './disturbed.mjs'
import { createFinder, PIECE_FRAMES } from './place.mjs'

/** @typedef {import('../../../scripts/drive/skew-meter.mjs').Watched} Watched */
/** @typedef {import('./loudspeakers.mjs').Arrival} Arrival */
/** @typedef {{ noise: Int16Array, tone: Int16Array }} Sound one player's two channels, or the film's */

/**
 * @typedef {object} HeardWindow
 * @property {number} atMs of its middle
 * @property {'own seek' | 'stall' | 'under-run' | 'after an under-run' | 'not made out'} [why] it tells nothing of the skew
 * @property {number} [skewMs] second minus first at the loudspeakers
 * @property {number} [currentTimeSkewMs] of the same instant
 */

/**
 * @typedef {object} HeardClick
 * @property {0 | 1} player
 * @property {number} atMs
 * @property {number | null} filmSec where in the film
 * @property {number} dbfs
 * @property {boolean} atHole the machine made it: the sound broke off there
 */

/** @typedef {{ player: 0 | 1, atMs: number, forMs: number, why: 'own seek' | 'stall' | 'under-run' }} Silence */

export const WINDOW_MS = 500
export const CLICK_DBFS = -50
/** The sound of a seek breaks off a little before or after the page says so. */
const SEEK = { beforeMs: 150, afterMs: 800 }
const AT_HOLE_MS = 60
/** What the machine swallowed the player has to make up for first. */
const AFTER_UNDER_RUN_MS = 2_000
/** The quickest arrival of so long says how late the recording is at least. */
const QUICKEST_OF_MS = 5_000

/**
 * @param {readonly Arrival[]} arrivals by time @param {number} sampleRate
 * @returns {(frame: number) => number} when that frame was recorded, on the machine's clock, late by the recording's own delay
 */
export function clockOf(arrivals, sampleRate) {
  const eachFrames = (QUICKEST_OF_MS * sampleRate) / 1000
  /** @type {Map<number, { frames: number, zeroMs: number }>} */
  const quickest = new Map()
  // A rest at the end is too short to have had a quick one of its own.
  const lastBin = Math.max(0, Math.floor((arrivals.at(-1)?.frames ?? 0) / eachFrames) - 1)
  for (const { atMs, frames } of arrivals) {
    const bin = Math.min(lastBin, Math.floor(frames / eachFrames))
    const zeroMs = atMs - (frames * 1000) / sampleRate
    if (zeroMs < (quickest.get(bin)?.zeroMs ?? Number.POSITIVE_INFINITY)) quickest.set(bin, { frames, zeroMs })
  }
  const anchors = [...quickest.values()]
  return (frame) => {
    const after = anchors.find(({ frames }) => frames >= frame) ?? anchors.at(-1)
    const before = anchors.findLast(({ frames }) => frames <= frame) ?? anchors[0]
    if (!before || !after) throw new Error('Nothing was recorded.')
    const share = after.frames > before.frames ? (frame - before.frames) / (after.frames - before.frames) : 0
    return before.zeroMs + (after.zeroMs - before.zeroMs) * share + (frame * 1000) / sampleRate
  }
}

/** @param {readonly number[]} moments @param {number} fromMs @param {number} toMs */
const anyIn = (moments, fromMs, toMs) => moments.some((atMs) => atMs >= fromMs && atMs <= toMs)

/** @param {Watched} watched @param {number} fromMs @param {number} toMs @returns {Silence['why']} */
function causeOf({ looks, stalls, seeks }, fromMs, toMs) {
  if (anyIn(seeks, fromMs - SEEK.afterMs, toMs + SEEK.beforeMs)) return 'own seek'
  const stood = looks.some(({ atMs, steady }) => atMs >= fromMs && atMs <= toMs && !steady)
  return stood || anyIn(stalls, fromMs - SEEK.afterMs, toMs + SEEK.beforeMs) ? 'stall' : 'under-run'
}

/**
 * @param {object} what
 * @param {readonly [Sound, Sound]} what.recorded
 * @param {Sound} what.film
 * @param {number} what.sampleRate
 * @param {(frame: number) => number} what.clock
 * @param {readonly [Watched, Watched]} what.players
 * @param {{ fromMs: number, toMs: number }} what.within
 * @returns {{ windows: HeardWindow[], clicks: HeardClick[], silences: Silence[] }}
 */
export function readRecording({ recorded, film, sampleRate, clock, players, within }) {
  const { find } = createFinder(film.noise)
  const toMs = 1000 / sampleRate
  const sides = /** @type {const} */ ([0, 1])
  const inside = (/** @type {number} */ atMs) => atMs >= within.fromMs && atMs <= within.toMs

  const silences = sides.flatMap((player) =>
    findHoles(recorded[player].noise, sampleRate).flatMap(({ fromFrame, toFrame }) => {
      const [fromMs, endMs] = [clock(fromFrame), clock(toFrame)]
      if (!inside(fromMs) && !inside(endMs)) return []
      return [{ player, atMs: fromMs, forMs: endMs - fromMs, why: causeOf(players[player], fromMs, endMs) }]
    }),
  )

  /** The place heard last, and the recording's frame then. @type {({ frame: number, heard: number } | undefined)[]} */
  const last = [undefined, undefined]
  /** @param {0 | 1} player @param {number} frame @returns {number | undefined} the film's frame that is heard there */
  const hear = (player, frame) => {
    const before = last[player]
    const shownSec = positionAt(players[player].samples, clock(frame))
    const hints = [
      ...(before ? [before.heard + frame - before.frame] : []),
      ...(shownSec === undefined ? [] : [shownSec * sampleRate]),
    ]
    const found = find(recorded[player].noise, frame, hints)
    if (found) last[player] = { frame, heard: found.frame }
    return found?.frame
  }

  /** @type {HeardWindow[]} */
  const windows = []
  /** Where in the film each was at the middle of a window: clicks are placed by it. @type {Map<number, number>[]} */
  const places = [new Map(), new Map()]
  const eachFrames = (WINDOW_MS * sampleRate) / 1000
  const frames = Math.min(recorded[0].noise.length, recorded[1].noise.length)
  for (let index = 0; (index + 1) * eachFrames <= frames; index++) {
    const middle = index * eachFrames + eachFrames / 2
    const atMs = clock(middle)
    if (atMs - WINDOW_MS / 2 < within.fromMs || atMs + WINDOW_MS / 2 > within.toMs) continue
    const [first, second] = sides.map((player) => hear(player, middle))
    for (const player of sides) {
      const heard = player === 0 ? first : second
      if (heard !== undefined) places[player]?.set(index, heard)
    }
    const [shownFirst, shownSecond] = players.map(({ samples }) => positionAt(samples, atMs))
    const reachMs = Math.max(WINDOW_MS / 2, (PIECE_FRAMES / 2) * toMs)
    const silent = silences.filter((one) => one.atMs + one.forMs > atMs - reachMs && one.atMs < atMs + reachMs)
    const broken = silent.some(({ why }) => why === 'under-run')
    const late = silences.some(
      ({ why, atMs: fromMs, forMs }) =>
        why === 'under-run' && fromMs < atMs && fromMs + forMs > atMs - reachMs - AFTER_UNDER_RUN_MS,
    )
    const seen = shownFirst !== undefined && shownSecond !== undefined
    windows.push({
      atMs,
      ...(broken
        ? { why: 'under-run' }
        : first === undefined || second === undefined
          ? { why: silent[0]?.why ?? 'not made out' }
          : late
            ? { why: 'after an under-run' }
            : { skewMs: (second - first) * toMs }),
      ...(seen && { currentTimeSkewMs: (shownSecond - shownFirst) * 1000 }),
    })
  }

  const isFilms = filmHas(highPart(film.tone, sampleRate), sampleRate)
  const clicks = sides.flatMap((player) =>
    findClicks(highPart(recorded[player].tone, sampleRate), sampleRate, CLICK_DBFS).flatMap((click) => {
      const atMs = clock(click.frame)
      if (!inside(atMs)) return []
      const index = Math.floor(click.frame / eachFrames)
      const near = [index, index - 1, index + 1].find((one) => places[player]?.has(one))
      const heard = near === undefined ? undefined : places[player]?.get(near)
      const filmFrame =
        near === undefined || heard === undefined ? undefined : heard + click.frame - (near + 0.5) * eachFrames
      if (filmFrame !== undefined && isFilms(click, filmFrame)) return []
      const atHole = silences.some(
        (one) =>
          one.player === player &&
          one.why === 'under-run' &&
          atMs > one.atMs - AT_HOLE_MS &&
          atMs < one.atMs + one.forMs + AT_HOLE_MS,
      )
      return [
        { player, atMs, filmSec: filmFrame === undefined ? null : filmFrame / sampleRate, dbfs: click.dbfs, atHole },
      ]
    }),
  )
  return { windows, clicks, silences }
}

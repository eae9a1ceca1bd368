/**
 * The figures of a duet: what was played against what was heard. Pure arithmetic on moments of one clock.
 * Knows neither browsers nor sound; a note that was lost, doubled or out of order is counted, not forgiven.
 */
import { quantile } from '../../../scripts/drive/skew.mjs'
import { round } from '../figures.mjs'

/** @typedef {{ key: number, atMs: number }} Stroke */

/**
 * @typedef {object} DuetFigures
 * @property {number} played
 * @property {number} heard
 * @property {number} lost played and never heard
 * @property {number} extra heard and never played
 * @property {number} outOfOrder
 * @property {{ p50Ms: number, p95Ms: number, mostMs: number }} spacing how far the distance of each two notes in a row is off
 * @property {{ medianMs: number, p95Ms: number }} late from the finger to the other's loudspeaker
 */

/** @typedef {{ playedMs: number, heardMs: number }} Heard */

/** No key for so long: the next begins a phrase. */
const REST_MS = 800
/** Where a key is heard more or less often than it was struck, it belongs to the stroke that it is as late for as the rest of its phrase. */
const ALIKE_MS = 90
/** Keys struck nearer than this are one chord: nobody hears which was first. */
const CHORD_MS = 5

/** @param {readonly number[]} values @param {number} share */
const share = (values, share) => (values.length > 0 ? (round(quantile(values, share), 2) ?? 0) : 0)

/** @param {readonly Stroke[]} played by time @returns {Stroke[][]} */
function phrasesOf(played) {
  /** @type {Stroke[][]} */
  const phrases = []
  for (const stroke of played) {
    const last = phrases.at(-1)
    const before = last?.at(-1)
    if (last && before && stroke.atMs - before.atMs < REST_MS) last.push(stroke)
    else phrases.push([stroke])
  }
  return phrases
}

/** @param {readonly Stroke[]} phrase @param {readonly Stroke[]} heard until the next phrase @returns {Heard[]} in the order of the strokes */
function matched(phrase, heard) {
  const keys = [...new Set(phrase.map(({ key }) => key))].map((key) => ({
    strokes: phrase.filter((stroke) => stroke.key === key),
    onsets: heard.filter((onset) => onset.key === key),
  }))
  const whole = keys
    .filter(({ strokes, onsets }) => strokes.length === onsets.length)
    .flatMap(({ strokes, onsets }) =>
      strokes.map(({ atMs }, index) => ({ playedMs: atMs, heardMs: onsets[index]?.atMs ?? Number.NaN })),
    )
  const lateMs = quantile(
    whole.map(({ playedMs, heardMs }) => heardMs - playedMs),
    0.5,
  )
  const mended = keys
    .filter(({ strokes, onsets }) => strokes.length !== onsets.length)
    .flatMap(({ strokes, onsets }) => {
      const left = [...onsets]
      return strokes.flatMap(({ atMs }) => {
        const at = left.findIndex((onset) => Math.abs(onset.atMs - atMs - lateMs) <= ALIKE_MS)
        const [found] = at < 0 ? [] : left.splice(at, 1)
        return found ? [{ playedMs: atMs, heardMs: found.atMs }] : []
      })
    })
  return [...whole, ...mended].sort((a, b) => a.playedMs - b.playedMs)
}

/**
 * @param {readonly Stroke[]} played by time @param {readonly Stroke[]} heard by time
 * @returns {DuetFigures}
 */
export function figuresOf(played, heard) {
  const phrases = phrasesOf(played)
  const pairs = phrases.flatMap((phrase, index) => {
    const fromMs = phrase[0]?.atMs ?? Number.NaN
    const toMs = phrases[index + 1]?.[0]?.atMs ?? Number.POSITIVE_INFINITY
    return matched(
      phrase,
      heard.filter(({ atMs }) => atMs >= fromMs && atMs < toMs),
    )
  })
  const steps = pairs.slice(1).flatMap((pair, index) => {
    const before = pairs[index]
    return before ? [{ playedMs: pair.playedMs - before.playedMs, heardMs: pair.heardMs - before.heardMs }] : []
  })
  const errors = steps.map(({ playedMs, heardMs }) => Math.abs(heardMs - playedMs))
  const late = pairs.map(({ playedMs, heardMs }) => heardMs - playedMs)
  return {
    played: played.length,
    heard: heard.length,
    lost: played.length - pairs.length,
    extra: heard.length - pairs.length,
    outOfOrder: steps.filter(({ playedMs, heardMs }) => playedMs > CHORD_MS && heardMs < 0).length,
    spacing: { p50Ms: share(errors, 0.5), p95Ms: share(errors, 0.95), mostMs: round(Math.max(0, ...errors), 2) ?? 0 },
    late: { medianMs: share(late, 0.5), p95Ms: share(late, 0.95) },
  }
}

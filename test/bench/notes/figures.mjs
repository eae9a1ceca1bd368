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

/** Later than this a note belongs to the next stroke of its key. */
const LATEST_MS = 2_000
/** Keys struck nearer than this are one chord: nobody hears which was first. */
const CHORD_MS = 5

/** @param {readonly number[]} values @param {number} share */
const share = (values, share) => (values.length > 0 ? (round(quantile(values, share), 2) ?? 0) : 0)

/**
 * @param {readonly Stroke[]} played by time @param {readonly Stroke[]} heard by time
 * @returns {DuetFigures}
 */
export function figuresOf(played, heard) {
  const unused = [...heard]
  const pairs = played.flatMap((stroke) => {
    const at = unused.findIndex(
      ({ key, atMs }) => key === stroke.key && atMs >= stroke.atMs && atMs <= stroke.atMs + LATEST_MS,
    )
    const [found] = at < 0 ? [] : unused.splice(at, 1)
    return found ? [{ playedMs: stroke.atMs, heardMs: found.atMs }] : []
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
    extra: unused.length,
    outOfOrder: steps.filter(({ playedMs, heardMs }) => playedMs > CHORD_MS && heardMs < 0).length,
    spacing: { p50Ms: share(errors, 0.5), p95Ms: share(errors, 0.95), mostMs: round(Math.max(0, ...errors), 2) ?? 0 },
    late: { medianMs: share(late, 0.5), p95Ms: share(late, 0.95) },
  }
}

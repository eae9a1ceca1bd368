/** Reads all members once a second for the table: the players from outside, and what Tutti's popup says of them. */
import { pairSkew, quantile } from '../drive/skew.mjs'
import { people } from '../drive/tutti-popup.mjs'
import { formatMs } from './table.mjs'

/** @typedef {import('./hall.mjs').Seat} Seat */
/** @typedef {import('./table.mjs').Row} Row */

/** The table's skew is the median of that much of the past. */
const RECENT_MS = 1000
/** Looks that lag behind the newest by more than this are not waited for. */
const KEPT_MS = 60_000

/** A median further than this from what the row's own positions say tells of before a jump. */
const JUMP_MS = 1000

const nowMs = () => performance.timeOrigin + performance.now()

/**
 * Every popup shows everybody, so one that is still open is enough; a click into a page closes that browser's.
 * @param {readonly Seat[]} seats
 */
async function readPeople(seats) {
  for (const { popup } of seats.toReversed()) {
    const shown = await people(popup).catch(() => [])
    if (shown.length > 0) return shown
  }
  return []
}

/** @param {import('../drive/skew-meter.mjs').Watched} watched @returns {string} */
function stateOf({ looks }) {
  const last = looks.at(-1)
  if (!last) return 'no player'
  if (last.paused) return 'paused'
  if (!last.steady) return 'catching up'
  return Math.abs(last.rate - 1) < 0.0005 ? 'playing' : `playing ×${last.rate.toFixed(3)}`
}

/**
 * @param {readonly number[]} skewsMs of the last moments
 * @param {number | undefined} firstSec where the first player is now
 * @param {number | undefined} ownSec
 * @returns {number | undefined} nothing when positions that stand beside it belie it
 */
export function recentSkew(skewsMs, firstSec, ownSec) {
  if (skewsMs.length === 0 || firstSec === undefined || ownSec === undefined) return undefined
  const medianMs = quantile(skewsMs, 0.5)
  return Math.abs(medianMs - (ownSec - firstSec) * 1000) > JUMP_MS ? undefined : medianMs
}

/**
 * @param {readonly Seat[]} seats
 * @param {{ keepAll: boolean }} wish `keepAll`: every look is needed at the end
 * @returns {Promise<Row[]>}
 */
export async function readRows(seats, { keepAll }) {
  const shown = await readPeople(seats)
  const toMs = nowMs()
  const watched = await Promise.all(
    seats.map(async ({ meter, browser }) => {
      if (browser.isGone()) return undefined
      if (!keepAll) meter.forget(toMs - KEPT_MS)
      return meter.collect().catch(() => undefined)
    }),
  )
  const [first] = watched
  return seats.map(({ name, browser }, index) => {
    const own = watched[index]
    const person = shown.find((found) => found.name === name)
    const skews =
      first && own && index > 0
        ? pairSkew(first.samples, own.samples, { fromMs: toMs - RECENT_MS, toMs }).map(({ skewMs }) => skewMs)
        : []
    const positionSec = own?.looks.at(-1)?.positionSec
    const skewMs = recentSkew(skews, first?.looks.at(-1)?.positionSec, positionSec)
    return {
      name,
      browser: browser.version,
      role: person ? (person.isHost ? 'host' : 'member') : '–',
      ...(positionSec === undefined ? {} : { positionSec }),
      ...(skewMs === undefined ? {} : { skewMs }),
      ...(person ? { says: person.skewMs === undefined ? person.says : formatMs(person.skewMs) } : {}),
      state: browser.isGone() ? 'window closed' : own ? stateOf(own) : 'no player',
    }
  })
}

/**
 * Where a room is, from words that say so again and again and carry no time: each is as old as its way here took, and none comes too early.
 * So the one furthest ahead of the last few is the truest. Pure; knows no wire and no room. Lines are in this side's own time.
 */
import { type Line, positionAt } from './timeline'

/** What is known by now; plain JSON. */
export type Arrivals = {
  readonly line: Line
  /** Where the last words put the beginning, seconds: position less what has run since time zero. Newest last. */
  readonly starts: readonly number[]
  /** A word that was late, or told of a small step back: the next one says which. */
  readonly doubt?: number
}

export type Word = {
  readonly positionSec: number
  readonly playing: boolean
  readonly rate?: number
  /** Own time of arrival. */
  readonly atMs: number
  /** Somebody acted just now: no need to doubt it. */
  readonly isAct?: boolean
}

/** Of so many words one came by the shortest way. */
const KEPT = 8
/** A player's clock and ours part this little between two words. */
const SAME_SEC = 0.01
/** Further ahead than this nothing comes by a better way alone. */
const STEP_SEC = 0.5
/** Later than this a word hardly is. */
const LATE_SEC = 1.5
/** Two late words in a row are late by different times. */
const AGREE_SEC = 0.3

export function hearWord(known: Arrivals | undefined, word: Word): Arrivals {
  const { positionSec, playing, rate = 1, atMs } = word
  const fresh: Arrivals = {
    line: { positionSec, playing, rate, atMs },
    starts: playing ? [positionSec - (rate * atMs) / 1000] : [],
  }
  if (!known || word.isAct || !playing || !known.line.playing || known.line.rate !== rate) {
    return known && !word.isAct && isSameRest(known.line, fresh.line) ? known : fresh
  }
  const start = positionSec - (rate * atMs) / 1000
  const aheadSec = positionSec - positionAt(known.line, atMs)
  if (aheadSec > STEP_SEC || aheadSec < -LATE_SEC) return fresh
  if (aheadSec < -STEP_SEC) {
    const agrees = known.doubt !== undefined && Math.abs(known.doubt - start) <= AGREE_SEC
    return agrees ? fresh : { ...known, doubt: start }
  }
  const starts = [...known.starts, start].slice(-KEPT)
  const best = Math.max(...starts) + (rate * atMs) / 1000
  const line =
    Math.abs(best - positionAt(known.line, atMs)) <= SAME_SEC ? known.line : { ...fresh.line, positionSec: best }
  return { line, starts }
}

function isSameRest(known: Line, line: Line): boolean {
  return !known.playing && !line.playing && known.rate === line.rate && known.positionSec === line.positionSec
}

/**
 * Whether the player is able to play: stalls, seeks under way, refusals. Says when people should hear of it,
 * and brings a player that stalled back to the line once. Does not know what a room does about it.
 */
import { canPlayOn, type PlayerEvent, type PlayerReading } from '../player'
import type { Line } from '../timeline'
import { BLANK_AFTER_START_MS, ODD_MS, SEEK_AFTER_STALL_SEC, STALL_MS } from './constants'
import { jump, type Wanted } from './correct'
import { forget, toBaseRate, wakeAt } from './hands'
import { errorNow } from './measure'
import type { Turn } from './memory'

/** The position has to move by more than a reading's noise before a `waiting` is over. */
const MOVED_ON_SEC = 0.03

export function notePlayerEvent(turn: Turn, event: PlayerEvent, reading: PlayerReading): void {
  const { memory } = turn
  if (event === 'seeking') noteForeignSeek(turn)
  if (event === 'waiting' && memory.mode.kind === 'run') memory.waitingAtSec = reading.positionSec
  if (event === 'playing' || event === 'seeked') memory.waitingAtSec = undefined
  if (event === 'ended') memory.endedAtSec = reading.positionSec
  if (event === 'error') memory.trouble = 'error'
  if (event === 'emptied' || event === 'loadedmetadata') {
    memory.endedAtSec = undefined
    memory.waitingAtSec = undefined
    memory.flushed = true
    memory.mode = { kind: 'idle' }
  }
  const loads = event === 'loadedmetadata' || event === 'canplay' || event === 'playing'
  if (loads && memory.trouble === 'error') memory.trouble = undefined
}

/** What a reading tells beside the position. */
export function noteReading(turn: Turn, reading: PlayerReading): void {
  const { memory, nowMs } = turn
  if (reading.seeking) {
    noteForeignSeek(turn)
  } else if (memory.seekUnderWay) {
    // A seek that was not ours may be the person's: leave time to be told.
    if (memory.seekUnderWay === 'ours') memory.seekTookMs = Math.max(nowMs - memory.soughtMs, memory.seekTookMs / 2)
    forget(turn, nowMs + (memory.seekUnderWay === 'ours' ? BLANK_AFTER_START_MS : ODD_MS))
    memory.seekUnderWay = undefined
  }
  const waitingAtSec = memory.waitingAtSec ?? Number.POSITIVE_INFINITY
  if (canPlayOn(reading) && reading.positionSec > waitingAtSec + MOVED_ON_SEC) memory.waitingAtSec = undefined
  // Somebody clicked: the browser lets it play now.
  if (memory.trouble === 'autoplay-blocked' && reading.playing) memory.trouble = undefined
  const stands = memory.mode.kind !== 'run'
  if (memory.trouble === 'buffering' && stands && canPlayOn(reading) && !reading.seeking) memory.trouble = undefined
}

/** While running: tells of a stall that lasts, and closes the gap at once when it is over. */
export function watchStall(turn: Turn, line: Line): Wanted {
  const { memory, nowMs } = turn
  const { player } = memory
  if (!player) return 'nothing'
  const unable = player.playing && (!canPlayOn(player) || memory.waitingAtSec !== undefined || player.seeking)
  if (unable) {
    toBaseRate(turn, line.rate)
    const { sinceMs, seeking } = memory.unable ?? { sinceMs: nowMs, seeking: false }
    memory.unable = { sinceMs, seeking: seeking || player.seeking }
    noteUnable(turn, sinceMs)
    return 'nothing'
  }
  if (!memory.unable) return 'nothing'
  const wasSeek = memory.unable.seeking
  memory.unable = undefined
  if (memory.trouble === 'buffering') memory.trouble = undefined
  // Where a seek landed is measured with care; perhaps it was the person's.
  if (wasSeek) return 'nothing'
  forget(turn, nowMs + BLANK_AFTER_START_MS)
  return Math.abs(errorNow(turn, line, player)) > SEEK_AFTER_STALL_SEC ? jump(turn) : 'nothing'
}

/**
 * While standing: a seek that lasts is data that does not come, and the room should know before it starts. Other signs count
 * for nothing here: players at rest load no more than they must.
 */
export function watchSeekAtRest(turn: Turn, seeking: boolean): void {
  const { memory, nowMs } = turn
  if (seeking && (memory.unable || !memory.trouble)) {
    memory.unable ??= { sinceMs: nowMs, seeking }
    noteUnable(turn, memory.unable.sinceMs)
  } else if (!seeking && memory.unable) {
    memory.unable = undefined
    if (memory.trouble === 'buffering') memory.trouble = undefined
  }
}

/** Unable since then: people hear of it once it lasts. */
export function noteUnable(turn: Turn, sinceMs: number): void {
  if (turn.nowMs - sinceMs >= STALL_MS) turn.memory.trouble = 'buffering'
  else wakeAt(turn, sinceMs + STALL_MS)
}

function noteForeignSeek(turn: Turn): void {
  const { memory } = turn
  if (memory.seekUnderWay) return
  memory.seekUnderWay = 'foreign'
  memory.flushed = true
  memory.waitingAtSec = undefined
}

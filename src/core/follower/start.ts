/**
 * Starting: stand at a place of the line that is still to come, and play at the moment it comes by, less the learned latency.
 * That is how an announced start is met and how a running line is joined (a pre-roll).
 */
import { isMoving } from '../player'
import { type Line, positionAt } from '../timeline'
import { noteUnable } from './able'
import {
  LATE_START_MS,
  LEAST_NOTICE_MS,
  PRE_ROLL_AGAIN_MS,
  PRE_ROLL_FACTOR,
  PRE_ROLL_LEAST_MS,
  PRE_ROLL_MORE_MS,
  PRE_ROLL_MOST_MS,
  SEEK_ABOVE_SEC,
  SEEK_SKIP_SEC,
  START_FITS_SEC,
} from './constants'
import { sameCourse, timeOf } from './goal'
import {
  chooseSide,
  landSec,
  latenciesOf,
  ownMs,
  pause,
  play,
  seek,
  seekToLine,
  serverMs,
  startLatency,
  toBaseRate,
  waited,
} from './hands'
import { errorNow } from './measure'
import type { Mode, Turn } from './memory'
import { isOddFor } from './odd'

type Start = Extract<Mode, { kind: 'start' }>

/** An announced start. */
export function startWith(turn: Turn, line: Line): void {
  const { mode } = turn.memory
  if (mode.kind === 'start' && sameCourse(mode.line, line)) return goOnStarting(turn, mode)
  const noticeMs = ownMs(turn, line.atMs) - turn.nowMs
  if (noticeMs > LEAST_NOTICE_MS + latenciesOf(turn).playSec * 1000) {
    return stand(turn, { line, positionSec: line.positionSec, preRollMs: preRollMs(turn) })
  }
  preRoll(turn, line)
}

/** A line that runs already: carry on with it if the player is on it, else get onto it. */
export function join(turn: Turn, line: Line): void {
  const { memory } = turn
  const { mode, player } = memory
  if (mode.kind === 'start' && sameCourse(mode.line, line)) return goOnStarting(turn, mode)
  if (player && isMoving(player) && Math.abs(errorNow(turn, line, player)) <= SEEK_ABOVE_SEC) {
    memory.streamSinceMs ??= turn.nowMs
    memory.flushed = false
    if (memory.rateSet === undefined) {
      // Found at exactly 1: either side is as near.
      memory.skewMs = errorNow(turn, line, player) * 1000
      chooseSide(turn)
    }
    return run(turn, line)
  }
  preRoll(turn, line)
}

/** As long as this player needs to be ready at another place. */
function preRollMs({ memory }: Turn): number {
  return Math.min(PRE_ROLL_MOST_MS, Math.max(PRE_ROLL_LEAST_MS, PRE_ROLL_FACTOR * memory.seekTookMs + PRE_ROLL_MORE_MS))
}

export function preRoll(turn: Turn, line: Line, leadMs = preRollMs(turn), firstDueMs?: number): void {
  // Timers of a hidden page would miss the moment and leave the player standing.
  if (turn.memory.player?.hidden) return jumpIn(turn, line)
  const positionSec = positionAt(line, serverMs(turn) + leadMs)
  stand(turn, { line, positionSec, preRollMs: leadMs }, firstDueMs)
}

export function run(turn: Turn, line: Line): void {
  const { memory, nowMs } = turn
  toBaseRate(turn, line.rate)
  memory.mode = { kind: 'run', line }
  memory.odd = undefined
  memory.unable = undefined
  memory.waitingAtSec = undefined
  memory.lastVerdictMs = nowMs
  memory.nextTickMs = nowMs
  memory.skewMs = undefined
}

function stand(turn: Turn, plan: Omit<Start, 'kind' | 'firstDueMs'>, firstDueMs?: number): void {
  const { memory } = turn
  pause(turn)
  const off = Math.abs((memory.player?.positionSec ?? 0) - plan.positionSec) > SEEK_SKIP_SEC
  if (off) chooseSide(turn)
  toBaseRate(turn, plan.line.rate)
  if (off) seek(turn, plan.positionSec)
  const start: Start = {
    kind: 'start',
    ...plan,
    firstDueMs: firstDueMs ?? ownMs(turn, timeOf(plan.line, plan.positionSec)),
  }
  memory.mode = start
  memory.odd = undefined
  memory.unable = undefined
  memory.skewMs = undefined
  goOnStarting(turn, start)
}

function goOnStarting(turn: Turn, start: Start): void {
  const { memory, nowMs } = turn
  const { player } = memory
  if (!player) return
  if (isOddFor(turn, 'running', player.playing)) pause(turn)
  const fits = !player.seeking && Math.abs(player.positionSec - start.positionSec) < START_FITS_SEC
  const atMs = ownMs(turn, timeOf(start.line, fits ? player.positionSec : start.positionSec))
  const dueMs = atMs - (landSec(turn, 'start') + latenciesOf(turn)[startLatency(turn)]) * 1000
  if (!waited(turn, dueMs)) return
  if (player.seeking) {
    noteUnable(turn, start.firstDueMs)
    if (start.preRollMs >= PRE_ROLL_MOST_MS) return
    const againMs = Math.min(PRE_ROLL_MOST_MS, Math.max(PRE_ROLL_AGAIN_MS, start.preRollMs * 2))
    preRoll(turn, start.line, againMs, start.firstDueMs)
    return
  }
  if (nowMs - dueMs > LATE_START_MS) {
    preRoll(turn, start.line, Math.min(start.preRollMs, PRE_ROLL_AGAIN_MS), start.firstDueMs)
    return
  }
  run(turn, start.line)
  play(turn, true)
}

/** At once and roughly: seek to where the line will be, playing. */
function jumpIn(turn: Turn, line: Line): void {
  run(turn, line)
  seekToLine(turn)
  if (!turn.memory.player?.playing) play(turn, false)
  turn.memory.toLearn = undefined
}

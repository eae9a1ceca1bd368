/**
 * Standing still: on the room's frame while it is paused, at the end of media that is shorter than the timeline,
 * and where the person put the player until the room has answered.
 */
import { watchSeekAtRest } from './able'
import { END_MARGIN_SEC, END_NEAR_SEC, REST_EXACT_SEC, REST_NEAR_SEC, SAME_PLACE_SEC, SEEK_SKIP_SEC } from './constants'
import { mayJump } from './correct'
import { chooseSide, isRestRate, pause, positionNow, seek, toBaseRate } from './hands'
import type { Turn } from './memory'
import { isOddFor } from './odd'

/** Some players cannot stand exactly there; trying for ever would be a storm of seeks. */
const MOST_STEPS = 3

export function rest(turn: Turn, positionSec: number, rate: number): void {
  const { memory, nowMs } = turn
  if (!memory.player) return
  if (memory.mode.kind !== 'rest' || memory.mode.positionSec !== positionSec) {
    // A player that was running may show the frame after the one it names, and starts later from a queue it has kept.
    const ran = memory.player.playing
    pause(turn)
    const off = ran || Math.abs(memory.player.positionSec - positionSec) > REST_EXACT_SEC
    if (off) chooseSide(turn)
    toBaseRate(turn, rate)
    if (off) seek(turn, positionSec)
    memory.mode = { kind: 'rest', positionSec, steps: 0 }
    memory.odd = undefined
    memory.unable = undefined
    memory.skewMs = undefined
    return
  }
  const { player, mode } = memory
  watchSeekAtRest(turn, player.seeking)
  if (!isRestRate(turn, rate, memory.rateSet)) toBaseRate(turn, rate)
  if (isOddFor(turn, 'running', player.playing)) pause(turn)
  const standing = !player.playing && !player.seeking
  const moved = standing && Math.abs(player.positionSec - positionSec) > REST_NEAR_SEC
  if (isOddFor(turn, 'moved', moved) && mode.steps < MOST_STEPS && mayJump(turn)) {
    memory.lastJumpMs = nowMs
    seek(turn, positionSec)
    memory.mode = { ...mode, steps: mode.steps + 1 }
  }
  if (standing && !moved) memory.mode = { ...mode, steps: 0 }
  memory.skewMs = standing ? (player.positionSec - positionSec) * 1000 : undefined
}

export function restAtEnd(turn: Turn, endSec: number, rate: number): void {
  const { memory } = turn
  const positionSec = endSec - END_MARGIN_SEC
  if (!memory.player || positionNow(memory.player, turn.nowMs) < endSec - END_NEAR_SEC) {
    rest(turn, positionSec, rate)
    return
  }
  // Near enough: let it play out by itself.
  toBaseRate(turn, rate)
  memory.mode = { kind: 'rest', positionSec, steps: 0 }
  memory.skewMs = 0
}

export function holdStill(turn: Turn, positionSec: number): void {
  const { memory } = turn
  if (!memory.player) return
  if (memory.pulseUntilMs !== undefined || memory.steering) toBaseRate(turn, memory.timeline?.current.rate ?? 1)
  const { playing, positionSec: seenSec } = memory.player
  pause(turn)
  // What it has begun to play leaves a queue that starts at a time of its own; sought, it starts like everybody's.
  // A browser may leave a seek to the very place out.
  const there = Math.abs(seenSec - positionSec) < SAME_PLACE_SEC ? positionSec + SAME_PLACE_SEC : positionSec
  if (playing || Math.abs(memory.player.positionSec - positionSec) > SEEK_SKIP_SEC) seek(turn, there)
  memory.mode = { kind: 'idle' }
  memory.skewMs = undefined
}

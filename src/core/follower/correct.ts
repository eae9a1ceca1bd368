/**
 * Correcting a running player with the gentlest thing that closes the gap: nothing, a rate that nobody hears, a seek.
 * Knows the line and the verdicts; starts and rests are others' business.
 */
import type { Line } from '../timeline'
import {
  BEYOND_FOR_MS,
  CALM_AFTER,
  CORRECTION_EVERY_MOST_MS,
  CORRECTION_EVERY_MS,
  FIRST_LOOK_BAND_MS,
  FRESH_DEAD_BAND_MS,
  GLANCE_EVERY_MS,
  HIT_SEC,
  NEAR_MS,
  NO_VERDICT_MS,
  PULSE_LEAST_MS,
  PULSE_MOST_MS,
  PULSE_SHARE,
  RATE_RESETS_BORNE,
  SEEK_ABOVE_SEC,
} from './constants'
import { forget, isRestRate, restRate, seekToLine, setRate, settled, toBaseRate, waited, wakeAt } from './hands'
import { believedError, learn, measuredError, noteVerdict } from './measure'
import type { Turn } from './memory'

/** What a running player needs after a correction is left to the caller: only it can pre-roll. */
export type Wanted = 'nothing' | 'pre-roll'

/** Ends what is due to end: a pulse, a rate that nothing measures any more. */
export function endWhatIsDue(turn: Turn, line: Line): void {
  const { memory, nowMs } = turn
  const hidden = memory.player?.hidden === true
  if (memory.pulseUntilMs !== undefined && (hidden || waited(turn, memory.pulseUntilMs))) toBaseRate(turn, line.rate)
  if (memory.pulseUntilMs === undefined && !isRestRate(turn, line.rate, memory.rateSet)) {
    const untilMs = memory.lastVerdictMs + NO_VERDICT_MS
    if (hidden || nowMs >= untilMs) toBaseRate(turn, line.rate)
    else wakeAt(turn, untilMs)
  }
  if (nowMs - memory.lastVerdictMs > 2 * NO_VERDICT_MS) memory.skewMs = undefined
}

export function judge(turn: Turn, line: Line): Wanted {
  const { memory, nowMs, profile } = turn
  if (nowMs < memory.nextTickMs || nowMs < memory.blankUntilMs || memory.pulseUntilMs !== undefined) return 'nothing'
  const errorSec = measuredError(turn, line)
  if (errorSec === undefined) return 'nothing'
  const wasGlance = isCalm(turn)
  memory.nextTickMs = nowMs + profile.tickMs
  memory.ticks += 1
  noteVerdict(turn, line, errorSec)
  learn(turn, line, errorSec)
  const size = Math.abs(errorSec)
  if (size < HIT_SEC) memory.jumpsMissed = 0
  if (size > SEEK_ABOVE_SEC) return jump(turn)
  const bandMs = deadBandMs(turn, line)
  const isFirst = memory.firstLook
  memory.firstLook = false
  const believedSec = believedError(turn, line, errorSec)
  noteCalm(turn, believedSec === undefined || Math.abs(believedSec) * 1000 <= bandMs)
  const borne = memory.rateResets >= RATE_RESETS_BORNE
  const rateHelps = !borne && memory.player?.hidden !== true
  if (believedSec === undefined || !rateHelps) return 'nothing'
  const wait = wasGlance || (size * 1000 <= NEAR_MS && memory.ticks % 2 === 1 && !memory.steering && !isFirst)
  const isLookedAtLong = believedSec !== errorSec
  if (isBeyondItsSide(turn, line, believedSec) && !wasGlance) return jump(turn)
  correctByRate(turn, line, believedSec, wait && !isLookedAtLong ? Number.POSITIVE_INFINITY : bandMs)
  return 'nothing'
}

/** While nothing has to be done, a few readings each second are enough; a glance that finds something is followed by a close look. */
function noteCalm(turn: Turn, isNear: boolean): void {
  const { memory, nowMs } = turn
  memory.calm = isNear && !memory.steering && settled(turn) && memory.player?.hidden !== true ? memory.calm + 1 : 0
  if (!isCalm(turn)) return
  memory.samples = []
  memory.nextTickMs = nowMs + GLANCE_EVERY_MS
  memory.nextLookMs = memory.nextTickMs
}

function isCalm({ memory }: Turn): boolean {
  return memory.calm >= CALM_AFTER
}

/** One seek; if the last one missed as widely, a pre-roll, which waits until the player is ready. Never in a storm. */
export function jump(turn: Turn): Wanted {
  const { memory, nowMs } = turn
  if (!mayJump(turn)) return 'nothing'
  const missed = memory.jumpsMissed
  memory.jumpsMissed += 1
  memory.lastJumpMs = nowMs
  if (missed > 0 && memory.player?.hidden !== true) return 'pre-roll'
  seekToLine(turn)
  return 'nothing'
}

export function mayJump(turn: Turn): boolean {
  const { jumpsMissed, lastJumpMs } = turn.memory
  const everyMs = Math.min(CORRECTION_EVERY_MOST_MS, CORRECTION_EVERY_MS * 2 ** Math.max(0, jumpsMissed - 1))
  return turn.nowMs - lastJumpMs >= everyMs
}

/** Can this error be closed without crossing rate 1? */
function isClosable({ memory, profile }: Turn, line: Line, errorSec: number): boolean {
  return !profile.sides || line.rate !== 1 || errorSec < 0 === (memory.side === 'above')
}

/** Has the error been further off than is borne, for long enough, in the direction that this side can't close? */
function isBeyondItsSide(turn: Turn, line: Line, errorSec: number): boolean {
  const { memory, nowMs, profile } = turn
  const bearMs = profile.sides?.bearMs ?? 0
  const sizeMs = Math.abs(errorSec) * 1000
  if (isClosable(turn, line, errorSec) || sizeMs <= bearMs) {
    memory.beyondSinceMs = undefined
    return false
  }
  memory.beyondSinceMs ??= nowMs
  return nowMs - memory.beyondSinceMs >= (sizeMs > 2 * bearMs ? BEYOND_FOR_MS.far : BEYOND_FOR_MS.little)
}

/** Errors above `enterMs` are closed; of smaller ones that this side can close, a resting rate takes care. */
function correctByRate(turn: Turn, line: Line, errorSec: number, enterMs: number): void {
  const { memory, profile } = turn
  const { correction } = profile
  const sizeMs = Math.abs(errorSec) * 1000
  if (correction.kind === 'pulse') {
    if (sizeMs > enterMs) pulse(turn, line, errorSec)
    return
  }
  const closable = isClosable(turn, line, errorSec)
  // By now the steering has done more than was measured.
  const doneSec = memory.steering ? (((memory.rateSet ?? line.rate) - line.rate) * correction.lagMs) / 1000 : 0
  const leftSec = Math.max(0, Math.abs(errorSec) - Math.abs(doneSec))
  if (closable && (memory.steering ? leftSec * 1000 > correction.leaveMs : sizeMs > enterMs)) {
    const share = Math.min(PULSE_SHARE, Math.max(correction.leastShare, correction.gainPerSec * leftSec))
    memory.steering = true
    setRate(turn, round(line.rate * (1 - Math.sign(errorSec) * share), 4))
    return
  }
  const isOpen = closable && sizeMs > correction.leaveMs
  if (!memory.steering && !isOpen && closable && sizeMs >= correction.leaveMs / 2) return
  if (memory.steering) forget(turn, turn.nowMs + correction.lagMs)
  memory.steering = false
  const rate = restRate(turn, line.rate, isOpen ? 'far' : 'near')
  if (rate !== memory.rateSet) setRate(turn, rate)
}

function deadBandMs(turn: Turn, line: Line): number {
  if (!settled(turn)) return turn.memory.firstLook ? FIRST_LOOK_BAND_MS : FRESH_DEAD_BAND_MS
  const { deadBandMs: band } = turn.profile
  return line.rate === 1 ? band.atRateOne : band.otherwise
}

/** Dead-beat: the whole error in one stretch of time, then a new look. */
function pulse(turn: Turn, line: Line, errorSec: number): void {
  const { memory, nowMs } = turn
  const wholeMs = (Math.abs(errorSec) * 1000) / (line.rate * PULSE_SHARE)
  const lastsMs = Math.min(PULSE_MOST_MS, Math.max(PULSE_LEAST_MS, wholeMs))
  const shareSec = wholeMs > lastsMs ? Math.sign(errorSec) * line.rate * PULSE_SHARE : errorSec / (lastsMs / 1000)
  setRate(turn, round(line.rate - shareSec, 5))
  memory.pulseUntilMs = nowMs + lastsMs
  memory.samples = []
  memory.verdicts = []
  wakeAt(turn, memory.pulseUntilMs)
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

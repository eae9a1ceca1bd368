/**
 * What the follower does to a player, and what that makes of the last reading: effects are performed at once and in order,
 * so the next decision of the same step already sees their result. Nothing else in the follower makes effects.
 */
import { isMoving, type PlayerReading } from '../player'
import type { Latencies, Rests } from '../player-profile'
import { positionAt } from '../timeline'
import {
  BLANK_AFTER_PULSE_MS,
  BLANK_AFTER_START_MS,
  BLANK_MOST_MS,
  SIDE_BY_MS,
  USUAL_IDLE_MS,
  WAIT_EARLY_MS,
  WAIT_LONG_MS,
  WAIT_STEP_MS,
} from './constants'
import type { Turn } from './memory'

export function serverMs(turn: Turn): number {
  return turn.nowMs + (turn.memory.offsetMs ?? 0)
}

export function ownMs(turn: Turn, atServerMs: number): number {
  return atServerMs - (turn.memory.offsetMs ?? 0)
}

/** Where the player is by now, going by the last reading. */
export function positionNow(player: PlayerReading, nowMs: number): number {
  return isMoving(player) ? player.positionSec + (player.rate * (nowMs - player.atMs)) / 1000 : player.positionSec
}

export function endSec(turn: Turn): number | undefined {
  const { player, endedAtSec } = turn.memory
  const { durationSec } = player ?? {}
  return durationSec !== undefined && Number.isFinite(durationSec) && durationSec > 0 ? durationSec : endedAtSec
}

export function wakeAt(turn: Turn, atMs: number): void {
  turn.wakeAtMs = Math.min(turn.wakeAtMs ?? Number.POSITIVE_INFINITY, atMs)
}

/** True once the moment has come; until then asks to be woken a little before it, then step by step. */
export function waited(turn: Turn, untilMs: number): boolean {
  const leftMs = untilMs - turn.nowMs
  if (leftMs <= WAIT_STEP_MS) return true
  wakeAt(
    turn,
    leftMs > WAIT_LONG_MS ? untilMs - WAIT_EARLY_MS : Math.max(turn.nowMs + WAIT_STEP_MS, untilMs - WAIT_STEP_MS),
  )
  return false
}

export function play(turn: Turn, learn: boolean): void {
  const { memory, nowMs } = turn
  const isUsual = memory.streamSinceMs !== undefined && (memory.player?.idleMs ?? 0) < USUAL_IDLE_MS
  turn.effects.push({ kind: 'play' })
  amend(turn, { playing: true })
  memory.toLearn = learn && settled(turn) && isUsual ? startLatency(turn) : undefined
  memory.streamSinceMs ??= nowMs
  memory.firstLook = true
  memory.flushed = false
  forget(turn, nowMs + BLANK_AFTER_START_MS)
}

/** What this player needs, going by what it is and what was learned of it. */
export function latenciesOf({ memory, profile }: Turn): Latencies {
  if (memory.player?.hasSound === false) return profile.silentLatencies
  const quickerSec = isOutputAsleep({ memory, profile }) ? (profile.sleepyOutput?.quickerSec ?? 0) : 0
  return quickerSec > 0 ? { ...memory.latencies, playSec: memory.latencies.playSec - quickerSec } : memory.latencies
}

function isOutputAsleep({ memory, profile }: Pick<Turn, 'memory' | 'profile'>): boolean {
  const { idleMs = 0, playing = false } = memory.player ?? {}
  return !playing && idleMs >= (profile.sleepyOutput?.afterMs ?? Number.POSITIVE_INFINITY)
}

export function startLatency(turn: Turn): 'playSec' | 'resumeSec' {
  return turn.memory.flushed ? 'playSec' : 'resumeSec'
}

export function pause(turn: Turn): void {
  if (!turn.memory.player?.playing) return
  turn.effects.push({ kind: 'pause' })
  const positionSec = positionNow(turn.memory.player, turn.nowMs)
  amend(turn, { playing: false, positionSec })
  turn.memory.toLearn = undefined
}

/** A seek of a playing player is measured afterwards; of a standing one there is nothing to learn. */
export function seek(turn: Turn, positionSec: number): void {
  const { memory, nowMs } = turn
  const toSec = Math.max(0, positionSec)
  turn.effects.push({ kind: 'seek', positionSec: toSec })
  amend(turn, { positionSec: toSec, seeking: true })
  memory.flushed = true
  memory.seekUnderWay = 'ours'
  memory.soughtMs = nowMs
  memory.waitingAtSec = undefined
  forget(turn, nowMs + BLANK_MOST_MS)
}

/** To where the line will be when the player is through with the seek. */
export function seekToLine(turn: Turn): void {
  const { memory, nowMs } = turn
  if (memory.mode.kind !== 'run') return
  const { line } = memory.mode
  chooseSide(turn)
  toBaseRate(turn, line.rate)
  seek(turn, positionAt(line, serverMs(turn)) + (latenciesOf(turn).seekSec + landSec(turn, 'seek')) * line.rate)
  memory.toLearn = settled(turn) ? 'seekSec' : undefined
  memory.unable = { sinceMs: nowMs, seeking: true }
}

/** Rates are written with so few digits that sums of them may be off by this. */
export const RATE_ROUNDS_BY = 1e-9

/** The rate a player rests at: where 1 itself and crossing it are heard, a hair beside it. */
export function restRate({ memory, profile }: Turn, baseRate: number, how: keyof Rests = 'near'): number {
  return baseRate === 1 && profile.sides ? profile.sides[memory.side][how] : baseRate
}

export function isRestRate(turn: Turn, baseRate: number, rate: number | undefined): boolean {
  const isNear = (rest: number) => rate !== undefined && Math.abs(rate - rest) <= RATE_ROUNDS_BY
  return isNear(restRate(turn, baseRate)) || isNear(restRate(turn, baseRate, 'far'))
}

/** Before a seek, the one time when the side can be changed unheard: the side that closes the error of late. */
export function chooseSide({ memory, profile }: Turn): void {
  if (!profile.sides || memory.skewMs === undefined || Math.abs(memory.skewMs) < SIDE_BY_MS) return
  memory.side = memory.skewMs > 0 ? 'below' : 'above'
  memory.beyondSinceMs = undefined
}

/** Where beside the line to land, s, + is ahead: what is left over should be what this side can close. */
export function landSec({ memory, profile }: Turn, after: 'start' | 'seek'): number {
  const shortSec = profile.landShortSec[after]
  return memory.side === 'above' ? -shortSec : shortSec
}

/** Ends whatever correction is going on; touches nothing if the player already rests. */
export function toBaseRate(turn: Turn, baseRate: number): void {
  const { memory } = turn
  const wasOff = memory.pulseUntilMs !== undefined || memory.steering
  memory.pulseUntilMs = undefined
  memory.steering = false
  // Pitch is kept where people expect it, and left alone at rate 1, where keeping it makes every correction audible.
  const preserves = baseRate !== 1
  if (memory.pitchSet !== preserves) {
    turn.effects.push({ kind: 'set-preserves-pitch', preserves })
    memory.pitchSet = preserves
  }
  if (!isRestRate(turn, baseRate, memory.rateSet) || memory.rateSet !== memory.player?.rate) {
    setRate(turn, restRate(turn, baseRate))
  }
  if (wasOff) forget(turn, turn.nowMs + BLANK_AFTER_PULSE_MS)
}

export function setRate(turn: Turn, rate: number): void {
  if (turn.memory.player?.rate !== rate) turn.effects.push({ kind: 'set-rate', rate })
  amend(turn, { rate })
  turn.memory.rateSet = rate
}

/** What was measured so far is worth nothing now; measure again from then on. */
export function forget(turn: Turn, blankUntilMs: number): void {
  turn.memory.samples = []
  turn.memory.verdicts = []
  turn.memory.longLook = []
  turn.memory.blankUntilMs = blankUntilMs
  lookClosely(turn)
}

/** Glances will not do any more. */
export function lookClosely({ memory, nowMs }: Turn): void {
  memory.calm = 0
  memory.nextTickMs = Math.min(memory.nextTickMs, nowMs)
  memory.nextLookMs = Number.NEGATIVE_INFINITY
}

/** Whether the reported position can be believed to the millisecond. */
export function settled(turn: Turn): boolean {
  const { memory, nowMs, profile } = turn
  const sinceMs = memory.streamSinceMs ?? nowMs
  return memory.settled || memory.player?.hasSound === false || nowMs - sinceMs >= profile.freshStreamMs
}

function amend(turn: Turn, change: Partial<PlayerReading>): void {
  const { memory, nowMs } = turn
  if (!memory.player) return
  const positionSec = positionNow(memory.player, nowMs)
  memory.player = { ...memory.player, positionSec, atMs: nowMs, ...change }
}

/**
 * Measuring: which readings tell where a playing player is, and what several of them say together.
 * Does nothing to the player; correct.ts acts on the verdict.
 */
import { isMoving, type PlayerReading } from '../player'
import { type Line, positionAt } from '../timeline'
import {
  EVEN_FOR_MS,
  EVEN_SPREAD_MS,
  HIDDEN_SAMPLES,
  HIDDEN_WINDOW_MS,
  LEARN_UP_TO_SEC,
  LOOK_EVERY_MS,
  NEAR_MS,
  SAMPLES_TO_LEARN,
  SLOW_READ_MS,
  STEADY_MS,
  STEADY_SPREAD_MS,
} from './constants'
import { landSec, positionNow, serverMs, settled } from './hands'
import { latenciesFrom, withMeasured } from './learned'
import type { Turn, Verdict } from './memory'

/** Keeps a reading if it tells where the player is. `before` is the reading before it. */
export function takeSample(turn: Turn, line: Line, reading: PlayerReading, before: PlayerReading | undefined): void {
  const { memory, profile } = turn
  const usable =
    reading.tookMs <= SLOW_READ_MS &&
    isMoving(reading) &&
    memory.waitingAtSec === undefined &&
    reading.atMs >= memory.blankUntilMs &&
    reading.atMs + (memory.offsetMs ?? 0) >= line.atMs &&
    before !== undefined &&
    reading.positionSec !== before.positionSec
  if (!usable) return
  // A step of a staircase that came somewhere in a long gap does not say when.
  const gapMs = reading.atMs - before.atMs
  if (profile.staircase && gapMs > profile.staircase.longestGapMs && !reading.hidden) return
  if (profile.staircase) memory.nextLookMs = reading.atMs + profile.staircase.quietMs
  const keptMs = reading.hidden ? HIDDEN_WINDOW_MS : profile.windowMs.near
  const kept = memory.samples.filter(({ atMs }) => atMs > reading.atMs - keptMs)
  // On average a step came half-way between the two readings.
  const seenLateMs = profile.staircase ? Math.min(gapMs, profile.staircase.stepMs) / 2 : 0
  memory.samples = [...kept, { atMs: reading.atMs - seenLateMs, positionSec: reading.positionSec }]
}

/** Player minus line, s, averaged; absent while there is too little to tell. */
export function measuredError(turn: Turn, line: Line): number | undefined {
  const { memory, profile, nowMs } = turn
  const hidden = memory.player?.hidden === true
  const far = Math.abs(memory.skewMs ?? Number.POSITIVE_INFINITY) > NEAR_MS
  const windowMs = hidden ? HIDDEN_WINDOW_MS : far ? profile.windowMs.far : profile.windowMs.near
  const enough = hidden
    ? HIDDEN_SAMPLES
    : memory.toLearn
      ? Math.min(SAMPLES_TO_LEARN, profile.enoughSamples)
      : profile.enoughSamples
  const window = memory.samples.filter(({ atMs }) => atMs > nowMs - windowMs)
  if (window.length < enough) return undefined
  const offsetMs = memory.offsetMs ?? 0
  const sum = window.reduce((all, { atMs, positionSec }) => all + positionSec - positionAt(line, atMs + offsetMs), 0)
  return sum / window.length
}

/** The first look after a start or a seek says by how much the latency was misjudged. */
export function learn(turn: Turn, line: Line, errorSec: number): void {
  const { memory, profile } = turn
  const which = memory.toLearn
  memory.toLearn = undefined
  if (!which || Math.abs(errorSec) >= LEARN_UP_TO_SEC || memory.player?.hasSound === false) return
  const aimedSec = landSec(turn, which === 'seekSec' ? 'seek' : 'start')
  memory.learned = withMeasured(memory.learned, which, memory.latencies[which] + aimedSec - errorSec / line.rate)
  memory.latencies = latenciesFrom(profile.firstLatencies, memory.learned)
}

/** A fresh stream has settled once the player moved as evenly as a clock for a while. */
export function noteVerdict(turn: Turn, line: Line, errorSec: number): void {
  const { memory, nowMs, profile } = turn
  memory.skewMs = errorSec * 1000
  memory.lastVerdictMs = nowMs
  // Against the own clock: a better estimate of the server's must not look like a wandering player.
  const verdict = { atMs: nowMs, againstOwnMs: errorSec * 1000 + line.rate * (memory.offsetMs ?? 0) }
  if (settled(turn)) {
    memory.settled = true
    lookLong(turn, verdict)
    return
  }
  memory.verdicts = [...memory.verdicts.filter(({ atMs }) => atMs >= nowMs - STEADY_MS - profile.tickMs), verdict]
  const places = memory.verdicts.map(({ againstOwnMs }) => againstOwnMs)
  const longEnough = nowMs - (memory.verdicts[0]?.atMs ?? nowMs) >= STEADY_MS
  memory.settled = longEnough && Math.max(...places) - Math.min(...places) <= STEADY_SPREAD_MS
}

function lookLong({ memory, nowMs, profile }: Turn, verdict: Verdict): void {
  const { longLook } = profile
  if (!longLook || nowMs - (memory.longLook.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) < LOOK_EVERY_MS) return
  // One verdict from before is kept, so that the whole time is covered.
  const from = memory.longLook.findLastIndex(({ atMs }) => atMs <= nowMs - longLook.forMs)
  memory.longLook = [...memory.longLook.slice(Math.max(0, from)), verdict]
}

/**
 * The error to act on, s: the verdict itself, or, where it is no bigger than the player's own wandering, the mean of a long look.
 * Absent while that look is too short; a position that moves like a clock needs a shorter one.
 */
export function believedError(turn: Turn, line: Line, errorSec: number): number | undefined {
  const { memory, nowMs, profile } = turn
  const { longLook } = profile
  const wanders = longLook && line.rate === 1 && settled(turn) && memory.player?.hasSound !== false
  if (!wanders || Math.abs(errorSec) * 1000 > longLook.belowMs) return errorSec
  const places = memory.longLook.map(({ againstOwnMs }) => againstOwnMs)
  const spread = Math.max(...places) - Math.min(...places)
  const seenForMs = nowMs - (memory.longLook[0]?.atMs ?? nowMs)
  if (seenForMs < (spread <= EVEN_SPREAD_MS ? EVEN_FOR_MS : longLook.forMs)) return undefined
  const againstOwnMs = places.reduce((sum, place) => sum + place, 0) / places.length
  return (againstOwnMs - line.rate * (memory.offsetMs ?? 0)) / 1000
}

/** Player minus line by a single reading: rough, but at once. */
export function errorNow(turn: Turn, line: Line, player: PlayerReading): number {
  return positionNow(player, turn.nowMs) - positionAt(line, serverMs(turn))
}

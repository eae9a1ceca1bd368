/**
 * The follower: makes one player follow the timeline with the gentlest effect that closes the gap.
 * Pure: `nowMs` is the own clock, the same that readings carry. Knows no DOM and no network. The shell reads the player every
 * `pollMs`, passes its events, performs effects at once and in order, and keeps the state without looking inside.
 */

import { notePlayerEvent, noteReading, watchStall } from './follower/able'
import {
  ASLEEP_MS,
  BLANK_AFTER_RATE_MS,
  CLOCK_DOUBT_MS,
  CLOCK_HEARD_AGAIN,
  CLOCK_JUMP_MS,
  CLOCK_MOVED_MS,
  CLOCK_SAMPLES_NEEDED,
  NUDGE_MOST_MS,
  POLL_HIDDEN_MS,
  POLL_REST_MS,
  POLL_START_MS,
  SEEK_ABOVE_SEC,
} from './follower/constants'
import { copyMemory } from './follower/copy-memory'
import { endWhatIsDue, judge, mayJump } from './follower/correct'
import { carriesOn, gapSec, goalAt, sameCourse, sameTimeline } from './follower/goal'
import { endSec, forget, lookClosely, ownMs, serverMs, toBaseRate, waited, wakeAt } from './follower/hands'
import { type Learned, NOTHING_LEARNED } from './follower/learned'
import { takeSample } from './follower/measure'
import { freshMemory, type Memory, type Turn } from './follower/memory'
import { isOddFor } from './follower/odd'
import { holdStill, rest, restAtEnd } from './follower/stand'
import { join, preRoll, startWith } from './follower/start'
import type { PlayerEffect, PlayerEvent, PlayerReading } from './player'
import type { PlayerProfile } from './player-profile'
import type { SuspensionReason } from './room/room'
import type { Line, Timeline } from './timeline'

export type FollowerInput =
  | { readonly kind: 'timeline'; readonly timeline: Timeline }
  /** server time = own clock + offsetMs */
  | { readonly kind: 'clock'; readonly offsetMs: number; readonly uncertaintyMs: number; readonly samples: number }
  /** Polled by the shell every `pollMs` while following. */
  | { readonly kind: 'reading'; readonly reading: PlayerReading }
  | { readonly kind: 'player-event'; readonly event: PlayerEvent; readonly reading: PlayerReading }
  /** play() was rejected for want of a click. */
  | { readonly kind: 'play-refused' }
  /** The person touched the page: a browser that wanted that lets the player play now, whenever the room does. */
  | { readonly kind: 'touched' }
  /** The person acted here and the room was asked: keep the player at this place until the room's answer. */
  | { readonly kind: 'hold'; readonly positionSec: number }
  /** The room said no, or never answered: back to the timeline. */
  | { readonly kind: 'unhold' }
  /** The person's hand is on it, or the site is showing something else: stand aside until `back`. */
  | { readonly kind: 'stand-aside'; readonly reason: SuspensionReason }
  | { readonly kind: 'back' }
  /** The person hears that this player is late or early: aim this much ahead (+) or behind (-) of the timeline from now on. */
  | { readonly kind: 'nudge'; readonly nudgeMs: number }
  | { readonly kind: 'woke' }

export type FollowerEffect =
  | PlayerEffect
  /** Give me `woke` at this instant of the own clock; replaces an earlier wish. */
  | { readonly kind: 'wake'; readonly atMs: number }
  | { readonly kind: 'suspended'; readonly reason: SuspensionReason }
  | { readonly kind: 'resumed' }

export type FollowerState = {
  readonly profile: PlayerProfile
  /** Player minus timeline as nudged, ms, averaged over the last window; absent while there is nothing to compare. */
  readonly skewMs?: number
  readonly suspension?: SuspensionReason
  readonly memory: Memory
}

/** `learned` is what an earlier follower of the same player on the same site ended with. */
export function createFollower(profile: PlayerProfile, learned: Learned = NOTHING_LEARNED): FollowerState {
  return { profile, memory: freshMemory(profile, learned) }
}

/** What is worth keeping for the next follower of such a player. */
export function learnedLatencies(state: FollowerState): Learned {
  return state.memory.learned
}

export function followerStep(
  state: FollowerState,
  input: FollowerInput,
  nowMs: number,
): { readonly state: FollowerState; readonly effects: readonly FollowerEffect[] } {
  const turn: Turn = {
    profile: state.profile,
    nowMs,
    memory: copyMemory(state.memory),
    effects: [],
    wakeAtMs: undefined,
  }
  take(turn, input)
  advance(turn)
  return finish(state, turn)
}

/** Has it ever brought the player to the timeline, or near it? Before, the player is where it was found. */
export function hasTakenUp(state: FollowerState): boolean {
  return state.memory.rateSet !== undefined
}

/** How long from now the shell may wait with the next reading, ms; to be asked again after each step. */
export function pollMs(state: FollowerState, nowMs: number): number {
  const { mode, player, polled, nextLookMs } = state.memory
  const { pollMs: closelyMs } = state.profile
  if (!player || !polled) return closelyMs
  const everyMs = player.hidden
    ? POLL_HIDDEN_MS
    : mode.kind === 'run'
      ? Math.max(closelyMs, nextLookMs - polled.atMs)
      : mode.kind === 'start'
        ? POLL_START_MS
        : POLL_REST_MS
  // Counted from the last reading: whoever asks again and again must not put it off.
  return Math.min(everyMs, Math.max(1, polled.atMs + everyMs - nowMs))
}

function take(turn: Turn, input: FollowerInput): void {
  const { memory } = turn
  switch (input.kind) {
    case 'timeline': {
      const isNew = !memory.timeline || !sameTimeline(memory.timeline, input.timeline)
      memory.timeline = input.timeline
      if (!isNew) return
      memory.held = false
      memory.jumpsMissed = 0
      return
    }
    case 'clock': {
      if (input.samples < CLOCK_SAMPLES_NEEDED) return
      const before = memory.offsetMs
      memory.offsetMs = input.offsetMs + turn.profile.aimAheadMs + memory.nudgeMs
      if (memory.clockDoubt) memory.clockDoubt = { ...memory.clockDoubt, heard: memory.clockDoubt.heard + 1 }
      const movedMs = Math.abs(memory.offsetMs - (before ?? memory.offsetMs))
      if (movedMs > CLOCK_JUMP_MS) letGo(turn)
      else if (movedMs > CLOCK_MOVED_MS) lookClosely(turn)
      return
    }
    case 'reading':
      return takeReading(turn, input.reading)
    case 'player-event':
      memory.player = input.reading
      notePlayerEvent(turn, input.event, input.reading)
      noteReading(turn, input.reading)
      return
    case 'play-refused':
      memory.trouble = 'autoplay-blocked'
      if (memory.player) memory.player = { ...memory.player, playing: false }
      return letGo(turn)
    case 'touched':
      if (memory.trouble === 'autoplay-blocked') memory.trouble = undefined
      return
    case 'hold':
      memory.held = true
      return holdStill(turn, input.positionSec)
    case 'unhold':
      memory.held = false
      return
    case 'stand-aside':
      memory.aside = input.reason
      if (memory.trouble === 'buffering') memory.trouble = undefined
      return letGo(turn)
    case 'back':
      memory.aside = undefined
      return
    case 'nudge': {
      // As if the server's clock were so much further: starts, stops and places all come by that much earlier.
      const nudgeMs = Math.min(NUDGE_MOST_MS, Math.max(-NUDGE_MOST_MS, input.nudgeMs))
      if (memory.offsetMs !== undefined) memory.offsetMs += nudgeMs - memory.nudgeMs
      memory.nudgeMs = nudgeMs
      // A person asked: a seek that this may need is none too many.
      memory.lastJumpMs = Number.NEGATIVE_INFINITY
      memory.beyondSinceMs = Number.NEGATIVE_INFINITY
      lookClosely(turn)
      return
    }
    case 'woke':
      memory.wakeAtMs = undefined
  }
}

function takeReading(turn: Turn, reading: PlayerReading): void {
  const { memory } = turn
  const before = memory.polled
  memory.polled = reading
  memory.player = reading
  noteReading(turn, reading)
  if (memory.mode.kind !== 'run') return
  const gapMs = before ? reading.atMs - before.atMs : 0
  if (gapMs >= 0 && gapMs <= ASLEEP_MS) return takeSample(turn, memory.mode.line, reading, before)
  memory.clockDoubt = { untilMs: turn.nowMs + CLOCK_DOUBT_MS, heard: 0 }
  letGo(turn)
}

/** Forget what was going on; the next decision takes the player up as it is found. */
function letGo(turn: Turn): void {
  if (turn.memory.mode.kind === 'run') toBaseRate(turn, turn.memory.mode.line.rate)
  turn.memory.mode = { kind: 'idle' }
  turn.memory.skewMs = undefined
  turn.memory.toLearn = undefined
  turn.memory.unable = undefined
  turn.memory.waitingAtSec = undefined
  forget(turn, turn.nowMs)
}

function advance(turn: Turn): void {
  const { memory } = turn
  const { timeline, player } = memory
  if (!timeline || !player || memory.offsetMs === undefined) return
  if (isClockDoubted(turn)) return
  if (memory.aside || memory.held || memory.trouble === 'error') return
  const onTheMove = memory.mode.kind === 'run' || (memory.mode.kind === 'idle' && player.playing)
  const goal = goalAt(timeline, serverMs(turn), onTheMove, endSec(turn))
  if (goal.kind === 'rest') return rest(turn, goal.positionSec, goal.rate)
  if (goal.kind === 'end') return restAtEnd(turn, goal.endSec, goal.rate)
  if (memory.trouble === 'autoplay-blocked') return
  const isOnIt = memory.mode.kind === 'run' && sameCourse(memory.mode.line, goal.line)
  if (goal.kind === 'start') return isOnIt ? follow(turn, goal.line) : startWith(turn, goal.line)
  if (goal.changesAtMs !== undefined && waited(turn, ownMs(turn, goal.changesAtMs))) {
    wakeAt(turn, ownMs(turn, goal.changesAtMs))
  }
  if (memory.mode.kind !== 'run') return join(turn, goal.line)
  if (!isOnIt && !changeLine(turn, memory.mode.line, goal.line)) return preRoll(turn, goal.line)
  follow(turn, goal.line)
}

function isClockDoubted(turn: Turn): boolean {
  const { clockDoubt } = turn.memory
  if (!clockDoubt) return false
  if (clockDoubt.heard < CLOCK_HEARD_AGAIN && turn.nowMs < clockDoubt.untilMs) {
    wakeAt(turn, clockDoubt.untilMs)
    return true
  }
  turn.memory.clockDoubt = undefined
  return false
}

/** Onto another line without stopping, where they meet or nearly do. */
function changeLine(turn: Turn, from: Line, to: Line): boolean {
  if (Math.abs(gapSec(from, to)) > SEEK_ABOVE_SEC) return false
  turn.memory.mode = { kind: 'run', line: to }
  if (carriesOn(from, to) && from.rate === to.rate) return true
  // Back to 1 from the side that it comes from.
  if (from.rate !== 1) turn.memory.side = from.rate < 1 ? 'below' : 'above'
  toBaseRate(turn, to.rate)
  forget(turn, turn.nowMs + BLANK_AFTER_RATE_MS)
  return true
}

function follow(turn: Turn, line: Line): void {
  const { memory } = turn
  const { player } = memory
  if (!player) return
  memory.mode = { kind: 'run', line }
  const afterStall = watchStall(turn, line)
  endWhatIsDue(turn, line)
  if (isOddFor(turn, 'stopped', !player.playing) && mayJump(turn)) {
    memory.lastJumpMs = turn.nowMs
    return preRoll(turn, line)
  }
  const rateIsOurs = player.rate === memory.rateSet
  if (!rateIsOurs && (memory.pulseUntilMs !== undefined || memory.steering)) {
    memory.rateResets += 1
    memory.pulseUntilMs = undefined
    memory.steering = false
  }
  if (isOddFor(turn, 'rate', !rateIsOurs)) toBaseRate(turn, line.rate)
  const wanted = afterStall === 'pre-roll' ? afterStall : judge(turn, line)
  if (wanted === 'pre-roll') preRoll(turn, line)
}

function finish(state: FollowerState, turn: Turn): ReturnType<typeof followerStep> {
  const { memory } = turn
  const effects: FollowerEffect[] = [...turn.effects]
  const suspension = memory.aside ?? memory.trouble
  if (suspension && suspension !== state.suspension) effects.push({ kind: 'suspended', reason: suspension })
  if (!suspension && state.suspension) effects.push({ kind: 'resumed' })
  if (turn.wakeAtMs !== undefined && turn.wakeAtMs !== memory.wakeAtMs) {
    memory.wakeAtMs = turn.wakeAtMs
    effects.push({ kind: 'wake', atMs: turn.wakeAtMs })
  }
  const next: FollowerState = {
    profile: state.profile,
    memory,
    ...(memory.skewMs === undefined ? {} : { skewMs: memory.skewMs }),
    ...(suspension ? { suspension } : {}),
  }
  return { state: next, effects }
}

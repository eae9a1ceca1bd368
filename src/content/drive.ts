/**
 * One player on the timeline: lets intent judge what happens to it, the follower move it and the background know.
 * Pure: it decides in which order these are asked and what a person's act becomes; `follow.ts` has the element, the
 * timer and the port. While the person's hand is on the player, everything for the follower waits.
 */
import {
  createFollower,
  type FollowerInput,
  type FollowerState,
  pollMs as followerPollMs,
  followerStep,
  learnedLatencies,
} from '../core/follower'
import type { PersonCommand } from '../core/gesture'
import { createIntent, type IntentInput, type IntentState, intentDueMs, intentStep, isHandsOff } from '../core/intent'
import type { PlayerEffect, PlayerEvent, PlayerReading } from '../core/player'
import type { Latencies, PlayerProfile } from '../core/player-profile'
import { latestLine, lineAt, positionAt, type Timeline } from '../core/timeline'
import type { BackgroundToContent } from '../messages/background-to-content'
import type { ContentToBackground } from '../messages/content-to-background'
import { mediaChange, type ShownMedia } from './media-change'
import { boundedSec } from './page-offer'

export type Follow = Extract<BackgroundToContent, { type: 'follow' }>
export type Act = Extract<BackgroundToContent, { type: 'act' }>['act']

export type DriveInput =
  | { readonly kind: 'follow'; readonly follow: Follow }
  /** The background's clock minus our own. */
  | { readonly kind: 'clock-offset'; readonly offsetMs: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'act'; readonly act: Act }
  | { readonly kind: 'player-event'; readonly event: PlayerEvent }
  | { readonly kind: 'play-refused' }
  | { readonly kind: 'pointer'; readonly held: boolean }
  /** The person clicked or typed somewhere in the page. */
  | { readonly kind: 'clicked' }
  | { readonly kind: 'tick' }

/** What is seen of the player and the page around it at the moment of an input. */
export type Sight = {
  readonly reading: PlayerReading
  readonly activated: boolean
  readonly connected: boolean
  readonly ended: boolean
  readonly looping: boolean
  readonly address: string
}

export type DriveEffect = PlayerEffect | { readonly kind: 'say'; readonly message: ContentToBackground }

export type DriveState = {
  readonly follower: FollowerState
  readonly intent: IntentState
  readonly follow: Follow
  readonly backgroundOffsetMs: number
  /** What the follower was told last; it lags while hands are off. */
  readonly told: { readonly timeline?: Timeline; readonly clock?: string }
  /** The last event that the follower was not told because hands were off. */
  readonly withheld?: PlayerEvent
  readonly media: ShownMedia
  /** Why the follower stands aside at our word. */
  readonly aside?: 'scrubbing' | 'ad' | 'hidden'
  readonly followerWakeMs?: number
  /** Until then the follower holds for the room's answer. */
  readonly heldUntilMs?: number
  readonly nextReportMs: number
}

type Run = { state: DriveState; readonly effects: DriveEffect[]; readonly sight: Sight }

const REPORT_EVERY_MS = 1000
/** A room that has not answered by then will not. */
const ANSWER_WITHIN_MS = 5000

/** `learned` is what an earlier drive of this page ended with. */
export function createDrive(
  profile: PlayerProfile,
  learned: Latencies | undefined,
  follow: Follow,
  sight: Sight,
): DriveState {
  return {
    follower: createFollower(profile, learned),
    intent: createIntent(sight.reading),
    follow,
    backgroundOffsetMs: 0,
    told: {},
    media: shownMedia(sight),
    nextReportMs: sight.reading.atMs + REPORT_EVERY_MS,
  }
}

export function learnedBy(state: DriveState): Latencies {
  return learnedLatencies(state.follower)
}

export function driveStep(
  state: DriveState,
  input: DriveInput,
  sight: Sight,
): { readonly state: DriveState; readonly effects: readonly DriveEffect[] } {
  const run: Run = { state, effects: [], sight }
  take(run, input)
  catchUp(run)
  return { state: run.state, effects: run.effects }
}

/** When the next `tick` is wanted, and whether it must be on time (a start, the end of a correction) or is a mere look. */
export function nextTick(state: DriveState, nowMs: number): { readonly atMs: number; readonly exact: boolean } {
  const pollAtMs = nowMs + followerPollMs(state.follower)
  const looks = [pollAtMs, intentDueMs(state.intent), state.heldUntilMs, state.nextReportMs]
  const lookMs = Math.min(...looks.filter((ms) => ms !== undefined))
  const { followerWakeMs } = state
  // A look a moment before would make the timer late: browsers run quick successions of timers 4 ms apart.
  if (followerWakeMs !== undefined && !isHandsOff(state.intent) && followerWakeMs <= lookMs + 5) {
    return { atMs: followerWakeMs, exact: true }
  }
  return { atMs: lookMs, exact: false }
}

function take(run: Run, input: DriveInput): void {
  switch (input.kind) {
    case 'follow':
      run.state = { ...run.state, follow: input.follow }
      return
    case 'clock-offset':
      run.state = { ...run.state, backgroundOffsetMs: input.offsetMs }
      return
    case 'refused':
      endHold(run)
      return
    case 'act':
      act(run, input.act)
      return
    case 'player-event':
      judge(run, { kind: 'event', event: input.event })
      if (input.event === 'loadedmetadata') mediaLoaded(run)
      if (isHandsOff(run.state.intent)) run.state = { ...run.state, withheld: input.event }
      else tellFollower(run, { kind: 'player-event', event: input.event, reading: run.sight.reading })
      return
    case 'play-refused':
      judge(run, { kind: 'play-refused' })
      tellFollower(run, { kind: 'play-refused' })
      return
    case 'pointer':
      judge(run, { kind: 'pointer', held: input.held })
      return
    case 'clicked':
      clicked(run)
      return
    case 'tick':
      tick(run)
      return
  }
}

function tick(run: Run): void {
  const { reading } = run.sight
  judge(run, { kind: 'reading' })
  if (run.state.aside === 'hidden' && !reading.hidden) comeBack(run)
  if (run.state.heldUntilMs !== undefined && reading.atMs >= run.state.heldUntilMs) endHold(run)
  if (!isHandsOff(run.state.intent)) {
    const { followerWakeMs, ...rest } = run.state
    // A timer may fire within the last millisecond before.
    if (followerWakeMs !== undefined && reading.atMs >= followerWakeMs - 1) {
      run.state = rest
      tellFollower(run, { kind: 'woke' }, Math.max(reading.atMs, followerWakeMs))
    }
    tellFollower(run, { kind: 'reading', reading })
  }
  if (reading.atMs >= run.state.nextReportMs) report(run)
}

/** Tells the follower what came while hands were off. */
function catchUp(run: Run): void {
  if (isHandsOff(run.state.intent)) return
  const { follow, backgroundOffsetMs, told } = run.state
  const offsetMs = follow.offsetMs + backgroundOffsetMs
  const clock = `${offsetMs} ${follow.uncertaintyMs} ${follow.clockSamples}`
  if (clock !== told.clock) {
    run.state = { ...run.state, told: { ...run.state.told, clock } }
    tellFollower(run, { kind: 'clock', offsetMs, uncertaintyMs: follow.uncertaintyMs, samples: follow.clockSamples })
  }
  if (told.timeline === undefined || !isSameTimeline(told.timeline, follow.timeline)) {
    const { heldUntilMs, ...rest } = run.state
    run.state = { ...rest, told: { ...rest.told, timeline: follow.timeline } }
    tellFollower(run, { kind: 'timeline', timeline: follow.timeline })
  }
}

function judge(run: Run, input: IntentInput): void {
  const { state, sight } = run
  const line = latestLine(state.follow.timeline)
  const step = intentStep(state.intent, input, {
    nowMs: sight.reading.atMs,
    reading: sight.reading,
    activated: sight.activated,
    connected: sight.connected,
    ended: sight.ended,
    looping: sight.looping,
    ad: state.aside === 'ad',
    room: { playing: line.playing, rate: line.rate },
  })
  run.state = { ...run.state, intent: step.state }
  let asked = false
  for (const verdict of step.verdicts) {
    switch (verdict.kind) {
      case 'scrubbing':
        standAside(run, 'scrubbing')
        break
      case 'person':
        asked = askRoom(run, verdict.command) || asked
        break
      case 'settled':
        if (!asked) goOn(run)
        break
      case 'site':
        if (verdict.move === 'hidden') standAside(run, 'hidden')
        break
      case 'echo':
      case 'no-move':
      case 'gesture':
        break
    }
  }
}

/** A person's act goes to the room, and the player waits where they put it. */
function askRoom(run: Run, command: PersonCommand): boolean {
  const { follow } = run.state
  if (!follow.mayControl) return false
  say(run, { type: 'person-did', command: bounded(command) })
  if (command.type === 'set-rate') {
    // The old rate counts until the room's moment; running ahead until then would have to be made up for.
    doToPlayer(run, { kind: 'set-rate', rate: run.state.intent.ownRate })
    tellWithheld(run)
    comeBackFromScrubbing(run)
    return true
  }
  const { reading } = run.sight
  const playing = command.type === 'seek' ? latestLine(follow.timeline).playing : command.type === 'play'
  // A line that came meanwhile must not end the hold that follows it.
  catchUp(run)
  run.state = { ...run.state, heldUntilMs: reading.atMs + ANSWER_WITHIN_MS }
  tellWithheld(run)
  tellFollower(run, { kind: 'hold', positionSec: boundedSec(command.positionSec), playing })
  comeBackFromScrubbing(run)
  return true
}

/** The gesture changed nothing for the room: back to the timeline, unless an answer is still awaited. */
function goOn(run: Run): void {
  tellWithheld(run)
  if (run.state.heldUntilMs === undefined) tellFollower(run, { kind: 'unhold' })
  comeBackFromScrubbing(run)
}

/** So that the follower knows the player as the person left it. */
function tellWithheld(run: Run): void {
  const { withheld, ...rest } = run.state
  if (withheld === undefined) return
  run.state = rest
  tellFollower(run, { kind: 'player-event', event: withheld, reading: run.sight.reading })
}

function comeBackFromScrubbing(run: Run): void {
  if (run.state.aside === 'scrubbing') comeBack(run)
}

/** It may have been the click that the browser wanted before it plays. */
function clicked(run: Run): void {
  const { follower, intent, follow } = run.state
  if (follower.suspension !== 'autoplay-blocked' || isHandsOff(intent)) return
  if (latestLine(follow.timeline).playing) doToPlayer(run, { kind: 'play' })
}

function endHold(run: Run): void {
  const { heldUntilMs, ...rest } = run.state
  run.state = rest
  tellFollower(run, { kind: 'unhold' })
}

function act(run: Run, act: Act): void {
  const { state, sight } = run
  const nowMs = sight.reading.atMs + state.follow.offsetMs + state.backgroundOffsetMs
  const roomSec = positionAt(lineAt(state.follow.timeline, nowMs), nowMs)
  // Who stands aside sees another place than the room's.
  const hereSec = state.follower.suspension === undefined ? sight.reading.positionSec : roomSec
  if (act.kind === 'skip') {
    const endSec = sight.reading.durationSec ?? Number.POSITIVE_INFINITY
    askRoom(run, { type: 'seek', positionSec: Math.min(endSec, Math.max(0, hereSec + act.bySec)) })
  } else {
    askRoom(run, { type: act.kind, positionSec: hereSec })
  }
}

function mediaLoaded(run: Run): void {
  const shown = shownMedia(run.sight)
  if (mediaChange(run.state.media, shown) === 'ad') {
    standAside(run, 'ad')
    return
  }
  run.state = { ...run.state, media: shown }
  if (run.state.aside === 'ad') comeBack(run)
}

function standAside(run: Run, aside: NonNullable<DriveState['aside']>): void {
  run.state = { ...run.state, aside }
  tellFollower(run, { kind: 'stand-aside', reason: aside === 'hidden' ? 'away' : aside })
}

function comeBack(run: Run): void {
  const { aside, ...rest } = run.state
  run.state = rest
  tellFollower(run, { kind: 'back' })
}

function tellFollower(run: Run, input: FollowerInput, nowMs = run.sight.reading.atMs): void {
  const step = followerStep(run.state.follower, input, nowMs)
  run.state = { ...run.state, follower: step.state }
  for (const effect of step.effects) {
    switch (effect.kind) {
      case 'wake':
        run.state = { ...run.state, followerWakeMs: effect.atMs }
        break
      case 'suspended':
        say(run, { type: 'suspended', reason: effect.reason })
        break
      case 'resumed':
        say(run, { type: 'resumed' })
        break
      case 'play':
      case 'pause':
      case 'seek':
      case 'set-rate':
      case 'set-preserves-pitch':
        doToPlayer(run, effect)
        break
    }
  }
}

function doToPlayer(run: Run, effect: PlayerEffect): void {
  judge(run, { kind: 'wrote', effect })
  run.effects.push(effect)
}

function report(run: Run): void {
  const { reading } = run.sight
  const { follower } = run.state
  run.state = { ...run.state, nextReportMs: reading.atMs + REPORT_EVERY_MS }
  say(run, {
    type: 'report',
    report: {
      positionSec: boundedSec(reading.positionSec),
      ...(follower.skewMs !== undefined && { skewMs: follower.skewMs }),
      state: follower.suspension ?? (reading.playing ? 'playing' : 'paused'),
    },
  })
}

function say(run: Run, message: ContentToBackground): void {
  run.effects.push({ kind: 'say', message })
}

function bounded(command: PersonCommand): PersonCommand {
  return command.type === 'set-rate' ? command : { ...command, positionSec: boundedSec(command.positionSec) }
}

function shownMedia({ address, reading }: Sight): ShownMedia {
  return { address, ...(reading.durationSec !== undefined && { durationSec: reading.durationSec }) }
}

function isSameTimeline(a: Timeline, b: Timeline): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

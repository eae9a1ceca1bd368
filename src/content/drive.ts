/**
 * One player on the timeline: lets intent judge what happens to it, the follower move it and the background know.
 * Pure: it decides in which order these are asked and what a person's act becomes; `follow.ts` has the element, the
 * timer and the port. While the person's hand is on the player, everything for the follower waits.
 */
import { pollMs as followerPollMs, hasTakenUp } from '../core/follower'
import { type IntentInput, intentDueMs, intentStep, isHandsOff } from '../core/intent'
import { positionWithin } from '../core/room/bounds'
import type { PlaybackCommand } from '../core/room/command'
import { type Line, latestLine, lineAt, positionAt } from '../core/timeline'
import type { PlayerAct } from '../messages/background-to-content'
import { catchUp, comeBack, doToPlayer, endHold, say, standAside, tellFollower, tellWithheld } from './drive-hands'
import {
  type DriveEffect,
  type DriveInput,
  type DriveState,
  REPORT_EVERY_MS,
  type Run,
  type Sight,
  shownMedia,
} from './drive-state'
import { mediaChange } from './media-change'

/** What a site does because of a click, it does within this; later it is the site's own doing. */
const CLICK_COUNTS_MS = 1000
/** A room that has not answered by then will not. */
const ANSWER_WITHIN_MS = 5000

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
  const pollAtMs = nowMs + followerPollMs(state.follower, nowMs)
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
    case 'answered':
      answered(run)
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
      touched(run)
      judge(run, { kind: 'pointer', held: input.held })
      return
    case 'touched':
      touched(run)
      return
    case 'clicked':
      clicked(run)
      return
    case 'tick':
      tick(run)
      return
  }
}

/** What the room changed has been told before; if it changed nothing, the wait ends here. */
function answered(run: Run): void {
  if (run.state.heldUntilMs === undefined) return
  if (!isHandsOff(run.state.intent)) {
    endHold(run)
    return
  }
  const { heldUntilMs, ...rest } = run.state
  run.state = rest
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

function judge(run: Run, input: IntentInput): void {
  const { state, sight } = run
  const line = latestLine(state.follow.timeline)
  const step = intentStep(state.intent, input, {
    nowMs: sight.reading.atMs,
    reading: sight.reading,
    activated: sight.reading.atMs - (state.touchedMs ?? Number.NEGATIVE_INFINITY) < CLICK_COUNTS_MS,
    connected: sight.connected,
    ended: sight.ended,
    looping: sight.looping,
    ad: state.aside === 'ad',
    room: { playing: line.playing, rate: line.rate, runs: lineNow(run).playing },
  })
  run.state = { ...run.state, intent: step.state }
  let asked = false
  for (const verdict of step.verdicts) {
    switch (verdict.kind) {
      case 'scrubbing':
        standAside(run, 'scrubbing')
        break
      case 'person':
        asked = askRoom(run, verdict.sought ? verdict.command : meant(run, verdict.command)) || asked
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
function askRoom(run: Run, asked: PlaybackCommand): boolean {
  if (!run.state.follow.mayControl) return false
  const command = asked.type === 'pause' ? { ...asked, positionSec: justBefore(asked.positionSec) } : asked
  say(run, { type: 'person-did', command: bounded(command) })
  if (command.type === 'set-rate') {
    // The old rate counts until the room's moment; running ahead until then would have to be made up for.
    doToPlayer(run, { kind: 'set-rate', rate: run.state.intent.ownRate })
    tellWithheld(run)
    comeBackFromScrubbing(run)
    return true
  }
  const { reading } = run.sight
  // A line that came meanwhile must not end the hold that follows it.
  catchUp(run)
  run.state = { ...run.state, heldUntilMs: reading.atMs + ANSWER_WITHIN_MS }
  tellWithheld(run)
  tellFollower(run, { kind: 'hold', positionSec: positionWithin(command.positionSec) })
  if (command.type === 'pause') showFrameAt(run, command.positionSec)
  comeBackFromScrubbing(run)
  return true
}

/** Who has just come in presses play or pause to watch with the others, not to bring them to where this player happens to be. */
function meant(run: Run, asked: PlaybackCommand): PlaybackCommand {
  if (asked.type !== 'play' && asked.type !== 'pause') return asked
  return hasTakenUp(run.state.follower) ? asked : { ...asked, positionSec: roomSec(run) }
}

/** Chromium does nothing when it is sought to the very place it is paused at, so a pause is told a millisecond earlier. */
function justBefore(positionSec: number): number {
  return Math.max(0, Math.ceil(positionSec * 1000) - 1) / 1000
}

/** A player that was running may show the frame after the one it names; the others will be stepped to the one it names. */
function showFrameAt(run: Run, positionSec: number): void {
  if (!run.effects.some(({ kind }) => kind === 'seek')) doToPlayer(run, { kind: 'seek', positionSec })
}

/** The gesture changed nothing for the room: back to the timeline, unless an answer is still awaited. */
function goOn(run: Run): void {
  tellWithheld(run)
  if (run.state.heldUntilMs === undefined) tellFollower(run, { kind: 'unhold' })
  comeBackFromScrubbing(run)
}

function comeBackFromScrubbing(run: Run): void {
  if (run.state.aside === 'scrubbing') comeBack(run)
}

function touched(run: Run): void {
  run.state = { ...run.state, touchedMs: run.sight.reading.atMs }
}

/** It may have been the click that the browser wanted before it plays. */
function clicked(run: Run): void {
  const { follower, intent, follow } = run.state
  if (follower.suspension !== 'autoplay-blocked' || isHandsOff(intent) || run.sight.reading.playing) return
  // While the room stands, perhaps for this very click, there is nothing to play yet.
  if (latestLine(follow.timeline).playing) doToPlayer(run, { kind: 'play' })
  else tellFollower(run, { kind: 'touched' })
}

function serverMs({ state, sight }: Run): number {
  return sight.reading.atMs + state.follow.offsetMs + state.backgroundOffsetMs
}

function lineNow(run: Run): Line {
  return lineAt(run.state.follow.timeline, serverMs(run))
}

function roomSec(run: Run): number {
  return positionAt(lineNow(run), serverMs(run))
}

function act(run: Run, act: PlayerAct): void {
  const { state, sight } = run
  // Who stands aside sees another place than the room's, and who has just come in was not brought to it yet.
  const isThere = state.follower.suspension === undefined && hasTakenUp(state.follower)
  const hereSec = isThere ? sight.reading.positionSec : roomSec(run)
  if (act.kind === 'skip') {
    askRoom(run, { type: 'seek', positionSec: positionWithin(hereSec + act.bySec, sight.reading.durationSec) })
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

function report(run: Run): void {
  const { reading } = run.sight
  const { follower } = run.state
  // By the clock, not by when the timer fired: readings may be a second apart.
  const onTimeMs = run.state.nextReportMs + REPORT_EVERY_MS
  run.state = { ...run.state, nextReportMs: onTimeMs > reading.atMs ? onTimeMs : reading.atMs + REPORT_EVERY_MS }
  say(run, {
    type: 'report',
    report: {
      positionSec: positionWithin(reading.positionSec),
      ...(follower.skewMs !== undefined && { skewMs: follower.skewMs }),
      state: follower.suspension ?? (reading.playing ? 'playing' : 'paused'),
    },
  })
}

function bounded(command: PlaybackCommand): PlaybackCommand {
  return command.type === 'set-rate' ? command : { ...command, positionSec: positionWithin(command.positionSec) }
}

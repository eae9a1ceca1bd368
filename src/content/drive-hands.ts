/**
 * The drive's hands: everything that is said to the follower or done to the player goes through here, so that intent knows
 * of each write and the background of each suspension. When to do what is `drive.ts`'s to decide.
 */
import { type FollowerInput, followerStep } from '../core/follower'
import { isHandsOff, noteWrite } from '../core/intent'
import type { PlayerEffect } from '../core/player'
import type { Timeline } from '../core/timeline'
import type { ContentToBackground } from '../messages/content-to-background'
import type { DriveState, Run } from './drive-state'

export function standAside(run: Run, aside: NonNullable<DriveState['aside']>): void {
  run.state = { ...run.state, aside }
  tellFollower(run, { kind: 'stand-aside', reason: aside === 'hidden' ? 'away' : aside })
}

export function comeBack(run: Run): void {
  const { aside, ...rest } = run.state
  run.state = rest
  tellFollower(run, { kind: 'back' })
}

export function tellFollower(run: Run, input: FollowerInput, nowMs = run.sight.reading.atMs): void {
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

export function doToPlayer(run: Run, effect: PlayerEffect): void {
  run.state = { ...run.state, intent: noteWrite(run.state.intent, effect, run.sight.reading.atMs) }
  run.effects.push(effect)
}

export function say(run: Run, message: ContentToBackground): void {
  run.effects.push({ kind: 'say', message })
}

/** Tells the follower what came while hands were off. */
export function catchUp(run: Run): void {
  if (isHandsOff(run.state.intent)) return
  const { follow, backgroundOffsetMs, told } = run.state
  const offsetMs = follow.offsetMs + backgroundOffsetMs
  const clock = `${offsetMs} ${follow.uncertaintyMs} ${follow.clockSamples}`
  if (clock !== told.clock) {
    run.state = { ...run.state, told: { ...run.state.told, clock } }
    tellFollower(run, { kind: 'clock', offsetMs, uncertaintyMs: follow.uncertaintyMs, samples: follow.clockSamples })
  }
  if (told.nudgeMs !== follow.nudgeMs) {
    run.state = { ...run.state, told: { ...run.state.told, nudgeMs: follow.nudgeMs } }
    tellFollower(run, { kind: 'nudge', nudgeMs: follow.nudgeMs })
  }
  // Most often the very same: players are looked at up to 250 times a second.
  if (told.timeline === follow.timeline) return
  const isNew = told.timeline === undefined || !isSameTimeline(told.timeline, follow.timeline)
  const { heldUntilMs, ...rest } = run.state
  run.state = { ...(isNew ? rest : run.state), told: { ...rest.told, timeline: follow.timeline } }
  if (isNew) tellFollower(run, { kind: 'timeline', timeline: follow.timeline })
}

/** So that the follower knows the player as the person left it. */
export function tellWithheld(run: Run): void {
  const { withheld, ...rest } = run.state
  if (withheld === undefined) return
  run.state = rest
  tellFollower(run, { kind: 'player-event', event: withheld, reading: run.sight.reading })
}

export function endHold(run: Run): void {
  const { heldUntilMs, ...rest } = run.state
  run.state = rest
  tellFollower(run, { kind: 'unhold' })
}

function isSameTimeline(a: Timeline, b: Timeline): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

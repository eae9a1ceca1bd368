/**
 * A follower with a player that is exactly as late as its profile says, on own time that is server time.
 * For rules one by one; how real players lag and lie is the simulation's business.
 */
import {
  createFollower,
  type FollowerEffect,
  type FollowerInput,
  type FollowerState,
  followerStep,
  pollMs,
} from '../../src/core/follower'
import type { PlayerEvent, PlayerReading } from '../../src/core/player'
import { PLAYER_PROFILES, type PlayerProfile } from '../../src/core/player-profile'
import type { Line, Timeline } from '../../src/core/timeline'

export const PAUSED_AT_10: Line = { positionSec: 10, rate: 1, playing: false, atMs: 0 }
export const RUNNING: Line = { positionSec: 10, rate: 1, playing: true, atMs: 0 }

export type Done = { readonly atMs: number } & FollowerEffect

const DEAF: PlayerReading = {
  atMs: 0,
  tookMs: 0.1,
  positionSec: 10,
  rate: 1,
  playing: false,
  seeking: false,
  readyState: 4,
  durationSec: 1000,
  hidden: false,
}

/** How long a seek takes here, ms. */
const SEEK_MS = 20

export function createScene(name: PlayerProfile['name'] = 'chromium') {
  let nowMs = 0
  let state: FollowerState = createFollower(PLAYER_PROFILES[name])
  let player: PlayerReading = DEAF
  let seekMs = SEEK_MS
  let seekingUntilMs = 0
  let startMs = PLAYER_PROFILES[name].firstLatencies.playSec * 1000
  let movesFromMs = 0
  let wakeMs: number | undefined
  let pollAtMs = 0
  let polls = true
  let hasRead = false
  const done: Done[] = []
  const readings: number[] = []

  const turnTo = (toMs: number): void => {
    const moves = player.playing && !player.seeking && player.readyState >= 3
    const ranSec = moves ? (Math.max(0, toMs - Math.max(nowMs, movesFromMs)) * player.rate) / 1000 : 0
    nowMs = toMs
    player = { ...player, atMs: nowMs, positionSec: player.positionSec + ranSec, seeking: nowMs < seekingUntilMs }
  }
  const perform = (effect: FollowerEffect): void => {
    done.push({ atMs: nowMs, ...effect })
    if (effect.kind === 'wake') wakeMs = effect.atMs
    if (effect.kind === 'play') movesFromMs = nowMs + startMs
    if (effect.kind === 'play' || effect.kind === 'pause') player = { ...player, playing: effect.kind === 'play' }
    if (effect.kind === 'set-rate') player = { ...player, rate: effect.rate }
    if (effect.kind === 'seek') {
      seekingUntilMs = nowMs + seekMs
      player = { ...player, positionSec: effect.positionSec, seeking: true }
    }
  }
  const give = (input: FollowerInput): void => {
    const step = followerStep(state, input, nowMs)
    state = step.state
    for (const effect of step.effects) perform(effect)
    if (hasRead) pollAtMs = nowMs + pollMs(state, nowMs)
  }

  const scene = {
    give,
    state: () => state,
    pollMs: () => pollMs(state, nowMs),
    /** How often the player was read since the last time this was asked. */
    readings: () => readings.splice(0).length,
    player: () => player,
    nowMs: () => nowMs,
    clock: (samples = 10, offsetMs = 0) => give({ kind: 'clock', offsetMs, uncertaintyMs: 30, samples }),
    timeline: (timeline: Timeline) => give({ kind: 'timeline', timeline }),
    event: (event: PlayerEvent) => give({ kind: 'player-event', event, reading: player }),
    /** Something moves the player that is not the follower. */
    set(change: Partial<PlayerReading>): void {
      player = { ...player, ...change }
    },
    startsTake(ms: number): void {
      startMs = ms
    },
    seeksTake(ms: number): void {
      seekMs = ms
    },
    stopPolling(): void {
      polls = false
    },
    run(forMs: number): void {
      const endMs = nowMs + forMs
      for (;;) {
        const wake = wakeMs ?? Number.POSITIVE_INFINITY
        const nextMs = Math.min(polls ? pollAtMs : Number.POSITIVE_INFINITY, wake)
        if (nextMs > endMs) break
        turnTo(Math.max(nowMs, nextMs))
        if (wake <= nowMs) {
          wakeMs = undefined
          give({ kind: 'woke' })
        } else {
          readings.push(nowMs)
          hasRead = true
          give({ kind: 'reading', reading: player })
        }
      }
      turnTo(endMs)
    },
    /** What was done since the last time this was asked, wishes to be woken left out. */
    done: (): readonly Done[] => done.splice(0).filter(({ kind }) => kind !== 'wake'),
  }
  return scene
}

/** A scene whose player runs on the line, settled, with nothing left to be done. */
export function createRunning(name: PlayerProfile['name'] = 'chromium') {
  const scene = createScene(name)
  scene.set({ playing: true })
  scene.clock()
  scene.timeline({ current: RUNNING })
  scene.run(15_000)
  scene.done()
  return scene
}

/**
 * A simulated player with what a page has around it: the real follower and the real clock estimate, lanes to a server, an own
 * wrong clock, timers that come late. It reads its player when `pollMs` says so and wakes when the follower asks for it, on one
 * timer, as the page does. Knows no room: what it is told is the caller's.
 */
import { addSample, createClock, estimate, nextPingMs, pathDownMs, reconnected } from '../../src/core/clock'
import {
  createFollower,
  type FollowerEffect,
  type FollowerInput,
  type FollowerState,
  followerStep,
  pollMs,
} from '../../src/core/follower'
import type { PlayerEvent, PlayerReading } from '../../src/core/player'
import { PLAYER_PROFILES } from '../../src/core/player-profile'
import type { Timeline } from '../../src/core/timeline'
import { createLane, type Path } from './lane'
import { createPlant, type PlantKind, type PlantOptions } from './plant'
import type { Chance, World } from './plant-world'

export type FollowedOptions = PlantOptions & {
  readonly kind: PlantKind
  readonly up: Path
  readonly down: Path
  /** Own clock minus true time, and how much faster it runs. */
  readonly clockMs?: number
  readonly clockPpm?: number
}

/** All but `wake`, which is between the follower and its timer. */
export type Done = Exclude<FollowerEffect, { kind: 'wake' }>
export type FollowedPlayer = ReturnType<typeof createFollowedPlayer>

const TIMER_LATE_MS = 2
const THROTTLED_MS = 1_000
/** A look a moment before would make an exact timer late. */
const NEAR_WAKE_MS = 5

export function createFollowedPlayer(
  world: World,
  chance: Chance,
  options: FollowedOptions,
  onDone: (effect: Done) => void,
) {
  const up = createLane(world, chance, options.up)
  const down = createLane(world, chance, options.down)
  const speed = 1 + (options.clockPpm ?? 0) / 1e6
  let aheadMs = options.clockMs ?? 0
  const ownMs = (): number => world.nowMs() * speed + aheadMs
  const trueMs = (own: number): number => (own - aheadMs) / speed
  let clock = createClock()
  let life = 0
  let pings = 0
  let state: FollowerState = createFollower(PLAYER_PROFILES[options.kind.name])
  let blockedUntilMs = 0
  let hidden = false
  let refuses = false
  let gone = false
  let toldMs = Number.NEGATIVE_INFINITY
  /** Own clock. */
  let wakeMs: number | undefined
  let tickMs = Number.NaN
  const plant = createPlant(options.kind, world, chance, onPlayer, options)

  const isBlocked = (): boolean => world.nowMs() < blockedUntilMs
  /** As soon as the main thread is free. */
  const soon = (run: () => void): void =>
    world.at(world.nowMs(), () => {
      if (isBlocked()) world.at(blockedUntilMs, run)
      else run()
    })
  function onPlayer(event: PlayerEvent): void {
    soon(() => step({ kind: 'player-event', event, reading: reading() }))
  }
  function reading(): PlayerReading {
    return plant.read(ownMs(), hidden)
  }

  function step(input: FollowerInput, atMs = ownMs()): void {
    if (gone) return
    const stepped = followerStep(state, input, atMs)
    state = stepped.state
    for (const effect of stepped.effects) perform(effect)
    tickLater()
  }
  function perform(effect: FollowerEffect): void {
    if (effect.kind === 'wake') {
      wakeMs = effect.atMs
      return
    }
    onDone(effect)
    if (effect.kind === 'suspended' || effect.kind === 'resumed') return
    if (effect.kind === 'play' && refuses) world.at(world.nowMs() + 1, () => step({ kind: 'play-refused' }))
    else plant.apply(effect)
  }
  function tickLater(): void {
    const nowMs = ownMs()
    const lookMs = nowMs + pollMs(state, nowMs)
    const dueMs = wakeMs !== undefined && wakeMs <= lookMs + NEAR_WAKE_MS ? wakeMs : lookMs
    const inMs = Math.max(0, trueMs(dueMs) - world.nowMs())
    const throttledMs = hidden ? Math.max(inMs, THROTTLED_MS - (world.nowMs() % THROTTLED_MS)) : inMs
    tickMs = world.nowMs() + throttledMs + chance.between(0, TIMER_LATE_MS)
    world.at(tickMs, tick)
  }
  function tick(): void {
    if (gone || world.nowMs() !== tickMs) return
    if (isBlocked()) {
      tickMs = blockedUntilMs
      world.at(tickMs, tick)
      return
    }
    const nowMs = ownMs()
    if (wakeMs !== undefined && nowMs >= wakeMs - 1) {
      const atMs = Math.max(nowMs, wakeMs)
      wakeMs = undefined
      step({ kind: 'woke' }, atMs)
    }
    step({ kind: 'reading', reading: reading() })
  }

  function ping(ofLife: number): void {
    if (gone || ofLife !== life) return
    const sentMs = ownMs()
    up.send(() => {
      const serverMs = world.nowMs()
      down.send(() => {
        if (ofLife !== life) return
        pings += 1
        clock = addSample(clock, {
          sentMs,
          serverReceivedMs: serverMs,
          serverSentMs: serverMs,
          receivedMs: ownMs(),
        })
        const now = estimate(clock)
        if (now) soon(() => step({ kind: 'clock', ...now }))
      })
    })
    world.at(world.nowMs() + nextPingMs(pings), () => ping(ofLife))
  }

  return {
    plant,
    state: () => state,
    step,
    reading,
    isHidden: () => hidden,
    pathMs: () => pathDownMs(clock),
    offsetErrorMs: () => (estimate(clock)?.offsetMs ?? Number.NaN) - (world.nowMs() - ownMs()),
    /** Towards the server. */
    say: (arrive: () => void): void => up.send(arrive),
    hear: (arrive: () => void): void => down.send(() => soon(arrive)),
    tell: (timeline: Timeline): void =>
      down.send(() =>
        soon(() => {
          toldMs = world.nowMs()
          step({ kind: 'timeline', timeline })
        }),
      ),
    /** When it last heard of a timeline. */
    toldMs: () => toldMs,
    /** A fresh connection. */
    connect(): void {
      life += 1
      pings = 0
      clock = reconnected(clock)
      ping(life)
    },
    disconnect(): void {
      life += 1
    },
    arrive(): void {
      this.connect()
      tickLater()
    },
    leave(): void {
      gone = true
    },
    block(forMs: number): void {
      blockedUntilMs = world.nowMs() + forMs
    },
    cut(forMs: number): void {
      up.cutFor(forMs)
      down.cutFor(forMs)
    },
    hide(isHidden: boolean): void {
      hidden = isHidden
    },
    refusePlay(does: boolean): void {
      refuses = does
    },
    /** Somebody sets the machine's clock. */
    stepClock(byMs: number): void {
      aheadMs += byMs
    },
  }
}

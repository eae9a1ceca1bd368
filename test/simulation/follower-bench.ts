/**
 * The bench: real clocks and followers on simulated players, each behind its own lanes and its own wrong clock,
 * and an author who acts in a real room. Records what was true, never what a follower says of itself.
 */
import { addSample, createClock, estimate, nextPingMs, pathDownMs } from '../../src/core/clock'
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
import type { PlaybackCommand } from '../../src/core/room/command'
import { latestLine, lineAt, positionAt, type Timeline } from '../../src/core/timeline'
import { aRoom } from '../core/room/a-room'
import { createPlant, type PlantKind, type PlantOptions } from './plant'
import { type Chance, createChance, createLane, createWorld, type Path, type World } from './plant-world'

export type ClientOptions = PlantOptions & {
  readonly kind: PlantKind
  readonly up: Path
  readonly down: Path
  /** Own clock minus true time, and how much faster it runs. */
  readonly clockMs?: number
  readonly clockPpm?: number
}

export type Point = {
  readonly atMs: number
  readonly errorMs: number
  readonly rate: number
  readonly playing: boolean
}
export type Did = { readonly atMs: number; readonly effect: FollowerEffect }
export type BenchClient = ReturnType<typeof createClient>

const ACTOR = 'Ada'
const TIMER_LATE_MS = 2
const THROTTLED_MS = 1_000
const SAMPLE_MS = 50

/** A room of its own, in which somebody acts who has no player. */
function createAuthor(world: World, clients: () => readonly BenchClient[]) {
  const room = aRoom()
  let { timeline } = room.room()
  room.joins(ACTOR)
  const tell = (next: Timeline): void => {
    timeline = next
    for (const client of clients()) client.tell(timeline)
  }
  const ask = (command: PlaybackCommand): void => {
    room.nowMs = world.nowMs()
    room.pathsMs = clients().flatMap((client) => client.pathMs() ?? [])
    room.asks(ACTOR, command)
    tell(room.room().timeline)
  }
  const positionSec = (): number => positionAt(lineAt(timeline, world.nowMs()), world.nowMs())
  return {
    timeline: () => timeline,
    play: () => ask({ type: 'play', positionSec: positionSec() }),
    seek: (toSec: number) => ask({ type: 'seek', positionSec: toSec }),
    pause: () => ask({ type: 'pause', positionSec: positionSec() }),
    setRate: (rate: number) => ask({ type: 'set-rate', rate }),
    /** As no room of ours does: it counts from the moment it arrived, without notice, and the room does not know of it. */
    jump: (toSec: number) =>
      tell({ current: { ...latestLine(timeline), playing: true, positionSec: toSec, atMs: world.nowMs() } }),
  }
}

function createClient(world: World, chance: Chance, options: ClientOptions, timelineNow: () => Timeline) {
  const up = createLane(world, chance, options.up)
  const down = createLane(world, chance, options.down)
  const ownMs = (trueMs: number): number =>
    trueMs * (1 + (options.clockPpm ?? 0) / 1e6) + (options.clockMs ?? 0) + stepMs
  const trueMs = (own: number): number => (own - stepMs - (options.clockMs ?? 0)) / (1 + (options.clockPpm ?? 0) / 1e6)
  let stepMs = 0
  let clock = createClock()
  let state: FollowerState = createFollower(PLAYER_PROFILES[options.kind.name])
  let blockedUntilMs = 0
  let hidden = false
  let refuses = false
  let wakeNumber = 0
  const points: Point[] = []
  const did: Did[] = []
  const plant = createPlant(options.kind, world, chance, (event) => later(0, () => tellEvent(event)), options)

  /** Timers come late, hidden ones very late, and none while the main thread is blocked. */
  const later = (delayMs: number, run: () => void, isTimer = false): void => {
    const throttleMs = isTimer && hidden ? THROTTLED_MS - (world.nowMs() % THROTTLED_MS) : 0
    world.at(world.nowMs() + Math.max(delayMs, throttleMs) + (isTimer ? chance.between(0, TIMER_LATE_MS) : 0), () => {
      if (world.nowMs() < blockedUntilMs) world.at(blockedUntilMs, run)
      else run()
    })
  }
  const reading = (): PlayerReading => plant.read(ownMs(world.nowMs()), hidden)
  const tellEvent = (event: PlayerEvent): void => step({ kind: 'player-event', event, reading: reading() })

  const step = (input: FollowerInput): void => {
    const stepped = followerStep(state, input, ownMs(world.nowMs()))
    state = stepped.state
    for (const effect of stepped.effects) perform(effect)
    pollLater()
  }
  const perform = (effect: FollowerEffect): void => {
    if (effect.kind !== 'wake') did.push({ atMs: world.nowMs(), effect })
    switch (effect.kind) {
      case 'wake': {
        wakeNumber += 1
        const mine = wakeNumber
        later(
          trueMs(effect.atMs) - world.nowMs(),
          () => {
            if (mine === wakeNumber) step({ kind: 'woke' })
          },
          true,
        )
        return
      }
      case 'suspended':
      case 'resumed':
        return
      default:
        if (effect.kind === 'play' && refuses) later(1, () => step({ kind: 'play-refused' }))
        else plant.apply(effect)
    }
  }

  let pollNumber = 0
  const pollLater = (): void => {
    pollNumber += 1
    const mine = pollNumber
    later(
      pollMs(state, ownMs(world.nowMs())),
      () => {
        if (mine === pollNumber) poll()
      },
      true,
    )
  }
  const poll = (): void => step({ kind: 'reading', reading: reading() })
  const tellClock = (): void => {
    const now = estimate(clock)
    if (now) step({ kind: 'clock', ...now })
  }
  const ping = (): void => {
    const sentMs = ownMs(world.nowMs())
    up.send(() => {
      const serverReceivedMs = world.nowMs()
      down.send(() => {
        clock = addSample(clock, {
          sentMs,
          serverReceivedMs,
          serverSentMs: serverReceivedMs,
          receivedMs: ownMs(world.nowMs()),
        })
        later(0, tellClock)
      })
    })
    world.at(world.nowMs() + nextPingMs(estimate(clock)?.samples ?? 0), ping)
  }
  const record = (): void => {
    const { positionSec, rate, playing } = plant.truth()
    const line = lineAt(timelineNow(), world.nowMs())
    points.push({ atMs: world.nowMs(), errorMs: (positionSec - positionAt(line, world.nowMs())) * 1000, rate, playing })
    world.at(world.nowMs() + SAMPLE_MS, record)
  }

  return {
    points,
    did,
    plant,
    state: () => state,
    step,
    reading,
    pathMs: () => pathDownMs(clock),
    offsetErrorMs: () => (estimate(clock)?.offsetMs ?? Number.NaN) - (world.nowMs() - ownMs(world.nowMs())),
    tell: (timeline: Timeline) => down.send(() => later(0, () => step({ kind: 'timeline', timeline }))),
    arrive(): void {
      ping()
      poll()
      record()
      this.tell(timelineNow())
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
      stepMs += byMs
    },
    seeks: (fromMs: number, toMs: number) =>
      did.filter(({ atMs, effect }) => effect.kind === 'seek' && atMs >= fromMs && atMs < toMs).length,
    between: (fromMs: number, toMs: number) => points.filter(({ atMs }) => atMs >= fromMs && atMs < toMs),
  }
}

export function createBench(seed: number, options: readonly ClientOptions[]) {
  const world = createWorld()
  const chance = createChance(seed)
  const clients: BenchClient[] = []
  const author = createAuthor(world, () => clients)
  const enter = (client: ClientOptions): BenchClient => {
    const entered = createClient(world, chance, client, author.timeline)
    clients.push(entered)
    entered.arrive()
    return entered
  }
  for (const client of options) enter(client)
  return { world, chance, author, clients, enter, run: (forMs: number) => world.runUntil(world.nowMs() + forMs) }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/**
 * The bench: real clocks and followers on simulated players, each behind its own lanes and its own wrong clock,
 * and an author who acts in a real room. Records what was true, never what a follower says of itself.
 */
import type { PlaybackCommand } from '../../src/core/room/command'
import { latestLine, lineAt, positionAt, type Timeline } from '../../src/core/timeline'
import { aRoom } from '../core/room/a-room'
import { createFollowedPlayer, type Done, type FollowedOptions } from './followed-player'
import { type Chance, createChance, createWorld, type World } from './plant-world'

export type ClientOptions = FollowedOptions

export type Point = {
  readonly atMs: number
  readonly errorMs: number
  readonly rate: number
  readonly playing: boolean
}
export type Did = { readonly atMs: number; readonly effect: Done }
export type BenchClient = ReturnType<typeof createClient>

const ACTOR = 'Ada'
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
  const points: Point[] = []
  const did: Did[] = []
  const followed = createFollowedPlayer(world, chance, options, (effect) => did.push({ atMs: world.nowMs(), effect }))
  const record = (): void => {
    const { positionSec, rate, playing } = followed.plant.truth()
    const line = lineAt(timelineNow(), world.nowMs())
    points.push({ atMs: world.nowMs(), errorMs: (positionSec - positionAt(line, world.nowMs())) * 1000, rate, playing })
    world.at(world.nowMs() + SAMPLE_MS, record)
  }
  return {
    ...followed,
    points,
    did,
    enter(): void {
      followed.arrive()
      record()
      followed.tell(timelineNow())
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
    entered.enter()
    return entered
  }
  for (const client of options) enter(client)
  return { world, chance, author, clients, enter, run: (forMs: number) => world.runUntil(world.nowMs() + forMs) }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

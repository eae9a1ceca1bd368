/**
 * The world that simulated players live in: true time, what is due in it, seeded chance, and delay lanes.
 * Synchronous, unlike the manual clock of the other tests: a simulated minute has some ten thousand timers.
 */
import { createDueQueue } from '../doubles/due-queue'
import { createSeededRandom, type SeededRandom } from '../doubles/seeded-random'

export type Chance = Pick<SeededRandom, 'float' | 'between'>

/** Seeds are counted from 1; far apart they give runs that have nothing in common. */
export function createChance(seed: number): Chance {
  return createSeededRandom(seed * 2654435761)
}

/** True time, ms, and what happens in it. */
export type Moments = {
  nowMs(): number
  at(atMs: number, run: () => void): void
}

export type World = Moments & {
  runUntil(untilMs: number): void
}

export function createWorld(): World {
  const due = createDueQueue()
  let nowMs = 0
  return {
    nowMs: () => nowMs,
    at: (atMs, run) => due.add({ atMs: Math.max(atMs, nowMs), run }),
    runUntil(untilMs) {
      for (let next = due.takeBy(untilMs); next; next = due.takeBy(untilMs)) {
        nowMs = next.atMs
        next.run()
      }
      nowMs = untilMs
    },
  }
}

export type Path = {
  readonly baseMs: number
  readonly jitterMs: number
  /** Now and then a packet is later by up to so much, and holds up those behind it. */
  readonly spikeMs?: number
}
/** One in so many packets is hit by a spike. */
const SPIKE_EVERY = 10

/** One direction of a connection: late, but in order, as TCP is. Nothing passes while it is cut. */
export function createLane(world: World, chance: Chance, path: Path) {
  let lastMs = 0
  let cutUntilMs = 0
  return {
    send(deliver: () => void): void {
      const spike = path.spikeMs && chance.float() < 1 / SPIKE_EVERY ? chance.between(0, path.spikeMs) : 0
      const sentMs = Math.max(world.nowMs(), cutUntilMs)
      const atMs = sentMs + path.baseMs + chance.between(-path.jitterMs, path.jitterMs) + spike
      lastMs = Math.max(lastMs + 0.01, atMs)
      world.at(lastMs, deliver)
    },
    cutFor(forMs: number): void {
      cutUntilMs = world.nowMs() + forMs
    },
  }
}

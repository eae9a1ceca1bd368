/**
 * The world that simulated players live in: true time, what is due in it, seeded chance, and delay lanes.
 * Synchronous, unlike the manual clock of the other tests: a simulated minute has some ten thousand timers.
 */
import { createSeededRandom, type SeededRandom } from '../doubles/seeded-random'

export type Chance = Pick<SeededRandom, 'float' | 'between'>

/** Seeds are counted from 1; far apart they give runs that have nothing in common. */
export function createChance(seed: number): Chance {
  return createSeededRandom(seed * 2654435761)
}

export type World = {
  /** True time, ms; it is the server's clock. */
  nowMs(): number
  at(atMs: number, run: () => void): void
  runUntil(untilMs: number): void
}

type Due = { readonly atMs: number; readonly order: number; readonly run: () => void }

export function createWorld(): World {
  const heap: Due[] = []
  let nowMs = 0
  let order = 0
  const before = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

  const push = (due: Due): void => {
    let at = heap.push(due) - 1
    while (at > 0) {
      const parentAt = (at - 1) >> 1
      const parent = heap[parentAt] as Due
      if (before(parent, due)) break
      heap[at] = parent
      at = parentAt
    }
    heap[at] = due
  }

  const pop = (): Due => {
    const first = heap[0] as Due
    const last = heap.pop() as Due
    if (heap.length === 0) return first
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) break
      const right = left + 1
      const least = right < heap.length && before(heap[right] as Due, heap[left] as Due) ? right : left
      const child = heap[least] as Due
      if (before(last, child)) break
      heap[at] = child
      at = least
    }
    heap[at] = last
    return first
  }

  return {
    nowMs: () => nowMs,
    at(atMs, run) {
      push({ atMs: Math.max(atMs, nowMs), order: order++, run })
    },
    runUntil(untilMs) {
      while (heap.length > 0 && (heap[0] as Due).atMs <= untilMs) {
        const due = pop()
        nowMs = due.atMs
        due.run()
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

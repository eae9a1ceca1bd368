/**
 * The world that simulated players live in: true time, what is due in it, and seeded chance.
 * Synchronous, and made for speed: a simulated hour has some hundred thousand timers. Nothing due is ever taken back;
 * who does not want it any more ignores it.
 */
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

type Entry = { atMs: number; order: number; run: () => void }

const NOTHING = (): void => {}

export function createWorld(): World {
  const heap: Entry[] = []
  /** Entries are used again: making them anew would be half of the work. */
  const spare: Entry[] = []
  let order = 0
  let nowMs = 0

  const isBefore = (one: Entry, other: Entry): boolean =>
    one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)

  const add = (atMs: number, run: () => void): void => {
    const entry = spare.pop() ?? { atMs, order, run }
    entry.atMs = atMs
    entry.order = order++
    entry.run = run
    let at = heap.push(entry) - 1
    while (at > 0) {
      const parentAt = (at - 1) >> 1
      const parent = heap[parentAt]
      if (!parent || isBefore(parent, entry)) break
      heap[at] = parent
      at = parentAt
    }
    heap[at] = entry
  }

  const sink = (entry: Entry): void => {
    let at = 0
    for (;;) {
      const leftAt = 2 * at + 1
      const left = heap[leftAt]
      if (!left) break
      const right = heap[leftAt + 1]
      const isRight = right !== undefined && isBefore(right, left)
      const least = isRight ? right : left
      if (!isBefore(least, entry)) break
      heap[at] = least
      at = isRight ? leftAt + 1 : leftAt
    }
    heap[at] = entry
  }

  return {
    nowMs: () => nowMs,
    at: (atMs, run) => add(atMs > nowMs ? atMs : nowMs, run),
    runUntil(untilMs) {
      for (let first = heap[0]; first && first.atMs <= untilMs; first = heap[0]) {
        const last = heap.pop()
        if (last && last !== first) sink(last)
        nowMs = first.atMs
        const { run } = first
        first.run = NOTHING
        spare.push(first)
        run()
      }
      nowMs = untilMs
    },
  }
}

/** Chance that can be had again: the same seed, the same numbers and ids. */
import type { Random } from '../../src/platform/random'

export type SeededRandom = Random & {
  between(least: number, below: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

/** Mulberry32: small, and good enough to shuffle a simulation. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const float = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(float() * 16).toString(16)).join('')
  return {
    float,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    between: (least, below) => least + float() * (below - least),
    pick: (items) => items[Math.floor(float() * items.length)] ?? items[0],
  }
}

/** Chance that can be had again: one seed, one row of numbers. Both sides of a scripted system draw from it. */
export type Chance = {
  readonly float: () => number
  readonly below: (limit: number) => number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  readonly letters: (count: number, alphabet?: string) => string
  readonly uuid: () => string
}

const HEX = '0123456789abcdef'
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'

export function createChance(seed: number): Chance {
  let state = (seed * 2654435761 + 1) >>> 0
  const float = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(float() * limit)
  const letters = (count: number, alphabet = LOWER): string =>
    Array.from({ length: count }, () => alphabet.charAt(below(alphabet.length))).join('')
  return {
    float,
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    letters,
    uuid: () => `${letters(8, HEX)}-${letters(4, HEX)}-4${letters(3, HEX)}-a${letters(3, HEX)}-${letters(12, HEX)}`,
  }
}

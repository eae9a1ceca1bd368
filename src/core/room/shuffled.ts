/** The same seed shuffles the same list the same way. `seed`: 0 ≤ seed < 1. */
export function shuffled<Value>(values: readonly Value[], seed: number): readonly Value[] {
  let state = Math.floor(seed * 2 ** 32)
  /** Mulberry32: small, and even enough for an order. */
  const float = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return values
    .map((value) => ({ value, at: float() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

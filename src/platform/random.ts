/** Chance as a port. */
export type Random = {
  /** 0 ≤ x < 1 */
  float(): number
  uuid(): string
}

export const systemRandom: Random = {
  float: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  uuid: () => crypto.randomUUID(),
}

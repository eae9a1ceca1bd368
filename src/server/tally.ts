/** How many there are of each kind; kinds of which none is left take no room. */
export type Tally = {
  /** How many there are with this one. */
  add(kind: string): number
  remove(kind: string): void
  count(kind: string): number
}

export function createTally(): Tally {
  const counts = new Map<string, number>()
  return {
    add(kind) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return count
    },
    remove(kind) {
      const count = (counts.get(kind) ?? 0) - 1
      if (count > 0) counts.set(kind, count)
      else counts.delete(kind)
    },
    count: (kind) => counts.get(kind) ?? 0,
  }
}

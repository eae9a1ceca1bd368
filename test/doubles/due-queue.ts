/** What is due when: the earliest first, and of two at the same instant the one that was asked for first. */

export type Due = { readonly atMs: number; readonly run: () => void }

export type DueQueue<Item extends Due> = {
  add(item: Item): void
  /** Also one that was taken out: then nothing happens. */
  remove(item: Item): void
  /** Takes out the earliest, if it is due by then. */
  takeBy(untilMs: number): Item | undefined
  size(): number
}

type Entry<Item> = { readonly item: Item; readonly order: number }

export function createDueQueue<Item extends Due>(): DueQueue<Item> {
  const heap: Entry<Item>[] = []
  const wanted = new Set<Item>()
  let order = 0

  const isBefore = (one: Entry<Item> | undefined, other: Entry<Item>): one is Entry<Item> =>
    one !== undefined &&
    (one.item.atMs < other.item.atMs || (one.item.atMs === other.item.atMs && one.order < other.order))

  const rise = (entry: Entry<Item>): void => {
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

  const sink = (entry: Entry<Item>): void => {
    let at = 0
    for (;;) {
      const left = heap[2 * at + 1]
      const right = heap[2 * at + 2]
      const leastAt = left && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1
      const least = heap[leastAt]
      if (!isBefore(least, entry)) break
      heap[at] = least
      at = leastAt
    }
    heap[at] = entry
  }

  const takeFirst = (): Item | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (last && heap.length > 0) sink(last)
    return first?.item
  }

  return {
    add(item) {
      wanted.add(item)
      rise({ item, order: order++ })
    },
    remove: (item) => void wanted.delete(item),
    takeBy(untilMs) {
      while (heap[0] && heap[0].item.atMs <= untilMs) {
        const item = takeFirst()
        if (item && wanted.delete(item)) return item
      }
      return undefined
    },
    size: () => wanted.size,
  }
}

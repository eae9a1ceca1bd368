/**
 * The store port in memory, for simulations: the disk outlives the store, so that a server can stop, or crash, and start again.
 * A disk that was not closed cleanly gives every room a new epoch, like the real one; `loseNewest` makes the loss real.
 */
import { apply } from '../../src/core/room/apply'
import type { NumberedEvent } from '../../src/core/room/event'
import type { Room } from '../../src/core/room/room'
import { KEPT_EVENTS, type Store } from '../../src/server/store/store'

type Shelf = { readonly states: Room[]; events: NumberedEvent[] }

export type MemoryDisk = {
  readonly shelves: Map<string, Shelf>
  readonly aliases: Map<string, string>
  isClean: boolean
}

export function createMemoryDisk(): MemoryDisk {
  return { shelves: new Map(), aliases: new Map(), isClean: true }
}

/** What a crash may do: the newest event of every room never reached the disk. */
export function loseNewest(disk: MemoryDisk): void {
  for (const shelf of disk.shelves.values()) {
    if (shelf.states.length < 2) continue
    shelf.states.pop()
    shelf.events.pop()
  }
}

export function openMemoryStore(disk: MemoryDisk, newEpoch: () => string): Store {
  if (!disk.isClean) {
    for (const shelf of disk.shelves.values()) {
      const last = shelf.states.at(-1)
      if (!last) continue
      shelf.events = []
      shelf.states.splice(0, Infinity, { ...last, public: { ...last.public, epoch: newEpoch() } })
    }
  }
  disk.isClean = false
  let closed = false
  const opened = (): MemoryDisk => {
    if (closed) throw new Error('The store is closed.')
    return disk
  }

  return {
    load: async (id) => opened().shelves.get(id)?.states.at(-1),
    async append(id, epoch, expectedRev, events) {
      const shelf = opened().shelves.get(id) ?? { states: [], events: [] }
      let room = shelf.states.at(-1)
      const [first] = events
      const begins = first?.type === 'room-created'
      if (room) {
        if (begins || room.public.epoch !== epoch || room.public.rev !== expectedRev) return 'conflict'
      } else if (!begins || expectedRev !== 0 || first.room.epoch !== epoch) return 'conflict'
      for (const event of events) {
        room = apply(room, event)
        shelf.states.push(room)
        shelf.events.push({ epoch, rev: room.public.rev, event })
      }
      shelf.states.splice(0, shelf.states.length - KEPT_EVENTS)
      shelf.events.splice(0, shelf.events.length - KEPT_EVENTS)
      disk.shelves.set(id, shelf)
      return 'ok'
    },
    async eventsSince(id, epoch, rev) {
      const shelf = opened().shelves.get(id)
      const last = shelf?.states.at(-1)?.public
      if (!shelf || !last || last.epoch !== epoch || rev > last.rev) return undefined
      const missed = shelf.events.filter((event) => event.rev > rev)
      return missed.length === last.rev - rev ? missed : undefined
    },
    async remove(id) {
      opened().shelves.delete(id)
      for (const [alias, holder] of disk.aliases) if (holder === id) disk.aliases.delete(alias)
    },
    ids: async () => [...opened().shelves.keys()],
    async claim(alias, id) {
      const key = alias.toLowerCase()
      if (opened().aliases.has(key)) return 'taken'
      disk.aliases.set(key, id)
      return 'ok'
    },
    resolve: async (alias) => opened().aliases.get(alias.toLowerCase()),
    async release(alias) {
      opened().aliases.delete(alias.toLowerCase())
    },
    list: async (id) => Array.from(opened().aliases).flatMap(([alias, holder]) => (holder === id ? [alias] : [])),
    names: async () => Array.from(opened().aliases, ([alias, id]) => ({ alias, id })),
    async probe() {
      opened()
    },
    async close() {
      opened()
      closed = true
      disk.isClean = true
    },
  }
}

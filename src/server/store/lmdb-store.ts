/**
 * The store port on lmdb, in one folder, for one process. Rooms are a snapshot now and then and the events behind it.
 * A commit is visible at once and on the disk a moment later; so after a stop that was not clean every room gets a new epoch.
 * Knows of rooms only what `apply` knows.
 */
import { open, type RootDatabase } from 'lmdb'
import { apply } from '../../core/room/apply'
import { completeRoom } from '../../core/room/complete'
import type { RoomEvent } from '../../core/room/event'
import type { Room } from '../../core/room/room'
import { committed } from './committed'
import { KEPT_EVENTS, type Store } from './store'

/** How long the tail of events behind a snapshot may grow: loading replays it. */
const SNAPSHOT_EVERY = 64
const FORMAT = 1

type Head = { readonly epoch: string; readonly rev: number; readonly snapshotRev: number }

export type LmdbStoreWishes = {
  readonly folder: string
  /** A fresh epoch for a room that may have lost something. */
  readonly newEpoch: () => string
}

export function openLmdbStore({ folder, newEpoch }: LmdbStoreWishes): Store {
  // Batching by event turn makes promises that nobody holds: on a full disk they end the process.
  const root: RootDatabase<unknown, string> = open({
    path: folder,
    encoding: 'json',
    maxDbs: 5,
    eventTurnBatching: false,
  })
  const heads = root.openDB<Head, string>({ name: 'heads', encoding: 'json' })
  const snapshots = root.openDB<Room, string>({ name: 'snapshots', encoding: 'json' })
  const events = root.openDB<RoomEvent, [string, number]>({ name: 'events', encoding: 'json' })
  const aliases = root.openDB<string, string>({ name: 'aliases', encoding: 'json' })
  const marks = root.openDB<number | boolean, string>({ name: 'marks', encoding: 'json' })

  const eventsBetween = (id: string, afterRev: number, toRev: number): RoomEvent[] =>
    Array.from(events.getRange({ start: [id, afterRev + 1], end: [id, toRev + 1] }), ({ value }) => value)

  const roomAt = (id: string, head: Head): Room | undefined => {
    const stored = snapshots.get(id)
    let room = stored && completeRoom(stored)
    for (const event of eventsBetween(id, head.snapshotRev, head.rev)) room = apply(room, event)
    return room
  }

  const dropEvents = (id: string, toRev: number): void => {
    for (const key of Array.from(events.getKeys({ start: [id, 0], end: [id, toRev + 1] }))) void events.remove(key)
  }

  /** Old events are dropped only with a snapshot that makes them needless for loading. */
  const keepSnapshot = (id: string, room: Room): void => {
    void snapshots.put(id, room)
    void heads.put(id, { epoch: room.public.epoch, rev: room.public.rev, snapshotRev: room.public.rev })
    dropEvents(id, room.public.rev - KEPT_EVENTS)
  }

  /** Names by room. It may tell one too many, whose commit failed or that was released, but never one too few. */
  const claimed = new Map<string, Set<string>>()
  const noteClaim = (alias: string, id: string): void => {
    claimed.set(id, (claimed.get(id) ?? new Set()).add(alias))
  }

  const forget = (id: string): void => {
    dropEvents(id, Number.MAX_SAFE_INTEGER)
    void snapshots.remove(id)
    void heads.remove(id)
    for (const alias of claimed.get(id) ?? []) if (aliases.get(alias) === id) void aliases.remove(alias)
  }

  const beginNewEpochs = (): void => {
    for (const { key: id, value: head } of Array.from(heads.getRange())) {
      const room = roomAt(id, head)
      if (!room) continue
      dropEvents(id, Number.MAX_SAFE_INTEGER)
      keepSnapshot(id, { ...room, public: { ...room.public, epoch: newEpoch() } })
    }
  }

  root.transactionSync(() => {
    const format = marks.get('format') ?? FORMAT
    if (format !== FORMAT) throw new Error(`The rooms in ${folder} were written by another version.`)
    void marks.put('format', FORMAT)
    if (marks.get('clean') !== true) beginNewEpochs()
    void marks.remove('clean')
  })
  for (const { key, value } of aliases.getRange()) noteClaim(key, value)

  // lmdb answers a write after its end by an exception that nobody can catch.
  let isClosed = false
  const write = async <Result>(action: () => Result): Promise<Result> => {
    if (isClosed) throw new Error('The store is closed.')
    return committed(root.transaction(action))
  }

  return {
    async load(id) {
      const head = heads.get(id)
      return head && roomAt(id, head)
    },
    append: (id, epoch, expectedRev, added) =>
      write(() => {
        const head = heads.get(id)
        if (!follows(head, epoch, expectedRev, added)) return 'conflict'
        if (added.length === 0) return 'ok'
        added.forEach((event, index) => void events.put([id, expectedRev + 1 + index], event))
        const next = { epoch, rev: expectedRev + added.length, snapshotRev: head?.snapshotRev ?? 0 }
        void heads.put(id, next)
        if (next.rev - next.snapshotRev >= SNAPSHOT_EVERY) {
          const room = roomAt(id, next)
          if (room) keepSnapshot(id, room)
        }
        return 'ok'
      }),
    async eventsSince(id, epoch, rev) {
      const head = heads.get(id)
      if (!head || head.epoch !== epoch || rev > head.rev) return undefined
      const missed = eventsBetween(id, rev, head.rev)
      if (missed.length !== head.rev - rev) return undefined
      return missed.map((event, index) => ({ epoch, rev: rev + 1 + index, event }))
    },
    async remove(id) {
      await write(() => forget(id))
      claimed.delete(id)
    },
    ids: async () => Array.from(heads.getKeys()),

    claim: (alias, id) =>
      write(() => {
        const key = alias.toLowerCase()
        if (aliases.get(key) !== undefined) return 'taken'
        noteClaim(key, id)
        void aliases.put(key, id)
        return 'ok'
      }),
    resolve: async (alias) => aliases.get(alias.toLowerCase()),
    async release(alias) {
      await write(() => void aliases.remove(alias.toLowerCase()))
    },
    list: async (id) => [...(claimed.get(id) ?? [])].filter((alias) => aliases.get(alias) === id),
    names: async () => Array.from(aliases.getRange(), ({ key, value }) => ({ alias: key, id: value })),

    async probe() {
      await write(() => void marks.put('probe', true))
    },
    async close() {
      isClosed = true
      // The mark must not reach the disk before what it vouches for.
      await root.flushed
      await committed(marks.put('clean', true))
      await root.flushed
      await root.close()
    },
  }
}

function follows(head: Head | undefined, epoch: string, expectedRev: number, added: readonly RoomEvent[]): boolean {
  const first = added[0]
  if (head) return head.epoch === epoch && head.rev === expectedRev && first?.type !== 'room-created'
  return expectedRev === 0 && first?.type === 'room-created' && first.room.epoch === epoch
}

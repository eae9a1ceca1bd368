/**
 * The public list: rooms that say that they are listed, as they are now. Nothing of any other room is in it, or can be told from it.
 * Kept as things happen, so that asking costs nothing of the rooms; sorted at most once a second.
 */

import { type DirectoryRoom, directoryRoom } from '../core/room/listed-room'
import type { PublicRoom } from '../core/room/room'
import type { Clock } from '../platform/clock'

export type Directory = {
  /** Called whenever the list is another one. */
  listen(changed: () => void): void
  /** The room is like this now; without one it is gone. */
  note(roomId: string, room: PublicRoom | undefined): void
  /** Most people first. */
  list(): readonly DirectoryRoom[]
  count(): number
  /** Rooms that anybody may go into and that have a place, most people first. */
  open(vouched: boolean): readonly string[]
}

const MAX_TOLD = 100
/** The second best is good enough if the best one filled up meanwhile. */
const MAX_OPEN = 5
const SORT_EVERY_MS = 1_000

type Row = { readonly id: string; readonly listed: DirectoryRoom }

export function createDirectory(clock: Clock): Directory {
  const rows = new Map<string, Row>()
  const listeners: (() => void)[] = []
  let sorted: { readonly atMs: number; readonly rows: readonly Row[] } | undefined

  const mostPeopleFirst = (): readonly Row[] => {
    const nowMs = clock.nowMs()
    if (!sorted || nowMs - sorted.atMs >= SORT_EVERY_MS) {
      sorted = { atMs: nowMs, rows: [...rows.values()].sort((a, b) => b.listed.members - a.listed.members) }
    }
    return sorted.rows
  }
  /** As it is now, though the order may be a second old. */
  const now = ({ id }: Row): readonly Row[] => {
    const row = rows.get(id)
    return row ? [row] : []
  }

  const tell = (): void => {
    for (const listener of listeners) listener()
  }

  return {
    listen: (changed) => void listeners.push(changed),
    note(roomId, room) {
      const before = rows.get(roomId)?.listed
      if (!room?.settings.listed || room.closed) {
        rows.delete(roomId)
        if (before) tell()
        return
      }
      // Who asks right after making a room wants to see it.
      if (!rows.has(roomId)) sorted = undefined
      const listed = directoryRoom(room)
      rows.set(roomId, { id: roomId, listed })
      if (JSON.stringify(listed) !== JSON.stringify(before)) tell()
    },
    list: () =>
      mostPeopleFirst()
        .flatMap(now)
        .slice(0, MAX_TOLD)
        .map(({ listed }) => listed),
    count: () => rows.size,
    open: (vouched) =>
      mostPeopleFirst()
        .flatMap(now)
        .filter(({ listed }) => !listed.locked && listed.members < listed.capacity && (vouched || listed.guests))
        .slice(0, MAX_OPEN)
        .map(({ id }) => id),
  }
}

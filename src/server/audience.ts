/**
 * Who sits where: for each room the sessions that hear what happens there, one per member.
 * Tells everybody, or only those something is addressed to, each thing encoded once per dialect. Knows no sockets and decides nothing.
 */
import type { MemberId } from '../core/room/room'
import type { Frame } from '../dialects/dialect'
import type { ServerDialect, Told } from '../dialects/server-dialect'

export type Listener = {
  readonly dialect: ServerDialect<unknown>
  send(frames: readonly Frame[]): void
  /** What was told to all, once more for this one. */
  hear(told: Told): void
}

export type Audience<L extends Listener> = {
  at(roomId: string, memberId: MemberId): L | undefined
  /** The seat is this listener's from now on; whoever had it is given back. */
  seat(roomId: string, memberId: MemberId, listener: L): L | undefined
  unseat(roomId: string, memberId: MemberId): void
  in(roomId: string): readonly L[]
  size(roomId: string): number
  tell(roomId: string, told: Told): void
  tellSome(roomId: string, memberIds: Iterable<MemberId>, told: Told): void
  tellOthers(roomId: string, butMemberId: MemberId, told: Told): void
  /** Those of one dialect. */
  tellAlike(roomId: string, dialect: string, told: Told): void
  count(): number
}

export function createAudience<L extends Listener>(): Audience<L> {
  const rows = new Map<string, Map<MemberId, L>>()

  const tellAll = (listeners: Iterable<L>, told: Told): void => {
    const framesByDialect = new Map<string, readonly Frame[]>()
    for (const listener of listeners) {
      const { dialect } = listener
      const frames = framesByDialect.get(dialect.name) ?? dialect.tell(told)
      framesByDialect.set(dialect.name, frames)
      listener.send(frames)
      listener.hear(told)
    }
  }

  return {
    at: (roomId, memberId) => rows.get(roomId)?.get(memberId),
    seat(roomId, memberId, listener) {
      const row = rows.get(roomId) ?? new Map<MemberId, L>()
      rows.set(roomId, row)
      const before = row.get(memberId)
      row.set(memberId, listener)
      return before === listener ? undefined : before
    },
    unseat(roomId, memberId) {
      const row = rows.get(roomId)
      row?.delete(memberId)
      if (row?.size === 0) rows.delete(roomId)
    },
    in: (roomId) => [...(rows.get(roomId)?.values() ?? [])],
    size: (roomId) => rows.get(roomId)?.size ?? 0,
    // Who hears may go by it.
    tell: (roomId, told) => tellAll([...(rows.get(roomId)?.values() ?? [])], told),
    tellAlike(roomId, dialect, told) {
      const row = [...(rows.get(roomId)?.values() ?? [])]
      tellAll(
        row.filter((listener) => listener.dialect.name === dialect),
        told,
      )
    },
    tellOthers(roomId, butMemberId, told) {
      const row = [...(rows.get(roomId) ?? [])]
      tellAll(
        row.flatMap(([memberId, listener]) => (memberId === butMemberId ? [] : [listener])),
        told,
      )
    },
    tellSome(roomId, memberIds, told) {
      const row = rows.get(roomId)
      tellAll(
        Array.from(new Set(memberIds), (memberId) => row?.get(memberId)).filter((listener) => listener !== undefined),
        told,
      )
    },
    count: () => {
      let count = 0
      for (const row of rows.values()) count += row.size
      return count
    },
  }
}

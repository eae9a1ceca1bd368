/**
 * Who sits where: for each room the sessions that hear what happens there, one per member.
 * Tells events at once and state signals in batches, each encoded once per dialect. Knows no sockets and decides nothing.
 */
import type { MemberId } from '../core/room/room'
import type { Frame, PlayerReport, ServerDialect, Told } from '../dialects/dialect'
import type { Clock } from '../platform/clock'
import type { Cancel, Timers } from '../platform/timers'

export type Listener = {
  readonly dialect: ServerDialect<unknown>
  send(frames: readonly Frame[]): void
}

export type Audience<L extends Listener> = {
  at(roomId: string, memberId: MemberId): L | undefined
  /** The seat is this listener's from now on; whoever had it is given back. */
  seat(roomId: string, memberId: MemberId, listener: L): L | undefined
  unseat(roomId: string, memberId: MemberId): void
  in(roomId: string): readonly L[]
  tell(roomId: string, told: Told): void
  /** Newest wins; told with the next batch. */
  report(roomId: string, memberId: MemberId, report: PlayerReport): void
  count(): number
}

/** At most two batches a second. */
const BATCH_MS = 500

type Row<L> = {
  readonly listeners: Map<MemberId, L>
  readonly reports: Map<MemberId, PlayerReport>
  toldAtMs?: number
  cancelBatch?: Cancel
}

export function createAudience<L extends Listener>(clock: Clock, timers: Timers): Audience<L> {
  const rows = new Map<string, Row<L>>()

  const tell = (roomId: string, told: Told): void => {
    const framesByDialect = new Map<string, readonly Frame[]>()
    for (const listener of rows.get(roomId)?.listeners.values() ?? []) {
      const { dialect } = listener
      const frames = framesByDialect.get(dialect.name) ?? dialect.tell(told)
      framesByDialect.set(dialect.name, frames)
      listener.send(frames)
    }
  }

  const tellReports = (roomId: string, row: Row<L>): void => {
    delete row.cancelBatch
    row.toldAtMs = clock.nowMs()
    const reports = Object.fromEntries([...row.reports].filter(([memberId]) => row.listeners.has(memberId)))
    row.reports.clear()
    tell(roomId, { kind: 'reports', reports })
  }

  return {
    at: (roomId, memberId) => rows.get(roomId)?.listeners.get(memberId),
    seat(roomId, memberId, listener) {
      const row = rows.get(roomId) ?? { listeners: new Map(), reports: new Map() }
      rows.set(roomId, row)
      const before = row.listeners.get(memberId)
      row.listeners.set(memberId, listener)
      return before === listener ? undefined : before
    },
    unseat(roomId, memberId) {
      const row = rows.get(roomId)
      if (!row) return
      row.listeners.delete(memberId)
      if (row.listeners.size > 0) return
      row.cancelBatch?.()
      rows.delete(roomId)
    },
    in: (roomId) => [...(rows.get(roomId)?.listeners.values() ?? [])],
    tell,
    report(roomId, memberId, report) {
      const row = rows.get(roomId)
      if (!row) return
      row.reports.set(memberId, report)
      const waitMs = row.toldAtMs === undefined ? 0 : row.toldAtMs + BATCH_MS - clock.nowMs()
      if (waitMs <= 0) {
        row.cancelBatch?.()
        tellReports(roomId, row)
      } else row.cancelBatch ??= timers.after(waitMs, () => tellReports(roomId, row))
    },
    count: () => {
      let count = 0
      for (const row of rows.values()) count += row.listeners.size
      return count
    },
  }
}

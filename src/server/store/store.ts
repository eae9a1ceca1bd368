/**
 * Where rooms outlive the process: their events, numbered within an epoch, and their names in one case-folded namespace.
 * The port only; what it promises is test/contracts/store-contract.ts. Knows no members, no sockets and no rules.
 */
import type { NumberedEvent, RoomEvent } from '../../core/room/event'
import type { Room } from '../../core/room/room'

export type Store = {
  /** The room as its last event left it. */
  load(id: string): Promise<Room | undefined>
  /**
   * Adds events behind `expectedRev`, all or none. A room begins with `room-created` behind rev 0.
   * `conflict`: the room is not where the caller thinks; load it and decide again.
   */
  append(id: string, epoch: string, expectedRev: number, events: readonly RoomEvent[]): Promise<'ok' | 'conflict'>
  /** What happened after `rev`; nothing if that was in another epoch, or so long ago that it is not kept. */
  eventsSince(id: string, epoch: string, rev: number): Promise<readonly NumberedEvent[] | undefined>
  /** Forgets a room, its events and every name it has. */
  remove(id: string): Promise<void>
  ids(): Promise<readonly string[]>

  claim(alias: string, id: string): Promise<'ok' | 'taken'>
  resolve(alias: string): Promise<string | undefined>
  release(alias: string): Promise<void>
  /** The names of one room. */
  list(id: string): Promise<readonly string[]>
  /** All names there are. */
  names(): Promise<readonly { readonly alias: string; readonly id: string }[]>

  /** Can it still write? Rejects with the reason if not. */
  probe(): Promise<void>
  /** Everything is on the disk, and the next opening knows that nothing was lost. */
  close(): Promise<void>
}

/** How many events are kept at least, so that who comes back can be told what was missed. */
export const KEPT_EVENTS = 256

/**
 * Which rooms there are, which of them outlive their people, and how many more there may be. Told of each room as it is now.
 * Knows no codes and no people; what the public may see of rooms is the directory's.
 */
import type { PublicRoom } from '../core/room/room'

export type Census = {
  /** It counts from here on: others that come meanwhile must not find the same last place free. */
  begin(roomId: string): void
  /** The room is like this now; without one it is gone. */
  note(roomId: string, room: PublicRoom | undefined): void
  has(roomId: string): boolean
  ids(): Iterable<string>
  count(): number
  /** Is there a place for one more, or for this one to stay? */
  hasPlace(kind: 'any' | 'permanent', roomId?: string): boolean
}

export function createCensus(limits: { readonly rooms: number; readonly permanentRooms: number }): Census {
  const all = new Set<string>()
  const permanent = new Set<string>()
  return {
    begin: (roomId) => void all.add(roomId),
    note(roomId, room) {
      if (room) all.add(roomId)
      else all.delete(roomId)
      if (room && !room.settings.temporary) permanent.add(roomId)
      else permanent.delete(roomId)
    },
    has: (roomId) => all.has(roomId),
    ids: () => all.values(),
    count: () => all.size,
    hasPlace: (kind, roomId) =>
      kind === 'any'
        ? all.size < limits.rooms
        : permanent.size < limits.permanentRooms || (roomId !== undefined && permanent.has(roomId)),
  }
}

/**
 * Which rooms there are, which of them outlive their people, and how many more there may be. Told of each room as it is now.
 * Knows no codes and no people; what the public may see of rooms is the directory's.
 */
import type { PublicRoom } from '../core/room/room'
import { createTally } from './tally'

export type Census = {
  /** It counts from here on: others that come meanwhile must not find the same last place free. */
  begin(roomId: string, wire?: string): void
  /** The room is like this now; without one it is gone. */
  note(roomId: string, room: PublicRoom | undefined): void
  has(roomId: string): boolean
  ids(): Iterable<string>
  count(): number
  /** Is there a place for one more, or for this one to stay? */
  hasPlace(kind: 'any' | 'permanent', roomId?: string): boolean
  /** Is there a place for one more that is made on this wire? Rooms of an earlier life of the server are of none. */
  hasPlaceOn(wire: string): boolean
}

export type CensusLimits = {
  readonly rooms: number
  readonly permanentRooms: number
  readonly roomsOn: (wire: string) => number
}

export function createCensus(limits: CensusLimits): Census {
  const all = new Set<string>()
  const permanent = new Set<string>()
  const wireOf = new Map<string, string>()
  const onWire = createTally()
  const forgetWire = (roomId: string): void => {
    const wire = wireOf.get(roomId)
    if (wire !== undefined && wireOf.delete(roomId)) onWire.remove(wire)
  }
  return {
    begin(roomId, wire) {
      all.add(roomId)
      if (wire === undefined) return
      wireOf.set(roomId, wire)
      onWire.add(wire)
    },
    note(roomId, room) {
      if (room) all.add(roomId)
      else {
        all.delete(roomId)
        forgetWire(roomId)
      }
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
    hasPlaceOn: (wire) => onWire.count(wire) < limits.roomsOn(wire),
  }
}

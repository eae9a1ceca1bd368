/**
 * Which rooms there are, which of them outlive their people, and how many more there may be. Told of each room as it is now.
 * Knows no codes and no people; what the public may see of rooms is the directory's.
 */
import type { PublicRoom } from '../core/room/room'
import { createTally } from './tally'

/** On which wire a room was made, and at which address, as limits count. */
export type Made = { readonly wire: string; readonly from: string }

export type Census = {
  /** It counts from here on: others that come meanwhile must not find the same last place free. */
  begin(roomId: string, made?: Made): void
  /** The room is like this now; without one it is gone. */
  note(roomId: string, room: PublicRoom | undefined): void
  has(roomId: string): boolean
  ids(): Iterable<string>
  count(): number
  /** Is there a place for one more, or for this one to stay? */
  hasPlace(kind: 'any' | 'permanent', roomId?: string): boolean
  /** Is there a place for one more that is made so? Rooms of an earlier life of the server are nobody's. */
  hasPlaceFor(made: Made): boolean
}

export type CensusLimits = {
  readonly rooms: number
  readonly permanentRooms: number
  /** Made at one address. */
  readonly roomsFrom: number
  readonly roomsOn: (wire: string) => number
}

export function createCensus(limits: CensusLimits): Census {
  const all = new Set<string>()
  const permanent = new Set<string>()
  const madeSo = new Map<string, Made>()
  const onWire = createTally()
  const fromAddress = createTally()
  const forget = (roomId: string): void => {
    const made = madeSo.get(roomId)
    if (!made) return
    madeSo.delete(roomId)
    onWire.remove(made.wire)
    fromAddress.remove(made.from)
  }
  return {
    begin(roomId, made) {
      all.add(roomId)
      if (!made) return
      madeSo.set(roomId, made)
      onWire.add(made.wire)
      fromAddress.add(made.from)
    },
    note(roomId, room) {
      if (room) all.add(roomId)
      else {
        all.delete(roomId)
        forget(roomId)
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
    hasPlaceFor: ({ wire, from }) =>
      onWire.count(wire) < limits.roomsOn(wire) && fromAddress.count(from) < limits.roomsFrom,
  }
}

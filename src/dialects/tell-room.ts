/**
 * How the client's side of a foreign system tells what has become of the room's copy: the parts that differ, or the whole room where one is gone.
 * Knows no wire: the machine keeps its copy in the session, changes it by `core/room/foreign-room.ts`, and tells the difference here.
 */
import { partsSince } from '../core/room/foreign-room'
import type { MemberId, PublicRoom } from '../core/room/room'
import type { ClientOutput } from './client-dialect'

/** `before` is absent on the way in. */
export function tellRoom(
  before: PublicRoom | undefined,
  after: PublicRoom,
  memberId: MemberId,
): readonly ClientOutput[] {
  const part = before && partsSince(before, after)
  if (!part) return [{ kind: 'entered', memberId, room: after }]
  return Object.keys(part).length === 0 ? [] : [{ kind: 'replaced', part }]
}

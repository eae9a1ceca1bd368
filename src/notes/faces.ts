/** How each person in the room is told apart on this page: hue and two letters, the same as in the popup. Pure. */
import type { MemberId } from '../core/room/member-id'
import { huesOf, initialsOf } from '../look/format'
import type { NotesRoom } from '../messages/background-to-notes'

export type Face = { readonly hue: number; readonly initials: string; readonly name: string }

export type Faces = {
  readonly own: Face
  readonly byMember: ReadonlyMap<MemberId, Face>
}

/** Who plays alone needs a colour, too. */
const ALONE: Face = { hue: 38, initials: '', name: '' }

export function facesOf(room: NotesRoom): Faces {
  if (room.kind !== 'in-room') return { own: ALONE, byMember: new Map() }
  const hues = huesOf(room.players.map(({ memberId }) => memberId))
  const byMember = new Map(
    room.players.map(({ memberId, name }, index) => [
      memberId,
      { hue: hues[index] ?? 0, initials: initialsOf(name), name },
    ]),
  )
  return { own: byMember.get(room.selfId) ?? ALONE, byMember }
}

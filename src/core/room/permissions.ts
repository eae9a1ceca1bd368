/** Who may do what in a room. */
import type { RoomCommand } from './command'
import { type Refusal, refuse } from './refusal'
import { type MemberId, memberOf, type PublicRoom } from './room'

/** May this member move the timeline? */
export function mayControl(room: PublicRoom, memberId: MemberId): boolean {
  return room.control === 'everyone' || memberOf(room, memberId)?.role === 'host'
}

/** Why this member may not do this; nothing if they may. */
export function forbids(room: PublicRoom, memberId: MemberId, command: RoomCommand): Refusal | undefined {
  switch (command.type) {
    case 'play':
    case 'pause':
    case 'seek':
    case 'set-rate':
    case 'set-media':
      return mayControl(room, memberId) ? undefined : refuse('host-controls')
    case 'set-control':
    case 'set-patience':
      return memberOf(room, memberId)?.role === 'host' ? undefined : refuse('host-only')
    case 'rename':
    case 'suspend':
    case 'resume':
    case 'leave':
      return undefined
  }
}

/** Who may do what in a room: what each command takes, and who stands above whom. */
import type { MemberCommand } from './command'
import { type Refusal, refuse } from './refusal'
import { type Control, controlIn, outranks, type Permission } from './role'
import { type MemberId, memberOf, type PublicRoom } from './room'

export function may(room: PublicRoom, memberId: MemberId, permission: Permission): boolean {
  const role = memberOf(room, memberId)?.role
  return role !== undefined && (role === 'host' || room.permissions[role].includes(permission))
}

/** May this member move the timeline? */
export function mayControl(room: PublicRoom, memberId: MemberId): boolean {
  return may(room, memberId, 'play-pause') && may(room, memberId, 'seek')
}

export function controlOf(room: PublicRoom): Control {
  return controlIn(room.permissions)
}

/**
 * Who comes in, under which name the room is found and how long it stays: for moderators, also where everybody may set what the room shows,
 * as on wires that have one word for both or none for this.
 */
export function mayKeepDoor(room: PublicRoom, memberId: MemberId): boolean {
  const { role = 'guest' } = memberOf(room, memberId) ?? {}
  return may(room, memberId, 'configure') && outranks(role, 'member')
}

/** Does one stand above the other? Nobody acts on somebody of the same role or a higher one. */
export function standsAbove(room: PublicRoom, memberId: MemberId, otherId: MemberId): boolean {
  const [one, other] = [memberOf(room, memberId), memberOf(room, otherId)]
  return one !== undefined && other !== undefined && outranks(one.role, other.role)
}

/** Why this member may not do this; nothing if they may. What depends on more than a role is decided where it is done. */
export function forbids(room: PublicRoom, memberId: MemberId, command: MemberCommand): Refusal | undefined {
  if (command.type === 'set-control') {
    return memberOf(room, memberId)?.role === 'host' ? undefined : refuse('host-only')
  }
  if (isOfDoor(command) && !mayKeepDoor(room, memberId)) return refuse('not-allowed')
  const permission = NEEDS[command.type]
  if (permission === undefined || may(room, memberId, permission)) return undefined
  return refuse(MOVES_THE_ROOM.has(permission) ? 'host-controls' : 'not-allowed')
}

function isOfDoor(command: MemberCommand): boolean {
  if (command.type === 'set-password' || command.type === 'revoke-invites') return true
  if (command.type !== 'configure') return false
  const { capacity, guests, chat, temporary } = command.settings
  return [capacity, guests, chat, temporary].some((each) => each !== undefined)
}

const MOVES_THE_ROOM: ReadonlySet<Permission> = new Set<Permission>([
  'play-pause',
  'seek',
  'set-rate',
  'skip',
  'set-media',
  'play-now',
])

/** Commands that are not here need no permission, or decide by themselves. */
const NEEDS: Readonly<Partial<Record<MemberCommand['type'], Permission>>> = {
  play: 'play-pause',
  pause: 'play-pause',
  seek: 'seek',
  'set-rate': 'set-rate',
  'set-line': 'play-pause',
  'set-media': 'set-media',
  'set-permissions': 'set-permissions',
  'set-role': 'promote',
  configure: 'configure',
  'set-password': 'configure',
  'revoke-invites': 'configure',
  'set-patience': 'configure',
  kick: 'kick',
  ban: 'ban',
  unban: 'ban',
  mute: 'mute',
  unmute: 'mute',
  'queue-add': 'queue-add',
  'queue-move': 'queue-order',
  'queue-shuffle': 'queue-order',
  'queue-clear': 'queue-remove',
  'queue-restore': 'queue-remove',
  'play-now': 'play-now',
  'media-ended': 'skip',
  vote: 'queue-vote',
  'vote-skip': 'queue-vote',
  'join-booth': 'dj',
  'add-dj': 'manage-djs',
  'remove-dj': 'manage-djs',
  'move-dj': 'manage-djs',
  say: 'chat',
  react: 'chat',
}

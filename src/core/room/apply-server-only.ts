/** What events make of what only the server knows. Everything in it is bounded: the oldest is forgotten. */
import { chatBucketAfter } from './chat-rate'
import type { RoomEvent } from './event'
import { type MemberId, ROOM_LIMITS, type ServerOnlyRoom } from './room'
import type { UndoNote } from './undo'

export function applyServerOnly(known: ServerOnlyRoom, event: RoomEvent): ServerOnlyRoom {
  switch (event.type) {
    case 'room-created':
      return event.serverOnly ? { ...known, passwordHash: event.serverOnly.passwordHash } : known
    case 'member-joined': {
      if (!event.serverOnly) return known
      const { identity, addressHash } = event.serverOnly
      const { id } = event.member
      return {
        ...known,
        identityByMember: { ...known.identityByMember, [id]: identity },
        ...(addressHash !== undefined && { addressByMember: { ...known.addressByMember, [id]: addressHash } }),
      }
    }
    case 'member-left':
      return withoutSeat(known, event)
    case 'role-changed':
      return { ...known, roleByIdentity: remembered(known, known.roleByIdentity, event.memberId, event.role) }
    case 'mute-changed':
      return { ...known, muteByIdentity: remembered(known, known.muteByIdentity, event.memberId, event.muted) }
    case 'password-changed': {
      const { passwordHash: _, ...rest } = known
      return event.serverOnly ? { ...rest, passwordHash: event.serverOnly.passwordHash } : rest
    }
    case 'invites-revoked':
      return { ...known, inviteEpoch: known.inviteEpoch + 1 }
    case 'ban-lifted':
      return { ...known, bans: known.bans.filter((ban) => ban.id !== event.serverOnly?.banId) }
    case 'chat-said':
      return event.line.memberId === undefined ? known : withSaid(known, event.line.memberId, event.line.atMs)
    case 'line-reacted':
      return withSaid(known, event.memberId, event.atMs)
    case 'queue-added':
    case 'queue-removed':
    case 'queue-moved':
    case 'queue-ordered':
      return event.serverOnly ? { ...known, undo: noted(known, event.serverOnly) } : known
    default:
      return known
  }
}

function withoutSeat(known: ServerOnlyRoom, event: Extract<RoomEvent, { type: 'member-left' }>): ServerOnlyRoom {
  const { [event.memberId]: _, ...identityByMember } = known.identityByMember
  const { [event.memberId]: __, ...addressByMember } = known.addressByMember
  const rest = { ...known, identityByMember, addressByMember }
  if (!event.serverOnly) return rest
  const standing = known.bans.filter((ban) => ban.untilMs === undefined || ban.untilMs > event.atMs)
  return { ...rest, bans: [...standing, event.serverOnly.ban] }
}

/** The newest stands last; what is absent is forgotten. */
function remembered<Value>(
  { identityByMember }: ServerOnlyRoom,
  values: Readonly<Record<string, Value>>,
  memberId: MemberId,
  value: Value | undefined,
): Readonly<Record<string, Value>> {
  const identity = identityByMember[memberId]
  if (identity === undefined) return values
  const { [identity]: _, ...others } = values
  const kept = Object.entries(others).slice(-(ROOM_LIMITS.remembered - 1))
  return Object.fromEntries(value === undefined ? kept : [...kept, [identity, value]])
}

function withSaid(known: ServerOnlyRoom, memberId: MemberId, atMs: number): ServerOnlyRoom {
  const identity = known.identityByMember[memberId]
  return identity === undefined
    ? known
    : { ...known, chatByIdentity: chatBucketAfter(known.chatByIdentity, identity, atMs) }
}

function noted({ undo }: ServerOnlyRoom, note: UndoNote): ServerOnlyRoom['undo'] {
  if ('undone' in note) return undo.toSpliced(note.undone, 1)
  return [...undo, note.undo].slice(-ROOM_LIMITS.undo)
}

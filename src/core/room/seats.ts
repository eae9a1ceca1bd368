/** Who sits in the room: joining, going away, coming back, leaving, and to whom the host role passes. */
import type { Draft } from './draft'
import { cleanName, distinctName, generateName } from './names'
import { hostOf, type Member, type MemberId, memberOf, type PublicRoom, type Room } from './room'
import { stopWaitingFor } from './waiting'

/** The seat that an identity holds in a room. */
export function seatOf(room: Room, identity: string): MemberId | undefined {
  return Object.entries(room.serverOnly.identityByMember).find(([, holder]) => holder === identity)?.[0]
}

export function takeSeat(draft: Draft, identity: string, wish: { name?: string; dialect: string }): void {
  const { fresh } = draft.context
  const room = draft.room()
  const taken = room.members.map((member) => member.shown.name)
  const given = wish.name === undefined ? undefined : cleanName(wish.name)
  const member: Member = {
    id: fresh.memberId,
    number: fresh.memberNumber,
    role: hostOf(room) ? 'member' : 'host',
    presence: { kind: 'connected' },
    dialect: wish.dialect,
    shown: { name: given ? distinctName(taken, given) : generateName(taken, fresh.nameSeed) },
  }
  draft.emit({ type: 'member-joined', member, serverOnly: { identity } })
}

export function comeBack(draft: Draft, memberId: MemberId): void {
  const room = draft.room()
  if (memberOf(room, memberId)?.presence.kind === 'away') draft.emit({ type: 'member-back', memberId })
}

export function goAway(draft: Draft, memberId: MemberId): void {
  if (memberOf(draft.room(), memberId)?.presence.kind !== 'connected') return
  draft.emit({ type: 'member-away', memberId, atMs: draft.context.nowMs })
  stopWaitingFor(draft, memberId)
}

export function leaveSeat(draft: Draft, memberId: MemberId, why: 'left' | 'lost'): void {
  const wasHost = memberOf(draft.room(), memberId)?.role === 'host'
  // Before the seat is gone: afterwards nobody knows any more whom the room was waiting for.
  stopWaitingFor(draft, memberId)
  draft.emit({ type: 'member-left', memberId, why, atMs: draft.context.nowMs })
  if (wasHost) hostIsGone(draft)
}

/** Passes the role to who has been here longest, connected members first; or closes a room that lives by its host. */
export function hostIsGone(draft: Draft): void {
  const room = draft.room()
  if (room.whenHostLeaves === 'close') {
    draft.emit({ type: 'room-closed', why: 'host-left' })
    return
  }
  const heir = heirOf(room)
  if (heir) draft.emit({ type: 'host-changed', memberId: heir.id })
}

/** Who is host next: connected members before absent ones, longest here first. */
function heirOf(room: PublicRoom): Member | undefined {
  const others = room.members.filter((member) => member.role !== 'host')
  return others.find((member) => member.presence.kind === 'connected') ?? others[0]
}

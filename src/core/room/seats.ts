/** Who sits in the room: joining, going away, coming back, leaving, and to whom the host role passes. */
import { advance } from './advance'
import type { Draft } from './draft'
import type { LeftWhy } from './event'
import { cleanName, distinctName, generateName } from './names'
import type { Role } from './role'
import { type Ban, hostOf, type Member, type MemberId, memberOf, ofIdentity, type PublicRoom, type Room } from './room'
import { skipIfWanted } from './votes'
import { stopWaitingFor } from './waiting'

/** The seat that an identity holds in a room. */
export function seatOf(room: Room, identity: string): MemberId | undefined {
  return Object.entries(room.serverOnly.identityByMember).find(([, holder]) => holder === identity)?.[0]
}

/** The seat that an identity took last, on wires where each socket has its own. */
export function lastSeatOf(room: Room, identity: string): MemberId | undefined {
  return Object.entries(room.serverOnly.identityByMember).findLast(([, holder]) => holder === identity)?.[0]
}

export function takeSeat(
  draft: Draft,
  identity: string,
  wish: { name?: string; dialect: string; bot?: boolean; memberId?: MemberId },
): void {
  const { fresh, nowMs, verified } = draft.context
  const { addressHash } = verified
  const room = draft.room()
  const taken = room.members.map((member) => member.shown.name)
  const given = wish.name === undefined ? undefined : cleanName(wish.name)
  const muted = ofIdentity(draft.serverOnly().muteByIdentity, identity)
  const isBot = wish.bot === true
  const member: Member = {
    id: wish.memberId ?? fresh.memberId,
    number: fresh.memberNumber,
    role: hostOf(room) || isBot ? roleAtDoor(draft, identity) : 'host',
    ...(isBot && { bot: true }),
    presence: { kind: 'connected' },
    ...(muted && (muted.untilMs ?? nowMs + 1) > nowMs && { muted }),
    dialect: wish.dialect,
    shown: { name: given ? distinctName(taken, given) : generateName(taken, fresh.nameSeed) },
  }
  draft.emit({
    type: 'member-joined',
    member,
    serverOnly: { identity, ...(addressHash !== undefined && { addressHash }) },
  })
}

/** A role given here is kept; else it counts whether anybody knows them. */
function roleAtDoor(draft: Draft, identity: string): Role {
  const { vouched, moderates, invited = 'guest' } = draft.context.verified
  const given = ofIdentity(draft.serverOnly().roleByIdentity, identity)
  return given ?? (moderates ? 'moderator' : vouched ? 'member' : invited)
}

export function comeBack(draft: Draft, memberId: MemberId): void {
  const room = draft.room()
  if (memberOf(room, memberId)?.presence.kind === 'away') draft.emit({ type: 'member-back', memberId })
}

export function goAway(draft: Draft, memberId: MemberId): void {
  if (memberOf(draft.room(), memberId)?.presence.kind !== 'connected') return
  draft.emit({ type: 'member-away', memberId, atMs: draft.context.nowMs })
  stopWaitingFor(draft, memberId)
  skipIfWanted(draft)
}

type Farewell = { readonly reason?: string; readonly ban?: Ban }

export function leaveSeat(draft: Draft, memberId: MemberId, why: LeftWhy, { reason, ban }: Farewell = {}): void {
  const wasHost = memberOf(draft.room(), memberId)?.role === 'host'
  const wasPlaying = draft.room().booth.playing === memberId
  // Before the seat is gone: afterwards nobody knows any more whom the room was waiting for.
  stopWaitingFor(draft, memberId)
  draft.emit({
    type: 'member-left',
    memberId,
    why,
    atMs: draft.context.nowMs,
    ...(reason !== undefined && { reason }),
    ...(ban && { serverOnly: { ban } }),
  })
  if (wasHost) hostIsGone(draft)
  if (draft.room().closed) return
  if (wasPlaying) advance(draft, { skipped: true })
  else skipIfWanted(draft)
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

/** Who is host next: connected people before absent ones, moderators before others, longest here first. */
function heirOf(room: PublicRoom): Member | undefined {
  const others = room.members.filter((member) => member.role !== 'host' && !member.bot)
  const connected = others.filter((member) => member.presence.kind === 'connected')
  const heirs = connected.length > 0 ? connected : others
  return heirs.find((member) => member.role === 'moderator') ?? heirs[0]
}

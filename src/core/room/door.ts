/** The door of a room: who comes in, who comes back, and who is kept out. */
import type { DoorCommand } from './command'
import type { Draft } from './draft'
import { isDue } from './due'
import { isStanding } from './moderation'
import { cleanName } from './names'
import { type Refusal, refuse } from './refusal'
import { memberOf, ofIdentity, type Room } from './room'
import { comeBack, hostIsGone, seatOf, takeSeat } from './seats'

export function join(draft: Draft, room: Room, command: Extract<DoorCommand, { type: 'join' }>): Refusal | undefined {
  const { by } = draft.context
  if (by.kind !== 'identity') return refuse('already-in-room')
  if (command.name !== undefined && !cleanName(command.name)) return refuse('bad-name')
  const seat = command.ownSeat ? undefined : seatOf(room, by.identity)
  if (seat === undefined) {
    if (memberOf(draft.room(), command.memberId)) return refuse('taken-over')
    const refusal = keepsOut(draft, by.identity)
    if (refusal) return refusal
    takeSeat(draft, by.identity, command)
  } else comeBack(draft, seat)
  // The grace of a host who was alone may have run out long ago: nobody was there to take the role.
  if (isDue(draft.room(), { type: 'host-grace-expired' }, draft.context.nowMs)) hostIsGone(draft)
  return undefined
}

function keepsOut(draft: Draft, identity: string): Refusal | undefined {
  const { nowMs, verified } = draft.context
  const { members, rev, settings } = draft.room()
  // Whoever made the room has said what holds for others.
  if (rev === 1) return undefined
  const { bans, roleByIdentity } = draft.serverOnly()
  const ban = bans.find(
    (ban) =>
      isStanding(ban, nowMs) &&
      (ban.identity === identity || (ban.addressHash !== undefined && ban.addressHash === verified.addressHash)),
  )
  if (ban) return refuse('banned', ban.reason)
  if (members.length >= settings.capacity) return refuse('room-full')
  const role = ofIdentity(roleByIdentity, identity) ?? (verified.moderates ? 'moderator' : 'guest')
  const isKnown = verified.vouched === true || verified.invited !== undefined || role !== 'guest'
  if (!settings.guests && !isKnown) return refuse('guests-not-allowed')
  // An invite, or a moderator's role, is as good as the password.
  const hasKey = verified.passwordMatches === true || verified.invited !== undefined || role === 'moderator'
  if (!settings.locked || hasKey) return undefined
  return refuse(verified.passwordMatches === undefined ? 'password-needed' : 'wrong-password')
}

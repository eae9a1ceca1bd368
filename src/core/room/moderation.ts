/** Who has to go, or be silent: with a reason, told to them and in a line to the room. */
import type { Notice } from './chat-line'
import type { PeopleCommand } from './command'
import type { Draft } from './draft'
import { standsAbove } from './permissions'
import { type Refusal, refuse } from './refusal'
import { type Ban, type MemberId, memberOf, ofIdentity, ROOM_LIMITS } from './room'
import { leaveSeat } from './seats'
import { systemLine } from './system-line'
import { visible } from './visible'

type Moderation = Extract<PeopleCommand, { readonly type: 'kick' | 'ban' | 'unban' | 'mute' | 'unmute' }>

export function decideModeration(draft: Draft, memberId: MemberId, command: Moderation): Refusal | undefined {
  const room = draft.room()
  const { nowMs } = draft.context
  if (command.type === 'unban') {
    // Two who lift it at the same moment both have what they want.
    const isThere = draft.serverOnly().bans.some((ban) => ban.id === command.banId)
    if (isThere) draft.emit({ type: 'ban-lifted', serverOnly: { banId: command.banId } })
    return undefined
  }
  const other = memberOf(room, command.memberId)
  if (!other) return refuse('no-such-member')
  if (!standsAbove(room, memberId, other.id)) return refuse('not-over-them')
  const reason = 'reason' in command && command.reason !== undefined ? visible(command.reason).trim() : ''
  if (reason.length > ROOM_LIMITS.reasonLength) return refuse('out-of-range')
  const untilMs = 'forMs' in command && command.forMs !== undefined ? nowMs + command.forMs : undefined
  const why = { ...(reason !== '' && { reason }) }
  const until = { ...(untilMs !== undefined && { untilMs }) }
  const tell = (what: Notice['what']): void =>
    systemLine(draft, { what, name: other.shown.name, byName: nameOf(draft, memberId), ...until, ...why })

  switch (command.type) {
    case 'kick':
      tell('kicked')
      leaveSeat(draft, other.id, 'kicked', why)
      return undefined
    case 'ban': {
      const seats = seatsOf(draft, other.id)
      if (seats.some((id) => !standsAbove(room, memberId, id))) return refuse('not-over-them')
      if (standingBans(draft) >= ROOM_LIMITS.bans) return refuse('too-many')
      const ban = banOf(draft, other.id, { name: other.shown.name, byName: nameOf(draft, memberId), ...until, ...why })
      tell('banned')
      leaveSeat(draft, other.id, 'banned', { ...why, ban })
      for (const id of seats) if (id !== other.id) leaveSeat(draft, id, 'banned', why)
      return undefined
    }
    case 'mute': {
      const seats = seatsOf(draft, other.id)
      if (seats.some((id) => !standsAbove(room, memberId, id))) return refuse('not-over-them')
      for (const id of seats) draft.emit({ type: 'mute-changed', memberId: id, muted: until })
      tell('muted')
      return undefined
    }
    case 'unmute':
      if (!other.muted) return undefined
      for (const id of seatsOf(draft, other.id)) draft.emit({ type: 'mute-changed', memberId: id })
      tell('unmuted')
      return undefined
  }
}

/** All that this person holds, where each socket has a seat of its own: who may not be here, or speak, may not from any of them. */
function seatsOf(draft: Draft, memberId: MemberId): readonly MemberId[] {
  const { identityByMember } = draft.serverOnly()
  const identity = ofIdentity(identityByMember, memberId)
  const isTheirs = (id: MemberId): boolean => ofIdentity(identityByMember, id) === identity
  return draft
    .room()
    .members.map(({ id }) => id)
    .filter((id) => id === memberId || (identity !== undefined && isTheirs(id)))
}

function banOf(draft: Draft, memberId: MemberId, about: Omit<Ban, 'id' | 'atMs'>): Ban {
  const { identityByMember, addressByMember } = draft.serverOnly()
  const identity = identityByMember[memberId]
  const addressHash = addressByMember[memberId]
  return {
    id: draft.context.fresh.id,
    atMs: draft.context.nowMs,
    ...about,
    ...(identity !== undefined && { identity }),
    ...(addressHash !== undefined && { addressHash }),
  }
}

function standingBans(draft: Draft): number {
  const { nowMs } = draft.context
  return draft.serverOnly().bans.filter((ban) => isStanding(ban, nowMs)).length
}

export function isStanding(ban: Ban, nowMs: number): boolean {
  return ban.untilMs === undefined || ban.untilMs > nowMs
}

function nameOf(draft: Draft, memberId: MemberId): string {
  return memberOf(draft.room(), memberId)?.shown.name ?? ''
}

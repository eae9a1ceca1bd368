/**
 * What an event makes of a room. Pure and total: an event about somebody who is not there changes only `rev`.
 * The server applies to the whole room, clients to their copy, with the same function: that is the mirror property.
 */
import { applyChat } from './apply-chat'
import { applyPeople, withMember, withoutMember } from './apply-people'
import { applyQueue } from './apply-queue'
import { applyServerOnly } from './apply-server-only'
import { completePublic, NOTHING_KNOWN } from './complete'
import type { RoomEvent } from './event'
import { withControl } from './role'
import type { PublicRoom, Room } from './room'

export function apply(room: Room | undefined, event: RoomEvent): Room {
  return {
    public: applyPublic(room?.public, event),
    serverOnly: applyServerOnly(room?.serverOnly ?? NOTHING_KNOWN, event),
  }
}

export function applyPublic(room: PublicRoom | undefined, event: RoomEvent): PublicRoom {
  if (event.type === 'room-created') return completePublic(event.room)
  if (!room) throw new Error('The first event of a room creates it.')
  return { ...change(room, event), rev: room.rev + 1 }
}

function change(room: PublicRoom, event: Exclude<RoomEvent, { type: 'room-created' }>): PublicRoom {
  switch (event.type) {
    case 'member-joined': {
      const { emptySinceMs: _, ...rest } = room
      return { ...rest, members: [...room.members, event.member] }
    }
    case 'member-left': {
      const without = withoutMember(room, event.memberId)
      return without.members.length === 0 ? { ...without, emptySinceMs: event.atMs } : without
    }
    case 'member-away':
      return withMember(room, event.memberId, ({ suspension: _, ...member }) => ({
        ...member,
        presence: { kind: 'away', sinceMs: event.atMs },
      }))
    case 'member-back':
      return withMember(room, event.memberId, (member) => ({ ...member, presence: { kind: 'connected' } }))
    case 'member-renamed':
      return withMember(room, event.memberId, (member) => ({ ...member, shown: { ...member.shown, name: event.name } }))
    case 'control-changed':
      return { ...room, permissions: withControl(room.permissions, event.control) }
    case 'patience-changed': {
      const { patienceFullAtMs: _, ...rest } = room
      return { ...rest, patience: event.patience }
    }
    case 'timeline-changed':
      return { ...room, timeline: event.timeline, lastAct: event.act }
    case 'member-suspended':
      return withMember(room, event.memberId, (member) => ({ ...member, suspension: event.suspension }))
    case 'member-resumed':
      return withMember(room, event.memberId, ({ suspension: _, ...member }) => member)
    case 'waiting-changed':
      return changeWaiting(room, event)
    case 'room-closed': {
      const { waiting: _, ...rest } = room
      return { ...rest, closed: { why: event.why } }
    }
    case 'host-changed':
    case 'role-changed':
    case 'permissions-changed':
    case 'settings-changed':
    case 'password-changed':
    case 'mute-changed':
    case 'invites-revoked':
    case 'ban-lifted':
      return applyPeople(room, event)
    case 'chat-said':
    case 'line-reacted':
    case 'line-deleted':
      return applyChat(room, event)
    default:
      return applyQueue(room, event)
  }
}

function changeWaiting(room: PublicRoom, event: Extract<RoomEvent, { type: 'waiting-changed' }>): PublicRoom {
  const { waiting: _, ...others } = room
  const { notWaitedFor, patienceFullAtMs } = event
  const rest = patienceFullAtMs === undefined ? others : { ...others, patienceFullAtMs }
  const members = notWaitedFor
    ? room.members.map((member) =>
        notWaitedFor.members.includes(member.id) ? { ...member, notWaitedForUntilMs: notWaitedFor.untilMs } : member,
      )
    : room.members
  return event.waiting ? { ...rest, members, waiting: event.waiting } : { ...rest, members }
}

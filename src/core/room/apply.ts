/**
 * What an event makes of a room. Pure and total: an event about somebody who is not there changes only `rev`.
 * The server applies to the whole room, clients to their copy, with the same function: that is the mirror property.
 */
import type { RoomEvent } from './event'
import type { Member, MemberId, PublicRoom, Room, ServerOnlyRoom } from './room'

export function apply(room: Room | undefined, event: RoomEvent): Room {
  return {
    public: applyPublic(room?.public, event),
    serverOnly: applyServerOnly(room?.serverOnly ?? { identityByMember: {} }, event),
  }
}

export function applyPublic(room: PublicRoom | undefined, event: RoomEvent): PublicRoom {
  if (event.type === 'room-created') return event.room
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
      const members = room.members.filter((member) => member.id !== event.memberId)
      return members.length === 0 ? { ...room, members, emptySinceMs: event.atMs } : { ...room, members }
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
    case 'host-changed':
      return {
        ...room,
        members: room.members.map((member) => ({ ...member, role: member.id === event.memberId ? 'host' : 'member' })),
      }
    case 'control-changed':
      return { ...room, control: event.control }
    case 'patience-changed': {
      const { patienceFullAtMs: _, ...rest } = room
      return { ...rest, patience: event.patience }
    }
    case 'media-changed':
      return { ...room, media: event.media }
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

function withMember(room: PublicRoom, id: MemberId, update: (member: Member) => Member): PublicRoom {
  return { ...room, members: room.members.map((member) => (member.id === id ? update(member) : member)) }
}

function applyServerOnly(serverOnly: ServerOnlyRoom, event: RoomEvent): ServerOnlyRoom {
  switch (event.type) {
    case 'member-joined':
      return event.serverOnly
        ? { identityByMember: { ...serverOnly.identityByMember, [event.member.id]: event.serverOnly.identity } }
        : serverOnly
    case 'member-left': {
      const { [event.memberId]: _, ...identityByMember } = serverOnly.identityByMember
      return { identityByMember }
    }
    default:
      return serverOnly
  }
}

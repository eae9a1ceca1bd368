/** What events about roles, rights and settings make of a room, and what goes with somebody who leaves. */
import type { PeopleEvent, RoomEvent } from './event'
import type { Item } from './item'
import type { Member, MemberId, PublicRoom } from './room'

export function applyPeople(
  room: PublicRoom,
  event: PeopleEvent | Extract<RoomEvent, { type: 'host-changed' }>,
): PublicRoom {
  switch (event.type) {
    case 'host-changed':
      return {
        ...room,
        members: room.members.map((member) => {
          if (member.id === event.memberId) return { ...member, role: 'host' }
          return member.role === 'host' ? { ...member, role: 'member' } : member
        }),
      }
    case 'role-changed':
      return withMember(room, event.memberId, (member) => ({ ...member, role: event.role }))
    case 'permissions-changed':
      return { ...room, permissions: event.permissions }
    case 'settings-changed':
      return { ...room, settings: event.settings }
    case 'password-changed':
      return { ...room, settings: { ...room.settings, locked: event.locked } }
    case 'mute-changed':
      return withMember(room, event.memberId, ({ muted: _, ...member }) =>
        event.muted ? { ...member, muted: event.muted } : member,
      )
    case 'invites-revoked':
    case 'ban-lifted':
      return room
  }
}

export function withMember(room: PublicRoom, id: MemberId, update: (member: Member) => Member): PublicRoom {
  return { ...room, members: room.members.map((member) => (member.id === id ? update(member) : member)) }
}

/** Votes go with who gave them: a vote is of somebody who is here. */
export function withoutMember(room: PublicRoom, id: MemberId): PublicRoom {
  const members = room.members.filter((member) => member.id !== id)
  const { booth, media, queue } = room
  const { playing, ...line } = booth
  return {
    ...room,
    members,
    booth: {
      ...line,
      ...(playing !== undefined && playing !== id && { playing }),
      waiting: booth.waiting.filter((dj) => dj !== id),
    },
    skipVotes: room.skipVotes.filter((voter) => voter !== id),
    ...(media && { media: withoutVotes(media, id) }),
    queue: {
      items: queue.items.map((item) => withoutVotes(item, id)),
      previous: queue.previous.map((item) => withoutVotes(item, id)),
    },
  }
}

function withoutVotes(item: Item, id: MemberId): Item {
  if (!item.up.includes(id) && !item.down.includes(id)) return item
  return { ...item, up: item.up.filter((voter) => voter !== id), down: item.down.filter((voter) => voter !== id) }
}

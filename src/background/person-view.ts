/** What pages are shown of one's own person, out of its copy and of the room that one is in. Pure. */
import type { KnownPerson } from '../client/person-line'
import type { RoomClientState } from '../client/room-client'
import { may } from '../core/room/permissions'
import type { PersonGlance, PersonPageView } from '../messages/person-view'

/** The room of this server that we are in. */
export function roomAt(server: string, state: RoomClientState): PersonPageView['room'] {
  if (state.kind !== 'in-room' || state.dialect !== 'tutti' || state.server !== server) return undefined
  const { room, memberId } = state
  return {
    code: room.code,
    title: room.settings.shown.title,
    mayAdd: may(room, memberId, 'queue-add'),
    queued: room.queue.items.length,
  }
}

export function glanceOf({ person, friends }: KnownPerson, room: PersonPageView['room']): PersonGlance {
  const isFriend = (id: string) => person.friends.some((friend) => friend.person.id === id)
  return {
    unread: person.conversations.reduce((sum, { unread }) => sum + unread, 0),
    requests: person.asking.length,
    friends: friends
      .filter(({ personId, presence }) => presence !== 'offline' && isFriend(personId))
      .map((friend) => ({ ...friend, isHere: friend.where !== undefined && friend.where.code === room?.code }))
      .sort((one, other) => Number(other.where !== undefined) - Number(one.where !== undefined)),
    playlists: person.playlists.map(({ id, items, shown }) => ({ id, name: shown.name, items: items.length })),
  }
}

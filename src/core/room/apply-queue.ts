/** What events about media, queue, votes and turns make of a room. */
import { completeItem } from './complete'
import type { QueueEvent, RoomEvent } from './event'
import { asManyAsFit, type Item } from './item'
import { type MemberId, type PublicRoom, ROOM_LIMITS } from './room'

export function applyQueue(
  room: PublicRoom,
  event: QueueEvent | Extract<RoomEvent, { type: 'media-changed' }>,
): PublicRoom {
  const { items } = room.queue
  switch (event.type) {
    case 'media-changed': {
      const { media: _, ...rest } = room
      return { ...rest, skipVotes: [], ...(event.media && { media: completeItem(event.media) }) }
    }
    case 'queue-added':
      return withItems(room, items.toSpliced(event.index, 0, ...event.items))
    case 'queue-removed':
      return withItems(
        room,
        items.filter((item) => item.id !== event.itemId),
      )
    case 'queue-moved': {
      const moved = items.find((item) => item.id === event.itemId)
      if (!moved) return room
      const others = items.filter((item) => item !== moved)
      return withItems(room, others.toSpliced(event.toIndex, 0, moved))
    }
    case 'queue-ordered': {
      const place = new Map(event.itemIds.map((id, index) => [id, index]))
      return withItems(
        room,
        items.toSorted((a, b) => (place.get(a.id) ?? items.length) - (place.get(b.id) ?? items.length)),
      )
    }
    case 'queue-cleared':
      return { ...room, queue: { items: [], previous: asManyAsFit(items, ROOM_LIMITS.previousLength) } }
    case 'queue-restored':
      return { ...room, queue: { items: [...items, ...room.queue.previous], previous: [] } }
    case 'queue-forgotten':
      return { ...room, queue: { items, previous: [] } }
    case 'item-edited':
      return withItem(room, event.itemId, (item) => ({ ...item, ...event.edit }))
    case 'item-voted':
      return withItem(room, event.itemId, (item) => ({
        ...item,
        up: voted(item.up, event.memberId, event.vote === 1),
        down: voted(item.down, event.memberId, event.vote === -1),
      }))
    case 'item-grabbed':
      return withItem(room, event.itemId, (item) => ({ ...item, grabs: voted(item.grabs, event.memberId, true) }))
    case 'item-played':
      return { ...room, history: [event.played, ...room.history].slice(0, ROOM_LIMITS.history) }
    case 'skip-voted':
      return { ...room, skipVotes: voted(room.skipVotes, event.memberId, event.wants) }
    case 'booth-changed':
      return { ...room, booth: event.booth }
  }
}

function withItems(room: PublicRoom, items: readonly Item[]): PublicRoom {
  return { ...room, queue: { ...room.queue, items } }
}

function withItem(room: PublicRoom, id: string, update: (item: Item) => Item): PublicRoom {
  if (room.media?.id === id) return { ...room, media: update(room.media) }
  return withItems(
    room,
    room.queue.items.map((item) => (item.id === id ? update(item) : item)),
  )
}

function voted(votes: readonly MemberId[], id: MemberId, wants: boolean): readonly MemberId[] {
  if (votes.includes(id) === wants) return votes
  return wants ? [...votes, id] : votes.filter((voter) => voter !== id)
}

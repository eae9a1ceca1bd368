/** What events make of friends, requests and blocked people. Between two people there is one thing at a time. */
import type { FriendEvent } from './event'
import type { OwnPerson, PersonCard, PersonId } from './person'

export function applyFriends(own: OwnPerson, event: FriendEvent): OwnPerson {
  switch (event.type) {
    case 'friend-asked':
      return { ...own, asked: [...without(own.asked, event.request.person.id), event.request] }
    case 'request-came':
      return { ...own, asking: [...without(own.asking, event.request.person.id), event.request] }
    case 'request-gone':
      return withoutRequests(own, event.personId)
    case 'friend-added': {
      const { friend } = event
      const { id } = friend.person
      return { ...withoutRequests(own, id), friends: [...without(own.friends, id), friend] }
    }
    case 'friend-removed':
      return { ...own, friends: without(own.friends, event.personId) }
    case 'friend-shown': {
      const { personId, shown } = event
      return {
        ...own,
        friends: shownAs(own.friends, personId, shown),
        conversations: shownAs(own.conversations, personId, shown),
      }
    }
    case 'person-blocked':
      return { ...own, blocked: [...without(own.blocked, event.blocked.person.id), event.blocked] }
    case 'person-unblocked':
      return { ...own, blocked: without(own.blocked, event.personId) }
  }
}

function withoutRequests(own: OwnPerson, id: PersonId): OwnPerson {
  return { ...own, asked: without(own.asked, id), asking: without(own.asking, id) }
}

function shownAs<Entry extends { readonly person: PersonCard }>(
  entries: readonly Entry[],
  id: PersonId,
  shown: PersonCard['shown'],
): readonly Entry[] {
  return entries.map((entry) => (entry.person.id === id ? { ...entry, person: { ...entry.person, shown } } : entry))
}

function without<Entry extends { readonly person: PersonCard }>(
  entries: readonly Entry[],
  id: PersonId,
): readonly Entry[] {
  return entries.filter(({ person }) => person.id !== id)
}

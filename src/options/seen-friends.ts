/** Friends with how they are seen just now, those first whom one could meet. Pure. */
import type { OwnPerson, PersonCard } from '../core/person/person'
import type { FriendState, SeenPresence } from '../core/person/presence'

export type SeenFriend = { readonly card: PersonCard; readonly state: FriendState | undefined }

const ORDER: Readonly<Record<SeenPresence, number>> = { online: 0, away: 1, busy: 1, offline: 2 }

/** In a room, there, away or busy, not there; of the same in the order of names. */
export function seenFriends({ friends }: OwnPerson, seen: readonly FriendState[]): readonly SeenFriend[] {
  return friends
    .map(({ person }) => {
      const state = seen.find(({ personId }) => personId === person.id)
      // The list may be older than what the friend is called now.
      return { card: state ? { ...person, shown: state.shown } : person, state }
    })
    .sort((one, other) => placeOf(one) - placeOf(other) || one.card.shown.name.localeCompare(other.card.shown.name))
}

function placeOf({ state }: SeenFriend): number {
  if (state?.where) return -1
  return ORDER[state?.presence ?? 'offline']
}

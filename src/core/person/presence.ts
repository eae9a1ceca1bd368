/** How somebody wishes to be seen, and how friends see them. A state signal: told, never stored. Pure. */
import type { PersonId, Shown } from './card'
import type { Person } from './person'

export { PRESENCE_WISHES, type PresenceWish } from './presence-wish'

export const SEEN_PRESENCES = ['online', 'away', 'busy', 'offline'] as const
export type SeenPresence = (typeof SEEN_PRESENCES)[number]

/** A room that somebody is in, as friends are told of it. */
export type Where = { readonly code: string; readonly title: string }

/** A friend as seen just now. */
export type FriendState = {
  readonly personId: PersonId
  readonly presence: SeenPresence
  /** Only if that person tells where they are. */
  readonly where?: Where
  /** As they are called and look now; what the list of friends holds may be older. */
  readonly shown: Shown
}

/** `where` is the room they sit in; `isConnected`: by any session on any wire. */
export function friendState(
  { own }: Person,
  { isConnected, where }: { readonly isConnected: boolean; readonly where?: Where },
): FriendState {
  const { presenceWish } = own
  const isSeen = isConnected && presenceWish !== 'invisible'
  return {
    personId: own.id,
    presence: isSeen ? presenceWish : 'offline',
    ...(isSeen && own.tellsWhere && where && { where }),
    shown: own.shown,
  }
}

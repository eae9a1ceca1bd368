/**
 * What can be asked of a person's own things. A command may be refused; what it does is told in SPEC.md.
 * `PersonCommand` comes from the person through any wire, `ServerCommand` from the server: what others did, what was played.
 */
import type { MediaWish } from '../room/command'
import type { MemberId } from '../room/member-id'
import type { Avatar } from './avatar'
import type { Note, NoteMark } from './note'
import type { PersonId, PersonPlayed, Preferences, Shown } from './person'
import type { PresenceWish } from './presence'

/** Another person, as a wire can name them. A member is looked up in the room that the asker sits in. */
export type Whom =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'member'; readonly memberId: MemberId }

export type PersonCommand =
  | ProfileCommand
  | FriendCommand
  | MessageCommand
  | BlockCommand
  | PlaylistCommand
  | { readonly type: 'clear-history' }
  /** Everything of this person, here and in the lists of friends. What they wrote to others stays with those. */
  | { readonly type: 'delete-person' }

export type ProfileCommand =
  | { readonly type: 'set-profile'; readonly name?: string; readonly avatar?: Avatar }
  | { readonly type: 'set-presence'; readonly wish: PresenceWish }
  | { readonly type: 'set-tells-where'; readonly tells: boolean }
  /** Added to what the wire keeps already. */
  | { readonly type: 'set-preferences'; readonly dialect: string; readonly preferences: Preferences }

export type FriendCommand =
  /** Asking somebody who asks already is a yes. */
  | { readonly type: 'ask-friend'; readonly whom: Whom }
  /** Takes the own request back. */
  | { readonly type: 'withdraw-request'; readonly whom: Whom }
  | { readonly type: 'accept-friend'; readonly whom: Whom }
  | { readonly type: 'decline-friend'; readonly whom: Whom }
  | { readonly type: 'remove-friend'; readonly whom: Whom }

export type MessageCommand =
  | { readonly type: 'write-message'; readonly whom: Whom; readonly text: string }
  | { readonly type: 'mark-read'; readonly whom: Whom }
  /** The own copy only. */
  | { readonly type: 'forget-conversation'; readonly whom: Whom }

export type BlockCommand =
  | { readonly type: 'block'; readonly whom: Whom }
  | { readonly type: 'unblock'; readonly whom: Whom }

export type PlaylistCommand =
  | { readonly type: 'playlist-create'; readonly name: string; readonly items?: readonly MediaWish[] }
  | { readonly type: 'playlist-rename'; readonly playlistId: string; readonly name: string }
  | { readonly type: 'playlist-delete'; readonly playlistId: string }
  | {
      readonly type: 'playlist-add'
      readonly playlistId: string
      readonly items: readonly MediaWish[]
      readonly first?: boolean
    }
  | { readonly type: 'playlist-remove'; readonly playlistId: string; readonly itemIds: readonly string[] }
  /** To the end without `beforeId`. */
  | {
      readonly type: 'playlist-move'
      readonly playlistId: string
      readonly itemIds: readonly string[]
      readonly beforeId?: string
    }
  | { readonly type: 'playlist-shuffle'; readonly playlistId: string }
  | {
      readonly type: 'playlist-edit'
      readonly playlistId: string
      readonly itemId: string
      readonly title?: string
      readonly author?: string
    }
  /** What waits in the queue of the room that the asker sits in, behind what the playlist has; twice the same is once. */
  | { readonly type: 'playlist-import'; readonly playlistId: string }
  /** None is active without `playlistId`. */
  | { readonly type: 'playlist-activate'; readonly playlistId?: string }
  /** The first item has had its turn and goes to the end, if it is that one. */
  | { readonly type: 'playlist-cycle'; readonly playlistId: string; readonly itemId: string }

export type ServerCommand =
  /** The second half of what another person did. */
  | { readonly type: 'hear'; readonly note: Note }
  /** The other side has stored it, or is nobody any more (`inVain`). */
  | { readonly type: 'settle'; readonly note: NoteMark; readonly inVain?: boolean }
  /** Friends as they are called and look now. */
  | {
      readonly type: 'know-friends'
      readonly friends: readonly { readonly personId: PersonId; readonly shown: Shown }[]
    }
  | { readonly type: 'note-played'; readonly played: PersonPlayed }

export type AnyPersonCommand = PersonCommand | ServerCommand

/**
 * What happened to a person's things. Events are stored, and told to every session of that person.
 * A field `serverOnly` never leaves the server: `ownEvent` takes it off.
 */
import type { Heard, Note, NoteMark } from './note'
import type {
  Blocked,
  Friend,
  FriendRequest,
  Message,
  OwnPerson,
  PersonCard,
  PersonId,
  PersonPlayed,
  Playlist,
  PlaylistItem,
  Preferences,
  Shown,
} from './person'
import type { PresenceWish } from './presence'

export type PersonEvent = OwnEvent & {
  readonly serverOnly?: {
    /** To be told to others from now on. */
    readonly owes?: readonly Note[]
    readonly settled?: NoteMark
    readonly heard?: Heard
  }
}

export type OwnEvent =
  | { readonly type: 'person-created'; readonly person: OwnPerson }
  | { readonly type: 'person-deleted' }
  | { readonly type: 'shown-changed'; readonly shown: Shown }
  | { readonly type: 'presence-wished'; readonly wish: PresenceWish }
  | { readonly type: 'tells-where-changed'; readonly tells: boolean }
  /** All that the wire keeps by now. */
  | { readonly type: 'preferences-changed'; readonly dialect: string; readonly preferences: Preferences }
  | FriendEvent
  | MessageEvent
  | PlaylistEvent
  | { readonly type: 'play-noted'; readonly played: PersonPlayed }
  | { readonly type: 'history-cleared' }
  /** Nothing that the person sees. */
  | { readonly type: 'noted' }

export type FriendEvent =
  /** This person asked somebody. */
  | { readonly type: 'friend-asked'; readonly request: FriendRequest }
  /** Somebody asks this person. */
  | { readonly type: 'request-came'; readonly request: FriendRequest }
  /** Taken back, declined or out of date, on either side. */
  | { readonly type: 'request-gone'; readonly personId: PersonId }
  /** Any request between the two is over by it. */
  | { readonly type: 'friend-added'; readonly friend: Friend }
  | { readonly type: 'friend-removed'; readonly personId: PersonId }
  /** They are called, or look, otherwise by now: in every list of this person. */
  | { readonly type: 'friend-shown'; readonly personId: PersonId; readonly shown: Shown }
  | { readonly type: 'person-blocked'; readonly blocked: Blocked }
  | { readonly type: 'person-unblocked'; readonly personId: PersonId }

export type MessageEvent =
  | { readonly type: 'message-kept'; readonly person: PersonCard; readonly message: Message }
  | { readonly type: 'conversation-read'; readonly personId: PersonId }
  | { readonly type: 'conversation-forgotten'; readonly personId: PersonId }

export type PlaylistEvent =
  | { readonly type: 'playlist-created'; readonly playlist: Playlist }
  | { readonly type: 'playlist-renamed'; readonly playlistId: string; readonly name: string }
  | { readonly type: 'playlist-deleted'; readonly playlistId: string }
  | {
      readonly type: 'playlist-added'
      readonly playlistId: string
      readonly items: readonly PlaylistItem[]
      readonly index: number
    }
  | { readonly type: 'playlist-removed'; readonly playlistId: string; readonly itemIds: readonly string[] }
  /** The items in this order: moved, or shuffled. */
  | { readonly type: 'playlist-ordered'; readonly playlistId: string; readonly itemIds: readonly string[] }
  /** The first one went to the end. */
  | { readonly type: 'playlist-cycled'; readonly playlistId: string; readonly itemId: string }
  | {
      readonly type: 'playlist-item-edited'
      readonly playlistId: string
      readonly itemId: string
      readonly title: string
      readonly author?: string
    }
  | { readonly type: 'playlist-activated'; readonly playlistId?: string }

/** An event as the store keeps it and wires tell it. `rev` is the person's rev after it. */
export type NumberedPersonEvent = { readonly epoch: string; readonly rev: number; readonly event: PersonEvent }

/** The same as a client hears it. */
export type NumberedOwnEvent = { readonly epoch: string; readonly rev: number; readonly event: OwnEvent }

export function ownEvent(event: PersonEvent): OwnEvent {
  const { serverOnly: _, ...rest } = event
  return rest
}

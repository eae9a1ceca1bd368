/** What the background says to the page of one's own person, and the little of it that the popup shows. Trusted, so only typed. */
import type { OwnPerson } from '../core/person/person'
import type { FriendState } from '../core/person/presence'
import type { Refusal } from '../core/room/refusal'

export const SECTIONS = ['profile', 'friends', 'messages', 'playlists', 'history', 'blocked', 'data'] as const
export type Section = (typeof SECTIONS)[number]

export type PersonPageView = {
  /** The server that the extension is set to: one is somebody at each. */
  readonly server: string
  readonly line:
    | { readonly kind: 'asking' }
    | { readonly kind: 'connected' }
    /** Tried again by itself; what is shown is what was known last. */
    | { readonly kind: 'lost' }
  /** The copy of what the server knows of this person. */
  readonly person?: OwnPerson
  /** Friends as they are seen just now. */
  readonly seen: readonly FriendState[]
  /** The room of this server that one is in. */
  readonly room?: { readonly code: string; readonly title: string; readonly mayAdd: boolean; readonly queued: number }
  /** The last no, until it is dismissed or done away with by the next yes. */
  readonly problem?: Refusal
  /** What was asked for elsewhere: to be gone to once for each `number`. */
  readonly goTo?: { readonly number: number; readonly section: Section }
  /** The answer to `export`, as the text of a JSON file; to be kept once for each `number`. */
  readonly exported?: { readonly number: number; readonly text: string }
}

export type BackgroundToPerson = { readonly type: 'view'; readonly view: PersonPageView }

/** Joins the popup's view, once the server has said who one is. */
export type PersonGlance = {
  readonly unread: number
  readonly requests: number
  /** Friends who are there and say so, those first who are in a room. */
  readonly friends: readonly FriendGlance[]
  readonly playlists: readonly { readonly id: string; readonly name: string; readonly items: number }[]
}

export type FriendGlance = FriendState & { readonly isHere: boolean }

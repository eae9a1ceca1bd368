/**
 * What a view tells of a room besides who is in time: queue, booth, chat, people's rights, settings.
 * Parts of the room's copy go to the popup as they are, with the ids of core; names stand in the list of people.
 */
import type { ChatLine } from '../core/room/chat-line'
import type { RoomCommand } from '../core/room/command'
import type { Booth, Item, Played, Queue } from '../core/room/item'
import type { ListedRoom } from '../core/room/listed-room'
import type { Permission, PermissionTable, Role } from '../core/room/role'
import type { Ban, MemberId } from '../core/room/room'
import type { Settings } from '../core/room/settings'
import type { SlashAnswer } from '../core/slash'

export type Muted = { readonly untilMs?: number }

/** Joins every person of a view. Who is muted is told to everybody. */
export type PersonRights = {
  readonly role: Role
  readonly isBot?: true
  readonly muted?: Muted
}

export type ChatView = {
  /** Newest last. */
  readonly lines: readonly ChatLine[]
  /** Who types just now, without oneself. */
  readonly typing: readonly MemberId[]
  /** Lines of others that have come since `chat-seen` was last said. */
  readonly unread: number
  /** One of them names oneself. */
  readonly mentioned: boolean
  /** To what was typed last, for these eyes alone; gone with the next line. */
  readonly answer?: SlashAnswer
  /** Lines for some only, as long as this browser remembers them; newest last. */
  readonly addressed: readonly AddressedView[]
  /** Signs that people hold up just now. */
  readonly reactions: readonly ReactionView[]
}

export type AddressedView = {
  /** Counted here. */
  readonly id: number
  readonly from: MemberId
  /** A member's id, or `moderators`. */
  readonly to: string
  /** Server time, ms. */
  readonly atMs: number
  readonly text: string
}

export type ReactionView = { readonly id: number; readonly memberId: MemberId; readonly emoji: string }

/** A ban as moderators see it. */
export type BanView = Omit<Ban, 'identity' | 'addressHash'>

export type RoomParts = {
  readonly selfId: MemberId
  /** What this member may here and this wire can say; the host may everything. */
  readonly may: readonly Permission[]
  /** Everything that this wire can say here and now. */
  readonly can: readonly RoomCommand['type'][]
  /** In a room of another system: which, and how far from its own timeline ours may be, ms, as far as its wire lets anybody know. */
  readonly foreign?: { readonly system: string; readonly boundMs?: number }
  readonly settings: Settings
  readonly permissions: PermissionTable
  /** What is current, with its votes. */
  readonly media?: Item
  readonly queue: Queue
  readonly booth: Booth
  readonly skipVotes: readonly MemberId[]
  /** How many have to want it; 0 where nobody votes on that. */
  readonly skipNeeds: number
  /** Last first. */
  readonly history: readonly Played[]
  readonly chat: ChatView
  /** The last answer to `make-invite`. */
  readonly madeInvite?: { readonly link: string; readonly endsAtMs: number }
  /** The last answer to `list-bans`. Asked again by the background when it has changed one. */
  readonly bans?: readonly BanView[]
  /** The room's own names, once they were asked for. */
  readonly aliases?: readonly string[]
  /** The page of what is current, when the driven tab (or this one, if none is driven) shows another. Opened there by `go-there`;
   * `pattern` is what to ask leave for on the same click, so that it is followed there. */
  readonly goTo?: { readonly address: string; readonly host: string; readonly pattern: string }
  /** Is what this tab plays current or in the queue? Absent without a video here. */
  readonly pageIs?: 'current' | 'queued' | 'new'
}

/**
 * Joins the whole view.
 * `key`: the token that says who this person is at the server in use, to be carried to another device; absent until there is one.
 * `publicRooms`: the answer to `find-rooms`, absent until asked.
 */
export type PersonParts = {
  readonly key?: string
  readonly publicRooms?:
    | { readonly state: 'asking' }
    | { readonly state: 'known'; readonly rooms: readonly ListedRoom[] }
}

/** Joins `{ kind: 'outside' }`: the door that asked for a password, to be tried again with one (`join-room` with `text` and `password`). */
export type LockedDoor = { readonly text: string; readonly code: string; readonly isWrong: boolean }

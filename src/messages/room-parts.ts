/**
 * What a view tells of a room besides who is in time: queue, booth, chat, people's rights, settings.
 * Parts of the room's copy go to the popup as they are, with the ids of core; names stand in the list of people.
 */
import type { ChatLine } from '../core/room/chat-line'
import type { Booth, Item, Played, Queue } from '../core/room/item'
import type { Permission, PermissionTable, Role } from '../core/room/role'
import type { Ban, MemberId } from '../core/room/room'
import type { Mode, Settings } from '../core/room/settings'
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
}

/** A ban as moderators see it. */
export type BanView = Omit<Ban, 'identity' | 'addressHash'>

export type RoomParts = {
  readonly selfId: MemberId
  /** What this member may here and this wire can say; the host may everything. */
  readonly may: readonly Permission[]
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
}

/** A room in the server's public list. */
export type ListedRoomView = {
  readonly code: string
  readonly title: string
  readonly description: string
  readonly members: number
  readonly capacity: number
  readonly locked: boolean
  readonly guests: boolean
  readonly mode: Mode
  readonly playing?: string
}

/**
 * Joins the whole view.
 * `key`: the token that says who this person is at the server in use, to be carried to another device; absent until there is one.
 * `publicRooms`: the answer to `find-rooms`, absent until asked.
 */
export type PersonParts = {
  readonly key?: string
  readonly publicRooms?: { readonly state: 'asking' } | { readonly state: 'known'; readonly rooms: readonly ListedRoomView[] }
}

/** Joins `{ kind: 'outside' }`: the door that asked for a password, to be tried again with one (`join-room` with `text` and `password`). */
export type LockedDoor = { readonly text: string; readonly code: string; readonly isWrong: boolean }

/*
 * Messages from the popup that go with this, in `popup-to-background.ts`:
 *   { type: 'command', command: PopupCommand }                 a no is shown as a problem
 *   { type: 'say', text }                                      read by core/slash in the background
 *   { type: 'typing', isTyping }                               repeated every 3 s while so
 *   { type: 'chat-seen' }
 *   { type: 'add-page', first?: true }                         this tab's video into the queue
 *   { type: 'make-invite', role: 'guest' | 'member', forMs }
 *   { type: 'list-bans' }
 *   { type: 'find-rooms' }                                     the server in use
 *   { type: 'join-any', name }
 *   { type: 'join-room', text, name, password? }
 *   { type: 'use-key', key }                                   outside only; checked by `recogniseToken`
 * `Problem` 'refused' gains `reason?: string`.
 */

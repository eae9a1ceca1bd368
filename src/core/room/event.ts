/**
 * What happened in a room. Events are stored and told to everybody; `apply` is the only reader that matters.
 * A field `serverOnly` never leaves the server: `publicEvent` takes it off.
 */
import type { Timeline } from '../timeline'
import type { ChatLine } from './chat-line'
import type { Origin } from './command'
import type { Booth, Item, Played } from './item'
import type { Control, PermissionTable, Role } from './role'
import type { Act, Ban, ClosedWhy, Member, MemberId, Patience, PublicRoom, Suspension, Waiting } from './room'
import type { Settings } from './settings'
import type { UndoNote } from './undo'

export type RoomEvent =
  | {
      readonly type: 'room-created'
      readonly room: PublicRoom
      readonly serverOnly?: { readonly passwordHash: string }
    }
  | {
      readonly type: 'member-joined'
      readonly member: Member
      readonly serverOnly?: { readonly identity: string; readonly addressHash?: string }
    }
  | {
      readonly type: 'member-left'
      readonly memberId: MemberId
      readonly why: LeftWhy
      readonly atMs: number
      readonly reason?: string
      readonly serverOnly?: { readonly ban: Ban }
    }
  | { readonly type: 'member-away'; readonly memberId: MemberId; readonly atMs: number }
  | { readonly type: 'member-back'; readonly memberId: MemberId }
  | { readonly type: 'member-renamed'; readonly memberId: MemberId; readonly name: string }
  | { readonly type: 'host-changed'; readonly memberId: MemberId }
  | { readonly type: 'control-changed'; readonly control: Control }
  /** The room has all its patience again. */
  | { readonly type: 'patience-changed'; readonly patience: Patience }
  /** Nothing is current without `media`. */
  | { readonly type: 'media-changed'; readonly media?: Item }
  | {
      readonly type: 'timeline-changed'
      readonly timeline: Timeline
      readonly act: Act
      readonly serverOnly?: { readonly origin: Origin }
    }
  | { readonly type: 'member-suspended'; readonly memberId: MemberId; readonly suspension: Suspension }
  | { readonly type: 'member-resumed'; readonly memberId: MemberId }
  /** `waiting` are those still waited for; absent when the waiting is over. `notWaitedFor` have had their share until then. */
  | {
      readonly type: 'waiting-changed'
      readonly waiting?: Waiting
      readonly notWaitedFor?: { readonly members: readonly MemberId[]; readonly untilMs: number }
      readonly patienceFullAtMs?: number
    }
  | { readonly type: 'room-closed'; readonly why: ClosedWhy }
  | PeopleEvent
  | QueueEvent
  | ChatEvent

export type LeftWhy = 'left' | 'lost' | 'kicked' | 'banned'

export type PeopleEvent =
  | { readonly type: 'role-changed'; readonly memberId: MemberId; readonly role: Role }
  | { readonly type: 'permissions-changed'; readonly permissions: PermissionTable }
  | { readonly type: 'settings-changed'; readonly settings: Settings }
  | {
      readonly type: 'password-changed'
      readonly locked: boolean
      readonly serverOnly?: { readonly passwordHash: string }
    }
  | { readonly type: 'invites-revoked' }
  /** `muted` is absent when it was lifted. */
  | { readonly type: 'mute-changed'; readonly memberId: MemberId; readonly muted?: { readonly untilMs?: number } }
  | { readonly type: 'ban-lifted'; readonly serverOnly?: { readonly banId: string } }

export type QueueEvent =
  | {
      readonly type: 'queue-added'
      readonly items: readonly Item[]
      readonly index: number
      readonly serverOnly?: UndoNote
    }
  | { readonly type: 'queue-removed'; readonly itemId: string; readonly serverOnly?: UndoNote }
  | {
      readonly type: 'queue-moved'
      readonly itemId: string
      readonly toIndex: number
      readonly serverOnly?: UndoNote
    }
  /** The items in this order. */
  | { readonly type: 'queue-ordered'; readonly itemIds: readonly string[]; readonly serverOnly?: UndoNote }
  | { readonly type: 'queue-cleared' }
  | { readonly type: 'queue-restored' }
  /** The last cleared queue can't be restored any more. */
  | { readonly type: 'queue-forgotten' }
  | { readonly type: 'item-edited'; readonly itemId: string; readonly edit: ItemEdit }
  | { readonly type: 'item-voted'; readonly itemId: string; readonly memberId: MemberId; readonly vote: 1 | 0 | -1 }
  | { readonly type: 'item-grabbed'; readonly itemId: string; readonly memberId: MemberId }
  | { readonly type: 'item-played'; readonly played: Played }
  | { readonly type: 'skip-voted'; readonly memberId: MemberId; readonly wants: boolean }
  | { readonly type: 'booth-changed'; readonly booth: Booth }

export type ItemEdit = { readonly durationSec?: number; readonly startAtSec?: number; readonly endAtSec?: number }

export type ChatEvent =
  | { readonly type: 'chat-said'; readonly line: ChatLine }
  | {
      readonly type: 'line-reacted'
      readonly lineId: string
      readonly memberId: MemberId
      readonly emoji: string
      readonly on: boolean
      readonly atMs: number
    }
  | { readonly type: 'line-deleted'; readonly lineId: string }

/** An event as the store keeps it and the wire tells it. `rev` is the room's rev after it. */
export type NumberedEvent = { readonly epoch: string; readonly rev: number; readonly event: RoomEvent }

export function publicEvent(event: RoomEvent): RoomEvent {
  if (!('serverOnly' in event)) return event
  const { serverOnly: _, ...rest } = event
  return rest
}

/**
 * What can be asked of a room. A command may be refused; what it does is told in SPEC.md.
 * `RoomCommand` comes from people, `DoorCommand` from the server as people come and go, `TimedCommand` from `due`.
 */
import type { ItemContent } from './item'
import type { Control, Permission, PermissionTable, Role, TableRole } from './role'
import type { MemberId, Patience, SuspensionReason, WhenHostLeaves } from './room'
import type { SettingsWish } from './settings'

export type MediaWish = {
  readonly durationSec?: number
  readonly startAtSec?: number
  readonly endAtSec?: number
  readonly content: ItemContent
}

/** Of a player on a wire where nobody holds it until an instant ahead: its act counts from the moment it arrived. */
export type Unheld = {
  readonly atOnce?: true
  /** The act in the words of its wire, for others on the same one. */
  readonly origin?: Origin
}

/** `fields` is for the named dialect alone, at most 2 KiB; it is stored with the event and told to no other wire. */
export type Origin = { readonly dialect: string; readonly fields: string }

export type RoomCommand =
  | { readonly type: 'play'; readonly positionSec: number }
  /** `positionSec` is the frame that the asker paused on. */
  | { readonly type: 'pause'; readonly positionSec: number }
  | { readonly type: 'seek'; readonly positionSec: number }
  | { readonly type: 'set-rate'; readonly rate: number }
  | { readonly type: 'set-control'; readonly control: Control }
  | { readonly type: 'set-patience'; readonly patience: Patience }
  | { readonly type: 'set-media'; readonly media: MediaWish }
  | { readonly type: 'rename'; readonly name: string }
  | { readonly type: 'suspend'; readonly reason: SuspensionReason }
  | { readonly type: 'resume' }
  | { readonly type: 'leave' }
  | PeopleCommand
  | QueueCommand
  | BoothCommand
  | ChatCommand

/** Where the asker's player is, told again and again by wires whose host leads so; not of our own. */
export type LeadCommand = {
  readonly type: 'set-line'
  readonly positionSec: number
  readonly playing: boolean
} & Unheld

/** Who may what here, how the room is set, who has to go. */
export type PeopleCommand =
  | { readonly type: 'set-role'; readonly memberId: MemberId; readonly role: Role }
  | { readonly type: 'set-permissions'; readonly role: TableRole; readonly permissions: readonly Permission[] }
  | { readonly type: 'configure'; readonly settings: SettingsWish }
  /** Without one the room is open. The shell hashes it and hands the hash into the context. */
  | { readonly type: 'set-password'; readonly password?: string }
  | { readonly type: 'revoke-invites' }
  | { readonly type: 'kick'; readonly memberId: MemberId; readonly reason?: string }
  /** For good without `forMs`. */
  | { readonly type: 'ban'; readonly memberId: MemberId; readonly forMs?: number; readonly reason?: string }
  | { readonly type: 'unban'; readonly banId: string }
  | { readonly type: 'mute'; readonly memberId: MemberId; readonly forMs?: number; readonly reason?: string }
  | { readonly type: 'unmute'; readonly memberId: MemberId }

export type QueueCommand =
  | {
      readonly type: 'queue-add'
      readonly items: readonly MediaWish[]
      /** Before everything that waits. */
      readonly first?: boolean
      /** Even if it is there already. */
      readonly again?: boolean
    }
  | { readonly type: 'queue-remove'; readonly itemId: string }
  | { readonly type: 'queue-move'; readonly itemId: string; readonly toIndex: number }
  | { readonly type: 'queue-shuffle' }
  | { readonly type: 'queue-clear' }
  | { readonly type: 'queue-restore'; readonly discard?: boolean }
  | { readonly type: 'queue-undo' }
  /** The length, once somebody knows it, and where to start and end. */
  | {
      readonly type: 'edit-item'
      readonly itemId: string
      readonly durationSec?: number
      readonly startAtSec?: number
      readonly endAtSec?: number
    }
  | { readonly type: 'play-now'; readonly itemId: string }
  /** `itemId` is what the asker saw: a skip that comes late skips nothing. */
  | { readonly type: 'skip'; readonly itemId?: string }
  | { readonly type: 'media-ended'; readonly itemId: string }
  | { readonly type: 'vote'; readonly itemId: string; readonly vote: 1 | 0 | -1 }
  | { readonly type: 'vote-skip'; readonly itemId: string; readonly wants: boolean }
  | { readonly type: 'grab'; readonly itemId: string }

export type BoothCommand =
  | { readonly type: 'join-booth'; readonly items?: readonly MediaWish[] }
  | { readonly type: 'leave-booth' }
  | { readonly type: 'add-dj'; readonly memberId: MemberId }
  | { readonly type: 'remove-dj'; readonly memberId: MemberId }
  | { readonly type: 'move-dj'; readonly memberId: MemberId; readonly toIndex: number }

export type ChatCommand =
  | {
      readonly type: 'say'
      readonly text: string
      readonly emote?: boolean
      readonly mentions?: readonly MemberId[]
    }
  | { readonly type: 'react'; readonly lineId: string; readonly emoji: string; readonly on: boolean }
  | { readonly type: 'delete-line'; readonly lineId: string }

/** Commands that move the timeline. */
export type PlaybackCommand = Extract<RoomCommand, { readonly type: 'play' | 'pause' | 'seek' | 'set-rate' }>
/** The same, and what other wires say to that end. */
export type LineCommand = (PlaybackCommand & Unheld) | LeadCommand

export type CreateCommand = {
  readonly type: 'create'
  readonly control: Control
  readonly whenHostLeaves: WhenHostLeaves
  readonly settings?: SettingsWish
  /** Rows that differ from what `control` says. */
  readonly permissions?: Partial<PermissionTable>
  readonly password?: string
  readonly media?: MediaWish
  readonly positionSec: number
  readonly rate: number
  readonly playing: boolean
}

export type DoorCommand =
  | CreateCommand
  /** Takes a seat, or the seat that this identity already holds. Without a name one is generated. */
  | {
      readonly type: 'join'
      readonly name?: string
      readonly dialect: string
      readonly bot?: boolean
      /** One more seat for this identity, on wires where each socket has its own. */
      readonly ownSeat?: boolean
      /** By which id the member is known there, on wires where people have one before they sit. */
      readonly memberId?: MemberId
    }
  /** The member's connection was lost on a wire that keeps seats. */
  | { readonly type: 'go-away' }

export type TimedCommand =
  | { readonly type: 'seat-expired'; readonly memberId: MemberId }
  | { readonly type: 'host-grace-expired' }
  | { readonly type: 'waiting-expired' }
  | { readonly type: 'empty-expired' }
  | { readonly type: 'media-over'; readonly itemId: string }

/** What the server does in a room in somebody's name: the next item of a DJ's own list. */
export type SupplyCommand = { readonly type: 'supply'; readonly memberId: MemberId; readonly item: MediaWish }

/** What a member asks for, over any wire. */
export type MemberCommand = RoomCommand | LineCommand

export type Command = MemberCommand | DoorCommand | TimedCommand | SupplyCommand

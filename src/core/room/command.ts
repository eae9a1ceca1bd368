/**
 * What can be asked of a room. A command may be refused; what it does is told in SPEC.md.
 * `RoomCommand` comes from people, `DoorCommand` from the server as people come and go, `TimedCommand` from `due`.
 */
import type { Control, MemberId, Patience, SuspensionReason, WhenHostLeaves } from './room'

export type MediaWish = {
  readonly durationSec?: number
  readonly content: { readonly address: string; readonly title: string }
}

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

/** Commands that move the timeline. */
export type PlaybackCommand = Extract<RoomCommand, { readonly type: 'play' | 'pause' | 'seek' | 'set-rate' }>

export type CreateCommand = {
  readonly type: 'create'
  readonly control: Control
  readonly whenHostLeaves: WhenHostLeaves
  readonly media?: MediaWish
  readonly positionSec: number
  readonly rate: number
  readonly playing: boolean
}

export type DoorCommand =
  | CreateCommand
  /** Takes a seat, or the seat that this identity already holds. Without a name one is generated. */
  | { readonly type: 'join'; readonly name?: string; readonly dialect: string }
  /** The member's connection was lost on a wire that keeps seats. */
  | { readonly type: 'go-away' }

export type TimedCommand =
  | { readonly type: 'seat-expired'; readonly memberId: MemberId }
  | { readonly type: 'host-grace-expired' }
  | { readonly type: 'waiting-expired' }
  | { readonly type: 'empty-expired' }

export type Command = RoomCommand | DoorCommand | TimedCommand

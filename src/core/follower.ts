/**
 * The follower: makes one player follow the timeline with the gentlest effect that closes the gap.
 * Pure: `nowMs` is the own clock, the same that readings carry. Knows no DOM and no network.
 */
import type { PlayerEffect, PlayerEvent, PlayerReading } from './player'
import type { PlayerProfile } from './player-profile'
import type { SuspensionReason } from './room/room'
import type { Timeline } from './timeline'

export type FollowerInput =
  | { readonly kind: 'timeline'; readonly timeline: Timeline }
  /** server time = own clock + offsetMs */
  | { readonly kind: 'clock'; readonly offsetMs: number; readonly uncertaintyMs: number; readonly samples: number }
  /** Polled by the shell every `pollMs(state)` while following. */
  | { readonly kind: 'reading'; readonly reading: PlayerReading }
  | { readonly kind: 'player-event'; readonly event: PlayerEvent; readonly reading: PlayerReading }
  /** play() was rejected for want of a click. */
  | { readonly kind: 'play-refused' }
  /** The person acted here and the room was asked: keep the player at this place until the room's answer. */
  | { readonly kind: 'hold'; readonly positionSec: number; readonly playing: boolean }
  /** The room said no, or never answered: back to the timeline. */
  | { readonly kind: 'unhold' }
  /** The person's hand is on it, or the site is showing something else: stand aside until `back`. */
  | { readonly kind: 'stand-aside'; readonly reason: SuspensionReason }
  | { readonly kind: 'back' }
  | { readonly kind: 'woke' }

export type FollowerEffect =
  | PlayerEffect
  /** Give me `woke` at this instant of the own clock; replaces an earlier wish. */
  | { readonly kind: 'wake'; readonly atMs: number }
  | { readonly kind: 'suspended'; readonly reason: SuspensionReason }
  | { readonly kind: 'resumed' }

export type FollowerState = {
  readonly profile: PlayerProfile
  /** Player minus timeline, ms, averaged over the last window; absent while there is nothing to compare. */
  readonly skewMs?: number
  readonly suspension?: SuspensionReason
}

export declare function createFollower(profile: PlayerProfile): FollowerState

export declare function followerStep(
  state: FollowerState,
  input: FollowerInput,
  nowMs: number,
): { readonly state: FollowerState; readonly effects: readonly FollowerEffect[] }

/** How often the shell should read the player now, ms. */
export declare function pollMs(state: FollowerState): number

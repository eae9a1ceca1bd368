/**
 * What is known of one driven player, what may be told of it, and what can come of that. Only types and the beginning;
 * `drive.ts` decides.
 */
import { createFollower, type FollowerState, learnedLatencies } from '../core/follower'
import type { Learned } from '../core/follower/learned'
import { createIntent, type IntentState } from '../core/intent'
import type { PlayerEffect, PlayerEvent, PlayerReading } from '../core/player'
import type { PlayerProfile } from '../core/player-profile'
import type { Timeline } from '../core/timeline'
import type { Follow, PlayerAct } from '../messages/background-to-content'
import type { ContentToBackground } from '../messages/content-to-background'
import type { ShownMedia } from './media-change'

export type DriveInput =
  | { readonly kind: 'follow'; readonly follow: Follow }
  /** The background's clock minus our own. */
  | { readonly kind: 'clock-offset'; readonly offsetMs: number }
  | { readonly kind: 'answered' }
  | { readonly kind: 'act'; readonly act: PlayerAct }
  | { readonly kind: 'player-event'; readonly event: PlayerEvent }
  | { readonly kind: 'play-refused' }
  | { readonly kind: 'pointer'; readonly held: boolean }
  /** The person clicked or typed somewhere in the page. */
  | { readonly kind: 'touched' }
  /** The same, once the page itself has done what it does then. */
  | { readonly kind: 'clicked' }
  | { readonly kind: 'tick' }

/** What is seen of the player and the page around it at the moment of an input. */
export type Sight = {
  readonly reading: PlayerReading
  readonly connected: boolean
  readonly ended: boolean
  readonly looping: boolean
  readonly address: string
}

export type DriveEffect = PlayerEffect | { readonly kind: 'say'; readonly message: ContentToBackground }

export type DriveState = {
  readonly follower: FollowerState
  readonly intent: IntentState
  readonly follow: Follow
  readonly backgroundOffsetMs: number
  /** What the follower was told last; it lags while hands are off. */
  readonly told: { readonly timeline?: Timeline; readonly clock?: string; readonly nudgeMs: number }
  /** The last event that the follower was not told because hands were off. */
  readonly withheld?: PlayerEvent
  /** When the person last clicked or typed in the page. */
  readonly touchedMs?: number
  readonly media: ShownMedia
  /** Why the follower stands aside at our word. */
  readonly aside?: 'scrubbing' | 'ad' | 'hidden'
  readonly followerWakeMs?: number
  /** Until then the follower holds for the room's answer. */
  readonly heldUntilMs?: number
  readonly nextReportMs: number
}

/** One step while it is being worked out. */
export type Run = { state: DriveState; readonly effects: DriveEffect[]; readonly sight: Sight }

export const REPORT_EVERY_MS = 1000

/** `learned` is what an earlier drive of this page ended with. */
export function createDrive(
  profile: PlayerProfile,
  learned: Learned | undefined,
  follow: Follow,
  sight: Sight,
): DriveState {
  return {
    follower: createFollower(profile, learned),
    intent: createIntent(sight.reading),
    follow,
    backgroundOffsetMs: 0,
    told: { nudgeMs: 0 },
    media: shownMedia(sight),
    nextReportMs: sight.reading.atMs + REPORT_EVERY_MS,
  }
}

export function learnedBy(state: DriveState): Learned {
  return learnedLatencies(state.follower)
}

export function shownMedia({ address, reading }: Sight): ShownMedia {
  return { address, ...(reading.durationSec !== undefined && { durationSec: reading.durationSec }) }
}

/** The one thing the background says to the popup: the view to draw. Trusted, so only typed. */
import type { RefusalCode } from '../core/room/refusal'
import type { Control } from '../core/room/role'
import type { Act, Patience, SuspensionReason } from '../core/room/room'
import type { Timeline } from '../core/timeline'
import type { PersonGlance } from './person-view'
import type { LockedDoor, PersonParts, PersonRights, RoomParts } from './room-parts'

/** What stood in the way; the popup has a sentence and a next step for each in its locales. */
export type Problem =
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly sentence: string; readonly reason?: string }
  /** The server never answered. */
  | { readonly kind: 'no-server'; readonly server: string }
  /** What was pasted is neither a code nor a link that we know. */
  | { readonly kind: 'not-understood'; readonly text: string }
  /** The browser has no leave for the server that somebody wanted to. */
  | { readonly kind: 'site-denied'; readonly host: string }
  /** `needs-https`: it could be read, but leads over the open internet without encryption. */
  | { readonly kind: 'bad-server'; readonly text: string; readonly why?: 'needs-https' }

export type PageView =
  | { readonly kind: 'looking' }
  /** The browser does not let extensions work here (its own pages, the store). */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'no-video'; readonly host: string }
  | {
      readonly kind: 'video'
      readonly host: string
      readonly title: string
      readonly address: string
      readonly durationSec?: number
    }

export type PersonView = PersonRights & {
  readonly id: string
  readonly name: string
  readonly isSelf: boolean
  readonly isHost: boolean
  /** Name of the wire, unless it is our own. */
  readonly dialect?: string
  readonly status:
    | { readonly kind: 'following'; readonly skewMs: number }
    | { readonly kind: 'paused' }
    | { readonly kind: 'held'; readonly reason: SuspensionReason }
    | { readonly kind: 'away' }
    /** Playing, but not for long enough to say how far off. */
    | { readonly kind: 'settling' }
    /** Connected, but nothing reported yet, or no player there. */
    | { readonly kind: 'no-report' }
}

export type RoomView = RoomParts & {
  readonly code: string
  /** What leads others here: ours, or the address that another system has for its room. Absent: it has none. */
  readonly inviteLink?: string
  readonly title?: string
  /** Where the room's media plays, when it is not what this page shows. */
  readonly mediaAddress?: string
  readonly durationSec?: number
  readonly timeline: Timeline
  /** Server time minus this machine's `timeOrigin + performance.now()`, ms. */
  readonly offsetMs: number
  readonly lastAct?: {
    readonly kind: Act['kind']
    /** Absent: the room did it by itself. */
    readonly who?: { readonly name: string; readonly isSelf: boolean }
    /** For `go-on`: whom the room had waited for in vain. */
    readonly without?: readonly { readonly name: string; readonly isSelf: boolean }[]
    readonly fromSec: number
    readonly toSec: number
    readonly rate: number
  }
  readonly people: readonly PersonView[]
  readonly waiting?: {
    readonly for: readonly { readonly name: string; readonly isSelf: boolean; readonly reason: SuspensionReason }[]
    /** Server time, ms; absent while there is nobody to go on for. */
    readonly untilMs?: number
  }
  readonly patience: Patience
  readonly control: Control
  readonly mayControl: boolean
  readonly isHost: boolean
  /** What holds this member's own player on the timeline. */
  readonly drives: 'this-tab' | 'other-tab' | 'nothing'
  /** How far ahead (+) the own player is held for what this person hears, and on what, if the browser tells. Set while a player is driven. */
  readonly nudge?: { readonly nudgeMs: number; readonly device?: string }
  /** Is the driven tab led to what becomes current? Absent where there is no tab, or nothing that could be gone to. */
  readonly goesAlong?: boolean
  /** The browser wants one click of the person before it plays. */
  readonly needsClick: boolean
  /** Set while the extension may not come back by itself after a reload of this page. An origin pattern to ask for. */
  readonly siteToAllow?: { readonly host: string; readonly pattern: string }
}

export type View = PersonParts & {
  readonly name: string
  readonly server: string
  readonly page: PageView
  readonly room:
    | { readonly kind: 'outside'; readonly lockedDoor?: LockedDoor }
    | { readonly kind: 'connecting'; readonly host: string; readonly doing: 'starting' | 'joining' | 'coming-back' }
    | { readonly kind: 'in-room'; readonly room: RoomView }
    /** The connection is lost and tried again; `room` is the last that was known. */
    | {
        readonly kind: 'lost'
        readonly host: string
        readonly room: RoomView
        readonly retryAtMs: number
        readonly attempt: number
      }
  /** A little of one's own person at the server in use, once it has said it. */
  readonly you?: PersonGlance
  /** Shown above everything until dismissed or done away with by the next success. */
  readonly problem?: Problem
}

export type BackgroundToPopup = { readonly type: 'view'; readonly view: View }

/**
 * What a room is: a public part that every member holds a copy of, and a part that only the server knows.
 * Content (names, titles, addresses) is kept apart from structure, so that it can be encrypted end to end one day.
 * Knows no sockets, no storage, no wire.
 */
import type { Timeline } from '../timeline'

export type MemberId = string
export type Role = 'host' | 'member'
export type Control = 'host' | 'everyone'
export type WhenHostLeaves = 'pass' | 'close'

export type Presence = { readonly kind: 'connected' } | { readonly kind: 'away'; readonly sinceMs: number }

export const SUSPENSION_REASONS = [
  'buffering',
  'ad',
  'autoplay-blocked',
  'scrubbing',
  'away',
  'elsewhere',
  'error',
] as const
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number]
/**
 * Reasons that a room can be told to wait for. The others are a person's own choice (scrubbing, elsewhere, away: looking at
 * something else) or may never end (error).
 */
export const WAITABLE_REASONS = ['buffering', 'ad', 'autoplay-blocked'] as const satisfies readonly SuspensionReason[]
export type WaitableReason = (typeof WAITABLE_REASONS)[number]
/** Why a member can't play just now. */
export type Suspension = { readonly reason: SuspensionReason; readonly sinceMs: number }

export type Member = {
  readonly id: MemberId
  /** Durable, 31 bits, for wires that name members by integers. */
  readonly number: number
  readonly role: Role
  readonly presence: Presence
  readonly suspension?: Suspension
  /** The room does not wait for this member before that server time: it has waited for them lately. */
  readonly notWaitedForUntilMs?: number
  /** The wire this member speaks: `tutti`, `frametogether` and so on. */
  readonly dialect: string
  readonly shown: { readonly name: string }
}

export type Media = {
  readonly id: string
  readonly durationSec?: number
  readonly content: { readonly address: string; readonly title: string }
}

/** For which reasons the room waits, and how long at most each time; 0 is never. */
export type Patience = { readonly mostSec: number; readonly reasons: readonly WaitableReason[] }

/** The room stands still for these members, at the latest until `untilMs`, and plays on by itself then. */
export type Waiting = { readonly for: readonly MemberId[]; readonly sinceMs: number; readonly untilMs: number }

/** What last moved the timeline, for people to read: "Clever Fox skipped back 10 s". */
export type Act = {
  readonly kind: 'play' | 'pause' | 'seek' | 'set-rate' | 'wait' | 'go-on' | 'set-media'
  /** Who did it, or, for `wait`, who is waited for; absent when the room acted by itself. */
  readonly memberId?: MemberId
  /** For `go-on`: whom the room had waited for in vain. */
  readonly without?: readonly MemberId[]
  readonly atMs: number
  readonly fromSec: number
  readonly toSec: number
}

export type PublicRoom = {
  readonly id: string
  readonly number: number
  readonly code: string
  readonly epoch: string
  /** Number of the last event applied; grows by one with each, without holes within an epoch. */
  readonly rev: number
  readonly control: Control
  readonly whenHostLeaves: WhenHostLeaves
  /** In the order of joining. */
  readonly members: readonly Member[]
  readonly timeline: Timeline
  readonly media?: Media
  /** Absent in a room from before it could be set; ask `patienceOf`. */
  readonly patience?: Patience
  /** By then the room will have run for as long as it has waited. */
  readonly patienceFullAtMs?: number
  readonly waiting?: Waiting
  readonly lastAct?: Act
  /** Since when nobody holds a seat. */
  readonly emptySinceMs?: number
  readonly closed?: { readonly why: ClosedWhy }
}

export type ClosedWhy = 'empty' | 'host-left'

export type ServerOnlyRoom = { readonly identityByMember: Readonly<Record<MemberId, string>> }

export type Room = { readonly public: PublicRoom; readonly serverOnly: ServerOnlyRoom }

export function publicPart(room: Room): PublicRoom {
  return room.public
}

export function memberOf(room: PublicRoom, id: MemberId | undefined): Member | undefined {
  return room.members.find((member) => member.id === id)
}

export function hostOf(room: PublicRoom): Member | undefined {
  return room.members.find((member) => member.role === 'host')
}

/** What the limits are and why they are there is told in SPEC.md, section "Limits". */
export const ROOM_LIMITS = {
  members: 100,
  nameLength: 32,
  titleLength: 300,
  addressLength: 2000,
  maxPositionSec: 10_000_000,
  minRate: 0.25,
  maxRate: 4,
} as const

export const ROOM_TIMES = {
  /** How long a seat is kept for somebody whose connection is lost. */
  seatMs: 60_000,
  /** How long a host who lost the connection stays host while others are there. */
  hostGraceMs: 10_000,
  /** Whoever the room went on without is not waited for again for so long at least. */
  notWaitedForMs: 60_000,
  /** Whoever it waited for: so many times as long as it waited. */
  notWaitedForTimes: 6,
  /** How long a room without members is kept. */
  emptyMs: 600_000,
} as const

/**
 * What a room is: a public part that every member holds a copy of, and a part that only the server knows.
 * Content (names, titles, addresses) is kept apart from structure, so that it can be encrypted end to end one day.
 * Knows no sockets, no storage, no wire.
 */
import type { Timeline } from '../timeline'
import type { ChatLine } from './chat-line'
import type { Booth, Item, Played, Queue } from './item'
import type { MemberId } from './member-id'
import type { PermissionTable, Role } from './role'
import type { Settings } from './settings'
import type { Undo } from './undo'

export type { MemberId } from './member-id'
export { ROOM_LIMITS } from './room-limits'
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
  /** A program that says so: never host, never waited for. */
  readonly bot?: true
  readonly presence: Presence
  readonly suspension?: Suspension
  /** The room does not wait for this member before that server time: it has waited for them lately. */
  readonly notWaitedForUntilMs?: number
  /** May not chat, until that server time or until somebody lifts it. */
  readonly muted?: { readonly untilMs?: number }
  /** The wire this member speaks: `tutti`, `frametogether` and so on. */
  readonly dialect: string
  readonly shown: { readonly name: string }
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
  readonly whenHostLeaves: WhenHostLeaves
  readonly settings: Settings
  readonly permissions: PermissionTable
  /** In the order of joining. */
  readonly members: readonly Member[]
  readonly timeline: Timeline
  /** What is current. */
  readonly media?: Item
  readonly queue: Queue
  readonly booth: Booth
  /** Who wants what is current to be skipped. */
  readonly skipVotes: readonly MemberId[]
  /** Last first. */
  readonly history: readonly Played[]
  /** The last lines, for who comes late; newest last. */
  readonly chat: readonly ChatLine[]
  readonly patience: Patience
  /** By then the room will have run for as long as it has waited. */
  readonly patienceFullAtMs?: number
  readonly waiting?: Waiting
  readonly lastAct?: Act
  /** Since when nobody holds a seat. */
  readonly emptySinceMs?: number
  readonly closed?: { readonly why: ClosedWhy }
}

export type ClosedWhy = 'empty' | 'host-left'

/** What the room knows of who sits in it and who may not. Addresses are known by their hash alone. */
export type ServerOnlyRoom = {
  readonly identityByMember: Readonly<Record<MemberId, string>>
  readonly addressByMember: Readonly<Record<MemberId, string>>
  readonly passwordHash?: string
  /** Invites of an earlier count are honoured no more. */
  readonly inviteEpoch: number
  /** Roles given here, so that a moderator who comes back is one. Oldest first. */
  readonly roleByIdentity: Readonly<Record<string, Role>>
  readonly muteByIdentity: Readonly<Record<string, { readonly untilMs?: number }>>
  readonly bans: readonly Ban[]
  /** How much each has said lately: full buckets are not kept. */
  readonly chatByIdentity: Readonly<Record<string, { readonly left: number; readonly atMs: number }>>
  /** How to take back what was done to the queue; newest last. */
  readonly undo: readonly Undo[]
}

export type Ban = {
  readonly id: string
  readonly identity?: string
  readonly addressHash?: string
  readonly name: string
  readonly byName: string
  readonly reason?: string
  readonly atMs: number
  /** For good without it. */
  readonly untilMs?: number
}

export type Room = { readonly public: PublicRoom; readonly serverOnly: ServerOnlyRoom }

export function publicPart(room: Room): PublicRoom {
  return room.public
}

export function memberOf(room: PublicRoom, id: MemberId | undefined): Member | undefined {
  return room.members.find((member) => member.id === id)
}

export function isConnected(member: Member): boolean {
  return member.presence.kind === 'connected'
}

/** Who hears and sees: connected, and no program. */
export function audienceOf(room: PublicRoom): readonly Member[] {
  return room.members.filter((member) => isConnected(member) && !member.bot)
}

/** What is known of an identity; a name that every object has from birth is nobody's. */
export function ofIdentity<Value>(known: Readonly<Record<string, Value>>, identity: string): Value | undefined {
  return Object.hasOwn(known, identity) ? known[identity] : undefined
}

export function hostOf(room: PublicRoom): Member | undefined {
  return room.members.find((member) => member.role === 'host')
}

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
  /** The same for a room that is not temporary. */
  emptyPermanentMs: 2_592_000_000,
  /** After its burst, one line each so long. */
  chatEveryMs: 1_000,
} as const

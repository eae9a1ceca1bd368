/** What the server's machine keeps of one socket: plain JSON. Who it is, where it sits, what it is about to do, and what waits meanwhile. */
import type { Held } from '../../core/notes/note'
import type { RateLeft } from '../../core/notes/note-rate'
import type { Avatar } from '../../core/person/avatar'
import type { OwnPerson, PersonId } from '../../core/person/person'
import type { PresenceWish } from '../../core/person/presence'
import { type Member, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import type { ServerOutput } from '../server-dialect'
import { UserStatus } from './built/pianorhythm_pb'
import type { Asked, Position, RoomWish } from './frames'
import type { Stamps } from './stamp'

export const DIALECT = 'pianorhythm'

/** How somebody looks and wishes to be seen, as far as it was told on this wire. */
export type Looks = { readonly status?: UserStatus; readonly avatar?: Avatar; readonly position?: Position }

/** What this wire says of a room, and nobody else. */
export type Extras = { readonly isPro?: boolean; readonly autoModeration?: boolean; readonly requirePro?: boolean }

/** The person behind the socket. People are called by their number, which is the same in every room. */
export type Self = {
  readonly id: PersonId
  readonly number: number
  readonly name: string
  readonly looks: Looks
  readonly friends: Readonly<Record<PersonId, number>>
  /** Whom this person asked to be a friend. */
  readonly asked: readonly number[]
}

export type Seat = {
  readonly memberId: MemberId
  readonly room: PublicRoom
  /** Whom the client has been told to be here. */
  readonly shown: readonly MemberId[]
  readonly looks: Readonly<Record<MemberId, Looks>>
  /** What sounds at the client. */
  readonly held: Readonly<Record<MemberId, Held>>
  readonly extras: Extras
  readonly filmSaidAtMs?: number
}

/** Where somebody wants to be. */
export type Way =
  | { readonly kind: 'code'; readonly code: string; readonly password: string }
  | { readonly kind: 'new'; readonly wish: RoomWish; readonly orJoin: boolean }
  | { readonly kind: 'lobby' }
  | { readonly kind: 'new-lobby' }

export type Place =
  | { readonly at: 'socket' }
  | { readonly at: 'outside' }
  | { readonly at: 'seat'; readonly seat: Seat }
  /** What comes meanwhile waits. */
  | {
      readonly at: 'busy'
      readonly step: 'look' | 'leave' | 'enter' | 'again' | 'greet'
      readonly requestId: string
      readonly way?: Way
      readonly seat?: Seat
    }

export type PianorhythmServerSession = {
  readonly place: Place
  readonly waiting: readonly Asked[]
  readonly stamps: Stamps
  /** How many messages it may send, each in a batch counted. */
  readonly left?: RateLeft
  readonly self?: Self
  /** As the socket named itself. */
  readonly name?: string
  readonly token?: string
  readonly socketId?: string
  /** When it was last told that it says too much. */
  readonly heldBackAtMs?: number
}

export type Step = { readonly session: PianorhythmServerSession; readonly outputs: readonly ServerOutput[] }

export const FRESH: PianorhythmServerSession = { place: { at: 'socket' }, waiting: [], stamps: {} }

export function seatIn({ place }: PianorhythmServerSession): Seat | undefined {
  return place.at === 'seat' || place.at === 'busy' ? place.seat : undefined
}

export function withSeat(session: PianorhythmServerSession, seat: Seat): PianorhythmServerSession {
  const { place } = session
  return place.at === 'seat' || place.at === 'busy' ? { ...session, place: { ...place, seat } } : session
}

export function selfIn({ memberId, room }: Seat): Member | undefined {
  return memberOf(room, memberId)
}

const STATUSES = {
  online: UserStatus.ONLINE,
  away: UserStatus.AWAY,
  busy: UserStatus.BUSY,
  invisible: UserStatus.INVISIBLE,
} as const satisfies Readonly<Record<PresenceWish, UserStatus>>

export function statusOf(wish: PresenceWish): UserStatus {
  return STATUSES[wish]
}

export function wishOf(status: UserStatus): PresenceWish {
  const found = Object.entries(STATUSES).find(([, value]) => value === status)
  return (found?.[0] ?? 'online') as PresenceWish
}

export function selfFrom({ id, number, shown, presenceWish, friends, asked }: OwnPerson): Self {
  return {
    id,
    number,
    name: shown.name,
    looks: { status: statusOf(presenceWish), avatar: shown.avatar },
    friends: Object.fromEntries(friends.map(({ person }) => [person.id, person.number])),
    asked: asked.map(({ person }) => person.number),
  }
}

/**
 * What the server's side of this wire knows of one person: who they are, where they sit, what they have been told, what they wait for.
 * Plain JSON. Requests and the socket of a person share it; a socket that has not said who it is has one of its own.
 */

import type { OwnPerson } from '../../core/person/person'
import type { FriendState } from '../../core/person/presence'
import type { MemberCommand } from '../../core/room/command'
import type { MemberId, PublicRoom } from '../../core/room/room'
import type { HttpRequest } from '../dialect'
import type { Believed } from './playing'

export type PlugdjSession = {
  /** The socket is theirs and was told `ack`. */
  readonly isLive: boolean
  /** Heartbeats count from here. */
  readonly lastSentMs: number
  /** When it is to be woken, if that was asked for. */
  readonly wakeAtMs?: number
  readonly roundTripMs: number
  readonly who?: Who
  /** What they are over time, where the server keeps that. */
  readonly person?: OwnPerson
  readonly friends: readonly FriendState[]
  /** It has been asked who this is; what came meanwhile waits. */
  readonly identifying?: Identifying
  readonly seat?: Seat
  readonly lastAsk: number
  readonly asks: Readonly<Record<string, Pending>>
}

export type Who = {
  readonly identity: string
  /** Shown as the session cookie, and said on the socket. */
  readonly token: string
  readonly number: number
  /** What was shown was ours. */
  readonly isKnown: boolean
  /** The name of the account; without one they are a guest. */
  readonly account?: string
}

export type Identifying = { readonly requests: readonly Asked[]; readonly socketWaits: boolean }

/** A request that has not been answered. */
export type Asked = { readonly ask: string; readonly atMs: number; readonly request: HttpRequest }
export type Waiting = Pick<Asked, 'ask' | 'atMs'>

export type Seat = {
  readonly memberId: MemberId
  /** What this person calls the room. */
  readonly slug: string
  readonly room: PublicRoom
  readonly believed: Believed
  /** What is played, or where it is, may have changed: to be looked at then. */
  readonly lookAtMs?: number
  /** Under which name which line was told, newest last. */
  readonly told: readonly ToldLine[]
  /** Numbers of people who were banned while this person was here, newest last. */
  readonly banned: readonly { readonly name: string; readonly number: number }[]
}

export type ToldLine = { readonly lineId: string; readonly cid: string }

/** What is done when something that was asked has an answer. */
export type Pending =
  | { readonly next: 'nothing' }
  | { readonly next: 'answer'; readonly to: Waiting; readonly data: readonly unknown[] }
  /** What came of it is read from the person as they are then. */
  | { readonly next: 'answer-from-person'; readonly to: Waiting; readonly what: FromPerson }
  /** One command after the other; the answer comes after the last. */
  | { readonly next: 'go-on'; readonly to: Waiting; readonly commands: readonly MemberCommand[] }
  | { readonly next: 'look-and-join'; readonly to: Waiting; readonly slug: string }
  | { readonly next: 'leave-and-join'; readonly to: Waiting; readonly slug: string; readonly door: string }
  | { readonly next: 'join'; readonly to: Waiting; readonly slug: string }
  | { readonly next: 'validate'; readonly to: Waiting; readonly slug: string }
  | {
      readonly next: 'make-room'
      readonly to: Waiting
      readonly name: string
      readonly isPrivate: boolean
      readonly slug?: string
    }
  | {
      readonly next: 'list-rooms'
      readonly to: Waiting
      readonly search: string
      readonly from: number
      readonly count: number
      readonly mine: boolean
    }
  | { readonly next: 'list-bans'; readonly to: Waiting }
  | { readonly next: 'unban'; readonly to: Waiting; readonly id: number }
  | { readonly next: 'sign-in'; readonly to: Waiting }
  | { readonly next: 'sign-up'; readonly to: Waiting }
  | { readonly next: 'identify' }
  | { readonly next: 'open-person' }
  | { readonly next: 'find-user'; readonly to: Waiting }

/** Which part of a person is an answer. */
export type FromPerson =
  | { readonly type: 'playlist'; readonly playlistId?: string; readonly name?: string }
  | { readonly type: 'media'; readonly playlistId: string }
  | { readonly type: 'ignored'; readonly number: number }
  | { readonly type: 'item'; readonly playlistId: string; readonly itemId: string }

export const FRESH: PlugdjSession = { isLive: false, lastSentMs: 0, roundTripMs: 0, friends: [], lastAsk: 0, asks: {} }

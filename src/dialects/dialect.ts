/**
 * The port of a wire: two sans-I/O machines, one for our server, one for our client.
 * A machine never sees a socket, a timer or a clock: it is told what happened and answers what to do.
 * A frame that can't be read is a value, never an exception.
 */

import type { ClockSample } from '../core/clock'
import type { CreateCommand, RoomCommand } from '../core/room/command'
import type { NumberedEvent } from '../core/room/event'
import type { Refusal } from '../core/room/refusal'
import type { Ban, MemberId, PublicRoom, SuspensionReason } from '../core/room/room'
import type { Mode } from '../core/room/settings'

export type Frame = string | Uint8Array

/** What a member reports of its player; a state signal: newest wins, batched, not stored. */
export type PlayerReport = {
  readonly positionSec: number
  /** Player minus timeline, ms, + is ahead; absent while there is nothing to compare. */
  readonly skewMs?: number
  readonly state: 'playing' | 'paused' | SuspensionReason
}

/** A sign that somebody holds up for a moment; a stream signal: each one, in order, bounded, not stored. */
export type ReactionSignal = { readonly memberId: MemberId; readonly emoji: string }

/** How a person gets in: with a new room, by the code or a name of one that exists, or into any that is open to everybody. */
export type Door =
  | { readonly kind: 'new'; readonly create: CreateCommand }
  | { readonly kind: 'code'; readonly code: string; readonly password?: string; readonly invite?: string }
  | { readonly kind: 'any' }

/** What is asked and only the asker is answered: nothing happens in the room by it. */
export type Question =
  /** Which rooms are open to everybody? The one question that needs no seat. */
  | { readonly type: 'list-rooms' }
  | { readonly type: 'make-invite'; readonly role: 'guest' | 'member'; readonly forMs: number }
  | { readonly type: 'list-aliases' }
  | { readonly type: 'claim-alias'; readonly alias: string }
  | { readonly type: 'release-alias'; readonly alias: string }
  | { readonly type: 'list-bans' }

export type Answer =
  | { readonly type: 'rooms'; readonly rooms: readonly ListedRoom[] }
  | { readonly type: 'invite'; readonly invite: string; readonly endsAtMs: number }
  | { readonly type: 'aliases'; readonly aliases: readonly string[] }
  | { readonly type: 'bans'; readonly bans: readonly ShownBan[] }

/** A room in the public list. */
export type ListedRoom = {
  readonly code: string
  readonly title: string
  readonly description: string
  /** Connected ones. */
  readonly members: number
  readonly capacity: number
  readonly locked: boolean
  readonly guests: boolean
  readonly mode: Mode
  readonly playing?: string
}

/** A ban as moderators see it: without what the server knows of the person. */
export type ShownBan = Omit<Ban, 'identity' | 'addressHash'>

/** A line for those it is addressed to, and for nobody else: not of the room, not kept. */
export type AddressedLine = {
  readonly from: MemberId
  /** A member's id, or `moderators`. */
  readonly to: string
  readonly atMs: number
  readonly text: string
}

/** The last event of a room that somebody has seen. */
export type Seen = { readonly epoch: string; readonly rev: number }

// ---------------------------------------------------------------------------------------------- server side

export type Opened = {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly address: string
}

/** `ask` ties an answer to the output that asked. */
export type ServerInput =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'identified'; readonly ask: string; readonly identity: string; readonly token: string }
  | {
      readonly kind: 'entered'
      readonly ask: string
      readonly memberId: MemberId
      readonly room: PublicRoom
      /** What the member has not seen yet, if `seen` was in this epoch and not too long ago; otherwise the room is a snapshot. */
      readonly missed?: readonly NumberedEvent[]
    }
  | { readonly kind: 'done'; readonly ask: string }
  | { readonly kind: 'answered'; readonly ask: string; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly ask: string; readonly refusal: Refusal }
  /** The seat is no longer this session's: taken over, expired, or the room closed. */
  | { readonly kind: 'unseated'; readonly refusal: Refusal }
  /** The shell turned away a frame before the machine saw it: too long, too many. */
  | { readonly kind: 'turned-away'; readonly refusal: Refusal }
  | { readonly kind: 'server-closing'; readonly comeBackInMs: number }
  | { readonly kind: 'woke' }
  | { readonly kind: 'closed' }

export type ServerOutput =
  | { readonly kind: 'send'; readonly frame: Frame }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }
  /** Who is this? Without a token, or with one that can't be verified: somebody new. */
  | { readonly kind: 'identify'; readonly ask: string; readonly token?: string }
  | {
      readonly kind: 'enter'
      readonly ask: string
      readonly door: Door
      readonly name?: string
      readonly bot?: boolean
      readonly seen?: Seen
    }
  /** The room as it is now, once more, for a session that sits in it. Answered by `entered` without `missed`, or `refused`. */
  | { readonly kind: 'snapshot'; readonly ask: string }
  | { readonly kind: 'command'; readonly ask: string; readonly command: RoomCommand }
  /** Answered by `answered`, or `refused`. */
  | { readonly kind: 'question'; readonly ask: string; readonly question: Question }
  /** A line for some only. Answered by `done`, or `refused`. */
  | { readonly kind: 'write'; readonly ask: string; readonly to: AddressedLine['to']; readonly text: string }
  | { readonly kind: 'report'; readonly report: PlayerReport }
  /** State: to be said again every few seconds while it is so. */
  | { readonly kind: 'typing'; readonly isTyping: boolean }
  | { readonly kind: 'react'; readonly emoji: string }
  /** Measured one-way delay from the server to this client, ms. */
  | { readonly kind: 'path'; readonly downMs: number }
  | { readonly kind: 'wake'; readonly atMs: number }
  /** Something for the log, where an operator looks. Never room contents. */
  | { readonly kind: 'note'; readonly note: string }

/** What is told to every session of a dialect in a room, encoded once. */
export type Told =
  | {
      readonly kind: 'event'
      readonly numbered: NumberedEvent
      readonly before: PublicRoom | undefined
      readonly after: PublicRoom
    }
  | { readonly kind: 'reports'; readonly reports: Readonly<Record<MemberId, PlayerReport>> }
  /** All who type just now. */
  | { readonly kind: 'typing'; readonly memberIds: readonly MemberId[] }
  | { readonly kind: 'reactions'; readonly reactions: readonly ReactionSignal[] }
  | { readonly kind: 'line'; readonly line: AddressedLine }

export type Transport = {
  readonly maxFrameBytes: number
  readonly maxFramesPerSec: number
  /** Frames that may come at once before the rate counts. */
  readonly burst: number
  /** An open socket that says nothing for so long is closed. */
  readonly idleMs: number
  /** How long a socket may be open without entering the door of the dialect (identify). */
  readonly timeToIdentifyMs: number
  /** How often the server pings the socket; one that has not answered by the next ping is cut. */
  readonly pingEveryMs: number
  /** Does the server offer to compress frames? */
  readonly compression: boolean
}

export type ServerDialect<Session> = {
  readonly name: string
  readonly paths: readonly string[]
  readonly transport: Transport
  /** Keep the seat when the socket is lost (`away`), or end the membership. */
  readonly keepsSeat: boolean
  /** The state of a fresh session: plain JSON. */
  readonly fresh: Session
  /** Pure and total. `nowMs` is server time. */
  step(
    session: Session,
    input: ServerInput,
    nowMs: number,
  ): { readonly session: Session; readonly outputs: readonly ServerOutput[] }
  /** Frames for everybody of this dialect in the room. Pure. */
  tell(told: Told): readonly Frame[]
}

// ---------------------------------------------------------------------------------------------- client side

export type JoinWish = {
  readonly door: Door
  readonly name?: string
  /** A program that says so. */
  readonly bot?: boolean
  readonly token?: string
  readonly seen?: Seen
}

export type ClientInput =
  /** The socket is open: go in. */
  | { readonly kind: 'opened'; readonly wish: JoinWish }
  /** The socket is open: stay outside, only a question is to be asked. */
  | { readonly kind: 'opened-to-ask'; readonly token?: string; readonly ask: string; readonly question: Question }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'command'; readonly ask: string; readonly command: RoomCommand }
  | { readonly kind: 'question'; readonly ask: string; readonly question: Question }
  | { readonly kind: 'write'; readonly ask: string; readonly to: AddressedLine['to']; readonly text: string }
  /** An event is missing, or one did not fit: the copy can't be mended from events. Answered by `entered`. */
  | { readonly kind: 'copy-lost' }
  | { readonly kind: 'report'; readonly report: PlayerReport }
  | { readonly kind: 'typing'; readonly isTyping: boolean }
  | { readonly kind: 'react'; readonly emoji: string }
  /** Measured delay from the server to here (95th percentile), to be told to the server. */
  | { readonly kind: 'path'; readonly downMs: number }
  | { readonly kind: 'woke' }
  | { readonly kind: 'closed' }

export type ClientOutput =
  | { readonly kind: 'send'; readonly frame: Frame }
  | { readonly kind: 'close' }
  | { readonly kind: 'wake'; readonly atMs: number }
  | { readonly kind: 'identified'; readonly token: string }
  | { readonly kind: 'entered'; readonly memberId: MemberId; readonly room: PublicRoom }
  /** Taken up again where we were: the events that follow close the gap. */
  | { readonly kind: 'resumed'; readonly memberId: MemberId }
  | { readonly kind: 'event'; readonly numbered: NumberedEvent }
  | { readonly kind: 'reports'; readonly reports: Readonly<Record<MemberId, PlayerReport>> }
  | { readonly kind: 'typing'; readonly memberIds: readonly MemberId[] }
  | { readonly kind: 'reactions'; readonly reactions: readonly ReactionSignal[] }
  | { readonly kind: 'line'; readonly line: AddressedLine }
  | { readonly kind: 'clock'; readonly sample: ClockSample }
  | { readonly kind: 'done'; readonly ask: string }
  | { readonly kind: 'answered'; readonly ask: string; readonly answer: Answer }
  /** `ask` is absent when it was the way in that was refused. */
  | { readonly kind: 'refused'; readonly ask?: string; readonly refusal: Refusal }
  /** The seat is gone; do not come back by yourself. */
  | { readonly kind: 'unseated'; readonly refusal: Refusal }
  | { readonly kind: 'server-closing'; readonly comeBackInMs: number }
  | { readonly kind: 'unreadable'; readonly why: string }

export type ClientDialect<Session> = {
  readonly name: string
  /** The address of the socket for a server's base address (`https://host[:port]`). */
  socketUrl(server: string): string
  readonly fresh: Session
  /** Pure and total. `nowMs` is the client's own clock. */
  step(
    session: Session,
    input: ClientInput,
    nowMs: number,
  ): { readonly session: Session; readonly outputs: readonly ClientOutput[] }
  /** Which commands this wire can express, here and now. */
  can(room: PublicRoom, self: MemberId): ReadonlySet<RoomCommand['type']>
}

/**
 * The server's side of a wire: what its machine is told, and what it answers. Sockets and plain requests attach to a session; its state is
 * plain JSON and outlives them. What a machine asks for (`ask`) is answered exactly once under that name.
 */

import type { Held, Note, NoteBatch } from '../core/notes/note'
import type { CreateCommand, MemberCommand } from '../core/room/command'
import type { NumberedEvent } from '../core/room/event'
import type { DirectoryRoom } from '../core/room/listed-room'
import type { Refusal } from '../core/room/refusal'
import type { MemberId, PublicRoom } from '../core/room/room'
import type {
  AddressedLine,
  Answer,
  Door,
  Frame,
  HttpRequest,
  HttpResponse,
  PlayerReport,
  Question,
  ReactionSignal,
  Seen,
} from './dialect'
import type { PersonTold, PersonWish } from './person-port'

export type Opened = {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly address: string
}

/** The public list has more in it here than our own wire tells. */
export type ServerAnswer =
  | Exclude<Answer, { readonly type: 'rooms' }>
  | { readonly type: 'rooms'; readonly rooms: readonly DirectoryRoom[] }

/** `ask` ties an answer to the output that asked. */
export type ServerInput =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** Answered by exactly one `respond`. */
  | { readonly kind: 'request'; readonly ask: string; readonly request: HttpRequest }
  /** A socket belongs to this session from now on, in place of one that did. */
  | { readonly kind: 'attached'; readonly opened: Opened; readonly key: string }
  /** The socket of this session is gone, and the seat with it. */
  | { readonly kind: 'detached' }
  | {
      readonly kind: 'identified'
      readonly ask: string
      readonly identity: string
      readonly token: string
      /** Somebody who was not known here before. */
      readonly isNew: boolean
      /** An account of this server stands behind it. */
      readonly account?: { readonly name: string }
    }
  /** The claims of a token signed with the secret of this wire, or why they don't count. */
  | {
      readonly kind: 'verified'
      readonly ask: string
      readonly claims?: Readonly<Record<string, unknown>>
      readonly why?: 'expired' | 'invalid'
    }
  | { readonly kind: 'signed'; readonly ask: string; readonly token: string }
  | {
      readonly kind: 'entered'
      readonly ask: string
      readonly memberId: MemberId
      readonly room: PublicRoom
      /** What the member has not seen yet, if `seen` was in this epoch and not too long ago; otherwise the room is a snapshot. */
      readonly missed?: readonly NumberedEvent[]
    }
  /** The room is there, and nobody sits in it. */
  | { readonly kind: 'created'; readonly ask: string; readonly room: PublicRoom }
  /** Absent: there is no such room. */
  | { readonly kind: 'looked'; readonly ask: string; readonly room?: PublicRoom }
  /** `changed`: did anything happen in the room by it? */
  | { readonly kind: 'done'; readonly ask: string; readonly changed: boolean }
  | { readonly kind: 'answered'; readonly ask: string; readonly answer: ServerAnswer }
  | { readonly kind: 'refused'; readonly ask: string; readonly refusal: Refusal }
  /** Something happened in the room where this session sits; only for dialects that hear each by itself. */
  | { readonly kind: 'told'; readonly told: Told }
  /** Of the person behind this session, to a session that asked for it. */
  | { readonly kind: 'person'; readonly told: PersonTold }
  /** How long a ping of the socket took, there and back. */
  | { readonly kind: 'round-trip'; readonly ms: number }
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
  | { readonly kind: 'respond'; readonly ask: string; readonly response: HttpResponse }
  /** This socket belongs to the session that requests with this key attach to; its state here is over. */
  | { readonly kind: 'attach'; readonly key: string }
  /** Who is this? Without a token, or with one that can't be verified: somebody new. */
  | { readonly kind: 'identify'; readonly ask: string; readonly token?: string }
  /** An account of this server, made or entered by its own call. Answered by `identified`, or `refused`. */
  | {
      readonly kind: 'sign-up'
      readonly ask: string
      readonly login: string
      readonly name: string
      readonly password: string
    }
  | { readonly kind: 'sign-in'; readonly ask: string; readonly login: string; readonly password: string }
  /** Is this token signed with the secret of this wire, and not too old? */
  | { readonly kind: 'verify'; readonly ask: string; readonly token: string }
  | {
      readonly kind: 'sign'
      readonly ask: string
      readonly claims: Readonly<Record<string, unknown>>
      readonly forMs: number
    }
  | {
      readonly kind: 'enter'
      readonly ask: string
      readonly door: Door
      readonly name?: string
      readonly bot?: boolean
      readonly seen?: Seen
      /** A seat of its own, also if this identity has one in the room. */
      readonly ownSeat?: boolean
      /** By which id the seat is known there, where the wire has named this person before; at most 64 characters, and nobody's on another wire. */
      readonly memberId?: MemberId
      /** With a new room: the name that it claims. */
      readonly alias?: string
      /** What the dialect itself has found to be true of who asks: an account, a token of its own secret, an invite. */
      readonly vouched?: { readonly name?: string; readonly roles: readonly string[] }
    }
  /** A new room that nobody sits in yet. Answered by `created`, or `refused`. */
  | { readonly kind: 'create'; readonly ask: string; readonly create: CreateCommand; readonly alias?: string }
  /** The room that a code, a name or an id means, for somebody who has no seat in it. Answered by `looked`. */
  | { readonly kind: 'look'; readonly ask: string; readonly code: string }
  /** The room as it is now, once more, for a session that sits in it. Answered by `entered` without `missed`, or `refused`. */
  | { readonly kind: 'snapshot'; readonly ask: string }
  /** `in`: as the seat that this identity holds in that room, for a session that has none itself. */
  | { readonly kind: 'command'; readonly ask: string; readonly command: MemberCommand; readonly in?: string }
  /** Answered by `answered`, or `refused`. */
  | { readonly kind: 'question'; readonly ask: string; readonly question: Question }
  /** A line for some only. Answered by `done`, or `refused`. */
  | { readonly kind: 'write'; readonly ask: string; readonly to: AddressedLine['to']; readonly text: string }
  | { readonly kind: 'report'; readonly report: PlayerReport }
  /** State: to be said again every few seconds while it is so. */
  | { readonly kind: 'typing'; readonly isTyping: boolean }
  | { readonly kind: 'react'; readonly emoji: string }
  /** What was just played, in order, and what is held after it, where the wire says so. */
  | { readonly kind: 'notes'; readonly notes: readonly Note[]; readonly held?: Held }
  /** To the person behind this session, who is who it was identified as. In a room or not. */
  | { readonly kind: 'person'; readonly ask: string; readonly wish: PersonWish }
  /** A signal that only sessions of the same dialect in the room understand, the own one included. */
  | { readonly kind: 'relay'; readonly fields: string }
  /** Measured one-way delay from the server to this client, ms. */
  | { readonly kind: 'path'; readonly downMs: number }
  | { readonly kind: 'wake'; readonly atMs: number }
  /** Something for the log, where an operator looks. Never room contents. */
  | { readonly kind: 'note'; readonly note: string }

/** What is told in a room. */
export type Told =
  | {
      readonly kind: 'event'
      readonly numbered: NumberedEvent
      readonly before: PublicRoom | undefined
      readonly after: PublicRoom
      /** Whose command it came of; absent when the room acted by itself, or nobody knows. */
      readonly by?: MemberId
    }
  | { readonly kind: 'reports'; readonly reports: Readonly<Record<MemberId, PlayerReport>> }
  /** All who type just now. */
  | { readonly kind: 'typing'; readonly memberIds: readonly MemberId[] }
  | { readonly kind: 'reactions'; readonly reactions: readonly ReactionSignal[] }
  /** At once, each batch by itself, and not to who played it. */
  | { readonly kind: 'notes'; readonly batch: NoteBatch }
  | { readonly kind: 'line'; readonly line: AddressedLine }
  /** Of the same dialect. */
  | { readonly kind: 'relayed'; readonly from: MemberId; readonly fields: string }
  /** The public list has changed: to every socket of the dialect, in a room or not. */
  | { readonly kind: 'directory'; readonly rooms: readonly DirectoryRoom[] }

export type Transport = {
  readonly maxFrameBytes: number
  readonly maxFramesPerSec: number
  /** Frames that may come at once before the rate counts. */
  readonly burst: number
  /** All sockets of an address are counted together. */
  readonly countsAddress?: boolean
  /** An open socket that says nothing for so long is closed. */
  readonly idleMs: number
  /** How long a socket may be open without entering the door of the dialect (identify). */
  readonly timeToIdentifyMs: number
  /** How often the server pings the socket; one that has not answered by the next ping is cut. */
  readonly pingEveryMs: number
  /** Does the server offer to compress frames? */
  readonly compression: boolean
}

/** How plain requests come in on a wire. */
export type Requests = {
  /** What begins so is this wire's: `/api/` say. */
  readonly prefixes: readonly string[]
  readonly maxBodyBytes: number
  /** Which session it belongs to; without a key it has one of its own that ends with the answer. */
  keyOf(request: HttpRequest): string | undefined
}

export type ServerDialect<Session> = {
  readonly name: string
  /** Of its socket; one that ends with `/*` takes one more part. */
  readonly paths: readonly string[]
  readonly requests?: Requests
  readonly transport: Transport
  /** So many rooms made on this wire may there be at the same time. */
  readonly maxRooms?: number
  /** What a token of its secret names, unless the operator says otherwise; any where it is absent. */
  readonly tokens?: { readonly audience?: string; readonly issuer?: string }
  /** Keep the seat when the socket is lost (`away`), or end the membership. */
  readonly keepsSeat: boolean
  /** What is told goes through `step` of each session in the room, after what `tell` says to all. */
  readonly hearsEach?: boolean
  /** Is it told when the public list changes? */
  readonly hearsDirectory?: boolean
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

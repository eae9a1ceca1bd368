/**
 * The client's side of a wire: from the wish to be in a room to the room's copy, through sockets and requests that the shell opens.
 * Our own wire tells events; foreign systems send state, so a part of the copy is replaced, under a rev of this side's own.
 */

import type { ClockSample } from '../core/clock'
import type { NoteBatch, PlayedNotes } from '../core/notes/note'
import type { RoomCommand } from '../core/room/command'
import type { NumberedEvent } from '../core/room/event'
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
import type { PersonHeard, PersonWish } from './person-port'

export type { PersonHeard } from './person-port'

export type JoinWish = {
  readonly door: Door
  readonly name?: string
  /** A program that says so. */
  readonly bot?: boolean
  /** What `identified` told to keep, in whatever form this wire knows people again. */
  readonly token?: string
  /** An account at that system, where the person has typed it. */
  readonly account?: { readonly login: string; readonly password: string }
  readonly seen?: Seen
}

/** A request to the system, by the background with that host's permission. `url` is whole. */
export type FetchRequest = Pick<HttpRequest, 'method' | 'headers' | 'body'> & { readonly url: string }

export type ClientInput =
  /** Somebody wants in, or back in: `server` is the base address `https://host[:port]`. Answered by `open`, or by `fetch` first. */
  | { readonly kind: 'join'; readonly server: string; readonly wish: JoinWish }
  /** Stay outside: only a question is to be asked. */
  | {
      readonly kind: 'ask-outside'
      readonly server: string
      readonly token?: string
      readonly ask: string
      readonly question: Question
    }
  /** Stay outside: only the own person is asked about, for as long as it takes. Answered by `identified`. */
  | { readonly kind: 'be-outside'; readonly server: string; readonly token?: string }
  /** Of the own person. Answered by `person`, `done` or `refused`. */
  | { readonly kind: 'person'; readonly ask: string; readonly wish: PersonWish }
  /** The socket is open. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** Without a response nobody answered. Cookies are kept by the shell, for that host and this visit alone. */
  | { readonly kind: 'fetched'; readonly ask: string; readonly response?: HttpResponse }
  | { readonly kind: 'command'; readonly ask: string; readonly command: RoomCommand }
  | { readonly kind: 'question'; readonly ask: string; readonly question: Question }
  | { readonly kind: 'write'; readonly ask: string; readonly to: AddressedLine['to']; readonly text: string }
  /** An event is missing, or one did not fit: the copy can't be mended from events. Answered by `entered`. */
  | { readonly kind: 'copy-lost' }
  | { readonly kind: 'report'; readonly report: PlayerReport }
  | { readonly kind: 'typing'; readonly isTyping: boolean }
  | { readonly kind: 'react'; readonly emoji: string }
  | { readonly kind: 'notes'; readonly played: PlayedNotes }
  /** Measured delay from the server to here (95th percentile), to be told to the server. */
  | { readonly kind: 'path'; readonly downMs: number }
  | { readonly kind: 'woke' }
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }

export type ClientOutput =
  /** `headers`: what the handshake has to say besides; nothing in a header's place takes it off. Not every browser can. */
  | { readonly kind: 'open'; readonly url: string; readonly headers?: Readonly<Record<string, string | null>> }
  | { readonly kind: 'fetch'; readonly ask: string; readonly request: FetchRequest }
  | { readonly kind: 'send'; readonly frame: Frame }
  | { readonly kind: 'close' }
  | { readonly kind: 'wake'; readonly atMs: number }
  | { readonly kind: 'identified'; readonly token: string }
  | { readonly kind: 'entered'; readonly memberId: MemberId; readonly room: PublicRoom }
  /** Taken up again where we were: the events that follow close the gap. */
  | { readonly kind: 'resumed'; readonly memberId: MemberId }
  | { readonly kind: 'event'; readonly numbered: NumberedEvent }
  /** These parts of the copy are so from now on; `rev` is this side's own, one more than before. */
  | { readonly kind: 'replaced'; readonly part: Partial<PublicRoom> }
  | { readonly kind: 'reports'; readonly reports: Readonly<Record<MemberId, PlayerReport>> }
  | { readonly kind: 'typing'; readonly memberIds: readonly MemberId[] }
  | { readonly kind: 'reactions'; readonly reactions: readonly ReactionSignal[] }
  | { readonly kind: 'notes'; readonly batch: NoteBatch }
  | { readonly kind: 'line'; readonly line: AddressedLine }
  /** Of one's own person, where the wire knows one. */
  | { readonly kind: 'person'; readonly heard: PersonHeard }
  | { readonly kind: 'clock'; readonly sample: ClockSample }
  /** How far the timeline told here may be from the system's own, ms, as well as this wire lets anybody know. */
  | { readonly kind: 'bound'; readonly boundMs: number }
  | { readonly kind: 'done'; readonly ask: string }
  | { readonly kind: 'answered'; readonly ask: string; readonly answer: Answer }
  /** `ask` is absent when it was the way in that was refused. */
  | { readonly kind: 'refused'; readonly ask?: string; readonly refusal: Refusal }
  /** The seat is gone; do not come back by yourself. */
  | { readonly kind: 'unseated'; readonly refusal: Refusal }
  | { readonly kind: 'server-closing'; readonly comeBackInMs: number }
  | { readonly kind: 'unreadable'; readonly why: string }

/**
 * How exact a wire's clock is. `measured`: pings with server time, lines are in server time. `stamped`: what comes carries the server's time, and
 * `clock` samples are made of it. `arrival`: nothing but the moment of arrival; lines are in this side's own time.
 */
export type ClockKind = 'measured' | 'stamped' | 'arrival'

export type ClientDialect<Session> = {
  readonly name: string
  readonly clock: ClockKind
  /** A link silent for so long carries nothing any more; absent where a quiet room is silent. */
  readonly silenceMs?: number
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

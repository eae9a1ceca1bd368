/**
 * What the server holds of one socket: its dialect's state, who it is, where it sits, and what is under way for it.
 * A record only; what happens to it is in `sessions.ts`.
 */
import { NOTE_RATES } from '../core/notes/note-rate'
import { type MemberId, ROOM_LIMITS } from '../core/room/room'
import type { Frame } from '../dialects/dialect'
import type { Opened, ServerDialect, Told } from '../dialects/server-dialect'
import type { Cancel } from '../platform/timers'
import { neighbourhoodOf } from './address'
import type { Listener } from './audience'
import type { Vouched } from './elsewhere'
import type { Metrics } from './metrics'
import { createTokenBucket, type TokenBucket } from './token-bucket'

/** One socket and the session that it belongs to by now. */
export type Link = {
  readonly channel: Channel
  readonly opened: Opened
  /** How many more of its frames may be turned away. */
  readonly patience: TokenBucket
  session: Session
}

export type Channel = { send(frame: Frame): void; close(code: number, reason: string): void }

export type Session = Listener & {
  readonly number: number
  /** Where it comes from, as limits count. */
  readonly neighbourhood: string
  /** The socket, while there is one. */
  link?: Link
  /** By which requests, and sockets that say so, find it. */
  readonly key?: string
  readonly bucket: TokenBucket
  readonly reactions: TokenBucket
  /** Lines for some only; those of the chat are the room's to count. */
  readonly lines: TokenBucket
  readonly snapshots: TokenBucket
  /** What is passed on to those of the same wire as it came. */
  readonly relays: TokenBucket
  /** The dialect's own. */
  state: unknown
  identity?: string
  /** The token that was shown is somebody's. */
  isKnown: boolean
  vouched?: Vouched
  seat?: { readonly roomId: string; readonly memberId: MemberId }
  /** It is told what happens to its person. */
  hearsPerson: boolean
  isEntering: boolean
  /** A snapshot is under way: each is a whole room, so there is one at a time. */
  isLooking: boolean
  /** It asked to leave: what follows is no surprise to it. */
  isLeaving: boolean
  isOver: boolean
  heardAtMs: number
  cancelWake?: Cancel
  cancelSilence?: Cancel
  cancelIdentify?: Cancel
  /** Of a session that outlives its sockets. */
  cancelRest?: Cancel
}

/** As many as a hand can hold up; more are dropped, and nobody misses them. */
const REACTIONS = { perSec: 3, burst: 6 } as const
const LINES = { perSec: 1, burst: ROOM_LIMITS.chatBurst } as const
/** Each is a whole room for one short frame; an honest client asks only when it has lost the thread. */
const SNAPSHOTS = { perSec: 0.5, burst: 10 } as const
/** As many as notes, which they may be. */
const RELAYS = NOTE_RATES.person

export type SessionParts = {
  readonly number: number
  readonly dialect: ServerDialect<unknown>
  readonly address: string
  readonly key?: string
  readonly nowMs: number
  readonly metrics: Metrics
  /** What was told reaches the dialect's machine. */
  readonly hear: (session: Session, told: Told) => void
}

export function createSession({ number, dialect, address, key, nowMs, metrics, hear }: SessionParts): Session {
  return {
    number,
    dialect,
    neighbourhood: neighbourhoodOf(address),
    ...(key !== undefined && { key }),
    bucket: createTokenBucket(dialect.transport.maxFramesPerSec, dialect.transport.burst),
    reactions: createTokenBucket(REACTIONS.perSec, REACTIONS.burst),
    lines: createTokenBucket(LINES.perSec, LINES.burst),
    snapshots: createTokenBucket(SNAPSHOTS.perSec, SNAPSHOTS.burst),
    relays: createTokenBucket(RELAYS.perSec, RELAYS.burst),
    state: dialect.fresh,
    isKnown: false,
    hearsPerson: false,
    isEntering: false,
    isLooking: false,
    isLeaving: false,
    isOver: false,
    heardAtMs: nowMs,
    send(frames) {
      if (this.isOver || !this.link) return
      metrics.framesOut(dialect.name, frames.length)
      for (const frame of frames) this.link.channel.send(frame)
    },
    hear(told) {
      if (dialect.hearsEach) hear(this, told)
    },
  }
}

/** What a log line says of it. */
export function aboutOf({ number, seat }: Session): { socket: number; room?: string; member?: string } {
  return { socket: number, ...(seat ? { room: seat.roomId, member: seat.memberId } : {}) }
}

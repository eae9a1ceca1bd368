/**
 * What the server holds of one socket: its dialect's state, who it is, where it sits, and what is under way for it.
 * A record only; what happens to it is in `sessions.ts`.
 */
import { type MemberId, ROOM_LIMITS } from '../core/room/room'
import type { Frame, ServerDialect } from '../dialects/dialect'
import type { Cancel } from '../platform/timers'
import { neighbourhoodOf } from './address'
import type { Listener } from './audience'
import type { Vouched } from './elsewhere'
import type { Metrics } from './metrics'
import { createTokenBucket, type TokenBucket } from './token-bucket'

export type Channel = { send(frame: Frame): void; close(code: number, reason: string): void }

export type Session = Listener & {
  readonly number: number
  /** Where it comes from, as limits count. */
  readonly neighbourhood: string
  readonly channel: Channel
  readonly bucket: TokenBucket
  readonly reactions: TokenBucket
  /** Lines for some only; those of the chat are the room's to count. */
  readonly lines: TokenBucket
  readonly snapshots: TokenBucket
  /** The dialect's own. */
  state: unknown
  identity?: string
  vouched?: Vouched
  seat?: { readonly roomId: string; readonly memberId: MemberId }
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
}

/** As many as a hand can hold up; more are dropped, and nobody misses them. */
const REACTIONS = { perSec: 3, burst: 6 } as const
const LINES = { perSec: 1, burst: ROOM_LIMITS.chatBurst } as const
/** Each is a whole room for one short frame; an honest client asks only when it has lost the thread. */
const SNAPSHOTS = { perSec: 0.5, burst: 10 } as const

export type SessionParts = {
  readonly number: number
  readonly dialect: ServerDialect<unknown>
  readonly address: string
  readonly channel: Channel
  readonly nowMs: number
  readonly metrics: Metrics
}

export function createSession({ number, dialect, address, channel, nowMs, metrics }: SessionParts): Session {
  return {
    number,
    dialect,
    neighbourhood: neighbourhoodOf(address),
    channel,
    bucket: createTokenBucket(dialect.transport.maxFramesPerSec, dialect.transport.burst),
    reactions: createTokenBucket(REACTIONS.perSec, REACTIONS.burst),
    lines: createTokenBucket(LINES.perSec, LINES.burst),
    snapshots: createTokenBucket(SNAPSHOTS.perSec, SNAPSHOTS.burst),
    state: dialect.fresh,
    isEntering: false,
    isLooking: false,
    isLeaving: false,
    isOver: false,
    heardAtMs: nowMs,
    send(frames) {
      if (this.isOver) return
      metrics.framesOut(dialect.name, frames.length)
      for (const frame of frames) channel.send(frame)
    },
  }
}

/** What a log line says of it. */
export function aboutOf({ number, seat }: Session): { socket: number; room?: string; member?: string } {
  return { socket: number, ...(seat ? { room: seat.roomId, member: seat.memberId } : {}) }
}

/**
 * The port of a wire: two sans-I/O machines, one for our server (`server-dialect.ts`), one for our client (`client-dialect.ts`),
 * and what both sides speak of. A machine never sees a socket, a timer or a clock: it is told what happened and answers what to do.
 * A frame that can't be read is a value, never an exception.
 */

import type { CreateCommand } from '../core/room/command'
import type { ListedRoom } from '../core/room/listed-room'
import type { Ban, MemberId, SuspensionReason } from '../core/room/room'

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
  /** `code` is whatever the wire names a room by: its code, a name it claimed, its id. */
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

/** A plain request, as far as a wire needs to know it. Header names are in small letters. */
export type HttpRequest = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** As it came, however it is spelled; empty without one. */
  readonly body: string
}

export type HttpResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

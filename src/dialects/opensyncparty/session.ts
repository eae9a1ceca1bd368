/** What our server holds of one OpenSyncParty socket or request. Plain JSON; what happens to it is in `server.ts`. */
import type { ServerOutput } from '../server-dialect'
import type { WireSettings } from '../wire-settings'
import type { Envelope } from './frames'
import type { Call } from './rest'
import { type ErrorCode, sayError } from './says'
import type { Seat } from './seat'

/** What somebody wants: a room under that name, or into it. */
export type Wanted = {
  readonly kind: 'create' | 'join'
  readonly room: string
  readonly client: string
  readonly name?: string
  readonly inviteToken?: string
  readonly mediaUrl?: string
  readonly startSec: number
  readonly freePlay: boolean
  readonly vouched?: { readonly name?: string; readonly roles: readonly string[] }
}

/** On which way it is; what comes meanwhile waits. */
export type Doing =
  | { readonly kind: 'checking'; readonly wanted: Wanted; readonly by: 'auth' | 'invite' }
  | { readonly kind: 'entering'; readonly wanted: Wanted; readonly resets?: true }
  /** The name is taken: is anybody there? */
  | { readonly kind: 'finding'; readonly wanted: Wanted }
  | { readonly kind: 'leaving'; readonly wanted: Wanted }
  /** A room that everybody has left long ago begins anew. */
  | { readonly kind: 'resetting'; readonly wanted: Wanted }
  | { readonly kind: 'again'; readonly wanted: Pick<Wanted, 'room' | 'client'> }
  | { readonly kind: 'inviting'; readonly forMs: number; readonly endsAtSec?: number }
  | { readonly kind: 'answering'; readonly ask: string; readonly call: Call; readonly endsAtSec?: number }

export type OpensyncpartyServerSession = {
  readonly place: { readonly at: 'socket' | 'lobby' } | { readonly at: 'seat'; readonly seat: Seat }
  readonly doing?: Doing
  readonly waiting: readonly Envelope[]
  /** By which id this socket speaks: the first it has said. */
  readonly client?: string
  readonly tripMs: number
}

export type Step = { readonly session: OpensyncpartyServerSession; readonly outputs: readonly ServerOutput[] }
export type Wishes = NonNullable<WireSettings['opensyncparty']>

export const FRESH: OpensyncpartyServerSession = { place: { at: 'socket' }, waiting: [], tripMs: 0 }
export const ASK = {
  greet: 'greet',
  check: 'check',
  enter: 'enter',
  find: 'find',
  leave: 'leave',
  reset: 'reset',
  again: 'again',
  sign: 'sign',
} as const

export function isOnTheWay({ place, doing }: OpensyncpartyServerSession): boolean {
  return place.at === 'socket' || doing !== undefined
}

export function resting({ doing: _, ...session }: OpensyncpartyServerSession): OpensyncpartyServerSession {
  return session
}

export function complain(
  about: { room: string; client: string },
  code: ErrorCode,
  nowMs: number,
  message?: string,
): ServerOutput {
  const where = { room: about.room === '' ? null : about.room, client: about.client === '' ? null : about.client }
  return sayError(where, code, nowMs, message)
}

/** As an error names who it is for. */
export function whoIn({ place, client = '' }: OpensyncpartyServerSession): {
  readonly room: string
  readonly client: string
} {
  return place.at === 'seat' ? place.seat.where : { room: '', client }
}

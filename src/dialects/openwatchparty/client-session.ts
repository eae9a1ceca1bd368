/** What our client holds of one visit to an OpenWatchParty server. Plain JSON; what happens to it is in `client.ts`. */
import { type Clock, createClock, estimate } from '../../core/clock'
import type { ClientOutput, JoinWish } from '../client-dialect'
import type { At, Inside } from './client-room'
import { write } from './frames'

export type OpenwatchpartyClientSession = {
  readonly place: Place
  readonly clock: Clock
  readonly pings: number
  readonly pingAtMs: number
  readonly account?: { readonly url: string; readonly key: string; readonly refreshAtMs?: number }
}

/** Why the socket is opened. */
export type Purpose =
  | { readonly kind: 'enter'; readonly wish: JoinWish; readonly token?: string }
  | { readonly kind: 'ask'; readonly ask: string }

export type Place =
  | { readonly at: 'closed' }
  /** Jellyfin is asked for a token first. */
  | { readonly at: 'token'; readonly server: string; readonly wish: JoinWish }
  | { readonly at: 'opening'; readonly purpose: Purpose }
  | { readonly at: 'greeting'; readonly purpose: Purpose; readonly untilMs: number }
  | {
      readonly at: 'signing-in'
      readonly wish: JoinWish
      readonly token: string
      readonly self: string
      readonly untilMs: number
    }
  | {
      readonly at: 'door'
      readonly self: string
      readonly name: string
      readonly door: 'code' | 'new' | 'any'
      readonly untilMs: number
    }
  | Room

export type Room = {
  readonly at: 'room'
  readonly inside: Inside
  readonly saidAtMs?: number
  readonly sayAtMs?: number
  readonly pending: readonly Pending[]
}

/** What was asked and is not answered yet. */
export type Pending = {
  readonly ask: string
  readonly kind: 'say' | 'list-rooms'

  readonly untilMs: number
}

export type Step = { readonly session: OpenwatchpartyClientSession; readonly outputs: readonly ClientOutput[] }

export const FRESH: OpenwatchpartyClientSession = {
  place: { at: 'closed' },
  clock: createClock(),
  pings: 0,
  pingAtMs: 0,
}

/** The server's time as well as the pings so far tell it. */
export function nowAt({ clock }: OpenwatchpartyClientSession, nowMs: number): At {
  return { ownMs: nowMs, serverMs: nowMs + (estimate(clock)?.offsetMs ?? 0) }
}

export function say(
  type: string,
  about: { room?: string; client?: string; payload?: unknown },
  nowMs: number,
): ClientOutput {
  return { kind: 'send', frame: write({ type, ...about, ts: Math.floor(nowMs) }) }
}

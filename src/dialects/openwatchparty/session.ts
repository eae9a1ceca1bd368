/** What our server holds of one OpenWatchParty socket. Plain JSON; what happens to it is in `server.ts`. */
import type { CreateCommand } from '../../core/room/command'
import type { MemberId } from '../../core/room/room'
import type { ServerOutput } from '../server-dialect'
import type { WireSettings } from '../wire-settings'
import type { Envelope } from './frames'
import { sayError } from './says'
import type { Seat } from './seat'

export type OpenwatchpartyServerSession = {
  readonly place: Place
  /** What came while the socket was on its way. */
  readonly waiting: readonly Envelope[]
  readonly clientId: MemberId
  readonly name: string
  readonly vouched?: { readonly name?: string; readonly roles: readonly string[] }
  readonly isVerifying?: true
}

export type Place =
  /** Nobody yet. */
  | { readonly at: 'socket' }
  | { readonly at: 'lobby' }
  | { readonly at: 'door' }
  | { readonly at: 'seat'; readonly seat: Seat; readonly doing?: Doing }

/** Into which room, and what waits until that is clear. */
export type Target =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'new'; readonly create: CreateCommand }
export type Doing =
  | { readonly kind: 'looking'; readonly code: string }
  | { readonly kind: 'again' }
  | { readonly kind: 'leaving'; readonly to?: Target }

export type Step = { readonly session: OpenwatchpartyServerSession; readonly outputs: readonly ServerOutput[] }
export type Wishes = NonNullable<WireSettings['openwatchparty']>

export const ANONYMOUS = 'Anonymous'
export const NO_SUCH_ROOM = 'Room not found'
export const FRESH: OpenwatchpartyServerSession = {
  place: { at: 'socket' },
  waiting: [],
  clientId: '',
  name: ANONYMOUS,
}
export const ASK = {
  greet: 'greet',
  list: 'list',
  auth: 'auth',
  enter: 'enter',
  look: 'look',
  again: 'again',
  leave: 'leave',
  chat: 'chat',
} as const

export function isOnTheWay({ place, isVerifying }: OpenwatchpartyServerSession): boolean {
  return (
    place.at === 'socket' ||
    place.at === 'door' ||
    (place.at === 'seat' && place.doing !== undefined) ||
    isVerifying === true
  )
}

export function complain(
  { clientId, place }: OpenwatchpartyServerSession,
  message: string,
  nowMs: number,
): ServerOutput {
  const room = message === 'Room is full' && place.at === 'seat' ? { room: place.seat.roomId } : {}
  return sayError(message, nowMs, { ...room, ...(clientId !== '' && { client: clientId }) })
}

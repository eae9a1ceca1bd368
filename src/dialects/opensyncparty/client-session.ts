/** What our client holds of one visit to an OpenSyncParty server. Plain JSON; what happens to it is in `client.ts`. */
import type { ClientOutput, JoinWish } from '../client-dialect'
import type { Kept } from './client-door'
import type { Inside } from './client-room'

export type OpensyncpartyClientSession = { readonly place: Place; readonly kept: Kept }

export type Place =
  | { readonly at: 'closed' }
  | { readonly at: 'opening'; readonly wish: JoinWish }
  /** The generation after greets. */
  | { readonly at: 'listening'; readonly wish: JoinWish; readonly untilMs: number }
  | {
      readonly at: 'door'
      readonly wish: JoinWish
      readonly room: string
      readonly by: 'create' | 'join'
      readonly untilMs: number
    }
  | Room

export type Room = {
  readonly at: 'room'
  readonly inside: Inside
  readonly pingAtMs: number
  /** The shortest ways there and back lately. */
  readonly trips: readonly number[]
  readonly sayAtMs?: number
  readonly boundMs?: number
}

export const FRESH: OpensyncpartyClientSession = { place: { at: 'closed' }, kept: { client: '' } }

export type Step = { readonly session: OpensyncpartyClientSession; readonly outputs: readonly ClientOutput[] }

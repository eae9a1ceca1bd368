/** What a decision is handed besides the room and the command. */
import type { MemberId } from './room'

/** Who asks: a member, somebody at the door, or the room itself when something is due. */
export type Actor =
  | { readonly kind: 'member'; readonly memberId: MemberId }
  | { readonly kind: 'identity'; readonly identity: string }
  | { readonly kind: 'room' }

/** What is not the room's own to know: time, who asks, measured paths, fresh ids and chance. */
export type Context = {
  /** Server time, ms. */
  readonly nowMs: number
  readonly by: Actor
  /** Measured one-way delays from the server to members, ms; members without a measured path are not in it. */
  readonly pathsMs: readonly number[]
  readonly fresh: {
    readonly roomId: string
    readonly roomNumber: number
    readonly code: string
    readonly epoch: string
    readonly memberId: MemberId
    readonly memberNumber: number
    readonly mediaId: string
    /** 0 ≤ seed < 1 */
    readonly nameSeed: number
  }
}

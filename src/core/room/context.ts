/** What a decision is handed besides the room and the command. */
import type { MemberId } from './room'

/** Who asks: a member, somebody at the door, or the room itself when something is due. */
export type Actor =
  | { readonly kind: 'member'; readonly memberId: MemberId }
  | { readonly kind: 'identity'; readonly identity: string }
  | { readonly kind: 'room' }

/** What the shell has found to be true of who asks, or of what they brought. */
export type Verified = {
  /** The identity is vouched for: a token signed elsewhere, an account of a wire. */
  readonly vouched?: boolean
  /** Whoever vouches says that they moderate here. */
  readonly moderates?: boolean
  /** An invite of this room that it still honours, and the role that it gives. */
  readonly invited?: 'guest' | 'member'
  /** The password that was brought to the door is the room's. */
  readonly passwordMatches?: boolean
  /** The hash of the password in the command. */
  readonly passwordHash?: string
  /** Where who comes in comes from. */
  readonly addressHash?: string
}

/** What is not the room's own to know: time, who asks, measured paths, fresh ids and chance. */
export type Context = {
  /** Server time, ms. */
  readonly nowMs: number
  readonly by: Actor
  /** Measured one-way delays from the server to members, ms; members without a measured path are not in it. */
  readonly pathsMs: readonly number[]
  readonly verified: Verified
  readonly fresh: {
    readonly roomId: string
    readonly roomNumber: number
    readonly code: string
    readonly epoch: string
    readonly memberId: MemberId
    readonly memberNumber: number
    /** For what this decision brings into the room: an item, a line, a ban; several get a number behind it. */
    readonly id: string
    /** Each 0 ≤ seed < 1. */
    readonly nameSeed: number
    readonly seed: number
  }
}

/**
 * What the room knows of the own player's suspension, held to what the player said last. A word may be lost with its
 * connection, and a seat that was away comes back without one: so room and word are compared whenever one of them changes.
 */
import type { RoomClientState } from '../client/room-client'
import type { RoomCommand } from '../core/room/command'
import type { Refusal } from '../core/room/refusal'
import { memberOf, type SuspensionReason } from '../core/room/room'
import type { PlayerReport } from '../dialects/dialect'

export type OwnSuspension = {
  /** The player's word: why it can't play, or that it can. */
  readonly said: (reason: SuspensionReason | undefined) => void
  /** The room, or the way to it, is another now. */
  readonly roomChanged: () => void
}

/** A report says it again each second: good for a background that has just come to life. */
export function suspensionIn({ state }: PlayerReport): SuspensionReason | undefined {
  return state === 'playing' || state === 'paused' ? undefined : state
}

type Word = { readonly reason: SuspensionReason | undefined }

export function createOwnSuspension(
  state: () => RoomClientState,
  ask: (command: RoomCommand) => Promise<Refusal | undefined>,
): OwnSuspension {
  /** Nothing is put right before the player has spoken: it may know what an earlier life of ours was told. */
  let word: Word | undefined
  let isAsking = false

  async function compare(): Promise<void> {
    const now = state()
    if (now.kind === 'outside') word = undefined
    if (now.kind !== 'in-room' || !word || isAsking) return
    const { reason } = word
    if (memberOf(now.room, now.memberId)?.suspension?.reason === reason) return
    isAsking = true
    const refusal = await ask(reason === undefined ? { type: 'resume' } : { type: 'suspend', reason })
    isAsking = false
    // After a no it is for the next change to try again.
    if (!refusal || word?.reason !== reason) void compare()
  }

  return {
    said(reason) {
      word = { reason }
      void compare()
    },
    roomChanged: () => void compare(),
  }
}

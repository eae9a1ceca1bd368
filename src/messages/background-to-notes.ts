/** Everything the background says to the notes page, over the port that the page opened. Trusted, so only typed. */
import type { NoteBatch } from '../core/notes/note'
import type { MemberId } from '../core/room/room'

/** Somebody in the room, in the order of joining. Notes of who is not in this list, or is away, have to end. */
export type Player = {
  readonly memberId: MemberId
  readonly name: string
  /** Durable and the same for everybody: what a person's colour is made from. */
  readonly colourSeed: number
  readonly isSelf: boolean
  readonly isAway: boolean
}

export type NotesRoom =
  | { readonly kind: 'outside' }
  /** On the way in, or the connection is lost and tried again: nobody hears anybody. */
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'in-room'
      readonly code: string
      readonly selfId: MemberId
      readonly players: readonly Player[]
      /** Why the others don't hear what is played here; absent when they do. */
      readonly silenced?: 'muted' | 'chat-off' | 'not-allowed'
    }

export type BackgroundToNotes =
  /** Said first, and whenever it changes. */
  | { readonly type: 'room'; readonly room: NotesRoom }
  /** Server time minus the background's clock; said when known, and whenever it changes. */
  | { readonly type: 'clock'; readonly offsetMs: number; readonly uncertaintyMs: number }
  /** What somebody else played, as it comes. */
  | { readonly type: 'heard'; readonly batch: NoteBatch }
  | { readonly type: 'clock-pong'; readonly sentMs: number; readonly backgroundMs: number }

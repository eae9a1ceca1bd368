/** What a decision about a person is handed besides the person and the command. */
import type { MediaWish } from '../room/command'
import type { PersonCard, PersonId } from './person'

export type PersonContext = {
  /** Server time, ms. */
  readonly nowMs: number
  /** Who this is, for the day when the first thing is stored; the name by which they are known where they are. */
  readonly self: { readonly id: PersonId; readonly number: number; readonly name?: string }
  /** Whom the command names, if the server knows them. */
  readonly them?: PersonCard
  /** Do the two sit in one room just now? */
  readonly meet?: boolean
  /** What waits in the queue of the room that the person sits in. */
  readonly queue?: readonly MediaWish[]
  readonly fresh: {
    readonly epoch: string
    /** For what this decision makes: a request, a message, a playlist, items; several get a number behind it. */
    readonly id: string
    /** 0 ≤ seed < 1. */
    readonly seed: number
  }
}

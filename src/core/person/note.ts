/**
 * What one person's decision has to make of another person. No decision spans two, so the second half is a note: stored with the
 * first half, told by the server until the other side has stored it, and counted there once however often it is told.
 */
import type { PersonCard, PersonId } from './card'

export type NoteBody =
  | { readonly type: 'asked'; readonly bond: string }
  | { readonly type: 'accepted'; readonly bond: string }
  /** Declined, withdrawn, removed, blocked or deleted: nobody is told which. */
  | { readonly type: 'ended'; readonly bonds: readonly string[] }
  | { readonly type: 'wrote'; readonly messageId: string; readonly text: string }

/** `epoch` and `rev` of the writer number their notes, so that one told twice is known. */
export type Note = {
  readonly epoch: string
  readonly rev: number
  readonly to: PersonId
  readonly from: PersonCard
  readonly atMs: number
  readonly body: NoteBody
}

export type Heard = { readonly from: PersonId; readonly epoch: string; readonly rev: number }

/** What tells one note from all others. */
export type NoteMark = Pick<Note, 'epoch' | 'rev' | 'to'>

export function isSameNote(one: NoteMark, other: NoteMark): boolean {
  return one.epoch === other.epoch && one.rev === other.rev && one.to === other.to
}

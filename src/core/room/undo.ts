/** How to take back what was done to the queue. Only the server keeps it. */
import type { Item } from './item'
import type { MemberId } from './member-id'

export type Inverse =
  | { readonly kind: 'remove'; readonly itemIds: readonly string[] }
  | { readonly kind: 'insert'; readonly item: Item; readonly index: number }
  | { readonly kind: 'move'; readonly itemId: string; readonly toIndex: number }
  | { readonly kind: 'order'; readonly itemIds: readonly string[] }

export type Undo = { readonly memberId: MemberId; readonly inverse: Inverse }

/** With an event: what was done can be taken back so, or was itself the taking back of the undo at that place. */
export type UndoNote = { readonly undo: Undo } | { readonly undone: number }

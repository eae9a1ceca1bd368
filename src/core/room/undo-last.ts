/** Takes back what was done to the queue last. What can't be taken back any more is passed over. */
import { startIfIdle } from './advance'
import type { Draft } from './draft'
import type { QueueEvent } from './event'
import { fits, withVotesOfThoseHere } from './items'
import { may } from './permissions'
import { type Refusal, refuse } from './refusal'
import type { Permission } from './role'
import type { MemberId } from './room'
import type { Inverse, UndoNote } from './undo'

export function undoLast(draft: Draft, memberId: MemberId): Refusal | undefined {
  const { undo } = draft.serverOnly()
  const mayAll = may(draft.room(), memberId, 'queue-order')
  for (let index = undo.length - 1; index >= 0; index -= 1) {
    const last = undo[index]
    if (!last || (!mayAll && last.memberId !== memberId) || !mayStill(draft, memberId, last.inverse)) continue
    const events = inverted(draft, last.inverse, { undone: index })
    if (!events) continue
    for (const event of events) draft.emit(event)
    startIfIdle(draft)
    return undefined
  }
  return refuse('nothing-to-undo')
}

/** Whoever has lost a right since does nothing more by it; one's own additions may always be taken back. */
function mayStill(draft: Draft, memberId: MemberId, { kind }: Inverse): boolean {
  return kind === 'remove' || MAY_UNDO[kind].some((permission) => may(draft.room(), memberId, permission))
}

const MAY_UNDO: Readonly<Record<Exclude<Inverse['kind'], 'remove'>, readonly Permission[]>> = {
  insert: ['queue-add', 'queue-remove', 'queue-order'],
  move: ['queue-order'],
  order: ['queue-order'],
}

/** Nothing where the queue has gone on so far that it can't be done. */
function inverted(draft: Draft, inverse: Inverse, serverOnly: UndoNote): readonly QueueEvent[] | undefined {
  const room = draft.room()
  const { items } = room.queue
  const isThere = (id: string): boolean => items.some((item) => item.id === id)
  switch (inverse.kind) {
    case 'remove': {
      const [first, ...others] = inverse.itemIds.filter(isThere)
      if (first === undefined) return undefined
      return [
        { type: 'queue-removed', itemId: first, serverOnly },
        ...others.map((itemId): QueueEvent => ({ type: 'queue-removed', itemId })),
      ]
    }
    case 'insert': {
      const item = withVotesOfThoseHere(room, inverse.item)
      const { previous } = room.queue
      if (isThere(item.id) || room.media?.id === item.id || previous.some(({ id }) => id === item.id)) return undefined
      if (!fits(items, [item])) return undefined
      return [{ type: 'queue-added', items: [item], index: Math.min(inverse.index, items.length), serverOnly }]
    }
    case 'move':
      return isThere(inverse.itemId)
        ? [
            {
              type: 'queue-moved',
              itemId: inverse.itemId,
              toIndex: Math.min(inverse.toIndex, items.length - 1),
              serverOnly,
            },
          ]
        : undefined
    case 'order':
      return inverse.itemIds.some(isThere)
        ? [{ type: 'queue-ordered', itemIds: inverse.itemIds.filter(isThere), serverOnly }]
        : undefined
  }
}

/** The queue: adding, removing, order, and taking back. What comes next of it is `next-item.ts`. */
import { latestLine, lineAt, positionAt } from '../timeline'
import { advance, begin, mayWait, startIfIdle, waitingAgain } from './advance'
import { positionWithin } from './bounds'
import type { MediaWish, QueueCommand } from './command'
import type { Draft } from './draft'
import { endOf } from './item'
import { fits, lengthsOf, queuedItems } from './items'
import { may } from './permissions'
import { type Refusal, refuse } from './refusal'
import { type MemberId, type PublicRoom, ROOM_LIMITS } from './room'
import { shuffled } from './shuffled'
import { undoLast } from './undo-last'

type Asked = Exclude<QueueCommand, { readonly type: 'vote' | 'vote-skip' | 'grab' }>

export function decideQueue(draft: Draft, memberId: MemberId, command: Asked): Refusal | undefined {
  const room = draft.room()
  switch (command.type) {
    case 'queue-add':
      if (command.first && !may(room, memberId, 'queue-order')) return refuse('not-allowed')
      return addItems(draft, memberId, command.items, command)
    case 'queue-remove':
      return removeItem(draft, memberId, command.itemId)
    case 'queue-move':
      return moveItem(draft, memberId, command)
    case 'queue-shuffle': {
      const itemIds = room.queue.items.map((item) => item.id)
      if (itemIds.length < 2) return undefined
      const undo = { memberId, inverse: { kind: 'order', itemIds } } as const
      draft.emit({
        type: 'queue-ordered',
        itemIds: shuffled(itemIds, draft.context.fresh.seed),
        serverOnly: { undo },
      })
      return undefined
    }
    case 'queue-clear':
      if (room.queue.items.length > 0) draft.emit({ type: 'queue-cleared' })
      return undefined
    case 'queue-restore':
      return restore(draft, command.discard === true)
    case 'queue-undo':
      return undoLast(draft, memberId)
    case 'edit-item':
      return editItem(draft, memberId, command)
    case 'play-now':
      return playNow(draft, command.itemId)
    case 'skip':
      return skip(draft, memberId, command.itemId)
    case 'media-ended':
      return mediaEnded(draft, command.itemId)
  }
}

type How = { readonly first?: boolean; readonly again?: boolean }

export function addItems(draft: Draft, addedBy: MemberId, wishes: readonly MediaWish[], how: How): Refusal | undefined {
  if (wishes.length === 0 || wishes.length > ROOM_LIMITS.itemsAtOnce) return refuse('out-of-range')
  const room = draft.room()
  const there = how.again ? [] : addressesOf(room, addedBy)
  const seen = new Set(there)
  const items = queuedItems(room, wishes, draft.context.fresh, addedBy).filter(({ content: { address } }) => {
    if (how.again || address === '') return true
    if (seen.has(address)) return false
    seen.add(address)
    return true
  })
  if (items.length === 0) return refuse('already-queued')
  if (!fits(room.queue.items, items)) return refuse('queue-full')
  const itemIds = items.map((item) => item.id)
  draft.emit({
    type: 'queue-added',
    items,
    index: how.first ? 0 : room.queue.items.length,
    serverOnly: { undo: { memberId: addedBy, inverse: { kind: 'remove', itemIds } } },
  })
  startIfIdle(draft)
  return undefined
}

/** People who take turns may bring what others bring, too. */
function addressesOf({ media, queue, settings }: PublicRoom, addedBy: MemberId): string[] {
  if (settings.mode === 'rotation') {
    return queue.items.filter((item) => item.addedBy === addedBy).map((item) => item.content.address)
  }
  return [...(media ? [media] : []), ...queue.items].map((item) => item.content.address)
}

function removeItem(draft: Draft, memberId: MemberId, itemId: string): Refusal | undefined {
  const room = draft.room()
  const index = room.queue.items.findIndex((each) => each.id === itemId)
  const item = room.queue.items[index]
  if (!item) return refuse('no-such-item')
  if (item.addedBy !== memberId && !may(room, memberId, 'queue-remove')) return refuse('not-allowed')
  const undo = { memberId, inverse: { kind: 'insert', item, index } } as const
  draft.emit({ type: 'queue-removed', itemId, serverOnly: { undo } })
  return undefined
}

function moveItem(
  draft: Draft,
  memberId: MemberId,
  { itemId, toIndex }: Extract<QueueCommand, { type: 'queue-move' }>,
): Refusal | undefined {
  const { items } = draft.room().queue
  const from = items.findIndex((each) => each.id === itemId)
  if (from < 0) return refuse('no-such-item')
  const to = Math.min(items.length - 1, toIndex)
  if (to === from) return undefined
  const undo = { memberId, inverse: { kind: 'move', itemId, toIndex: from } } as const
  draft.emit({ type: 'queue-moved', itemId, toIndex: to, serverOnly: { undo } })
  return undefined
}

function restore(draft: Draft, discard: boolean): Refusal | undefined {
  const { items, previous } = draft.room().queue
  if (previous.length === 0) return refuse('nothing-to-undo')
  if (!discard && !fits(items, previous)) return refuse('queue-full')
  draft.emit({ type: discard ? 'queue-forgotten' : 'queue-restored' })
  startIfIdle(draft)
  return undefined
}

function editItem(
  draft: Draft,
  memberId: MemberId,
  { itemId, type: _, ...wish }: Extract<QueueCommand, { type: 'edit-item' }>,
): Refusal | undefined {
  const room = draft.room()
  const current = room.media?.id === itemId ? room.media : undefined
  const item = current ?? room.queue.items.find((each) => each.id === itemId)
  if (!item) return refuse('no-such-item')
  const permission = current ? 'set-media' : 'queue-order'
  if (item.addedBy !== memberId && !may(room, memberId, permission)) return refuse('not-allowed')
  const edit = lengthsOf({ ...lengthsOf(item), ...wish })
  const isNew =
    edit.durationSec !== item.durationSec || edit.startAtSec !== item.startAtSec || edit.endAtSec !== item.endAtSec
  if (isNew) draft.emit({ type: 'item-edited', itemId, edit })
  return undefined
}

/** What was current goes on later from where it was left. */
function playNow(draft: Draft, itemId: string): Refusal | undefined {
  const { media, queue, settings, timeline, waiting } = draft.room()
  const { nowMs } = draft.context
  const item = queue.items.find((each) => each.id === itemId)
  if (!item) return refuse('no-such-item')
  if (settings.mode === 'rotation') return refuse('turns-decide')
  const others = queue.items.filter((each) => each !== item)
  if (media && !mayWait(media, others)) return refuse('queue-full')
  const playing = waiting !== undefined || latestLine(timeline).playing
  draft.emit({ type: 'queue-removed', itemId })
  if (media) {
    const leftAtSec = positionWithin(positionAt(lineAt(timeline, nowMs), nowMs), media.durationSec)
    draft.emit({ type: 'queue-added', items: [waitingAgain(media, leftAtSec)], index: 0 })
  }
  begin(draft, item, playing)
  return undefined
}

function skip(draft: Draft, memberId: MemberId, itemId: string | undefined): Refusal | undefined {
  const room = draft.room()
  const isOwnTurn = room.booth.playing === memberId
  if (!isOwnTurn && !may(room, memberId, 'skip')) return refuse('host-controls')
  if (!room.media) return refuse('nothing-to-skip')
  if (itemId !== undefined && itemId !== room.media.id) return refuse('no-such-item')
  advance(draft, { skipped: true })
  return undefined
}

/** Players round: near its known end it counts as over. */
const NEAR_END_SEC = 2

/** Somebody's player says so, where the room can't know; what was set stays if nothing comes after it. */
function mediaEnded(draft: Draft, itemId: string): Refusal | undefined {
  const room = draft.room()
  const { nowMs } = draft.context
  if (room.media?.id !== itemId) return refuse('not-due')
  const endSec = endOf(room.media)
  const atSec = positionAt(lineAt(room.timeline, nowMs), nowMs)
  if (endSec !== undefined && atSec < endSec - NEAR_END_SEC) return refuse('not-due')
  if (room.media.queued || room.settings.mode === 'loop' || room.queue.items.length > 0)
    advance(draft, { skipped: false })
  return undefined
}

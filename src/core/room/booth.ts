/** The rotation: who takes turns as DJ, and in which order. Whose turn comes next is `next-item.ts`. */
import { advance, startIfIdle } from './advance'
import type { BoothCommand, SupplyCommand } from './command'
import type { Draft } from './draft'
import { may, standsAbove } from './permissions'
import { addItems } from './queue'
import { type Refusal, refuse } from './refusal'
import { type MemberId, memberOf, type PublicRoom } from './room'

export function decideBooth(draft: Draft, memberId: MemberId, command: BoothCommand): Refusal | undefined {
  const room = draft.room()
  switch (command.type) {
    case 'join-booth':
      return joinBooth(draft, memberId, command)
    case 'leave-booth':
      leaveBooth(draft, memberId)
      return undefined
    case 'add-dj':
      if (room.settings.mode !== 'rotation') return refuse('no-rotation')
      if (!memberOf(room, command.memberId)) return refuse('no-such-member')
      enterLine(draft, command.memberId)
      return undefined
    case 'remove-dj':
      if (!isInBooth(room, command.memberId)) return refuse('no-such-member')
      if (command.memberId !== memberId && !standsAbove(room, memberId, command.memberId))
        return refuse('not-over-them')
      leaveBooth(draft, command.memberId)
      return undefined
    case 'move-dj': {
      const { waiting } = room.booth
      if (!waiting.includes(command.memberId)) return refuse('no-such-member')
      const others = waiting.filter((dj) => dj !== command.memberId)
      const moved = others.toSpliced(command.toIndex, 0, command.memberId)
      if (moved.join() !== waiting.join())
        draft.emit({ type: 'booth-changed', booth: { ...room.booth, waiting: moved } })
      return undefined
    }
  }
}

function joinBooth(
  draft: Draft,
  memberId: MemberId,
  { items = [] }: Extract<BoothCommand, { type: 'join-booth' }>,
): Refusal | undefined {
  const { settings } = draft.room()
  if (settings.mode !== 'rotation') {
    if (!may(draft.room(), memberId, 'configure')) return refuse('no-rotation')
    draft.emit({ type: 'settings-changed', settings: { ...settings, mode: 'rotation' } })
  } else if (settings.djsLocked && !isInBooth(draft.room(), memberId) && !may(draft.room(), memberId, 'manage-djs')) {
    return refuse('booth-locked')
  }
  const refusal = items.length > 0 ? addItems(draft, memberId, items, {}) : undefined
  // Who brings only what is in the queue already takes turns with that.
  if (refusal && refusal.code !== 'already-queued') return refusal
  enterLine(draft, memberId)
  return undefined
}

function enterLine(draft: Draft, memberId: MemberId): void {
  const { booth } = draft.room()
  if (isInBooth(draft.room(), memberId)) return
  draft.emit({ type: 'booth-changed', booth: { ...booth, waiting: [...booth.waiting, memberId] } })
  startIfIdle(draft)
}

/** Whoever leaves in the middle of the turn ends it. */
function leaveBooth(draft: Draft, memberId: MemberId): void {
  const { booth } = draft.room()
  if (!isInBooth(draft.room(), memberId)) return
  const waiting = booth.waiting.filter((dj) => dj !== memberId)
  if (booth.playing === memberId) {
    draft.emit({ type: 'booth-changed', booth: { waiting } })
    advance(draft, { skipped: true })
  } else draft.emit({ type: 'booth-changed', booth: { ...booth, waiting } })
}

/** Will this DJ have a turn, and nothing to play in it? */
export function lacksItem({ booth, queue, settings }: PublicRoom, memberId: MemberId): boolean {
  const hasTurn = booth.waiting.includes(memberId) || (booth.playing === memberId && settings.cycle)
  return settings.mode === 'rotation' && hasTurn && !queue.items.some(({ addedBy }) => addedBy === memberId)
}

/** Whoever is in the booth may play, so no permission is asked for; what comes too late is not needed. */
export function supplyDj(draft: Draft, { memberId, item }: SupplyCommand): Refusal | undefined {
  if (draft.context.by.kind !== 'room' || !lacksItem(draft.room(), memberId)) return refuse('not-due')
  return addItems(draft, memberId, [item], { again: true })
}

export function isInBooth({ booth }: PublicRoom, memberId: MemberId): boolean {
  return booth.playing === memberId || booth.waiting.includes(memberId)
}

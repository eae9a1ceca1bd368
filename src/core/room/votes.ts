/** Votes: up and down on what is played or waits, taking it along, and skipping it together. */
import { advance } from './advance'
import type { QueueCommand } from './command'
import type { Draft } from './draft'
import type { Item } from './item'
import { type Refusal, refuse } from './refusal'
import { audienceOf, type MemberId, type PublicRoom, ROOM_LIMITS } from './room'

type Vote = Extract<QueueCommand, { readonly type: 'vote' | 'vote-skip' | 'grab' }>

export function decideVote(draft: Draft, memberId: MemberId, command: Vote): Refusal | undefined {
  const { media, queue, settings, skipVotes } = draft.room()
  const { itemId } = command
  const current = media?.id === itemId ? media : undefined
  switch (command.type) {
    case 'vote': {
      const item = current ?? queue.items.find((each) => each.id === itemId)
      if (!item) return refuse('no-such-item')
      if (voteOf(item, memberId) === command.vote) return undefined
      if (voteOf(item, memberId) === 0 && votesOf(draft.room(), memberId) >= ROOM_LIMITS.votes)
        return refuse('too-many')
      draft.emit({ type: 'item-voted', itemId, memberId, vote: command.vote })
      return undefined
    }
    case 'vote-skip':
      if (settings.skipShare === 0) return refuse('not-allowed')
      if (!current) return refuse('no-such-item')
      if (skipVotes.includes(memberId) === command.wants) return undefined
      draft.emit({ type: 'skip-voted', memberId, wants: command.wants })
      skipIfWanted(draft)
      return undefined
    case 'grab':
      if (!current) return refuse('no-such-item')
      if (current.grabs.includes(memberId)) return undefined
      // They stay when who grabbed has left, so people who come and go would make it longer than anybody reads.
      if (current.grabs.length >= ROOM_LIMITS.grabs) return refuse('too-many')
      draft.emit({ type: 'item-grabbed', itemId, memberId })
      return undefined
  }
}

/** How many of those who are here have to want it. */
export function votesToSkip(room: PublicRoom): number {
  return Math.max(1, Math.ceil(room.settings.skipShare * audienceOf(room).length))
}

/** Also when somebody goes: fewer are needed then. */
export function skipIfWanted(draft: Draft): void {
  const room = draft.room()
  if (!room.media || room.settings.skipShare === 0) return
  const wanting = audienceOf(room).filter((member) => room.skipVotes.includes(member.id))
  if (wanting.length >= votesToSkip(room)) advance(draft, { skipped: true })
}

export function voteOf(item: Item, memberId: MemberId): 1 | 0 | -1 {
  if (item.up.includes(memberId)) return 1
  return item.down.includes(memberId) ? -1 : 0
}

function votesOf({ media, queue }: PublicRoom, memberId: MemberId): number {
  const items = media ? [media, ...queue.items] : queue.items
  return items.filter((item) => voteOf(item, memberId) !== 0).length
}

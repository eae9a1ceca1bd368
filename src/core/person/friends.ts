/** Being friends, as the person asks for it. The other side hears of it by notes: `hear.ts`. */
import { type Refusal, refuse } from '../room/refusal'
import type { FriendCommand, Whom } from './command'
import type { PersonDraft } from './draft'
import {
  type FriendRequest,
  isBlocked,
  isFriend,
  type OwnPerson,
  PERSON_LIMITS,
  type PersonCard,
  type PersonId,
} from './person'
import { entryOf, meantPerson } from './whom'

export function decideFriends(draft: PersonDraft, command: FriendCommand): Refusal | undefined {
  const { context } = draft
  const own = draft.own()
  const { whom } = command
  switch (command.type) {
    case 'ask-friend':
      return askFriend(draft, whom)
    case 'withdraw-request': {
      const request = entryOf(own.asked, whom, context)
      if (!request) return refuse('no-such-request')
      endRequest(draft, request)
      return undefined
    }
    case 'accept-friend': {
      const request = entryOf(own.asking, whom, context)
      return request ? acceptFriend(draft, request) : refuse('no-such-request')
    }
    case 'decline-friend': {
      const request = entryOf(own.asking, whom, context)
      if (!request) return refuse('no-such-request')
      endRequest(draft, request)
      return undefined
    }
    case 'remove-friend': {
      const friend = entryOf(own.friends, whom, context)
      if (!friend) return refuse('not-friends')
      removeFriend(draft, friend.person.id)
      return undefined
    }
  }
}

function askFriend(draft: PersonDraft, whom: Whom): Refusal | undefined {
  const { context } = draft
  const own = draft.own()
  const person = meantPerson(own, whom, context)
  if (!person) return refuse('no-such-person')
  if (isBlocked(own, person.id)) return refuse('blocked-them')
  if (isFriend(own, person.id)) return refuse('already-friends')
  if (entryOf(own.asked, whom, context)) return undefined
  const theirs = entryOf(own.asking, whom, context)
  if (theirs) return acceptFriend(draft, theirs)
  if (!context.them || !(context.meet || hasWritten(own, person.id))) return refuse('no-such-person')
  if (!hasPlace(own)) return refuse('too-many')
  const { nowMs, fresh } = context
  draft.emit({ type: 'friend-asked', request: { bond: fresh.id, person, atMs: nowMs } })
  draft.owe(person.id, { type: 'asked', bond: fresh.id })
  return undefined
}

function acceptFriend(draft: PersonDraft, { bond, person }: FriendRequest): Refusal | undefined {
  if (!hasPlace(draft.own())) return refuse('too-many')
  befriend(draft, draft.context.them ?? person, [bond])
  draft.owe(person.id, { type: 'accepted', bond })
  return undefined
}

export function befriend(draft: PersonDraft, person: PersonCard, bonds: readonly string[]): void {
  draft.emit({ type: 'friend-added', friend: { bonds, person, sinceMs: draft.context.nowMs } })
}

/** A friend who was not met for long may be called otherwise by now. */
export function knowFriend(draft: PersonDraft, personId: PersonId, shown: PersonCard['shown']): void {
  const known = draft.own().friends.find(({ person }) => person.id === personId)?.person.shown
  const { name, avatar } = shown
  const isNew =
    known && (known.name !== name || known.avatar.drawing !== avatar.drawing || known.avatar.colour !== avatar.colour)
  if (isNew) draft.emit({ type: 'friend-shown', personId, shown })
}

/** The other side's request, or the own one. */
export function endRequest(draft: PersonDraft, { bond, person }: FriendRequest): void {
  draft.emit({ type: 'request-gone', personId: person.id })
  draft.owe(person.id, { type: 'ended', bonds: [bond] })
}

export function removeFriend(draft: PersonDraft, id: PersonId): void {
  const bonds = draft.own().friends.find(({ person }) => person.id === id)?.bonds
  if (!bonds) return
  draft.emit({ type: 'friend-removed', personId: id })
  draft.owe(id, { type: 'ended', bonds })
}

/** Whoever is asked has a place kept, so that their yes never comes too late. */
export function hasPlace({ friends, asked }: OwnPerson): boolean {
  return friends.length + asked.length < PERSON_LIMITS.friends
}

/** Has that person written to this one? */
export function hasWritten({ conversations }: OwnPerson, id: PersonId): boolean {
  return conversations.some(({ person, messages }) => person.id === id && messages.some(({ mine }) => !mine))
}

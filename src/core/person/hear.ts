/**
 * The second half of what another person did. Each note counts once, whoever tells it again; one that is out of date is answered,
 * so that both sides end up with the same: friends, asked, or nothing.
 */
import { type Refusal, refuse } from '../room/refusal'
import type { PersonDraft } from './draft'
import { befriend, knowFriend } from './friends'
import type { Note } from './note'
import { isBlocked, PERSON_LIMITS, type PersonCard } from './person'

/** Refused where nobody is there to be asked: then the asker's request is over. */
export function hear(draft: PersonDraft, note: Note): Refusal | undefined {
  const { from, epoch, rev, body } = note
  const last = draft.serverOnly().heard.find((each) => each.from === from.id)
  if (last?.epoch === epoch && rev <= last.rev) return undefined
  if (draft.own().deleted) return body.type === 'asked' ? refuse('no-such-person') : undefined
  // Somebody of whom nothing is kept has nothing that could end.
  if (draft.own().rev === 0 && (body.type === 'ended' || body.type === 'accepted')) return undefined
  if (!isBlocked(draft.own(), from.id)) {
    // Whoever is deleted is called nothing any more, and remembered by their name.
    if (from.shown.name !== '') knowFriend(draft, from.id, from.shown)
    takeIn(draft, note)
  }
  draft.emit({ type: 'noted', serverOnly: { heard: { from: from.id, epoch, rev } } })
  return undefined
}

function takeIn(draft: PersonDraft, { from, atMs, body }: Note): void {
  switch (body.type) {
    case 'asked':
      return asked(draft, from, body.bond, atMs)
    case 'accepted':
      return accepted(draft, from, body.bond)
    case 'ended':
      return ended(draft, from, body.bonds)
    case 'wrote': {
      const { messageId: id, text } = body
      const message = { id, mine: false, atMs, content: { text } }
      draft.emit({ type: 'message-kept', person: from, message })
    }
  }
}

function asked(draft: PersonDraft, from: PersonCard, bond: string, atMs: number): void {
  const own = draft.own()
  const friend = own.friends.find(({ person }) => person.id === from.id)
  if (friend) {
    if (friend.bonds.includes(bond)) return
    befriend(draft, from, [...friend.bonds, bond])
    draft.owe(from.id, { type: 'accepted', bond })
    return
  }
  const mine = own.asked.find(({ person }) => person.id === from.id)
  const count = own.asking.filter(({ person }) => person.id !== from.id).length
  if (mine) {
    // Both asked: that is a yes of both. The other side may have let the own request pass unseen, so it hears of this one.
    befriend(draft, from, [mine.bond, bond])
    draft.owe(from.id, { type: 'accepted', bond })
  } else if (own.asking.some((request) => request.bond === bond)) return
  else if (count >= PERSON_LIMITS.requests) draft.owe(from.id, { type: 'ended', bonds: [bond] })
  else draft.emit({ type: 'request-came', request: { bond, person: from, atMs } })
}

function accepted(draft: PersonDraft, from: PersonCard, bond: string): void {
  const own = draft.own()
  if (own.asked.some((request) => request.person.id === from.id && request.bond === bond)) {
    return befriend(draft, from, [bond])
  }
  const isKnown = own.friends.some(({ person, bonds }) => person.id === from.id && bonds.includes(bond))
  if (!isKnown) draft.owe(from.id, { type: 'ended', bonds: [bond] })
}

function ended(draft: PersonDraft, from: PersonCard, bonds: readonly string[]): void {
  const own = draft.own()
  const isTheirs = (entry: { readonly person: PersonCard }): boolean => entry.person.id === from.id
  if ([...own.asked, ...own.asking].some((request) => isTheirs(request) && bonds.includes(request.bond))) {
    draft.emit({ type: 'request-gone', personId: from.id })
  }
  for (const { epoch, rev, to, body } of draft.serverOnly().owed) {
    // What they answered need not be told again: they may have forgotten it, and begun anew.
    const isOver = to === from.id && 'bond' in body && bonds.includes(body.bond)
    if (isOver) draft.emit({ type: 'noted', serverOnly: { settled: { epoch, rev, to } } })
  }
  const friend = own.friends.find(isTheirs)
  if (!friend?.bonds.some((bond) => bonds.includes(bond))) return
  draft.emit({ type: 'friend-removed', personId: from.id })
  const others = friend.bonds.filter((bond) => !bonds.includes(bond))
  if (others.length > 0) draft.owe(from.id, { type: 'ended', bonds: others })
}

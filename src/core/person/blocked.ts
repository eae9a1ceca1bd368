/** Whom this person does not want to hear from. They are not told: what they send is kept by themselves alone. */
import { type Refusal, refuse } from '../room/refusal'
import type { BlockCommand, Whom } from './command'
import type { PersonDraft } from './draft'
import { endRequest, removeFriend } from './friends'
import { isBlocked, PERSON_LIMITS } from './person'
import { entryOf, meantPerson } from './whom'

export function decideBlocked(draft: PersonDraft, { type, whom }: BlockCommand): Refusal | undefined {
  if (type === 'block') return block(draft, whom)
  const entry = entryOf(draft.own().blocked, whom, draft.context)
  if (!entry) return refuse('no-such-person')
  draft.emit({ type: 'person-unblocked', personId: entry.person.id })
  return undefined
}

function block(draft: PersonDraft, whom: Whom): Refusal | undefined {
  const own = draft.own()
  const person = meantPerson(own, whom, draft.context)
  if (!person) return refuse('no-such-person')
  if (isBlocked(own, person.id)) return undefined
  if (own.blocked.length >= PERSON_LIMITS.blocked) return refuse('too-many')
  removeFriend(draft, person.id)
  for (const request of [...own.asked, ...own.asking]) if (request.person.id === person.id) endRequest(draft, request)
  draft.emit({ type: 'person-blocked', blocked: { person, atMs: draft.context.nowMs } })
  return undefined
}

/**
 * What a command makes happen to a person's things: events, or a refusal. Pure and total.
 * One file for each area: `profile`, `friends`, `private-messages`, `blocked`, `playlists`, `history`; `hear` is for what others did.
 */
import { type Refusal, refuse } from '../room/refusal'
import { decideBlocked } from './blocked'
import type { AnyPersonCommand, PersonCommand, ServerCommand } from './command'
import type { PersonContext } from './context'
import { createPersonDraft, numberOfNext, type PersonDraft } from './draft'
import type { PersonEvent } from './event'
import { decideFriends, knowFriend } from './friends'
import { hear } from './hear'
import { clearHistory, notePlay } from './history'
import { isSameNote, type Note } from './note'
import { cardOf, PERSON_LIMITS, type Person, type PersonId } from './person'
import { decidePlaylists } from './playlists'
import { decideMessages } from './private-messages'
import { decideProfile } from './profile'

export type PersonDecision =
  | { readonly ok: true; readonly events: readonly PersonEvent[] }
  | { readonly ok: false; readonly refusal: Refusal }

export function decidePerson(
  person: Person | undefined,
  command: AnyPersonCommand,
  context: PersonContext,
): PersonDecision {
  const draft = createPersonDraft(person, context)
  const refusal = run(draft, person, command)
  return refusal ? { ok: false, refusal } : { ok: true, events: draft.events() }
}

function run(draft: PersonDraft, person: Person | undefined, command: AnyPersonCommand): Refusal | undefined {
  switch (command.type) {
    case 'hear':
      return hear(draft, command.note)
    case 'settle':
      settle(draft, command)
      return undefined
    case 'know-friends':
      for (const { personId, shown } of command.friends) knowFriend(draft, personId, shown)
      return undefined
    case 'note-played':
      notePlay(draft, command.played)
      return undefined
    default:
      // What others have to be told comes first; whoever is deleted begins anew when all of it is.
      if (draft.own().deleted || draft.serverOnly().owed.length >= PERSON_LIMITS.owed) return refuse('too-fast')
      return runOwn(draft, person, command)
  }
}

function runOwn(draft: PersonDraft, person: Person | undefined, command: PersonCommand): Refusal | undefined {
  switch (command.type) {
    case 'set-profile':
    case 'set-presence':
    case 'set-tells-where':
    case 'set-preferences':
      return decideProfile(draft, command)
    case 'ask-friend':
    case 'withdraw-request':
    case 'accept-friend':
    case 'decline-friend':
    case 'remove-friend':
      return decideFriends(draft, command)
    case 'write-message':
    case 'mark-read':
    case 'forget-conversation':
      return decideMessages(draft, command)
    case 'block':
    case 'unblock':
      return decideBlocked(draft, command)
    case 'clear-history':
      clearHistory(draft)
      return undefined
    case 'delete-person':
      if (person) deletePerson(draft, person)
      return undefined
    default:
      return decidePlaylists(draft, command)
  }
}

/** Everything goes but what others have to be told, so that nobody has a friend who is not there. */
function deletePerson(draft: PersonDraft, person: Person): void {
  const { own } = person
  const { epoch, rev } = numberOfNext(person, draft.context)
  const from = { ...cardOf(own), shown: { ...own.shown, name: '' } }
  const { nowMs: atMs } = draft.context
  const end = (to: PersonId, bonds: readonly string[]): Note => ({
    epoch,
    rev,
    to,
    from,
    atMs,
    body: { type: 'ended', bonds },
  })
  const owes = [
    ...own.friends.map(({ person: { id }, bonds }) => end(id, bonds)),
    ...[...own.asked, ...own.asking].map(({ person: { id }, bond }) => end(id, [bond])),
  ]
  draft.emit({ type: 'person-deleted', ...(owes.length > 0 && { serverOnly: { owes } }) })
}

function settle(draft: PersonDraft, { note, inVain }: Extract<ServerCommand, { type: 'settle' }>): void {
  const owed = draft.serverOnly().owed.find((each) => isSameNote(each, note))
  if (!owed) return
  const { body } = owed
  if (inVain && body.type === 'asked') {
    const { asked } = draft.own()
    if (asked.some(({ bond }) => bond === body.bond)) draft.emit({ type: 'request-gone', personId: owed.to })
  }
  const { epoch, rev, to } = owed
  draft.emit({ type: 'noted', serverOnly: { settled: { epoch, rev, to } } })
}

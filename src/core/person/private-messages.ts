/** Lines between two people, each of whom keeps a copy. */
import { type Refusal, refuse } from '../room/refusal'
import { visible } from '../room/visible'
import type { MessageCommand, Whom } from './command'
import type { PersonDraft } from './draft'
import { hasWritten } from './friends'
import { isBlocked, isFriend, PERSON_LIMITS } from './person'
import { entryOf, meantPerson } from './whom'

export function decideMessages(draft: PersonDraft, command: MessageCommand): Refusal | undefined {
  const { conversations } = draft.own()
  if (command.type === 'write-message') return write(draft, command.whom, command.text)
  const conversation = entryOf(conversations, command.whom, draft.context)
  if (!conversation) return undefined
  const personId = conversation.person.id
  if (command.type === 'forget-conversation') draft.emit({ type: 'conversation-forgotten', personId })
  else if (conversation.unread > 0) draft.emit({ type: 'conversation-read', personId })
  return undefined
}

/** To friends; to others from the room that both sit in, or in answer. */
function write(draft: PersonDraft, whom: Whom, wish: string): Refusal | undefined {
  const { context } = draft
  const own = draft.own()
  const person = meantPerson(own, whom, context)
  if (!person) return refuse('no-such-person')
  if (isBlocked(own, person.id)) return refuse('blocked-them')
  if (!isFriend(own, person.id) && !context.meet && !hasWritten(own, person.id)) return refuse('not-friends')
  const text = visible(wish).trim()
  if (text.length === 0 || text.length > PERSON_LIMITS.messageLength) return refuse('bad-line')
  const { id } = context.fresh
  draft.emit({ type: 'message-kept', person, message: { id, mine: true, atMs: context.nowMs, content: { text } } })
  draft.owe(person.id, { type: 'wrote', messageId: id, text })
  return undefined
}

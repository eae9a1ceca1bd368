/** What events make of conversations, and which lines are let go when there are too many. */
import type { MessageEvent } from './event'
import { type Conversation, isFriend, type OwnPerson, PERSON_LIMITS } from './person'

export function applyConversation(own: OwnPerson, event: MessageEvent): OwnPerson {
  switch (event.type) {
    case 'message-kept': {
      const { person, message } = event
      const known = own.conversations.find((each) => each.person.id === person.id)
      const others = own.conversations.filter((each) => each !== known)
      const conversation: Conversation = {
        person,
        messages: [...(known?.messages ?? []), message].slice(-PERSON_LIMITS.messagesEach),
        // Who answers has read.
        unread: message.mine ? 0 : Math.min((known?.unread ?? 0) + 1, PERSON_LIMITS.messagesEach),
      }
      return { ...own, conversations: withinLength(withinCount(own, [conversation, ...others])) }
    }
    case 'conversation-read':
      return {
        ...own,
        conversations: own.conversations.map((each) =>
          each.person.id === event.personId ? { ...each, unread: 0 } : each,
        ),
      }
    case 'conversation-forgotten':
      return { ...own, conversations: own.conversations.filter(({ person }) => person.id !== event.personId) }
  }
}

/** The oldest with somebody who is no friend goes first: strangers can't push friends out. */
function withinCount(own: OwnPerson, conversations: readonly Conversation[]): readonly Conversation[] {
  if (conversations.length <= PERSON_LIMITS.conversations) return conversations
  const newest = conversations[0]
  const stranger = conversations.findLast((each) => each !== newest && !isFriend(own, each.person.id))
  const goes = stranger ?? conversations.at(-1)
  return conversations.filter((each) => each !== goes)
}

/** The oldest lines of the oldest conversations go first. */
function withinLength(conversations: readonly Conversation[]): readonly Conversation[] {
  let left: number = PERSON_LIMITS.messagesLength
  return conversations.flatMap((conversation) => {
    const kept = conversation.messages.toReversed().filter((message) => {
      left -= JSON.stringify(message).length
      return left >= 0
    })
    if (kept.length === conversation.messages.length) return [conversation]
    const messages = kept.toReversed()
    return messages.length > 0
      ? [{ ...conversation, messages, unread: Math.min(conversation.unread, messages.length) }]
      : []
  })
}

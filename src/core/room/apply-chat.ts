/** What events of the chat make of a room. */
import type { ChatLine, Reaction } from './chat-line'
import type { ChatEvent } from './event'
import { type PublicRoom, ROOM_LIMITS } from './room'

export function applyChat(room: PublicRoom, event: ChatEvent): PublicRoom {
  switch (event.type) {
    case 'chat-said':
      return { ...room, chat: [...room.chat, event.line].slice(-ROOM_LIMITS.lines) }
    case 'line-reacted':
      return withLine(room, event.lineId, (line) => ({ ...line, reactions: reacted(line.reactions, event) }))
    case 'line-deleted':
      return withLine(room, event.lineId, ({ memberId, ...line }) => ({
        ...line,
        ...(memberId !== undefined && { memberId }),
        deleted: true,
        mentions: [],
        reactions: [],
        content: { text: '' },
      }))
  }
}

function withLine(room: PublicRoom, id: string, update: (line: ChatLine) => ChatLine): PublicRoom {
  return { ...room, chat: room.chat.map((line) => (line.id === id ? update(line) : line)) }
}

function reacted(
  reactions: readonly Reaction[],
  { memberId, emoji, on }: Extract<ChatEvent, { type: 'line-reacted' }>,
): readonly Reaction[] {
  const before = reactions.find((reaction) => reaction.emoji === emoji)
  if (!before) return on ? [...reactions, { emoji, by: [memberId] }] : reactions
  const others = before.by.filter((id) => id !== memberId)
  const by = on ? [...others, memberId] : others
  return by.length === 0
    ? reactions.filter((reaction) => reaction !== before)
    : reactions.map((reaction) => (reaction === before ? { emoji, by } : reaction))
}

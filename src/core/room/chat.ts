/** The chat: who may say what and how fast, reactions, and taking a line away. */
import { nextLineNumber } from './chat-line'
import { chatLeft } from './chat-rate'
import type { ChatCommand } from './command'
import type { Draft } from './draft'
import { may, standsAbove } from './permissions'
import { type Refusal, refuse } from './refusal'
import { type Member, type MemberId, memberOf, ROOM_LIMITS } from './room'
import { visible } from './visible'

export function decideChat(draft: Draft, memberId: MemberId, command: ChatCommand): Refusal | undefined {
  const member = memberOf(draft.room(), memberId)
  if (!member) return refuse('not-in-room')
  switch (command.type) {
    case 'say':
      return keepsSilent(draft, member) ?? say(draft, member, command)
    case 'react':
      return keepsSilent(draft, member) ?? react(draft, memberId, command)
    case 'delete-line':
      return deleteLine(draft, memberId, command.lineId)
  }
}

/** Is somebody silent here at that moment, by a moderator's word? */
export function isMuted({ muted }: Member, nowMs: number): boolean {
  return muted !== undefined && (muted.untilMs === undefined || muted.untilMs > nowMs)
}

function keepsSilent(draft: Draft, member: Member): Refusal | undefined {
  const { nowMs } = draft.context
  const { chatByIdentity, identityByMember } = draft.serverOnly()
  if (!draft.room().settings.chat) return refuse('chat-off')
  if (isMuted(member, nowMs)) return refuse('muted')
  return chatLeft(chatByIdentity, identityByMember[member.id] ?? '', nowMs) < 1 ? refuse('too-fast') : undefined
}

type Asked<Type extends ChatCommand['type']> = Extract<ChatCommand, { readonly type: Type }>

function say(draft: Draft, member: Member, { text, emote, mentions = [] }: Asked<'say'>): Refusal | undefined {
  const { fresh, nowMs } = draft.context
  const room = draft.room()
  const said = visible(text).trim()
  if (said.length === 0 || said.length > ROOM_LIMITS.lineLength) return refuse('bad-line')
  const here = [...new Set(mentions)].filter((id) => memberOf(room, id)).slice(0, ROOM_LIMITS.mentions)
  draft.emit({
    type: 'chat-said',
    line: {
      id: fresh.id,
      number: nextLineNumber(room.chat),
      kind: emote ? 'emote' : member.bot ? 'bot' : 'text',
      memberId: member.id,
      atMs: nowMs,
      mentions: here,
      reactions: [],
      content: { text: said, name: member.shown.name },
    },
  })
  return undefined
}

function react(draft: Draft, memberId: MemberId, { lineId, emoji, on }: Asked<'react'>): Refusal | undefined {
  const line = draft.room().chat.find((each) => each.id === lineId)
  if (!line || line.deleted) return refuse('no-such-line')
  const sign = visible(emoji).trim()
  if (sign.length === 0 || sign.length > ROOM_LIMITS.emojiLength) return refuse('out-of-range')
  const hasReacted = line.reactions.some((reaction) => reaction.emoji === sign && reaction.by.includes(memberId))
  if (hasReacted === on) return undefined
  const count = line.reactions.reduce((sum, reaction) => sum + reaction.by.length, 0)
  if (on && count >= ROOM_LIMITS.reactions) return refuse('too-many')
  draft.emit({ type: 'line-reacted', lineId, memberId, emoji: sign, on, atMs: draft.context.nowMs })
  return undefined
}

/** One's own, or with the right to it one of whoever stands below, is gone, or is nobody. */
function deleteLine(draft: Draft, memberId: MemberId, lineId: string): Refusal | undefined {
  const room = draft.room()
  const line = room.chat.find((each) => each.id === lineId)
  if (!line) return refuse('no-such-line')
  if (line.memberId !== memberId) {
    if (!may(room, memberId, 'delete-chat')) return refuse('not-allowed')
    const author = memberOf(room, line.memberId)
    if (author && !standsAbove(room, memberId, author.id)) return refuse('not-over-them')
  }
  if (!line.deleted) draft.emit({ type: 'line-deleted', lineId })
  return undefined
}

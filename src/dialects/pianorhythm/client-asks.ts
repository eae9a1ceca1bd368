/** What is asked in a room, each thing answered in the end: by its id, by the line that comes round, by an error, or by nothing for too long. */
import type { RoomCommand } from '../../core/room/command'
import { may } from '../../core/room/permissions'
import { type MemberId, memberOf, type PublicRoom, ROOM_LIMITS } from '../../core/room/room'
import type { ClientOutput } from '../client-dialect'
import { userIdOf } from './client-room'
import { type Ask, no, type PianorhythmClientSession, type Room, type Step, say } from './client-session'
import type { CarriedInit } from './wire'

const PATIENCE_MS = 5_000
const MOST_ASKS = 100
const EVERYBODY: readonly RoomCommand['type'][] = ['leave']
const MODERATES = ['kick', 'ban', 'mute', 'unmute'] as const satisfies readonly RoomCommand['type'][]

export function can(room: PublicRoom, self: MemberId): ReadonlySet<RoomCommand['type']> {
  const member = memberOf(room, self)
  const moderates = member?.role === 'host' || member?.role === 'moderator'
  const talks = room.settings.chat && may(room, self, 'chat')
  return new Set<RoomCommand['type']>([
    ...EVERYBODY,
    ...(talks ? (['say'] as const) : []),
    ...(moderates ? MODERATES : []),
  ])
}

export function command(
  session: PianorhythmClientSession,
  { inside }: Room,
  ask: string,
  asked: RoomCommand,
  nowMs: number,
): Step {
  if (asked.type === 'leave') {
    return { session, outputs: [say({ case: 'leaveRoom', value: {} }), { kind: 'done', ask }] }
  }
  if (!can(inside.room, inside.selfId).has(asked.type)) return { session, outputs: [no(ask, 'not-allowed')] }
  switch (asked.type) {
    case 'say': {
      const text = asked.emote ? `*${asked.text}*` : asked.text
      // A line that begins with a slash would be a command there; one of ours takes two for one.
      const slash = text.startsWith('/') ? (session.isOurs ? '/' : ' ') : ''
      const value = { message: slash + text }
      if (value.message.length > ROOM_LIMITS.lineLength) return { session, outputs: [no(ask, 'bad-line')] }
      return asking(session, { ask, text: text.trim() }, { case: 'roomChatMessage', value }, nowMs)
    }
    case 'kick':
    case 'ban':
    case 'mute':
    case 'unmute': {
      const targetUser = userIdOf(asked.memberId)
      if (targetUser === undefined) return { session, outputs: [no(ask, 'not-over-them')] }
      const reason = 'reason' in asked ? (asked.reason ?? '') : ''
      const value = { command: asked.type, targetUser, reason }
      return asking(session, { ask }, { case: 'roomChatServerCommand', value }, nowMs)
    }
    default:
      return { session, outputs: [no(ask, 'not-allowed')] }
  }
}

export function write(
  session: PianorhythmClientSession,
  ask: string,
  to: string,
  message: string,
  nowMs: number,
): Step {
  const targetUserId = to === 'moderators' ? undefined : userIdOf(to)
  if (targetUserId === undefined) return { session, outputs: [no(ask, 'not-allowed')] }
  return asking(session, { ask }, { case: 'privateMessage', value: { targetUserId, message } }, nowMs)
}

function asking(
  session: PianorhythmClientSession,
  asked: Omit<Ask, 'untilMs'>,
  message: CarriedInit,
  nowMs: number,
): Step {
  if (session.asks.length >= MOST_ASKS) return { session, outputs: [no(asked.ask, 'too-fast')] }
  const asks = [...session.asks, { ...asked, untilMs: nowMs + PATIENCE_MS }]
  return { session: { ...session, asks }, outputs: [say(message, asked.ask)] }
}

export function answered(step: Step, ask: string, answer: ClientOutput): Step {
  const { session, outputs } = step
  if (!session.asks.some((each) => each.ask === ask)) return step
  return {
    session: { ...session, asks: session.asks.filter((each) => each.ask !== ask) },
    outputs: [...outputs, answer],
  }
}

/** Who somebody says they are, what they say in the chat, and which words a refusal has on this wire. Pure, as all of it. */
import { cleanName } from '../../core/room/names'
import type { Refusal } from '../../core/room/refusal'
import { ROOM_LIMITS } from '../../core/room/room'
import type { ServerOutput } from '../server-dialect'
import { CHAT_LENGTH, type Envelope, readPayload } from './frames'
import { say } from './says'
import { isHere } from './seat'
import {
  ANONYMOUS,
  ASK,
  complain,
  NO_SUCH_ROOM,
  type OpenwatchpartyServerSession,
  type Step,
  type Wishes,
} from './session'

export function pong({ room, client, payload }: Envelope, nowMs: number): ServerOutput {
  const about = {
    ...(room !== undefined && { room }),
    ...(client !== undefined && { client }),
    ...(payload !== undefined && { payload }),
  }
  return say('pong', about, nowMs)
}

export function auth(
  session: OpenwatchpartyServerSession,
  frame: Envelope,
  nowMs: number,
  { hasSecret }: Wishes,
): Step {
  const { token, user_name: name } = readPayload(frame.payload)
  if (hasSecret) {
    return token === undefined
      ? { session, outputs: [] }
      : { session: { ...session, isVerifying: true }, outputs: [{ kind: 'verify', ask: ASK.auth, token }] }
  }
  if (token === undefined) return { session: callThem(session, name), outputs: [] }
  const about = { client: session.clientId, payload: { user_name: ANONYMOUS } }
  return { session: callThem(session, name), outputs: [say('auth_success', about, nowMs)] }
}

/** The name somebody gives, as a room can show it. */
export function callThem(session: OpenwatchpartyServerSession, given: string | undefined): OpenwatchpartyServerSession {
  const name = given === undefined ? undefined : cleanName(given.trim().slice(0, ROOM_LIMITS.nameLength))
  return name === undefined ? session : { ...session, name }
}

export function chat(session: OpenwatchpartyServerSession, frame: Envelope, nowMs: number): Step {
  const { place } = session
  const text = readPayload(frame.payload).text ?? ''
  const no = (message: string): Step => ({ session, outputs: [complain(session, message, nowMs)] })
  if ((frame.room ?? '').trim() === '') return no('Room ID required for chat')
  if (text.trim() === '') return no('Chat message cannot be empty')
  if (text.length > CHAT_LENGTH) return no(`Chat message too long (max ${CHAT_LENGTH} characters)`)
  if (place.at !== 'seat' || !isHere(place.seat, frame.room)) return { session, outputs: [] }
  return { session, outputs: [{ kind: 'command', ask: ASK.chat, command: { type: 'say', text } }] }
}

export function wordsFor(refusal: Refusal): string {
  switch (refusal.code) {
    case 'no-such-room':
      return NO_SUCH_ROOM
    case 'room-full':
      return 'Room is full'
    case 'account-needed':
      return 'Authentication required'
    case 'too-fast':
      return 'Rate limit exceeded'
    default:
      return refusal.sentence
  }
}

/** Who comes: identified by what the socket brought, and welcomed before anything else is said. */
import type { OwnPerson } from '../../core/person/person'
import type { FriendState } from '../../core/person/presence'
import type { Opened, ServerOutput } from '../server-dialect'
import { FriendAction } from './built/pianorhythm_pb'
import { identityOf, writeSegment } from './identity'
import { friendsOf, friendWord } from './people'
import { FRESH, type PianorhythmServerSession, type Step, selfFrom } from './session'
import { avatarData, say, userId, wholeMs } from './shown'

/** Asks for the person once more, for who wants the state outside of a room; or for the first time. */
export const OPEN: ServerOutput = { kind: 'person', ask: 'open ', wish: { type: 'open' } }

export function open(opened: Opened): Step {
  const { token, name } = identityOf(opened)
  return {
    session: { ...FRESH, ...(name !== undefined && { name }) },
    outputs: [{ kind: 'identify', ask: 'who ', ...(token !== undefined && { token }) }],
  }
}

/** Before anything else. Once more for who asks for the state outside of a room. */
export function welcome(
  before: PianorhythmServerSession,
  person: OwnPerson,
  seen: readonly FriendState[],
  nowMs: number,
): Step {
  const self = selfFrom(person)
  const socketId = before.socketId ?? `${self.number.toString(36)}-${Math.round(nowMs).toString(36)}`
  const username = before.name ?? self.name
  const session: PianorhythmServerSession = { ...before, self, socketId }
  const identity = writeSegment({
    username,
    uuid: self.id,
    socket_id: socketId,
    is_member: false,
    token: session.token ?? '',
  })
  const { status } = self.looks
  const userInfo = {
    id: userId(self),
    username,
    avatar: avatarData(self.looks),
    ...(status !== undefined && { status }),
  }
  const outputs = [
    say({
      case: 'welcomeMessage',
      value: {
        socketId,
        userInfo,
        identity,
        serverTime: wholeMs(nowMs),
        friends: friendsOf(person, seen),
        takesBatches: true,
      },
    }),
    ...person.asking.map((request) => friendWord(FriendAction.SEND_REQUEST, request.person, self)),
  ]
  return { session: before.place.at === 'socket' ? { ...session, place: { at: 'outside' } } : session, outputs }
}

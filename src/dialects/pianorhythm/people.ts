/**
 * The person behind a socket: status, looks, friends and private messages, as they are asked for on this wire and told on it.
 * Lists, blocked people and what was played have no word here. Who may what is the core's to decide.
 */
import type { MessageInitShape } from '@bufbuild/protobuf'
import type { Whom } from '../../core/person/command'
import type { OwnPerson, PersonCard, PersonId } from '../../core/person/person'
import type { FriendState } from '../../core/person/presence'
import { refuse } from '../../core/room/refusal'
import type { PersonTold } from '../person-port'
import type { ServerOutput } from '../server-dialect'
import { AvatarAction, FriendAction, type UserInfoSchema } from './built/pianorhythm_pb'
import type { Asked, ToServer } from './frames'
import { relay } from './relayed'
import {
  type PianorhythmServerSession,
  type Seat,
  type Self,
  type Step,
  seatIn,
  selfFrom,
  statusOf,
  wishOf,
} from './session'
import { avatarData, errorOf, say, userId, wholeMs } from './shown'

type PersonAsk = Extract<ToServer, { type: 'status' | 'appearance' | 'friend' | 'private' }>

export function askPerson(session: PianorhythmServerSession, { requestId }: Asked, said: PersonAsk): Step {
  const ask = `do ${requestId}`
  const asked = (command: Extract<ServerOutput, { kind: 'person' }>['wish']): Step => ({
    session,
    outputs: [{ kind: 'person', ask, wish: command }],
  })
  if (said.type === 'status') {
    return asked({ type: 'command', command: { type: 'set-presence', wish: wishOf(said.status) } })
  }
  if (said.type === 'appearance') {
    return asked({ type: 'command', command: { type: 'set-profile', avatar: said.avatar } })
  }
  const whom = whomBy(said.whom, seatIn(session))
  if (!whom) return { session, outputs: [say(errorOf(refuse('no-such-person')), requestId)] }
  if (said.type === 'private') {
    return asked({ type: 'command', command: { type: 'write-message', whom, text: said.text } })
  }
  return asked({ type: 'command', command: { type: friendCommand(said.action, whom, session.self), whom } })
}

function friendCommand(action: FriendAction, whom: Whom, self: Self | undefined) {
  switch (action) {
    case FriendAction.SEND_REQUEST:
      return 'ask-friend'
    case FriendAction.ACCEPT_REQUEST:
      return 'accept-friend'
    case FriendAction.DECLINE_REQUEST:
      return 'decline-friend'
    // Whoever is asked and has not answered is no friend yet.
    case FriendAction.REMOVE_FRIEND:
      return whom.kind === 'number' && self?.asked.includes(whom.number) ? 'withdraw-request' : 'remove-friend'
  }
}

/** By the id that this wire gives people, or by the name of somebody here. */
function whomBy(text: string, seat: Seat | undefined): Whom | undefined {
  if (/^\d{1,10}$/.test(text)) return { kind: 'number', number: Number(text) }
  const member = memberCalled(text, seat)
  return member && { kind: 'member', memberId: member.id }
}

export function memberCalled(text: string, seat: Seat | undefined) {
  const called = text.trim().toLowerCase()
  return seat?.room.members.find((member) => userId(member) === called || member.shown.name.toLowerCase() === called)
}

/** What is told of the person once it is known who it is; `welcome` is the answer to `open`. */
export function tellPerson(session: PianorhythmServerSession, told: PersonTold): Step {
  const { self } = session
  if (!self) return { session, outputs: [] }
  switch (told.type) {
    case 'friends':
      return { session, outputs: told.friends.flatMap((state) => friendStatus(self, state)) }
    case 'event': {
      const { event } = told.numbered
      const fresh = selfFrom(told.after)
      const next = { ...session, self: { ...fresh, looks: { ...self.looks, ...fresh.looks } } }
      switch (event.type) {
        case 'presence-wished': {
          const status = statusOf(event.wish)
          const own = say({ case: 'userStatusUpdate', value: { status, userId: userId(fresh) } })
          return { session: next, outputs: [own, ...showing(next, AvatarAction.UPDATE_STATUS)] }
        }
        case 'shown-changed': {
          const { avatar } = told.before.shown
          const isNew = avatar.drawing !== event.shown.avatar.drawing || avatar.colour !== event.shown.avatar.colour
          return { session: next, outputs: isNew ? showing(next, AvatarAction.UPDATE_APPEARANCE) : [] }
        }
        case 'request-came':
          return { session: next, outputs: [friendWord(FriendAction.SEND_REQUEST, event.request.person, fresh)] }
        case 'friend-added':
          return { session: next, outputs: [friendWord(FriendAction.ACCEPT_REQUEST, event.friend.person, fresh)] }
        case 'request-gone':
          return {
            session: next,
            outputs: friendGone(FriendAction.DECLINE_REQUEST, told.before, event.personId, fresh),
          }
        case 'friend-removed':
          return { session: next, outputs: friendGone(FriendAction.REMOVE_FRIEND, told.before, event.personId, fresh) }
        case 'message-kept': {
          const { person, message } = event
          const [from, to] = message.mine ? [fresh, person] : [person, fresh]
          const username = message.mine ? fresh.name : person.shown.name
          const value = {
            targetUserId: userId(to),
            userId: userId(from),
            username,
            message: message.content.text,
            timestamp: wholeMs(message.atMs),
          }
          return { session: next, outputs: [say({ case: 'privateMessage', value })] }
        }
        default:
          return { session: next, outputs: [] }
      }
    }
    default:
      return { session, outputs: [] }
  }
}

/** In a room the others on this wire are told how somebody looks now. */
export function showing(session: PianorhythmServerSession, action: AvatarAction): readonly ServerOutput[] {
  const { self } = session
  return self && seatIn(session) ? [relay({ type: 'looks', looks: self.looks, action })] : []
}

export function friendsOf(
  { friends }: OwnPerson,
  seen: readonly FriendState[],
): MessageInitShape<typeof UserInfoSchema>[] {
  return friends.map(({ person }) => {
    const state = seen.find(({ personId }) => personId === person.id)
    const { name, avatar } = state?.shown ?? person.shown
    const base = { id: userId(person), username: name, avatar: avatarData({ avatar }) }
    return state && state.presence !== 'offline'
      ? { ...base, status: statusOf(state.presence) }
      : { ...base, isOffline: true }
  })
}

function friendStatus({ friends }: Self, { personId, presence, where }: FriendState): readonly ServerOutput[] {
  const number = friends[personId]
  if (number === undefined) return []
  const about = presence === 'offline' ? { isOffline: true } : { status: statusOf(presence) }
  const value = { ...about, userId: userId({ number }), ...(where && { roomId: where.code }) }
  return [say({ case: 'userStatusUpdate', value })]
}

export function friendWord(action: FriendAction, person: PersonCard, self: Self): ServerOutput {
  const value = { action, targetUserId: userId(self), userId: userId(person), username: person.shown.name }
  return say({ case: 'friendRequest', value })
}

function friendGone(action: FriendAction, before: OwnPerson, personId: PersonId, self: Self): readonly ServerOutput[] {
  const entries = [...before.friends, ...before.asking, ...before.asked]
  const person = entries.find((entry) => entry.person.id === personId)?.person
  return person ? [friendWord(action, person, self)] : []
}

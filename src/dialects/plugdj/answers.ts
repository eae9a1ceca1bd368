/**
 * What was asked has an answer: what is done with it, and what the request that waits for it is told.
 * Every request is answered exactly once; what nobody waits for is dropped, as this wire drops it.
 */

import type { FriendState } from '../../core/person/presence'
import { foldCode } from '../../core/room/code'
import { numberOf } from '../../core/room/foreign-room'
import { type Refusal, type RefusalCode, refuse } from '../../core/room/refusal'
import type { PublicRoom } from '../../core/room/room'
import type { PersonTold } from '../person-port'
import type { ServerInput } from '../server-dialect'
import { answer, fault, refusalAnswer } from './envelope'
import { escapeText } from './escaping'
import { banLetter, banReasonNumber } from './grades'
import { cidOf } from './happenings'
import { summaryOf, userAs } from './objects'
import { fromPerson, personHappenings } from './own'
import { tellableFromMs, truthAt } from './playing'
import { answerRequest } from './rest'
import { cookieFor } from './rest-auth'
import { createWish } from './rest-rooms'
import type { Pending, Seat, Waiting } from './session'
import { timestampOf } from './timestamp'
import type { Turn } from './turn'

type Input<Kind extends ServerInput['kind']> = Extract<ServerInput, { readonly kind: Kind }>

/** What was asked under that name; it is over then. */
export function taken(turn: Turn, ask: string): Pending | undefined {
  const { [ask]: pending, ...asks } = turn.session().asks
  turn.set({ asks })
  return pending
}

export function handleRefused(turn: Turn, { ask, refusal }: Input<'refused'>): void {
  const pending = taken(turn, ask)
  if (!pending) return
  // A line too many is dropped without a word; a request too many is told on the socket, too.
  if (refusal.code === 'too-fast' && pending.next !== 'nothing') turn.say({ a: 'floodAPI', p: {} })
  switch (pending.next) {
    case 'nothing':
      return
    case 'identify':
      return settleWho(turn, undefined)
    case 'open-person':
      // What is a person's own is not kept then; rooms are open to them all the same.
      return settleWho(turn, true)
    case 'sign-in':
      return turn.put(signInFault(turn, pending.to, refusal))
    case 'sign-up': {
      const words = SIGN_UP_FAULTS[refusal.code]
      return turn.put(
        words === undefined
          ? refusalAnswer(pending.to, refusal, turn.nowMs)
          : fault(pending.to, turn.nowMs, 'requestError', words),
      )
    }
    case 'make-room':
      return retryRoom(turn, pending, refusal)
    default:
      return turn.put(refusalAnswer(pending.to, refusal, turn.nowMs))
  }
}

/** In the words that clients look for. */
const SIGN_UP_FAULTS: Readonly<Partial<Record<RefusalCode, string>>> = {
  'login-taken': 'emailTaken',
  'weak-password': 'passwordShort',
  'bad-login': 'emailInvalid',
  'bad-name': 'usernameInvalid',
}

function signInFault(turn: Turn, to: Waiting, refusal: Refusal) {
  return refusal.code === 'wrong-login'
    ? fault(to, turn.nowMs, 'badLogin', refusal.sentence)
    : refusalAnswer(to, refusal, turn.nowMs)
}

/** A room whose name is somebody else's already is found by its code. */
function retryRoom(
  turn: Turn,
  { to, name, isPrivate, slug }: Extract<Pending, { next: 'make-room' }>,
  refusal: Refusal,
) {
  if (slug === undefined || (refusal.code !== 'alias-taken' && refusal.code !== 'bad-alias')) {
    return turn.put(refusalAnswer(to, refusal, turn.nowMs))
  }
  turn.ask({ kind: 'create', create: createWish(name, isPrivate) }, { next: 'make-room', to, name, isPrivate })
}

export function handleDone(turn: Turn, { ask }: Input<'done'>): void {
  const pending = taken(turn, ask)
  switch (pending?.next) {
    case 'answer':
      return turn.put(answer(pending.to, turn.nowMs, pending.data))
    case 'answer-from-person': {
      const { person } = turn.session()
      return turn.put(answer(pending.to, turn.nowMs, person ? fromPerson(person, pending.what) : []))
    }
    case 'go-on': {
      const [command, ...commands] = pending.commands
      if (command) turn.ask({ kind: 'command', command }, { ...pending, commands })
      else turn.put(answer(pending.to, turn.nowMs))
      return
    }
    case 'leave-and-join': {
      turn.drop('seat')
      return enter(turn, pending.to, pending.slug, pending.door)
    }
    default:
  }
}

function enter(turn: Turn, to: Waiting, slug: string, code: string): void {
  const { account } = turn.session().who ?? {}
  turn.ask(
    {
      kind: 'enter',
      door: { kind: 'code', code },
      ...(account !== undefined && { vouched: { name: account, roles: [] } }),
    },
    { next: 'join', to, slug },
  )
}

/** The room by its code, and by the name they know it under; an id is no name. */
function slugIn({ code, id }: PublicRoom, asked: string): string {
  const text = asked.trim().toLowerCase()
  return foldCode(text) === code || text === id ? code : text
}

export function handleLooked(turn: Turn, { ask, room }: Input<'looked'>): void {
  const pending = taken(turn, ask)
  if (pending?.next === 'validate') {
    const { to, slug } = pending
    return turn.put(
      room ? fault(to, turn.nowMs, 'requestError', 'This name is taken.') : answer(to, turn.nowMs, [{ slug }]),
    )
  }
  if (pending?.next !== 'look-and-join') return
  const { to } = pending
  if (!room) return turn.put(refusalAnswer(to, refuse('no-such-room'), turn.nowMs))
  const slug = slugIn(room, pending.slug)
  const { seat } = turn.session()
  if (seat?.room.id === room.id) {
    turn.setSeat({ slug })
    return turn.put(answer(to, turn.nowMs))
  }
  if (!seat) return enter(turn, to, slug, room.code)
  turn.ask({ kind: 'command', command: { type: 'leave' } }, { next: 'leave-and-join', to, slug, door: room.code })
}

export function handleEntered(turn: Turn, { ask, memberId, room }: Input<'entered'>): void {
  const pending = taken(turn, ask)
  if (pending?.next !== 'join') return
  const lookAtMs = tellableFromMs(room, turn.session().roundTripMs)
  const seat: Seat = {
    memberId,
    slug: pending.slug,
    room,
    believed: truthAt(room, turn.nowMs),
    ...(lookAtMs !== undefined && { lookAtMs }),
    told: room.chat
      .filter(({ kind }) => kind !== 'system')
      .map((line) => ({ lineId: line.id, cid: cidOf(room, line) })),
    banned: [],
  }
  turn.set({ seat })
  turn.put(answer(pending.to, turn.nowMs))
}

export function handleCreated(turn: Turn, { ask, room }: Input<'created'>): void {
  const pending = taken(turn, ask)
  if (pending?.next !== 'make-room') return
  const { to, name, slug = room.code } = pending
  turn.put(answer(to, turn.nowMs, [{ id: room.number, name: escapeText(name), slug }]))
}

export function handleAnswered(turn: Turn, { ask, answer: answered }: Input<'answered'>): void {
  const pending = taken(turn, ask)
  if (pending?.next === 'list-rooms' && answered.type === 'rooms') {
    const { to, search, from, count, mine } = pending
    const { seat, person, who } = turn.session()
    const own = [seat?.room.members.find(({ id }) => id === seat.memberId)?.number, person?.number, who?.number]
    const found = answered.rooms.filter(
      ({ title, host }) => title.toLowerCase().includes(search) && (!mine || own.includes(host?.number)),
    )
    return turn.put(answer(to, turn.nowMs, found.slice(from, from + count).map(summaryOf)))
  }
  if (answered.type !== 'bans') return
  const { banned } = turn.session().seat ?? { banned: [] }
  const numberOfBan = ({ id, name }: (typeof answered.bans)[number]): number =>
    banned.findLast((each) => each.name === name)?.number ?? numberOf(id)
  if (pending?.next === 'list-bans') {
    const bans = answered.bans.map((ban) => ({
      duration: banLetter(ban.untilMs === undefined ? undefined : ban.untilMs - ban.atMs),
      moderator: escapeText(ban.byName),
      reason: banReasonNumber(ban.reason),
      id: numberOfBan(ban),
      timestamp: timestampOf(ban.atMs),
      username: escapeText(ban.name),
    }))
    turn.put(answer(pending.to, turn.nowMs, bans))
  }
  if (pending?.next === 'unban') {
    const ban = answered.bans.find((each) => numberOfBan(each) === pending.id)
    if (!ban) return turn.put(fault(pending.to, turn.nowMs, 'requestError', 'They are not banned here.'))
    turn.ask(
      { kind: 'command', command: { type: 'unban', banId: ban.id } },
      { next: 'answer', to: pending.to, data: [] },
    )
  }
}

export function handleIdentified(turn: Turn, input: Input<'identified'>): void {
  const { ask, identity, token, isNew, account } = input
  const pending = taken(turn, ask)
  const number = numberOf(identity)
  const known = { identity, token, number, ...(account && { account: account.name }) }
  switch (pending?.next) {
    case 'identify':
      turn.set({ who: { ...known, isKnown: !isNew } })
      if (isNew) return settleWho(turn, false)
      return turn.ask({ kind: 'person', wish: { type: 'open' } }, { next: 'open-person' })
    case 'sign-in':
    case 'sign-up': {
      // Whoever sat there was somebody else.
      if (turn.session().seat) turn.ask({ kind: 'command', command: { type: 'leave' } }, { next: 'nothing' })
      turn.drop('seat')
      const who = { ...known, isKnown: true }
      turn.drop('person')
      turn.set({ who, friends: [] })
      turn.put(answer(pending.to, turn.nowMs, [], { 'set-cookie': cookieFor(who) }))
      return turn.ask({ kind: 'person', wish: { type: 'open' } }, { next: 'open-person' })
    }
    default:
  }
}

export function handlePerson(turn: Turn, told: PersonTold): void {
  switch (told.type) {
    case 'opened':
      taken(turn, told.ask)
      turn.set({ person: told.person, friends: told.friends })
      return settleWho(turn, true)
    case 'found': {
      const pending = taken(turn, told.ask)
      if (pending?.next !== 'find-user') return
      const { to } = pending
      const user = told.person && userAs({ number: told.person.number, name: told.person.shown.name })
      return turn.put(
        user ? answer(to, turn.nowMs, [user]) : fault(to, turn.nowMs, 'notFound', 'Nobody is known by this.'),
      )
    }
    case 'event':
      turn.set({ person: told.after })
      return turn.say(...personHappenings(told.numbered, told.before, told.after))
    case 'friends': {
      const isNew = ({ personId }: FriendState): boolean => told.friends.some((friend) => friend.personId === personId)
      const others = turn.session().friends.filter((friend) => !isNew(friend))
      return turn.set({ friends: [...others, ...told.friends.filter(({ presence }) => presence !== 'offline')] })
    }
    case 'exported':
      return
  }
}

/** It is known who this is: what waited for that goes on. Nothing: the server could not say. */
function settleWho(turn: Turn, isKnown: boolean | undefined): void {
  const { identifying } = turn.session()
  if (!identifying) return
  turn.drop('identifying')
  if (identifying.socketWaits) greetSocket(turn, isKnown === true)
  for (const asked of identifying.requests) {
    if (isKnown === undefined) turn.put(fault({ ask: asked.ask, atMs: asked.atMs }, turn.nowMs, 'serverError'))
    else answerRequest(turn, asked)
  }
}

/** Whoever is nobody is told so by the end of the socket, and hears nothing before. */
export function greetSocket(turn: Turn, isKnown: boolean): void {
  if (!isKnown) return turn.put({ kind: 'close', code: 1008, reason: 'This token is not ours.' })
  turn.set({ isLive: true, lastSentMs: turn.nowMs })
  // A text: one client never joins where it is a number.
  turn.say({ a: 'ack', p: '1', onDashboard: true })
}

/**
 * From room to room: which door, what is looked at before a seat is given up for another, and what the client is told on arrival.
 * Every step ends at a place; what waited meanwhile is `server.ts`'s to take up again.
 */
import { foldWireName } from '../../core/room/code'
import type { CreateCommand } from '../../core/room/command'
import { type Refusal, refuse } from '../../core/room/refusal'
import type { PublicRoom } from '../../core/room/room'
import type { ServerInput, ServerOutput } from '../server-dialect'
import { filmNow } from './film'
import { extrasFrom, settingsFrom, visibleIn } from './in-room'
import { readRelayed, relay } from './relayed'
import { type PianorhythmServerSession, type Place, type Seat, type Step, seatIn, selfIn, type Way } from './session'
import { chatMessage, errorCode, roomInfo, say, sentenceOf, systemLine, userId, userInfo, usersIn } from './shown'

const LOBBY_NAME = 'Lobby'

type Busy = Extract<Place, { at: 'busy' }>

/** From a seat it is looked first: who asks for a room that is not there, or is there already, stays where they are. */
export function begin(session: PianorhythmServerSession, way: Way, requestId: string): Step {
  const seat = seatIn(session)
  if (way.kind === 'new' && foldWireName(way.wish.roomName ?? '') === undefined) {
    return { session, outputs: [joinFailed(refuse('bad-alias'), requestId)] }
  }
  if (!seat) return enter(session, way, requestId)
  const name = way.kind === 'code' ? way.code : way.kind === 'new' ? way.wish.roomName : undefined
  if (name === undefined) return leave(session, seat, requestId, way)
  return {
    session: { ...session, place: { at: 'busy', step: 'look', requestId, way, seat } },
    outputs: [{ kind: 'look', ask: `look ${requestId}`, code: name }],
  }
}

/** The room that is asked for has been looked at. */
export function looked(session: PianorhythmServerSession, room: PublicRoom | undefined): Step {
  const { place } = session
  if (place.at !== 'busy' || place.step !== 'look' || !place.seat || !place.way) return { session, outputs: [] }
  const { seat, way, requestId } = place
  const stay = (refusal: Refusal): Step => arrive(session, { at: 'seat', seat }, [joinFailed(refusal, requestId)])
  if (way.kind === 'new' && room && !way.orJoin) return stay(refuse('alias-taken'))
  if (way.kind === 'code' && !room) return stay(refuse('no-such-room'))
  return room?.id === seat.room.id ? again(session, seat, requestId) : leave(session, seat, requestId, way)
}

export function again(session: PianorhythmServerSession, seat: Seat, requestId: string): Step {
  return {
    session: { ...session, place: { at: 'busy', step: 'again', requestId, seat } },
    outputs: [{ kind: 'snapshot', ask: `again ${requestId}` }],
  }
}

export function leave(session: PianorhythmServerSession, seat: Seat, requestId: string, way?: Way): Step {
  return {
    session: { ...session, place: { at: 'busy', step: 'leave', requestId, seat, ...(way && { way }) } },
    outputs: [{ kind: 'command', ask: `leave ${requestId}`, command: { type: 'leave' } }],
  }
}

export function enter(session: PianorhythmServerSession, way: Way, requestId: string): Step {
  const { name = session.self?.name } = session
  const alias = way.kind === 'new' ? way.wish.roomName?.trim() : undefined
  return {
    session: { ...session, place: { at: 'busy', step: 'enter', requestId, way } },
    outputs: [
      {
        kind: 'enter',
        ask: `enter ${requestId}`,
        door: doorOf(way),
        ...(name !== undefined && { name }),
        ...(alias !== undefined && { alias }),
      },
    ],
  }
}

function doorOf(way: Way): Extract<ServerOutput, { kind: 'enter' }>['door'] {
  switch (way.kind) {
    case 'code':
      return { kind: 'code', code: way.code, ...(way.password !== '' && { password: way.password }) }
    case 'lobby':
      return { kind: 'any' }
    case 'new-lobby':
      return { kind: 'new', create: { ...CREATE, settings: { listed: true, shown: { title: LOBBY_NAME } } } }
    case 'new': {
      const { password } = way.wish
      const create: CreateCommand = { ...CREATE, settings: settingsFrom(way.wish) }
      return { kind: 'new', create: { ...create, ...(password !== undefined && password !== '' && { password }) } }
    }
  }
}

/** A piano has no leader: whoever is here may also move the film, if somebody brings one. */
const CREATE: CreateCommand = {
  type: 'create',
  control: 'everyone',
  whenHostLeaves: 'pass',
  positionSec: 0,
  rate: 1,
  playing: false,
}

/** The others of this wire are asked first, so that the client is not told of people who want not to be seen. */
export function entered(session: PianorhythmServerSession, memberId: string, room: PublicRoom, nowMs: number): Step {
  const { place, self } = session
  if (place.at !== 'busy' || (place.step !== 'enter' && place.step !== 'again')) return { session, outputs: [] }
  const { requestId, way } = place
  const before = place.step === 'again' ? place.seat : undefined
  const seat: Seat = {
    memberId,
    room,
    shown: [],
    looks: before?.looks ?? {},
    held: before?.held ?? {},
    extras: before?.extras ?? (way?.kind === 'new' ? extrasFrom(way.wish) : {}),
  }
  const greeting: PianorhythmServerSession = { ...session, place: { at: 'busy', step: 'greet', requestId, seat } }
  // Of the others it knows by now how they look: all of them would answer it, to everybody.
  if (before) return arrivedIn(greeting, nowMs)
  return {
    session: greeting,
    outputs: [relay({ type: 'hello', looks: self?.looks ?? {} })],
  }
}

export function isGreeting({ place }: PianorhythmServerSession): boolean {
  return place.at === 'busy' && place.step === 'greet'
}

export function isOwnHello(
  session: PianorhythmServerSession,
  seat: Seat,
  { told }: Extract<ServerInput, { kind: 'told' }>,
): boolean {
  return (
    isGreeting(session) &&
    told.kind === 'relayed' &&
    told.from === seat.memberId &&
    readRelayed(told.fields)?.type === 'hello'
  )
}

export function arrivedIn(session: PianorhythmServerSession, nowMs: number): Step {
  const { place, self } = session
  if (place.at !== 'busy' || !place.seat) return { session, outputs: [] }
  const looks = { ...place.seat.looks, ...(self && { [place.seat.memberId]: self.looks }) }
  const known = { ...place.seat, looks }
  const seat = { ...known, shown: visibleIn(known) }
  const { room } = seat
  const member = selfIn(seat)
  const { welcome: greeting } = room.settings.shown
  const film = filmNow(room, nowMs)
  const outputs = [
    say(
      {
        case: 'roomJoinedResponse',
        value: {
          success: true,
          roomInfo: roomInfo(room, seat.extras),
          currentUsers: usersIn(seat),
          ...(member && { userId: userId(member) }),
        },
      },
      place.requestId,
    ),
    ...room.chat.filter(({ deleted }) => !deleted).map((line) => say(chatMessage(line, room))),
    ...(greeting === '' ? [] : [say(systemLine(greeting, nowMs))]),
    ...(film === undefined ? [] : [say(systemLine(film, nowMs))]),
  ]
  return arrive(session, { at: 'seat', seat }, outputs)
}

export function left(session: PianorhythmServerSession, { way, seat, requestId }: Busy): Step {
  if (way) return enter(session, way, requestId)
  return arrive(session, { at: 'outside' }, seat ? [goneFrom(seat, requestId)] : [])
}

/** To who is outside now. */
export function goneFrom(seat: Seat, requestId: string): ServerOutput {
  const member = selfIn(seat)
  const value = { roomId: seat.room.code, ...(member && { userInfo: userInfo(member, undefined) }) }
  return say({ case: 'userLeftRoom', value }, requestId)
}

function joinFailed(refusal: Refusal, requestId: string): ServerOutput {
  const { reason } = refusal
  const errorMessage = sentenceOf(refusal) + (reason === undefined ? '' : ` (${reason})`)
  const value = { success: false, errorMessage, errorCode: errorCode(refusal.code) }
  return say({ case: 'roomJoinedResponse', value }, requestId)
}

/** The door stays closed: another one where that was the wish, or outside. */
export function notIn(session: PianorhythmServerSession, refusal: Refusal, requestId: string): Step {
  const { place } = session
  const way = place.at === 'busy' ? place.way : undefined
  if (way?.kind === 'lobby' && refusal.code === 'no-open-room') return enter(session, { kind: 'new-lobby' }, requestId)
  if (way?.kind === 'new' && way.orJoin && refusal.code === 'alias-taken') {
    const { roomName = '', password = '' } = way.wish
    return enter(session, { kind: 'code', code: roomName, password }, requestId)
  }
  return arrive(session, { at: 'outside' }, [joinFailed(refusal, requestId)])
}

export function arrive(session: PianorhythmServerSession, place: Place, outputs: readonly ServerOutput[]): Step {
  return { session: { ...session, place }, outputs }
}

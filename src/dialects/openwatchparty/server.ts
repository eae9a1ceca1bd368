/**
 * The server's side of OpenWatchParty (R1): the greeting, who somebody says they are, rooms made and joined, chat.
 * A socket that is on its way keeps what comes meanwhile; what a seat is told is in `seat.ts`. Errors are in the living server's words.
 */
import { type Refusal, refuse } from '../../core/room/refusal'
import { memberOf, type PublicRoom } from '../../core/room/room'
import type { Opened, ServerDialect, ServerInput, ServerOutput } from '../server-dialect'
import { readClaims } from './claims'
import { clientIdOf } from './client-id'
import { createRoom, enter, joinRoom, leave } from './doors'
import { type Envelope, MAX_BYTES, readEnvelope, readPayload } from './frames'
import { roomList, say } from './says'
import { fieldsOfAsk, hearLead, NAME, type SeatStep, seatIn, tellSeat, wakeSeat } from './seat'
import {
  ASK,
  complain,
  type Doing,
  FRESH,
  isOnTheWay,
  NO_SUCH_ROOM,
  type OpenwatchpartyServerSession,
  type Place,
  type Step,
  type Wishes,
} from './session'
import { auth, callThem, chat, pong, wordsFor } from './talk'

const MOST_WAITING = 16
const CLOSE = { policy: 1008, restart: 1012 } as const

export function createOpenwatchpartyServer(wishes: Wishes = {}): ServerDialect<OpenwatchpartyServerSession> {
  return {
    name: NAME,
    paths: ['/ws'],
    transport: {
      maxFrameBytes: MAX_BYTES,
      maxFramesPerSec: 30,
      burst: 30,
      // Its clients ping every 10 s.
      idleMs: 60_000,
      timeToIdentifyMs: 10_000,
      pingEveryMs: 20_000,
      compression: false,
    },
    tokens: { audience: 'OpenWatchParty', issuer: 'Jellyfin' },
    keepsSeat: false,
    hearsEach: true,
    hearsDirectory: true,
    fresh: FRESH,
    step: (session, input, nowMs) => step(session, input, nowMs, wishes),
    // Each frame carries the moment at which it is said.
    tell: () => [],
  }
}

function step(session: OpenwatchpartyServerSession, input: ServerInput, nowMs: number, wishes: Wishes): Step {
  const { place } = session
  switch (input.kind) {
    case 'opened':
      return mayOpen(input.opened, wishes)
        ? { session, outputs: [{ kind: 'identify', ask: ASK.greet }] }
        : { session, outputs: [{ kind: 'close', code: CLOSE.policy, reason: 'this origin may not connect' }] }
    case 'identified': {
      if (place.at !== 'socket') return { session, outputs: [] }
      const clientId = clientIdOf(input.identity)
      const hello = say('client_hello', { client: clientId, payload: { client_id: clientId } }, nowMs)
      const greeted = { ...session, clientId }
      return arrive(
        greeted,
        { at: 'lobby' },
        [hello, { kind: 'question', ask: ASK.list, question: { type: 'list-rooms' } }],
        nowMs,
        wishes,
      )
    }
    case 'frame': {
      // As the living server does with bytes.
      if (typeof input.frame !== 'string') return { session, outputs: [] }
      const frame = readEnvelope(input.frame)
      return frame
        ? hear(session, frame, nowMs, wishes)
        : { session, outputs: [complain(session, 'Invalid message format', nowMs)] }
    }
    case 'answered':
      return input.answer.type === 'rooms'
        ? { session, outputs: [{ kind: 'send', frame: roomList(input.answer.rooms, nowMs) }] }
        : { session, outputs: [] }
    case 'verified':
      return verified(session, input.claims, nowMs, wishes)
    case 'looked':
      return handleLooked(session, input.room, nowMs, wishes)
    case 'entered': {
      const isAgain = place.at === 'seat' && place.doing?.kind === 'again'
      if ((place.at !== 'door' && !isAgain) || !memberOf(input.room, input.memberId)) return { session, outputs: [] }
      const { seat, outputs } = seatIn(input.room, input.memberId, nowMs)
      return arrive(session, { at: 'seat', seat }, outputs, nowMs, wishes)
    }
    case 'done': {
      if (place.at !== 'seat') return { session, outputs: [] }
      if (input.ask === ASK.leave) return gone(session, place.doing, nowMs, wishes)
      const fields = fieldsOfAsk(input.ask)
      return { session, outputs: fields === undefined || input.changed ? [] : [{ kind: 'relay', fields }] }
    }
    case 'refused':
      return handleRefused(session, input.ask, input.refusal, nowMs, wishes)
    case 'told': {
      const { told } = input
      if (told.kind === 'directory') {
        return { session, outputs: place.at === 'socket' ? [] : [{ kind: 'send', frame: roomList(told.rooms, nowMs) }] }
      }
      return place.at === 'seat' ? sit(session, place, tellSeat(place.seat, told, nowMs)) : { session, outputs: [] }
    }
    case 'woke':
      return place.at === 'seat' ? sit(session, place, wakeSeat(place.seat, nowMs)) : { session, outputs: [] }
    case 'unseated':
      return handleUnseated(session, input.refusal, nowMs, wishes)
    case 'turned-away': {
      const said = input.refusal.code === 'frame-too-long' ? 'Message too large' : 'Rate limit exceeded'
      return { session, outputs: [complain(session, said, nowMs)] }
    }
    case 'server-closing':
      return { session, outputs: [{ kind: 'close', code: CLOSE.restart, reason: 'come back' }] }
    case 'closed':
      return { session: FRESH, outputs: [] }
    // What only other wires are told, or ask for.
    default:
      return { session, outputs: [] }
  }
}

/** Pages of others may not speak in the name of whoever looks at them. Programs say no origin, extensions one of their own. */
function mayOpen({ headers }: Opened, { origins }: Wishes): boolean {
  const origin = headers['origin']?.toLowerCase()
  if (origins === undefined || origin === undefined) return true
  return /^(chrome|moz|safari-web)-extension:\/\//.test(origin) || origins.some((each) => each.toLowerCase() === origin)
}

function hear(session: OpenwatchpartyServerSession, frame: Envelope, nowMs: number, wishes: Wishes): Step {
  const { place } = session
  if (frame.type === 'ping') return { session, outputs: [pong(frame, nowMs)] }
  if (frame.type === 'client_log') return { session, outputs: [] }
  if (isOnTheWay(session)) {
    if (session.waiting.length >= MOST_WAITING)
      return { session, outputs: [complain(session, 'Rate limit exceeded', nowMs)] }
    return { session: { ...session, waiting: [...session.waiting, frame] }, outputs: [] }
  }
  switch (frame.type) {
    case 'auth':
      return auth(session, frame, nowMs, wishes)
    case 'list_rooms':
      return { session, outputs: [{ kind: 'question', ask: ASK.list, question: { type: 'list-rooms' } }] }
    case 'create_room':
    case 'join_room': {
      if (wishes.hasSecret && !session.vouched)
        return { session, outputs: [complain(session, 'Authentication required', nowMs)] }
      const named = callThem(session, readPayload(frame.payload).user_name)
      return frame.type === 'create_room' ? createRoom(named, frame) : joinRoom(named, frame.room ?? '', nowMs)
    }
    case 'leave_room':
      return place.at === 'seat' ? leave(session, place.seat) : { session, outputs: [] }
    case 'player_event':
    case 'state_update':
      return place.at === 'seat' ? sit(session, place, hearLead(place.seat, frame, nowMs)) : { session, outputs: [] }
    case 'chat_message':
      return chat(session, frame, nowMs)
    // Its code waits for nobody since it plays 300 ms ahead.
    case 'ready':
      return { session, outputs: [] }
    default:
      return { session, outputs: [complain(session, 'Unknown message type', nowMs)] }
  }
}

function verified(
  { isVerifying: _, ...session }: OpenwatchpartyServerSession,
  claims: Readonly<Record<string, unknown>> | undefined,
  nowMs: number,
  wishes: Wishes,
): Step {
  const read = readClaims(claims)
  if (!read) return arrive(session, session.place, [complain(session, 'Authentication failed', nowMs)], nowMs, wishes)
  const known = callThem({ ...session, vouched: { name: read.name, roles: [] } }, read.name)
  const about = { client: session.clientId, payload: { user_name: known.name } }
  return arrive(known, session.place, [say('auth_success', about, nowMs)], nowMs, wishes)
}

function gone(session: OpenwatchpartyServerSession, doing: Doing | undefined, nowMs: number, wishes: Wishes): Step {
  const to = doing?.kind === 'leaving' ? doing.to : undefined
  return to ? enter(session, to) : arrive(session, { at: 'lobby' }, [], nowMs, wishes)
}

function handleLooked(
  session: OpenwatchpartyServerSession,
  room: PublicRoom | undefined,
  nowMs: number,
  wishes: Wishes,
): Step {
  const { place } = session
  if (place.at !== 'seat' || place.doing?.kind !== 'looking') return { session, outputs: [] }
  const { seat, doing } = place
  if (!room) return arrive(session, { at: 'seat', seat }, [complain(session, NO_SUCH_ROOM, nowMs)], nowMs, wishes)
  if (room.id !== seat.roomId) return leave(session, seat, { kind: 'code', code: doing.code })
  return {
    session: { ...session, place: { at: 'seat', seat, doing: { kind: 'again' } } },
    outputs: [{ kind: 'snapshot', ask: ASK.again }],
  }
}

function handleRefused(
  session: OpenwatchpartyServerSession,
  ask: string,
  refusal: Refusal,
  nowMs: number,
  wishes: Wishes,
): Step {
  const { place } = session
  // What can't be listed is an empty list: the greeting is not whole without one.
  if (ask === ASK.list) return { session, outputs: [{ kind: 'send', frame: roomList([], nowMs) }] }
  if (ask === ASK.auth) return verified(session, undefined, nowMs, wishes)
  const said = complain(session, wordsFor(refusal), nowMs)
  if (ask === ASK.enter && place.at === 'door') return arrive(session, { at: 'lobby' }, [said], nowMs, wishes)
  const isOurs = ask === ASK.look || ask === ASK.again || ask === ASK.leave
  if (isOurs && place.at === 'seat') return arrive(session, { at: 'seat', seat: place.seat }, [said], nowMs, wishes)
  return { session, outputs: [said] }
}

function handleUnseated(session: OpenwatchpartyServerSession, refusal: Refusal, nowMs: number, wishes: Wishes): Step {
  const { place } = session
  if (place.at !== 'seat') return { session, outputs: [] }
  const to = place.doing?.kind === 'leaving' ? place.doing.to : undefined
  if (to) return enter(session, to)
  // That the room is closed was told when it happened.
  const about = { room: place.seat.roomId, payload: { reason: refusal.sentence } }
  const said = refusal.code === refuse('room-closed').code ? [] : [say('room_closed', about, nowMs)]
  return arrive(session, { at: 'lobby' }, said, nowMs, wishes)
}

function sit(
  session: OpenwatchpartyServerSession,
  place: Extract<Place, { at: 'seat' }>,
  { seat, outputs }: SeatStep,
): Step {
  return { session: { ...session, place: { ...place, seat } }, outputs }
}

/** At a place where frames count again: those that waited come first. */
function arrive(
  session: OpenwatchpartyServerSession,
  place: Place,
  outputs: readonly ServerOutput[],
  nowMs: number,
  wishes: Wishes,
): Step {
  let stepped: Step = { session: { ...session, place }, outputs }
  while (!isOnTheWay(stepped.session)) {
    const [frame, ...waiting] = stepped.session.waiting
    if (!frame) break
    const heard = hear({ ...stepped.session, waiting }, frame, nowMs, wishes)
    stepped = { session: heard.session, outputs: [...stepped.outputs, ...heard.outputs] }
  }
  return stepped
}

/**
 * The server's side of OpenSyncParty: who may in, what a socket is on its way to, and what its requests are answered.
 * A socket speaks by the first id that it has said. What a seat is told is in `seat.ts`; errors have the codes of the generation that had codes.
 */
import { type Refusal, refuse } from '../../core/room/refusal'
import type { PublicRoom } from '../../core/room/room'
import type { ServerDialect, ServerInput } from '../server-dialect'
import { enter, IN_USE, knock, reopen, reset, wordFor } from './doors'
import { type Envelope, MAX_BYTES, readEnvelope } from './frames'
import { createInvite, signed, verified } from './guards'
import { clientIdOf, memberIdOf } from './ids'
import { PATHS, readCall, sayNo } from './rest'
import { say } from './says'
import { fieldsOfAsk, hearLead, isHere, NAME, type SeatStep, seatIn, tellSeat, wakeSeat } from './seat'
import {
  ASK,
  complain,
  type Doing,
  FRESH,
  isOnTheWay,
  type OpensyncpartyServerSession,
  resting,
  type Step,
  type Wishes,
  whoIn,
} from './session'

const MOST_WAITING = 16
const RESTART = 1012
const MAX_BODY_BYTES = 16 * 1024

export function createOpensyncpartyServer(wishes: Wishes = {}): ServerDialect<OpensyncpartyServerSession> {
  return {
    name: NAME,
    paths: ['/OpenSyncParty/ws'],
    requests: { prefixes: PATHS, maxBodyBytes: MAX_BODY_BYTES, keyOf: () => undefined },
    transport: {
      maxFrameBytes: MAX_BYTES,
      // Its own server has no limit; its clients say less than one a second, besides what hands do.
      maxFramesPerSec: 20,
      burst: 60,
      // Who only watches pings every 3 s; programs may not.
      idleMs: 120_000,
      timeToIdentifyMs: 10_000,
      pingEveryMs: 20_000,
      compression: false,
    },
    keepsSeat: false,
    hearsEach: true,
    fresh: FRESH,
    step: (session, input, nowMs) => settled(step(session, input, nowMs, wishes), nowMs, wishes),
    // In each frame a room and a person are called as its receiver calls them.
    tell: () => [],
  }
}

function step(session: OpensyncpartyServerSession, input: ServerInput, nowMs: number, wishes: Wishes): Step {
  const { place, doing, tripMs } = session
  switch (input.kind) {
    case 'opened':
      return { session, outputs: [{ kind: 'identify', ask: ASK.greet }] }
    case 'identified':
      return place.at === 'socket'
        ? { session: { ...session, place: { at: 'lobby' } }, outputs: [] }
        : { session, outputs: [] }
    case 'frame': {
      const read = readEnvelope(input.frame)
      if (read.kind === 'frame') return hear(session, read.frame, nowMs, wishes)
      return { session, outputs: [complain(whoIn(session), read.kind, nowMs)] }
    }
    case 'request': {
      const read = readCall(input.request, wishes.hasSecret === true)
      if (read.kind === 'answer')
        return { session, outputs: [{ kind: 'respond', ask: input.ask, response: read.response }] }
      return {
        session: { ...session, doing: { kind: 'answering', ask: input.ask, call: read.call } },
        outputs: [{ kind: 'verify', ask: ASK.check, token: read.token }],
      }
    }
    case 'verified':
      return verified(session, input, nowMs)
    case 'signed':
      return signed(session, input.token, nowMs)
    case 'looked':
      return looked(session, input.room, nowMs)
    case 'entered':
      return entered(session, input, nowMs)
    case 'done':
      return done(session, input)
    case 'refused':
      return refused(session, input.ask, input.refusal, nowMs)
    case 'told':
      return sit(session, (seat) => tellSeat(seat, input.told, tripMs, nowMs))
    case 'woke':
      return sit(session, (seat) => wakeSeat(seat, tripMs, nowMs))
    case 'round-trip':
      return { session: { ...session, tripMs: input.ms }, outputs: [] }
    case 'unseated': {
      if (place.at !== 'seat') return { session, outputs: [] }
      const { where } = place.seat
      const outside: OpensyncpartyServerSession = { ...session, place: { at: 'lobby' } }
      if (doing?.kind === 'leaving') return enter(outside, doing.wanted)
      const code = input.refusal.code === 'room-closed' ? 'room_missing' : 'forbidden'
      return { session: resting(outside), outputs: [complain(where, code, nowMs, input.refusal.sentence)] }
    }
    case 'turned-away':
      return { session, outputs: [complain(whoIn(session), 'bad_request', nowMs, input.refusal.sentence)] }
    case 'server-closing':
      return { session, outputs: [{ kind: 'close', code: RESTART, reason: 'come back' }] }
    case 'closed':
      return { session: FRESH, outputs: [] }
    // What only other wires are told, or ask for.
    default:
      return { session, outputs: [] }
  }
}

function hear(session: OpensyncpartyServerSession, frame: Envelope, nowMs: number, wishes: Wishes): Step {
  const no = (code: Parameters<typeof complain>[1], message?: string): Step => ({
    session,
    outputs: [complain(frame, code, nowMs, message)],
  })
  if (frame.room === '' || frame.client === '' || memberIdOf(frame.client) === undefined) return no('bad_request')
  if (session.client !== undefined && session.client !== frame.client) return no('bad_request', 'client is another one')
  if (frame.type === 'ping') {
    const { room, client, payload = {} } = frame
    return { session, outputs: [say('pong', { room, client, payload }, nowMs)] }
  }
  if (isOnTheWay(session)) {
    if (session.waiting.length >= MOST_WAITING) return no('bad_request', refuse('too-fast').sentence)
    return { session: { ...session, waiting: [...session.waiting, frame] }, outputs: [] }
  }
  const bound = { ...session, client: frame.client }
  switch (frame.type) {
    case 'create_room':
    case 'join_room':
      return knock(bound, frame, nowMs, wishes)
    case 'player_event':
    case 'state_update':
    case 'force_resync': {
      const { place } = session
      return place.at === 'seat' && isHere(place.seat, frame.room)
        ? sit(bound, (seat) => hearLead(seat, frame, nowMs))
        : no('room_missing')
    }
    case 'create_invite':
      return createInvite(bound, frame, nowMs, wishes)
    default:
      return no('unknown_type', `unknown message type: ${frame.type}`)
  }
}

function looked(session: OpensyncpartyServerSession, room: PublicRoom | undefined, nowMs: number): Step {
  const { doing } = session
  if (doing?.kind !== 'finding') return { session, outputs: [] }
  const { emptySinceMs } = room ?? {}
  if (emptySinceMs !== undefined) return reopen(resting(session), doing.wanted, nowMs - emptySinceMs)
  return { session: resting(session), outputs: [complain(doing.wanted, 'room_exists', nowMs)] }
}

type Entered = Extract<ServerInput, { readonly kind: 'entered' }>

function entered(session: OpensyncpartyServerSession, { memberId, room }: Entered, nowMs: number): Step {
  const { doing, tripMs } = session
  if (doing?.kind !== 'entering' && doing?.kind !== 'again' && doing?.kind !== 'resetting')
    return { session, outputs: [] }
  const { wanted } = doing
  // Nobody of another wire speaks up for the id that is theirs here; whoever took it would pass for them, or for the host.
  if (room.members.some(({ id }) => id !== memberId && clientIdOf(id) === wanted.client)) {
    const said = complain(wanted, 'bad_request', nowMs, IN_USE)
    return { session: resting(session), outputs: [{ kind: 'command', ask: 'out', command: { type: 'leave' } }, said] }
  }
  if (doing.kind === 'entering' && doing.resets) return reset(session, doing.wanted)
  const where = { room: doing.wanted.room, client: doing.wanted.client }
  const { seat, outputs } = seatIn(room, memberId, where, tripMs, nowMs)
  return { session: { ...resting(session), place: { at: 'seat', seat } }, outputs }
}

type Done = Extract<ServerInput, { readonly kind: 'done' }>

function done(session: OpensyncpartyServerSession, { ask, changed }: Done): Step {
  const { doing, place } = session
  if (doing?.kind === 'leaving' && ask === ASK.leave) return enter({ ...session, place: { at: 'lobby' } }, doing.wanted)
  if (doing?.kind === 'resetting' && ask === ASK.reset) {
    return { session, outputs: [{ kind: 'snapshot', ask: ASK.again }] }
  }
  const fields = fieldsOfAsk(ask)
  if (place.at !== 'seat' || fields === undefined || changed) return { session, outputs: [] }
  return { session, outputs: [{ kind: 'relay', fields }] }
}

function refused(session: OpensyncpartyServerSession, ask: string, refusal: Refusal, nowMs: number): Step {
  const { doing } = session
  if (doing?.kind === 'answering') {
    return {
      session: resting(session),
      outputs: [{ kind: 'respond', ask: doing.ask, response: sayNo(400, 'invite_disabled') }],
    }
  }
  if (doing?.kind === 'entering' && doing.wanted.kind === 'create' && refusal.code === 'alias-taken') {
    const finding: Doing = { kind: 'finding', wanted: doing.wanted }
    return {
      session: { ...session, doing: finding },
      outputs: [{ kind: 'look', ask: ASK.find, code: doing.wanted.room }],
    }
  }
  // It is as its host left it, then.
  if (doing?.kind === 'resetting' && ask === ASK.reset)
    return { session, outputs: [{ kind: 'snapshot', ask: ASK.again }] }
  const about = doing && 'wanted' in doing ? doing.wanted : whoIn(session)
  const { code, message } = wordFor(refusal)
  const said = complain(about, code, nowMs, message)
  // What was asked beside the way in does not end it.
  const isWay = Object.values<string>(ASK).includes(ask)
  return isWay ? { session: resting(session), outputs: [said] } : { session, outputs: [said] }
}

function sit(session: OpensyncpartyServerSession, act: (seat: SeatStep['seat']) => SeatStep): Step {
  if (session.place.at !== 'seat') return { session, outputs: [] }
  const { seat, outputs } = act(session.place.seat)
  return { session: { ...session, place: { at: 'seat', seat } }, outputs }
}

/** Where frames count again, those that waited come first. */
function settled(stepped: Step, nowMs: number, wishes: Wishes): Step {
  let { session, outputs } = stepped
  while (!isOnTheWay(session) && session.waiting.length > 0) {
    const [frame, ...waiting] = session.waiting
    if (!frame) break
    const heard = hear({ ...session, waiting }, frame, nowMs, wishes)
    session = heard.session
    outputs = [...outputs, ...heard.outputs]
  }
  return { session, outputs }
}

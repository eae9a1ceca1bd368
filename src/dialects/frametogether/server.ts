/**
 * The server's side of FrameTogether: who asks for what on a socket that has no identity, and where it stands.
 * Each socket is somebody new. A socket that is on its way keeps what comes meanwhile; what a seat is told is in `seat.ts`.
 * What can't be read is answered with an `Error` and changes nothing.
 */
import type { CreateCommand } from '../../core/room/command'
import { type Refusal, refuse } from '../../core/room/refusal'
import { memberOf, type PublicRoom } from '../../core/room/room'
import type { ServerDialect, ServerInput, ServerOutput, Told } from '../server-dialect'
import type { WireSettings } from '../wire-settings'
import { MAX_BYTES_TO_SERVER, readToServer, type ToServer, write } from './frames'
import { hearState, joinedFrame, NAME, type Seat, seatIn, stateOfAsk, tellSeat, wakeSeat } from './seat'

export type FrametogetherServerSession = {
  readonly place: Place
  /** What came while the socket was on its way. */
  readonly waiting: readonly ToServer[]
  readonly tripMs: number
}

type Place =
  /** Nobody yet. */
  | { readonly at: 'socket' }
  | { readonly at: 'outside' }
  | { readonly at: 'door' }
  | { readonly at: 'seat'; readonly seat: Seat; readonly doing?: Doing }

/** What a seat waits for: whether the other room is there, the own room once more, the seat given up. */
type Doing =
  | { readonly kind: 'looking'; readonly code: string }
  | { readonly kind: 'again' }
  | { readonly kind: 'leaving'; readonly to?: string }

const CREATE: CreateCommand = {
  type: 'create',
  control: 'host',
  whenHostLeaves: 'pass',
  positionSec: 0,
  rate: 1,
  playing: false,
}

/** Its own client never has more than two under way. */
const MOST_WAITING = 16
const RESTART = 1012
const ASK = { greet: 'greet', create: 'create', enter: 'enter', look: 'look', again: 'again', leave: 'leave' } as const

type Step = { readonly session: FrametogetherServerSession; readonly outputs: readonly ServerOutput[] }

const FRESH: FrametogetherServerSession = { place: { at: 'socket' }, waiting: [], tripMs: 0 }

/** As many as its own server takes. */
const MAX_ROOMS = 1_000
const RATE_PER_SEC = 30

export function createFrametogetherServer({
  maxRooms = MAX_ROOMS,
  ratePerSec = RATE_PER_SEC,
}: WireSettings['frametogether'] = {}): ServerDialect<FrametogetherServerSession> {
  return {
    name: NAME,
    paths: ['/sync'],
    transport: {
      maxFrameBytes: MAX_BYTES_TO_SERVER,
      maxFramesPerSec: ratePerSec,
      burst: ratePerSec,
      countsAddress: true,
      // Three missed heartbeats, and some.
      idleMs: 60_000,
      timeToIdentifyMs: 10_000,
      pingEveryMs: 20_000,
      compression: false,
    },
    maxRooms,
    keepsSeat: false,
    hearsEach: true,
    fresh: FRESH,
    step,
    tell,
  }
}

function step(session: FrametogetherServerSession, input: ServerInput, nowMs: number): Step {
  const { place, tripMs } = session
  switch (input.kind) {
    case 'opened':
      return { session, outputs: [{ kind: 'identify', ask: ASK.greet }] }
    case 'identified':
      return place.at === 'socket' ? arrive(session, { at: 'outside' }, [], nowMs) : { session, outputs: [] }
    case 'frame': {
      const frame = readToServer(input.frame)
      if (!frame)
        return { session, outputs: [error('Invalid message'), { kind: 'note', note: 'a frame that means nothing' }] }
      return hear(session, frame, nowMs)
    }
    case 'created':
      return { session, outputs: [{ kind: 'send', frame: write({ type: 'RoomCreated', room_id: input.room.code }) }] }
    case 'looked':
      return handleLooked(session, input.room, nowMs)
    case 'entered':
      return handleEntered(session, input.memberId, input.room, nowMs)
    case 'done':
      if (place.at !== 'seat') return { session, outputs: [] }
      if (input.ask === ASK.leave) return left(session, place, nowMs)
      return { session, outputs: relayed(input.ask, input.changed) }
    case 'refused':
      return handleRefused(session, input.ask, input.refusal, nowMs)
    case 'told': {
      if (place.at !== 'seat') return { session, outputs: [] }
      const { seat, outputs } = tellSeat(place.seat, input.told, tripMs, nowMs)
      return { session: { ...session, place: { ...place, seat } }, outputs }
    }
    case 'woke': {
      if (place.at !== 'seat') return { session, outputs: [] }
      const { seat, outputs } = wakeSeat(place.seat, tripMs, nowMs)
      return { session: { ...session, place: { ...place, seat } }, outputs }
    }
    case 'round-trip':
      return { session: { ...session, tripMs: input.ms }, outputs: [] }
    case 'unseated': {
      if (place.at !== 'seat') return { session, outputs: [] }
      const { doing } = place
      // It was about to leave for another room anyway.
      if (doing?.kind === 'leaving' && doing.to !== undefined) return enter(session, doing.to)
      return arrive(session, { at: 'outside' }, [error(input.refusal.sentence)], nowMs)
    }
    case 'turned-away':
      return { session, outputs: [error(input.refusal.sentence)] }
    case 'server-closing':
      return { session, outputs: [{ kind: 'close', code: RESTART, reason: 'come back' }] }
    case 'closed':
      return { session: FRESH, outputs: [] }
    // What only other wires are told, or ask for.
    default:
      return { session, outputs: [] }
  }
}

function hear(session: FrametogetherServerSession, frame: ToServer, nowMs: number): Step {
  const { place } = session
  if (frame.type === 'Heartbeat') return { session, outputs: [] }
  if (isOnTheWay(place)) {
    if (session.waiting.length >= MOST_WAITING) return { session, outputs: [error(refuse('too-fast').sentence)] }
    return { session: { ...session, waiting: [...session.waiting, frame] }, outputs: [] }
  }
  switch (frame.type) {
    case 'Create':
      return { session, outputs: [{ kind: 'create', ask: ASK.create, create: CREATE }] }
    case 'Join':
      return join(session, frame.room_id)
    case 'State': {
      if (place.at !== 'seat') return { session, outputs: [] }
      const { seat, outputs } = hearState(place.seat, frame, nowMs)
      return { session: { ...session, place: { ...place, seat } }, outputs }
    }
    case 'Leave':
      return place.at === 'seat' ? leave(session, place.seat) : { session, outputs: [] }
  }
}

function isOnTheWay(place: Place): boolean {
  return place.at === 'socket' || place.at === 'door' || (place.at === 'seat' && place.doing !== undefined)
}

/** From a seat it is looked first: who asks for a room that is not there stays where they are. */
function join(session: FrametogetherServerSession, code: string): Step {
  const { place } = session
  return place.at === 'seat'
    ? {
        session: { ...session, place: { ...place, doing: { kind: 'looking', code } } },
        outputs: [{ kind: 'look', ask: ASK.look, code }],
      }
    : enter(session, code)
}

function enter(session: FrametogetherServerSession, code: string): Step {
  return {
    session: { ...session, place: { at: 'door' } },
    outputs: [{ kind: 'enter', ask: ASK.enter, door: { kind: 'code', code } }],
  }
}

function leave(session: FrametogetherServerSession, seat: Seat, to?: string): Step {
  return {
    session: { ...session, place: { at: 'seat', seat, doing: { kind: 'leaving', ...(to !== undefined && { to }) } } },
    outputs: [{ kind: 'command', ask: ASK.leave, command: { type: 'leave' } }],
  }
}

function handleLooked(session: FrametogetherServerSession, room: PublicRoom | undefined, nowMs: number): Step {
  const { place } = session
  if (place.at !== 'seat' || place.doing?.kind !== 'looking') return { session, outputs: [] }
  const { seat, doing } = place
  if (!room) return arrive(session, { at: 'seat', seat }, [error(NO_SUCH_ROOM)], nowMs)
  if (room.id !== seat.roomId) return leave(session, seat, doing.code)
  return {
    session: { ...session, place: { at: 'seat', seat, doing: { kind: 'again' } } },
    outputs: [{ kind: 'snapshot', ask: ASK.again }],
  }
}

function handleEntered(session: FrametogetherServerSession, memberId: string, room: PublicRoom, nowMs: number): Step {
  const { place, tripMs } = session
  const isAgain = place.at === 'seat' && place.doing?.kind === 'again'
  const self = memberOf(room, memberId)
  if (!self || (place.at !== 'door' && !isAgain)) return { session, outputs: [] }
  const { seat, outputs } = seatIn(room, self, tripMs, nowMs)
  return arrive(session, { at: 'seat', seat }, outputs, nowMs)
}

function left(session: FrametogetherServerSession, place: Extract<Place, { at: 'seat' }>, nowMs: number): Step {
  const to = place.doing?.kind === 'leaving' ? place.doing.to : undefined
  return to === undefined ? arrive(session, { at: 'outside' }, [], nowMs) : enter(session, to)
}

const NO_SUCH_ROOM = 'Room not found'

function handleRefused(session: FrametogetherServerSession, ask: string, refusal: Refusal, nowMs: number): Step {
  const { place } = session
  const said = error(refusal.code === 'no-such-room' ? NO_SUCH_ROOM : refusal.sentence)
  if (ask === ASK.enter && place.at === 'door') return arrive(session, { at: 'outside' }, [said], nowMs)
  const isOurs = ask === ASK.look || ask === ASK.again || ask === ASK.leave
  if (isOurs && place.at === 'seat') return arrive(session, { at: 'seat', seat: place.seat }, [said], nowMs)
  return { session, outputs: [said] }
}

/** At a place where frames count again: those that waited come first. */
function arrive(
  session: FrametogetherServerSession,
  place: Place,
  outputs: readonly ServerOutput[],
  nowMs: number,
): Step {
  let stepped: Step = { session: { ...session, place }, outputs }
  while (!isOnTheWay(stepped.session.place)) {
    const [frame, ...waiting] = stepped.session.waiting
    if (!frame) break
    const heard = hear({ ...stepped.session, waiting }, frame, nowMs)
    stepped = { session: heard.session, outputs: [...stepped.outputs, ...heard.outputs] }
  }
  return stepped
}

function error(message: string): ServerOutput {
  return { kind: 'send', frame: write({ type: 'Error', message }) }
}

/** A report of the host that said nothing new goes to the others as it came; one that did comes round as an event. */
function relayed(ask: string, changed: boolean): readonly ServerOutput[] {
  const fields = stateOfAsk(ask)
  return fields === undefined || changed ? [] : [{ kind: 'relay', fields }]
}

/** Who comes is told to all alike, since whoever it is has no seat at that moment. */
function tell(told: Told): readonly string[] {
  if (told.kind !== 'event') return []
  const { event } = told.numbered
  if (event.type !== 'member-joined' && event.type !== 'member-back') return []
  const member = event.type === 'member-joined' ? event.member : memberOf(told.after, event.memberId)
  return member ? [joinedFrame(member)] : []
}

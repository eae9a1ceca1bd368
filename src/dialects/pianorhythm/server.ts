/**
 * The server's side of PianoRhythm: what comes is heard, waits, or is answered; the ways into rooms are `way.ts`, what is asked for in a room
 * `in-room.ts`, of one's person `people.ts`, and what is told `told.ts`. Compatible with the published page, and with no more: README.md
 * says what is ours.
 */
import { refilled } from '../../core/notes/note-rate'
import { cleanName } from '../../core/room/names'
import { type Refusal, refuse } from '../../core/room/refusal'
import type { PublicRoom } from '../../core/room/room'
import type { Frame } from '../dialect'
import type { ServerDialect, ServerInput, ServerOutput } from '../server-dialect'
import { SystemCommandType } from './built/pianorhythm_pb'
import { type Asked, MAX_BYTES_TO_SERVER, readToServer } from './frames'
import { acknowledged, askInRoom, invalid } from './in-room'
import { askPerson, tellPerson } from './people'
import {
  DIALECT,
  FRESH,
  type PianorhythmServerSession,
  type Seat,
  type Step,
  seatIn,
  selfIn,
  withSeat,
} from './session'
import { errorOf, roomInfo, say, sentenceOf, userInfo, wholeMs } from './shown'
import { tellSeat } from './told'
import {
  again,
  arrive,
  arrivedIn,
  begin,
  entered,
  goneFrom,
  isGreeting,
  isOwnHello,
  leave,
  left,
  looked,
  notIn,
} from './way'
import { OPEN, open, welcome } from './welcome'

/** Registered codes. */
const CLOSE = { policy: 1008, restart: 1012 } as const
const MOST_WAITING = 32
/** 1000 a minute, as the larger of two figures in the pages has it; all of a minute's may come at once. */
const RATE = { perSec: 1_000 / 60, burst: 1_000 } as const
const TELL_TOO_FAST_EVERY_MS = 1_000

export const pianorhythmServer: ServerDialect<PianorhythmServerSession> = {
  name: DIALECT,
  paths: ['/api/websocket', '/api/websocket/*'],
  transport: {
    maxFrameBytes: MAX_BYTES_TO_SERVER,
    maxFramesPerSec: RATE.perSec,
    burst: RATE.burst,
    // Clients send a heartbeat every 30 s.
    idleMs: 60_000,
    timeToIdentifyMs: 10_000,
    pingEveryMs: 20_000,
    compression: true,
  },
  keepsSeat: false,
  hearsEach: true,
  fresh: FRESH,
  step: (session, input, nowMs) => takeUp(handle(session, input, nowMs), nowMs),
  // Each is told of people by what it was told before.
  tell: () => [],
}

function handle(session: PianorhythmServerSession, input: ServerInput, nowMs: number): Step {
  switch (input.kind) {
    case 'opened':
      return open(input.opened)
    case 'identified':
      return { session: { ...session, token: input.token }, outputs: [OPEN] }
    case 'person':
      return input.told.type === 'opened'
        ? welcome(session, input.told.person, input.told.friends, nowMs)
        : tellPerson(session, input.told)
    case 'frame':
      return handleFrame(session, input.frame, nowMs)
    case 'entered':
      return entered(session, input.memberId, input.room, nowMs)
    case 'looked':
      return answeredLook(session, input.ask, input.room)
    case 'done':
      return done(session, input.ask)
    case 'refused':
      return refused(session, input.ask, input.refusal)
    case 'told': {
      const seat = seatIn(session)
      if (!seat) return { session, outputs: [] }
      const told = tellSeat(seat, input.told, session.self, nowMs)
      const next = withSeat(session, told.seat)
      if (isOwnHello(session, seat, input)) return arrivedIn(next, nowMs)
      // Until the client is told of the room, it is told nothing else.
      return { session: next, outputs: isGreeting(session) ? told.outputs.filter(isRelay) : told.outputs }
    }
    case 'unseated':
      return unseated(session, input.refusal)
    case 'turned-away':
      return turnedAway(session, input.refusal, nowMs)
    case 'server-closing':
      return {
        session,
        outputs: [
          say({ case: 'systemCommand', value: { type: SystemCommandType.RECONNECT } }),
          { kind: 'close', code: CLOSE.restart, reason: 'come back' },
        ],
      }
    case 'closed':
      return { session: FRESH, outputs: [] }
    // What only other wires are told, or ask for.
    default:
      return { session, outputs: [] }
  }
}

function handleFrame(session: PianorhythmServerSession, frame: Frame, nowMs: number): Step {
  const read = readToServer(frame)
  if (!read) {
    return {
      session,
      outputs: [say(errorOf(refuse('bad-frame'))), { kind: 'note', note: 'a frame that is no message' }],
    }
  }
  // A batch is as many messages as are in it.
  const rate = refilled(session.left, RATE, nowMs)
  const count = Math.max(1, read.asked.length + read.unread.length)
  if (count > rate.left) return turnedAway({ ...session, left: rate }, refuse('too-fast'), nowMs)
  const counted = { ...session, left: { ...rate, left: rate.left - count } }
  let stepped: Step = { session: counted, outputs: read.unread.map(({ why, requestId }) => invalid(why, requestId)) }
  for (const asked of read.asked) {
    const heard = hear(stepped.session, asked, nowMs)
    stepped = { session: heard.session, outputs: [...stepped.outputs, ...heard.outputs] }
  }
  return stepped
}

function hear(session: PianorhythmServerSession, asked: Asked, nowMs: number): Step {
  const { place } = session
  const { said, requestId } = asked
  if (said.type === 'heartbeat' && place.at !== 'socket') {
    const value = { timestamp: BigInt(said.timestamp), serverTime: wholeMs(nowMs) }
    return { session, outputs: [say({ case: 'heartbeatMessage', value }, requestId)] }
  }
  if (place.at === 'socket' || place.at === 'busy') {
    return session.waiting.length < MOST_WAITING
      ? { session: { ...session, waiting: [...session.waiting, asked] }, outputs: [] }
      : { session, outputs: [say(errorOf(refuse('too-fast')), requestId)] }
  }
  const seat = place.at === 'seat' ? place.seat : undefined
  switch (said.type) {
    case 'heartbeat':
      return { session, outputs: [] }
    case 'create':
      return begin(session, { kind: 'new', wish: said.wish, orJoin: said.orJoin ?? false }, requestId)
    case 'join':
      return begin(session, { kind: 'code', code: said.room, password: said.password }, requestId)
    case 'lobby':
      return begin(session, { kind: 'lobby' }, requestId)
    case 'leave':
      return seat ? leave(session, seat, requestId) : { session, outputs: acknowledged(requestId) }
    case 'info':
      if (seat && (said.room === '' || said.room === seat.room.code))
        return { session, outputs: [info(seat, requestId)] }
      return { session, outputs: [{ kind: 'look', ask: `info ${requestId}`, code: said.room }] }
    case 'status':
    case 'appearance':
    case 'friend':
    case 'private':
      return askPerson(session, asked, said)
    case 'rename': {
      const next = cleanName(said.name) === undefined ? session : { ...session, name: said.name }
      const command = { type: 'set-profile', name: said.name } as const
      const person: ServerOutput = {
        kind: 'person',
        ask: `${seat ? 'quiet' : 'do'} ${requestId}`,
        wish: { type: 'command', command },
      }
      const rename: ServerOutput = {
        kind: 'command',
        ask: `do ${requestId}`,
        command: { type: 'rename', name: said.name },
      }
      return { session: next, outputs: seat ? [rename, person] : [person] }
    }
    case 'system':
      return system(session, seat, said.what, requestId)
    default:
      return seat
        ? askInRoom(session, seat, said, requestId, nowMs)
        : { session, outputs: [say(errorOf(refuse('not-in-room')), requestId)] }
  }
}

function system(
  session: PianorhythmServerSession,
  seat: Seat | undefined,
  what: SystemCommandType,
  requestId: string,
): Step {
  switch (what) {
    case SystemCommandType.HEARTBEAT:
      return { session, outputs: [say({ case: 'systemCommand', value: { type: what } }, requestId)] }
    case SystemCommandType.SYNC_STATE:
    case SystemCommandType.RECONNECT:
      return seat ? again(session, seat, requestId) : { session, outputs: [OPEN] }
    case SystemCommandType.UPDATE_PERMISSIONS: {
      const self = seat && selfIn(seat)
      if (!seat || !self) return { session, outputs: acknowledged(requestId) }
      const value = { userInfo: userInfo(self, session.self?.looks), roomId: seat.room.code }
      return { session, outputs: [say({ case: 'userUpdated', value }, requestId)] }
    }
    case SystemCommandType.UNSPECIFIED_COMMAND:
      return { session, outputs: acknowledged(requestId) }
  }
}

/** At a place where frames count again: those that waited come first. */
function takeUp(before: Step, nowMs: number): Step {
  let stepped = before
  while (stepped.session.place.at === 'outside' || stepped.session.place.at === 'seat') {
    const [asked, ...waiting] = stepped.session.waiting
    if (!asked) break
    const heard = hear({ ...stepped.session, waiting }, asked, nowMs)
    stepped = { session: heard.session, outputs: [...stepped.outputs, ...heard.outputs] }
  }
  return stepped
}

function answeredLook(session: PianorhythmServerSession, ask: string, room: PublicRoom | undefined): Step {
  const { kind, requestId } = readAsk(ask)
  if (kind !== 'info') return looked(session, room)
  const seat = seatIn(session)
  const extras = seat && room?.id === seat.room.id ? seat.extras : {}
  const answer = room ? ({ case: 'roomInfo', value: roomInfo(room, extras) } as const) : errorOf(refuse('no-such-room'))
  return { session, outputs: [say(answer, requestId)] }
}

function isRelay(output: ServerOutput): boolean {
  return output.kind === 'relay'
}

function done(session: PianorhythmServerSession, ask: string): Step {
  const { place } = session
  const { kind, requestId } = readAsk(ask)
  if (kind === 'leave' && place.at === 'busy' && place.step === 'leave') return left(session, place)
  return { session, outputs: kind === 'do' ? acknowledged(requestId) : [] }
}

function refused(session: PianorhythmServerSession, ask: string, refusal: Refusal): Step {
  const { place } = session
  const { kind, requestId } = readAsk(ask)
  const error = say(errorOf(refusal), requestId)
  if (kind === 'who' || kind === 'open') {
    if (place.at !== 'socket') return { session, outputs: [error] }
    return { session, outputs: [error, { kind: 'close', code: CLOSE.policy, reason: sentenceOf(refusal) }] }
  }
  if (kind === 'quiet') return { session, outputs: [] }
  if (place.at !== 'busy') return { session, outputs: [error] }
  if (kind === 'enter') return notIn(session, refusal, requestId)
  const isOurs = kind === 'look' || kind === 'again' || kind === 'leave'
  return isOurs && place.seat
    ? arrive(session, { at: 'seat', seat: place.seat }, [error])
    : { session, outputs: [error] }
}

function unseated(session: PianorhythmServerSession, refusal: Refusal): Step {
  const { place } = session
  const seat = seatIn(session)
  if (!seat) return { session, outputs: [] }
  // It was about to leave, or for another room, anyway.
  if (place.at === 'busy' && (place.step === 'leave' || place.way)) return left(session, place)
  return arrive(session, { at: 'outside' }, [say(errorOf(refusal)), goneFrom(seat, '')])
}

/** One word a second is enough: more of them would be a flood of their own. */
function turnedAway(session: PianorhythmServerSession, refusal: Refusal, nowMs: number): Step {
  const { heldBackAtMs = -Infinity } = session
  if (refusal.code === 'too-fast' && nowMs - heldBackAtMs < TELL_TOO_FAST_EVERY_MS) return { session, outputs: [] }
  return { session: { ...session, heldBackAtMs: nowMs }, outputs: [say(errorOf(refusal))] }
}

function info({ room, extras }: Seat, requestId: string): ServerOutput {
  return say({ case: 'roomInfo', value: roomInfo(room, extras) }, requestId)
}

function readAsk(ask: string): { readonly kind: string; readonly requestId: string } {
  const at = ask.indexOf(' ')
  return { kind: ask.slice(0, at), requestId: ask.slice(at + 1) }
}

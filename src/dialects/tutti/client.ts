/**
 * The client's side of our own wire: greets, goes in, keeps the clock, reads what the server tells.
 * Pure: it sees no socket, holds no copy of the room and never decides to come back; that is `src/client`.
 * What it can't read of a newer server it leaves, and asks for the whole room where something of the room was in it.
 */
import type { RoomCommand } from '../../core/room/command'
import { REFUSAL_CODES, type Refusal, type RefusalCode, refuse } from '../../core/room/refusal'
import type { MemberId } from '../../core/room/room'
import type { ClientDialect, ClientInput, ClientOutput, JoinWish } from '../client-dialect'
import type { Frame, Question } from '../dialect'
import type { PersonWish } from '../person-port'
import { byteLength } from './byte-length'
import { roomCommand } from './command-schema'
import {
  MAX_BYTES_TO_SERVER,
  MAX_LENGTH_TO_CLIENT,
  readToClient,
  type ToClient,
  type ToServer,
  type Unread,
  VERSION,
  write,
} from './frames'
import { heldFrom, heldTo, noteFrom, noteTo } from './note-schema'
import { type Pinging, pinged } from './pinging'
import { present } from './present'

export type TuttiClientSession = { readonly place: Place; readonly clock: Pinging }

type Place =
  | { readonly at: 'closed' }
  | { readonly at: 'opening'; readonly wish: JoinWish }
  | { readonly at: 'opening-to-ask'; readonly token?: string; readonly ask: string; readonly question: Question }
  | { readonly at: 'opening-outside'; readonly token?: string }
  | { readonly at: 'greeting'; readonly wish: JoinWish }
  /** Outside, as somebody: what is asked is asked of the own person. */
  | { readonly at: 'greeting-outside' }
  | { readonly at: 'outside' }
  /** Outside, for the sake of one question. */
  | { readonly at: 'asking'; readonly ask: string; readonly question: Question }
  | { readonly at: 'door' }
  /** While the whole room is asked for, events are worth nothing. */
  | { readonly at: 'room'; readonly memberId: MemberId; readonly askedForRoomAtMs?: number }

const ENTER_ASK = 'enter'
const SNAPSHOT_ASK = 'snapshot'
/** A server may turn the question away as one frame too many. */
const ASK_AGAIN_MS = 3_000
/** Outside nobody needs a clock, only to know that the line holds. */
const OUTSIDE_PING_MS = 3_000

/** This wire can say whatever can be asked. */
const EXPRESSIBLE: ReadonlySet<RoomCommand['type']> = new Set(
  roomCommand.def.options.flatMap(({ shape }) => [...shape.type.def.values]),
)

type Step = { readonly session: TuttiClientSession; readonly outputs: readonly ClientOutput[] }

export const tuttiClient: ClientDialect<TuttiClientSession> = {
  name: 'tutti',
  clock: 'measured',
  // At least two pings a second are answered.
  silenceMs: 8_000,
  fresh: { place: { at: 'closed' }, clock: { pongs: 0, nextPingAtMs: 0 } },
  step,
  can: () => EXPRESSIBLE,
}

function step(session: TuttiClientSession, input: ClientInput, nowMs: number): Step {
  const { place } = session
  switch (input.kind) {
    case 'join':
      return open(input.server, { at: 'opening', wish: input.wish })
    case 'ask-outside': {
      const { token, ask, question } = input
      return open(input.server, { at: 'opening-to-ask', ask, question, ...present({ token }) })
    }
    case 'be-outside':
      return open(input.server, { at: 'opening-outside', ...present({ token: input.token }) })
    case 'person':
      return askPerson(session, input.ask, input.wish)
    case 'opened':
      return handleOpened(session)
    case 'fetched':
      return { session, outputs: [] }
    case 'closed':
      return { session: tuttiClient.fresh, outputs: [] }
    case 'frame':
      return handleFrame(session, input.frame, nowMs)
    case 'command':
      return fromRoom(session, input.ask, { type: 'command', ask: input.ask, command: input.command })
    case 'question':
      return fromRoom(session, input.ask, { type: 'question', ask: input.ask, question: input.question })
    case 'write':
      return fromRoom(session, input.ask, { type: 'write', ask: input.ask, to: input.to, text: input.text })
    case 'copy-lost':
      return askForRoom(session, nowMs)
    case 'report':
      return { session, outputs: place.at === 'room' ? [say({ type: 'report', report: input.report })] : [] }
    case 'typing':
      return { session, outputs: place.at === 'room' ? [say({ type: 'typing', isTyping: input.isTyping })] : [] }
    case 'react':
      return { session, outputs: place.at === 'room' ? [say({ type: 'react', emoji: input.emoji })] : [] }
    case 'notes': {
      const { notes, held } = input.played
      const frame = { type: 'notes', notes: notes.map(noteTo), held: heldTo(held) } as const
      return { session, outputs: place.at === 'room' ? [say(frame)] : [] }
    }
    case 'path':
      return { session: { ...session, clock: { ...session.clock, downMs: input.downMs } }, outputs: [] }
    case 'woke':
      return wake(session, nowMs)
  }
}

function open(server: string, place: Place): Step {
  const url = `${server.replace(/^http/i, 'ws').replace(/\/+$/, '')}/tutti`
  return { session: { ...tuttiClient.fresh, place }, outputs: [{ kind: 'open', url }] }
}

function handleOpened(session: TuttiClientSession): Step {
  const { place } = session
  switch (place.at) {
    case 'opening':
      return greet(session, { at: 'greeting', wish: place.wish }, place.wish.token)
    case 'opening-to-ask':
      return greet(session, { at: 'asking', ask: place.ask, question: place.question }, place.token)
    case 'opening-outside':
      return greet(session, { at: 'greeting-outside' }, place.token)
    default:
      return { session, outputs: [] }
  }
}

/** In a room or not, as soon as the server has said who one is. */
function askPerson(session: TuttiClientSession, ask: string, wish: PersonWish): Step {
  const { at } = session.place
  const refused = (code: RefusalCode): Step => ({
    session,
    outputs: [{ kind: 'refused', ask, refusal: refuse(code) }],
  })
  if (at !== 'outside' && at !== 'door' && at !== 'room') return refused('no-answer')
  const frame = write({ type: 'person', ask, wish })
  // The server would turn it away unread, and nobody would hear which it was.
  return byteLength(frame) > MAX_BYTES_TO_SERVER
    ? refused('frame-too-long')
    : { session, outputs: [{ kind: 'send', frame }] }
}

function greet(session: TuttiClientSession, place: Place, token: string | undefined): Step {
  return { session: { ...session, place }, outputs: [say({ type: 'hello', v: VERSION, ...present({ token }) })] }
}

function fromRoom(session: TuttiClientSession, ask: string, frame: ToServer): Step {
  return session.place.at === 'room'
    ? { session, outputs: [say(frame)] }
    : { session, outputs: [{ kind: 'refused', ask, refusal: refuse('not-in-room') }] }
}

function handleFrame(session: TuttiClientSession, frame: Frame, nowMs: number): Step {
  if (typeof frame === 'string' && frame.length > MAX_LENGTH_TO_CLIENT) {
    const unreadable: ClientOutput = { kind: 'unreadable', why: 'too long' }
    if (session.place.at !== 'door') return { session, outputs: [unreadable] }
    const asked = askForRoom(session, nowMs)
    return { session: asked.session, outputs: [unreadable, ...asked.outputs] }
  }
  const read = readToClient(frame)
  return read.ok ? handleRead(session, read.value, nowMs) : handleUnread(session, read, nowMs)
}

function handleRead(session: TuttiClientSession, frame: ToClient, nowMs: number): Step {
  const { place } = session
  switch (frame.type) {
    case 'welcome':
      if (place.at === 'asking') {
        const { ask, question } = place
        return {
          session,
          outputs: [{ kind: 'identified', token: frame.token }, say({ type: 'question', ask, question })],
        }
      }
      if (place.at === 'greeting-outside') {
        const pinging = ping({ ...session, place: { at: 'outside' } }, nowMs)
        return { session: pinging.session, outputs: [{ kind: 'identified', token: frame.token }, ...pinging.outputs] }
      }
      return place.at === 'greeting' ? goIn(session, place.wish, frame.token, nowMs) : outOfTurn(session, frame)
    case 'entered':
      if (place.at !== 'door' && place.at !== 'room') return outOfTurn(session, frame)
      return {
        session: { ...session, place: { at: 'room', memberId: frame.memberId } },
        outputs: [{ kind: 'entered', memberId: frame.memberId, room: frame.room }],
      }
    case 'resumed':
      if (place.at !== 'door') return outOfTurn(session, frame)
      return {
        session: { ...session, place: { at: 'room', memberId: frame.memberId } },
        outputs: [
          { kind: 'resumed', memberId: frame.memberId },
          ...frame.missed.map((numbered): ClientOutput => ({ kind: 'event', numbered })),
        ],
      }
    case 'event': {
      if (place.at !== 'room') return outOfTurn(session, frame)
      const { epoch, rev, event } = frame
      return {
        session,
        outputs: place.askedForRoomAtMs !== undefined ? [] : [{ kind: 'event', numbered: { epoch, rev, event } }],
      }
    }
    case 'reports': {
      const reports = Object.fromEntries(frame.reports.map(({ memberId, report }) => [memberId, report]))
      return { session, outputs: place.at === 'room' ? [{ kind: 'reports', reports }] : [] }
    }
    case 'typing':
      return { session, outputs: place.at === 'room' ? [{ kind: 'typing', memberIds: frame.memberIds }] : [] }
    case 'reactions':
      return { session, outputs: place.at === 'room' ? [{ kind: 'reactions', reactions: frame.reactions }] : [] }
    case 'notes': {
      const { memberId, number, notes, held } = frame
      const batch = { memberId, number, notes: notes.map(noteFrom), held: heldFrom(held) }
      return { session, outputs: place.at === 'room' ? [{ kind: 'notes', batch }] : [] }
    }
    case 'line':
      return { session, outputs: place.at === 'room' ? [{ kind: 'line', line: frame.line }] : [] }
    case 'person':
      return { session, outputs: [{ kind: 'person', heard: frame.heard }] }
    case 'answer':
      return { session, outputs: [{ kind: 'answered', ask: frame.ask, answer: frame.answer }] }
    case 'done':
      return { session, outputs: [{ kind: 'done', ask: frame.ask }] }
    case 'refused':
      return handleRefused(session, frame)
    case 'unseated':
      return lose(session, readRefusal(frame))
    case 'pong': {
      const { sentMs, receivedMs: serverReceivedMs, sentBackMs: serverSentMs } = frame
      return {
        session: { ...session, clock: { ...session.clock, pongs: session.clock.pongs + 1 } },
        outputs: [{ kind: 'clock', sample: { sentMs, serverReceivedMs, serverSentMs, receivedMs: nowMs } }],
      }
    }
    case 'closing':
      return { session, outputs: [{ kind: 'server-closing', comeBackInMs: frame.comeBackInMs }] }
  }
}

function goIn(session: TuttiClientSession, wish: JoinWish, token: string, nowMs: number): Step {
  const { door, name, bot, seen } = wish
  const pinging = ping({ ...session, place: { at: 'door' } }, nowMs)
  return {
    session: pinging.session,
    outputs: [
      { kind: 'identified', token },
      say({ type: 'enter', ask: ENTER_ASK, door, ...present({ name, bot, seen }) }),
      ...pinging.outputs,
    ],
  }
}

function handleRefused(session: TuttiClientSession, frame: Extract<ToClient, { type: 'refused' }>): Step {
  const { place } = session
  const refusal = readRefusal(frame)
  const isGreeting = place.at === 'greeting' || place.at === 'greeting-outside'
  const isWayIn = isGreeting || (place.at === 'door' && (frame.ask ?? ENTER_ASK) === ENTER_ASK)
  if (isWayIn) return { session: closed(session), outputs: [{ kind: 'refused', refusal }] }
  if (frame.ask === SNAPSHOT_ASK) return lose(session, refusal)
  // Without an ask it is a frame that the server turned away unread: what was asked in it gets no answer.
  return { session, outputs: frame.ask === undefined ? [] : [{ kind: 'refused', ask: frame.ask, refusal }] }
}

function handleUnread(session: TuttiClientSession, unread: Unread, nowMs: number): Step {
  const { place } = session
  const unreadable: ClientOutput = { kind: 'unreadable', why: unread.why }
  if (unread.type === 'event' || unread.type === 'resumed') {
    const asked = askForRoom(session, nowMs)
    return { session: asked.session, outputs: [unreadable, ...asked.outputs] }
  }
  if (place.at !== 'closed' && (unread.type === 'welcome' || unread.type === 'entered')) {
    const lost = lose(session, refuse('unsupported-version'))
    return { session: lost.session, outputs: [unreadable, ...lost.outputs, { kind: 'close' }] }
  }
  return { session, outputs: [unreadable] }
}

/** At the door too: the seat is taken, only the words about it could not be read. */
function askForRoom(session: TuttiClientSession, nowMs: number): Step {
  const { place } = session
  const ask = say({ type: 'snapshot', ask: SNAPSHOT_ASK })
  if (place.at === 'door') return { session, outputs: [ask] }
  if (place.at !== 'room' || nowMs - (place.askedForRoomAtMs ?? -Infinity) < ASK_AGAIN_MS)
    return { session, outputs: [] }
  return { session: { ...session, place: { ...place, askedForRoomAtMs: nowMs } }, outputs: [ask] }
}

function wake(session: TuttiClientSession, nowMs: number): Step {
  const { place } = session
  if (place.at !== 'door' && place.at !== 'room' && place.at !== 'outside') return { session, outputs: [] }
  if (place.at !== 'room' || place.askedForRoomAtMs === undefined) return ping(session, nowMs)
  const asked = askForRoom(session, nowMs)
  const next = ping(asked.session, nowMs)
  return { session: next.session, outputs: [...asked.outputs, ...next.outputs] }
}

function ping(session: TuttiClientSession, nowMs: number): Step {
  const { clock, sentMs } = pinged(session.clock, nowMs, session.place.at === 'outside' ? OUTSIDE_PING_MS : undefined)
  const sent = sentMs === undefined ? [] : [say({ type: 'ping', sentMs, ...present({ downMs: clock.downMs }) })]
  return { session: { ...session, clock }, outputs: [...sent, { kind: 'wake', atMs: clock.nextPingAtMs }] }
}

function lose(session: TuttiClientSession, refusal: Refusal): Step {
  return session.place.at === 'room'
    ? { session: closed(session), outputs: [{ kind: 'unseated', refusal }] }
    : { session: closed(session), outputs: [{ kind: 'refused', refusal }] }
}

/** A newer server may refuse for a reason that has no code here; its sentence still stands. */
function readRefusal({ code, sentence, reason }: Extract<ToClient, { type: 'refused' | 'unseated' }>): Refusal {
  const known = REFUSAL_CODES.find((each) => each === code) ?? 'server-error'
  return { code: known, sentence, ...present({ reason }) }
}

function outOfTurn(session: TuttiClientSession, frame: ToClient): Step {
  return { session, outputs: [{ kind: 'unreadable', why: `${frame.type} out of turn` }] }
}

function closed(session: TuttiClientSession): TuttiClientSession {
  return { ...session, place: { at: 'closed' } }
}

function say(frame: ToServer): ClientOutput {
  return { kind: 'send', frame: write(frame) }
}

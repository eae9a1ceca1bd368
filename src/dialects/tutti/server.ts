/**
 * The server's side of our own wire: a session from the opened socket to the seat and back.
 * Pure: it sees neither sockets nor rooms, only what the shell tells it. Which frame may come when is decided here.
 * What can't be read or comes out of turn is refused and noted, and costs nothing until there is too much of it.
 */
import { ownEvent } from '../../core/person/event'
import type { RoomCommand } from '../../core/room/command'
import { type NumberedEvent, publicEvent } from '../../core/room/event'
import { type Refusal, type RefusalCode, refuse } from '../../core/room/refusal'
import type { MemberId } from '../../core/room/room'
import type { Answer, Frame } from '../dialect'
import type { PersonHeard, PersonTold } from '../person-port'
import type { ServerAnswer, ServerDialect, ServerInput, ServerOutput, Told } from '../server-dialect'
import {
  isOtherVersion,
  MAX_BYTES_TO_SERVER,
  MAX_LENGTH_TO_CLIENT,
  MAX_MISSED,
  readToServer,
  type ToClient,
  type ToServer,
  VERSION,
  write,
} from './frames'
import { heldFrom, heldTo, noteFrom, noteTo } from './note-schema'
import { present } from './present'

/** How far a session has come in, and how much was wrong with its frames lately. */
export type TuttiServerSession = { readonly place: Place; readonly faults: Faults }

type Place =
  | { readonly at: 'socket' }
  | { readonly at: 'greeting' }
  | { readonly at: 'outside' }
  | { readonly at: 'door'; readonly ask: string }
  /** `leaving` is the ask of the command that gives up the seat. */
  | { readonly at: 'seat'; readonly memberId: MemberId; readonly leaving?: string }

type Faults = { readonly count: number; readonly sinceMs: number }

/** An honest peer makes none; a broken one should not fill the log. */
const MAX_FAULTS = 20
const FAULT_WINDOW_MS = 60_000

/** Codes above 4000 are free for applications; 1008 and 1012 are registered for policy and restart. */
const CLOSE = { wrongVersion: 4001, abuse: 1008, restart: 1012 } as const

const GREET_ASK = 'hello'

type Step = { readonly session: TuttiServerSession; readonly outputs: readonly ServerOutput[] }

export const tuttiServer: ServerDialect<TuttiServerSession> = {
  name: 'tutti',
  paths: ['/tutti'],
  transport: {
    maxFrameBytes: MAX_BYTES_TO_SERVER,
    // In the long run 2 pings, 1 report, what two hands can do, and 40 batches of notes; at first 20 pings a second until ten are answered.
    maxFramesPerSec: 60,
    burst: 120,
    idleMs: 60_000,
    timeToIdentifyMs: 10_000,
    // Keeps proxies and Chrome's workers from falling asleep.
    pingEveryMs: 20_000,
    // Frames are short; a window for each socket would cost more than it saves.
    compression: false,
  },
  keepsSeat: true,
  fresh: { place: { at: 'socket' }, faults: { count: 0, sinceMs: 0 } },
  step,
  tell,
}

function step(session: TuttiServerSession, input: ServerInput, nowMs: number): Step {
  const { place } = session
  switch (input.kind) {
    case 'opened':
    case 'closed':
      return { session: tuttiServer.fresh, outputs: [] }
    // What only other wires are told, or ask for.
    case 'woke':
    case 'request':
    case 'attached':
    case 'detached':
    case 'verified':
    case 'signed':
    case 'created':
    case 'looked':
    case 'told':
    case 'round-trip':
      return { session, outputs: [] }
    case 'person':
      return { session, outputs: [say({ type: 'person', heard: ofPerson(input.told) })] }
    case 'frame':
      return handleFrame(session, input.frame, nowMs)
    case 'identified':
      return place.at === 'greeting'
        ? move(session, { at: 'outside' }, say({ type: 'welcome', v: VERSION, token: input.token }))
        : { session, outputs: [] }
    case 'entered':
      return handleEntered(session, input)
    case 'done':
      return place.at === 'seat' && place.leaving === input.ask
        ? move(session, { at: 'outside' }, say({ type: 'done', ask: input.ask }))
        : { session, outputs: [say({ type: 'done', ask: input.ask })] }
    case 'answered':
      return { session, outputs: [say({ type: 'answer', ask: input.ask, answer: tellableAnswer(input.answer) })] }
    case 'refused':
      return handleRefused(session, input.ask, input.refusal)
    case 'unseated':
      return place.at === 'seat'
        ? move(session, { at: 'outside' }, say({ type: 'unseated', ...input.refusal }))
        : { session, outputs: [] }
    case 'turned-away':
      return fault(session, nowMs, input.refusal, `turned away: ${input.refusal.code}`)
    case 'server-closing':
      return {
        session,
        outputs: [
          say({ type: 'closing', comeBackInMs: input.comeBackInMs }),
          { kind: 'close', code: CLOSE.restart, reason: 'come back' },
        ],
      }
  }
}

function handleFrame(session: TuttiServerSession, frame: Frame, nowMs: number): Step {
  if (typeof frame === 'string' && frame.length > MAX_BYTES_TO_SERVER) {
    return fault(session, nowMs, refuse('frame-too-long'), `a frame of ${frame.length} characters`)
  }
  const read = readToServer(frame)
  if (read.ok) return handleRead(session, read.value, nowMs)
  if (isOtherVersion(frame)) {
    const outputs: ServerOutput[] = [
      say({ type: 'refused', ...refuse('unsupported-version') }),
      { kind: 'note', note: 'a hello of another version' },
      { kind: 'close', code: CLOSE.wrongVersion, reason: 'unsupported version' },
    ]
    return { session, outputs }
  }
  return fault(session, nowMs, refuse('bad-frame'), `a frame that can't be read: ${read.why}`, read.ask)
}

function handleRead(session: TuttiServerSession, frame: ToServer, nowMs: number): Step {
  const { place } = session
  const outOfTurn = (code: RefusalCode, ask?: string): Step =>
    fault(session, nowMs, refuse(code), `${frame.type} out of turn`, ask)

  switch (frame.type) {
    case 'hello':
      if (place.at !== 'socket') return outOfTurn('bad-frame')
      return move(session, { at: 'greeting' }, { kind: 'identify', ask: GREET_ASK, ...present({ token: frame.token }) })
    case 'enter': {
      const { ask, door, name, bot, seen } = frame
      if (place.at === 'socket' || place.at === 'greeting') return outOfTurn('bad-frame', ask)
      if (place.at !== 'outside') return outOfTurn('already-in-room', ask)
      return move(session, { at: 'door', ask }, { kind: 'enter', ask, door, ...present({ name, bot, seen }) })
    }
    case 'command':
      return place.at === 'seat'
        ? handleCommand(session, place, frame.ask, frame.command)
        : outOfTurn('not-in-room', frame.ask)
    case 'question': {
      const { ask, question } = frame
      if (place.at === 'socket' || place.at === 'greeting') return outOfTurn('bad-frame', ask)
      if (place.at !== 'seat' && question.type !== 'list-rooms') return outOfTurn('not-in-room', ask)
      return { session, outputs: [{ kind: 'question', ask, question }] }
    }
    case 'write': {
      const { ask, to, text } = frame
      return place.at === 'seat'
        ? { session, outputs: [{ kind: 'write', ask, to, text }] }
        : outOfTurn('not-in-room', ask)
    }
    case 'person': {
      const { ask, wish } = frame
      if (place.at === 'socket' || place.at === 'greeting') return outOfTurn('bad-frame', ask)
      return { session, outputs: [{ kind: 'person', ask, wish }] }
    }
    case 'snapshot':
      return place.at === 'seat'
        ? { session, outputs: [{ kind: 'snapshot', ask: frame.ask }] }
        : outOfTurn('not-in-room', frame.ask)
    case 'ping': {
      const pong = say({ type: 'pong', sentMs: frame.sentMs, receivedMs: nowMs, sentBackMs: nowMs })
      const path: ServerOutput[] =
        place.at === 'seat' && frame.downMs !== undefined ? [{ kind: 'path', downMs: frame.downMs }] : []
      return { session, outputs: [pong, ...path] }
    }
    case 'report':
      // One that crossed with the loss of the seat is nobody's fault.
      return { session, outputs: place.at === 'seat' ? [{ kind: 'report', report: frame.report }] : [] }
    case 'typing':
      return { session, outputs: place.at === 'seat' ? [{ kind: 'typing', isTyping: frame.isTyping }] : [] }
    case 'react':
      return { session, outputs: place.at === 'seat' ? [{ kind: 'react', emoji: frame.emoji }] : [] }
    case 'notes': {
      const played = { notes: frame.notes.map(noteFrom), held: heldFrom(frame.held) }
      return { session, outputs: place.at === 'seat' ? [{ kind: 'notes', ...played }] : [] }
    }
  }
}

function handleCommand(
  session: TuttiServerSession,
  place: Extract<Place, { at: 'seat' }>,
  ask: string,
  command: RoomCommand,
): Step {
  // It is on its way out: what it asks now comes too late.
  if (place.leaving !== undefined)
    return { session, outputs: [say({ type: 'refused', ask, ...refuse('not-in-room') })] }
  const output: ServerOutput = { kind: 'command', ask, command }
  return command.type === 'leave' ? move(session, { ...place, leaving: ask }, output) : { session, outputs: [output] }
}

function handleEntered(session: TuttiServerSession, input: Extract<ServerInput, { kind: 'entered' }>): Step {
  const { ask, memberId, room, missed } = input
  if (session.place.at !== 'door' && session.place.at !== 'seat') return { session, outputs: [] }
  const output: ServerOutput = {
    kind: 'send',
    frame: resumedFrame(ask, memberId, missed) ?? write({ type: 'entered', ask, memberId, room }),
  }
  return session.place.at === 'seat' ? { session, outputs: [output] } : move(session, { at: 'seat', memberId }, output)
}

/** Nothing where the whole room is the shorter way to say it. */
function resumedFrame(
  ask: string,
  memberId: MemberId,
  missed: readonly NumberedEvent[] | undefined,
): Frame | undefined {
  if (!missed || missed.length > MAX_MISSED) return undefined
  const frame = write({ type: 'resumed', ask, memberId, missed: missed.map(tellable) })
  return frame.length <= MAX_LENGTH_TO_CLIENT ? frame : undefined
}

function handleRefused(session: TuttiServerSession, ask: string, refusal: Refusal): Step {
  const { place } = session
  const refused = say({ type: 'refused', ask, ...refusal })
  if (place.at === 'door' && place.ask === ask) return move(session, { at: 'outside' }, refused)
  if (place.at === 'greeting') return move(session, { at: 'socket' }, say({ type: 'refused', ...refusal }))
  if (place.at === 'seat' && place.leaving === ask) {
    return move(session, { at: 'seat', memberId: place.memberId }, refused)
  }
  return { session, outputs: [refused] }
}

function fault(session: TuttiServerSession, nowMs: number, refusal: Refusal, note: string, ask?: string): Step {
  const { faults } = session
  const next =
    faults.count > 0 && nowMs - faults.sinceMs < FAULT_WINDOW_MS
      ? { ...faults, count: faults.count + 1 }
      : { count: 1, sinceMs: nowMs }
  const outputs: ServerOutput[] = [say({ type: 'refused', ...present({ ask }), ...refusal }), { kind: 'note', note }]
  if (next.count > MAX_FAULTS) outputs.push({ kind: 'close', code: CLOSE.abuse, reason: 'too many faults' })
  return { session: { ...session, faults: next }, outputs }
}

function tell(told: Told): readonly Frame[] {
  switch (told.kind) {
    case 'event':
      return [write({ type: 'event', ...tellable(told.numbered) })]
    case 'reports': {
      const reports = Object.entries(told.reports).map(([memberId, report]) => ({ memberId, report }))
      return reports.length > 0 ? [write({ type: 'reports', reports })] : []
    }
    case 'typing':
      return [write({ type: 'typing', memberIds: told.memberIds })]
    case 'reactions':
      return [write({ type: 'reactions', reactions: told.reactions })]
    case 'notes': {
      const { memberId, number, notes, held } = told.batch
      return [write({ type: 'notes', memberId, number, notes: notes.map(noteTo), held: heldTo(held) })]
    }
    case 'line':
      return [write({ type: 'line', line: told.line })]
    case 'relayed':
    case 'directory':
      return []
  }
}

function tellableAnswer(answer: ServerAnswer): Answer {
  if (answer.type !== 'rooms') return answer
  const rooms = answer.rooms.map(({ id: _, number: _n, temporary: _t, item: _i, host: _h, dj: _d, ...room }) => room)
  return { type: 'rooms', rooms }
}

function tellable({ epoch, rev, event }: NumberedEvent): NumberedEvent {
  return { epoch, rev, event: publicEvent(event) }
}

/** What only the server knows stays here. */
function ofPerson(told: PersonTold): PersonHeard {
  if (told.type !== 'event') return told
  const { epoch, rev, event } = told.numbered
  return { type: 'event', numbered: { epoch, rev, event: ownEvent(event) } }
}

function say(frame: ToClient): ServerOutput {
  return { kind: 'send', frame: write(frame) }
}

function move(session: TuttiServerSession, place: Place, output: ServerOutput): Step {
  return { session: { ...session, place }, outputs: [output] }
}

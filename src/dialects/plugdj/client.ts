/**
 * The client's side of this wire, in a room: what is heard becomes the copy, what is asked becomes lines and requests at a pace that no server suffers from.
 * There is no pause and no seek to send: whoever paused comes back to where the room is. The way in is `way-in.ts`.
 */
import type { RoomCommand } from '../../core/room/command'
import { type RefusalCode, refuse } from '../../core/room/refusal'
import type { PublicRoom } from '../../core/room/room'
import type { ClientDialect, ClientInput, ClientOutput } from '../client-dialect'
import type { Frame } from '../dialect'
import { tellRoom } from '../tell-room'
import { canAsk, refusalOf, speak } from './client-asks'
import { type Bringing, firstCall, MOST_CALLS, nextCall } from './client-playlists'
import { DIALECT, heardEvents, type Inside } from './client-room'
import { type Call, readAnswer } from './client-words'
import { DASHBOARD, type Heard, readToClient } from './frames'
import { fetched, frame, heard, type OnTheWay, opened, request, setOut, type Way, woke } from './way-in'

export type PlugdjClientSession = Way | Room | { readonly at: 'closed' }

type Room = {
  readonly at: 'room'
  readonly server: string
  readonly inside: Inside
  /** Lines that wait for their second. */
  readonly unsaid: readonly { readonly ask: string; readonly text: string; readonly isLast: boolean }[]
  /** Lines that have not come back yet; who is answered no more has no ask. */
  readonly said: readonly Said[]
  readonly lastSaidMs: number
  /** What is brought to play, by ask. */
  readonly bringing: Readonly<Record<string, Bringing>>
  /** When requests were made lately. */
  readonly calledMs: readonly number[]
  /** Until then the server wants to be left alone. */
  readonly quietUntilMs: number
}

type Said = { readonly ask: string; readonly text: string; readonly isLast: boolean; readonly untilMs: number }

type Step = { readonly session: PlugdjClientSession; readonly outputs: readonly ClientOutput[] }

const SAY_EVERY_MS = 1_000
/** Nobody says no to a line. */
const SAID_MS = 7_000
const CALLS_PER_MINUTE = 10
const MINUTE_MS = 60_000
const QUIET_MS = 30_000
const MOST_UNSAID = 20
/** Whoever does not hear `h` hears nothing any more. */
const SILENCE_MS = 25_000
const CLOSED: Step = { session: { at: 'closed' }, outputs: [] }

export const plugdjClient: ClientDialect<PlugdjClientSession> = {
  name: DIALECT,
  clock: 'arrival',
  silenceMs: SILENCE_MS,
  fresh: { at: 'closed' },
  step,
  can: canAsk,
}

function step(session: PlugdjClientSession, input: ClientInput, nowMs: number): Step {
  if (input.kind === 'join') return on(setOut(input.server, input.wish, nowMs), nowMs)
  if (input.kind === 'closed') return closed(session, input.code)
  if (session.at === 'way') return onTheWay(session, input, nowMs)
  if (session.at === 'room') return inRoom(session, input, nowMs)
  return { session, outputs: 'ask' in input && input.kind !== 'fetched' ? [no(input.ask, 'not-in-room')] : [] }
}

// ------------------------------------------------------------------------------------------------ the way in

function onTheWay(way: Way, input: ClientInput, nowMs: number): Step {
  switch (input.kind) {
    case 'fetched':
      return on(fetched(way, input, nowMs), nowMs)
    case 'opened':
      return on(opened(way, nowMs), nowMs)
    case 'woke':
      return on(woke(way, nowMs), nowMs)
    case 'frame': {
      const read = readToClient(input.frame)
      if (!read.ok) return { session: way, outputs: [{ kind: 'unreadable', why: read.why }] }
      const end = endOf(read.value, undefined)
      return end ? { session: CLOSED.session, outputs: end } : on(heard(way, read.value, nowMs), nowMs)
    }
    default:
      return { session: way, outputs: 'ask' in input ? [no(input.ask, 'not-in-room')] : [] }
  }
}

function on(next: OnTheWay, nowMs: number): Step {
  switch (next.kind) {
    case 'goes-on':
      return { session: next.way, outputs: next.outputs }
    case 'out':
      return { session: CLOSED.session, outputs: next.outputs }
    case 'in': {
      const { inside, way } = next
      const room: Room = {
        at: 'room',
        server: way.server,
        inside,
        unsaid: [],
        said: [],
        lastSaidMs: nowMs - SAY_EVERY_MS,
        bringing: {},
        calledMs: [],
        quietUntilMs: 0,
      }
      const outputs: ClientOutput[] = [
        { kind: 'entered', memberId: inside.self, room: inside.room },
        { kind: 'bound', boundMs: way.boundMs },
      ]
      return { session: room, outputs }
    }
  }
}

// ------------------------------------------------------------------------------------------------ in the room

function inRoom(room: Room, input: ClientInput, nowMs: number): Step {
  switch (input.kind) {
    case 'frame':
      return hear(room, input.frame, nowMs)
    case 'command':
      return command(room, input.ask, input.command, nowMs)
    case 'fetched':
      return answered(room, input, nowMs)
    case 'woke':
      return follow(room, nowMs)
    case 'copy-lost':
      return {
        session: room,
        outputs: [{ kind: 'entered', memberId: room.inside.self, room: room.inside.room }],
      }
    default:
      return { session: room, outputs: 'ask' in input ? [no(input.ask, 'not-allowed')] : [] }
  }
}

function hear(room: Room, said: Frame, nowMs: number): Step {
  const read = readToClient(said)
  if (!read.ok) return { session: room, outputs: [{ kind: 'unreadable', why: read.why }] }
  const end = endOf(read.value, room.inside.slug)
  if (end) return { session: CLOSED.session, outputs: [...unanswered(room), ...end] }
  const inside = heardEvents(room.inside, read.value, nowMs)
  const isTooMuch = read.value.some(({ a }) => a === 'floodAPI' || a === 'floodChat' || a === 'rateLimit')
  const quietUntilMs = isTooMuch ? nowMs + QUIET_MS : room.quietUntilMs
  const { said: waiting, outputs } = cameBack(room, inside.room)
  const told = tellRoom(room.inside.room, inside.room, inside.self)
  const next = follow({ ...room, inside, said: waiting, quietUntilMs }, nowMs)
  return { session: next.session, outputs: [...told, ...outputs, ...next.outputs] }
}

/** What the server says last: nobody comes back by themselves, or not soon. */
function endOf(events: readonly Heard[], slug: string | undefined): readonly ClientOutput[] | undefined {
  for (const { a, s } of events) {
    if (s !== undefined && s !== DASHBOARD && s !== slug) continue
    if (a === 'ban') return [{ kind: 'unseated', refusal: refuse('banned') }, { kind: 'close' }]
    if (a === 'killSession') return [{ kind: 'unseated', refusal: refuse('not-in-room') }, { kind: 'close' }]
    if (a === 'plugMaintenance') return [{ kind: 'server-closing', comeBackInMs: MINUTE_MS }]
  }
  return undefined
}

/** A line that comes back was said; there is no other answer to it. */
function cameBack(room: Room, after: PublicRoom): { readonly said: readonly Said[]; readonly outputs: ClientOutput[] } {
  const known = new Set(room.inside.room.chat.map(({ id }) => id))
  let waiting = room.said
  const outputs: ClientOutput[] = []
  for (const line of after.chat) {
    if (known.has(line.id) || line.memberId !== room.inside.self) continue
    const own = waiting.find(({ text }) => plain(text) === line.content.text)
    if (!own) continue
    waiting = waiting.filter((each) => each !== own)
    if (own.isLast) outputs.push({ kind: 'done', ask: own.ask })
  }
  return { said: waiting, outputs }
}

const plain = (text: string): string => text.replace(/^\/me\s+/, '')

function command(room: Room, ask: string, asked: RoomCommand, nowMs: number): Step {
  const { inside } = room
  const spoken = speak(inside.room, inside.self, asked)
  switch (spoken.kind) {
    case 'no':
      return { session: room, outputs: [no(ask, spoken.code)] }
    case 'leave':
      return { session: CLOSED.session, outputs: [...unanswered(room), { kind: 'done', ask }, { kind: 'close' }] }
    case 'lines': {
      if (isQuiet(room, nowMs) || room.unsaid.length + spoken.lines.length > MOST_UNSAID) return refused(room, ask)
      const lines = spoken.lines.map((text, index) => ({ ask, text, isLast: index === spoken.lines.length - 1 }))
      return follow({ ...room, unsaid: [...room.unsaid, ...lines] }, nowMs)
    }
    case 'call':
      return mayCall(room, 1, nowMs) ? calls(room, ask, spoken.call, nowMs) : refused(room, ask)
    case 'bring': {
      if (!mayCall(room, MOST_CALLS, nowMs)) return refused(room, ask)
      const { bringing, call } = firstCall(spoken.bring)
      return calls({ ...room, bringing: { ...room.bringing, [ask]: bringing } }, ask, call, nowMs)
    }
  }
}

const lately = ({ calledMs }: Room, nowMs: number): readonly number[] =>
  calledMs.filter((atMs) => nowMs - atMs < MINUTE_MS)

function mayCall(room: Room, count: number, nowMs: number): boolean {
  return !isQuiet(room, nowMs) && lately(room, nowMs).length + count <= CALLS_PER_MINUTE
}

function calls(room: Room, ask: string, call: Call, nowMs: number): Step {
  const session = { ...room, calledMs: [...lately(room, nowMs), nowMs] }
  return { session, outputs: [request(`do ${ask}`, room.server, call)] }
}

function refused(room: Room, ask: string): Step {
  return { session: room, outputs: [no(ask, 'too-fast')] }
}

const isQuiet = ({ quietUntilMs }: Room, nowMs: number): boolean => nowMs < quietUntilMs

function answered(room: Room, { ask: name, response }: Extract<ClientInput, { kind: 'fetched' }>, nowMs: number): Step {
  if (!name.startsWith('do ')) return { session: room, outputs: [] }
  const ask = name.slice(3)
  const { [ask]: under, ...bringing } = room.bringing
  const answer = response && readAnswer(response.body)
  const over = (output: ClientOutput): Step => ({ session: { ...room, bringing }, outputs: [output] })
  if (!answer) return over(no(ask, 'no-answer'))
  if (!answer.ok) return over(no(ask, refusalOf(answer)))
  const next = under ? nextCall(under, answer) : ({ kind: 'done' } as const)
  if (next.kind === 'done') return over({ kind: 'done', ask })
  if (next.kind === 'lost') return over(no(ask, 'server-error'))
  return calls({ ...room, bringing: { ...bringing, [ask]: next.bringing } }, ask, next.call, nowMs)
}

/** Says what waits if its second has come, gives up what never came back, and is woken for the rest. */
function follow(room: Room, nowMs: number): Step {
  const late = room.said.filter(({ untilMs }) => untilMs <= nowMs)
  const outputs = late.flatMap(({ ask, isLast }) => (isLast ? [no(ask, 'no-answer')] : []))
  let next: Room = { ...room, said: room.said.filter((each) => !late.includes(each)) }
  const [first, ...unsaid] = next.unsaid
  const dueMs = Math.max(next.lastSaidMs + SAY_EVERY_MS, next.quietUntilMs)
  if (first && dueMs <= nowMs) {
    outputs.push(frame({ a: 'chat', p: first.text }, nowMs))
    next = { ...next, unsaid, lastSaidMs: nowMs, said: [...next.said, { ...first, untilMs: nowMs + SAID_MS }] }
  }
  const wakesMs = [
    ...next.said.map(({ untilMs }) => untilMs),
    ...(next.unsaid.length > 0 ? [Math.max(next.lastSaidMs + SAY_EVERY_MS, next.quietUntilMs)] : []),
  ]
  if (wakesMs.length > 0) outputs.push({ kind: 'wake', atMs: Math.min(...wakesMs) })
  return { session: next, outputs }
}

function unanswered(room: Room): readonly ClientOutput[] {
  const lines = [...room.said, ...room.unsaid].flatMap(({ ask, isLast }) => (isLast ? [ask] : []))
  const asks = [...lines, ...Object.keys(room.bringing)]
  return asks.map((ask) => no(ask, 'not-in-room'))
}

/** Before the door opened it was the token. */
function closed(session: PlugdjClientSession, code: number): Step {
  if (session.at === 'room') return { session: CLOSED.session, outputs: unanswered(session) }
  const isTurnedAway = session.at === 'way' && session.step === 'ack' && code !== 1006
  return isTurnedAway
    ? { session: CLOSED.session, outputs: [{ kind: 'refused', refusal: refuse('bad-token') }] }
    : CLOSED
}

function no(ask: string, code: RefusalCode): ClientOutput {
  return { kind: 'refused', ask, refusal: refuse(code) }
}

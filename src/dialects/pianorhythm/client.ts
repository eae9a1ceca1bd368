/**
 * The client's side of PianoRhythm: goes in, talks and plays, keeps its heart beating. Compatible with the published page only, and so it
 * stays away from the service that the page is about. What it asks without an answer is refused in the end; it sends nothing that the page lacks,
 * but for a name and several messages at once where the server has said that it is ours.
 */
import { withChatLine } from '../../core/room/foreign-room'
import { type Refusal, refuse } from '../../core/room/refusal'
import { memberOf, type PublicRoom } from '../../core/room/room'
import type { ClientDialect, ClientInput, ClientOutput } from '../client-dialect'
import type { Frame } from '../dialect'
import { tellRoom } from '../tell-room'
import { answered, can, command, write } from './client-asks'
import { atDoor, knock, welcomed } from './client-door'
import { forget, hearMidi, isAnyHeld, playMidi, SAY_HELD_EVERY_MS, sayHeld } from './client-notes'
import { enteredRoom, idOf, withInfo, withLine, withoutUser, withStatus, withUser } from './client-room'
import {
  entered,
  FRESH,
  keptOut,
  no,
  type PianorhythmClientSession,
  type Room,
  refusalFrom,
  type Step,
  say,
} from './client-session'
import { readToClient, type ToClient } from './frames-to-client'
import { DIALECT } from './session'
import { isUnspeakable, socketUrl } from './socket-url'

const BEAT_MS = 30_000
const WELCOME_MS = 5_000
const COME_BACK_MS = 1_000

export const pianorhythmClient: ClientDialect<PianorhythmClientSession> = {
  name: DIALECT,
  clock: 'arrival',
  fresh: FRESH,
  step: (session, input, nowMs) => alarmed(handle(session, input, nowMs)),
  can,
}

function handle(session: PianorhythmClientSession, input: ClientInput, nowMs: number): Step {
  const { place } = session
  switch (input.kind) {
    case 'join':
      if (isUnspeakable(input.server)) return { session: FRESH, outputs: [{ kind: 'refused', refusal: UNSPEAKABLE }] }
      return {
        session: { ...FRESH, place: { at: 'opening', wish: input.wish } },
        outputs: [{ kind: 'open', ...socketUrl(input.server, input.wish.token) }],
      }
    case 'opened':
      return place.at === 'opening'
        ? {
            session: {
              ...session,
              place: { at: 'greeting', wish: place.wish, untilMs: nowMs + WELCOME_MS },
              beatAtMs: nowMs + BEAT_MS,
            },
            outputs: [],
          }
        : { session, outputs: [] }
    case 'closed':
      return { session: FRESH, outputs: [] }
    case 'frame':
      return handleFrame(session, input.frame, nowMs)
    case 'woke':
      return wake(session, nowMs)
    case 'copy-lost':
      return { session, outputs: place.at === 'room' ? [entered(place.inside)] : [] }
    case 'command':
      return place.at === 'room'
        ? command(session, place, input.ask, input.command, nowMs)
        : { session, outputs: [no(input.ask, 'not-in-room')] }
    case 'write':
      return place.at === 'room'
        ? write(session, input.ask, input.to, input.text, nowMs)
        : { session, outputs: [no(input.ask, 'not-in-room')] }
    case 'notes': {
      if (place.at !== 'room') return { session, outputs: [] }
      const { notes, frames } = playMidi(place.notes, input.played, session.takesBatches, nowMs)
      const outputs = frames.map((frame): ClientOutput => ({ kind: 'send', frame }))
      return { session: { ...session, place: { ...place, notes } }, outputs }
    }
    // What the wire has no word for.
    default:
      return { session, outputs: 'ask' in input ? [no(input.ask, 'not-allowed')] : [] }
  }
}

const UNSPEAKABLE: Refusal = refuse('not-allowed', 'How this service speaks is not public.')

function handleFrame(session: PianorhythmClientSession, frame: Frame, nowMs: number): Step {
  const read = readToClient(frame)
  if (!read) return { session, outputs: [{ kind: 'unreadable', why: 'no frame of this wire' }] }
  let stepped: Step = { session, outputs: [] }
  for (const each of read) {
    const heard = hear(stepped.session, each, nowMs)
    stepped = { session: heard.session, outputs: [...stepped.outputs, ...heard.outputs] }
  }
  return stepped
}

function hear(session: PianorhythmClientSession, said: ToClient, nowMs: number): Step {
  const { place } = session
  if (said.type === 'restart') {
    return { session, outputs: [{ kind: 'server-closing', comeBackInMs: COME_BACK_MS }] }
  }
  if (place.at === 'greeting') {
    return said.type === 'welcome' ? welcomed(session, place.wish, said, nowMs) : { session, outputs: [] }
  }
  if (place.at === 'door') return atDoor(session, place, said, nowMs)
  return place.at === 'room' ? inRoom(session, place, said, nowMs) : { session, outputs: [] }
}

function inRoom(session: PianorhythmClientSession, place: Room, said: ToClient, nowMs: number): Step {
  const { room, selfId } = place.inside
  switch (said.type) {
    case 'joined': {
      if (!said.ok) return { session, outputs: [] }
      const again = { asked: place.asked, byCode: session.isOurs, self: session.self, nowMs }
      const inside = enteredRoom(said, again)
      return { session: { ...session, place: { ...place, inside } }, outputs: [entered(inside)] }
    }
    case 'came':
    case 'changed':
      return become(session, place, withUser(room, said.user))
    case 'gone': {
      const memberId = idOf(said.user.id)
      if (memberId === selfId) return unseated(session)
      const notes = forget(place.notes, memberId)
      return become(session, { ...place, notes }, withoutUser(room, memberId))
    }
    case 'status':
      return become(session, place, withStatus(room, said.userId, said.status, nowMs))
    case 'info':
      return become(session, place, withInfo(room, said.info))
    case 'line': {
      const shown = become(session, place, withLine(room, said, nowMs))
      const own = said.userId === '' || idOf(said.userId) === selfId ? session.asks : []
      const round = said.requestId === '' ? own.find(({ text }) => text === said.text.trim()) : undefined
      const ask = round?.ask ?? said.requestId
      return ask === '' ? shown : answered(shown, ask, { kind: 'done', ask })
    }
    case 'private': {
      const [from, to] = [idOf(said.from), said.to === '' ? selfId : idOf(said.to)]
      const line = { from, to, atMs: nowMs, text: said.text }
      return { session, outputs: memberOf(room, from) && said.text !== '' ? [{ kind: 'line', line }] : [] }
    }
    case 'midi': {
      const memberId = idOf(said.userId)
      if (memberId === selfId || !memberOf(room, memberId)) return { session, outputs: [] }
      const { notes, batch } = hearMidi(place.notes, memberId, said, nowMs)
      return {
        session: { ...session, place: { ...place, notes } },
        outputs: batch ? [{ kind: 'notes', batch }] : [],
      }
    }
    case 'done':
      return answered({ session, outputs: [] }, said.requestId, { kind: 'done', ask: said.requestId })
    case 'error':
      return failed(session, place, said, nowMs)
    default:
      return { session, outputs: [] }
  }
}

/** Of what was asked, by its id, or because it is the only one; else it is for people to read. */
function failed(
  session: PianorhythmClientSession,
  place: Room,
  said: Extract<ToClient, { type: 'error' }>,
  nowMs: number,
): Step {
  const refusal = refusalFrom(said.code, said.text, said.reason)
  const only = session.asks.length === 1 ? session.asks[0] : undefined
  const ask = said.requestId === '' ? only?.ask : said.requestId
  if (ask !== undefined) return answered({ session, outputs: [] }, ask, { kind: 'refused', ask, refusal })
  const { room } = place.inside
  const shown = withChatLine(room, { kind: 'system', text: refusal.sentence, atMs: nowMs })
  return become({ ...session, why: refusal }, place, shown)
}

function unseated(session: PianorhythmClientSession): Step {
  const { why = refuse('kicked') } = session
  return { session: FRESH, outputs: [{ kind: 'unseated', refusal: why }] }
}

function become(session: PianorhythmClientSession, place: Room, room: PublicRoom): Step {
  const { inside } = place
  return {
    session: { ...session, place: { ...place, inside: { ...inside, room } } },
    outputs: tellRoom(inside.room, room, inside.selfId),
  }
}

function wake(session: PianorhythmClientSession, nowMs: number): Step {
  const { place } = session
  if (place.at === 'closed' || place.at === 'opening') return { session, outputs: [] }
  if (place.at === 'greeting' && nowMs >= place.untilMs) return knock(session, place.wish, nowMs)
  if (place.at === 'door' && nowMs >= place.untilMs) return keptOut(refuse('no-answer'))
  const beats = nowMs >= session.beatAtMs
  const beat = say({ case: 'heartbeatMessage', value: { timestamp: BigInt(Math.round(nowMs)) } })
  const late = session.asks.filter(({ untilMs }) => nowMs >= untilMs)
  const next = {
    ...session,
    asks: session.asks.filter(({ untilMs }) => nowMs < untilMs),
    ...(beats && { beatAtMs: nowMs + BEAT_MS }),
  }
  const outputs: ClientOutput[] = [...(beats ? [beat] : []), ...late.map(({ ask }) => no(ask, 'no-answer'))]
  if (place.at !== 'room') return { session: next, outputs }
  const { notes, batches } = sayHeld(place.notes, nowMs)
  return {
    session: { ...next, place: { ...place, notes } },
    outputs: [...outputs, ...batches.map((batch): ClientOutput => ({ kind: 'notes', batch }))],
  }
}

/** Wakes for whatever comes first. */
function alarmed({ session, outputs }: Step): Step {
  const { place, beatAtMs, asks } = session
  if (place.at === 'closed' || place.at === 'opening') return { session, outputs }
  const isHeld = place.at === 'room' && isAnyHeld(place.notes)
  const atMs = Math.min(
    beatAtMs,
    ...asks.map(({ untilMs }) => untilMs),
    ...(place.at === 'room' ? [] : [place.untilMs]),
    ...(isHeld ? [place.notes.saidAtMs + SAY_HELD_EVERY_MS] : []),
  )
  return { session, outputs: [...outputs, { kind: 'wake', atMs }] }
}

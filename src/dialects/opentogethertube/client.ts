/**
 * The client's side of OpenTogetherTube: a token by plain request, a socket at the room's path, `auth` as its first word and once.
 * One text that is no JSON ends a whole server of that system, so that every frame goes through one function and is a known shape.
 * The copy is in `client-room.ts`, what is asked in `client-asks.ts`.
 */
import type { RoomCommand } from '../../core/room/command'
import { type Refusal, type RefusalCode, refuse } from '../../core/room/refusal'
import type { ClientDialect, ClientInput, ClientOutput } from '../client-dialect'
import type { Frame, HttpResponse, PlayerReport } from '../dialect'
import { tellRoom } from '../tell-room'
import { canAsk, isAnswer, speak } from './client-asks'
import { heardFrame, type Inside, withQueue, withWay } from './client-room'
import type { Request, ToServer } from './client-words'
import { readToClient, type ToClient } from './server-frames'
import {
  FRESH,
  fetch,
  fetched,
  join,
  keptOut,
  type OpenTogetherTubeClientSession,
  type Room,
  type Step,
  type Waiting,
} from './way-in'
import { CLOSE, DIALECT, REQUEST, type Status } from './wire'

const DOOR_MS = 10_000
const STATUS_MS = 200
/** Before any answer was measured: half of a long way round, and what a server may keep a word. */
const UNKNOWN_BOUND_MS = 300
/** What a measured way may be off by, and a beginning that is told by its act alone. */
const BOUND_MS = 60
const QUIET_MS = 60_000
const RENAME = 'rename:'

export const openTogetherTubeClient: ClientDialect<OpenTogetherTubeClientSession> = {
  name: DIALECT,
  clock: 'arrival',
  fresh: FRESH,
  step,
  can: canAsk,
}

function step(session: OpenTogetherTubeClientSession, input: ClientInput, nowMs: number): Step {
  const { place } = session
  switch (input.kind) {
    case 'join':
      return join(input.server, input.wish, nowMs)
    case 'fetched':
      return input.ask.startsWith(RENAME)
        ? renamed(session, input.ask.slice(RENAME.length), input.response, nowMs)
        : fetched(session, input.ask, input.response, nowMs)
    case 'opened':
      return opened(session, nowMs)
    case 'frame':
      return hear(session, input.frame, nowMs)
    case 'command':
      return place.at === 'room'
        ? command(session, place, input.ask, input.command, nowMs)
        : { session, outputs: [no(input.ask, 'not-in-room')] }
    case 'report':
      return place.at === 'room' ? report(session, place, statusOf(input.report), nowMs) : { session, outputs: [] }
    case 'copy-lost':
      return place.at === 'room' ? { session, outputs: entered(place.inside) } : { session, outputs: [] }
    case 'woke':
      return wake(session, nowMs)
    case 'closed':
      return closed(session, input.code)
    case 'be-outside':
      return { session, outputs: [] }
    default:
      return { session, outputs: 'ask' in input ? [no(input.ask, 'not-allowed')] : [] }
  }
}

// ------------------------------------------------------------------------------------------------ what is told

function opened(session: OpenTogetherTubeClientSession, nowMs: number): Step {
  const { place, token } = session
  if (place.at !== 'opening' || token === undefined) return { session, outputs: [] }
  const untilMs = nowMs + DOOR_MS
  return {
    session: { ...session, place: { at: 'door', inside: place.inside, untilMs, isKnown: place.isKnown } },
    outputs: [send({ action: 'auth', token }), { kind: 'wake', atMs: untilMs }],
  }
}

function hear(session: OpenTogetherTubeClientSession, frame: Frame, nowMs: number): Step {
  const { place } = session
  if (place.at !== 'door' && place.at !== 'room') return { session, outputs: [] }
  const told = readToClient(frame)
  if (!told) return { session, outputs: [{ kind: 'unreadable', why: 'not of this wire' }] }
  if (told.action === 'unload') return closed(session, CLOSE.unloaded)
  const inside = heardFrame(place.inside, told, nowMs)
  if (place.at === 'room') return inRoom(session, place, inside, told, nowMs)
  if (inside.self === undefined) return { session: { ...session, place: { ...place, inside } }, outputs: [] }
  const room: Room = { at: 'room', inside, asked: [] }
  const outputs: ClientOutput[] = [...entered(inside), { kind: 'bound', boundMs: UNKNOWN_BOUND_MS }]
  return { session: { ...session, place: room }, outputs }
}

function entered(inside: Inside): readonly ClientOutput[] {
  return [{ kind: 'entered', memberId: inside.self ?? '', room: inside.room }]
}

function inRoom(
  session: OpenTogetherTubeClientSession,
  before: Room,
  inside: Inside,
  told: ToClient,
  nowMs: number,
): Step {
  const { self } = inside
  const answered = before.asked.find(({ answer }) => isAnswer(answer, told, self))
  const hasStatus = before.said && !before.said.answered && isOwnStatus(before.said.status, told, self)
  // An act or a status is passed on at once: what it takes is the way there and back.
  const tripMs = hasStatus
    ? nowMs - before.said.atMs
    : answered?.answer.by === 'event' && answered.answer.type !== REQUEST.add
      ? nowMs - answered.sinceMs
      : undefined
  const measured = tripMs === undefined ? inside : withWay(inside, tripMs / 2)
  const place: Room = {
    ...before,
    inside: measured,
    asked: before.asked.filter((each) => each !== answered),
    ...(before.said && hasStatus && { said: { ...before.said, answered: true } }),
  }
  const outputs: ClientOutput[] = [
    ...tellRoom(before.inside.room, measured.room, self ?? ''),
    ...(measured.wayMs === before.inside.wayMs
      ? []
      : [{ kind: 'bound', boundMs: Math.ceil(BOUND_MS + (measured.wayMs ?? 0)) } as const]),
    ...(answered ? [{ kind: 'done', ask: answered.ask } as const] : []),
  ]
  return follow(session, place, outputs)
}

function isOwnStatus(status: Status, told: ToClient, self: string | undefined): boolean {
  if (told.action !== 'user' || told.update.kind !== 'update') return false
  return told.update.value.id === self && told.update.value.status === status
}

// ------------------------------------------------------------------------------------------------ what is asked

function command(
  session: OpenTogetherTubeClientSession,
  place: Room,
  ask: string,
  asked: RoomCommand,
  nowMs: number,
): Step {
  const spoken = speak(place.inside, asked, nowMs)
  switch (spoken.kind) {
    case 'no':
      return { session, outputs: [no(ask, spoken.code)] }
    case 'done':
      return { session, outputs: [...spoken.requests.map(request), { kind: 'done', ask }] }
    case 'leave':
      return { session, outputs: [{ kind: 'done', ask }, { kind: 'close' }] }
    case 'status': {
      const said = report(session, place, spoken.status, nowMs)
      return { ...said, outputs: [...said.outputs, { kind: 'done', ask }] }
    }
    case 'rename': {
      if (nowMs < (session.quietUntilMs ?? nowMs)) return { session, outputs: [no(ask, 'too-fast')] }
      return { session, outputs: [fetch(session, `${RENAME}${ask}`, 'POST', '/api/user', { username: spoken.name })] }
    }
    case 'say': {
      const waiting: Waiting = { ask, answer: spoken.answer, sinceMs: nowMs, untilMs: nowMs + spoken.patienceMs }
      const inside = asked.type === 'vote' ? voted(place.inside, asked.itemId, asked.vote === 1) : place.inside
      const next: Room = { ...place, inside, asked: [...place.asked, waiting] }
      return follow(session, next, spoken.requests.map(request))
    }
  }
}

/** Whose votes there are is told to nobody, so that one keeps one's own in mind. */
function voted(inside: Inside, itemId: string, wants: boolean): Inside {
  const index = inside.room.queue.items.findIndex(({ id }) => id === itemId)
  const video = inside.queue[index]
  if (!video) return inside
  const key = `${video.service}${video.id}`
  const others = inside.ownVotes.filter((each) => each !== key)
  return withQueue({ ...inside, ownVotes: wants ? [...others, key].slice(-100) : others })
}

function renamed(
  session: OpenTogetherTubeClientSession,
  ask: string,
  response: HttpResponse | undefined,
  nowMs: number,
): Step {
  if (response?.status === 200) return { session, outputs: [{ kind: 'done', ask }] }
  if (response?.status === 429) {
    const seconds = Number(response.headers['retry-after'])
    const quietMs = seconds > 0 ? Math.min(3_600_000, 1_000 * seconds) : QUIET_MS
    return { session: { ...session, quietUntilMs: nowMs + quietMs }, outputs: [no(ask, 'too-fast')] }
  }
  return { session, outputs: [no(ask, response?.status === 400 ? 'bad-name' : 'no-answer')] }
}

function statusOf({ state }: PlayerReport): Status {
  switch (state) {
    case 'playing':
    case 'paused':
      return 'ready'
    case 'buffering':
    case 'error':
      return state
    default:
      return 'none'
  }
}

/** Said when it has been so for a moment, and once. */
function report(session: OpenTogetherTubeClientSession, place: Room, status: Status, nowMs: number): Step {
  const { toSay, ...others } = place
  if (status === (place.said?.status ?? 'none')) return follow(session, others, [])
  const atMs = toSay?.status === status ? toSay.atMs : nowMs + STATUS_MS
  return follow(session, { ...others, toSay: { status, atMs } }, [])
}

function wake(session: OpenTogetherTubeClientSession, nowMs: number): Step {
  const { place } = session
  if (place.at === 'door') {
    return nowMs >= place.untilMs ? keptOut('no-answer') : { session, outputs: [{ kind: 'wake', atMs: place.untilMs }] }
  }
  if (place.at !== 'room') return { session, outputs: [] }
  const late = place.asked.filter(({ untilMs }) => untilMs <= nowMs)
  const { toSay, ...others } = place
  const says = toSay !== undefined && toSay.atMs <= nowMs
  const next: Room = {
    ...others,
    asked: place.asked.filter((each) => !late.includes(each)),
    ...(says ? { said: { status: toSay.status, atMs: nowMs, answered: false } } : toSay !== undefined && { toSay }),
  }
  return follow(session, next, [
    ...(says ? [send({ action: 'status', status: toSay.status })] : []),
    // Nothing there says no.
    ...late.map(({ ask }) => no(ask, 'not-allowed')),
  ])
}

function follow(session: OpenTogetherTubeClientSession, place: Room, outputs: readonly ClientOutput[]): Step {
  const atMs = Math.min(...place.asked.map(({ untilMs }) => untilMs), place.toSay?.atMs ?? Number.POSITIVE_INFINITY)
  const alarm: readonly ClientOutput[] = Number.isFinite(atMs) ? [{ kind: 'wake', atMs }] : []
  return { session: { ...session, place }, outputs: [...outputs, ...alarm] }
}

// ------------------------------------------------------------------------------------------------ the way out

const WHY: ReadonlyMap<number, RefusalCode> = new Map<number, RefusalCode>([
  [CLOSE.badUrl, 'no-such-room'],
  [CLOSE.noRoom, 'no-such-room'],
  [CLOSE.unloaded, 'room-closed'],
  [CLOSE.badToken, 'bad-token'],
  [CLOSE.kicked, 'kicked'],
])

/** After these codes nobody comes back by themselves; with a token that was kept, once, as somebody new. */
function closed(session: OpenTogetherTubeClientSession, code: number): Step {
  const { place } = session
  const asked = place.at === 'room' ? place.asked.map(({ ask }) => no(ask, 'no-answer')) : []
  const forgets = code === CLOSE.badToken && (place.at === 'opening' || place.at === 'door') && place.isKnown
  if (forgets) return { session: FRESH, outputs: [{ kind: 'identified', token: '' }] }
  const why = WHY.get(code)
  if (why === undefined) return { session: FRESH, outputs: asked }
  const refusal: Refusal = refuse(why)
  const over: ClientOutput = place.at === 'room' ? { kind: 'unseated', refusal } : { kind: 'refused', refusal }
  return { session: FRESH, outputs: [...asked, over] }
}

function no(ask: string, code: RefusalCode): ClientOutput {
  return { kind: 'refused', ask, refusal: refuse(code) }
}

function request(asked: Request): ClientOutput {
  return send({ action: 'req', request: asked })
}

/** The only place that makes a frame. */
function send(frame: ToServer): ClientOutput {
  return { kind: 'send', frame: JSON.stringify(frame) }
}

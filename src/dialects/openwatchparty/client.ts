/**
 * The client's side of OpenWatchParty (R1, and R0 before it): greeted first, then who we are, the clock, and the room.
 * A host tells where it is; a viewer says nothing of its player. Times on the wire are whole milliseconds, or the server reads nothing.
 * What the room is by now is `client-room.ts`, the way in `client-door.ts`.
 */
import { addSample } from '../../core/clock'
import type { RoomCommand } from '../../core/room/command'
import { isPlace, withChatLine, withLine } from '../../core/room/foreign-room'
import { type RefusalCode, refuse } from '../../core/room/refusal'
import { hostOf } from '../../core/room/room'
import { latestLine, positionAt } from '../../core/timeline'
import type { ClientDialect, ClientInput, ClientOutput } from '../client-dialect'
import { tellRoom } from '../tell-room'
import { atDoor, fetchToken, handleFetched, knock, openFor } from './client-door'
import { acted, counted, enteredRoom, type Inside, left, said, withState } from './client-room'
import {
  FRESH,
  nowAt,
  type OpenwatchpartyClientSession,
  type Pending,
  type Room,
  type Step,
  say,
} from './client-session'
import { bytesIn, readRooms, refusalFor } from './client-words'
import { CHAT_LENGTH, type Envelope, MAX_BYTES, readFromServer, readPayload } from './frames'

const FIRST_PINGS = 6
const FIRST_PING_MS = 200
const PING_MS = 5_000
/** Three pings unanswered. */
const SILENCE_MS = 16_000
const SAY_EVERY_MS = 1_000
const SAY_AT_MOST_EVERY_MS = 500
const PATIENCE_MS = 3_000
const LONGEST_TRIP_MS = 60_000
/** Its servers know no later place. */
const LONGEST_SEC = 86_400
/** A report is as old as the host's way to the server, and a play is told for where its host was 300 ms before. */
const VIEWER_BOUND_MS = 400

const LEADS: ReadonlySet<RoomCommand['type']> = new Set<RoomCommand['type']>(['play', 'pause', 'seek', 'say', 'leave'])
const FOLLOWS: ReadonlySet<RoomCommand['type']> = new Set<RoomCommand['type']>(['say', 'leave'])

export const openwatchpartyClient: ClientDialect<OpenwatchpartyClientSession> = {
  name: 'openwatchparty',
  clock: 'measured',
  silenceMs: SILENCE_MS,
  fresh: FRESH,
  step,
  can: (room, self) => (hostOf(room)?.id === self ? LEADS : FOLLOWS),
}

function step(session: OpenwatchpartyClientSession, input: ClientInput, nowMs: number): Step {
  const { place } = session
  switch (input.kind) {
    case 'join':
    case 'ask-outside':
      return openFor(input)
    case 'fetched':
      return handleFetched(session, input.response, nowMs)
    case 'opened':
      return knock(session, nowMs)
    case 'closed':
      return { session: FRESH, outputs: [] }
    case 'frame':
      return handleFrame(session, input, nowMs)
    case 'woke':
      return wake(session, nowMs)
    case 'copy-lost':
      return place.at === 'room'
        ? { session, outputs: [{ kind: 'entered', memberId: place.inside.self, room: place.inside.room }] }
        : { session, outputs: [] }
    case 'command':
      return place.at === 'room'
        ? command(session, place, input.ask, input.command, nowMs)
        : { session, outputs: [no(input.ask, 'not-in-room')] }
    case 'question': {
      if (place.at !== 'room' || input.question.type !== 'list-rooms')
        return { session, outputs: [no(input.ask, 'not-allowed')] }
      const waits = withPending(place, { ask: input.ask, kind: 'list-rooms', untilMs: nowMs + PATIENCE_MS })
      return settle(session, place.inside, waits, [say('list_rooms', {}, nowMs)], nowMs)
    }
    default:
      return { session, outputs: 'ask' in input ? [no(input.ask, 'not-allowed')] : [] }
  }
}

function handleFrame(
  session: OpenwatchpartyClientSession,
  { frame }: Extract<ClientInput, { kind: 'frame' }>,
  nowMs: number,
): Step {
  const { place } = session
  const read = typeof frame === 'string' && frame.length <= MAX_BYTES ? readFromServer(frame) : undefined
  if (!read) return { session, outputs: [{ kind: 'unreadable', why: 'not of this wire' }] }
  if (read.type === 'pong') return heardPong(session, read, nowMs)
  if (place.at === 'room') return inRoom(session, place, read, nowMs)
  const stepped = atDoor(session, read, nowMs)
  if (stepped.session.place.at !== 'room') return stepped
  return settle(stepped.session, undefined, stepped.session.place, stepped.outputs, nowMs)
}

function heardPong(session: OpenwatchpartyClientSession, { payload, serverTs }: Envelope, nowMs: number): Step {
  const sentMs = (payload as { client_ts?: unknown } | null | undefined)?.client_ts
  if (typeof sentMs !== 'number' || !isLately(sentMs, nowMs) || serverTs === undefined) return { session, outputs: [] }
  const sample = { sentMs, serverReceivedMs: serverTs, serverSentMs: serverTs, receivedMs: nowMs }
  return { session: { ...session, clock: addSample(session.clock, sample) }, outputs: [{ kind: 'clock', sample }] }
}

/** An echo of what we said, and of no other moment. */
function isLately(sentMs: number, nowMs: number): boolean {
  return sentMs <= nowMs && nowMs - sentMs <= LONGEST_TRIP_MS
}

function inRoom(session: OpenwatchpartyClientSession, place: Room, frame: Envelope, nowMs: number): Step {
  const { inside } = place
  const payload = readPayload(frame.payload)
  const at = nowAt(session, nowMs)
  const become = (next: Inside, waits: Room = place, outputs: readonly ClientOutput[] = []): Step =>
    settle(session, inside, { ...waits, inside: next }, outputs, nowMs)
  if (frame.type === 'room_list') return answerLists(session, place, frame, nowMs)
  // Whoever was in another room before is told of it, too.
  if (frame.room !== undefined && frame.room !== inside.room.code && frame.type !== 'room_state')
    return { session, outputs: [] }
  switch (frame.type) {
    case 'room_state':
      return frame.room === undefined
        ? { session, outputs: [] }
        : become(enteredRoom(inside, inside.self, undefined, frame, payload, at))
    case 'participants_update':
      return become(counted(inside, payload.participant_count ?? inside.count))
    case 'client_left':
      return become(left(inside, frame.client, payload.participant_count))
    case 'room_closed':
      return { session: FRESH, outputs: [{ kind: 'unseated', refusal: refuse('room-closed', payload.reason) }] }
    case 'player_event':
      return frame.client === inside.self
        ? { session, outputs: [] }
        : become(acted(inside, payload, payload.target_server_ts ?? frame.serverTs ?? at.serverMs, at))
    case 'state_update': {
      const { position, play_state: playState } = payload
      if (frame.client === inside.self || position === undefined || playState === undefined)
        return { session, outputs: [] }
      return become(
        withState(inside, { position, play_state: playState }, { ...at, serverMs: frame.serverTs ?? at.serverMs }),
      )
    }
    case 'chat_message': {
      const { username = '', text = '' } = payload
      const own = frame.client === inside.self ? place.pending.find(({ kind }) => kind === 'say') : undefined
      const waits = own ? { ...place, pending: place.pending.filter((each) => each !== own) } : place
      return become(
        said(inside, frame.client, username, text, at.serverMs),
        waits,
        own ? [{ kind: 'done', ask: own.ask }] : [],
      )
    }
    case 'error': {
      const { message = '' } = payload
      const [first, ...pending] = place.pending
      if (first)
        return become(inside, { ...place, pending }, [
          { kind: 'refused', ask: first.ask, refusal: refusalFor(message) },
        ])
      return become({
        ...inside,
        room: withChatLine(inside.room, { kind: 'system', text: message, atMs: at.serverMs }),
      })
    }
    default:
      return { session, outputs: [] }
  }
}

function answerLists(session: OpenwatchpartyClientSession, place: Room, { payload }: Envelope, nowMs: number): Step {
  const answer = { type: 'rooms', rooms: readRooms(payload) } as const
  const asked = place.pending.filter(({ kind }) => kind === 'list-rooms')
  const pending = place.pending.filter((each) => !asked.includes(each))
  const outputs = asked.map(({ ask }): ClientOutput => ({ kind: 'answered', ask, answer }))
  return settle(session, place.inside, { ...place, pending }, outputs, nowMs)
}

function command(
  session: OpenwatchpartyClientSession,
  place: Room,
  ask: string,
  asked: RoomCommand,
  nowMs: number,
): Step {
  const { inside } = place
  const { self, hostId, room } = inside
  const about = { room: room.code, client: self }
  if (asked.type === 'leave')
    return { session, outputs: [say('leave_room', { ...about, payload: {} }, nowMs), { kind: 'done', ask }] }
  if (asked.type === 'say') {
    const text = asked.text.trim()
    if (text === '' || bytesIn(text) > CHAT_LENGTH) return { session, outputs: [no(ask, 'bad-line')] }
    const waits = withPending(place, { ask, kind: 'say', untilMs: nowMs + PATIENCE_MS })
    return settle(session, inside, waits, [say('chat_message', { ...about, payload: { text } }, nowMs)], nowMs)
  }
  if (asked.type !== 'play' && asked.type !== 'pause' && asked.type !== 'seek')
    return { session, outputs: [no(ask, 'not-allowed')] }
  if (self !== hostId) return { session, outputs: [no(ask, 'host-controls')] }
  if (!isPlace(asked.positionSec, LONGEST_SEC)) return { session, outputs: [no(ask, 'out-of-range')] }
  const was = latestLine(room.timeline).playing
  // Who presses play in a room that plays wants in, and nobody elsewhere.
  if (asked.type !== 'seek' && was === (asked.type === 'play')) return { session, outputs: [{ kind: 'done', ask }] }
  const playing = asked.type === 'seek' ? was : asked.type === 'play'
  const { serverMs } = nowAt(session, nowMs)
  const line = { positionSec: asked.positionSec, playing, atMs: serverMs }
  const payload = { action: asked.type, position: asked.positionSec, play_state: playing ? 'playing' : 'paused' }
  const moved = { ...inside, room: withLine(room, line, serverMs, { kind: asked.type, memberId: self }) }
  const event = say('player_event', { ...about, payload }, nowMs)
  return settle(session, inside, { ...place, inside: moved, sayAtMs: nowMs }, [event, { kind: 'done', ask }], nowMs)
}

function wake(session: OpenwatchpartyClientSession, nowMs: number): Step {
  const { place, account } = session
  if (place.at === 'closed' || place.at === 'token' || place.at === 'opening') return { session, outputs: [] }
  if (place.at !== 'room') {
    if (nowMs < place.untilMs) return { session, outputs: [{ kind: 'wake', atMs: place.untilMs }] }
    // A room that is not there is answered by nothing.
    const code = place.at === 'door' && place.door === 'code' ? 'no-such-room' : 'no-answer'
    return { session: FRESH, outputs: [{ kind: 'refused', refusal: refuse(code) }] }
  }
  const late = place.pending.filter(({ untilMs }) => nowMs >= untilMs)
  const pending = place.pending.filter((each) => !late.includes(each))
  const outputs: ClientOutput[] = late.map(({ ask }) => no(ask, 'no-answer'))
  let next = session
  if (account?.refreshAtMs !== undefined && nowMs >= account.refreshAtMs) {
    const { refreshAtMs: _, ...rest } = account
    next = { ...next, account: rest }
    outputs.push(fetchToken(rest))
  }
  if (nowMs >= next.pingAtMs) {
    const everyMs = next.pings < FIRST_PINGS ? FIRST_PING_MS : PING_MS
    next = { ...next, pings: next.pings + 1, pingAtMs: nowMs + everyMs }
    outputs.push(say('ping', { payload: { client_ts: Math.floor(nowMs) } }, nowMs))
  }
  return settle(next, place.inside, { ...place, pending }, outputs, nowMs)
}

/** What has become of the room: told here, and to the server where we lead it. */
function settle(
  session: OpenwatchpartyClientSession,
  before: Inside | undefined,
  place: Room,
  outputs: readonly ClientOutput[],
  nowMs: number,
): Step {
  const { inside } = place
  const isHost = inside.self === inside.hostId
  const wasHost = before && before.self === before.hostId
  const bound: ClientOutput[] = isHost === wasHost ? [] : [{ kind: 'bound', boundMs: isHost ? 0 : VIEWER_BOUND_MS }]
  const led = lead(session, place, nowMs)
  const next = { ...session, place: led.place }
  return {
    session: next,
    outputs: [
      ...outputs,
      ...tellRoom(before?.room, inside.room, inside.self),
      ...bound,
      ...led.outputs,
      alarm(next, led.place),
    ],
  }
}

/** A host says where it is right after it acted and each second while it plays; its acts have gone out before. */
function lead(
  session: OpenwatchpartyClientSession,
  place: Room,
  nowMs: number,
): { readonly place: Room; readonly outputs: readonly ClientOutput[] } {
  const { sayAtMs, ...rest } = place
  const { room, self, hostId } = place.inside
  const line = latestLine(room.timeline)
  const wantsMs = sayAtMs ?? (line.playing ? nowMs + SAY_EVERY_MS : undefined)
  if (self !== hostId || wantsMs === undefined) return { place: rest, outputs: [] }
  const dueAtMs = Math.max(wantsMs, (place.saidAtMs ?? -Infinity) + SAY_AT_MOST_EVERY_MS)
  if (dueAtMs > nowMs) return { place: { ...rest, sayAtMs: dueAtMs }, outputs: [] }
  const { serverMs } = nowAt(session, nowMs)
  const payload = { position: positionAt(line, serverMs), play_state: line.playing ? 'playing' : 'paused' }
  const update = say('state_update', { room: room.code, client: self, payload }, nowMs)
  return {
    place: { ...rest, saidAtMs: nowMs, ...(line.playing && { sayAtMs: nowMs + SAY_EVERY_MS }) },
    outputs: [update],
  }
}

function alarm({ pingAtMs, account }: OpenwatchpartyClientSession, { sayAtMs, pending }: Room): ClientOutput {
  const moments = [
    pingAtMs,
    sayAtMs ?? Infinity,
    account?.refreshAtMs ?? Infinity,
    ...pending.map(({ untilMs }) => untilMs),
  ]
  return { kind: 'wake', atMs: Math.min(...moments) }
}

function withPending(place: Room, pending: Pending): Room {
  return { ...place, pending: [...place.pending, pending] }
}

function no(ask: string, code: RefusalCode): ClientOutput {
  return { kind: 'refused', ask, refusal: refuse(code) }
}

/**
 * The client's side of FrameTogether: goes in, keeps its heart beating, leads where it is host and listens where it is not.
 * Sends the five documented messages with exactly their fields, and never more than a household may. Who is in the room is `client-room.ts`.
 */
import type { CreateCommand, RoomCommand } from '../../core/room/command'
import { isPlace, withChatLine, withLine } from '../../core/room/foreign-room'
import { type Refusal, type RefusalCode, refuse } from '../../core/room/refusal'
import { memberOf } from '../../core/room/room'
import { latestLine, positionAt } from '../../core/timeline'
import type { ClientDialect, ClientInput, ClientOutput, JoinWish } from '../client-dialect'
import type { Frame } from '../dialect'
import { tellRoom } from '../tell-room'
import {
  enteredRoom,
  fallenSilent,
  heardSync,
  type Inside,
  joinedRoom,
  leftRoom,
  SELF,
  silentAtMs,
} from './client-room'
import { MAX_LENGTH_TO_CLIENT, readToClient, type ToClient, type ToServer, write } from './frames'
import { socketUrl } from './socket-url'

export type FrametogetherClientSession = { readonly place: Place; readonly beatAtMs: number }

type Place =
  | { readonly at: 'closed' }
  | { readonly at: 'opening'; readonly wish: JoinWish }
  /** Waits for `RoomCreated`, then for `RoomJoined`. */
  | { readonly at: 'door'; readonly untilMs: number; readonly create?: CreateCommand }
  | { readonly at: 'room'; readonly inside: Inside; readonly saidAtMs?: number; readonly sayAtMs?: number }

type Room = Extract<Place, { at: 'room' }>

const BEAT_MS = 15_000
/** It says no to nothing but a room that is not there. */
const PATIENCE_MS = 5_000
const SAY_EVERY_MS = 1_000
/** The household behind one address shares 30 messages a second. */
const SAY_AT_MOST_EVERY_MS = 200
/** What a host leaves unsaid, 0.5 s, and the ways of its word here, as bad as they commonly are. */
const VIEWER_BOUND_MS = 750
const NO_SUCH_ROOM = 'Room not found'

const LEADS: ReadonlySet<RoomCommand['type']> = new Set<RoomCommand['type']>(['play', 'pause', 'seek', 'leave'])
const FOLLOWS: ReadonlySet<RoomCommand['type']> = new Set<RoomCommand['type']>(['leave'])

type Step = { readonly session: FrametogetherClientSession; readonly outputs: readonly ClientOutput[] }

export const frametogetherClient: ClientDialect<FrametogetherClientSession> = {
  name: 'frametogether',
  clock: 'arrival',
  fresh: { place: { at: 'closed' }, beatAtMs: 0 },
  step,
  can: (room, self) => (memberOf(room, self)?.role === 'host' ? LEADS : FOLLOWS),
}

function step(session: FrametogetherClientSession, input: ClientInput, nowMs: number): Step {
  const { place } = session
  switch (input.kind) {
    case 'join':
      return {
        session: { place: { at: 'opening', wish: input.wish }, beatAtMs: 0 },
        outputs: [{ kind: 'open', url: socketUrl(input.server) }],
      }
    case 'opened':
      return place.at === 'opening' ? knock(place.wish, nowMs) : { session, outputs: [] }
    case 'closed':
      return { session: frametogetherClient.fresh, outputs: [] }
    case 'frame':
      return handleFrame(session, input.frame, nowMs)
    case 'woke':
      return wake(session, nowMs)
    case 'copy-lost':
      return place.at === 'room'
        ? { session, outputs: [{ kind: 'entered', memberId: SELF, room: place.inside.room }] }
        : { session, outputs: [] }
    case 'command':
      return place.at === 'room'
        ? command(session, place, input.ask, input.command, nowMs)
        : { session, outputs: [no(input.ask, 'not-in-room')] }
    default:
      return { session, outputs: 'ask' in input ? [no(input.ask, 'not-allowed')] : [] }
  }
}

function knock({ door }: JoinWish, nowMs: number): Step {
  const untilMs = nowMs + PATIENCE_MS
  const beatAtMs = nowMs + BEAT_MS
  const wakes: ClientOutput = { kind: 'wake', atMs: untilMs }
  switch (door.kind) {
    case 'new':
      return {
        session: { place: { at: 'door', untilMs, create: door.create }, beatAtMs },
        outputs: [say({ type: 'Create' }), wakes],
      }
    case 'code':
      return {
        session: { place: { at: 'door', untilMs }, beatAtMs },
        outputs: [say({ type: 'Join', room_id: door.code.trim() }), wakes],
      }
    case 'any':
      return keptOut(refuse('no-open-room'))
  }
}

function handleFrame(session: FrametogetherClientSession, frame: Frame, nowMs: number): Step {
  const { place } = session
  if (typeof frame === 'string' && frame.length > MAX_LENGTH_TO_CLIENT) return unreadable(session, 'too long')
  const read = readToClient(frame)
  if (!read) return unreadable(session, 'not of this wire')
  if (place.at === 'door') return atDoor(session, place, read, nowMs)
  return place.at === 'room' ? inRoom(session, place, read, nowMs) : unreadable(session, `${read.type} out of turn`)
}

function atDoor(
  session: FrametogetherClientSession,
  place: Extract<Place, { at: 'door' }>,
  frame: ToClient,
  nowMs: number,
): Step {
  switch (frame.type) {
    case 'RoomCreated': {
      const untilMs = nowMs + PATIENCE_MS
      return {
        session: { ...session, place: { ...place, untilMs } },
        outputs: [say({ type: 'Join', room_id: frame.room_id }), { kind: 'wake', atMs: untilMs }],
      }
    }
    case 'RoomJoined': {
      const inside = begun(enteredRoom(undefined, frame, nowMs), place.create, nowMs)
      const entered: Room = { at: 'room', inside }
      const outputs: ClientOutput[] = [{ kind: 'identified', token: frame.your_name }]
      return follow({ ...session, place: entered }, undefined, inside, outputs, nowMs)
    }
    case 'Error':
      return keptOut(frame.message === NO_SUCH_ROOM ? refuse('no-such-room') : refuse('server-error', frame.message))
    default:
      return { session, outputs: [] }
  }
}

/** Where whoever made the room wants it to begin. */
function begun(inside: Inside, create: CreateCommand | undefined, nowMs: number): Inside {
  if (!create || !inside.isHost) return inside
  const { positionSec, playing } = create
  return { ...inside, room: withLine(inside.room, { positionSec, playing, atMs: nowMs }, nowMs) }
}

function inRoom(session: FrametogetherClientSession, place: Room, frame: ToClient, nowMs: number): Step {
  const { inside } = place
  switch (frame.type) {
    case 'RoomCreated':
      return { session, outputs: [] }
    case 'RoomJoined':
      return follow(session, inside, enteredRoom(inside, frame, nowMs), [], nowMs)
    case 'Sync':
      // Of a host that leads by itself it means nothing.
      return inside.isHost
        ? { session, outputs: [] }
        : follow(session, inside, heardSync(inside, frame, nowMs), [], nowMs)
    case 'UserJoined': {
      // The server may tell the newcomer nothing.
      const greets: Room = inside.isHost ? { ...place, sayAtMs: nowMs } : place
      return follow({ ...session, place: greets }, inside, joinedRoom(inside, frame.user), [], nowMs)
    }
    case 'UserLeft':
      return follow(session, inside, leftRoom(inside, frame.user_name), [], nowMs)
    case 'Error': {
      const room = withChatLine(inside.room, { kind: 'system', text: frame.message, atMs: nowMs })
      return follow(session, inside, { ...inside, room }, [], nowMs)
    }
  }
}

function command(
  session: FrametogetherClientSession,
  place: Room,
  ask: string,
  asked: RoomCommand,
  nowMs: number,
): Step {
  const { inside } = place
  if (asked.type === 'leave') return { session, outputs: [say({ type: 'Leave' }), { kind: 'done', ask }] }
  if (asked.type !== 'play' && asked.type !== 'pause' && asked.type !== 'seek') {
    return { session, outputs: [no(ask, 'not-allowed')] }
  }
  if (!inside.isHost) return { session, outputs: [no(ask, 'host-controls')] }
  if (!isPlace(asked.positionSec)) return { session, outputs: [no(ask, 'out-of-range')] }
  const { playing } = latestLine(inside.room.timeline)
  // Who presses play in a room that plays wants in, and nobody elsewhere.
  const says = asked.type === 'seek' || playing !== (asked.type === 'play')
  if (!says) return { session, outputs: [{ kind: 'done', ask }] }
  const line = {
    positionSec: asked.positionSec,
    playing: asked.type === 'seek' ? playing : asked.type === 'play',
    atMs: nowMs,
  }
  const room = withLine(inside.room, line, nowMs, { kind: asked.type, memberId: SELF })
  const acting: Room = { ...place, sayAtMs: nowMs }
  return follow({ ...session, place: acting }, inside, { ...inside, room }, [{ kind: 'done', ask }], nowMs)
}

function wake(session: FrametogetherClientSession, nowMs: number): Step {
  const { place } = session
  if (place.at === 'closed' || place.at === 'opening') return { session, outputs: [] }
  if (place.at === 'door' && nowMs >= place.untilMs) return keptOut(refuse('no-answer'))
  const beats = nowMs >= session.beatAtMs
  const beating = beats ? { ...session, beatAtMs: nowMs + BEAT_MS } : session
  const outputs = beats ? [say({ type: 'Heartbeat' })] : []
  if (place.at === 'door') {
    return {
      session: beating,
      outputs: [...outputs, { kind: 'wake', atMs: Math.min(place.untilMs, beating.beatAtMs) }],
    }
  }
  return follow(beating, place.inside, fallenSilent(place.inside, nowMs), outputs, nowMs)
}

/** What has become of the room: told here, and to the server where we lead it. */
function follow(
  session: FrametogetherClientSession,
  before: Inside | undefined,
  after: Inside,
  outputs: readonly ClientOutput[],
  nowMs: number,
): Step {
  const { place } = session
  if (place.at !== 'room') return { session, outputs }
  const told = tellRoom(before?.room, after.room, SELF)
  const bound: ClientOutput[] =
    before?.isHost === after.isHost ? [] : [{ kind: 'bound', boundMs: after.isHost ? 0 : VIEWER_BOUND_MS }]
  const begins = after.isHost && !before?.isHost
  const led = lead({ ...place, inside: after, ...(begins && { sayAtMs: nowMs }) }, nowMs)
  const next = { ...session, place: led.place }
  return {
    session: next,
    outputs: [...outputs, ...told, ...bound, ...led.outputs, alarm(next.place, session.beatAtMs)],
  }
}

/** A host says where it is when something happened, and each second while it plays. */
function lead(place: Room, nowMs: number): { readonly place: Room; readonly outputs: readonly ClientOutput[] } {
  const { sayAtMs, ...rest } = place
  const { room, isHost } = place.inside
  if (!isHost || sayAtMs === undefined) return { place: rest, outputs: [] }
  const dueAtMs = place.saidAtMs === undefined ? sayAtMs : Math.max(sayAtMs, place.saidAtMs + SAY_AT_MOST_EVERY_MS)
  if (dueAtMs > nowMs) return { place: { ...rest, sayAtMs: dueAtMs }, outputs: [] }
  const line = latestLine(room.timeline)
  const state = say({ type: 'State', time: positionAt(line, nowMs), paused: !line.playing })
  const said: Room = { ...rest, saidAtMs: nowMs, ...(line.playing && { sayAtMs: nowMs + SAY_EVERY_MS }) }
  return { place: said, outputs: [state] }
}

function alarm({ inside, sayAtMs }: Room, beatAtMs: number): ClientOutput {
  return { kind: 'wake', atMs: Math.min(beatAtMs, sayAtMs ?? beatAtMs, silentAtMs(inside) ?? beatAtMs) }
}

function keptOut(refusal: Refusal): Step {
  return { session: frametogetherClient.fresh, outputs: [{ kind: 'refused', refusal }] }
}

function unreadable(session: FrametogetherClientSession, why: string): Step {
  return { session, outputs: [{ kind: 'unreadable', why }] }
}

function no(ask: string, code: RefusalCode): ClientOutput {
  return { kind: 'refused', ask, refusal: refuse(code) }
}

function say(frame: ToServer): ClientOutput {
  return { kind: 'send', frame: write(frame) }
}

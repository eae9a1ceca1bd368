/**
 * The client's side of OpenSyncParty: the generation of the document, which answers nothing that it does not like, and the one before, which has codes.
 * Every wait has an end, every message says room and id. Nothing is sent that could harm: no report without a position, none as a viewer.
 */
import type { RoomCommand } from '../../core/room/command'
import { isPlace, withChatLine } from '../../core/room/foreign-room'
import { mayControl } from '../../core/room/permissions'
import { type Refusal, type RefusalCode, refuse } from '../../core/room/refusal'
import { latestLine, positionAt } from '../../core/timeline'
import type { ClientDialect, ClientInput, ClientOutput, JoinWish } from '../client-dialect'
import { tellRoom } from '../tell-room'
import { createPayload, joinPayload, type Kept, keptIn, nameIn, refusalFor, roomFor, socketUrl } from './client-door'
import { enteredRoom, heard, type Inside, isHost, joined, ledBy, left, listed, told } from './client-room'
import { FRESH, type OpensyncpartyClientSession, type Place, type Room, type Step } from './client-session'
import { type Envelope, readEnvelope, readPayload } from './frames'

const GREETING_MS = 500
const PATIENCE_MS = 3_000
const PING_MS = 5_000
const SAY_EVERY_MS = 5_000
const KEPT_TRIPS = 8
const LONGEST_TRIP_MS = 60_000
const MAX_LENGTH = 256 * 1024
/** The host's way here, less the half that we know of ours. */
const VIEWER_BOUND_MS = 500
/** A welcome has the last word of the host, however old; the next comes within 5 s. */
const STALE_BOUND_MS = 5_000

const LEADS: ReadonlySet<RoomCommand['type']> = new Set<RoomCommand['type']>(['play', 'pause', 'seek', 'leave'])
const FOLLOWS: ReadonlySet<RoomCommand['type']> = new Set<RoomCommand['type']>(['leave'])

export const opensyncpartyClient: ClientDialect<OpensyncpartyClientSession> = {
  name: 'opensyncparty',
  clock: 'arrival',
  // Pings are answered.
  silenceMs: 20_000,
  fresh: FRESH,
  step,
  can: (room, self) => (mayControl(room, self) ? LEADS : FOLLOWS),
}

function step(session: OpensyncpartyClientSession, input: ClientInput, nowMs: number): Step {
  const { place } = session
  switch (input.kind) {
    case 'join': {
      if (input.wish.door.kind === 'any') return keptOut(refuse('no-open-room'))
      const opening: OpensyncpartyClientSession = {
        place: { at: 'opening', wish: input.wish },
        kept: keptIn(input.wish, input.server, nowMs),
      }
      return { session: opening, outputs: [{ kind: 'open', url: socketUrl(input.server) }] }
    }
    case 'opened': {
      if (place.at !== 'opening') return { session, outputs: [] }
      const untilMs = nowMs + GREETING_MS
      const listening: Place = { at: 'listening', wish: place.wish, untilMs }
      return { session: { ...session, place: listening }, outputs: [{ kind: 'wake', atMs: untilMs }] }
    }
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
    default:
      return { session, outputs: 'ask' in input ? [no(input.ask, 'not-allowed')] : [] }
  }
}

function handleFrame(
  session: OpensyncpartyClientSession,
  { frame }: Extract<ClientInput, { kind: 'frame' }>,
  nowMs: number,
): Step {
  const { place } = session
  const read = typeof frame === 'string' && frame.length > MAX_LENGTH ? undefined : readEnvelope(frame)
  if (read?.kind !== 'frame') return { session, outputs: [{ kind: 'unreadable', why: 'not of this wire' }] }
  if (place.at === 'listening' && read.frame.type === 'client_hello') return keptOut(refuse('unsupported-version'))
  if (place.at === 'door') return atDoor(session, place, read.frame, nowMs)
  return place.at === 'room' ? inRoom(session, place, read.frame, nowMs) : { session, outputs: [] }
}

function atDoor(
  session: OpensyncpartyClientSession,
  place: Extract<Place, { at: 'door' }>,
  frame: Envelope,
  nowMs: number,
): Step {
  const payload = readPayload(frame.payload)
  if (frame.type === 'error') return keptOut(refusalFor(payload))
  if (frame.type !== 'room_state' || (frame.room !== '' && frame.room !== place.room)) return { session, outputs: [] }
  const { client } = session.kept
  const inside = enteredRoom(undefined, place.room, client, nameIn(place.wish), payload, nowMs)
  const entered: Room = { at: 'room', inside, pingAtMs: nowMs, trips: [] }
  return settle(session, undefined, entered, [], nowMs)
}

function inRoom(session: OpensyncpartyClientSession, place: Room, frame: Envelope, nowMs: number): Step {
  const { inside } = place
  const { self, room } = inside
  const payload = readPayload(frame.payload)
  const become = (next: Inside): Step => settle(session, inside, { ...place, inside: next }, [], nowMs)
  if (frame.type === 'pong') return heardPong(session, place, frame, nowMs)
  if (frame.room !== '' && frame.room !== room.code) return { session, outputs: [] }
  switch (frame.type) {
    case 'room_state':
      return become(enteredRoom(inside, room.code, self, '', payload, nowMs))
    case 'participants_update':
      return become(listed(inside, payload.participants))
    case 'client_joined':
      return frame.client === '' ? { session, outputs: [] } : become(joined(inside, frame.client, payload.name ?? ''))
    case 'client_left':
      return become(left(inside, frame.client))
    case 'host_change':
      return payload.host_id === undefined ? { session, outputs: [] } : become(ledBy(inside, payload.host_id))
    case 'error':
      return become({
        ...inside,
        room: withChatLine(room, { kind: 'system', text: payload.message ?? payload.code ?? '', atMs: nowMs }),
      })
    case 'player_event':
    case 'force_resync':
    case 'state_update':
      // A server of that generation says everything to everybody, whoever said it too.
      return frame.client === self
        ? { session, outputs: [] }
        : become(told(inside, frame, payload, halfOf(place), nowMs))
    default:
      return { session, outputs: [] }
  }
}

function heardPong(session: OpensyncpartyClientSession, place: Room, { payload }: Envelope, nowMs: number): Step {
  const sentMs = (payload as { client_ts?: unknown } | null | undefined)?.client_ts
  // An echo of what we said, and of no other moment.
  if (typeof sentMs !== 'number' || sentMs > nowMs || !(nowMs - sentMs <= LONGEST_TRIP_MS))
    return { session, outputs: [] }
  const trips = [...place.trips, nowMs - sentMs].slice(-KEPT_TRIPS)
  return { session: { ...session, place: { ...place, trips } }, outputs: [] }
}

function halfOf({ trips }: Room): number {
  return trips.length === 0 ? 0 : Math.min(...trips) / 2
}

function command(
  session: OpensyncpartyClientSession,
  place: Room,
  ask: string,
  asked: RoomCommand,
  nowMs: number,
): Step {
  const { inside } = place
  // There is no word for it: whoever leaves closes the socket.
  if (asked.type === 'leave') return { session, outputs: [{ kind: 'done', ask }, { kind: 'close' }] }
  if (asked.type !== 'play' && asked.type !== 'pause' && asked.type !== 'seek')
    return { session, outputs: [no(ask, 'not-allowed')] }
  if (!mayControl(inside.room, inside.self)) return { session, outputs: [no(ask, 'host-controls')] }
  if (!isPlace(asked.positionSec)) return { session, outputs: [no(ask, 'out-of-range')] }
  const was = latestLine(inside.room.timeline).playing
  // Who presses play in a room that plays wants in, and nobody elsewhere.
  if (asked.type !== 'seek' && was === (asked.type === 'play')) return { session, outputs: [{ kind: 'done', ask }] }
  const playing = asked.type === 'seek' ? was : asked.type === 'play'
  const event = say(session, inside, 'player_event', { action: asked.type, position: asked.positionSec }, nowMs)
  // Where a server keeps that for the host alone, the host's next word takes it back.
  const next = heard(inside, { positionSec: asked.positionSec, playing, act: asked.type, by: inside.self }, 0, nowMs)
  return settle(session, inside, { ...place, inside: next }, [event, { kind: 'done', ask }], nowMs)
}

function wake(session: OpensyncpartyClientSession, nowMs: number): Step {
  const { place, kept } = session
  switch (place.at) {
    case 'closed':
    case 'opening':
      return { session, outputs: [] }
    case 'listening':
      return nowMs < place.untilMs
        ? { session, outputs: [{ kind: 'wake', atMs: place.untilMs }] }
        : knock(session, place.wish, nowMs)
    case 'door': {
      if (nowMs < place.untilMs) return { session, outputs: [{ kind: 'wake', atMs: place.untilMs }] }
      // A room that its host has left alone is gone there at once; whoever led it makes it again.
      if (place.by === 'join' && kept.hosts === place.room)
        return knockBy(session, place.wish, place.room, 'create', nowMs)
      return keptOut(refuse(place.by === 'join' ? 'no-such-room' : 'no-answer'))
    }
    case 'room': {
      if (nowMs < place.pingAtMs) return settle(session, place.inside, place, [], nowMs)
      const ping = say(session, place.inside, 'ping', { client_ts: Math.floor(nowMs) }, nowMs)
      return settle(session, place.inside, { ...place, pingAtMs: nowMs + PING_MS }, [ping], nowMs)
    }
  }
}

function knock(session: OpensyncpartyClientSession, wish: JoinWish, nowMs: number): Step {
  const { door } = wish
  return door.kind === 'code'
    ? knockBy(session, wish, door.code.trim(), 'join', nowMs)
    : knockBy(session, wish, roomFor(session.kept), 'create', nowMs)
}

function knockBy(
  session: OpensyncpartyClientSession,
  wish: JoinWish,
  room: string,
  by: 'create' | 'join',
  nowMs: number,
): Step {
  const { kept } = session
  const { door } = wish
  const untilMs = nowMs + PATIENCE_MS
  const payload =
    by === 'create'
      ? createPayload(door.kind === 'new' ? door.create : undefined, nameIn(wish), kept)
      : joinPayload(nameIn(wish), kept, door.kind === 'code' ? door.invite : undefined)
  const frame = { type: `${by}_room`, room, client: kept.client, payload, ts: Math.floor(nowMs) }
  return {
    session: { ...session, place: { at: 'door', wish, room, by, untilMs } },
    outputs: [
      { kind: 'send', frame: JSON.stringify(frame) },
      { kind: 'wake', atMs: untilMs },
    ],
  }
}

/** What has become of the room: told here, and to the server where we lead it. */
function settle(
  session: OpensyncpartyClientSession,
  before: Inside | undefined,
  place: Room,
  outputs: readonly ClientOutput[],
  nowMs: number,
): Step {
  const { inside } = place
  const leads = isHost(inside)
  const { playing } = latestLine(inside.room.timeline)
  const boundMs = leads ? 0 : playing && !inside.isFresh ? STALE_BOUND_MS : VIEWER_BOUND_MS
  const bound: ClientOutput[] = boundMs === place.boundMs ? [] : [{ kind: 'bound', boundMs }]
  const led = lead(session, { ...place, boundMs }, leads, nowMs)
  const known = identify(session, before, inside, leads)
  const next = { ...known.session, place: led.place }
  const alarm: ClientOutput = { kind: 'wake', atMs: Math.min(led.place.pingAtMs, led.place.sayAtMs ?? Infinity) }
  return {
    session: next,
    outputs: [
      ...outputs,
      ...known.outputs,
      ...tellRoom(before?.room, inside.room, inside.self),
      ...bound,
      ...led.outputs,
      alarm,
    ],
  }
}

/** Who led a room may have to make it again: that is kept with who we are. */
function identify(
  session: OpensyncpartyClientSession,
  before: Inside | undefined,
  { room }: Inside,
  leads: boolean,
): Step {
  const { hosts: _, ...rest } = session.kept
  const kept: Kept = leads ? { ...rest, hosts: room.code } : rest
  if (before && kept.hosts === session.kept.hosts) return { session, outputs: [] }
  return { session: { ...session, kept }, outputs: [{ kind: 'identified', token: JSON.stringify(kept) }] }
}

/** A host says where it is every 5 s while it plays; its acts have gone out before. */
function lead(
  session: OpensyncpartyClientSession,
  place: Room,
  leads: boolean,
  nowMs: number,
): { readonly place: Room; readonly outputs: readonly ClientOutput[] } {
  const { sayAtMs, ...rest } = place
  const line = latestLine(place.inside.room.timeline)
  if (!leads || !line.playing) return { place: rest, outputs: [] }
  const dueAtMs = sayAtMs ?? nowMs + SAY_EVERY_MS
  if (dueAtMs > nowMs) return { place: { ...rest, sayAtMs: dueAtMs }, outputs: [] }
  const payload = { position: positionAt(line, nowMs), play_state: 'playing' }
  const update = say(session, place.inside, 'state_update', payload, nowMs)
  return { place: { ...rest, sayAtMs: nowMs + SAY_EVERY_MS }, outputs: [update] }
}

function say(
  { kept }: OpensyncpartyClientSession,
  { room }: Inside,
  type: string,
  payload: unknown,
  nowMs: number,
): ClientOutput {
  const frame = { type, room: room.code, client: kept.client, payload, ts: Math.floor(nowMs) }
  return { kind: 'send', frame: JSON.stringify(frame) }
}

function keptOut(refusal: Refusal): Step {
  return { session: FRESH, outputs: [{ kind: 'refused', refusal }] }
}

function no(ask: string, code: RefusalCode): ClientOutput {
  return { kind: 'refused', ask, refusal: refuse(code) }
}

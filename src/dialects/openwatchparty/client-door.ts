/** The way of our client into an OpenWatchParty room: a token from Jellyfin where the person has a key there, the greeting, who we are, and the door. */
import { refuse } from '../../core/room/refusal'
import { ROOM_LIMITS } from '../../core/room/room'
import type { ClientInput, ClientOutput, JoinWish } from '../client-dialect'
import type { HttpResponse } from '../dialect'
import { socketUrl, tokenUrl } from './address'
import { enteredRoom } from './client-room'
import {
  FRESH,
  nowAt,
  type OpenwatchpartyClientSession,
  type Place,
  type Purpose,
  type Step,
  say,
} from './client-session'
import { readRooms, readTokenAnswer, refusalFor, UNKNOWN_TYPE } from './client-words'
import { type Envelope, readPayload } from './frames'
import { mediaIdOf } from './media'

const PATIENCE_MS = 5_000
/** A room that is not there is answered by nothing. */
const DOOR_MS = 3_000
const FIRST_PING_MS = 200
const ANONYMOUS = 'Anonymous'
const TOKEN_ASK = 'token'

/** Its servers take sockets of Jellyfin's own pages, and of whoever says no origin. */
const HEADERS = { origin: null } as const

type Asked = Extract<ClientInput, { kind: 'join' | 'ask-outside' }>

export function openFor(asked: Asked): Step {
  const { server } = asked
  if (asked.kind === 'join' && asked.wish.account) {
    const account = { url: tokenUrl(server), key: asked.wish.account.password }
    return {
      session: { ...FRESH, account, place: { at: 'token', server, wish: asked.wish } },
      outputs: [fetchToken(account)],
    }
  }
  if (asked.kind === 'ask-outside' && asked.question.type !== 'list-rooms') {
    return { session: FRESH, outputs: [{ kind: 'refused', ask: asked.ask, refusal: refuse('not-allowed') }] }
  }
  return open(
    FRESH,
    server,
    asked.kind === 'join' ? entering(asked.wish, asked.wish.token) : { kind: 'ask', ask: asked.ask },
  )
}

function entering(wish: JoinWish, token: string | undefined): Purpose {
  return { kind: 'enter', wish, ...(token !== undefined && token !== '' && { token }) }
}

function open(session: OpenwatchpartyClientSession, server: string, purpose: Purpose): Step {
  const output: ClientOutput = { kind: 'open', url: socketUrl(server), headers: HEADERS }
  return { session: { ...session, place: { at: 'opening', purpose } }, outputs: [output] }
}

/** With the person's own key, in a header, and to that address alone. */
export function fetchToken({ url, key }: { readonly url: string; readonly key: string }): ClientOutput {
  return { kind: 'fetch', ask: TOKEN_ASK, request: { method: 'GET', url, headers: { 'x-emby-token': key }, body: '' } }
}

export function handleFetched(
  session: OpenwatchpartyClientSession,
  response: HttpResponse | undefined,
  nowMs: number,
): Step {
  const { place, account } = session
  const answer = readTokenAnswer(response)
  const refreshed =
    account && answer?.refreshInMs !== undefined ? { ...account, refreshAtMs: nowMs + answer.refreshInMs } : account
  const known = refreshed ? { ...session, account: refreshed } : session
  if (place.at === 'token') {
    if (!answer) return keptOut(refuse(response ? 'bad-token' : 'no-answer'))
    const wish =
      answer.name !== undefined && place.wish.name === undefined ? { ...place.wish, name: answer.name } : place.wish
    return open(known, place.server, entering(wish, answer.token))
  }
  if (place.at !== 'room' || answer?.token === undefined) return { session: known, outputs: [] }
  return { session: known, outputs: [say('auth', { payload: { token: answer.token } }, nowMs)] }
}

export function knock(session: OpenwatchpartyClientSession, nowMs: number): Step {
  const { place } = session
  if (place.at !== 'opening') return { session, outputs: [] }
  const untilMs = nowMs + PATIENCE_MS
  return {
    session: { ...session, place: { at: 'greeting', purpose: place.purpose, untilMs } },
    outputs: [{ kind: 'wake', atMs: untilMs }],
  }
}

export function atDoor(session: OpenwatchpartyClientSession, frame: Envelope, nowMs: number): Step {
  const { place } = session
  const payload = readPayload(frame.payload)
  switch (place.at) {
    case 'greeting': {
      const { purpose } = place
      const self = payload.client_id ?? frame.client
      if (frame.type === 'client_hello' && self !== undefined && purpose.kind === 'enter')
        return greeted(session, purpose, self, nowMs)
      // The list comes by itself right after the greeting.
      if (frame.type === 'room_list' && purpose.kind === 'ask') {
        const answer = { type: 'rooms', rooms: readRooms(frame.payload) } as const
        return { session, outputs: [{ kind: 'answered', ask: purpose.ask, answer }] }
      }
      return { session, outputs: [] }
    }
    case 'signing-in':
      // The generation before R1 knows no names and asks for no token.
      if (frame.type === 'auth_success' || payload.message === UNKNOWN_TYPE) {
        return goIn(session, place.wish, place.self, payload.user_name, nowMs)
      }
      return frame.type === 'error' ? keptOut(refusalFor(payload.message ?? '')) : { session, outputs: [] }
    case 'door':
      return decided(session, place, frame, nowMs)
    default:
      return { session, outputs: [] }
  }
}

function greeted(
  session: OpenwatchpartyClientSession,
  { wish, token }: Extract<Purpose, { kind: 'enter' }>,
  self: string,
  nowMs: number,
): Step {
  const { name } = wish
  const who = { ...(token !== undefined && { token }), ...(name !== undefined && { user_name: name }) }
  const auth = Object.keys(who).length > 0 ? [say('auth', { payload: who }, nowMs)] : []
  const ping = say('ping', { payload: { client_ts: Math.floor(nowMs) } }, nowMs)
  const pinged = { ...session, pings: 1, pingAtMs: nowMs + FIRST_PING_MS }
  const known: ClientOutput = { kind: 'identified', token: token ?? '' }
  if (token === undefined) {
    const inside = goIn(pinged, wish, self, undefined, nowMs)
    return { session: inside.session, outputs: [known, ...auth, ping, ...inside.outputs] }
  }
  const untilMs = nowMs + PATIENCE_MS
  return {
    session: { ...pinged, place: { at: 'signing-in', wish, token, self, untilMs } },
    outputs: [known, ...auth, ping, { kind: 'wake', atMs: untilMs }],
  }
}

function goIn(
  session: OpenwatchpartyClientSession,
  wish: JoinWish,
  self: string,
  knownAs: string | undefined,
  nowMs: number,
): Step {
  const { door } = wish
  const name = (wish.name ?? knownAs ?? ANONYMOUS).slice(0, ROOM_LIMITS.nameLength)
  const untilMs = nowMs + DOOR_MS
  const at: Place = {
    at: 'door',
    self,
    name,
    door: door.kind,
    untilMs,
  }
  const wakes: ClientOutput = { kind: 'wake', atMs: untilMs }
  return { session: { ...session, place: at }, outputs: [knockAt(door, self, name, nowMs), wakes] }
}

function knockAt(door: JoinWish['door'], self: string, name: string, nowMs: number): ClientOutput {
  switch (door.kind) {
    case 'new': {
      const { media, positionSec } = door.create
      const mediaId = mediaIdOf(media)
      const payload = { start_pos: positionSec, ...(mediaId !== null && { media_id: mediaId }), user_name: name }
      return say('create_room', { client: self, payload }, nowMs)
    }
    case 'code':
      return say('join_room', { room: door.code.trim(), client: self, payload: { user_name: name } }, nowMs)
    case 'any':
      return say('list_rooms', {}, nowMs)
  }
}

function decided(
  session: OpenwatchpartyClientSession,
  place: Extract<Place, { at: 'door' }>,
  frame: Envelope,
  nowMs: number,
): Step {
  const payload = readPayload(frame.payload)
  if (frame.type === 'error') {
    return payload.message === UNKNOWN_TYPE ? { session, outputs: [] } : keptOut(refusalFor(payload.message ?? ''))
  }
  if (frame.type === 'room_state' && frame.room !== undefined) {
    const inside = enteredRoom(undefined, place.self, place.name, frame, payload, nowAt(session, nowMs))
    return { session: { ...session, place: { at: 'room', inside, pending: [] } }, outputs: [] }
  }
  if (frame.type !== 'room_list' || place.door !== 'any') return { session, outputs: [] }
  const free = readRooms(frame.payload).find(({ members, capacity }) => members < capacity)
  if (!free) return keptOut(refuse('no-open-room'))
  const next: Place = { ...place, door: 'code' }
  return {
    session: { ...session, place: next },
    outputs: [knockAt({ kind: 'code', code: free.code }, place.self, place.name, nowMs)],
  }
}

function keptOut(refusal: ReturnType<typeof refuse>): Step {
  return { session: FRESH, outputs: [{ kind: 'refused', refusal }] }
}

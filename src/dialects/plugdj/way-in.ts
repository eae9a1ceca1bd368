/**
 * From the wish to be in a community to its copy: a cookie, a login where somebody has an account, a token, the socket, who one is, joining, the state.
 * Every request goes to the host that the person typed, and so does a password; nothing is asked twice. Pure.
 */
import type { RefusalCode } from '../../core/room/refusal'
import { refuse } from '../../core/room/refusal'
import type { ClientInput, ClientOutput, JoinWish } from '../client-dialect'
import type { HttpResponse } from '../dialect'
import { enteredRoom, heardEvents, type Inside } from './client-room'
import type { Call } from './client-words'
import {
  type Answered,
  type HeardUser,
  readAnswer,
  readInit,
  readMade,
  readPageTime,
  readState,
  readToken,
  readUser,
} from './client-words'
import { type Heard, type ToServer, writeToServer } from './frames'

export type Way = {
  readonly at: 'way'
  readonly step: Step
  readonly server: string
  readonly wish: JoinWish
  readonly sentMs: number
  /** From here on nobody waits any longer. */
  readonly untilMs: number
  /** Server time less own time, and how well that is known. */
  readonly offsetMs: number
  readonly boundMs: number
  readonly token?: string
  readonly slug?: string
  readonly me?: HeardUser
  /** What was told since the state was asked for. */
  readonly heard: readonly Heard[]
}

type Step = 'init' | 'login' | 'page' | 'token' | 'socket' | 'ack' | 'me' | 'make' | 'join' | 'free' | 'state'

export type OnTheWay =
  | { readonly kind: 'goes-on'; readonly way: Way; readonly outputs: readonly ClientOutput[] }
  | { readonly kind: 'in'; readonly way: Way; readonly inside: Inside }
  | { readonly kind: 'out'; readonly outputs: readonly ClientOutput[] }

/** The original gives a socket ten seconds, and so it gets. */
const PATIENCE_MS = 10_000
/** Where nobody says what time it is. */
const UNKNOWN_BOUND_MS = 5_000
const STAMP_BOUND_MS = 50
const MAX_HEARD = 200
/** Kept by who has an account there: the browser's cookie says the rest. */
export const HAS_ACCOUNT = 'account'
const IS_GUEST = 'guest'

export const requestUrl = (server: string, path: string): string => `${server.replace(/\/+$/, '')}/_/${path}`

export function request(ask: string, server: string, { method, path, body }: Call): ClientOutput {
  return {
    kind: 'fetch',
    ask,
    request: {
      method,
      url: requestUrl(server, path),
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : '',
    },
  }
}

/** The only place that makes a frame: a known shape, and whole seconds. */
export function frame(said: ToServer, nowMs: number): ClientOutput {
  return { kind: 'send', frame: writeToServer(said, nowMs) }
}

const hasAccount = ({ account, token }: JoinWish): boolean => account !== undefined || token === HAS_ACCOUNT

export function setOut(server: string, wish: JoinWish, nowMs: number): OnTheWay {
  if (wish.door.kind === 'any') return out('no-open-room')
  const way: Way = {
    at: 'way',
    step: 'init',
    server,
    wish,
    sentMs: nowMs,
    untilMs: nowMs,
    offsetMs: 0,
    boundMs: UNKNOWN_BOUND_MS,
    heard: [],
  }
  return hasAccount(wish) ? calls(way, 'init', { method: 'GET', path: 'mobile/init' }, nowMs) : asGuest(way, nowMs)
}

function asGuest(way: Way, nowMs: number): OnTheWay {
  const url = `${way.server.replace(/\/+$/, '')}/plug-socket-test`
  const output: ClientOutput = { kind: 'fetch', ask: 'page', request: { method: 'GET', url, headers: {}, body: '' } }
  return goesOn({ ...way, step: 'page', sentMs: nowMs }, nowMs, output)
}

function calls(way: Way, step: Step, call: Call, nowMs: number): OnTheWay {
  return goesOn({ ...way, step, sentMs: nowMs }, nowMs, request(step, way.server, call))
}

function goesOn(way: Way, nowMs: number, ...outputs: readonly ClientOutput[]): OnTheWay {
  const untilMs = nowMs + PATIENCE_MS
  return { kind: 'goes-on', way: { ...way, untilMs }, outputs: [...outputs, { kind: 'wake', atMs: untilMs }] }
}

function out(code: RefusalCode, ...before: readonly ClientOutput[]): OnTheWay {
  return { kind: 'out', outputs: [...before, { kind: 'refused', refusal: refuse(code) }, { kind: 'close' }] }
}

export function fetched(
  way: Way,
  { ask, response }: Extract<ClientInput, { kind: 'fetched' }>,
  nowMs: number,
): OnTheWay {
  // An answer that nobody waits for any more.
  if (ask !== way.step) return { kind: 'goes-on', way, outputs: [] }
  if (!response) return out('no-answer')
  if (ask === 'page') return shownPage(way, response, nowMs)
  const answered = readAnswer(response.body)
  return answered ? answeredStep(way, answered, nowMs) : out('server-error')
}

function shownPage(way: Way, { body }: HttpResponse, nowMs: number): OnTheWay {
  return askToken(withTime(way, readPageTime(body), nowMs), nowMs)
}

/** The answer was made somewhere between. */
function withTime(way: Way, serverMs: number | undefined, nowMs: number): Way {
  if (serverMs === undefined) return way
  const tripMs = Math.max(0, nowMs - way.sentMs)
  return { ...way, offsetMs: serverMs - (way.sentMs + tripMs / 2), boundMs: Math.ceil(tripMs / 2 + STAMP_BOUND_MS) }
}

function askToken(way: Way, nowMs: number): OnTheWay {
  return calls(way, 'token', { method: 'GET', path: 'auth/token' }, nowMs)
}

function answeredStep(way: Way, answered: Answered, nowMs: number): OnTheWay {
  const { account } = way.wish
  switch (way.step) {
    case 'init': {
      const init = answered.ok ? readInit(answered) : undefined
      if (!init) return out('server-error')
      const timed = withTime(way, init.t ?? undefined, nowMs)
      if (!account) return askToken(timed, nowMs)
      const body = { csrf: init.c, email: account.login, password: account.password }
      return calls(timed, 'login', { method: 'POST', path: 'auth/login', body }, nowMs)
    }
    case 'login':
      if (answered.ok) return askToken(way, nowMs)
      return out(answered.status === 'badLogin' ? 'wrong-login' : 'server-error')
    case 'token': {
      const token = answered.ok ? readToken(answered) : undefined
      if (token === undefined) {
        // The cookie of an account counts no more: nobody is kept who has to sign in again.
        return out(account ? 'server-error' : 'bad-token', { kind: 'identified', token: IS_GUEST })
      }
      const url = `${way.server.replace(/\/+$/, '').replace(/^http/i, 'ws')}/socket`
      const opens: ClientOutput = { kind: 'open', url, headers: { Origin: 'https://plug.dj' } }
      return goesOn({ ...way, step: 'socket', token }, nowMs, opens)
    }
    case 'me': {
      const me = answered.ok ? readUser(answered) : undefined
      // A guest may be nobody to that call.
      const known = { ...way, me: me ?? {} }
      if (!me && hasAccount(way.wish)) return out('server-error')
      return knock(known, nowMs)
    }
    case 'make': {
      const made = answered.ok ? readMade(answered) : undefined
      return made ? join({ ...way, slug: made.slug }, nowMs) : out('not-allowed')
    }
    case 'join':
      if (answered.ok) return calls({ ...way, heard: [] }, 'state', { method: 'GET', path: 'rooms/state' }, nowMs)
      if (answered.status !== 'notAuthorized') return out('no-such-room')
      // The same word for a room that is not there and for one that is closed to them: a name that is free tells.
      return calls(way, 'free', { method: 'GET', path: `rooms/validate/${encodeURIComponent(way.slug ?? '')}` }, nowMs)
    case 'free':
      return out(answered.ok ? 'no-such-room' : 'not-allowed')
    case 'state': {
      const state = answered.ok ? readState(answered) : undefined
      if (!state) return out('server-error')
      const slug = state.meta.slug ?? way.slug ?? ''
      const { offsetMs } = way
      const inside = enteredRoom(state, way.me ?? {}, { slug, offsetMs, hasAccount: hasAccount(way.wish) }, nowMs)
      return { kind: 'in', way, inside: heardEvents(inside, way.heard, nowMs) }
    }
    case 'page':
    case 'socket':
    case 'ack':
      return { kind: 'goes-on', way, outputs: [] }
  }
}

function knock(way: Way, nowMs: number): OnTheWay {
  const { door } = way.wish
  if (door.kind === 'code') return join({ ...way, slug: door.code.trim() }, nowMs)
  if (door.kind === 'any') return out('no-open-room')
  const { listed = false, shown } = door.create.settings ?? {}
  const body = { name: shown?.title || 'A room', private: !listed }
  return calls(way, 'make', { method: 'POST', path: 'rooms', body }, nowMs)
}

function join(way: Way, nowMs: number): OnTheWay {
  return calls(way, 'join', { method: 'POST', path: 'rooms/join', body: { slug: way.slug } }, nowMs)
}

/** The original would not wait. */
export function opened(way: Way, nowMs: number): OnTheWay {
  if (way.step !== 'socket' || way.token === undefined) return { kind: 'goes-on', way, outputs: [] }
  return goesOn({ ...way, step: 'ack' }, nowMs, frame({ a: 'auth', p: way.token }, nowMs))
}

export function heard(way: Way, events: readonly Heard[], nowMs: number): OnTheWay {
  // A number in the document, a text in the living system.
  const isAck = events.some(({ a, p }) => a === 'ack' && (p === '1' || p === 1))
  if (way.step === 'ack') {
    if (!isAck) return { kind: 'goes-on', way, outputs: [] }
    const kept: ClientOutput = { kind: 'identified', token: hasAccount(way.wish) ? HAS_ACCOUNT : IS_GUEST }
    const next = calls(way, 'me', { method: 'GET', path: 'users/me' }, nowMs)
    return next.kind === 'goes-on' ? { ...next, outputs: [kept, ...next.outputs] } : next
  }
  return way.step === 'state'
    ? { kind: 'goes-on', way: { ...way, heard: [...way.heard, ...events].slice(-MAX_HEARD) }, outputs: [] }
    : { kind: 'goes-on', way, outputs: [] }
}

export function woke(way: Way, nowMs: number): OnTheWay {
  return nowMs >= way.untilMs
    ? out('no-answer')
    : { kind: 'goes-on', way, outputs: [{ kind: 'wake', atMs: way.untilMs }] }
}

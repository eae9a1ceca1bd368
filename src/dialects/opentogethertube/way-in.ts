/**
 * The way to a room of a server of this wire, before there is a socket: a token, a name to be called by, a room where none was named.
 * Plain requests, each as seldom as can be: that system counts them.
 */
import { type RefusalCode, refuse } from '../../core/room/refusal'
import type { ClientOutput, JoinWish } from '../client-dialect'
import type { HttpResponse } from '../dialect'
import type { Answer } from './client-asks'
import { type Inside, outsideOf } from './client-room'
import { readGrant, readMade } from './server-frames'
import { ROOM_NAME, type Status } from './wire'

export type OpenTogetherTubeClientSession = {
  readonly place: Place
  readonly server: string
  readonly token?: string
  /** No plain request before: the system said so. */
  readonly quietUntilMs?: number
}

type Place =
  | { readonly at: 'closed' }
  /** Plain requests on the way in. */
  | { readonly at: 'asking'; readonly wish: JoinWish; readonly isKnown: boolean }
  | { readonly at: 'opening'; readonly inside: Inside; readonly isKnown: boolean }
  /** `auth` is said; who we are comes last of what is told then. */
  | { readonly at: 'door'; readonly inside: Inside; readonly untilMs: number; readonly isKnown: boolean }
  | Room

export type Room = {
  readonly at: 'room'
  readonly inside: Inside
  readonly asked: readonly Waiting[]
  /** What was said of the player last, and what is to be said, when. */
  readonly said?: { readonly status: Status; readonly atMs: number; readonly answered: boolean }
  readonly toSay?: { readonly status: Status; readonly atMs: number }
}

export type Waiting = {
  readonly ask: string
  readonly answer: Answer
  readonly sinceMs: number
  readonly untilMs: number
}

export const FRESH: OpenTogetherTubeClientSession = { place: { at: 'closed' }, server: '' }

const FETCH = { grant: 'grant', name: 'name', make: 'make' } as const

export type Step = { readonly session: OpenTogetherTubeClientSession; readonly outputs: readonly ClientOutput[] }

export function join(server: string, wish: JoinWish, nowMs: number): Step {
  const { door, token } = wish
  if (door.kind === 'any') return keptOut('no-open-room')
  if (door.kind === 'code' && !ROOM_NAME.test(door.code)) return keptOut('no-such-room')
  const base = { server: server.replace(/\/+$/, '') }
  if (!token) {
    const session = { ...base, place: { at: 'asking', wish, isKnown: false } as const }
    return { session, outputs: [fetch(session, FETCH.grant, 'GET', '/api/auth/grant')] }
  }
  return withToken({ ...base, token, place: { at: 'asking', wish, isKnown: true } }, wish, true, nowMs)
}

/** One is called as one wishes before one is seen. */
function withToken(session: OpenTogetherTubeClientSession, wish: JoinWish, isKnown: boolean, nowMs: number): Step {
  if (wish.name !== undefined && wish.seen === undefined) {
    return {
      session: { ...session, place: { at: 'asking', wish, isKnown } },
      outputs: [fetch(session, FETCH.name, 'POST', '/api/user', { username: wish.name })],
    }
  }
  return toRoom(session, wish, isKnown, nowMs)
}

function toRoom(session: OpenTogetherTubeClientSession, wish: JoinWish, isKnown: boolean, nowMs: number): Step {
  if (wish.door.kind === 'code') return dial(session, wish.door.code, wish, isKnown, nowMs)
  return { session, outputs: [fetch(session, FETCH.make, 'POST', '/api/room/generate', {})] }
}

export function fetched(
  session: OpenTogetherTubeClientSession,
  ask: string,
  response: HttpResponse | undefined,
  nowMs: number,
): Step {
  const { place } = session
  if (place.at !== 'asking') return { session, outputs: [] }
  const { wish, isKnown } = place
  if (!response) return keptOut('no-answer')
  if (response.status === 429 && ask !== FETCH.name) return keptOut('too-fast')
  switch (ask) {
    case FETCH.grant: {
      const token = response.status === 200 ? readGrant(response.body) : undefined
      if (token === undefined) return keptOut('no-answer')
      const next = withToken({ ...session, token }, wish, false, nowMs)
      return { ...next, outputs: [{ kind: 'identified', token }, ...next.outputs] }
    }
    case FETCH.name:
      // A token that is not known there any more: a new one, once.
      if (response.status === 401 && isKnown) return join(session.server, { ...wish, token: '' }, nowMs)
      return toRoom(session, wish, isKnown, nowMs)
    case FETCH.make: {
      if (response.status === 401 && isKnown) return join(session.server, { ...wish, token: '' }, nowMs)
      const name = response.status === 201 ? readMade(response.body) : undefined
      return name === undefined ? keptOut('server-error') : dial(session, name, wish, isKnown, nowMs)
    }
    default:
      return { session, outputs: [] }
  }
}

function dial(
  session: OpenTogetherTubeClientSession,
  name: string,
  wish: JoinWish,
  isKnown: boolean,
  nowMs: number,
): Step {
  const again = wish.seen === undefined ? '' : '?reconnect=true'
  const url = `${session.server.replace(/^http/i, 'ws')}/api/room/${encodeURIComponent(name)}${again}`
  return {
    session: { ...session, place: { at: 'opening', inside: outsideOf(name, nowMs), isKnown } },
    outputs: [{ kind: 'open', url }],
  }
}

export function keptOut(code: RefusalCode): Step {
  return { session: FRESH, outputs: [{ kind: 'refused', refusal: refuse(code) }] }
}

export function fetch(
  { server, token }: Pick<OpenTogetherTubeClientSession, 'server' | 'token'>,
  ask: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): ClientOutput {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  return {
    kind: 'fetch',
    ask,
    request: { method, url: `${server}${path}`, headers, body: body ? JSON.stringify(body) : '' },
  }
}

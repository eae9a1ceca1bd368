/**
 * Requests of this wire: which route they mean, whether the asker may take it, and the answer where there is no such route.
 * Who asks is found out first; until that is known a request waits in the session.
 */
import { fault, NOT_AUTHORIZED, NOT_IN_ROOM } from './envelope'
import { AUTH_ROUTES, GUEST_PAGES, showGuestPage } from './rest-auth'
import { BOOTH_ROUTES } from './rest-booth'
import { FRIEND_ROUTES } from './rest-friends'
import { PEOPLE_ROUTES } from './rest-people'
import { PERSON_ROUTES } from './rest-person'
import { PLAYLIST_ROUTES } from './rest-playlists'
import { ROOM_ROUTES } from './rest-rooms'
import { bodyOf, cookieOf, type Route } from './route'
import type { Asked } from './session'
import type { Turn } from './turn'

export const PREFIX = '/_/'

const ROUTES: readonly Route[] = [
  ...AUTH_ROUTES,
  ...PERSON_ROUTES,
  ...PLAYLIST_ROUTES,
  ...FRIEND_ROUTES,
  ...ROOM_ROUTES,
  ...BOOTH_ROUTES,
  ...PEOPLE_ROUTES,
]

/** The first calls of a client, which come without a cookie and give one. */
export function isFirst({ path, method }: Asked['request']): boolean {
  return GUEST_PAGES.includes(path) || (method === 'GET' && path === `${PREFIX}mobile/init`)
}

type Found = { readonly route: Route; readonly params: readonly string[] }

function find(method: string, path: string): Found | undefined {
  const parts = path.slice(PREFIX.length).replace(/\/+$/, '').split('/')
  let found: Found | undefined
  for (const route of ROUTES) {
    if (route.method !== method || route.path.length !== parts.length) continue
    const params = route.path.flatMap((part, index) => (part === ':' ? [decoded(parts[index] ?? '')] : []))
    const isIt = route.path.every((part, index) => part === ':' || part === parts[index])
    // What is named counts before what stands for anything: `users/me` is nobody's number.
    if (isIt && (!found || params.length < found.params.length)) found = { route, params }
  }
  return found
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

export function answerRequest(turn: Turn, asked: Asked): void {
  const { ask, atMs, request } = asked
  const to = { ask, atMs }
  const { who, seat } = turn.session()
  if (GUEST_PAGES.includes(request.path)) return showGuestPage(turn, to)
  const found = find(request.method.toUpperCase(), request.path)
  if (!found) return turn.put(fault(to, turn.nowMs, 'notFound', 'There is nothing here.'))
  const { route, params } = found
  if (route.who !== 'anybody' && !who?.isKnown) return turn.put(fault(to, turn.nowMs, 'notAuthorized', NOT_AUTHORIZED))
  if (route.who === 'account' && who?.account === undefined) {
    return turn.put(fault(to, turn.nowMs, 'notAuthorized', NOT_AUTHORIZED))
  }
  if (route.who === 'seat' && !seat) return turn.put(fault(to, turn.nowMs, 'requestError', NOT_IN_ROOM))
  const call = { to, params, query: request.query, cookie: cookieOf(request.headers) }
  const wrong = route.run(turn, call, bodyOf(asked))
  if (wrong !== undefined) turn.put(fault(to, turn.nowMs, 'requestError', wrong))
}

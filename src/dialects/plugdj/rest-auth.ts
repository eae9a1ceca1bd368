/**
 * Getting in: the first request of every client, login and sign-up, the token for the socket, going away.
 * A session is known by its cookie, which is the token that says who somebody is; the same token is said on the socket.
 */
import * as z from 'zod/mini'
import { answer, fault, guestPage } from './envelope'
import { type Call, type Route, route, text } from './route'
import type { Who } from './session'
import { timestampOf } from './timestamp'
import type { Turn } from './turn'

/** Enough of it that nobody guesses it, and too little to be somebody. */
export function csrfOf(token: string): string {
  return token.slice(-20)
}

const A_MONTH_SEC = 30 * 24 * 3600

export function cookieFor({ token }: Who): string {
  return `session=${token}; Path=/; Max-Age=${A_MONTH_SEC}; HttpOnly; SameSite=Lax`
}

const GONE_COOKIE = 'session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'

const csrf = text(200)
const login = z.object({ csrf, email: text(254), password: text(1000) })
const signUp = z.object({
  csrf,
  username: text(100),
  email: text(254),
  password: text(1000),
  response: z.optional(z.unknown()),
})

function isForged({ session }: Turn, { cookie }: Call, shown: string): boolean {
  return cookie === undefined || !session().who?.isKnown || shown !== csrfOf(cookie)
}

function greet(turn: Turn, call: Call, tell: (who: Who) => void): void {
  const { who } = turn.session()
  if (who) tell(who)
  else turn.put(fault(call.to, turn.nowMs, 'notAuthorized'))
}

export const AUTH_ROUTES: readonly Route[] = [
  route('GET', 'mobile/init', 'anybody', (turn, call) =>
    greet(turn, call, (who) => {
      const data = [{ c: csrfOf(who.token), t: timestampOf(turn.nowMs) }]
      turn.put(answer(call.to, turn.nowMs, data, { 'set-cookie': cookieFor(who) }))
    }),
  ),
  route(
    'POST',
    'auth/login',
    'person',
    (turn, call, { csrf: shown, email, password }) => {
      if (isForged(turn, call, shown)) return turn.put(fault(call.to, turn.nowMs, 'csrfTokenInvalid'))
      turn.ask({ kind: 'sign-in', login: email, password }, { next: 'sign-in', to: call.to })
    },
    login,
  ),
  route(
    'POST',
    'users/signup',
    'person',
    (turn, call, { csrf: shown, username, email, password }) => {
      if (isForged(turn, call, shown)) return turn.put(fault(call.to, turn.nowMs, 'csrfTokenInvalid'))
      turn.ask({ kind: 'sign-up', login: email, name: username, password }, { next: 'sign-up', to: call.to })
    },
    signUp,
  ),
  route('GET', 'auth/token', 'person', (turn, call) =>
    greet(turn, call, ({ token }) => turn.put(answer(call.to, turn.nowMs, [token]))),
  ),
  route('DELETE', 'auth/session', 'person', (turn, call) => {
    turn.put(answer(call.to, turn.nowMs, [], { 'set-cookie': GONE_COOKIE }))
    if (turn.session().isLive) {
      turn.say({ a: 'killSession', p: {}, onDashboard: true })
      turn.put({ kind: 'close', code: 1000, reason: 'signed out' })
    }
  }),
  route('POST', 'auth/facebook', 'person', (turn, call) =>
    turn.put(fault(call.to, turn.nowMs, 'requestError', 'Nobody signs in here by another company.')),
  ),
  route('POST', 'auth/reset/me', 'person', (turn, call) =>
    turn.put(fault(call.to, turn.nowMs, 'requestError', 'This server sends no mail.')),
  ),
]

/** Pages that guests read to get a cookie. */
export const GUEST_PAGES: readonly string[] = ['/plug-socket-test', '/plugcubed']

export function showGuestPage(turn: Turn, to: Call['to']): void {
  const { who } = turn.session()
  if (who) turn.put(guestPage(to, timestampOf(turn.nowMs), cookieFor(who)))
}

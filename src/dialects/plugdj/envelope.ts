/**
 * How requests of this wire are answered: JSON in an envelope, an error by a keyword in `status`, and never HTML where JSON is awaited.
 * The status of HTTP goes along with it; clients look at either. Knows no routes.
 */
import type { Refusal, RefusalCode } from '../../core/room/refusal'
import type { HttpResponse } from '../dialect'
import type { ServerOutput } from '../server-dialect'
import type { Waiting } from './session'

export type Status = keyof typeof HTTP

const HTTP = {
  ok: 200,
  requestError: 400,
  csrfTokenInvalid: 403,
  badLogin: 401,
  notAuthorized: 403,
  notFound: 404,
  noValidPlaylist: 400,
  roomMismatch: 400,
  userNotInBooth: 400,
  boothFull: 400,
  floodAPI: 429,
  serverError: 500,
} as const

export const NOT_AUTHORIZED = 'You are not authorized to access this resource.'
export const NOT_IN_ROOM = 'not in a room.'

export function answer(
  { ask, atMs }: Waiting,
  nowMs: number,
  data: readonly unknown[] = [],
  headers: Readonly<Record<string, string>> = {},
): Extract<ServerOutput, { kind: 'respond' }> {
  return { kind: 'respond', ask, response: enveloped('ok', data, nowMs - atMs, headers) }
}

export function fault(
  { ask, atMs }: Waiting,
  nowMs: number,
  status: Exclude<Status, 'ok'>,
  sentence?: string,
): Extract<ServerOutput, { kind: 'respond' }> {
  return { kind: 'respond', ask, response: enveloped(status, sentence === undefined ? [] : [sentence], nowMs - atMs) }
}

export function refusalAnswer(
  to: Waiting,
  refusal: Refusal,
  nowMs: number,
): Extract<ServerOutput, { kind: 'respond' }> {
  const status = STATUS_OF[refusal.code] ?? 'requestError'
  const sentence =
    status === 'notAuthorized' ? NOT_AUTHORIZED : refusal.code === 'not-in-room' ? NOT_IN_ROOM : refusal.sentence
  return fault(to, nowMs, status, sentence)
}

/** The page that guests read, for nothing but its cookie and the time. */
export function guestPage({ ask }: Waiting, timestamp: string, cookie: string): ServerOutput {
  const body = `<!DOCTYPE html>\n<title>Tutti</title>\n<script>var _st="${timestamp}"</script>\n`
  const headers = { 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookie }
  return { kind: 'respond', ask, response: { status: 200, headers, body } }
}

function enveloped(
  status: Status,
  data: readonly unknown[],
  tookMs: number,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status: HTTP[status],
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify({ data, meta: {}, status, time: (Math.max(0, tookMs) / 1000).toFixed(3) }),
  }
}

const STATUS_OF: Readonly<Partial<Record<RefusalCode, Exclude<Status, 'ok'>>>> = {
  'no-such-room': 'notFound',
  'no-such-person': 'notFound',
  'no-such-playlist': 'notFound',
  'not-allowed': 'notAuthorized',
  'not-over-them': 'notAuthorized',
  'host-only': 'notAuthorized',
  'host-controls': 'notAuthorized',
  'booth-locked': 'notAuthorized',
  'guests-not-allowed': 'notAuthorized',
  'password-needed': 'notAuthorized',
  'account-needed': 'notAuthorized',
  banned: 'notAuthorized',
  'bad-token': 'notAuthorized',
  'too-fast': 'floodAPI',
  'too-many-joins': 'floodAPI',
  'too-many-tries': 'floodAPI',
  'server-error': 'serverError',
}

/** How plain requests are answered: the bodies and status codes of this wire. Knows no room and nobody's name. */
import type { Refusal } from '../../core/room/refusal'
import type { HttpResponse } from '../dialect'

/** As long as that system keeps a guest's. */
const COOKIE_SEC = 14 * 24 * 3600

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}

export function failed(status: number, name: string, message: string): HttpResponse {
  const wait: Readonly<Record<string, string>> = status === 429 ? { 'retry-after': '60' } : {}
  return json(status, { success: false, error: { name, message } }, wait)
}

export const SUCCESS = json(200, { success: true })
export const NO_TOKEN = failed(400, 'MissingToken', 'Missing auth token. Get a token from /api/auth/grant first.')
export const BAD_TOKEN = failed(
  401,
  'MissingToken',
  'Missing valid auth token. Get a token from /api/auth/grant first.',
)
export const NO_ROOM = failed(404, 'RoomNotFoundException', 'Room not found')
export const NO_VIDEO = failed(404, 'VideoNotFoundException', 'The video was not found.')
export const NOT_HERE = failed(404, 'NotFound', 'There is no such call.')
export const NOT_ALLOWED = failed(403, 'PermissionDeniedException', 'Nobody may do this here.')

export function misshapen(path: string): HttpResponse {
  return failed(400, 'ZodValidationError', `Validation error: Invalid${path === '' ? '' : ` at "${path}"`}`)
}

export function cookieFor(token: string): Readonly<Record<string, string>> {
  return { 'set-cookie': `token=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${COOKIE_SEC}` }
}

/** `name` is what was asked for. */
export function refused({ code, sentence }: Refusal, name: string): HttpResponse {
  switch (code) {
    case 'no-such-room':
    case 'room-closed':
      return NO_ROOM
    case 'alias-taken':
      return failed(400, 'RoomNameTakenException', `The room "${name}" is taken.`)
    case 'bad-alias':
      return misshapen('name')
    case 'wrong-login':
      return failed(401, 'IncorrectPasswordException', sentence)
    case 'login-taken':
      return failed(400, 'UserAlreadyExistsException', sentence)
    case 'already-queued':
      return failed(400, 'VideoAlreadyQueuedException', 'Video(s) are already in the queue')
    case 'no-such-item':
      return NO_VIDEO
    case 'not-in-room':
      return failed(400, 'ClientNotFoundInRoomException', sentence)
    case 'not-allowed':
    case 'host-controls':
    case 'host-only':
    case 'not-over-them':
    case 'banned':
    case 'account-needed':
      return failed(403, 'PermissionDeniedException', sentence)
    case 'too-fast':
    case 'too-many-joins':
    case 'too-many-rooms':
    case 'too-many-tries':
      return failed(429, 'RateLimitException', sentence)
    case 'server-error':
      return failed(500, 'Error', sentence)
    default:
      return failed(400, 'BadApiArgumentException', sentence)
  }
}

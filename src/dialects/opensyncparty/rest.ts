/**
 * The plain requests of this wire: a fresh token for whoever has one, and invites for rooms, in the spelling of either generation.
 * Pure: it reads what is asked and spells what is answered; tokens are checked and signed by the shell.
 */
import * as z from 'zod/mini'
import type { HttpRequest, HttpResponse } from '../dialect'
import { readJson } from '../read-json'
import { ERRORS, type ErrorCode } from './says'

export type Call = {
  readonly kind: 'token' | 'plugin-invite' | 'invite'
  readonly room: string
  readonly forMs: number
}

export const PATHS = ['/OpenSyncParty/token', '/OpenSyncParty/invite', '/invite'] as const
const KINDS: Readonly<Record<string, Call['kind']>> = {
  '/OpenSyncParty/token': 'token',
  '/OpenSyncParty/invite': 'plugin-invite',
  '/invite': 'invite',
}
const LIFE_SEC = 3_600

const seconds = z.optional(z.number().check(z.gte(1), z.lte(31 * 24 * 3600)))
const body = z.object({
  room: z.optional(z.string().check(z.trim(), z.maxLength(200))),
  expires_in: seconds,
  expiresInSeconds: seconds,
})

export type ReadCall =
  | { readonly kind: 'call'; readonly call: Call; readonly token: string }
  | { readonly kind: 'answer'; readonly response: HttpResponse }

export function readCall(request: HttpRequest, hasSecret: boolean): ReadCall {
  const kind = Object.hasOwn(KINDS, request.path) ? KINDS[request.path] : undefined
  const answer = (status: number, code: ErrorCode): ReadCall => ({ kind: 'answer', response: sayNo(status, code) })
  if (!kind) return answer(404, 'unknown_type')
  if (request.method === 'OPTIONS') return { kind: 'answer', response: { status: 204, headers: HEADERS, body: '' } }
  if (request.method !== 'POST') return answer(405, 'bad_request')
  if (!hasSecret) return answer(400, 'invite_disabled')
  const token = /^Bearer\s+(\S{1,8192})$/i.exec(request.headers['authorization'] ?? '')?.[1]
  if (token === undefined) return answer(401, 'auth_required')
  const json = request.body.trim() === '' ? { value: {} } : readJson(request.body)
  if (!json) return answer(400, 'bad_json')
  const read = body.safeParse(json.value)
  if (!read.success || (kind !== 'token' && !read.data.room)) return answer(400, 'bad_request')
  const { room = '', expires_in: expiresIn, expiresInSeconds } = read.data
  const lifeSec = kind === 'token' ? LIFE_SEC : (expiresIn ?? expiresInSeconds ?? LIFE_SEC)
  return { kind: 'call', call: { kind, room, forMs: lifeSec * 1000 }, token }
}

/** Pages of a media server at another origin ask, with a header that no form can send. */
const HEADERS = {
  'content-type': 'application/json',
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-allow-methods': 'POST',
}

export function sayNo(status: number, code: ErrorCode): HttpResponse {
  return { status, headers: HEADERS, body: JSON.stringify({ code, message: ERRORS[code] }) }
}

export function sayToken({ kind }: Call, token: string, endsAtSec: number): HttpResponse {
  const said =
    kind === 'invite' ? { invite_token: token, expires_at: endsAtSec } : { Token: token, ExpiresAt: endsAtSec }
  return { status: 200, headers: HEADERS, body: JSON.stringify(said) }
}

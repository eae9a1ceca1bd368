/**
 * Plain requests as this wire has them, from method, path and body to what they ask for. Pure; knows no room and nobody's name.
 */
import type * as z from 'zod/mini'
import type { HttpRequest } from '../dialect'
import {
  accountBody,
  addBody,
  type CreateBody,
  createBody,
  itemBody,
  patchBody,
  type RoomRequest,
  undoBody,
  userBody,
  videoBody,
} from './frames'
import { REQUEST, ROOM_NAME } from './wire'

export type Call =
  | { readonly kind: 'grant' }
  | { readonly kind: 'status' }
  | { readonly kind: 'preview'; readonly input: string }
  | { readonly kind: 'generate' }
  | { readonly kind: 'create'; readonly body: CreateBody }
  | { readonly kind: 'list' }
  | { readonly kind: 'look'; readonly name: string }
  | { readonly kind: 'act'; readonly name: string; readonly request: RoomRequest }
  /** What nobody may here: rooms have a host, and no key opens them all. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'user' }
  | { readonly kind: 'rename'; readonly username: string }
  | {
      readonly kind: 'register' | 'login'
      readonly username: string
      readonly password: string
      readonly email: string
    }
  | { readonly kind: 'logout' }
  | { readonly kind: 'nothing' }
  /** The body has not the shape that the call takes. */
  | { readonly kind: 'misshapen'; readonly path: string }

/** Calls that need no token. */
export const OPEN_CALLS: ReadonlySet<Call['kind']> = new Set<Call['kind']>(['grant', 'status', 'preview'])

export const PREFIX = '/api/'

export function callOf(request: HttpRequest): Call {
  const { method, query } = request
  const [area = '', name = '', part = '', ...more] = request.path.slice(PREFIX.length).replace(/\/$/, '').split('/')
  if (more.length > 0) return { kind: 'nothing' }
  switch (`${area}/${name}${part === '' ? '' : '/'}${part}`) {
    case 'auth/grant':
      return method === 'GET' ? { kind: 'grant' } : { kind: 'nothing' }
    case 'status/':
      return method === 'GET' ? { kind: 'status' } : { kind: 'nothing' }
    case 'data/previewAdd':
      return method === 'GET' ? { kind: 'preview', input: (query['input'] ?? '').slice(0, 2000) } : { kind: 'nothing' }
    case 'user/':
      return userCall(request)
    case 'user/register':
      return accountCall('register', request)
    case 'user/login':
      return accountCall('login', request)
    case 'user/logout':
      return method === 'POST' ? { kind: 'logout' } : { kind: 'nothing' }
    case 'room/list':
      return method === 'GET' ? { kind: 'list' } : { kind: 'nothing' }
    case 'room/generate':
      return method === 'POST' ? { kind: 'generate' } : { kind: 'nothing' }
    case 'room/create':
      return method === 'POST'
        ? withBody(request, createBody, (body) => ({ kind: 'create', body }))
        : { kind: 'nothing' }
    default:
      return area === 'room' && ROOM_NAME.test(name) ? roomCall(request, name.toLowerCase(), part) : { kind: 'nothing' }
  }
}

function roomCall(request: HttpRequest, name: string, part: string): Call {
  const act = (asked: RoomRequest): Call => ({ kind: 'act', name, request: asked })
  switch (`${request.method} ${part}`) {
    case 'GET ':
      return { kind: 'look', name }
    case 'PATCH ':
      return withBody(request, patchBody, (body) =>
        'claim' in body ? { kind: 'forbidden' } : act({ type: REQUEST.applySettings, settings: body }),
      )
    case 'DELETE ':
      return { kind: 'forbidden' }
    case 'POST queue':
      return withBody(request, addBody, (body) => act({ type: REQUEST.add, ...body }))
    case 'PATCH queue':
      return withBody(request, itemBody, ({ service, id, ...update }) =>
        act({ type: REQUEST.updateItem, video: { service, id }, update }),
      )
    case 'DELETE queue':
      return withBody(request, videoBody, (video) => act({ type: REQUEST.remove, video }))
    case 'POST vote':
      return withBody(request, videoBody, (video) => act({ type: REQUEST.vote, video, add: true }))
    case 'DELETE vote':
      return withBody(request, videoBody, (video) => act({ type: REQUEST.vote, video, add: false }))
    case 'POST undo':
      return withBody(request, undoBody, ({ data: { event } }) => act({ type: REQUEST.undo, event }))
    default:
      return { kind: 'nothing' }
  }
}

function userCall(request: HttpRequest): Call {
  if (request.method === 'GET') return { kind: 'user' }
  if (request.method !== 'POST') return { kind: 'nothing' }
  return withBody(request, userBody, ({ username }) => ({ kind: 'rename', username }))
}

function accountCall(name: 'register' | 'login', request: HttpRequest): Call {
  if (request.method !== 'POST') return { kind: 'nothing' }
  return withBody(request, accountBody, ({ username, user, email = '', password }) => ({
    kind: name,
    // The official client logs in with whichever of both was typed.
    username: username ?? user ?? email,
    password,
    email,
  }))
}

function withBody<Body>(request: HttpRequest, schema: z.ZodMiniType<Body>, call: (body: Body) => Call): Call {
  const read = schema.safeParse(jsonOf(request.body))
  if (read.success) return call(read.data)
  return { kind: 'misshapen', path: read.error.issues[0]?.path.join('.').slice(0, 100) ?? '' }
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The tokens of a request, in the order in which they count. Of who signed in only the cookie knows it: clients go on saying the token that
 * they were given first.
 */
export function tokensOf({ headers }: Pick<HttpRequest, 'headers'>): readonly string[] {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers['authorization'] ?? '')?.[1]
  const cookie = cookieTokenOf(headers)
  return [...new Set([cookie, bearer].filter((token) => token !== undefined))]
}

export function cookieTokenOf(headers: HttpRequest['headers']): string | undefined {
  return /(?:^|;\s*)token=([^;\s]{1,4096})/.exec(headers['cookie'] ?? '')?.[1]
}

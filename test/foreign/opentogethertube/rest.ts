/**
 * The HTTP side of the scripted OpenTogetherTube: tokens, rooms, queue, votes, names, and the budget of points that an address has.
 * It knows rooms only through `Hall`; statuses and error names are those that the living server was seen to answer.
 */

import type { Call, Reply } from '../house'
import { type Fields, fieldsOf, readFields, textOf } from '../json'
import type { Item, Room, User } from './room'

export type Account = { token: string; name: string; isLoggedIn: boolean; userId?: number }
export type Hall = {
  grant(token: string | undefined): Account
  account(token: string): Account | undefined
  room(name: string): Room | undefined
  rooms(): readonly Room[]
  create(name: string, wishes: Fields, owner: Account): void
  unload(name: string): void
  /** Asks as the person whom this token belongs to would by socket. */
  askAs(account: Account, room: Room, request: Fields): void
  usersOf(room: Room): readonly User[]
  renamed(account: Account): void
  find(input: string): Item | undefined
  uuid(): string
}

const POINTS = 1000
const NAME = /^[a-z0-9_-]{3,32}$/i
const RESERVED = ['list', 'create', 'generate']

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const refusal = (status: number, name: string, message: string): Reply =>
  json(status, { success: false, error: { name, message } })
const done = json(200, { success: true })

export function createRest(hall: Hall, quirks: { readonly outOfPoints?: boolean }): (call: Call) => Reply {
  let left = POINTS

  const inRoom = (call: Call, account: Account, room: Room, what: string | undefined): Reply => {
    const body = fieldsOf(readFields(call.body))
    const { service, id } = body
    switch (`${call.method} ${what ?? ''}`) {
      case 'GET ': {
        const { isPlaying: _1, playbackPosition: _2, playbackSpeed: _3, currentSource: _4, ...state } = room.full()
        return json(200, { ...state, users: hall.usersOf(room) })
      }
      case 'PATCH ':
        if (body['claim'] === true) room.state.hasOwner = true
        else room.set(body)
        return done
      case 'POST queue': {
        const url = textOf(body['url'])
        const before = room.state.queue.length
        const wish = url === undefined ? ('videos' in body ? { videos: body['videos'] } : { video: body }) : { url }
        hall.askAs(account, room, { type: 5, ...wish })
        if (room.state.queue.length > before) return done
        if (url !== undefined && !hall.find(url))
          return refusal(400, 'UnsupportedServiceException', 'Unsupported service.')
        return refusal(400, 'VideoAlreadyQueuedException', 'Video(s) are already in the queue')
      }
      case 'PATCH queue':
        hall.askAs(account, room, { type: 19, video: { service, id }, update: body })
        return done
      case 'DELETE queue':
        hall.askAs(account, room, { type: 6, video: { service, id } })
        return done
      case 'POST vote':
      case 'DELETE vote':
        room.vote(account.token, service, id, call.method === 'POST')
        return done
      case 'POST undo':
        hall.askAs(account, room, { type: 12, event: fieldsOf(body['data'])['event'] })
        return done
      default:
        return refusal(404, 'NotFound', 'Not found')
    }
  }

  const route = (call: Call, account: Account): Reply => {
    const [, , area = '', name = '', what] = call.path.split('/')
    const body = fieldsOf(readFields(call.body))
    if (area === 'user') {
      const { name: username, isLoggedIn: loggedIn } = account
      if (call.method === 'GET') return json(200, { username, loggedIn, ...(loggedIn ? { discordLinked: false } : {}) })
      account.name = textOf(body['username']) ?? account.name
      if (name === 'register' || name === 'login') Object.assign(account, { isLoggedIn: true, userId: 1 })
      if (name === 'logout') account.isLoggedIn = false
      hall.renamed(account)
      return name === 'register' ? json(201, { success: true }) : done
    }
    if (area !== 'room') return refusal(404, 'NotFound', 'Not found')
    if (name === 'list')
      return json(
        200,
        hall.rooms().map(({ state, users }) => {
          const { name, title, description, isTemporary, visibility, queueMode, currentSource } = state
          return { name, title, description, isTemporary, visibility, queueMode, currentSource, users: users.length }
        }),
      )
    if (name === 'generate') {
      const room = hall.uuid()
      hall.create(room, { visibility: 'unlisted' }, account)
      return json(201, { success: true, room })
    }
    if (name === 'create') {
      const wanted = textOf(body['name']) ?? ''
      if (!NAME.test(wanted) || RESERVED.includes(wanted))
        return json(400, {
          success: false,
          error: { name: 'ZodValidationError', details: [], message: 'Validation error: Invalid at "name"' },
        })
      if (hall.room(wanted)) return refusal(400, 'RoomNameTakenException', `The room "${wanted}" is taken.`)
      hall.create(wanted, body, account)
      return json(201, { success: true })
    }
    const room = hall.room(decodeURIComponent(name))
    return room ? inRoom(call, account, room, what) : refusal(404, 'RoomNotFoundException', 'Room not found')
  }

  return (call) => {
    const bearer = /^Bearer (.+)$/.exec(call.headers['authorization'] ?? '')?.[1]
    const cookie = /(?:^|;\s*)token=([^;]+)/.exec(call.headers['cookie'] ?? '')?.[1]
    const token = bearer ?? cookie
    if (call.method === 'GET' && call.path === '/api/auth/grant') {
      const account = hall.grant(token)
      return json(
        200,
        { token: account.token },
        { 'set-cookie': `token=${account.token}; Path=/; HttpOnly; SameSite=Lax` },
      )
    }
    if (call.method === 'GET' && call.path === '/api/status') return json(200, { status: 'ok' })
    if (quirks.outOfPoints) left = 0
    const cost = costOf(call)
    if (left < cost)
      return {
        ...refusal(429, 'RateLimit', 'Too many requests'),
        headers: { 'retry-after': '3600', 'x-ratelimit-remaining': '0' },
      }
    left -= cost
    const budget = { 'x-ratelimit-limit': String(POINTS), 'x-ratelimit-remaining': String(left) }
    if (call.method === 'GET' && call.path === '/api/data/previewAdd') {
      const found = hall.find(call.query.get('input') ?? '')
      return json(200, { success: true, result: found ? [found] : [] }, budget)
    }
    if (call.method === 'DELETE' && call.headers['apikey'] !== undefined) {
      hall.unload(call.path.split('/')[3] ?? '')
      return done
    }
    const ask = 'Get a token from /api/auth/grant first.'
    if (token === undefined) return refusal(400, 'MissingToken', `Missing auth token. ${ask}`)
    const account = hall.account(token)
    if (!account) return refusal(401, 'MissingToken', `Missing valid auth token. ${ask}`)
    const reply = route(call, account)
    return cost === 0 ? reply : { ...reply, headers: { ...reply.headers, ...budget } }
  }
}

function costOf({ method, path, query }: Call): number {
  if (path === '/api/data/previewAdd') return URL.canParse(query.get('input') ?? '') ? 5 : 75
  if (path === '/api/user/register') return 100
  if (path === '/api/room/generate' || path === '/api/room/create') return 50
  return path.endsWith('/queue') && method !== 'PATCH' ? 5 : 0
}

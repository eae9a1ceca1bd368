/**
 * One plain request from its arrival to its one answer: who asks, which room, which commands. Acts as the seat that the asker holds in that room.
 * A session of its own, over with the answer; what is spelled how is in `routes.ts` and `answers.ts`.
 */
import type { Refusal } from '../../core/room/refusal'
import type { PublicRoom } from '../../core/room/room'
import type { HttpRequest, HttpResponse } from '../dialect'
import type { ServerInput, ServerOutput } from '../server-dialect'
import {
  BAD_TOKEN,
  cookieFor,
  failed,
  json,
  misshapen,
  NO_ROOM,
  NO_TOKEN,
  NO_VIDEO,
  NOT_ALLOWED,
  NOT_HERE,
  refused,
  SUCCESS,
} from './answers'
import { queueItemOf, videoFromUrl, wishOf } from './media'
import { AGAIN_MS, defaultRoomWish, MOST_TRIES, newRoom } from './new-room'
import { usersOf } from './people'
import { type Asked, askedBy, playAddress } from './requests'
import { type Call, callOf, OPEN_CALLS, tokensOf } from './routes'
import { queueModeOf, settingsOf } from './sync'
import { REQUEST } from './wire'

export type Rest = {
  readonly at: 'request'
  readonly ask: string
  readonly call: Call
  /** Tokens that were not looked at yet. */
  readonly tokens: readonly string[]
  readonly loggedIn?: true
  /** Commands still to be given, the first one under way. */
  readonly todo: readonly Asked[]
  /** The address of what is to be played once it was added. */
  readonly plays?: string
  /** How often the room that always exists was not there yet. */
  readonly tries?: number
}

export type RestStep = { readonly session: Rest | { readonly at: 'over' }; readonly outputs: readonly ServerOutput[] }

const ASK = { who: 'who', create: 'create', make: 'make', look: 'look', act: 'act', list: 'list', me: 'me' } as const

export function startRequest(ask: string, request: HttpRequest): RestStep {
  const call = callOf(request)
  const [token, ...tokens] = tokensOf(request)
  const rest: Rest = { at: 'request', ask, call, todo: [], tokens }
  if (call.kind === 'status') return answer(rest, json(200, { status: 'OK' }))
  if (call.kind === 'preview') return answer(rest, json(200, { success: true, result: preview(call.input) }))
  if (token === undefined && !OPEN_CALLS.has(call.kind)) return answer(rest, NO_TOKEN)
  return { session: rest, outputs: [{ kind: 'identify', ask: ASK.who, ...(token !== undefined && { token }) }] }
}

export function stepRequest(rest: Rest, input: ServerInput, defaultRoom: string, nowMs: number): RestStep {
  switch (input.kind) {
    case 'identified':
      return identified(rest, input)
    case 'created':
      if (input.ask === ASK.make) return looked(rest, input.room, defaultRoom, nowMs)
      return answer(rest, json(201, { success: true, ...(rest.call.kind === 'generate' && { room: input.room.id }) }))
    case 'looked':
      return looked(rest, input.room, defaultRoom, nowMs)
    case 'woke':
      return lookAgain(rest)
    case 'answered':
      return input.answer.type === 'rooms' ? answer(rest, json(200, input.answer.rooms.map(listed))) : nothing(rest)
    case 'person':
      return input.told.type === 'opened'
        ? answer(rest, json(200, { loggedIn: rest.loggedIn === true, username: input.told.person.shown.name }))
        : nothing(rest)
    case 'done':
      return done(rest)
    case 'refused':
      return wasRefused(rest, input.ask, input.refusal)
    case 'server-closing':
      return answer(rest, failed(503, 'Error', 'The server is closing. Try again.'))
    default:
      return nothing(rest)
  }
}

function identified(rest: Rest, input: Extract<ServerInput, { kind: 'identified' }>): RestStep {
  const { call } = rest
  if (call.kind === 'register' || call.kind === 'login') {
    if (input.ask !== ASK.who) return loggedIn(rest, input.token, input.account?.name ?? call.username)
  }
  const [token, ...tokens] = rest.tokens
  if (input.isNew && token !== undefined) {
    return { session: { ...rest, tokens }, outputs: [{ kind: 'identify', ask: ASK.who, token }] }
  }
  if (call.kind === 'grant') return answer(rest, json(200, { token: input.token }, cookieFor(input.token)))
  if (input.isNew) return answer(rest, BAD_TOKEN)
  return begin({ ...rest, ...(input.account && { loggedIn: true as const }) })
}

function begin(rest: Rest): RestStep {
  const { call } = rest
  const ask = (output: ServerOutput): RestStep => ({ session: rest, outputs: [output] })
  switch (call.kind) {
    case 'generate':
      return ask({ kind: 'create', ask: ASK.create, create: newRoom({}) })
    case 'create':
      return ask({ kind: 'create', ask: ASK.create, create: newRoom(call.body), alias: call.body.name })
    case 'list':
      return ask({ kind: 'question', ask: ASK.list, question: { type: 'list-rooms' } })
    case 'look':
    case 'act':
      return ask({ kind: 'look', ask: ASK.look, code: call.name })
    case 'user':
      return ask({ kind: 'person', ask: ASK.me, wish: { type: 'open' } })
    case 'rename': {
      const command = { type: 'set-profile', name: call.username } as const
      return ask({ kind: 'person', ask: ASK.me, wish: { type: 'command', command } })
    }
    case 'register':
    case 'login': {
      const { username: login, password } = call
      const account = { ask: ASK.me, login, password }
      return ask(call.kind === 'login' ? { kind: 'sign-in', ...account } : { kind: 'sign-up', name: login, ...account })
    }
    case 'logout':
      return answer(rest, json(200, { success: true }, { 'set-cookie': 'token=; Path=/; HttpOnly; Max-Age=0' }))
    case 'misshapen':
      return answer(rest, misshapen(call.path))
    case 'forbidden':
      return answer(rest, NOT_ALLOWED)
    default:
      return answer(rest, NOT_HERE)
  }
}

function looked(rest: Rest, room: PublicRoom | undefined, defaultRoom: string, nowMs: number): RestStep {
  const { call } = rest
  if (call.kind !== 'look' && call.kind !== 'act') return nothing(rest)
  if (!room) {
    const { tries = 0 } = rest
    if (call.name !== defaultRoom || tries === MOST_TRIES) return answer(rest, NO_ROOM)
    const session = { ...rest, tries: tries + 1 }
    if (tries > 0) return { session, outputs: [{ kind: 'wake', atMs: nowMs + AGAIN_MS }] }
    return { session, outputs: [{ kind: 'create', ask: ASK.make, create: defaultRoomWish, alias: defaultRoom }] }
  }
  if (call.kind === 'look') {
    return answer(rest, json(200, { ...settingsOf(call.name, room), users: usersOf(room, {}) }))
  }
  if (rest.plays !== undefined) {
    const command = playAddress(room, rest.plays)
    const { plays: _, ...others } = rest
    return command ? give({ ...others, todo: [{ command }] }) : answer(rest, SUCCESS)
  }
  const todo = askedBy(call.request, { room, memberId: undefined, nowMs })
  if (todo.length > 0) return give({ ...rest, todo })
  switch (call.request.type) {
    case REQUEST.applySettings:
    case REQUEST.updateItem:
      return answer(rest, SUCCESS)
    case REQUEST.add:
      return answer(rest, failed(400, 'InvalidAddPreviewInputException', 'Not an address of a video.'))
    default:
      return answer(rest, NO_VIDEO)
  }
}

function give(rest: Rest): RestStep {
  const [first] = rest.todo
  const { call } = rest
  if (!first || call.kind !== 'act') return answer(rest, SUCCESS)
  return { session: rest, outputs: [{ kind: 'command', ask: ASK.act, command: first.command, in: call.name }] }
}

function done(rest: Rest): RestStep {
  const [first, ...todo] = rest.todo
  if (!first) return answer(rest, SUCCESS)
  if (first.after?.kind === 'play' && rest.call.kind === 'act') {
    const { address } = first.after
    return {
      session: { ...rest, todo, plays: address },
      outputs: [{ kind: 'look', ask: ASK.look, code: rest.call.name }],
    }
  }
  return give({ ...rest, todo })
}

function wasRefused(rest: Rest, ask: string, refusal: Refusal): RestStep {
  const { call } = rest
  // Somebody else made the room that always exists at the same moment.
  if (ask === ASK.make && refusal.code === 'alias-taken') return lookAgain(rest)
  const name = call.kind === 'create' ? call.body.name : 'name' in call ? call.name : ''
  return answer(rest, refused(refusal, name))
}

function lookAgain(rest: Rest): RestStep {
  const { call } = rest
  return 'name' in call ? { session: rest, outputs: [{ kind: 'look', ask: ASK.look, code: call.name }] } : nothing(rest)
}

function loggedIn(rest: Rest, token: string, username: string): RestStep {
  const email = rest.call.kind === 'register' ? rest.call.email : ''
  const body = { success: true, token, user: { username, ...(email !== '' && { email }) } }
  return answer(rest, json(rest.call.kind === 'register' ? 201 : 200, body, cookieFor(token)))
}

function listed(
  room: Extract<Extract<ServerInput, { kind: 'answered' }>['answer'], { type: 'rooms' }>['rooms'][number],
) {
  return {
    name: room.code,
    title: room.title,
    description: room.description,
    isTemporary: room.temporary,
    visibility: 'public',
    queueMode: queueModeOf(room.mode),
    currentSource: room.item ? queueItemOf(room.item) : null,
    users: room.members,
  }
}

/** What is known of an address without asking anybody; words to search by find nothing here. */
function preview(input: string) {
  const video = videoFromUrl(input)
  const wish = video && wishOf(video)
  return wish ? [queueItemOf(wish)] : []
}

function answer(rest: Rest, response: HttpResponse): RestStep {
  return { session: { at: 'over' }, outputs: [{ kind: 'respond', ask: rest.ask, response }] }
}

function nothing(rest: Rest): RestStep {
  return { session: rest, outputs: [] }
}

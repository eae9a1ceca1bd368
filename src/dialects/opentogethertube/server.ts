/**
 * The server's side of OpenTogetherTube: a socket from its path over the token to a seat, and plain requests beside it.
 * A socket acts by a seat of its own: the same token on two sockets is two people. What it is told is in `seat.ts`, requests are in `rest.ts`.
 * What means nothing is left alone, as that system does; what is no JSON ends the socket.
 */
import type { Refusal } from '../../core/room/refusal'
import { memberOf } from '../../core/room/room'
import type { ServerDialect, ServerInput, ServerOutput } from '../server-dialect'
import { close, closeCodeOf, sendOff, turnAway } from './closes'
import { MAX_BYTES_TO_SERVER, type RoomRequest, readToServer, type ToServer } from './frames'
import { AGAIN_MS, defaultRoomWish, MOST_TRIES } from './new-room'
import { askedBy } from './requests'
import { type Rest, startRequest, stepRequest } from './rest'
import { cookieTokenOf, PREFIX } from './routes'
import { answered, ask, hear, relay, type Seat, sayStatus, takeSeat, wake, wholeSync } from './seat'
import { CLOSE, DIALECT, REQUEST, roomOfPath } from './wire'

export type OpenTogetherTubeSession =
  | { readonly at: 'nowhere' }
  /** Nobody yet, until that moment at the latest. */
  | {
      readonly at: 'socket'
      readonly name: string
      readonly untilMs: number
      /** Of who signed in, it may name the account. */
      readonly cookie?: string
      /** What `auth` brought. */
      readonly token?: string
    }
  | {
      readonly at: 'door'
      readonly name: string
      readonly called?: string
      /** How often the room that always exists was not there yet, and when to look again. */
      readonly tries?: number
      readonly againAtMs?: number
      readonly wayMs: number
    }
  | Seat
  | Rest
  | { readonly at: 'over' }

export type OpenTogetherTubeOptions = {
  /** The room that the published path leads to. It always exists. */
  readonly defaultRoom?: string
}

/** What the balancer of that system leaves a socket to say who it is. */
const AUTH_MS = 20_000
const ASK = { greet: 'greet', cookie: 'cookie', again: 'again', me: 'me', enter: 'enter', make: 'make' } as const

type Step = { readonly session: OpenTogetherTubeSession; readonly outputs: readonly ServerOutput[] }

export function createOpenTogetherTubeServer({
  defaultRoom: chosen = 'lobby',
}: OpenTogetherTubeOptions = {}): ServerDialect<OpenTogetherTubeSession> {
  const defaultRoom = chosen.toLowerCase()
  const step = (session: OpenTogetherTubeSession, input: ServerInput, nowMs: number): Step => {
    if (input.kind === 'opened') {
      const name = input.opened.path === '/' ? defaultRoom : roomOfPath(input.opened.path)
      if (name === undefined) return over(close(CLOSE.badUrl, 'Invalid connection url'))
      const untilMs = nowMs + AUTH_MS
      const cookie = cookieTokenOf(input.opened.headers)
      return {
        session: { at: 'socket', name, untilMs, ...(cookie !== undefined && { cookie }) },
        outputs: [{ kind: 'wake', atMs: untilMs }],
      }
    }
    if (input.kind === 'request') return startRequest(input.ask, input.request)
    if (input.kind === 'closed') return over()
    switch (session.at) {
      case 'request':
        return stepRequest(session, input, defaultRoom, nowMs)
      case 'socket':
        return stepSocket(session, input, nowMs)
      case 'door':
        return stepDoor(session, input, defaultRoom, nowMs)
      case 'seat':
        return stepSeat(session, input, nowMs)
      case 'nowhere':
      case 'over':
        return { session, outputs: [] }
    }
  }
  return {
    name: DIALECT,
    paths: ['/', '/api/room', '/api/room/', '/api/room/*'],
    requests: { prefixes: [PREFIX], maxBodyBytes: MAX_BYTES_TO_SERVER, keyOf: () => undefined },
    transport: {
      maxFrameBytes: MAX_BYTES_TO_SERVER,
      maxFramesPerSec: 30,
      burst: 100,
      // Its clients speak when something changes, and watch for hours.
      idleMs: 24 * 3_600_000,
      // The machine closes in its own way before.
      timeToIdentifyMs: AUTH_MS + 10_000,
      pingEveryMs: 10_000,
      compression: false,
    },
    keepsSeat: false,
    hearsEach: true,
    fresh: { at: 'nowhere' },
    step,
    // Each frame that names a person has a status in it that only sessions know.
    tell: () => [],
  }
}

type At<Place extends OpenTogetherTubeSession['at']> = Extract<OpenTogetherTubeSession, { readonly at: Place }>

function stepSocket(session: At<'socket'>, input: ServerInput, nowMs: number): Step {
  switch (input.kind) {
    case 'frame': {
      const read = readToServer(input.frame)
      if (read.kind === 'broken') return broken()
      if (session.token !== undefined) return { session, outputs: [] }
      if (read.kind === 'meaningless' || read.frame.action !== 'auth' || read.frame.token === '') {
        return over(close(CLOSE.badToken))
      }
      const { token } = read.frame
      return { session: { ...session, token }, outputs: [{ kind: 'identify', ask: ASK.greet, token }] }
    }
    case 'identified':
      return greeted(session, input)
    case 'woke':
      return nowMs >= session.untilMs ? over(close(CLOSE.badToken)) : sleep(session, session.untilMs)
    case 'server-closing':
      return over(close(CLOSE.goingAway))
    default:
      return { session, outputs: [] }
  }
}

/** The token has to count. A cookie beside it counts where it names an account: who signed in has no other token to say. */
function greeted(session: At<'socket'>, { ask, isNew, account }: Extract<ServerInput, { kind: 'identified' }>): Step {
  const { name, cookie, token } = session
  const identify = (next: string, shown: string | undefined): Step => ({
    session,
    outputs: [{ kind: 'identify', ask: next, ...(shown !== undefined && { token: shown }) }],
  })
  if (ask === ASK.cookie && !account) return identify(ASK.again, token)
  if (isNew) return over(close(CLOSE.badToken))
  if (ask === ASK.greet && cookie !== undefined && cookie !== token) return identify(ASK.cookie, cookie)
  return {
    session: { at: 'door', name, wayMs: 0 },
    outputs: [{ kind: 'person', ask: ASK.me, wish: { type: 'open' } }],
  }
}

function stepDoor(session: At<'door'>, input: ServerInput, defaultRoom: string, nowMs: number): Step {
  switch (input.kind) {
    case 'frame':
      return readToServer(input.frame).kind === 'broken' ? broken() : { session, outputs: [] }
    case 'round-trip':
      return { session: { ...session, wayMs: input.ms / 2 }, outputs: [] }
    case 'person':
      return input.told.type === 'opened' ? knock({ ...session, called: input.told.person.shown.name }) : knock(session)
    case 'created':
      return knock(session)
    case 'entered':
      return seated(takeSeat(session.name, input.memberId, input.room, session.wayMs, nowMs))
    case 'refused':
      if (input.ask === ASK.me) return knock(session)
      if (input.ask === ASK.make && input.refusal.code === 'alias-taken') return knock(session)
      if (input.refusal.code === 'no-such-room' && session.name === defaultRoom)
        return makeRoom(session, input.refusal, nowMs)
      return over(turnAway(input.refusal))
    case 'woke': {
      const { againAtMs } = session
      if (againAtMs === undefined) return { session, outputs: [] }
      return nowMs >= againAtMs ? knock(session) : sleep(session, againAtMs)
    }
    case 'server-closing':
      return over(close(CLOSE.goingAway))
    default:
      return { session, outputs: [] }
  }
}

/** Once it is made; somebody else may be at it, and not ready. */
function makeRoom(session: At<'door'>, refusal: Refusal, nowMs: number): Step {
  const { name: alias, tries = 0 } = session
  if (tries === MOST_TRIES) return over(turnAway(refusal))
  const next = { ...session, tries: tries + 1 }
  if (tries === 0)
    return { session: next, outputs: [{ kind: 'create', ask: ASK.make, create: defaultRoomWish, alias }] }
  const againAtMs = nowMs + AGAIN_MS
  return sleep({ ...next, againAtMs }, againAtMs)
}

function knock({ againAtMs: _, ...session }: At<'door'>): Step {
  const { name: code, called } = session
  const enter: ServerOutput = {
    kind: 'enter',
    ask: ASK.enter,
    door: { kind: 'code', code },
    ownSeat: true,
    ...(called !== undefined && { name: called }),
  }
  return { session, outputs: [enter] }
}

function stepSeat(seat: Seat, input: ServerInput, nowMs: number): Step {
  switch (input.kind) {
    case 'frame': {
      const read = readToServer(input.frame)
      if (read.kind === 'broken') return broken()
      return read.kind === 'frame' ? hearFrame(seat, read.frame, nowMs) : { session: seat, outputs: [] }
    }
    case 'done':
      if (seat.asked[input.ask]?.kind === 'close') return over(close(CLOSE.normal))
      return seated(answered(seat, input.ask, input.changed))
    case 'refused':
      return seated(answered(seat, input.ask, 'refused'))
    case 'told':
      return seated(hear(seat, input.told, nowMs))
    case 'woke':
      return seated(wake(seat, nowMs))
    case 'person':
      return input.told.type === 'event' && input.told.numbered.event.type === 'shown-changed'
        ? renamed(seat, input.told.after.shown.name)
        : { session: seat, outputs: [] }
    case 'round-trip': {
      const wayMs = input.ms / 2
      return { session: { ...seat, wayMs }, outputs: [{ kind: 'path', downMs: wayMs }] }
    }
    case 'unseated':
      return over(sendOff(input.refusal))
    case 'server-closing':
      return over(close(CLOSE.goingAway))
    default:
      return { session: seat, outputs: [] }
  }
}

function hearFrame(seat: Seat, frame: ToServer, nowMs: number): Step {
  switch (frame.action) {
    case 'auth':
      return { session: seat, outputs: [] }
    case 'status':
      return { session: seat, outputs: sayStatus(seat, frame.status, nowMs) }
    case 'notify':
      return { session: seat, outputs: [relay({ what: 'look-at-me' })] }
    case 'kickme':
      return over(close(closeCodeOf(frame.reason)))
    case 'req':
      return hearRequest(seat, frame.request, nowMs)
  }
}

function hearRequest(seat: Seat, request: RoomRequest, nowMs: number): Step {
  const { room, memberId } = seat
  const isAboutOther = request.type === REQUEST.updateUser && (request.info.id ?? memberId) !== memberId
  if (isAboutOther) return { session: seat, outputs: [] }
  const asked = ask(seat, askedBy(request, { room, memberId, nowMs }))
  const status = 'info' in request ? request.info?.status : undefined
  const outputs = [
    ...asked.outputs,
    ...(status === undefined || status === (seat.statuses[memberId] ?? 'none') ? [] : sayStatus(seat, status, nowMs)),
    // Clients of the published document read the state from here on.
    ...(request.type === REQUEST.join ? [wholeSync(seat, nowMs)] : []),
  ]
  return { session: asked.seat, outputs }
}

/** A name that was changed elsewhere: by a plain request, or on another wire. */
function renamed(seat: Seat, name: string): Step {
  if (memberOf(seat.room, seat.memberId)?.shown.name === name) return { session: seat, outputs: [] }
  return seated(ask(seat, [{ command: { type: 'rename', name } }]))
}

/** Timers may be a little early. */
function sleep(session: OpenTogetherTubeSession, atMs: number): Step {
  return { session, outputs: [{ kind: 'wake', atMs }] }
}

function broken(): Step {
  return over({ kind: 'note', note: 'a frame that is no JSON' }, close(CLOSE.unknown))
}

function over(...outputs: readonly ServerOutput[]): Step {
  return { session: { at: 'over' }, outputs }
}

function seated({ seat, outputs }: { readonly seat: Seat; readonly outputs: readonly ServerOutput[] }): Step {
  return { session: seat, outputs }
}

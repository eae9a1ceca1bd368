/**
 * The server's side of this wire: a person's requests and their socket are one session, found by the token that is both cookie and socket token.
 * Pure: it sees neither sockets nor rooms. What comes over the socket and can't be read is dropped without a word, as the original drops it.
 */
import type { Refusal } from '../../core/room/refusal'
import { memberOf, type PublicRoom } from '../../core/room/room'
import type { Frame } from '../dialect'
import type { ServerDialect, ServerInput, ServerOutput, Told } from '../server-dialect'
import {
  greetSocket,
  handleAnswered,
  handleCreated,
  handleDone,
  handleEntered,
  handleIdentified,
  handleLooked,
  handlePerson,
  handleRefused,
} from './answers'
import { fault } from './envelope'
import { fitsChat } from './escaping'
import { MAX_BYTES_TO_SERVER, readToServer } from './frames'
import { banLetter, banReasonNumber } from './grades'
import { cidOf, happeningsOf } from './happenings'
import { answerRequest, isFirst, PREFIX } from './rest'
import { GUEST_PAGES } from './rest-auth'
import { cookieOf } from './route'
import { type Asked, FRESH, type PlugdjSession, type Seat, type ToldLine } from './session'
import { beginTurn, type Turn } from './turn'

type Step = { readonly session: PlugdjSession; readonly outputs: readonly ServerOutput[] }

/** Whoever only listens says nothing for days. */
const IDLE_MS = 7 * 24 * 3600 * 1000
/** As many requests as may wait until it is known who asks. */
const MAX_WAITING = 20
const MAX_TOLD = 120
const MAX_BANNED = 50

export const plugdjServer: ServerDialect<PlugdjSession> = {
  name: 'plugdj',
  paths: ['/socket'],
  requests: {
    prefixes: [PREFIX, ...GUEST_PAGES],
    // Fifty items with long addresses.
    maxBodyBytes: 128 * 1024,
    keyOf: ({ headers }) => cookieOf(headers),
  },
  transport: {
    maxFrameBytes: MAX_BYTES_TO_SERVER,
    maxFramesPerSec: 5,
    burst: 20,
    idleMs: IDLE_MS,
    timeToIdentifyMs: 10_000,
    pingEveryMs: 20_000,
    compression: false,
  },
  keepsSeat: false,
  hearsEach: true,
  fresh: FRESH,
  step,
  tell: () => [],
}

function step(session: PlugdjSession, input: ServerInput, nowMs: number): Step {
  if (input.kind === 'opened' || input.kind === 'closed') return { session: FRESH, outputs: [] }
  const turn = beginTurn(session, nowMs)
  handle(turn, input)
  return turn.end()
}

function handle(turn: Turn, input: Exclude<ServerInput, { kind: 'opened' | 'closed' }>): void {
  switch (input.kind) {
    case 'frame':
      return handleFrame(turn, input.frame)
    case 'request':
      return handleRequest(turn, { ask: input.ask, atMs: turn.nowMs, request: input.request })
    case 'attached':
      return handleAttached(turn, input.key)
    case 'detached': {
      turn.drop('seat')
      return turn.set({ isLive: false })
    }
    case 'identified':
      return handleIdentified(turn, input)
    case 'person':
      return handlePerson(turn, input.told)
    case 'entered':
      return handleEntered(turn, input)
    case 'created':
      return handleCreated(turn, input)
    case 'looked':
      return handleLooked(turn, input)
    case 'done':
      return handleDone(turn, input)
    case 'answered':
      return handleAnswered(turn, input)
    case 'refused':
      return handleRefused(turn, input)
    case 'told':
      return handleTold(turn, input.told)
    case 'round-trip':
      return turn.set({ roundTripMs: Math.min(2_000, Math.max(0, input.ms)) })
    case 'unseated':
      return handleUnseated(turn, input.refusal)
    case 'turned-away':
      // One word a second does: the next frames of a flood are dropped as the others.
      if (turn.nowMs - turn.session().lastSentMs >= 1_000) turn.say({ a: 'floodChat', p: {} })
      return undefined
    case 'server-closing':
      turn.say({ a: 'plugMaintenance', p: {}, onDashboard: true })
      return turn.put({ kind: 'close', code: 1012, reason: 'come back' })
    case 'woke': {
      turn.drop('wakeAtMs')
      return turn.tellPlaying()
    }
    case 'verified':
    case 'signed':
      return undefined
  }
}

function handleFrame(turn: Turn, frame: Frame): void {
  const read = readToServer(frame)
  const { isLive, seat, identifying } = turn.session()
  if (!read.ok) return turn.put({ kind: 'note', note: `a frame that can't be read: ${read.why}` })
  const { a, p } = read.value
  if (a === 'auth') {
    // Who is known stays who they are: another socket can be another.
    if (!isLive && !identifying) turn.put({ kind: 'attach', key: p })
    return
  }
  if (!isLive || !seat || !fitsChat(p)) return
  const [, emoted] = /^\/(?:me|em)\s+(.*)$/.exec(p) ?? []
  const text = emoted ?? p
  const mentions = seat.room.members.filter(({ shown }) => text.includes(`@${shown.name}`)).map(({ id }) => id)
  turn.ask(
    {
      kind: 'command',
      command: {
        type: 'say',
        text,
        ...(emoted !== undefined && { emote: true }),
        ...(mentions.length > 0 && { mentions }),
      },
    },
    { next: 'nothing' },
  )
}

function handleAttached(turn: Turn, key: string): void {
  const { who, identifying } = turn.session()
  // The socket before this one is gone.
  turn.set({ isLive: false })
  if (who && !identifying) return greetSocket(turn, who.isKnown)
  identify(turn, key, { requests: identifying?.requests ?? [], socketWaits: true })
}

function handleRequest(turn: Turn, asked: Asked): void {
  const { who, identifying } = turn.session()
  if (who && !identifying) return answerRequest(turn, asked)
  const token = cookieOf(asked.request.headers)
  const to = { ask: asked.ask, atMs: asked.atMs }
  if (token === undefined && !isFirst(asked.request)) return answerRequest(turn, asked)
  const requests = [...(identifying?.requests ?? []), asked]
  if (requests.length > MAX_WAITING) return turn.put(fault(to, turn.nowMs, 'floodAPI'))
  identify(turn, token, { requests, socketWaits: identifying?.socketWaits ?? false })
}

function identify(turn: Turn, token: string | undefined, identifying: PlugdjSession['identifying'] & object): void {
  const isUnderWay = turn.session().identifying !== undefined
  turn.set({ identifying })
  if (!isUnderWay) turn.ask({ kind: 'identify', ...(token !== undefined && { token }) }, { next: 'identify' })
}

function handleTold(turn: Turn, told: Told): void {
  const { seat } = turn.session()
  if (told.kind !== 'event' || !seat || !told.before) return
  const { numbered, before, after, by } = told
  const { event } = numbered
  turn.setSeat({ room: after })
  if (isAboutSelf(event, seat)) return
  const cidOfLine = (lineId: string): string | undefined => seat.told.findLast((line) => line.lineId === lineId)?.cid
  turn.say(...happeningsOf({ event, before, after, ...(by !== undefined && { by }), cidOf: cidOfLine }))
  switch (event.type) {
    case 'chat-said':
      if (event.line.kind !== 'system') noteLine(turn, seat, { lineId: event.line.id, cid: cidOf(after, event.line) })
      return
    case 'member-left':
      if (event.why === 'banned') noteBan(turn, seat, before, event.memberId)
      return
    case 'media-changed':
    case 'timeline-changed':
    case 'waiting-changed':
      // More of the same change may follow at this moment.
      return turn.setSeat({ lookAtMs: turn.nowMs })
    default:
  }
}

/** Coming and going of one's own is known from the answer to what was asked. */
function isAboutSelf(event: Extract<Told, { kind: 'event' }>['numbered']['event'], { memberId }: Seat): boolean {
  if (event.type === 'member-joined') return event.member.id === memberId
  return (event.type === 'member-left' || event.type === 'member-back') && event.memberId === memberId
}

function noteLine(turn: Turn, { told }: Seat, line: ToldLine): void {
  turn.setSeat({ told: [...told, line].slice(-MAX_TOLD) })
}

function noteBan(turn: Turn, { banned }: Seat, before: PublicRoom, memberId: string): void {
  const member = memberOf(before, memberId)
  if (!member) return
  turn.setSeat({ banned: [...banned, { name: member.shown.name, number: member.number }].slice(-MAX_BANNED) })
}

/** A ban has an event of its own; by whatever else the seat is gone, the connection to the room is. */
function handleUnseated(turn: Turn, refusal: Refusal): void {
  const { seat } = turn.session()
  if (!seat) return
  if (refusal.code === 'banned') {
    const line = seat.room.chat.findLast(({ content }) => content.notice?.what === 'banned')
    const { untilMs } = line?.content.notice ?? {}
    const d = banLetter(line && untilMs !== undefined ? untilMs - line.atMs : undefined)
    turn.say({ a: 'ban', p: { t: 'ban', d, r: banReasonNumber(refusal.reason) }, onDashboard: true })
  } else turn.say({ a: 'killSession', p: {} })
  turn.drop('seat')
}

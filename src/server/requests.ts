/**
 * Plain requests of wires, and the sessions that outlive their sockets: who they belong to is found by a key that the dialect reads from a request.
 * A session that nobody is known by ends with its answer; one that is kept rests for a while after it was last heard of.
 * Knows no Node and no rooms; what becomes of a session that ends is its caller's.
 */
import type { HttpRequest, HttpResponse } from '../dialects/dialect'
import type { ServerDialect, ServerInput, ServerOutput } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { Cancel, Timers } from '../platform/timers'
import { neighbourhoodOf } from './address'
import type { Session } from './session'
import { createTally } from './tally'
import { createTokenBuckets } from './token-bucket'

export type Requests = {
  ask(dialect: ServerDialect<unknown>, request: HttpRequest, address: string): Promise<HttpResponse>
  respond(session: Session, output: Extract<ServerOutput, { kind: 'respond' }>): void
  /** The session with this key, for a socket that belongs to it. Nothing: there are too many from there. */
  keyed(dialect: ServerDialect<unknown>, key: string, address: string): Session | undefined
  /** Nobody is there for it just now: it ends if that stays so. */
  rest(session: Session): void
  /** It is over. */
  forget(session: Session): void
}

export type RequestsDeps = {
  readonly clock: Clock
  readonly timers: Timers
  readonly perAddress: number
  readonly open: (dialect: ServerDialect<unknown>, address: string, key: string | undefined) => Session
  readonly feed: (session: Session, input: ServerInput) => void
  readonly end: (session: Session) => void
}

/** A page of a client makes a dozen at once, and a person a few a minute. */
const RATE = { perSec: 10, burst: 100 } as const
const ANSWER_MS = 10_000
/** As long as a seat is kept for a socket that is lost. */
const SEATED_MS = 60_000
const QUIET_MS = 600_000

type Pending = { readonly answer: (response: HttpResponse) => void; readonly cancel: Cancel }

export function createRequests({ clock, timers, perAddress, open, feed, end }: RequestsDeps): Requests {
  const byKey = new Map<string, Session>()
  const keptFrom = createTally()
  const pendingOf = new Map<Session, Map<string, Pending>>()
  const buckets = createTokenBuckets(RATE.perSec, RATE.burst)
  let lastAsk = 0

  const nameOf = (dialect: ServerDialect<unknown>, key: string): string => `${dialect.name} ${key}`

  const keyed: Requests['keyed'] = (dialect, key, address) => {
    const name = nameOf(dialect, key)
    const known = byKey.get(name)
    if (known) return known
    const neighbourhood = neighbourhoodOf(address)
    if (keptFrom.add(neighbourhood) > perAddress) {
      keptFrom.remove(neighbourhood)
      return undefined
    }
    const session = open(dialect, address, key)
    byKey.set(name, session)
    return session
  }

  const rest = (session: Session): void => {
    session.cancelRest?.()
    if (session.isOver || session.link || (pendingOf.get(session)?.size ?? 0) > 0) return
    if (session.key === undefined || !session.isKnown) end(session)
    else session.cancelRest = timers.after(session.seat ? SEATED_MS : QUIET_MS, () => end(session))
  }

  const settle = (session: Session, ask: string, response: HttpResponse): void => {
    const pending = pendingOf.get(session)?.get(ask)
    if (!pending) return
    pending.cancel()
    pendingOf.get(session)?.delete(ask)
    pending.answer(response)
    rest(session)
  }

  return {
    keyed,
    rest,
    ask(dialect, request, address) {
      if (!buckets.take(neighbourhoodOf(address), clock.nowMs())) return Promise.resolve(TOO_MANY)
      const key = dialect.requests?.keyOf(request)
      const session = key === undefined ? open(dialect, address, undefined) : keyed(dialect, key, address)
      if (!session) return Promise.resolve(TOO_MANY)
      session.cancelRest?.()
      session.heardAtMs = clock.nowMs()
      lastAsk += 1
      const ask = `request-${lastAsk}`
      return new Promise((answer) => {
        const all = pendingOf.get(session) ?? new Map<string, Pending>()
        pendingOf.set(session, all)
        all.set(ask, { answer, cancel: timers.after(ANSWER_MS, () => settle(session, ask, TOO_LATE)) })
        feed(session, { kind: 'request', ask, request })
      })
    },
    respond: (session, { ask, response }) => settle(session, ask, response),
    forget(session) {
      session.cancelRest?.()
      for (const { answer, cancel } of pendingOf.get(session)?.values() ?? []) {
        cancel()
        answer(GONE)
      }
      pendingOf.delete(session)
      if (session.key === undefined) return
      const name = nameOf(session.dialect, session.key)
      if (byKey.get(name) !== session) return
      byKey.delete(name)
      keptFrom.remove(session.neighbourhood)
    },
  }
}

const plain = (status: number, sentence: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: `${sentence}\n`,
})
const TOO_MANY = plain(429, 'Too much at once. Wait a moment.', { 'retry-after': '1' })
const TOO_LATE = plain(504, 'The server could not answer in time. Try again.')
export const GONE = plain(503, 'The server is closing. Try again.', { 'retry-after': '2' })

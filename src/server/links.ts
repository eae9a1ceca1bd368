/**
 * Sockets and the sessions that they belong to: which session hears a frame, how many sockets an address may have, who is closed for silence.
 * A socket may pass to another session of the same person; one that is replaced says nothing any more. Knows no rooms.
 */
import { type Refusal, refuse } from '../core/room/refusal'
import type { Frame } from '../dialects/dialect'
import type { Opened, ServerInput } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { Timers } from '../platform/timers'
import { neighbourhoodOf } from './address'
import { bytesOf } from './frame-bytes'
import type { Log } from './log'
import type { Metrics } from './metrics'
import { aboutOf, type Channel, type Link, type Session } from './session'
import { createTally } from './tally'
import { createTokenBucket, createTokenBuckets, type TokenBuckets } from './token-bucket'

/** Whoever is told again and again that it is too much, and goes on, does not listen. */
const PATIENCE = { perSec: 10, burst: 1_000 } as const

/** Registered codes: a rule was broken, a fault of ours, come back later. */
export const CLOSE = { policy: 1008, fault: 1011, later: 1013 } as const

export type Attached = {
  receive(frame: Frame): void
  /** A ping came back. */
  roundTrip(ms: number): void
  closed(): void
}

export type Links = {
  open(session: Session, opened: Opened, channel: Channel): Attached
  /** The socket is that session's from now on, in place of one that it had. */
  pass(link: Link, owner: Session): void
  shut(session: Session, code: number, reason: string): void
  count(): number
}

export type LinksDeps = {
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly metrics: Pick<Metrics, 'frameIn'>
  readonly socketsPerAddress: number
  readonly feed: (session: Session, input: ServerInput) => void
  /** This session has no socket any more. */
  readonly gone: (session: Session) => void
}

export function createLinks({ clock, timers, log, metrics, socketsPerAddress, feed, gone }: LinksDeps): Links {
  const links = new Set<Link>()
  const from = createTally()
  /** On wires that count an address and not a socket. */
  const ofAddresses = new Map<string, TokenBuckets>()

  const drop = (link: Link): void => {
    if (!links.delete(link)) return
    from.remove(neighbourhoodOf(link.opened.address))
    const { session } = link
    log.info(aboutOf(session), 'a socket is closed')
    if (session.link !== link) return
    delete session.link
    session.cancelSilence?.()
    gone(session)
  }

  const shut = (session: Session, code: number, reason: string): void => {
    const { link } = session
    if (session.isOver || !link) return
    drop(link)
    link.channel.close(code, reason)
  }

  const watchSilence = (session: Session): void => {
    const waitMs = session.heardAtMs + session.dialect.transport.idleMs - clock.nowMs()
    if (waitMs <= 0) shut(session, CLOSE.policy, 'nothing was heard for too long')
    else session.cancelSilence = timers.after(waitMs, () => watchSilence(session))
  }

  const pass = (link: Link, owner: Session): void => {
    const before = owner.link
    if (link.session !== owner) delete link.session.link
    link.session = owner
    owner.link = link
    owner.heardAtMs = clock.nowMs()
    owner.cancelRest?.()
    owner.cancelSilence?.()
    owner.cancelIdentify?.()
    watchSilence(owner)
    if (owner.identity === undefined) {
      owner.cancelIdentify = timers.after(owner.dialect.transport.timeToIdentifyMs, () =>
        shut(owner, CLOSE.policy, 'nobody said who they are'),
      )
    }
    before?.channel.close(CLOSE.policy, 'another socket took its place')
  }

  const mayHear = (session: Session, nowMs: number): boolean => {
    const { dialect, neighbourhood, bucket } = session
    const { countsAddress, maxFramesPerSec, burst } = dialect.transport
    if (!countsAddress) return bucket.take(nowMs)
    const buckets = ofAddresses.get(dialect.name) ?? createTokenBuckets(maxFramesPerSec, burst)
    ofAddresses.set(dialect.name, buckets)
    return buckets.take(neighbourhood, nowMs)
  }

  const receive = (session: Session, frame: Frame): void => {
    const { link } = session
    if (session.isOver || !link) return
    const nowMs = clock.nowMs()
    session.heardAtMs = nowMs
    metrics.frameIn(session.dialect.name)
    const { maxFrameBytes } = session.dialect.transport
    const isTooFast = !mayHear(session, nowMs)
    if (!isTooFast && bytesOf(frame) <= maxFrameBytes) feed(session, { kind: 'frame', frame })
    else if (link.patience.take(nowMs)) turnAway(session, refuse(isTooFast ? 'too-fast' : 'frame-too-long'))
    else shut(session, CLOSE.policy, 'too much was sent for too long')
  }

  const turnAway = (session: Session, refusal: Refusal): void => {
    // The dialect notes it as well, where an operator looks.
    log.debug({ ...aboutOf(session), code: refusal.code }, 'turned away')
    feed(session, { kind: 'turned-away', refusal })
  }

  return {
    pass,
    shut,
    open(session, opened, channel) {
      const patience = createTokenBucket(PATIENCE.perSec, PATIENCE.burst)
      const link: Link = { channel, opened, patience, session }
      links.add(link)
      const fromHere = from.add(neighbourhoodOf(opened.address))
      log.info({ ...aboutOf(session), dialect: session.dialect.name, address: opened.address }, 'a socket is open')
      pass(link, session)
      feed(session, { kind: 'opened', opened })
      if (fromHere > socketsPerAddress) {
        const refusal = refuse('too-many-joins')
        turnAway(session, refusal)
        shut(session, CLOSE.later, refusal.sentence)
      }
      return {
        receive(frame) {
          if (link.session.link === link) receive(link.session, frame)
        },
        roundTrip(ms) {
          if (link.session.link === link) feed(link.session, { kind: 'round-trip', ms })
        },
        closed: () => drop(link),
      }
    },
    count: () => links.size,
  }
}

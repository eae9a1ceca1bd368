/**
 * Sessions: runs each socket's dialect machine and does what it asks: identify, enter, command, tell.
 * The seam between wires and rooms; simulations use it as it is. Sees frames and channels, but neither Node's sockets nor HTTP.
 * What must hold on every wire is here: one seat per identity and room, who may send how much, who is closed for silence.
 */
import type { RoomEvent } from '../core/room/event'
import { type Refusal, refuse } from '../core/room/refusal'
import type { MemberId } from '../core/room/room'
import type { HttpRequest, HttpResponse } from '../dialects/dialect'
import type { Opened, ServerDialect, ServerInput, ServerOutput } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { Timers } from '../platform/timers'
import type { Accounts } from './accounts'
import { createAsks } from './asks'
import { createAudience } from './audience'
import type { Directory } from './directory'
import { tellDirectoryNews } from './directory-news'
import type { Seated, Visit } from './entrance'
import type { Identified, Identities } from './identity'
import type { Guesses, MayAsk, MayEnter, MayKeep } from './limits'
import { type Attached, CLOSE, createLinks } from './links'
import { type Log, reasonOf } from './log'
import type { Metrics } from './metrics'
import { createPeople, type People } from './people'
import type { PersonIds } from './person-ids'
import type { Persons } from './persons'
import type { Questions } from './questions'
import { createRequests, GONE } from './requests'
import type { RoomChange, Rooms } from './rooms'
import { aboutOf, type Channel, createSession, type Session } from './session'
import { createTalk } from './talk'
import type { WireTokens } from './wire-tokens'

export type SessionsDeps = {
  readonly rooms: Rooms
  readonly identities: Identities
  readonly accounts: Accounts
  /** Absent: no wire has a secret. */
  readonly wireTokens?: WireTokens
  readonly dialects: readonly ServerDialect<unknown>[]
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly metrics: Metrics
  readonly questions: Questions
  readonly persons: Persons
  readonly idsOf: PersonIds
  readonly directory: Pick<Directory, 'list' | 'listen'>
  readonly mayEnter: MayEnter
  readonly mayAsk: MayAsk
  readonly mayKeep: MayKeep
  readonly guesses: Guesses
  /** May people come in for whom nobody vouches? */
  readonly guests: boolean
  readonly socketsPerAddress: number
}

export type Sessions = {
  /** A socket came in for this dialect. */
  attach(dialectName: string, opened: Opened, channel: Channel): Attached
  /** A plain request came in for this dialect. */
  request(dialectName: string, request: HttpRequest, address: string): Promise<HttpResponse>
  readonly people: Pick<People, 'present' | 'seatOf' | 'here'>
  sockets(): number
  members(): number
  /** Tells everybody to come back, and lets nobody in any more. Seats stay. */
  close(comeBackInMs: number): void
}

export function createSessions(deps: SessionsDeps): Sessions {
  const { rooms, clock, timers, log, metrics, directory } = deps
  const dialects = new Map(deps.dialects.map((dialect) => [dialect.name, dialect]))
  const audience = createAudience<Session>()
  const talk = createTalk({ rooms, audience, clock, timers, metrics })
  const asks = createAsks({
    rooms,
    questions: deps.questions,
    mayEnter: deps.mayEnter,
    mayAsk: deps.mayAsk,
    mayKeep: deps.mayKeep,
    guesses: deps.guesses,
    guests: deps.guests,
    clock,
    metrics,
    talk,
    feed: (session, input) => feed(session, input),
  })
  const people = createPeople({
    persons: deps.persons,
    rooms,
    idsOf: deps.idsOf,
    clock,
    timers,
    metrics,
    mayAsk: deps.mayAsk,
    guests: deps.guests,
    feed: (session, input) => feed(session, input),
  })
  const sessions = new Set<Session>()
  let lastNumber = 0
  let isClosing = false

  const open = (dialect: ServerDialect<unknown>, address: string, key: string | undefined): Session => {
    const session = createSession({
      number: ++lastNumber,
      dialect,
      address,
      ...(key !== undefined && { key }),
      nowMs: clock.nowMs(),
      metrics,
      hear: (hearer, told) => feed(hearer, { kind: 'told', told }),
    })
    sessions.add(session)
    return session
  }

  const links = createLinks({
    clock,
    timers,
    log,
    metrics,
    socketsPerAddress: deps.socketsPerAddress,
    feed: (session, input) => feed(session, input),
    gone: (session) => gone(session),
  })

  const requests = createRequests({
    clock,
    timers,
    perAddress: deps.socketsPerAddress,
    open,
    feed: (session, input) => feed(session, input),
    end: (session) => end(session),
  })

  const feed = (session: Session, input: ServerInput): void => {
    if (session.isOver && input.kind !== 'closed') return
    if (input.kind === 'refused' || input.kind === 'unseated' || input.kind === 'turned-away') {
      metrics.refused(input.refusal.code)
    }
    try {
      const step = session.dialect.step(session.state, input, clock.nowMs())
      session.state = step.session
      for (const output of step.outputs) perform(session, output, input)
    } catch (error) {
      log.error({ ...aboutOf(session), input: input.kind, reason: reasonOf(error) }, 'a dialect failed')
      links.shut(session, CLOSE.fault, 'the server failed')
      // Whoever waits for an answer of it waits in vain.
      end(session)
    }
  }

  const perform = (session: Session, output: ServerOutput, cause: ServerInput): void => {
    switch (output.kind) {
      case 'send':
        return session.send([output.frame])
      case 'close':
        return links.shut(session, output.code, output.reason)
      case 'respond':
        return requests.respond(session, output)
      case 'attach':
        return attachTo(session, output.key)
      case 'create':
        return void answer(session, output, asks.create(session, output))
      case 'look':
        return void answer(session, output, asks.look(session, output))
      case 'sign-up':
      case 'sign-in':
        return void answer(session, output, signIn(session, output))
      case 'verify':
      case 'sign':
        return void answer(session, output, handleToken(session, output))
      case 'person':
        return void answer(session, output, askPerson(session, output))
      case 'relay':
        return talk.relay(session, output.fields, cause.kind === 'frame' || cause.kind === 'done')
      case 'identify':
        return void answer(session, output, identify(session, output.ask, output.token))
      case 'enter':
        return void answer(session, output, enter(session, output))
      case 'command':
        return void answer(session, output, asks.command(session, output))
      case 'snapshot':
        return void answer(session, output, asks.snapshot(session, output))
      case 'question':
        return void answer(session, output, asks.question(session, output))
      case 'write':
        return void answer(session, output, asks.write(session, output))
      case 'report':
        return talk.report(session, output.report)
      case 'typing':
        return talk.typing(session, output.isTyping)
      case 'react':
        return talk.react(session, output.emoji)
      case 'notes':
        return talk.notes(session, output)
      case 'path':
        if (session.seat) rooms.setPath(session.seat.roomId, session.seat.memberId, output.downMs)
        return undefined
      case 'wake':
        session.cancelWake?.()
        session.cancelWake = timers.after(Math.max(0, Math.ceil(output.atMs - clock.nowMs())), () =>
          feed(session, { kind: 'woke' }),
        )
        return undefined
      case 'note':
        metrics.noted(session.dialect.name)
        return log.info(aboutOf(session), output.note)
    }
  }

  /** A refusal, if there was one, goes back under its ask; a failure is one too. */
  const answer = async (
    session: Session,
    { kind, ask }: Extract<ServerOutput, { readonly ask: string }>,
    work: Promise<Refusal | undefined>,
  ): Promise<void> => {
    let refusal: Refusal | undefined
    try {
      refusal = await work
    } catch (error) {
      log.error({ ...aboutOf(session), reason: reasonOf(error) }, 'what was asked failed')
      refusal = refuse('server-error')
    }
    if (!refusal) return
    // What a member may not do is everyday life; it is counted.
    const line = kind === 'enter' ? log.info : log.debug
    line({ ...aboutOf(session), code: refusal.code }, `refused: ${kind}`)
    feed(session, { kind: 'refused', ask, refusal })
  }

  const identify = async (session: Session, ask: string, token: string | undefined): Promise<undefined> => {
    const identified = await deps.identities.identify(token)
    if (token !== undefined && identified.isNew) log.info(aboutOf(session), 'a token that is not ours, or too old')
    become(session, ask, identified, token !== undefined && !identified.isNew)
  }

  const become = (session: Session, ask: string, identified: Identified, isKnown: boolean): void => {
    const { identity, token, isNew, account, vouched } = identified
    session.cancelIdentify?.()
    session.identity = identity
    session.isKnown = isKnown
    if (vouched) session.vouched = vouched
    // Of whoever it was before.
    else delete session.vouched
    people.note(session)
    feed(session, { kind: 'identified', ask, identity, token, isNew, ...(account && { account }) })
  }

  const signIn = async (
    session: Session,
    output: Extract<ServerOutput, { kind: 'sign-up' | 'sign-in' }>,
  ): Promise<Refusal | undefined> => {
    const { accounts, identities } = deps
    const { neighbourhood } = session
    const signed = await (output.kind === 'sign-up'
      ? accounts.signUp(output, neighbourhood)
      : accounts.signIn(output, neighbourhood))
    if ('code' in signed) return signed
    become(session, output.ask, await identities.ofAccount(signed.identity, signed.name), true)
    return undefined
  }

  /** Whoever wants nothing kept of them keeps no account either. */
  const askPerson = async (
    session: Session,
    output: Extract<ServerOutput, { kind: 'person' }>,
  ): Promise<Refusal | undefined> => {
    const { identity } = session
    const refusal = await people.ask(session, output)
    const forgets = output.wish.type === 'command' && output.wish.command.type === 'delete-person'
    if (!refusal && forgets && identity !== undefined) await deps.accounts.forget(identity)
    return refusal
  }

  const handleToken = async (
    session: Session,
    output: Extract<ServerOutput, { kind: 'verify' | 'sign' }>,
  ): Promise<Refusal | undefined> => {
    const { wireTokens } = deps
    const { ask } = output
    if (!wireTokens) return refuse('not-allowed')
    const { dialect } = session
    if (output.kind === 'sign') {
      feed(session, { kind: 'signed', ask, token: await wireTokens.sign(dialect, output.claims, output.forMs) })
    } else feed(session, { kind: 'verified', ask, ...(await wireTokens.verify(dialect, output.token)) })
    return undefined
  }

  const enter = async (
    session: Session,
    {
      ask,
      door,
      name,
      bot,
      seen,
      ownSeat,
      memberId,
      alias,
      vouched = session.vouched,
    }: Extract<ServerOutput, { kind: 'enter' }>,
  ): Promise<Refusal | undefined> => {
    const { identity } = session
    if (identity === undefined) return refuse('bad-token')
    if (session.seat || session.isEntering) return refuse('already-in-room')
    session.isEntering = true
    try {
      const returns = door.kind === 'code' && (await rooms.holdsSeat(door.code, identity))
      if (!(await deps.mayEnter(session.neighbourhood, returns ? identity : undefined))) return refuse('too-many-joins')
      const keeps = door.kind === 'new' && door.create.settings?.temporary === false
      if (keeps && !(await deps.mayKeep(session.neighbourhood))) return refuse('too-many-rooms')
      const visit: Visit = {
        identity,
        door,
        neighbourhood: session.neighbourhood,
        ...(vouched && { vouched }),
        ...(bot && { bot }),
        dialect: session.dialect.name,
        ...(name === undefined ? {} : { name }),
        ...(seen ? { seen } : {}),
        ...(ownSeat && { ownSeat }),
        ...(memberId !== undefined && { memberId }),
        ...(alias !== undefined && { alias }),
      }
      return await rooms.enter(visit, (seated) => take(session, ask, seated))
    } finally {
      session.isEntering = false
    }
  }

  /** Called in turn with the room, so that nothing is told between the snapshot and the seat. */
  const take = (session: Session, ask: string, { roomId, memberId, room, missed }: Seated): void => {
    if (session.isOver) {
      // The socket closed while it was on its way in.
      if (!isClosing) void rooms.lost(roomId, memberId, () => audience.at(roomId, memberId) !== undefined)
      return
    }
    const before = audience.seat(roomId, memberId, session)
    session.seat = { roomId, memberId }
    people.note(session)
    if (before) talk.gone(roomId, memberId)
    if (before) dismiss(before, refuse('taken-over'))
    log.info(aboutOf(session), 'a member is in')
    if (!session.link) requests.rest(session)
    feed(session, { kind: 'entered', ask, memberId, room, ...(missed ? { missed } : {}) })
  }

  const unseat = (roomId: string, memberId: MemberId): void => {
    audience.unseat(roomId, memberId)
    talk.gone(roomId, memberId)
    if (audience.size(roomId) === 0) talk.drop(roomId)
  }

  /** The seat is no longer this session's; `why` is told unless it asked for this itself. */
  const dismiss = (session: Session, why: Refusal): void => {
    delete session.seat
    people.note(session)
    if (session.isLeaving) {
      log.info(aboutOf(session), 'a member left')
      return
    }
    log.info({ ...aboutOf(session), code: why.code }, 'a member lost the seat')
    feed(session, { kind: 'unseated', refusal: why })
  }

  const handleTold = ({ roomId, numbered, before, after, by }: RoomChange): void => {
    audience.tell(roomId, { kind: 'event', numbered, before, after, ...(by !== undefined && { by }) })
    const { event } = numbered
    if (event.type === 'member-left') {
      const gone = audience.at(roomId, event.memberId)
      unseat(roomId, event.memberId)
      if (gone) dismiss(gone, whySentOut(event))
    }
    if (event.type === 'room-closed') {
      for (const session of audience.in(roomId)) {
        if (session.seat) unseat(roomId, session.seat.memberId)
        dismiss(session, refuse('room-closed'))
      }
    }
  }

  rooms.listen({
    told: handleTold,
    replaced(roomId) {
      for (const session of audience.in(roomId)) feed(session, { kind: 'server-closing', comeBackInMs: 0 })
    },
  })

  /** Its socket is gone. What has no key ends with it. */
  const gone = (session: Session): void => {
    if (session.key === undefined) return end(session)
    people.note(session)
    feed(session, { kind: 'detached' })
    loseSeat(session)
    requests.rest(session)
  }

  /** While the server closes, seats stay as they are: everybody is told to come back. */
  const loseSeat = (session: Session): void => {
    const { seat } = session
    if (!seat) return
    delete session.seat
    unseat(seat.roomId, seat.memberId)
    if (!isClosing) {
      void rooms.lost(seat.roomId, seat.memberId, () => audience.at(seat.roomId, seat.memberId) !== undefined)
    }
  }

  const end = (session: Session): void => {
    if (session.isOver) return
    session.isOver = true
    session.cancelWake?.()
    session.cancelSilence?.()
    session.cancelIdentify?.()
    sessions.delete(session)
    people.note(session)
    requests.forget(session)
    feed(session, { kind: 'closed' })
    log.info(aboutOf(session), 'a session is over')
    loseSeat(session)
  }

  const attachTo = (session: Session, key: string): void => {
    const { link } = session
    if (!link) return
    const owner = requests.keyed(session.dialect, key, link.opened.address)
    if (!owner) return links.shut(session, CLOSE.later, refuse('too-many-joins').sentence)
    links.pass(link, owner)
    end(session)
    people.note(owner)
    feed(owner, { kind: 'attached', opened: link.opened, key })
  }

  const dialectOf = (name: string): ServerDialect<unknown> => {
    const dialect = dialects.get(name)
    if (!dialect) throw new Error(`There is no dialect ${name}.`)
    return dialect
  }

  const stopNews = tellDirectoryNews({ directory, dialects: deps.dialects, timers, sessions: () => sessions })

  return {
    attach(dialectName, opened, channel) {
      const session = open(dialectOf(dialectName), opened.address, undefined)
      const attached = links.open(session, opened, channel)
      if (isClosing) links.shut(session, CLOSE.later, 'the server is closing')
      return attached
    },
    request: (dialectName, request, address) =>
      isClosing ? Promise.resolve(GONE) : requests.ask(dialectOf(dialectName), request, address),
    people,
    sockets: () => links.count(),
    members: () => audience.count(),
    close(comeBackInMs) {
      isClosing = true
      stopNews()
      people.close()
      for (const session of sessions) {
        feed(session, { kind: 'server-closing', comeBackInMs })
        links.shut(session, CLOSE.later, 'the server is closing')
        end(session)
      }
    },
  }
}

function whySentOut({ why, reason }: Extract<RoomEvent, { type: 'member-left' }>): Refusal {
  return refuse(why === 'kicked' || why === 'banned' ? why : 'not-in-room', reason)
}

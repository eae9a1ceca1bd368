/**
 * Being in a room from anywhere: one socket, taken up again when it is lost, and this side's copy of the room.
 * Knows neither browsers nor Node: socket, clock, timers and chance are handed in.
 * What came round from the server is applied, nothing else; how frames look is the dialect's to know.
 */
import { addSample, type ClockEstimate, createClock, estimate, pathDownMs, reconnected } from '../core/clock'
import { CLOCK_SAMPLES_NEEDED } from '../core/follower/constants'
import type { PlayedNotes } from '../core/notes/note'
import type { RoomCommand } from '../core/room/command'
import { type Refusal, type RefusalCode, refuse } from '../core/room/refusal'
import type { MemberId, PublicRoom } from '../core/room/room'
import type { ClientDialect, JoinWish } from '../dialects/client-dialect'
import type { AddressedLine, Answer, Door, PlayerReport, Question } from '../dialects/dialect'
import type { PersonWish } from '../dialects/person-port'
import type { Clock } from '../platform/clock'
import type { Fetch } from '../platform/fetch'
import type { Random } from '../platform/random'
import type { OpenSocket } from '../platform/socket'
import type { Cancel, Timers } from '../platform/timers'
import { createAskedCommands } from './asked-commands'
import { comeBackDelayMs, retryDelayMs } from './backoff'
import { type Connection, type ConnectionOutput, createConnection } from './connection'
import { takeEvent } from './copy'
import { backTo, newVisit, type Seat, seatIn, type Visit, wishOf } from './visit'

export type { Seat } from './visit'

export type RoomClientState =
  | { readonly kind: 'outside'; readonly why?: Refusal }
  | { readonly kind: 'connecting'; readonly dialect: string; readonly server: string; readonly door: Door }
  | {
      readonly kind: 'in-room'
      readonly dialect: string
      readonly server: string
      readonly memberId: MemberId
      readonly room: PublicRoom
      /** How far the timeline told here may be from that of a foreign system, ms; absent on our own wire. */
      readonly boundMs?: number
    }
  /** The connection is lost; the seat is kept for us; next try at `retryAtMs` (own clock). */
  | {
      readonly kind: 'lost'
      readonly dialect: string
      readonly server: string
      readonly memberId?: MemberId
      readonly room?: PublicRoom
      readonly attempt: number
      readonly retryAtMs: number
      /** Did this server ever answer in this visit? */
      readonly everOpened: boolean
    }

/** What is told once and not part of the room. */
export type RoomSignal = Extract<ConnectionOutput, { readonly kind: 'typing' | 'reactions' | 'notes' | 'line' }>

export type DialectOf = (name: string) => ClientDialect<unknown> | undefined

/** What the line to one's own person has to hear. */
export type PersonOutput = Extract<ConnectionOutput, { readonly kind: 'person' | 'done' | 'refused' }>

export type RoomClientDeps = {
  readonly openSocket: OpenSocket
  /** For wires that ask by plain requests as well. */
  readonly fetch?: Fetch
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  /** The wires that can be spoken from here. Nothing: not this one. */
  readonly dialectOf: DialectOf
  readonly onChange: (state: RoomClientState) => void
  readonly onReports: (reports: Readonly<Record<MemberId, PlayerReport>>) => void
  readonly onSignal: (signal: RoomSignal) => void
  readonly onClock: (estimate: ClockEstimate) => void
  /** Who we are at this server, also if it does not let us in: to be said at every door of it. */
  readonly onToken: (dialect: string, server: string, token: string) => void
  /** Called whenever there is something new to keep for coming back; `undefined` when there is nothing to come back to. */
  readonly onSeat: (seat: Seat | undefined) => void
  /** What comes over this connection for the line to one's own person, and answers that it may have asked for. */
  readonly onPerson?: (output: PersonOutput) => void
  /** A sign of life from the server, at least every 20 s while connected. */
  readonly onFrame: () => void
}

export type RoomClient = {
  enter(wish: {
    /** Our own without it. */
    dialect?: string
    server: string
    door: Door
    name?: string
    bot?: boolean
    token?: string
    account?: JoinWish['account']
  }): void
  /** Back into a seat that `onSeat` told, perhaps in an earlier life. */
  comeBack(seat: Seat): void
  /** Resolves to a refusal, or to nothing when done. Asked while the connection is lost, it waits a little for it to return. */
  command(command: RoomCommand): Promise<Refusal | undefined>
  /** What only the asker is answered. */
  question(question: Question): Promise<Refusal | Answer>
  /** A line for some only. */
  write(to: AddressedLine['to'], text: string): Promise<Refusal | undefined>
  report(report: PlayerReport): void
  /** To be said again every few seconds while it is so. */
  typing(isTyping: boolean): void
  react(emoji: string): void
  /** At once, or never: while the connection is lost nobody hears. */
  play(played: PlayedNotes): void
  /** Of one's own person, over the room's connection; false while there is none. Answered through `onPerson`. */
  person(ask: string, wish: PersonWish): boolean
  /** Leaves the room and closes the socket. */
  leave(): void
  /** Tries at once instead of at `retryAtMs`. */
  retryNow(): void
  state(): RoomClientState
  clock(): ClockEstimate | undefined
}

/** How long the way in may take, from opening the socket to sitting in the room. */
const ENTER_MS = 15_000
/** In the room for so long, the connection counts as good again and the next loss is met quickly. */
const STABLE_MS = 10_000

/** These pass by themselves: somebody who had a seat tries again, somebody new is told. */
const PASSING: readonly RefusalCode[] = ['too-fast', 'too-many-joins', 'server-error']

const OWN = 'tutti'
/** Where a wire tells no time, lines are in this side's own, which is known as well as if it had been asked for often. */
const OWN_TIME: ClockEstimate = { offsetMs: 0, uncertaintyMs: 0, samples: CLOCK_SAMPLES_NEEDED }

export function createRoomClient(deps: RoomClientDeps): RoomClient {
  const { clock: ownClock, timers, random } = deps
  const asked = createAskedCommands(timers)
  let state: RoomClientState = { kind: 'outside' }
  let visit: Visit | undefined
  let connection: Connection | undefined
  let cancelTimer: Cancel = () => {}
  let clock = createClock()
  let clockIsOld = false
  let clockServer: string | undefined

  const become = (next: RoomClientState): void => {
    state = next
    deps.onChange(next)
  }

  const dialectIn = (visit: Visit): ClientDialect<unknown> => {
    const dialect = deps.dialectOf(visit.dialect)
    if (!dialect) throw new Error(`There is no dialect ${visit.dialect}.`)
    return dialect
  }

  const begin = (next: Visit): void => {
    depart()
    // A seat may have been kept by a version that spoke more.
    if (!deps.dialectOf(next.dialect)) return become({ kind: 'outside', why: refuse('unsupported-version') })
    visit = next
    become({ kind: 'connecting', dialect: next.dialect, server: next.server, door: next.door })
    connect(next)
  }

  const connect = (visit: Visit): void => {
    clockIsOld = true
    visit.enteredAtMs = undefined
    cancelTimer()
    cancelTimer = timers.after(ENTER_MS, () => {
      connection?.close()
      lost(visit)
    })
    connection = createConnection(
      { ...deps, dialect: dialectIn(visit) },
      { kind: 'join', server: visit.server, wish: wishOf(visit) },
      {
        onOutput: (output) => handle(visit, output),
        onFrame() {
          visit.everOpened = true
          deps.onFrame()
        },
        onLost: () => lost(visit),
      },
    )
    connection.start()
  }

  const lost = (visit: Visit): void => {
    connection = undefined
    asked.giveUpSent()
    const nowMs = ownClock.nowMs()
    const wasStable = visit.enteredAtMs !== undefined && nowMs - visit.enteredAtMs >= STABLE_MS
    visit.attempt = wasStable ? 1 : visit.attempt + 1
    const { comeBackInMs } = visit
    visit.comeBackInMs = undefined
    const delayMs =
      comeBackInMs === undefined
        ? retryDelayMs(visit.attempt, random.float())
        : comeBackDelayMs(comeBackInMs, random.float())
    cancelTimer()
    cancelTimer = timers.after(delayMs, () => connect(visit))
    const { dialect, server, memberId, copy: room, attempt, everOpened } = visit
    become({
      kind: 'lost',
      dialect,
      server,
      ...(memberId !== undefined && { memberId }),
      ...(room && { room }),
      attempt,
      retryAtMs: nowMs + delayMs,
      everOpened,
    })
  }

  /** Ends the visit for good; what is left of the connection is the caller's. */
  const end = (): void => {
    visit = undefined
    connection = undefined
    cancelTimer()
    deps.onSeat(undefined)
  }

  const turnedOut = (refusal: Refusal): void => {
    connection?.close()
    end()
    asked.refuseAll(refusal)
    become({ kind: 'outside', why: refusal })
  }

  const depart = (): void => {
    if (!visit) return
    if (visit.enteredAtMs === undefined) connection?.close()
    else connection?.leave()
    end()
    asked.refuseAll(refuse('not-in-room'))
  }

  const handle = (visit: Visit, output: ConnectionOutput): void => {
    switch (output.kind) {
      case 'identified':
        visit.token = output.token
        deps.onToken(visit.dialect, visit.server, output.token)
        break
      case 'entered':
        visit.copy = output.room
        entered(visit, output.memberId)
        break
      case 'resumed':
        entered(visit, output.memberId)
        break
      case 'event': {
        const taken = takeEvent(visit.copy, output.numbered)
        if (taken.kind === 'gap') connection?.give({ kind: 'copy-lost' })
        if (taken.kind !== 'applied') break
        visit.copy = taken.room
        showRoom(visit)
        break
      }
      case 'replaced': {
        if (!visit.copy) break
        visit.copy = { ...visit.copy, ...output.part, rev: visit.copy.rev + 1 }
        showRoom(visit)
        break
      }
      case 'reports':
        deps.onReports(output.reports)
        break
      case 'typing':
      case 'reactions':
      case 'notes':
      case 'line':
        deps.onSignal(output)
        break
      case 'clock': {
        if (clockIsOld) clock = clockServer === visit.server ? reconnected(clock) : createClock()
        clockIsOld = false
        clockServer = visit.server
        clock = addSample(clock, output.sample)
        const estimated = estimate(clock)
        if (estimated) deps.onClock(estimated)
        const downMs = pathDownMs(clock)
        if (downMs !== undefined) connection?.give({ kind: 'path', downMs })
        break
      }
      case 'done':
        asked.answered(output.ask, undefined)
        deps.onPerson?.(output)
        break
      case 'answered':
        asked.answered(output.ask, output.answer)
        break
      case 'refused':
        if (output.ask === undefined) notLetIn(visit, output.refusal)
        else {
          asked.answered(output.ask, output.refusal)
          deps.onPerson?.(output)
        }
        break
      case 'unseated':
        turnedOut(output.refusal)
        break
      case 'server-closing':
        visit.comeBackInMs = output.comeBackInMs
        break
      case 'bound':
        visit.boundMs = output.boundMs
        showRoom(visit)
        break
      case 'person':
        deps.onPerson?.(output)
        break
      case 'unreadable':
        break
    }
  }

  const entered = (visit: Visit, memberId: MemberId): void => {
    cancelTimer()
    visit.memberId = memberId
    visit.enteredAtMs ??= ownClock.nowMs()
    // Coming back must not make another room, nor find one; a password stays at hand.
    if (visit.copy) visit.door = { ...(visit.door.kind === 'code' && visit.door), kind: 'code', code: visit.copy.code }
    showRoom(visit)
    sendWaiting()
  }

  const showRoom = (visit: Visit): void => {
    const { dialect, server, memberId, copy: room, boundMs } = visit
    if (memberId === undefined || !room) return
    const seat = seatIn(visit)
    if (seat) deps.onSeat(seat)
    become({ kind: 'in-room', dialect, server, memberId, room, ...(boundMs !== undefined && { boundMs }) })
  }

  const notLetIn = (visit: Visit, refusal: Refusal): void => {
    if (visit.memberId === undefined || !PASSING.includes(refusal.code)) {
      turnedOut(refusal)
      return
    }
    connection?.close()
    lost(visit)
  }

  const leave = (): void => {
    if (!visit) return
    depart()
    become({ kind: 'outside' })
  }

  const sendWaiting = (): void => asked.sendWaiting((input) => connection?.give(input))

  const ask = (wish: Parameters<typeof asked.ask>[0]): ReturnType<typeof asked.ask> => {
    if (!visit) return Promise.resolve(refuse('not-in-room'))
    const answer = asked.ask(wish)
    if (connection && visit.enteredAtMs !== undefined) sendWaiting()
    return answer
  }

  return {
    enter: (wish) => begin(newVisit({ ...wish, dialect: wish.dialect ?? OWN })),
    comeBack: (seat) => begin(backTo(seat)),
    async command(command) {
      if (visit && command.type === 'leave') {
        leave()
        return undefined
      }
      return refusalIn(await ask({ kind: 'command', command }))
    },
    async question(question) {
      return (await ask({ kind: 'question', question })) ?? refuse('server-error')
    },
    async write(to, text) {
      return refusalIn(await ask({ kind: 'write', to, text }))
    },
    report(report) {
      connection?.give({ kind: 'report', report })
    },
    typing(isTyping) {
      connection?.give({ kind: 'typing', isTyping })
    },
    react(emoji) {
      connection?.give({ kind: 'react', emoji })
    },
    play(played) {
      connection?.give({ kind: 'notes', played })
    },
    person(ask, wish) {
      if (!connection || visit?.enteredAtMs === undefined) return false
      connection.give({ kind: 'person', ask, wish })
      return true
    },
    leave,
    retryNow() {
      if (visit && !connection) connect(visit)
    },
    state: () => state,
    clock: () => (visit && dialectIn(visit).clock === 'arrival' ? OWN_TIME : estimate(clock)),
  }
}

function refusalIn(outcome: Refusal | Answer | undefined): Refusal | undefined {
  return outcome && 'code' in outcome ? outcome : undefined
}

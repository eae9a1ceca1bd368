/**
 * The line to one's own person at a server: over the connection of the room that one is in, or over a socket of its own, taken up again
 * when it is lost; and this side's copy of the person, made of what the server tells by the same function.
 * Knows no pages; who to be, where and over what is told to it.
 */
import { applyOwn } from '../core/person/apply'
import type { PersonCommand } from '../core/person/command'
import type { NumberedOwnEvent } from '../core/person/event'
import type { OwnPerson, PersonExport } from '../core/person/person'
import type { FriendState } from '../core/person/presence'
import { type Refusal, refuse } from '../core/room/refusal'
import type { PersonHeard, PersonWish } from '../dialects/person-port'
import type { Random } from '../platform/random'
import type { Cancel } from '../platform/timers'
import { comeBackDelayMs, retryDelayMs } from './backoff'
import { type Connection, type ConnectionDeps, type ConnectionOutput, createConnection } from './connection'
import type { PersonOutput } from './room-client'

export type KnownPerson = { readonly person: OwnPerson; readonly friends: readonly FriendState[] }

export type PersonLineState =
  | { readonly kind: 'closed' }
  /** The same person may be known already, from before the line moved. */
  | { readonly kind: 'asking'; readonly known?: KnownPerson }
  | { readonly kind: 'open'; readonly known: KnownPerson }
  /** Tried again by itself. */
  | { readonly kind: 'lost'; readonly known?: KnownPerson }

export type Who = {
  readonly server: string
  readonly token?: string
  /** Is there a room at this server, whose connection serves the line as well? `lost`: it is being taken up again. */
  readonly room?: 'in' | 'lost'
}

export type PersonLine = {
  /** Who to be, and where; nothing: hang up. The same again changes nothing. */
  be(who: Who | undefined): void
  /** What came over the connection of the room. */
  heardInRoom(output: PersonOutput): void
  /** Resolves to a refusal, or to nothing when done: then the copy knows of it. */
  command(command: PersonCommand): Promise<Refusal | undefined>
  exportAll(): Promise<Refusal | PersonExport>
  retryNow(): void
  state(): PersonLineState
}

export type PersonLineDeps = ConnectionDeps & {
  readonly random: Random
  /** Asks over the connection of the room; false if there is none. */
  readonly askInRoom: (ask: string, wish: PersonWish) => boolean
  readonly onToken: (server: string, token: string) => void
  readonly onChange: () => void
  /** A sign of life from the server. */
  readonly onFrame: () => void
}

/** Somebody looks at a page and waits. */
const ANSWER_MS = 8_000
/** More than hands can ask in that time. */
const MAX_ASKED = 32

type Outcome = Refusal | PersonExport | undefined
type Asked = { readonly answer: (outcome: Outcome) => void; readonly cancel: Cancel }

/** Apart from what a room is asked over the same connection. */
const OPEN_ASK = 'person-open'

export function createPersonLine(deps: PersonLineDeps): PersonLine {
  const { timers, random } = deps
  let who: Who | undefined
  let state: PersonLineState = { kind: 'closed' }
  let connection: Connection | undefined
  let isIdentified = false
  let attempt = 0
  let comeBackInMs: number | undefined
  let cancelRetry: Cancel = () => {}
  let nextAsk = 1
  const asked = new Map<string, Asked>()

  const become = (next: PersonLineState): void => {
    state = next
    deps.onChange()
  }

  const known = (): KnownPerson | undefined => (state.kind === 'closed' ? undefined : state.known)

  const answer = (ask: string, outcome: Outcome): void => {
    const one = asked.get(ask)
    if (!one) return
    asked.delete(ask)
    one.cancel()
    one.answer(outcome)
  }

  const dropSocket = (): void => {
    cancelRetry()
    connection?.close()
    connection = undefined
    isIdentified = false
    for (const ask of asked.keys()) answer(ask, refuse('no-answer'))
  }

  /** Says whether anybody is there to hear it. */
  const give = (ask: string, wish: PersonWish): boolean => {
    if (who?.room === 'in') return deps.askInRoom(ask, wish)
    if (!connection || !isIdentified) return false
    connection.give({ kind: 'person', ask, wish })
    return true
  }

  const askToOpen = (): void => void give(OPEN_ASK, { type: 'open' })

  const connect = (): void => {
    if (!who) return
    const { server, token } = who
    cancelRetry()
    connection = createConnection(
      deps,
      { kind: 'be-outside', server, ...(token !== undefined && { token }) },
      { onOutput: (output) => hear(server, output), onFrame: deps.onFrame, onLost: lose },
    )
    connection.start()
  }

  const lose = (): void => {
    dropSocket()
    attempt += 1
    const delayMs =
      comeBackInMs === undefined ? retryDelayMs(attempt, random.float()) : comeBackDelayMs(comeBackInMs, random.float())
    comeBackInMs = undefined
    cancelRetry = timers.after(delayMs, connect)
    const last = known()
    become({ kind: 'lost', ...(last && { known: last }) })
  }

  const hear = (server: string, output: ConnectionOutput): void => {
    switch (output.kind) {
      case 'identified':
        if (who) who = { ...who, token: output.token }
        deps.onToken(server, output.token)
        isIdentified = true
        askToOpen()
        break
      case 'refused':
        // Without an ask, or for the first word, it is the way in: tried again more and more seldom.
        if (output.ask === undefined || output.ask === OPEN_ASK) lose()
        else answer(output.ask, output.refusal)
        break
      case 'server-closing':
        comeBackInMs = output.comeBackInMs
        break
      case 'person':
      case 'done':
        hearAnswer(output)
        break
      default:
        break
    }
  }

  const hearAnswer = (output: PersonOutput): void => {
    switch (output.kind) {
      case 'person':
        hearPerson(output.heard)
        break
      case 'done':
        answer(output.ask, undefined)
        break
      case 'refused':
        if (output.ask !== undefined) answer(output.ask, output.refusal)
    }
  }

  const hearPerson = (heard: PersonHeard): void => {
    switch (heard.type) {
      case 'opened':
        attempt = 0
        become({ kind: 'open', known: { person: heard.person, friends: heard.friends } })
        break
      case 'exported':
        answer(heard.ask, heard.exported)
        break
      case 'found':
        break
      case 'event':
        take(heard.numbered)
        break
      case 'friends': {
        if (state.kind !== 'open') break
        const told = new Set(heard.friends.map(({ personId }) => personId))
        const others = state.known.friends.filter(({ personId }) => !told.has(personId))
        become({ kind: 'open', known: { ...state.known, friends: [...others, ...heard.friends] } })
      }
    }
  }

  /** What does not follow on what is known is mended by the whole person. */
  const take = ({ epoch, rev, event }: NumberedOwnEvent): void => {
    if (state.kind !== 'open') return
    const { person } = state.known
    const isNext = event.type === 'person-created' || (epoch === person.epoch && rev === person.rev + 1)
    if (isNext) become({ kind: 'open', known: { ...state.known, person: applyOwn(person, event) } })
    else if (epoch !== person.epoch || rev > person.rev) askToOpen()
  }

  const ask = (wish: PersonWish): Promise<Outcome> => {
    if (asked.size >= MAX_ASKED) return Promise.resolve(refuse('too-fast'))
    const name = `person-${nextAsk++}`
    return new Promise((resolve) => {
      const cancel = timers.after(ANSWER_MS, () => answer(name, refuse('no-answer')))
      asked.set(name, { answer: resolve, cancel })
      if (!give(name, wish)) answer(name, refuse('no-answer'))
    })
  }

  const isSame = (next: Who | undefined): boolean =>
    next?.server === who?.server && next?.room === who?.room && (next?.token === undefined || next.token === who?.token)

  return {
    be(next) {
      if (isSame(next)) return
      const isSamePerson = next !== undefined && next.server === who?.server && next.token === who.token
      const last = isSamePerson ? known() : undefined
      dropSocket()
      attempt = 0
      comeBackInMs = undefined
      who = next
      if (!next) become({ kind: 'closed' })
      else if (next.room === 'lost') become({ kind: 'lost', ...(last && { known: last }) })
      else {
        become({ kind: 'asking', ...(last && { known: last }) })
        if (next.room === 'in') askToOpen()
        else connect()
      }
    },
    heardInRoom(output) {
      if (who?.room === 'in') hearAnswer(output)
    },
    async command(command) {
      const outcome = await ask({ type: 'command', command })
      return outcome && 'code' in outcome ? outcome : undefined
    },
    async exportAll() {
      return (await ask({ type: 'export' })) ?? refuse('server-error')
    },
    retryNow() {
      if (who && who.room === undefined && !connection) connect()
    },
    state: () => state,
  }
}

/**
 * The line to one's own person at a server, in a room or not: a socket of its own, taken up again when it is lost, and this side's
 * copy of the person, made of what the server tells by the same function. Knows no pages; who to be, and when, is told to it.
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

export type KnownPerson = { readonly person: OwnPerson; readonly friends: readonly FriendState[] }

export type PersonLineState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'open'; readonly known: KnownPerson }
  /** Tried again by itself. */
  | { readonly kind: 'lost'; readonly known?: KnownPerson }

export type PersonLine = {
  /** Who to be, and where; nothing: hang up. The same again changes nothing. */
  be(who: { readonly server: string; readonly token?: string } | undefined): void
  /** Resolves to a refusal, or to nothing when done: then the copy knows of it. */
  command(command: PersonCommand): Promise<Refusal | undefined>
  exportAll(): Promise<Refusal | PersonExport>
  retryNow(): void
  state(): PersonLineState
}

export type PersonLineDeps = ConnectionDeps & {
  readonly random: Random
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

const OPEN_ASK = 'open'

export function createPersonLine(deps: PersonLineDeps): PersonLine {
  const { timers, random } = deps
  let who: { readonly server: string; token?: string } | undefined
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

  const known = (): KnownPerson | undefined =>
    state.kind === 'open' || state.kind === 'lost' ? state.known : undefined

  const answer = (ask: string, outcome: Outcome): void => {
    const one = asked.get(ask)
    if (!one) return
    asked.delete(ask)
    one.cancel()
    one.answer(outcome)
  }

  const answerAll = (refusal: Refusal): void => {
    for (const ask of asked.keys()) answer(ask, refusal)
  }

  const hangUp = (): void => {
    cancelRetry()
    connection?.close()
    connection = undefined
    isIdentified = false
    answerAll(refuse('no-answer'))
  }

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
    connection?.close()
    connection = undefined
    isIdentified = false
    answerAll(refuse('no-answer'))
    attempt += 1
    const delayMs =
      comeBackInMs === undefined ? retryDelayMs(attempt, random.float()) : comeBackDelayMs(comeBackInMs, random.float())
    comeBackInMs = undefined
    cancelRetry = timers.after(delayMs, connect)
    const last = known()
    become({ kind: 'lost', ...(last && { known: last }) })
  }

  const askToOpen = (): void => connection?.give({ kind: 'person', ask: OPEN_ASK, wish: { type: 'open' } })

  const hear = (server: string, output: ConnectionOutput): void => {
    switch (output.kind) {
      case 'identified':
        if (who) who.token = output.token
        deps.onToken(server, output.token)
        isIdentified = true
        askToOpen()
        break
      case 'person':
        hearPerson(output.heard)
        break
      case 'done':
        answer(output.ask, undefined)
        break
      case 'refused':
        // Without an ask, or for the first word, it is the way in: tried again more and more seldom.
        if (output.ask === undefined || output.ask === OPEN_ASK) lose()
        else answer(output.ask, output.refusal)
        break
      case 'server-closing':
        comeBackInMs = output.comeBackInMs
        break
      default:
        break
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
        const now = known()
        if (!now) break
        const told = new Set(heard.friends.map(({ personId }) => personId))
        const friends = [...now.friends.filter(({ personId }) => !told.has(personId)), ...heard.friends]
        become({ kind: 'open', known: { ...now, friends } })
      }
    }
  }

  /** What does not follow on what is known is mended by the whole person. */
  const take = ({ epoch, rev, event }: NumberedOwnEvent): void => {
    const now = known()
    if (!now) return
    const isNext = event.type === 'person-created' || (epoch === now.person.epoch && rev === now.person.rev + 1)
    if (isNext) become({ kind: 'open', known: { ...now, person: applyOwn(now.person, event) } })
    else if (epoch !== now.person.epoch || rev > now.person.rev) askToOpen()
  }

  const ask = (wish: PersonWish): Promise<Outcome> => {
    if (!connection || !isIdentified) return Promise.resolve(refuse('no-answer'))
    if (asked.size >= MAX_ASKED) return Promise.resolve(refuse('too-fast'))
    const name = `p${nextAsk++}`
    const line = connection
    return new Promise((resolve) => {
      const cancel = timers.after(ANSWER_MS, () => answer(name, refuse('no-answer')))
      asked.set(name, { answer: resolve, cancel })
      line.give({ kind: 'person', ask: name, wish })
    })
  }

  return {
    be(next) {
      if (next?.server === who?.server && (next?.token === who?.token || next?.token === undefined)) return
      hangUp()
      attempt = 0
      who = next && { ...next }
      if (who) {
        become({ kind: 'asking' })
        connect()
      } else become({ kind: 'closed' })
    },
    async command(command) {
      const outcome = await ask({ type: 'command', command })
      return outcome && 'code' in outcome ? outcome : undefined
    },
    async exportAll() {
      return (await ask({ type: 'export' })) ?? refuse('server-error')
    },
    retryNow() {
      if (who && !connection) connect()
    },
    state: () => state,
  }
}

/**
 * A client machine of a dialect, wired to the real server that runs the other machine: sockets, requests and wakes. What is sent arrives at once; a wire
 * that takes its time (it has no word for no, say) is given `patienceMs`, and the clock moves that far whenever somebody listens.
 */

import { takeEvent } from '../../src/client/copy'
import type { RoomCommand } from '../../src/core/room/command'
import type { Refusal } from '../../src/core/room/refusal'
import type { PublicRoom } from '../../src/core/room/room'
import type { ClientDialect, ClientInput, ClientOutput, JoinWish } from '../../src/dialects/client-dialect'
import type { Frame } from '../../src/dialects/dialect'
import type { ServerDialect } from '../../src/dialects/server-dialect'
import type { AHost } from '../doubles/a-host'
import type { ServerHears } from '../doubles/channel'
import { type ManualClock, settle } from '../doubles/manual-clock'

export type DialectPair = {
  readonly server: ServerDialect<unknown>
  readonly client: ClientDialect<unknown>
  /** After so long everything has been told; 0 where nothing is told later. */
  readonly patienceMs?: number
}

export type APair = {
  enter(wish: JoinWish): Promise<void>
  /** Answers what became of it. */
  ask(command: RoomCommand): Promise<Refusal | 'done' | 'no answer'>
  give(input: ClientInput): Promise<void>
  /** Raw frames past the own machine. */
  toServer(frame: Frame): Promise<void>
  /** Answers what the machine made of it, before anybody answers that. */
  toClient(frame: Frame): Promise<ClientOutput[]>
  /** Reads what others caused. */
  hear(): Promise<void>
  lose(): Promise<void>
  readonly copy: () => PublicRoom | undefined
  readonly memberId: () => string | undefined
  readonly outputs: ClientOutput[]
  /** Every frame that crossed, in order. */
  readonly sentUp: Frame[]
  readonly sentDown: Frame[]
  /** How often an event did not fit the copy. */
  readonly gaps: () => number
  /** The close code, once the server closed. */
  readonly closedWith: () => number | undefined
}

export function aPair(dialect: DialectPair, host: AHost, clock: ManualClock): APair {
  const { patienceMs = 0 } = dialect
  let session = dialect.client.fresh
  let copy: PublicRoom | undefined
  let memberId: string | undefined
  let closeCode: number | undefined
  let asks = 0
  let gaps = 0
  let hears: ServerHears | undefined
  const outputs: ClientOutput[] = []
  const sentUp: Frame[] = []
  const sentDown: Frame[] = []
  /** What has come down and was not looked at yet. */
  const inbox: (() => void)[] = []
  const arrives = (look: () => void): void => {
    // A machine that is woken by time sees things in the order of time.
    if (patienceMs > 0) clock.after(0, look)
    else inbox.push(look)
  }
  const jar = new Map<string, string>()
  /** Requests under way. */
  const fetching = new Set<string>()
  let cancelWake = (): void => {}

  const give = (input: ClientInput): ClientOutput[] => {
    const stepped = dialect.client.step(session, input, clock.nowMs())
    session = stepped.session
    outputs.push(...stepped.outputs)
    for (const output of stepped.outputs) {
      if (output.kind === 'send') {
        sentUp.push(output.frame)
        hears?.receive(output.frame)
      } else if (output.kind === 'open') {
        open(output.url, output.headers ?? {})
      } else if (output.kind === 'close') {
        hears?.closed()
        hears = undefined
      } else if (output.kind === 'fetch') {
        void fetchFor(output)
      } else if (output.kind === 'wake' && patienceMs > 0) {
        cancelWake()
        cancelWake = clock.after(Math.max(0, output.atMs - clock.nowMs()), () => void give({ kind: 'woke' }))
      } else if (output.kind === 'replaced') {
        if (copy) copy = { ...copy, ...output.part, rev: copy.rev + 1 }
      } else if (output.kind === 'entered') {
        copy = output.room
        memberId = output.memberId
      } else if (output.kind === 'resumed') {
        memberId = output.memberId
      } else if (output.kind === 'event') {
        const taken = takeEvent(copy, output.numbered)
        if (taken.kind === 'applied') copy = taken.room
        if (taken.kind === 'gap') {
          gaps += 1
          give({ kind: 'copy-lost' })
        }
      }
    }
    return [...stepped.outputs]
  }

  const open = (url: string, headers: Readonly<Record<string, string | null>>): void => {
    const small: Record<string, string> = {}
    for (const [name, value] of Object.entries(headers)) if (value !== null) small[name.toLowerCase()] = value
    hears = host.accept(
      url,
      {
        send(frame) {
          sentDown.push(frame)
          arrives(() => void give({ kind: 'frame', frame }))
        },
        close(code, reason) {
          closeCode ??= code
          arrives(() => void give({ kind: 'closed', code, reason }))
        },
      },
      small,
    )
    give({ kind: 'opened' })
  }

  const fetchFor = async ({ ask, request }: Extract<ClientOutput, { kind: 'fetch' }>): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    fetching.add(ask)
    const response = await host.server.request({
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...request.headers, ...(cookie !== '' && { cookie }) },
      body: request.body,
    })
    fetching.delete(ask)
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(response.headers['set-cookie'] ?? '') ?? []
    if (name !== undefined && value !== undefined) jar.set(name, value)
    give({ kind: 'fetched', ask, response })
  }

  /** Until neither side has anything to say. */
  const drain = async (): Promise<void> => {
    if (patienceMs > 0) await clock.advance(patienceMs)
    await settle()
    while (inbox.length > 0 || fetching.size > 0) {
      for (let look = inbox.shift(); look; look = inbox.shift()) look()
      if (patienceMs > 0) await clock.advance(patienceMs)
      await settle()
    }
  }

  return {
    async enter(wish) {
      give({ kind: 'join', server: 'http://here', wish })
      await drain()
    },
    async ask(command) {
      asks += 1
      const ask = `ask-${asks}`
      const from = outputs.length
      give({ kind: 'command', ask, command })
      await drain()
      for (const output of outputs.slice(from)) {
        if (output.kind === 'done' && output.ask === ask) return 'done'
        if (output.kind === 'refused' && output.ask === ask) return output.refusal
      }
      return 'no answer'
    },
    async give(input) {
      give(input)
      await drain()
    },
    async toServer(frame) {
      hears?.receive(frame)
      await drain()
    },
    async toClient(frame) {
      const given = give({ kind: 'frame', frame })
      await drain()
      return given
    },
    hear: drain,
    async lose() {
      give({ kind: 'closed', code: 1006, reason: '' })
      const lost = hears
      hears = undefined
      lost?.closed()
      await drain()
    },
    copy: () => copy,
    memberId: () => memberId,
    outputs,
    sentUp,
    sentDown,
    gaps: () => gaps,
    closedWith: () => closeCode,
  }
}

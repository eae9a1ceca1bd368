/**
 * Sockets that speak any wire by hand, at the real server on a manual clock: what is sent are values, what is heard is kept in order.
 * One of our own clients can sit in the same rooms, so that tests see what the other wires make of it.
 */
import type { RoomCommand } from '../../src/core/room/command'
import { tuttiClient, tuttiServer } from '../../src/dialects'
import type { Frame } from '../../src/dialects/dialect'
import type { ServerDialect } from '../../src/dialects/server-dialect'
import type { Attached } from '../../src/server/links'
import type { WireTokenSettings } from '../../src/server/wire-settings'
import { type APair, aPair } from '../contracts/a-pair'
import { CREATE } from '../core/room/a-room'
import { type AHost, startHost } from '../doubles/a-host'
import { createManualClock, type ManualClock, settle } from '../doubles/manual-clock'

export type Heard = Readonly<Record<string, unknown>>

export type WireSocket = {
  /** Everything that came, oldest first. */
  readonly heard: readonly Heard[]
  /** What came since this was asked last. */
  news(): Heard[]
  /** The same, once something has come: signatures are worked on beside the loop. */
  answer(): Promise<Heard[]>
  /** Sends a value, or text as it is, and lets the server finish with it. */
  say(frame: object | string): Promise<void>
  roundTrip(ms: number): void
  hangUp(): Promise<void>
  closedWith(): number | undefined
}

export type AWire = {
  readonly clock: ManualClock
  readonly host: AHost
  open(path: string, address?: string): Promise<WireSocket>
  /** One of ours, in that room or in a new one. */
  tutti(wish?: { code?: string; name?: string; create?: Partial<typeof CREATE> }): Promise<APair>
  advance(ms: number): Promise<void>
}

export const aWire = (...dialects: readonly ServerDialect<unknown>[]): Promise<AWire> => wireWith(undefined, dialects)

/** The same where the operator has set a secret for tokens of other wires. */
export const aGuardedWire = (
  tokens: WireTokenSettings,
  ...dialects: readonly ServerDialect<unknown>[]
): Promise<AWire> => wireWith(tokens, dialects)

async function wireWith(
  tokens: WireTokenSettings | undefined,
  dialects: readonly ServerDialect<unknown>[],
): Promise<AWire> {
  const clock = createManualClock()
  const host = await startHost(clock, [tuttiServer, ...dialects], tokens)
  const quiet = async (): Promise<void> => {
    for (let turn = 0; turn < 8; turn += 1) await settle()
  }
  return {
    clock,
    host,
    async open(path, address = 'somewhere') {
      const heard: Heard[] = []
      let seen = 0
      let code: number | undefined
      const attached = host.server.accept(`ws://${address}${path}`, {
        send: (frame: Frame) => void heard.push(JSON.parse(String(frame)) as Heard),
        close(closeCode) {
          code ??= closeCode
        },
      }) as Attached
      await quiet()
      const news = (): Heard[] => {
        const since = heard.slice(seen)
        seen = heard.length
        return since
      }
      return {
        heard,
        news,
        async answer() {
          while (heard.length === seen) await settle()
          return news()
        },
        async say(frame) {
          attached.receive(typeof frame === 'string' ? frame : JSON.stringify(frame))
          await quiet()
        },
        roundTrip: (ms) => attached.roundTrip(ms),
        async hangUp() {
          attached.closed()
          await quiet()
        },
        closedWith: () => code,
      }
    },
    async tutti({ code, name, create } = {}) {
      const pair = aPair({ server: tuttiServer, client: tuttiClient }, host, clock)
      const door =
        code === undefined
          ? { kind: 'new' as const, create: { ...CREATE, ...create } }
          : { kind: 'code' as const, code }
      await pair.enter({ door, ...(name !== undefined && { name }) })
      return pair
    },
    async advance(ms) {
      await clock.advance(ms)
      await quiet()
    },
  }
}

/** Asks in a room as one of ours; fails where that is refused. */
export async function does(pair: APair, command: RoomCommand): Promise<void> {
  const answer = await pair.ask(command)
  if (answer !== 'done') throw new Error(`${command.type}: ${JSON.stringify(answer)}`)
}

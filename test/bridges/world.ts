/** The server with all its wires on a manual clock, and sockets and requests to it in memory. */
import { serverDialects } from '../../src/dialects/index'
import { createManualClock, type ManualClock, settle } from '../doubles/manual-clock'
import { type MemoryServer, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import type { Ask, Dial } from '../foreign/channel'

export type BridgeWorld = {
  readonly server: MemoryServer
  readonly clock: ManualClock
  readonly dial: Dial
  readonly ask: Ask
  /** Names of the wires that are spoken here. */
  readonly dialects: readonly string[]
  stop(): Promise<void>
}

/** One way over a good home connection. */
const PATH_MS = 10

export async function startWorld(): Promise<BridgeWorld> {
  const clock = createManualClock(1_700_000_000_000)
  const random = createSeededRandom(11)
  const server = await startMemoryServer({
    clock,
    random,
    disk: createMemoryDisk(),
    identities: createPlainIdentities(random),
  })

  const dial: Dial = (url, hears, headers = {}) => {
    let isOver = false
    const over = (code: number, reason: string): void => {
      if (isOver) return
      isOver = true
      clock.after(PATH_MS, () => hears.onClose(code, reason))
    }
    const small = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    let end: ReturnType<MemoryServer['accept']> | undefined
    clock.after(PATH_MS, () => {
      if (isOver) return
      hears.onOpen()
      end = server.accept(
        url,
        {
          send: (frame) => void clock.after(PATH_MS, () => isOver || hears.onFrame(frame)),
          close: (code, reason) => over(code, reason),
        },
        small,
      )
    })
    return {
      send: (frame) => void clock.after(PATH_MS, () => isOver || end?.receive(frame)),
      close(code = 1005) {
        over(code, '')
        clock.after(PATH_MS, () => end?.closed())
      },
    }
  }

  const ask: Ask = async ({ method, url, headers = {}, body = '' }) => {
    const { pathname, searchParams } = new URL(url)
    const small = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    return server.request({ method, path: pathname, query: Object.fromEntries(searchParams), headers: small, body })
  }

  return {
    server,
    clock,
    dial,
    ask,
    dialects: serverDialects().map(({ name }) => name),
    async stop() {
      await server.stop(0)
      await settle()
    },
  }
}

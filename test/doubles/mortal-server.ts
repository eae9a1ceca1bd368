/**
 * The room server over its whole history: it goes down, gently or not, and comes up again on the same disk with the same keys.
 * Nothing of a life that ended reaches the next one. The networks given to it know where to connect, or that nobody is there.
 */
import { type PublicRoom, publicPart } from '../../src/core/room/room'
import type { Accept, Network } from './channel'
import { createLife, type Life } from './life'
import type { ManualClock } from './manual-clock'
import { type MemoryServer, startMemoryServer } from './memory-server'
import { createMemoryDisk, loseNewest, type MemoryDisk } from './memory-store'
import { createPlainIdentities } from './plain-identities'
import type { SeededRandom } from './seeded-random'

export type MortalServer = {
  readonly disk: MemoryDisk
  start(): Promise<void>
  /** Tells everybody to come back, and writes everything. */
  stop(): Promise<void>
  /** Without a word; by chance the newest event of each room is lost. */
  crash(): void
  /** This network leads to the server from now on, whenever it is up. */
  serve(network: Network): void
  /** Its way to the server is cut off until it is served again. */
  unserve(network: Network): void
  /** The room that was made first, as the disk has it. */
  readonly room: () => PublicRoom | undefined
  /** What an operator would have to look at. */
  readonly errors: () => readonly string[]
}

/** Nothing may rest on the two sides' clocks being alike. */
export const SERVER_AHEAD_MS = 3_000_000

export function createMortalServer(time: ManualClock, random: SeededRandom): MortalServer {
  const disk = createMemoryDisk()
  const identities = createPlainIdentities(random)
  const networks = new Set<Network>()
  const errors: string[] = []
  let current: { readonly server: MemoryServer; readonly life: Life; readonly accept: Accept } | undefined

  const lead = (accept: Accept | undefined): void => {
    for (const network of networks) network.listen(accept)
  }
  const bury = (): void => {
    if (!current) return
    current.life.end()
    errors.push(...errorsOf(current.server))
    current = undefined
  }

  return {
    disk,
    async start() {
      const life = createLife(time)
      const clock = { ...time, ...time.skewed(SERVER_AHEAD_MS), ...life.timers }
      const server = await startMemoryServer({ clock, random, disk, identities })
      const accept: Accept = (url, end) => {
        const attached = server.accept(url, end)
        return {
          receive(frame) {
            if (!life.isOver()) attached.receive(frame)
          },
          closed() {
            if (!life.isOver()) attached.closed()
          },
        }
      }
      current = { server, life, accept }
      lead(accept)
    },
    async stop() {
      lead(undefined)
      await current?.server.stop()
      bury()
    },
    crash() {
      lead(undefined)
      bury()
      for (const network of networks) network.cutAll()
      if (random.float() < 0.5) loseNewest(disk)
    },
    serve(network) {
      networks.add(network)
      network.listen(current?.accept)
    },
    unserve(network) {
      networks.delete(network)
      network.listen(undefined)
    },
    room() {
      const [shelf] = disk.shelves.values()
      const last = shelf?.states.at(-1)
      return last && publicPart(last)
    },
    errors: () => [...errors, ...(current ? errorsOf(current.server) : [])],
  }
}

function errorsOf(server: MemoryServer): string[] {
  return server.lines.filter(({ level }) => level === 'error').map((line) => JSON.stringify(line))
}

/** The real server on a disk in memory, with what tests ask of it: which rooms it has, and what came in over its sockets. */
import type { RoomCommand } from '../../src/core/room/command'
import { type PublicRoom, publicPart, type Room } from '../../src/core/room/room'
import type { Frame } from '../../src/dialects/dialect'
import type { ServerDialect } from '../../src/dialects/server-dialect'
import type { WireTokenSettings } from '../../src/server/wire-settings'
import type { ManualClock } from './manual-clock'
import { type MemoryServer, startMemoryServer } from './memory-server'
import { createMemoryDisk } from './memory-store'
import { createPlainIdentities } from './plain-identities'
import { createSeededRandom } from './seeded-random'

export type AHost = {
  readonly server: MemoryServer
  readonly accept: MemoryServer['accept']
  room(code: string): PublicRoom | undefined
  codes(): string[]
  /** Who holds the seats: what no frame may tell. */
  identities(): string[]
  /** What an operator would have to look at. */
  errors(): unknown[]
  /** Commands and measured paths as they came in, in the spelling of our own wire. */
  readonly commands: RoomCommand[]
  readonly pathsMs: number[]
}

export async function startHost(
  clock: ManualClock,
  dialects?: readonly ServerDialect<unknown>[],
  /** With what tokens of other wires are signed. */
  wireTokens?: WireTokenSettings,
): Promise<AHost> {
  const random = createSeededRandom(1)
  const disk = createMemoryDisk()
  const identities = createPlainIdentities(random)
  const server = await startMemoryServer({
    clock,
    random,
    disk,
    identities,
    ...(dialects && { dialects }),
    ...(wireTokens && { wireTokens }),
  })
  const commands: RoomCommand[] = []
  const pathsMs: number[] = []

  const rooms = (): Room[] => [...disk.shelves.values()].flatMap(({ states }) => states.at(-1) ?? [])
  const note = (frame: Frame): void => {
    const said = readSaid(frame)
    if (said.type === 'command' && said.command) commands.push(said.command)
    if (said.type === 'ping' && said.downMs !== undefined) pathsMs.push(said.downMs)
  }

  return {
    server,
    accept(url, end, headers) {
      const hears = server.accept(url, end, headers)
      return {
        receive(frame) {
          note(frame)
          hears.receive(frame)
        },
        closed: () => hears.closed(),
      }
    },
    room(code) {
      const room = rooms().find((each) => each.public.code === code)
      return room && publicPart(room)
    },
    codes: () => rooms().map((room) => room.public.code),
    identities: () => rooms().flatMap(({ serverOnly }) => Object.values(serverOnly.identityByMember)),
    errors: () => server.lines.filter(({ level }) => level === 'error'),
    commands,
    pathsMs,
  }
}

/** Other wires may say anything. */
function readSaid(frame: Frame): { type?: string; command?: RoomCommand; downMs?: number } {
  try {
    return (JSON.parse(String(frame)) ?? {}) as { type?: string }
  } catch {
    return {}
  }
}

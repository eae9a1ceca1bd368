/** People at a real server on a manual clock, each over a socket that a test holds: who they are, and what they are told of themselves. */
import type { PersonCommand, Whom } from '../../src/core/person/command'
import type { OwnPerson } from '../../src/core/person/person'
import type { FriendState } from '../../src/core/person/presence'
import type { MayAsk } from '../../src/server/limits'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { createMemoryPeopleDisk, type MemoryPeopleDisk } from '../doubles/memory-person-store'
import { type MemoryServer, type MemoryServerWishes, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import { createPeer, goIn, type Peer, quiet, type Said } from './peer'

export type Someone = {
  readonly peer: Peer
  readonly token: unknown
  readonly memberId: string
  readonly code: string
  /** As this session was told: opened, and every event since. */
  readonly events: () => string[]
  readonly opened: () => { readonly person: OwnPerson; readonly friends: readonly FriendState[] }
  readonly friends: () => readonly FriendState[]
  /** Answers `done`, or the code of a refusal. */
  readonly asks: (command: PersonCommand) => Promise<string>
  readonly wish: (wish: Record<string, unknown>) => Promise<Said>
  readonly open: () => Promise<OwnPerson>
}

export type Town = {
  readonly clock: ManualClock
  readonly disk: MemoryPeopleDisk
  server: MemoryServer
  /** In a room of their own, in the room of a code, or in none. */
  readonly come: (where?: {
    code?: string
    name?: string
    token?: unknown
    outside?: boolean
    address?: string
  }) => Promise<Someone>
  readonly restart: () => Promise<void>
}

export const memberOf = ({ memberId }: Someone): Whom => ({ kind: 'member', memberId })

export async function aTown(wishes: Partial<MemoryServerWishes> & { mayAsk?: MayAsk } = {}): Promise<Town> {
  const clock = createManualClock()
  const random = createSeededRandom(3)
  const disk = createMemoryPeopleDisk()
  const rooms = createMemoryDisk()
  const identities = createPlainIdentities(random)
  const start = (): Promise<MemoryServer> =>
    startMemoryServer({ clock, random, disk: rooms, people: disk, identities, ...wishes })
  const town: Town = {
    clock,
    disk,
    server: await start(),
    async come({ code, name, token, outside, address } = {}) {
      const peer = createPeer(town.server.sessions, address)
      if (outside) {
        await peer.send({ type: 'hello', v: 1, ...(token !== undefined && { token }) })
        return someone(peer, { token: peer.last('welcome')['token'], memberId: '', code: '' })
      }
      const door = code === undefined ? {} : { door: { kind: 'code', code } }
      return someone(
        peer,
        await goIn(peer, { ...door, ...(name !== undefined && { name }), ...(token !== undefined && { token }) }),
      )
    },
    async restart() {
      await town.server.stop()
      town.server = await start()
    },
  }
  return town
}

function someone(peer: Peer, who: Pick<Someone, 'token' | 'memberId' | 'code'>): Someone {
  let asks = 0
  const heard = (type: string): Record<string, unknown>[] =>
    peer.of('person').flatMap((frame) => {
      const told = frame['heard'] as Record<string, unknown>
      return told['type'] === type ? [told] : []
    })
  const wish = async (wished: Record<string, unknown>): Promise<Said> => {
    const ask = `p${++asks}`
    await peer.send({ type: 'person', ask, wish: wished })
    const answer = peer.said.findLast((frame) => {
      const told = frame['heard'] as Record<string, unknown> | undefined
      return frame['ask'] === ask || told?.['ask'] === ask
    })
    if (!answer) throw new Error('nobody answered')
    return answer
  }
  const opened = (): { person: OwnPerson; friends: readonly FriendState[] } => {
    const last = heard('opened').at(-1)
    if (!last) throw new Error('the person was not opened')
    return last as { person: OwnPerson; friends: readonly FriendState[] }
  }
  return {
    ...who,
    peer,
    wish,
    opened,
    events: () => heard('event').map((told) => (told['numbered'] as { event: { type: string } }).event.type),
    friends: () => heard('friends').flatMap((told) => told['friends'] as FriendState[]),
    async asks(command) {
      const answer = await wish({ type: 'command', command })
      await quiet()
      return answer.type === 'refused' ? String(answer['code']) : answer.type
    },
    async open() {
      await wish({ type: 'open' })
      return opened().person
    },
  }
}

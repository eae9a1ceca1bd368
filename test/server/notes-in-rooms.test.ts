/** Notes through real sessions: who hears them, who does not, and what becomes of keys when somebody goes. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { type MemoryServer, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk, type MemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import { createPeer, goIn, type Peer } from './peer'

type Somebody = { readonly peer: Peer; readonly id: string; readonly token: unknown }

describe('notes in a room', () => {
  let clock: ManualClock
  let disk: MemoryDisk
  let server: MemoryServer
  let code: string
  let anna: Somebody
  let ben: Somebody

  const come = async (token?: unknown): Promise<Somebody> => {
    const peer = createPeer(server.sessions, `address ${Math.floor(clock.nowMs())} ${server.sessions.sockets()}`)
    const door = code ? { door: { kind: 'code', code } } : {}
    const entered = await goIn(peer, { ...door, ...(token === undefined ? {} : { token }) })
    code = entered.code || code
    return { peer, id: entered.memberId, token: entered.token }
  }
  beforeEach(async () => {
    clock = createManualClock(1_000_000)
    disk = createMemoryDisk()
    code = ''
    const random = createSeededRandom(8)
    server = await startMemoryServer({ clock, disk, random, identities: createPlainIdentities(random) })
    anna = await come()
    ben = await come()
  })

  const strike = ({ peer }: Somebody, key = 60) =>
    peer.send({
      type: 'notes',
      notes: [['on', clock.nowMs() - 20, 0, key, 100]],
      held: { keys: [[0, key]], pedals: [] },
    })
  const heardBy = ({ peer }: Somebody) => peer.of('notes')
  const ENDED = { notes: [['off', expect.any(Number), 0, 60]], held: { keys: [], pedals: [] } }

  it('[AN14] everybody else hears them at once, who played does not, and nothing of it is stored', async () => {
    const carl = await come()
    const before = JSON.stringify([...disk.shelves.values()])
    await strike(anna)
    for (const hearer of [ben, carl])
      expect(heardBy(hearer)).toEqual([
        {
          type: 'notes',
          memberId: anna.id,
          number: expect.any(Number),
          notes: [['on', 999_980, 0, 60, 100]],
          held: { keys: [[0, 60]], pedals: [] },
        },
      ])
    expect(heardBy(anna)).toEqual([])
    expect(JSON.stringify([...disk.shelves.values()])).toBe(before)
  })

  it('[AN19] who is muted, or in a room without chat, is not heard, and what they hold ends with their next word', async () => {
    await strike(ben)
    await anna.peer.ask({ type: 'command', ask: 'c', command: { type: 'mute', memberId: ben.id } })
    await strike(ben, 62)
    await strike(ben, 64)
    expect(heardBy(anna).slice(1)).toMatchObject([ENDED])
    await anna.peer.ask({ type: 'command', ask: 'd', command: { type: 'configure', settings: { chat: false } } })
    await strike(anna)
    expect(heardBy(ben)).toEqual([])
  })

  it.each([
    ['the connection is lost', () => anna.peer.hangUp()],
    ['they leave', () => anna.peer.ask({ type: 'command', ask: 'c', command: { type: 'leave' } })],
    ['another socket takes the seat', () => come(anna.token)],
  ])('[AN7] all keys go up when %s', async (_, goes) => {
    await strike(anna)
    await goes()
    expect(heardBy(ben).slice(1)).toMatchObject([ENDED])
  })

  it('[AN14] a hall of a hundred hears each of ten players, and the server turns no frame away', async () => {
    const hall: Somebody[] = [anna, ben]
    while (hall.length < 100) hall.push(await come())
    const players = hall.slice(0, 10)
    for (let second = 0; second < 3; second += 1)
      for (let tap = 0; tap < 10; tap += 1) {
        for (const player of players) await strike(player)
        await clock.advance(100)
      }
    expect(heardBy(hall[99] ?? anna)).toHaveLength(300)
    expect(heardBy(hall[0] ?? anna)).toHaveLength(270)
    expect(players.flatMap(({ peer }) => peer.of('refused'))).toEqual([])
  })
})

/** What members say to one another past the room: lines for some only, typing, reactions; and how much one person may ask. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createMayAsk, LIMITS } from '../../src/server/limits'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { type MemoryServer, type MemoryServerWishes, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk, type MemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import { createPeer, goIn, type Peer } from './peer'

describe('talk past the room', () => {
  let clock: ManualClock
  let disk: MemoryDisk
  let server: MemoryServer
  let code: string
  type Somebody = { readonly peer: Peer; readonly id: string; readonly token: unknown }
  let anna: Somebody
  let ben: Somebody
  let carl: Somebody

  const come = async (token?: unknown): Promise<Somebody> => {
    const peer = createPeer(server.sessions)
    const door = code ? { door: { kind: 'code', code } } : {}
    const entered = await goIn(peer, { ...door, ...(token === undefined ? {} : { token }) })
    code = entered.code || code
    return { peer, id: entered.memberId, token: entered.token }
  }
  const start = async (wishes: (clock: ManualClock) => Partial<MemoryServerWishes> = () => ({})): Promise<void> => {
    clock = createManualClock()
    disk = createMemoryDisk()
    code = ''
    const random = createSeededRandom(8)
    const identities = createPlainIdentities(random)
    server = await startMemoryServer({ clock, disk, random, identities, ...wishes(clock) })
    anna = await come()
    ben = await come()
    carl = await come()
  }
  beforeEach(() => start())

  const write = ({ peer }: Somebody, to: string, text: string) => peer.ask({ type: 'write', ask: 'w', to, text })
  const command = ({ peer }: Somebody, command: object) => peer.ask({ type: 'command', ask: 'c', command })
  const linesOf = ({ peer }: Somebody): unknown[] => peer.of('line').map(({ line }) => line)

  it('[S83] a private line reaches the one it is for and its author, no one else, and is not kept', async () => {
    expect(await write(ben, carl.id, ' between\u0000us\ud800')).toMatchObject({ type: 'done' })
    const line = { from: ben.id, to: carl.id, atMs: clock.nowMs(), text: 'between us' }
    expect([linesOf(anna), linesOf(ben), linesOf(carl)]).toEqual([[], [line], [line]])
    const kept = JSON.stringify([[...disk.shelves.values()], server.lines])
    expect(kept).not.toContain('between us')
  })

  it('[S83] what moderators write to one another only they hear; others may not', async () => {
    await command(anna, { type: 'set-role', memberId: ben.id, role: 'moderator' })
    await write(ben, 'moderators', 'watch Carl')
    expect(linesOf(anna)).toMatchObject([{ to: 'moderators', text: 'watch Carl' }])
    expect(linesOf(ben)).toHaveLength(1)
    expect(linesOf(carl)).toEqual([])
    expect(await write(carl, 'moderators', 'hello')).toMatchObject({ code: 'not-allowed' })
  })

  it('[S83] an empty line, one too long, one for nobody, and too many at once are refused', async () => {
    expect(await write(ben, carl.id, ' ')).toMatchObject({ code: 'bad-line' })
    expect(await write(ben, carl.id, 'x'.repeat(501))).toMatchObject({ code: 'bad-line' })
    expect(await write(ben, 'somebody-else', 'hello')).toMatchObject({ code: 'no-such-member' })
    const answers: unknown[] = []
    for (let line = 0; line < 7; line++) answers.push((await write(ben, carl.id, `line ${line}`)).type)
    expect(answers).toEqual(['done', 'done', 'done', 'done', 'done', 'refused', 'refused'])
    await clock.advance(1_000)
    expect(await write(ben, carl.id, 'again')).toMatchObject({ type: 'done' })
  })

  it('[S84] who is muted neither writes, nor types, nor reacts; moderators still hear them among themselves', async () => {
    await command(anna, { type: 'mute', memberId: ben.id, forMs: 10_000 })
    expect(await write(ben, carl.id, 'psst')).toMatchObject({ code: 'muted' })
    await ben.peer.send({ type: 'typing', isTyping: true })
    await ben.peer.send({ type: 'react', emoji: '👏' })
    await clock.advance(9_000)
    expect([...carl.peer.of('typing'), ...carl.peer.of('reactions'), ...carl.peer.of('line')]).toEqual([])
    await clock.advance(1_000)
    expect(await write(ben, carl.id, 'again')).toMatchObject({ type: 'done' })
    await ben.peer.send({ type: 'react', emoji: '👏' })
    await clock.advance(500)
    expect(carl.peer.of('reactions')).toMatchObject([{ reactions: [{ memberId: ben.id, emoji: '👏' }] }])
  })

  it('[S84] where there is no chat, there is none of this either', async () => {
    await command(anna, { type: 'configure', settings: { chat: false } })
    expect(await write(anna, carl.id, 'psst')).toMatchObject({ code: 'chat-off' })
    await anna.peer.send({ type: 'react', emoji: '👏' })
    await clock.advance(500)
    expect(carl.peer.of('reactions')).toEqual([])
  })

  it('[S79] one hand holds up six reactions at once and three a second; what is more is dropped and counted', async () => {
    for (let time = 0; time < 10; time++) await ben.peer.send({ type: 'react', emoji: '👏' })
    await clock.advance(1_000)
    for (let time = 0; time < 10; time++) await ben.peer.send({ type: 'react', emoji: '👏' })
    await clock.advance(1_000)
    expect(carl.peer.of('reactions').flatMap(({ reactions }) => reactions)).toHaveLength(9)
    expect(await server.metrics.text()).toContain('tutti_signals_dropped_total 11')
  })

  it('[S85] what one person asks is counted over all their sockets; leaving is always heard', async () => {
    await start((clock) => ({ mayAsk: createMayAsk({ ...LIMITS, asksPerSec: 1, asksAtOnce: 3 }, clock) }))
    const seek = { type: 'seek', positionSec: 3 }
    for (let time = 0; time < 2; time++) expect(await command(ben, seek)).toMatchObject({ type: 'done' })
    const again = await come(ben.token)
    expect(await command(again, seek)).toMatchObject({ type: 'done' })
    expect(await command(again, seek)).toMatchObject({ code: 'too-fast' })
    expect(await again.peer.ask({ type: 'question', ask: 'q', question: { type: 'list-rooms' } })).toMatchObject({
      code: 'too-fast',
    })
    expect(await command(carl, seek)).toMatchObject({ type: 'done' })
    await clock.advance(1_000)
    expect(await command(again, seek)).toMatchObject({ type: 'done' })
    expect(await command(again, { type: 'leave' })).toMatchObject({ type: 'done' })
  })

  it('[S81] one address is told the list at a pace, however many it says it is', async () => {
    const isToldList = async (peer: Peer): Promise<boolean> =>
      (await peer.ask({ type: 'question', ask: 'q', question: { type: 'list-rooms' } })).type === 'answer'
    const peers = [ben.peer, carl.peer]
    let told = 0
    for (let time = 0; time < 40; time++) for (const peer of peers) told += Number(await isToldList(peer))
    expect(told).toBe(60)
    await clock.advance(1_000)
    expect(await isToldList(ben.peer)).toBe(true)
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { tuttiServer } from '../../src/dialects/index'
import { createMayEnter, LIMITS, type MayEnter } from '../../src/server/limits'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { type MemoryServer, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import { createPeer, goIn, quiet, type Said } from './peer'

const { transport } = tuttiServer
const eventTypes = (frames: readonly Said[]): unknown[] => frames.map((frame) => (frame['event'] as Said).type)
const code = (wanted: string) => ({ door: { kind: 'code', code: wanted } })

describe('sessions', () => {
  let clock: ManualClock
  let server: MemoryServer

  const start = async (wishes: { mayEnter?: MayEnter; socketsPerAddress?: number } = {}): Promise<void> => {
    clock = createManualClock()
    const random = createSeededRandom(9)
    const identities = createPlainIdentities(random)
    server = await startMemoryServer({ clock, random, disk: createMemoryDisk(), identities, ...wishes })
  }
  beforeEach(() => start())

  const room = async () => {
    const anna = createPeer(server.sessions)
    const annaIn = await goIn(anna, { name: 'Anna' })
    const ben = createPeer(server.sessions)
    const benIn = await goIn(ben, { ...code(annaIn.code), name: 'Ben' })
    return { anna, annaIn, ben, benIn }
  }
  const command = (ask: string, what: Record<string, unknown>) => ({ type: 'command', ask, command: what })

  it('[S50] an event is told to everybody in the room, the asker included, before the asker is told that it is done', async () => {
    const { anna, ben } = await room()
    expect(eventTypes(anna.of('event'))).toEqual(['member-joined'])
    expect(ben.of('event')).toEqual([])
    await ben.send(command('1', { type: 'seek', positionSec: 30 }))
    expect(anna.last('event')).toEqual(ben.last('event'))
    expect(ben.said.slice(-2).map(({ type }) => type)).toEqual(['event', 'done'])
    expect(anna.of('done')).toEqual([])
  })

  it('[S50] other rooms hear nothing of it', async () => {
    const { ben } = await room()
    const carl = createPeer(server.sessions)
    await goIn(carl)
    await ben.send(command('1', { type: 'seek', positionSec: 30 }))
    expect(carl.of('event')).toEqual([])
  })

  it('[S51] what only the server knows is not told', async () => {
    const { anna, ben } = await room()
    expect(JSON.stringify([anna.said, ben.said])).not.toContain('identity')
  })

  it('[S52] a second way in on one socket is refused and loses nothing', async () => {
    const { anna, annaIn } = await room()
    await anna.send({ type: 'enter', ask: 'again', ...code(annaIn.code) })
    expect(anna.last('refused')).toMatchObject({ ask: 'again', code: 'already-in-room' })
    await anna.send(command('1', { type: 'seek', positionSec: 3 }))
    expect(anna.last('done')).toMatchObject({ ask: '1' })
    expect(anna.closedWith).toBeUndefined()
  })

  it('[A4] a second socket of the same identity takes the seat over', async () => {
    const { anna, annaIn, ben, benIn } = await room()
    const second = createPeer(server.sessions)
    const again = await goIn(second, { ...code(annaIn.code), token: benIn.token })
    expect(again.memberId).toBe(benIn.memberId)
    expect(ben.last('unseated')).toMatchObject({ code: 'taken-over' })
    await ben.hangUp()
    await anna.send(command('1', { type: 'seek', positionSec: 3 }))
    expect(eventTypes(anna.of('event'))).toEqual(['member-joined', 'timeline-changed'])
    expect(eventTypes(second.of('event'))).toEqual(['timeline-changed'])
    expect(server.sessions.members()).toBe(2)
  })

  it('[A5] a lost socket leaves the seat; the token finds it again, with what was missed', async () => {
    const { anna, annaIn, ben, benIn } = await room()
    const seen = ben.last('entered')['room'] as { epoch: string; rev: number }
    await ben.hangUp()
    expect(eventTypes(anna.of('event'))).toEqual(['member-joined', 'member-away'])
    await anna.send(command('1', { type: 'seek', positionSec: 3 }))
    const back = createPeer(server.sessions)
    const again = await goIn(back, {
      ...code(annaIn.code),
      token: benIn.token,
      seen: { epoch: seen.epoch, rev: seen.rev },
    })
    expect(again.memberId).toBe(benIn.memberId)
    const missed = back.last('resumed')['missed'] as Said[]
    expect(eventTypes(missed)).toEqual(['member-away', 'timeline-changed', 'member-back'])
  })

  it('[A5] a socket that is back before its end was noticed does not look away to anybody', async () => {
    const { anna, annaIn, ben, benIn } = await room()
    const second = createPeer(server.sessions)
    const coming = goIn(second, { ...code(annaIn.code), token: benIn.token })
    await ben.hangUp()
    await coming
    await quiet()
    const members = (second.last('entered')['room'] as { members: { presence: { kind: string } }[] }).members
    expect(members.map(({ presence }) => presence.kind)).toEqual(['connected', 'connected'])
    expect(eventTypes(anna.of('event')).filter((type) => type === 'member-away').length).toBe(
      eventTypes(anna.of('event')).filter((type) => type === 'member-back').length,
    )
  })

  it('[S53] a socket that closes on its way in leaves a member who is away, not one who never goes', async () => {
    const anna = createPeer(server.sessions)
    const { code: wanted } = await goIn(anna)
    const hasty = createPeer(server.sessions)
    await hasty.send({ type: 'hello', v: 1 })
    const going = hasty.send({ type: 'enter', ask: 'in', ...code(wanted) })
    await hasty.hangUp()
    await going
    await quiet()
    expect(eventTypes(anna.of('event'))).toEqual(['member-joined', 'member-away'])
  })

  it('[S54] leaving frees the seat, is told, and the socket may go in again', async () => {
    const { anna, annaIn, ben } = await room()
    await ben.send(command('1', { type: 'leave' }))
    expect(ben.last('done')).toMatchObject({ ask: '1' })
    expect(ben.of('unseated')).toEqual([])
    expect(eventTypes(anna.of('event'))).toEqual(['member-joined', 'member-left'])
    await ben.send({ type: 'enter', ask: 'again', ...code(annaIn.code) })
    expect(ben.last('entered')).toMatchObject({ ask: 'again' })
  })

  it('[S54] leaving right behind another command is no surprise either', async () => {
    const { ben } = await room()
    await Promise.all([
      ben.send(command('1', { type: 'seek', positionSec: 3 })),
      ben.send(command('2', { type: 'leave' })),
    ])
    await quiet()
    expect(ben.of('done')).toMatchObject([{ ask: '1' }, { ask: '2' }])
    expect(ben.of('unseated')).toEqual([])
  })

  it('[S54] who was gone for too long is unseated by the room, and others hear it', async () => {
    const { anna, ben } = await room()
    await ben.hangUp()
    for (let ping = 0; ping < 3; ping++) {
      await clock.advance(25_000)
      await anna.send({ type: 'ping', sentMs: 1 })
    }
    expect(eventTypes(anna.of('event'))).toEqual(['member-joined', 'member-away', 'member-left'])
  })

  it('[S55] reports are told in batches, newest first to count, at most twice a second', async () => {
    const { anna, annaIn, ben, benIn } = await room()
    const report = (positionSec: number) => ({ type: 'report', report: { positionSec, state: 'playing' } })
    for (let tenth = 0; tenth < 10; tenth++) {
      await anna.send(report(tenth))
      await ben.send(report(100 + tenth))
      await clock.advance(100)
    }
    const batches = ben.of('reports')
    expect(batches.length).toBeLessThanOrEqual(3)
    await clock.advance(500)
    const last = ben.last('reports')['reports'] as { memberId: string; report: { positionSec: number } }[]
    const newest = Object.fromEntries(last.map(({ memberId, report: { positionSec } }) => [memberId, positionSec]))
    expect(newest).toEqual({ [annaIn.memberId]: 9, [benIn.memberId]: 109 })
    expect(ben.of('event')).toEqual([])
  })

  it('[S56] frames in a flood are turned away with a sentence; the seat stays', async () => {
    const { anna, annaIn } = await room()
    const before = anna.said.length
    for (let frame = 0; frame < transport.burst + 10; frame++) await anna.send({ type: 'ping', sentMs: frame })
    expect(anna.last('refused')).toMatchObject({ code: 'too-fast', sentence: expect.stringMatching(/\.$/) })
    expect(anna.said.length - before).toBeLessThanOrEqual(transport.burst + 10)
    expect(server.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ code: 'too-fast' }) }),
    )
    await clock.advance(2_000)
    await anna.send(command('after', { type: 'seek', positionSec: 4 }))
    expect(anna.last('done')).toMatchObject({ ask: 'after' })
    expect(annaIn.memberId).toBeTruthy()
  })

  it('[S56] a frame that is too long is turned away by its bytes, not its letters', async () => {
    const { anna } = await room()
    const title = '🎬'.repeat(transport.maxFrameBytes / 4)
    await anna.send(command('1', { type: 'rename', name: title }))
    expect(anna.last('refused')).toMatchObject({ code: 'frame-too-long' })
    expect(anna.closedWith).toBeUndefined()
  })

  it.each([
    ['no JSON', 'nonsense', 'bad-frame'],
    ['binary', new Uint8Array([1, 2, 3]), 'bad-frame'],
    ['the wrong shape', { type: 'command', ask: '7', command: { type: 'seek' } }, 'bad-frame'],
    ['an unknown type', { type: 'conquer' }, 'bad-frame'],
  ])('[S57] %s gets a refusal and a log line, and costs nothing', async (_, frame, expected) => {
    const { anna } = await room()
    const logged = server.lines.length
    await anna.send(frame)
    expect(anna.last('refused')).toMatchObject({ code: expected, sentence: expect.stringMatching(/\.$/) })
    expect(server.lines.length).toBeGreaterThan(logged)
    await anna.send(command('1', { type: 'seek', positionSec: 3 }))
    expect(anna.last('done')).toMatchObject({ ask: '1' })
    expect(await server.metrics.text()).toContain('tutti_notes_total{dialect="tutti"} 1')
  })

  it('[S56] there is one snapshot at a time for a socket', async () => {
    const { anna } = await room()
    await Promise.all(['1', '2', '3'].map((ask) => anna.send({ type: 'snapshot', ask })))
    expect(anna.of('entered').map(({ ask }) => ask)).toEqual(['in', '1'])
    expect(anna.of('refused')).toMatchObject([
      { ask: '2', code: 'too-fast' },
      { ask: '3', code: 'too-fast' },
    ])
    await anna.send({ type: 'snapshot', ask: '4' })
    expect(anna.last('entered')).toMatchObject({ ask: '4' })
  })

  it('[S56] and not one after the other: each is a whole room', async () => {
    const { anna } = await room()
    for (let n = 1; n <= 20; n += 1) await anna.send({ type: 'snapshot', ask: String(n) })
    expect(anna.of('entered').slice(1)).toHaveLength(10)
    expect(anna.last('refused')).toMatchObject({ ask: '20', code: 'too-fast' })
    await clock.advance(2_000)
    await anna.send({ type: 'snapshot', ask: '21' })
    expect(anna.last('entered')).toMatchObject({ ask: '21' })
  })

  it('[S58] a socket that does not say who it is, or says nothing any more, is closed', async () => {
    const mute = createPeer(server.sessions)
    await clock.advance(transport.timeToIdentifyMs)
    expect(mute.closedWith).toMatchObject({ code: 1008 })
    const anna = createPeer(server.sessions)
    await goIn(anna)
    await clock.advance(transport.idleMs - 1_000)
    expect(anna.closedWith).toBeUndefined()
    await anna.send({ type: 'ping', sentMs: 1 })
    await clock.advance(transport.idleMs - 1_000)
    expect(anna.closedWith).toBeUndefined()
    await clock.advance(1_000)
    expect(anna.closedWith).toMatchObject({ code: 1008 })
    expect(server.sessions.sockets()).toBe(0)
  })

  it('[S59] one address may not go in too often, nor hold too many sockets', async () => {
    let left = 1
    await start({ mayEnter: async () => left-- > 0, socketsPerAddress: 2 })
    const anna = createPeer(server.sessions, 'one')
    const { code: wanted } = await goIn(anna)
    const ben = createPeer(server.sessions, 'one')
    await goIn(ben, code(wanted))
    expect(ben.last('refused')).toMatchObject({ ask: 'in', code: 'too-many-joins' })
    const carl = createPeer(server.sessions, 'one')
    expect(carl.closedWith).toMatchObject({ code: 1013 })
    expect(carl.last('refused')).toMatchObject({ code: 'too-many-joins' })
    expect(createPeer(server.sessions, 'another').closedWith).toBeUndefined()
    await ben.hangUp()
    expect(createPeer(server.sessions, 'one').closedWith).toBeUndefined()
  })

  it('[S59] who comes back to a seat that they hold is not counted with their address, unless it is all the time', async () => {
    await start({ mayEnter: createMayEnter({ ...LIMITS, entersPerMinute: 2, returnsPerMinute: 3 }) })
    const { annaIn, benIn } = await room()
    const comeIn = async (token?: unknown): Promise<string> => {
      const peer = createPeer(server.sessions)
      await goIn(peer, { ...code(annaIn.code), token })
      return String(peer.said.at(-1)?.type)
    }
    expect(await comeIn()).toBe('refused')
    expect(await comeIn(benIn.token)).toBe('entered')
    expect(await comeIn(annaIn.token)).toBe('entered')
    expect([await comeIn(benIn.token), await comeIn(benIn.token)]).toEqual(['entered', 'entered'])
    expect(await comeIn(benIn.token)).toBe('refused')
  })

  it('[A7] an IPv6 network is one address to the limits, however many of its addresses come', async () => {
    await start({ socketsPerAddress: 2 })
    const from = (address: string) => createPeer(server.sessions, address).closedWith
    expect([from('2001:db8::1'), from('2001:db8::2')]).toEqual([undefined, undefined])
    expect(from('2001:db8::3')).toMatchObject({ code: 1013 })
    expect(from('2001:db8:0:1::1')).toBeUndefined()
  })

  it('[S60] a closing server tells everybody to come back and keeps the seats', async () => {
    const { anna, ben } = await room()
    await server.stop(1_500)
    for (const peer of [anna, ben]) {
      expect(peer.last('closing')).toMatchObject({ comeBackInMs: 1_500 })
      expect(peer.closedWith).toMatchObject({ code: 1012 })
    }
    expect(eventTypes(anna.of('event'))).toEqual(['member-joined'])
  })

  it('[S74] what a member may not do is counted, and not in the log that an operator reads', async () => {
    const { anna, ben } = await room()
    await anna.send(command('1', { type: 'set-control', control: 'host' }))
    const before = server.lines.length
    await ben.send(command('2', { type: 'seek', positionSec: 3 }))
    expect(ben.last('refused')).toMatchObject({ ask: '2', code: 'host-controls' })
    expect(server.lines.slice(before).map(({ level }) => level)).toEqual(['debug'])
    expect(await server.metrics.text()).toContain('tutti_refusals_total{code="host-controls"} 1')
  })

  it('[S61] the log tells neither codes nor names nor tokens', async () => {
    const { anna, annaIn, ben, benIn } = await room()
    await anna.send(command('1', { type: 'rename', name: 'Annabelle' }))
    await anna.send({ type: 'command', ask: '2', command: { type: 'rename', name: 7, secret: 'Annabelle' } })
    await ben.hangUp()
    await goIn(createPeer(server.sessions), { ...code(annaIn.code), token: benIn.token })
    const log = JSON.stringify(server.lines)
    expect(log.length).toBeGreaterThan(200)
    for (const secret of [annaIn.code, String(annaIn.token), String(benIn.token), 'Anna', 'Ben']) {
      expect(log).not.toContain(secret)
    }
  })
})

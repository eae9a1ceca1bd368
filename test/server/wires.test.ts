import { beforeEach, describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../src/dialects/dialect'
import type { ServerInput, ServerOutput } from '../../src/dialects/server-dialect'
import { tuttiServer } from '../../src/dialects/tutti/server'
import { CREATE } from '../core/room/a-room'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { type MemoryServer, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createPlainWire } from '../doubles/plain-wire'
import { createSeededRandom } from '../doubles/seeded-random'
import { quiet } from './peer'

type Heard<Kind extends ServerInput['kind']> = Extract<ServerInput, { readonly kind: Kind }>

const NEW = { kind: 'new', create: CREATE } as const

describe('what the server does for every wire', () => {
  let clock: ManualClock
  let server: MemoryServer

  beforeEach(async () => {
    clock = createManualClock()
    const random = createSeededRandom(3)
    const dialects = [
      createPlainWire(),
      createPlainWire({
        name: 'other',
        paths: ['/other'],
        hearsEach: false,
        hearsDirectory: true,
        tell: (told) => (told.kind === 'directory' ? [JSON.stringify(told)] : []),
      }),
      tuttiServer,
    ]
    const identities = createPlainIdentities(random)
    server = await startMemoryServer({ clock, random, disk: createMemoryDisk(), identities, dialects })
  })

  const socket = (path = '/plain') => {
    const heard: ServerInput[] = []
    let closed: number | undefined
    const end = server.accept(`ws://here${path}`, {
      send: (frame) => void heard.push(JSON.parse(String(frame)) as ServerInput),
      close: (code) => {
        closed = code
      },
    })
    return {
      heard,
      of: <Kind extends ServerInput['kind']>(kind: Kind): Heard<Kind>[] =>
        heard.filter((input): input is Heard<Kind> => input.kind === kind),
      closedWith: () => closed,
      async does(output: ServerOutput) {
        end.receive(JSON.stringify(output))
        await quiet()
      },
      async hangsUp() {
        end.closed()
        await quiet()
      },
    }
  }
  const somebody = async (path?: string) => {
    const one = socket(path)
    await one.does({ kind: 'identify', ask: 'who' })
    return one
  }
  const inNewRoom = async () => {
    const host = await somebody()
    await host.does({ kind: 'enter', ask: 'in', door: NEW })
    const [entered] = host.of('entered')
    if (!entered) throw new Error('not in')
    return { host, entered }
  }
  const request = (output?: ServerOutput, token?: string, method = 'POST'): Promise<unknown> => {
    const headers: HttpRequest['headers'] = token === undefined ? {} : { authorization: token }
    const body = output ? JSON.stringify(output) : ''
    return server.request({ method, path: '/plain/any', query: {}, headers, body })
  }
  const tokenOf = async (): Promise<string> => (await somebody()).of('identified')[0]?.token ?? ''

  it('[S91] each session in the room is told by itself where its wire wants that, the asker included', async () => {
    const { host, entered } = await inNewRoom()
    const guest = await somebody()
    await guest.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: entered.room.code } })
    await guest.does({ kind: 'command', ask: 'seek', command: { type: 'seek', positionSec: 5, atOnce: true } })
    const told = (one: typeof host) =>
      one.of('told').map(({ told }) => (told.kind === 'event' ? told.numbered.event.type : told.kind))
    expect(told(host)).toEqual(['member-joined', 'timeline-changed'])
    expect(told(guest)).toEqual(['timeline-changed'])
    expect(guest.of('done')).toEqual([{ kind: 'done', ask: 'seek', changed: true }])
    await guest.does({ kind: 'command', ask: 'again', command: { type: 'pause', positionSec: 5, atOnce: true } })
    expect(guest.of('done').at(-1)).toEqual({ kind: 'done', ask: 'again', changed: false })
  })

  it('[S92] what one wire relays reaches those who speak it, and no other', async () => {
    const { host, entered } = await inNewRoom()
    const other = await somebody('/other')
    await other.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: entered.room.code } })
    await host.does({ kind: 'relay', fields: '{"time":3}' })
    await host.does({ kind: 'relay', fields: 'x'.repeat(2049) })
    expect(host.of('told').filter(({ told }) => told.kind === 'relayed')).toEqual([
      { kind: 'told', told: { kind: 'relayed', from: entered.memberId, fields: '{"time":3}' } },
    ])
    expect(JSON.stringify(other.heard)).not.toContain('relayed')
  })

  it('[S93] a lost socket of a wire that keeps no seats ends the membership at once, and the role passes', async () => {
    const { host, entered } = await inNewRoom()
    const guest = await somebody()
    await guest.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: entered.room.code } })
    await host.hangsUp()
    const room = (await server.rooms.find(entered.room.code))?.public
    expect(room?.members).toMatchObject([{ id: guest.of('entered')[0]?.memberId, role: 'host' }])
  })

  it('[S94] a wire makes a room that nobody sits in, under a name of its own, and names are one for all wires', async () => {
    const one = await somebody()
    await one.does({ kind: 'create', ask: 'a', create: CREATE, alias: 'My Piano Room' })
    const room = one.of('created')[0]?.room
    expect(room?.members).toEqual([])
    await one.does({ kind: 'create', ask: 'b', create: CREATE, alias: 'my piano-room' })
    await one.does({ kind: 'create', ask: 'c', create: CREATE, alias: '?' })
    expect(one.of('refused').map(({ refusal }) => refusal.code)).toEqual(['alias-taken', 'bad-alias'])
    for (const code of ['MY PIANO ROOM', room?.code ?? '', (room?.id ?? '').toUpperCase()]) {
      await one.does({ kind: 'look', ask: code, code })
      expect(one.of('looked').at(-1)?.room?.id, code).toBe(room?.id)
    }
    await one.does({ kind: 'look', ask: 'none', code: 'nowhere' })
    expect(one.of('looked').at(-1)).toEqual({ kind: 'looked', ask: 'none' })
    // The first one in leads.
    await one.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: 'my piano room' } })
    expect(one.of('entered')[0]?.room.members).toMatchObject([{ role: 'host' }])
  })

  it('[S94] a name that was refused leaves no room behind, and a room that is over gives its name free', async () => {
    const one = await somebody()
    await one.does({ kind: 'enter', ask: 'in', door: NEW, alias: 'films' })
    const two = await somebody()
    await two.does({ kind: 'create', ask: 'b', create: CREATE, alias: 'films' })
    expect(server.rooms.count()).toBe(1)
    await one.hangsUp()
    await clock.advance(600_001)
    await quiet()
    expect(server.rooms.count()).toBe(0)
    const three = await somebody()
    await three.does({ kind: 'create', ask: 'c', create: CREATE, alias: 'films' })
    expect(three.of('created')).toHaveLength(1)
  })

  it('[S95] a request is answered; without a key its session ends with the answer', async () => {
    expect(await request({ kind: 'identify', ask: 'who' })).toMatchObject({
      status: 200,
      body: '["request","identified"]',
    })
    expect(await request()).toMatchObject({ status: 200, body: '["request"]' })
    expect(server.sessions.sockets()).toBe(0)
  })

  it('[S95] requests with the token of somebody are one session, which rests for ten minutes and is over then', async () => {
    const token = await tokenOf()
    await request({ kind: 'identify', ask: 'who', token }, token)
    expect(await request(undefined, token)).toMatchObject({ body: '["request","identified","request"]' })
    await clock.advance(599_000)
    const four = '["request","identified","request","request"]'
    expect(await request(undefined, token)).toMatchObject({ body: four })
    await clock.advance(600_001)
    expect(await request(undefined, token)).toMatchObject({ body: '["request"]' })
  })

  it('[S95] a key that is no token of ours keeps nothing', async () => {
    await request({ kind: 'identify', ask: 'who', token: 'made up' }, 'made up')
    expect(await request(undefined, 'made up')).toMatchObject({ body: '["request"]' })
  })

  it('[S95] what no machine answers is answered in its place after ten seconds, and too many at once are turned away', async () => {
    const silent = await startMemoryServer({
      clock,
      random: createSeededRandom(4),
      disk: createMemoryDisk(),
      identities: createPlainIdentities(createSeededRandom(4)),
      dialects: [createPlainWire({ step: (session) => ({ session, outputs: [] }) })],
    })
    const asked = { method: 'GET', path: '/plain/any', query: {}, headers: {}, body: '' }
    const answers = Array.from({ length: 101 }, () => silent.request(asked))
    await clock.advance(10_000)
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(statuses).toEqual([...Array.from({ length: 100 }, () => 504), 429])
  })

  it('[S96] a socket that says whose it is joins the session of the requests: what happens in the room goes to the socket', async () => {
    const token = await tokenOf()
    await request({ kind: 'identify', ask: 'who', token }, token)
    const one = socket()
    await one.does({ kind: 'attach', key: token })
    await request({ kind: 'enter', ask: 'in', door: NEW }, token)
    const [entered] = one.of('entered')
    expect(entered).toBeDefined()
    await one.hangsUp()
    expect((await server.rooms.find(entered?.room.code ?? ''))?.public.members).toEqual([])
    expect(await request(undefined, token)).toMatchObject({ body: expect.stringContaining('"detached"') })
  })

  it('[S96] a second socket takes the place of the first, whose loss means nothing any more', async () => {
    const token = await tokenOf()
    const first = socket()
    await first.does({ kind: 'attach', key: token })
    await first.does({ kind: 'identify', ask: 'who', token })
    const second = socket()
    await second.does({ kind: 'attach', key: token })
    expect(first.closedWith()).toBe(1008)
    await second.does({ kind: 'enter', ask: 'in', door: NEW })
    await first.hangsUp()
    const code = second.of('entered')[0]?.room.code ?? ''
    expect((await server.rooms.find(code))?.public.members).toHaveLength(1)
    expect(second.of('detached')).toEqual([])
  })

  it('[S96] a seat that was taken without a socket is given up after a minute without a request', async () => {
    const token = await tokenOf()
    await request({ kind: 'identify', ask: 'who', token }, token)
    await request(
      { kind: 'enter', ask: 'in', door: { ...NEW, create: { ...CREATE, settings: { listed: true } } } },
      token,
    )
    await quiet()
    const looker = await somebody()
    await looker.does({ kind: 'question', ask: 'list', question: { type: 'list-rooms' } })
    const answer = looker.of('answered')[0]?.answer
    const code = (answer?.type === 'rooms' && answer.rooms[0]?.code) || ''
    expect((await server.rooms.find(code))?.public.members).toHaveLength(1)
    await clock.advance(60_001)
    await quiet()
    expect((await server.rooms.find(code))?.public.members).toEqual([])
  })

  it('[S97] a request acts as the seat that its person holds in a room, and as nobody where they hold none', async () => {
    const token = await tokenOf()
    const one = socket()
    await one.does({ kind: 'identify', ask: 'who', token })
    await one.does({ kind: 'enter', ask: 'in', door: NEW, ownSeat: true })
    const code = one.of('entered')[0]?.room.code ?? ''
    await request({ kind: 'identify', ask: 'who', token }, token)
    await request({ kind: 'command', ask: 'seek', in: code, command: { type: 'seek', positionSec: 9 } }, token)
    expect((await server.rooms.find(code))?.public.timeline.current.positionSec).toBe(9)
    const stranger = await somebody()
    await stranger.does({ kind: 'command', ask: 'seek', in: code, command: { type: 'seek', positionSec: 1 } })
    expect(stranger.of('refused')).toMatchObject([{ ask: 'seek', refusal: { code: 'not-in-room' } }])
  })

  it('[S98] a changed public list is told to every socket of a wire that shows it, at most ten times a second', async () => {
    const reader = socket('/other')
    const lists = (): unknown[] =>
      reader.heard.filter((each): boolean => JSON.stringify(each).startsWith('{"kind":"directory"'))
    const host = await somebody()
    const create = { ...CREATE, settings: { listed: true } }
    await host.does({ kind: 'enter', ask: 'in', door: { kind: 'new', create } })
    const settings = { shown: { title: 'Films' } }
    await host.does({ kind: 'command', ask: 'a', command: { type: 'configure', settings } })
    await clock.advance(100)
    expect(lists()).toMatchObject([{ rooms: [{ title: 'Films', members: 1, host: { name: expect.any(String) } }] }])
    await host.does({ kind: 'command', ask: 'b', command: { type: 'seek', positionSec: 4 } })
    await clock.advance(1000)
    expect(lists()).toHaveLength(1)
    await host.hangsUp()
    await clock.advance(100)
    expect(lists().at(-1)).toMatchObject({ rooms: [{ members: 0 }] })
  })
})

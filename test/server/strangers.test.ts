import { describe, expect, it } from 'vitest'
import type { CreateCommand } from '../../src/core/room/command'
import type { ServerInput, ServerOutput } from '../../src/dialects/server-dialect'
import { tuttiServer } from '../../src/dialects/tutti/server'
import { createGuesses, LIMITS } from '../../src/server/limits'
import { CREATE } from '../core/room/a-room'
import { createManualClock } from '../doubles/manual-clock'
import { type MemoryServerWishes, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createPlainWire } from '../doubles/plain-wire'
import { createSeededRandom } from '../doubles/seeded-random'
import { quiet } from './peer'

type Heard<Kind extends ServerInput['kind']> = Extract<ServerInput, { readonly kind: Kind }>
type Wishes = Partial<MemoryServerWishes>

/** What a wire itself allows is not what is looked at here. */
const transport = {
  ...tuttiServer.transport,
  maxFramesPerSec: 10_000,
  burst: 10_000,
  idleMs: 3_600_000,
  timeToIdentifyMs: 10_000,
}

/** A server of one plain wire, and whoever comes to it over a socket. */
async function aServer(wishes: Wishes = {}) {
  const clock = createManualClock()
  const random = createSeededRandom(5)
  const server = await startMemoryServer({
    clock,
    random,
    disk: createMemoryDisk(),
    identities: createPlainIdentities(random),
    dialects: [createPlainWire({ transport })],
    ...wishes,
  })
  const somebody = async (token?: string, address = 'here') => {
    const heard: ServerInput[] = []
    let closedWith: number | undefined
    const end = server.accept(`ws://${address}/plain`, {
      send: (frame) => void heard.push(JSON.parse(String(frame)) as ServerInput),
      close: (code) => {
        closedWith = code
      },
    })
    const does = async (output: ServerOutput): Promise<void> => {
      end.receive(JSON.stringify(output))
      await quiet()
    }
    await does({ kind: 'identify', ask: 'who', ...(token !== undefined && { token }) })
    return {
      does,
      closedWith: () => closedWith,
      of: <Kind extends ServerInput['kind']>(kind: Kind): Heard<Kind>[] =>
        heard.filter((input): input is Heard<Kind> => input.kind === kind),
    }
  }
  const host = async (create: CreateCommand = CREATE) => {
    const one = await somebody()
    await one.does({ kind: 'enter', ask: 'in', door: { kind: 'new', create } })
    const code = one.of('entered')[0]?.room.code ?? ''
    return { ...one, code }
  }
  const request = (output: ServerOutput, token?: string): Promise<unknown> =>
    server.request({
      method: 'POST',
      path: '/plain/any',
      query: {},
      headers: token === undefined ? {} : { authorization: token },
      body: JSON.stringify(output),
    })
  return { server, clock, somebody, host, request }
}

const SECRET_ROOM: CreateCommand = {
  ...CREATE,
  password: 'sesame',
  settings: { shown: { title: 'Our evening', description: 'With Ann', welcome: 'The key is under the mat' } },
  media: { content: { address: 'https://films.example/1', title: 'A film for two' } },
}

describe('who looks at a room from outside', () => {
  it('[SW4] sees of a locked one that it is there, and nothing that is in it', async () => {
    const at = await aServer()
    const host = await at.host(SECRET_ROOM)
    await host.does({ kind: 'command', ask: 'say', command: { type: 'say', text: 'Only for you' } })
    const stranger = await at.somebody()
    await stranger.does({ kind: 'look', ask: 'look', code: host.code })
    const [looked] = stranger.of('looked')
    expect(looked?.room).toMatchObject({ code: host.code, settings: { locked: true }, members: [], chat: [] })
    const told = JSON.stringify(looked)
    for (const secret of ['evening', 'Ann', 'mat', 'film', 'Only for you']) expect(told).not.toContain(secret)
  })

  it('[SW4] the same where guests are not allowed, unless somebody vouches for who looks', async () => {
    const at = await aServer()
    const host = await at.host({ ...CREATE, settings: { guests: false, shown: { title: 'Members' } } })
    const stranger = await at.somebody()
    await stranger.does({ kind: 'look', ask: 'look', code: host.code })
    expect(stranger.of('looked')[0]?.room).toMatchObject({ members: [], settings: { shown: { title: '' } } })
    const known = await at.somebody('account:Ann')
    await known.does({ kind: 'look', ask: 'look', code: host.code })
    expect(known.of('looked')[0]?.room?.members).toHaveLength(1)
  })

  it('[SW4] who sits in it sees all of it, and of an open one so does everybody', async () => {
    const at = await aServer()
    const locked = await at.host(SECRET_ROOM)
    await locked.does({ kind: 'look', ask: 'look', code: locked.code })
    expect(locked.of('looked')[0]?.room?.members).toHaveLength(1)
    const open = await at.host()
    const stranger = await at.somebody()
    await stranger.does({ kind: 'look', ask: 'look', code: open.code })
    expect(stranger.of('looked')[0]?.room?.members).toHaveLength(1)
  })

  it('[SW5] and looks for rooms that are not there is told to wait, as whoever opens invite pages is', async () => {
    const at = await aServer({ guesses: createGuesses({ ...LIMITS, missesPerMinute: 3 }) })
    const host = await at.host()
    const look = async (code: string, one: Awaited<ReturnType<typeof at.somebody>>) => {
      await one.does({ kind: 'look', ask: code, code })
      return one.of('refused').some(({ ask }) => ask === code) ? 'refused' : 'looked'
    }
    // Whoever finds rooms does not guess.
    for (let i = 0; i < 5; i += 1) expect(await look(host.code, await at.somebody())).toBe('looked')
    const answers: string[] = []
    for (const code of ['aaaaaa', 'bbbbbb', 'cccccc', 'dddddd', host.code]) {
      answers.push(await look(code, await at.somebody()))
    }
    expect(answers).toEqual(['looked', 'looked', 'looked', 'refused', 'refused'])
    expect(await look(host.code, host)).toBe('looked')
    expect(await look(host.code, await at.somebody(undefined, 'elsewhere'))).toBe('looked')
  })
})

describe('what a wire passes on as it came', () => {
  const relays = (one: { of(kind: 'told'): Heard<'told'>[] }): string[] =>
    one.of('told').flatMap(({ told }) => (told.kind === 'relayed' ? [told.fields] : []))

  it('[SW6] is 240 words of one person at once and 60 a second then, whatever else is dropped and counted', async () => {
    const at = await aServer()
    const host = await at.host()
    const guest = await at.somebody()
    await guest.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: host.code } })
    for (let i = 0; i < 300; i += 1) await host.does({ kind: 'relay', fields: `${i}` })
    expect(relays(guest)).toHaveLength(240)
    await at.clock.advance(1_000)
    for (let i = 0; i < 100; i += 1) await host.does({ kind: 'relay', fields: 'later' })
    expect(relays(guest)).toHaveLength(300)
    expect(await at.server.metrics.text()).toContain('dropped_total 100')
  })

  it('[SW6] and 600 of a room; what machines tell each other unasked is not counted', async () => {
    const echo = createPlainWire({ transport })
    // Answers whoever comes, as wires do that tell newcomers what the room does not know.
    const answering = {
      ...echo,
      step: (session: unknown, input: ServerInput, nowMs: number) => {
        const step = echo.step(session, input, nowMs)
        const comes = input.kind === 'told' && input.told.kind === 'event' && input.told.numbered.event.type
        const hello: ServerOutput = { kind: 'relay', fields: 'hello' }
        return comes === 'member-joined' ? { ...step, outputs: [...step.outputs, hello] } : step
      },
    }
    const at = await aServer({ dialects: [answering] })
    const host = await at.host()
    const others = []
    for (let i = 0; i < 3; i += 1) {
      const one = await at.somebody()
      await one.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: host.code } })
      others.push(one)
    }
    const before = relays(host).length
    for (const one of others) for (let i = 0; i < 240; i += 1) await one.does({ kind: 'relay', fields: 'x' })
    expect(relays(host).length - before).toBe(600)
    const late = await at.somebody()
    const helloes = () => relays(host).filter((fields) => fields === 'hello').length
    const helloesBefore = helloes()
    await late.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: host.code } })
    expect(helloes() - helloesBefore).toBe(4)
  })

  it('[SW7] is kept with an event only if it is short', async () => {
    const at = await aServer()
    const host = await at.host()
    const seek = (fields: string, positionSec: number) =>
      host.does({
        kind: 'command',
        ask: 'seek',
        command: { type: 'seek', positionSec, atOnce: true, origin: { dialect: 'plain', fields } },
      })
    await seek('short', 1)
    await seek('x'.repeat(2_049), 2)
    const origins = host
      .of('told')
      .flatMap(({ told }) => (told.kind === 'event' ? [told.numbered.event] : []))
      .map((event) => (event.type === 'timeline-changed' ? event.serverOnly?.origin.fields : 'another event'))
    expect(origins).toEqual(['short', undefined])
  })
})

describe('a session', () => {
  it('[SW8] that is somebody else by now has nothing of what was vouched for before', async () => {
    const at = await aServer({ guests: false })
    const one = await at.somebody('account:Ann:moderator')
    await one.does({ kind: 'identify', ask: 'again' })
    await one.does({ kind: 'enter', ask: 'in', door: { kind: 'new', create: CREATE } })
    expect(one.of('refused')).toMatchObject([{ ask: 'in', refusal: { code: 'account-needed' } }])
  })

  it('[SW9] whose machine fails is over, and whoever waits for its answer is told so', async () => {
    const at = await aServer()
    const asked = at.server.request({ method: 'POST', path: '/plain/any', query: {}, headers: {}, body: 'no output' })
    expect(await asked).toMatchObject({ status: 503 })
    expect(at.server.lines.filter(({ sentence }) => sentence === 'a dialect failed')).toHaveLength(1)
  })

  it('[SW9] that is asked for while the server closes is not begun', async () => {
    const at = await aServer()
    at.server.sessions.close(1_000)
    expect(await at.request({ kind: 'identify', ask: 'who' })).toMatchObject({ status: 503 })
  })

  it('[SW10] that a second socket takes over before it said who it is has its time from then on', async () => {
    const at = await aServer()
    const first = await at.somebody()
    const token = first.of('identified')[0]?.token ?? ''
    await first.does({ kind: 'attach', key: token })
    await at.clock.advance(5_000)
    const second = await at.somebody()
    await second.does({ kind: 'attach', key: token })
    await second.does({ kind: 'identify', ask: 'again', token })
    await at.clock.advance(60_000)
    expect([first.closedWith(), second.closedWith()]).toEqual([1008, undefined])
  })
})

describe('a socket', () => {
  it('[S100] of which a thousand frames were turned away, and then more than ten a second, is closed', async () => {
    const slow = createPlainWire({ transport: { ...transport, maxFramesPerSec: 1, burst: 1 } })
    const at = await aServer({ dialects: [slow] })
    const one = await at.somebody()
    const floods = async (count: number) => {
      for (let i = 0; i < count; i += 1) await one.does({ kind: 'typing', isTyping: true })
    }
    await floods(1_000)
    expect([one.of('turned-away').length, one.closedWith()]).toEqual([1_000, undefined])
    await at.clock.advance(1_000)
    await floods(11)
    expect(one.closedWith()).toBeUndefined()
    await floods(1)
    expect(one.closedWith()).toBe(1008)
  })
})

describe('a room in which everybody may set what it shows', () => {
  it('[O21] keeps its names and gives no invites to guests', async () => {
    const at = await aServer()
    const host = await at.host({ ...CREATE, permissions: { guest: ['configure', 'chat'] } })
    const guest = await at.somebody()
    await guest.does({ kind: 'enter', ask: 'in', door: { kind: 'code', code: host.code } })
    await host.does({ kind: 'question', ask: 'claim', question: { type: 'claim-alias', alias: 'cinema' } })
    const questions = [
      { type: 'release-alias', alias: 'cinema' },
      { type: 'claim-alias', alias: 'other-name' },
      { type: 'make-invite', role: 'member', forMs: 60_000 },
    ] as const
    for (const question of questions) await guest.does({ kind: 'question', ask: question.type, question })
    expect(guest.of('refused').map(({ ask, refusal }) => [ask, refusal.code])).toEqual(
      questions.map(({ type }) => [type, 'not-allowed']),
    )
    await guest.does({ kind: 'question', ask: 'list', question: { type: 'list-aliases' } })
    expect(guest.of('answered')).toMatchObject([{ answer: { aliases: ['cinema'] } }])
  })
})

describe('rooms', () => {
  it('[SW11] of one address are bounded, also such that nobody has ever sat in, until they are over', async () => {
    const at = await aServer({ maxRoomsFrom: 3 })
    const one = await at.somebody()
    for (let i = 0; i < 4; i += 1) await one.does({ kind: 'create', ask: `make ${i}`, create: CREATE })
    expect(one.of('created')).toHaveLength(3)
    expect(one.of('refused')).toMatchObject([{ ask: 'make 3', refusal: { code: 'too-many-rooms' } }])
    const other = await at.somebody(undefined, 'elsewhere')
    await other.does({ kind: 'create', ask: 'make', create: CREATE })
    expect(other.of('created')).toHaveLength(1)
    await at.clock.advance(600_001)
    await quiet()
    await one.does({ kind: 'create', ask: 'make again', create: CREATE })
    expect(one.of('created')).toHaveLength(4)
  })
})

describe('the public list', () => {
  it('[SW12] is told the seldomer the more sockets hear it: 2 ms for each', async () => {
    const told: string[] = []
    const news = createPlainWire({
      transport,
      hearsEach: false,
      hearsDirectory: true,
      tell: (what) => (what.kind === 'directory' ? ['"list"'] : []),
    })
    const at = await aServer({ dialects: [news] })
    for (let i = 0; i < 100; i += 1) {
      at.server.accept('ws://here/plain', { send: (frame) => void told.push(String(frame)), close: () => {} })
    }
    const lists = () => told.splice(0).filter((frame) => frame === '"list"').length
    const host = await at.somebody()
    const list = (title: string) =>
      host.does({ kind: 'command', ask: 'set', command: { type: 'configure', settings: { shown: { title } } } })
    await host.does({
      kind: 'enter',
      ask: 'in',
      door: { kind: 'new', create: { ...CREATE, settings: { listed: true } } },
    })
    await at.clock.advance(100)
    expect(lists()).toBe(100)
    await list('One')
    await at.clock.advance(190)
    expect(lists()).toBe(0)
    await at.clock.advance(20)
    expect(lists()).toBe(100)
  })
})

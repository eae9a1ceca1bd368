import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumberedEvent } from '../../src/core/room/event'
import { UNVOTED } from '../../src/core/room/item'
import { refuse } from '../../src/core/room/refusal'
import { tuttiClient, tuttiServer } from '../../src/dialects'
import type { ClientInput, ClientOutput } from '../../src/dialects/client-dialect'
import type { ServerInput, ServerOutput } from '../../src/dialects/server-dialect'
import { MAX_LENGTH_TO_CLIENT } from '../../src/dialects/tutti/frames'
import { dialectContract, honestFrames } from '../contracts/dialect-contract'
import { truncated } from '../contracts/hostile-frames'
import { aRoom, CREATE } from '../core/room/a-room'

dialectContract({ server: tuttiServer, client: tuttiClient })

const SERVER = 'https://tutti.example'
const room = (() => {
  const made = aRoom()
  made.ask(CREATE, { kind: 'identity', identity: 'ada' })
  made.joins('ada')
  return made.room()
})()
const MEMBER = room.members[0]?.id ?? ''
const event: NumberedEvent = {
  epoch: room.epoch,
  rev: room.rev + 1,
  event: { type: 'member-renamed', memberId: MEMBER, name: 'Ada' },
}

/** A machine that keeps its session between inputs. Frames go in and come out as values. */
function aServer() {
  let session = tuttiServer.fresh
  const give = (input: ServerInput, nowMs = 5_000): ServerOutput[] => {
    const stepped = tuttiServer.step(session, input, nowMs)
    session = stepped.session
    return [...stepped.outputs]
  }
  const hear = (frame: object | string, nowMs?: number): ServerOutput[] =>
    give({ kind: 'frame', frame: typeof frame === 'string' ? frame : JSON.stringify(frame) }, nowMs)
  const machine = {
    give,
    hear,
    session: () => session,
    atTheDoor() {
      hear({ type: 'hello', v: 1 })
      give({ kind: 'identified', ask: 'hello', identity: 'ada', token: 'token', isNew: false })
      return machine
    },
    inTheRoom() {
      machine.atTheDoor()
      hear({ type: 'enter', ask: 'e', door: { kind: 'code', code: room.code } })
      give({ kind: 'entered', ask: 'e', memberId: MEMBER, room })
      return machine
    },
  }
  return machine
}

function aClient() {
  let session = tuttiClient.fresh
  const give = (input: ClientInput, nowMs = 1_000): ClientOutput[] => {
    const stepped = tuttiClient.step(session, input, nowMs)
    session = stepped.session
    return [...stepped.outputs]
  }
  const hear = (frame: object | string, nowMs?: number): ClientOutput[] =>
    give({ kind: 'frame', frame: typeof frame === 'string' ? frame : JSON.stringify(frame) }, nowMs)
  const machine = {
    give,
    hear,
    atTheDoor() {
      give({ kind: 'join', server: SERVER, wish: { door: { kind: 'code', code: room.code } } })
      give({ kind: 'opened' })
      hear({ type: 'welcome', v: 1, token: 'token' })
      return machine
    },
    inTheRoom() {
      machine.atTheDoor()
      hear({ type: 'entered', ask: 'enter', memberId: MEMBER, room })
      return machine
    },
  }
  return machine
}

/** The frames in what a machine wants, as values. */
function said(outputs: readonly (ServerOutput | ClientOutput)[]): unknown[] {
  return outputs.flatMap((output) =>
    output.kind === 'send' && typeof output.frame === 'string' ? [JSON.parse(output.frame)] : [],
  )
}

const refused = (code: Parameters<typeof refuse>[0], ask?: string) => ({
  type: 'refused',
  ...(ask !== undefined && { ask }),
  ...refuse(code),
})

describe('the way in, at the server', () => {
  it('[W1] hello is answered by welcome with the token to keep', () => {
    const server = aServer()
    expect(server.hear({ type: 'hello', v: 1, token: 'old' })).toEqual([
      { kind: 'identify', ask: 'hello', token: 'old' },
    ])
    const welcome = server.give({ kind: 'identified', ask: 'hello', identity: 'ada', token: 'new', isNew: false })
    expect(said(welcome)).toEqual([{ type: 'welcome', v: 1, token: 'new' }])
  })

  it('[W2] a hello of another version, however it looks, is refused, noted, and the socket closed', () => {
    const outputs = aServer().hear({ type: 'hello', v: 2, token: 17, cookies: [] })
    expect(said(outputs)).toEqual([refused('unsupported-version')])
    expect(outputs.slice(1)).toMatchObject([{ kind: 'note' }, { kind: 'close', code: 4001 }])
  })

  it('[W3] fields that this version does not know are dropped', () => {
    const server = aServer().atTheDoor()
    const door = { kind: 'code', code: room.code, colour: 'red' }
    expect(server.hear({ type: 'enter', ask: 'e', door, mood: 'good' })).toEqual([
      { kind: 'enter', ask: 'e', door: { kind: 'code', code: room.code } },
    ])
  })

  it('[W4] what was missed is told as events if it is little, and as the whole room if it is much', () => {
    const missed = (count: number) => Array.from({ length: count }, () => event)
    const answer = (count: number) => {
      const server = aServer().atTheDoor()
      server.hear({ type: 'enter', ask: 'e', door: { kind: 'code', code: room.code }, seen: { epoch: 'x', rev: 1 } })
      return said(server.give({ kind: 'entered', ask: 'e', memberId: MEMBER, room, missed: missed(count) }))
    }
    expect(answer(0)).toEqual([{ type: 'resumed', ask: 'e', memberId: MEMBER, missed: [] }])
    expect(answer(200)).toMatchObject([{ type: 'resumed' }])
    expect(answer(201)).toEqual([{ type: 'entered', ask: 'e', memberId: MEMBER, room }])
  })

  it('[W4] few events that are longer than a client reads are told as the whole room, too', () => {
    const content = { address: '\u0001'.repeat(2000), title: '\u0001'.repeat(300) }
    const long: NumberedEvent = {
      ...event,
      event: { type: 'media-changed', media: { id: 'm', number: 1, ...UNVOTED, content } },
    }
    const server = aServer().atTheDoor()
    server.hear({ type: 'enter', ask: 'e', door: { kind: 'code', code: room.code }, seen: { epoch: 'x', rev: 1 } })
    const missed = Array.from({ length: 200 }, () => long)
    expect(said(server.give({ kind: 'entered', ask: 'e', memberId: MEMBER, room, missed }))).toMatchObject([
      { type: 'entered' },
    ])
  })

  it('[W5] refused at the door, somebody may knock again on the same socket', () => {
    const server = aServer().atTheDoor()
    server.hear({ type: 'enter', ask: 'e1', door: { kind: 'code', code: 'zzzzzz' } })
    expect(said(server.give({ kind: 'refused', ask: 'e1', refusal: refuse('no-such-room') }))).toEqual([
      refused('no-such-room', 'e1'),
    ])
    expect(server.hear({ type: 'enter', ask: 'e2', door: { kind: 'new', create: CREATE } })).toMatchObject([
      { kind: 'enter', ask: 'e2' },
    ])
  })
})

describe('in the room, at the server', () => {
  it('[W6] a command before entering is refused: not in a room', () => {
    const command = { type: 'command', ask: 'c', command: { type: 'resume' } }
    for (const server of [aServer(), aServer().atTheDoor()]) {
      expect(server.hear(command)).toMatchObject([{ kind: 'send' }, { kind: 'note' }])
      expect(said(server.hear(command))).toEqual([refused('not-in-room', 'c')])
    }
  })

  it('[W7] a second enter on one socket is refused and costs nothing', () => {
    const server = aServer().inTheRoom()
    const outputs = server.hear({ type: 'enter', ask: 'again', door: { kind: 'new', create: CREATE } })
    expect(said(outputs)).toEqual([refused('already-in-room', 'again')])
    expect(outputs).toMatchObject([{ kind: 'send' }, { kind: 'note' }])
    expect(server.hear({ type: 'command', ask: 'c', command: { type: 'resume' } })).toEqual([
      { kind: 'command', ask: 'c', command: { type: 'resume' } },
    ])
  })

  it('[W8] after leaving, and after losing the seat, somebody is outside and may enter another room', () => {
    const leaver = aServer().inTheRoom()
    leaver.hear({ type: 'command', ask: 'c', command: { type: 'leave' } })
    expect(said(leaver.give({ kind: 'done', ask: 'c', changed: true }))).toEqual([{ type: 'done', ask: 'c' }])
    const loser = aServer().inTheRoom()
    expect(said(loser.give({ kind: 'unseated', refusal: refuse('taken-over') }))).toEqual([
      { type: 'unseated', ...refuse('taken-over') },
    ])
    for (const server of [leaver, loser]) {
      expect(server.hear({ type: 'enter', ask: 'e', door: { kind: 'code', code: 'k7m2qp' } })).toMatchObject([
        { kind: 'enter' },
      ])
    }
  })

  it('[W8] what is asked behind a leave comes too late, and does not keep the socket inside', () => {
    const server = aServer().inTheRoom()
    server.hear({ type: 'command', ask: 'c1', command: { type: 'leave' } })
    expect(said(server.hear({ type: 'command', ask: 'c2', command: { type: 'leave' } }))).toEqual([
      refused('not-in-room', 'c2'),
    ])
    server.give({ kind: 'done', ask: 'c1', changed: true })
    expect(server.hear({ type: 'enter', ask: 'e', door: { kind: 'code', code: 'k7m2qp' } })).toMatchObject([
      { kind: 'enter' },
    ])
  })

  it('[W9] a leave that is refused leaves the seat', () => {
    const server = aServer().inTheRoom()
    server.hear({ type: 'command', ask: 'c', command: { type: 'leave' } })
    server.give({ kind: 'refused', ask: 'c', refusal: refuse('server-error') })
    expect(server.hear({ type: 'snapshot', ask: 's' })).toEqual([{ kind: 'snapshot', ask: 's' }])
  })

  it('[W10] a ping is answered at once, in any place, with when it came and went; the path counts only from a seat', () => {
    const ping = { type: 'ping', sentMs: 17, downMs: 40 }
    const pong = { type: 'pong', sentMs: 17, receivedMs: 9_000, sentBackMs: 9_000 }
    const stranger = aServer().hear(ping, 9_000)
    expect(said(stranger)).toEqual([pong])
    expect(stranger).toHaveLength(1)
    const member = aServer().inTheRoom().hear(ping, 9_000)
    expect(said(member)).toEqual([pong])
    expect(member).toContainEqual({ kind: 'path', downMs: 40 })
  })

  it('[W11] a report from outside a room is dropped without a fault', () => {
    const report = { type: 'report', report: { positionSec: 1, state: 'paused' } }
    expect(aServer().atTheDoor().hear(report)).toEqual([])
    expect(aServer().inTheRoom().hear(report)).toEqual([
      { kind: 'report', report: { positionSec: 1, state: 'paused' } },
    ])
  })

  it('[W12] an event is told without what only the server may know', () => {
    const member = room.members[0]
    if (!member) throw new Error('nobody is here')
    const joined = { type: 'member-joined', member, serverOnly: { identity: 'secret' } } as const
    const [frame] = tuttiServer.tell({
      kind: 'event',
      numbered: { epoch: 'e', rev: 2, event: joined },
      before: room,
      after: room,
    })
    expect(JSON.parse(String(frame))).toEqual({
      type: 'event',
      epoch: 'e',
      rev: 2,
      event: { type: 'member-joined', member },
    })
  })

  it('[W13] a server that goes down says when to come back, then closes', () => {
    const outputs = aServer().inTheRoom().give({ kind: 'server-closing', comeBackInMs: 2_000 })
    expect(said(outputs)).toEqual([{ type: 'closing', comeBackInMs: 2_000 }])
    expect(outputs[1]).toMatchObject({ kind: 'close', code: 1012 })
  })
})

describe('bad input, at the server', () => {
  const bad: readonly [string, string | Uint8Array, string?][] = [
    ['no JSON', 'hello?'],
    ['an empty frame', ''],
    ['binary', new Uint8Array([123, 125])],
    ['no object', '[1,2]'],
    ['no type', '{"ask":"c"}'],
    ['a type nobody knows', '{"type":"dance","ask":"c"}', 'c'],
    ['a missing field', '{"type":"command","ask":"c"}', 'c'],
    ['a number as text', '{"type":"command","ask":"c","command":{"type":"play","positionSec":"1"}}', 'c'],
    ['a number beyond all bounds', '{"type":"command","ask":"c","command":{"type":"play","positionSec":1e999}}', 'c'],
    ['a command nobody knows', '{"type":"command","ask":"c","command":{"type":"explode"}}', 'c'],
    ['a timed command', '{"type":"command","ask":"c","command":{"type":"empty-expired"}}', 'c'],
    ['an ask that is too long', JSON.stringify({ type: 'snapshot', ask: 'x'.repeat(65) })],
    [
      'a title that is too long',
      JSON.stringify({
        type: 'command',
        ask: 'c',
        command: { type: 'set-media', media: { content: { address: '', title: 'x'.repeat(301) } } },
      }),
      'c',
    ],
    ['a second hello', '{"type":"hello","v":1}'],
  ]

  it.each(bad)('[W14] %s: refused with the ask if it can be read, noted, and nothing is lost', (_, frame, ask) => {
    const server = aServer().inTheRoom()
    const { place } = server.session()
    const outputs = server.give({ kind: 'frame', frame })
    expect(said(outputs)).toEqual([refused('bad-frame', ask)])
    expect(outputs).toMatchObject([{ kind: 'send' }, { kind: 'note', note: expect.any(String) }])
    expect(server.session().place).toEqual(place)
  })

  it('[W15] a frame that is too long is refused unread, and noted by its length', () => {
    const server = aServer().inTheRoom()
    const outputs = server.hear(JSON.stringify({ type: 'ping', sentMs: 1, pad: 'x'.repeat(20_000) }))
    expect(said(outputs)).toEqual([refused('frame-too-long')])
    expect(outputs[1]).toMatchObject({ kind: 'note', note: expect.stringContaining('20') })
  })

  it('[W16] what the shell turned away is answered too', () => {
    const outputs = aServer()
      .inTheRoom()
      .give({ kind: 'turned-away', refusal: refuse('too-fast') })
    expect(said(outputs)).toEqual([refused('too-fast')])
    expect(outputs[1]).toMatchObject({ kind: 'note' })
  })

  it('[W17] more than 20 faults within a minute close the socket; spread out they do not', () => {
    const closes = (everyMs: number): number[] => {
      const server = aServer().inTheRoom()
      return Array.from({ length: 60 }, (_, at) => at).filter((at) =>
        server.hear('?', at * everyMs).some(({ kind }) => kind === 'close'),
      )
    }
    expect(closes(100)[0]).toBe(20)
    expect(closes(3_100)).toEqual([])
  })

  it('[W18] no note carries what was in the frame', () => {
    const secret = 'meet-me-at-eight'
    const outputs = aServer().hear({ type: 'command', ask: secret, command: { type: secret, [secret]: secret } })
    expect(JSON.stringify(outputs.filter(({ kind }) => kind === 'note'))).not.toContain(secret)
  })

  it('[W19] a frame cut short anywhere is refused and changes nothing', async () => {
    const { up } = await honestFrames({ server: tuttiServer, client: tuttiClient })
    const texts = up.filter((frame) => typeof frame === 'string')
    fc.assert(
      fc.property(truncated(fc.constantFrom(...texts)), (frame) => {
        const server = aServer().inTheRoom()
        const { place } = server.session()
        expect(said(server.hear(frame))).toEqual([refused('bad-frame')])
        expect(server.session().place).toEqual(place)
      }),
    )
  })
})

describe('at the client', () => {
  it('[W20] says hello with its token, then goes in, as it was wished', () => {
    const client = aClient()
    const door = { kind: 'code', code: 'k7m2qp' } as const
    const seen = { epoch: 'e', rev: 4 }
    client.give({ kind: 'join', server: SERVER, wish: { door, name: 'Ada', token: 't', seen } })
    expect(said(client.give({ kind: 'opened' }))).toEqual([{ type: 'hello', v: 1, token: 't' }])
    const outputs = client.hear({ type: 'welcome', v: 1, token: 't2' })
    expect(outputs[0]).toEqual({ kind: 'identified', token: 't2' })
    expect(said(outputs)[0]).toEqual({ type: 'enter', ask: 'enter', door, name: 'Ada', seen })
  })

  it('[W21] what was missed comes as the events that close the gap', () => {
    const client = aClient().atTheDoor()
    expect(client.hear({ type: 'resumed', ask: 'enter', memberId: MEMBER, missed: [event] })).toEqual([
      { kind: 'resumed', memberId: MEMBER },
      { kind: 'event', numbered: event },
    ])
  })

  it('[W22] an event of a kind it does not know: it asks once for the whole room, and drops events until it comes', () => {
    const client = aClient().inTheRoom()
    const unknown = { ...event, type: 'event', event: { type: 'confetti' } }
    const outputs = client.hear(unknown)
    expect(outputs[0]).toMatchObject({ kind: 'unreadable' })
    expect(said(outputs)).toEqual([{ type: 'snapshot', ask: 'snapshot' }])
    expect(said(client.hear(unknown))).toEqual([])
    expect(client.hear({ type: 'event', ...event })).toEqual([])
    expect(client.hear({ type: 'entered', ask: 'snapshot', memberId: MEMBER, room })).toEqual([
      { kind: 'entered', memberId: MEMBER, room },
    ])
    expect(client.hear({ type: 'event', ...event })).toEqual([{ kind: 'event', numbered: event }])
  })

  it('[W23] asks for the room again if the first question went under', () => {
    const client = aClient().inTheRoom()
    expect(said(client.give({ kind: 'copy-lost' }, 1_000))).toHaveLength(1)
    const asks = (nowMs: number) =>
      said(client.give({ kind: 'woke' }, nowMs)).filter((frame) => JSON.stringify(frame).includes('snapshot')).length
    expect([asks(2_000), asks(3_900), asks(4_000), asks(5_000)]).toEqual([0, 0, 1, 0])
  })

  it('[W24] missed events it can not read: it asks for the room, and is in when it comes', () => {
    const client = aClient().atTheDoor()
    const missed = [{ epoch: 'e', rev: 2, event: { type: 'confetti' } }]
    expect(said(client.hear({ type: 'resumed', ask: 'enter', memberId: MEMBER, missed }))).toEqual([
      { type: 'snapshot', ask: 'snapshot' },
    ])
    expect(client.hear({ type: 'entered', ask: 'snapshot', memberId: MEMBER, room })).toMatchObject([
      { kind: 'entered' },
    ])
  })

  it('[W24] so with words at the door that are too long to read', () => {
    const client = aClient().atTheDoor()
    expect(said(client.hear('x'.repeat(MAX_LENGTH_TO_CLIENT + 1)))).toEqual([{ type: 'snapshot', ask: 'snapshot' }])
  })

  it.each([0, 0.01, -1, 17, 1e300])('[W32] a line at rate %s, which no room has, reaches no player', (rate) => {
    const timeline = { current: { positionSec: 0, rate, playing: true, atMs: 0 } }
    const event = { type: 'timeline-changed', timeline, act: { kind: 'play', atMs: 0, fromSec: 0, toSec: 0 } }
    const outputs = aClient()
      .inTheRoom()
      .hear({ type: 'event', epoch: room.epoch, rev: room.rev + 1, event })
    expect(outputs.map(({ kind }) => kind)).toEqual(['unreadable', 'send'])
  })

  it('[W38] a room of an earlier day is read, with what it lacks as a new room has it', () => {
    const { settings: _, permissions: __, queue: ___, booth: ____, skipVotes: _____, ...others } = room
    const { history, chat, patience: ______, ...older } = others
    expect([...history, ...chat]).toEqual([])
    const media = { id: 'm', content: { address: '', title: 'A film' } }
    const frame = { type: 'entered', ask: 'enter', memberId: MEMBER, room: { ...older, media, control: 'everyone' } }
    expect(aClient().atTheDoor().hear(frame)).toEqual([
      { kind: 'entered', memberId: MEMBER, room: { ...room, media: { ...media, number: 0, ...UNVOTED } } },
    ])
  })

  it('[W25] a room it can not read: it is too old, says so and closes', () => {
    const entered = { type: 'entered', ask: 'enter', memberId: MEMBER, room: { ...room, whenHostLeaves: 'dice' } }
    const refusal = refuse('unsupported-version')
    expect(aClient().atTheDoor().hear(entered).slice(1)).toEqual([{ kind: 'refused', refusal }, { kind: 'close' }])
    expect(aClient().inTheRoom().hear(entered).slice(1)).toEqual([{ kind: 'unseated', refusal }, { kind: 'close' }])
  })

  it('[W26] a frame of a kind it does not know is left alone', () => {
    expect(aClient().inTheRoom().hear({ type: 'weather', sunny: true })).toMatchObject([{ kind: 'unreadable' }])
  })

  it('[W27] a refusal for a reason it does not know keeps its sentence', () => {
    const client = aClient().inTheRoom()
    expect(client.hear({ type: 'refused', ask: 'c', code: 'bad-hair-day', sentence: 'Not today.' })).toEqual([
      { kind: 'refused', ask: 'c', refusal: { code: 'server-error', sentence: 'Not today.' } },
    ])
  })

  it('[W28] pings twenty times a second until ten pongs came, then twice a second, and tells the path', () => {
    const client = aClient().atTheDoor()
    const pongs = (count: number) => {
      for (let i = 0; i < count; i += 1) client.hear({ type: 'pong', sentMs: 1, receivedMs: 2, sentBackMs: 2 })
    }
    const ping = (nowMs: number) => client.give({ kind: 'woke' }, nowMs)
    expect(ping(1_030)).toEqual([{ kind: 'wake', atMs: 1_050 }])
    expect(said(ping(1_050))).toEqual([{ type: 'ping', sentMs: 1_050 }])
    pongs(10)
    client.give({ kind: 'path', downMs: 33 })
    expect(said(ping(1_200))).toEqual([{ type: 'ping', sentMs: 1_200, downMs: 33 }])
    expect(ping(1_300)).toEqual([{ kind: 'wake', atMs: 1_700 }])
  })

  it('[W29] a pong becomes a clock sample', () => {
    expect(aClient().inTheRoom().hear({ type: 'pong', sentMs: 1, receivedMs: 2, sentBackMs: 3 }, 4)).toEqual([
      { kind: 'clock', sample: { sentMs: 1, serverReceivedMs: 2, serverSentMs: 3, receivedMs: 4 } },
    ])
  })

  it('[W30] finds the socket from the address of a server', () => {
    const wish = { door: { kind: 'any' } } as const
    const opens = (server: string) => aClient().give({ kind: 'join', server, wish })
    expect(opens('https://tutti.example')).toEqual([{ kind: 'open', url: 'wss://tutti.example/tutti' }])
    expect(opens('http://127.0.0.1:4747/')).toEqual([{ kind: 'open', url: 'ws://127.0.0.1:4747/tutti' }])
    expect(tuttiServer.paths).toEqual(['/tutti'])
  })

  it('[W31] its pings, reports and first frames fit into what the server lets through', () => {
    const { burst, maxFramesPerSec, maxFrameBytes } = tuttiServer.transport
    expect(burst).toBeGreaterThan(2 + 10 + 10)
    expect(maxFramesPerSec).toBeGreaterThan(10 + 1 + 5)
    expect(maxFrameBytes).toBe(16_384)
  })
})

import { describe, expect, it } from 'vitest'
import { positionAt } from '../../../src/core/timeline'
import { frametogetherClient } from '../../../src/dialects/frametogether/client'
import { CREATE } from '../../core/room/a-room'
import { aClientMachine, type ClientMachine, refusals, sent } from '../a-client-machine'

const joined = (isHost: boolean, participants?: unknown) => ({
  type: 'RoomJoined',
  room_id: 'AbC123',
  is_host: isHost,
  your_name: 'Happy Panda',
  ...(participants !== undefined && { participants }),
})
const CODE = { door: { kind: 'code', code: ' AbC123 ' } } as const

function inside(isHost: boolean, participants: unknown = []): ClientMachine {
  const client = aClientMachine(frametogetherClient)
  client.join(CODE)
  client.hear(joined(isHost, participants))
  return client
}

describe('the way in', () => {
  it.each([
    ['wss://h', 'wss://h/sync'],
    ['wss://h/', 'wss://h/sync'],
    ['wss://h:47642/sync', 'wss://h:47642/sync'],
    ['https://h/films/', 'wss://h/films/sync'],
    ['http://localhost:47642', 'ws://localhost:47642/sync'],
  ])('[FT30] %s is reached at %s', (server, url) => {
    expect(aClientMachine(frametogetherClient).join(CODE, server)[0]).toEqual({ kind: 'open', url })
  })

  it('[FT31] a new room is made first and joined then, under the id that the server gives it', () => {
    const client = aClientMachine(frametogetherClient)
    const wish = { door: { kind: 'new', create: { ...CREATE, positionSec: 42 } } } as const
    expect(sent(client.join(wish))).toEqual([{ type: 'Create' }])
    expect(sent(client.hear({ type: 'RoomCreated', room_id: 'AbC123' }))).toEqual([{ type: 'Join', room_id: 'AbC123' }])
    expect(sent(client.hear(joined(true)))).toEqual([{ type: 'State', time: 42, paused: true }])
    expect(client.copy()).toMatchObject({ code: 'AbC123', members: [{ role: 'host', shown: { name: 'Happy Panda' } }] })
  })

  it('[FT32] a typed id is trimmed, keeps its case, and may have any length', () => {
    expect(sent(aClientMachine(frametogetherClient).join(CODE))).toEqual([{ type: 'Join', room_id: 'AbC123' }])
  })

  it('[FT33] a room that is not there, another no, and silence each end the way in with a reason', () => {
    const client = aClientMachine(frametogetherClient)
    client.join(CODE)
    expect(client.hear({ type: 'Error', message: 'Room not found' })).toMatchObject([
      { kind: 'refused', refusal: { code: 'no-such-room' } },
    ])
    client.join(CODE)
    expect(client.hear({ type: 'Error', message: 'Too many' })).toMatchObject([
      { kind: 'refused', refusal: { code: 'server-error', reason: 'Too many' } },
    ])
    client.join(CODE)
    expect(refusals(client.pass(6_000))).toEqual(['no-answer'])
    expect(refusals(client.join({ door: { kind: 'any' } }))).toEqual(['no-open-room'])
  })

  it.each([
    ['absent', undefined, []],
    ['names', ['Clever Fox', 7], ['Clever Fox']],
    ['objects', [{ name: 'Clever Fox', is_host: true }, { nickname: 'x' }], ['Clever Fox']],
    ['with oneself in it', ['Happy Panda', 'Clever Fox'], ['Clever Fox']],
    ['no list', 'Clever Fox', []],
  ])('[FT34] participants may be %s', (_, participants, names) => {
    const client = inside(false, participants)
    expect(client.copy()?.members.map(({ shown }) => shown.name)).toEqual([...names, 'Happy Panda'])
  })
})

describe('in the room', () => {
  it('[FT35] the heart beats every 15 s, with exactly its one field', () => {
    const client = inside(false)
    expect(sent(client.pass(46_000))).toEqual(Array.from({ length: 3 }, () => ({ type: 'Heartbeat' })))
  })

  it('[FT36] whoever becomes host or is host no more knows it at once, and may do what that allows', () => {
    const client = inside(false, [{ name: 'Clever Fox', is_host: true }])
    expect(client.can()).toEqual(['leave'])
    client.hear({ type: 'UserLeft', user_name: 'Clever Fox' })
    client.hear(joined(true))
    expect(client.can()).toEqual(['leave', 'pause', 'play', 'seek'])
    expect(client.copy()?.members).toMatchObject([{ role: 'host', shown: { name: 'Happy Panda' } }])
    client.hear(joined(false, [{ name: 'Clever Fox', is_host: true }]))
    expect(client.can()).toEqual(['leave'])
  })

  it('[FT37] a host says where it is at once when something happens, each second while it plays, and never more than five times a second', () => {
    const client = inside(true)
    client.pass(1_000)
    expect(sent(client.ask({ type: 'play', positionSec: 10 }))).toEqual([{ type: 'State', time: 10, paused: false }])
    expect(sent(client.pass(2_000)).map(({ time }) => time)).toEqual([11, 12])
    const said: unknown[] = []
    for (let n = 0; n < 100; n += 1) {
      said.push(...sent(client.ask({ type: 'seek', positionSec: n })), ...sent(client.pass(10)))
    }
    expect(said.length).toBeLessThanOrEqual(6)
    expect(sent(client.ask({ type: 'pause', positionSec: 50 }))).toEqual([])
    expect(sent(client.pass(500))).toEqual([{ type: 'State', time: 50, paused: true }])
    expect(sent(client.pass(10_000))).toEqual([])
  })

  it('[FT38] a host says where it is as soon as somebody comes', () => {
    const client = inside(true)
    client.pass(1_000)
    const heard = client.hear({ type: 'UserJoined', user: { name: 'Clever Fox', is_host: false } })
    expect(sent(heard)).toEqual([{ type: 'State', time: 0, paused: true }])
    expect(client.copy()?.members).toHaveLength(2)
  })

  it('[FT39] a viewer says nothing of its player; what it asks is refused in a sentence', () => {
    const client = inside(false)
    for (const command of [
      { type: 'play', positionSec: 1 },
      { type: 'seek', positionSec: 1 },
    ] as const) {
      const outputs = client.ask(command)
      expect([sent(outputs), refusals(outputs)]).toEqual([[], ['host-controls']])
    }
    expect(refusals(client.ask({ type: 'say', text: 'Hello' }))).toEqual(['not-allowed'])
    const left = client.ask({ type: 'leave' })
    expect(sent(left)).toEqual([{ type: 'Leave' }])
    expect(left.at(-1)).toMatchObject({ kind: 'done' })
  })

  it('[FT40] between two words the room runs on; a host that plays and is silent is away, and not stopped', () => {
    const client = inside(false, [{ name: 'Clever Fox', is_host: true }])
    client.hear({ type: 'Sync', time: 60, paused: false })
    const startMs = client.nowMs
    client.pass(9_000)
    expect(client.copy()?.timeline.current).toMatchObject({ playing: true })
    expect(client.copy()?.members[0]?.presence.kind).toBe('away')
    const line = client.copy()?.timeline.current
    expect(line && positionAt(line, startMs + 9_000)).toBe(69)
    client.hear({ type: 'Sync', time: 69.2, paused: false })
    expect(client.copy()?.members[0]?.presence.kind).toBe('connected')
    expect(client.copy()?.lastAct).toBeUndefined()
    client.hear({ type: 'Sync', time: 300, paused: false })
    expect(client.copy()?.lastAct).toMatchObject({ kind: 'seek', memberId: client.copy()?.members[0]?.id, toSec: 300 })
    client.hear({ type: 'Sync', time: 301, paused: true })
    expect(client.copy()?.lastAct).toMatchObject({ kind: 'pause' })
  })

  it('[FT41] says how exact it can be, and that no media is told', () => {
    const client = aClientMachine(frametogetherClient)
    client.join(CODE)
    expect(client.hear(joined(false))).toContainEqual({ kind: 'bound', boundMs: 750 })
    expect(client.hear(joined(true))).toContainEqual({ kind: 'bound', boundMs: 0 })
    expect(frametogetherClient.clock).toBe('arrival')
    expect(client.copy()).not.toHaveProperty('media')
  })

  it('[FT42] what the server complains of is a line in the chat; what can not be read changes nothing', () => {
    const client = inside(false)
    client.hear({ type: 'Error', message: 'Slow down' })
    expect(client.copy()?.chat).toMatchObject([{ kind: 'system', content: { text: 'Slow down' } }])
    const before = client.copy()
    for (const frame of ['x', '{}', '{"type":"Sync","time":"1","paused":false}', '{"type":"New","x":1}']) {
      expect(client.hear(frame)).toMatchObject([{ kind: 'unreadable' }])
    }
    expect(client.copy()).toEqual(before)
  })
})

import { describe, expect, it } from 'vitest'
import { latestLine, positionAt } from '../../../src/core/timeline'
import { openwatchpartyClient } from '../../../src/dialects/openwatchparty/client'
import { CREATE } from '../../core/room/a-room'
import { aClientMachine, type ClientMachine, refusals, sent } from '../a-client-machine'

const SELF = 'self-id'
const ROOM = '7b0e0000-0000-4000-8000-000000000000'
/** The server's clock is ahead of ours by this. */
const AHEAD_MS = 5_000
const CODE = { door: { kind: 'code', code: ` ${ROOM} ` }, name: 'Bob' } as const

const aClient = (): ClientMachine => aClientMachine(openwatchpartyClient)
const frame = (client: ClientMachine, type: string, about: object = {}, inMs = 0) => {
  const serverMs = client.nowMs + AHEAD_MS
  return { type, ...about, ts: serverMs, server_ts: serverMs + inMs }
}
const hello = (client: ClientMachine) => frame(client, 'client_hello', { client: SELF, payload: { client_id: SELF } })
const list = (client: ClientMachine, rooms: object[] = []) => frame(client, 'room_list', { payload: rooms })
const state = (client: ClientMachine, hostId: string, payload: object = {}) =>
  frame(client, 'room_state', {
    room: ROOM,
    client: SELF,
    payload: {
      name: 'Room de Ada',
      host_id: hostId,
      state: { position: 60, play_state: 'paused' },
      participant_count: 2,
      media_id: null,
      ...payload,
    },
  })
const pong = (client: ClientMachine) =>
  client.hear({ ...frame(client, 'pong', { payload: { client_ts: client.nowMs } }) })

function inside(hostId = 'host-id', payload: object = {}): ClientMachine {
  const client = aClient()
  client.join(CODE)
  client.hear(hello(client))
  pong(client)
  client.hear(state(client, hostId, payload))
  return client
}

describe('the way in', () => {
  it.each([
    ['https://films.example', 'wss://films.example:3000/ws'],
    ['http://localhost:3000', 'ws://localhost:3000/ws'],
    ['https://films.example:8443/', 'wss://films.example:8443/ws'],
    ['wss://films.example/party/ws', 'wss://films.example/party/ws'],
  ])('[OW30] %s is reached at %s, without an Origin', (server, url) => {
    expect(aClient().join(CODE, server)[0]).toEqual({ kind: 'open', url, headers: { origin: null } })
  })

  it('[OW31] waits for the greeting; then who we are, the clock, and the door, with whole milliseconds', () => {
    const client = aClient()
    client.nowMs += 0.75
    expect(sent(client.join(CODE))).toEqual([])
    const ts = Math.floor(client.nowMs)
    expect(sent(client.hear(hello(client)))).toEqual([
      { type: 'auth', payload: { user_name: 'Bob' }, ts },
      { type: 'ping', payload: { client_ts: ts }, ts },
      { type: 'join_room', room: ROOM, client: SELF, payload: { user_name: 'Bob' }, ts },
    ])
    expect(client.hear(state(client, 'host-id'))).toContainEqual({ kind: 'bound', boundMs: 400 })
    expect(client.copy()).toMatchObject({ code: ROOM, settings: { shown: { title: 'Room de Ada' } } })
    expect(client.memberId()).toBe(SELF)
  })

  it('[OW31] a token has to be taken before the door is tried', () => {
    const client = aClient()
    client.join({ ...CODE, token: 'jwt' })
    expect(sent(client.hear(hello(client))).map(({ type }) => type)).toEqual(['auth', 'ping'])
    const joins = client.hear(frame(client, 'auth_success', { client: SELF, payload: { user_name: 'Ada' } }))
    expect(sent(joins)).toMatchObject([{ type: 'join_room' }])
    const other = aClient()
    other.join({ ...CODE, token: 'jwt' })
    other.hear(hello(other))
    expect(refusals(other.hear(frame(other, 'error', { payload: { message: 'Authentication failed' } })))).toEqual([
      'bad-token',
    ])
  })

  it("[OW32] Jellyfin is asked for a token with the person's own key, in a header, at that origin alone, and again before it ends", () => {
    const client = aClient()
    const wish = { ...CODE, account: { login: '', password: 'emby-key' } }
    const [fetch] = client.give({ kind: 'join', server: 'https://films.example/web', wish })
    const request = {
      method: 'GET',
      url: 'https://films.example/OpenWatchParty/Token',
      headers: { 'x-emby-token': 'emby-key' },
      body: '',
    }
    expect(fetch).toEqual({ kind: 'fetch', ask: 'token', request })
    const answer = (token: string) => ({
      kind: 'fetched' as const,
      ask: 'token',
      response: {
        status: 200,
        headers: {},
        body: JSON.stringify({ token, auth_enabled: true, expires_in: 1000, user_name: 'Ada' }),
      },
    })
    expect(client.give(answer('jwt'))[0]).toMatchObject({ kind: 'open', url: 'wss://films.example:3000/ws' })
    client.give({ kind: 'opened' })
    expect(sent(client.hear(hello(client)))[0]).toMatchObject({ payload: { token: 'jwt', user_name: 'Bob' } })
    client.hear(frame(client, 'auth_success', { payload: { user_name: 'Ada' } }))
    client.hear(state(client, 'host-id'))
    const later = client.pass(800_000)
    expect(later.filter(({ kind }) => kind === 'fetch')).toHaveLength(1)
    expect(sent(client.give(answer('next')))).toMatchObject([{ type: 'auth', payload: { token: 'next' } }])
    const refused = aClient()
    refused.give({ kind: 'join', server: 'https://films.example', wish })
    expect(
      refusals(refused.give({ kind: 'fetched', ask: 'token', response: { status: 401, headers: {}, body: '' } })),
    ).toEqual(['bad-token'])
  })

  it('[OW33] no room_state within 3 s is no such room; other noes have a reason, and so has a server that does not greet', () => {
    const client = aClient()
    client.join(CODE)
    client.hear(hello(client))
    expect(refusals(client.pass(3_000))).toEqual(['no-such-room'])
    client.join(CODE)
    expect(refusals(client.pass(5_000))).toEqual(['no-answer'])
    for (const [message, code] of [
      ['Room is full', 'room-full'],
      ['Authentication required', 'account-needed'],
      ['Oh', 'server-error'],
    ]) {
      client.join(CODE)
      client.hear(hello(client))
      expect(refusals(client.hear(frame(client, 'error', { payload: { message } })))).toEqual([code])
    }
  })

  it('[OW34] makes a room with a film only where it has one that Jellyfin knows; finds any that has a place', () => {
    const client = aClient()
    const media = { content: { address: `https://films.example/web/#/details?id=${'a1'.repeat(16)}`, title: '' } }
    client.join({ door: { kind: 'new', create: { ...CREATE, positionSec: 12.5, media } } })
    expect(sent(client.hear(hello(client))).at(-1)).toMatchObject({
      type: 'create_room',
      payload: { start_pos: 12.5, media_id: 'a1'.repeat(16), user_name: 'Anonymous' },
    })
    client.join({
      door: { kind: 'new', create: { ...CREATE, media: { content: { address: 'https://x.example', title: '' } } } },
    })
    expect(sent(client.hear(hello(client))).at(-1)?.['payload']).toEqual({ start_pos: 0, user_name: 'Anonymous' })
    client.join({ door: { kind: 'any' } })
    client.hear(hello(client))
    const rooms = [
      { id: 'full', name: 'x', count: 20, media_id: null },
      { id: ROOM, name: 'y', count: 3, media_id: null },
    ]
    expect(sent(client.hear(list(client, rooms)))).toMatchObject([{ type: 'join_room', room: ROOM }])
    const outside = aClient()
    outside.give({ kind: 'ask-outside', server: 'http://x', ask: 'q', question: { type: 'list-rooms' } })
    outside.give({ kind: 'opened' })
    outside.hear(hello(outside))
    expect(outside.hear(list(outside, rooms))).toMatchObject([
      {
        kind: 'answered',
        ask: 'q',
        answer: {
          rooms: [
            { code: 'full', members: 20 },
            { code: ROOM, title: 'y' },
          ],
        },
      },
    ])
  })
})

describe('in the room', () => {
  it('[OW35] is host only by the id of its own greeting, and else says nothing of its player', () => {
    const viewer = inside()
    expect(viewer.can()).toEqual(['leave', 'say'])
    for (const command of [
      { type: 'play', positionSec: 1 },
      { type: 'seek', positionSec: 1 },
    ] as const) {
      const outputs = viewer.ask(command)
      expect([sent(outputs), refusals(outputs)]).toEqual([[], ['host-controls']])
    }
    expect(sent(viewer.pass(10_000)).every(({ type }) => type === 'ping')).toBe(true)
    expect(inside(SELF).can()).toEqual(['leave', 'pause', 'play', 'say', 'seek'])
  })

  it('[OW36] a host says what it does with its play state, and where it is each second while it plays, never twice in half a second', () => {
    const host = inside(SELF)
    host.pass(1_000)
    expect(sent(host.ask({ type: 'play', positionSec: 10 }))).toMatchObject([
      {
        type: 'player_event',
        room: ROOM,
        client: SELF,
        payload: { action: 'play', position: 10, play_state: 'playing' },
      },
      { type: 'state_update', payload: { position: 10, play_state: 'playing' } },
    ])
    const updates = sent(host.pass(5_000)).filter(({ type }) => type === 'state_update')
    expect(updates).toHaveLength(5)
    expect(updates[4]).toMatchObject({ payload: { position: expect.closeTo(15, 1) } })
    const said: unknown[] = []
    for (let n = 0; n < 20; n += 1)
      said.push(...sent(host.ask({ type: 'seek', positionSec: n })), ...sent(host.pass(50)))
    expect(said.filter((each) => (each as { type: string }).type === 'state_update').length).toBeLessThanOrEqual(3)
    expect(sent(host.ask({ type: 'pause', positionSec: 20 }))[0]).toMatchObject({
      payload: { action: 'pause', play_state: 'paused' },
    })
    host.pass(1_000)
    expect(sent(host.pass(20_000)).every(({ type }) => type === 'ping')).toBe(true)
    expect(sent(host.ask({ type: 'leave' }))).toMatchObject([{ type: 'leave_room', room: ROOM }])
  })

  it('[OW37] a play counts from the instant that the server says, a pause at once', () => {
    const viewer = inside()
    const event = (action: string, position: number) =>
      frame(
        viewer,
        'player_event',
        {
          room: ROOM,
          client: 'host-id',
          payload: {
            action,
            position,
            play_state: action === 'pause' ? 'paused' : 'playing',
            target_server_ts: viewer.nowMs + AHEAD_MS + 300,
          },
        },
        300,
      )
    viewer.hear(event('play', 120.5))
    const { timeline } = viewer.copy() ?? {}
    expect(timeline?.current.playing).toBe(false)
    expect(timeline?.next).toMatchObject({ positionSec: 120.5, playing: true, atMs: viewer.nowMs + AHEAD_MS + 300 })
    expect(viewer.copy()?.lastAct).toMatchObject({ kind: 'play', memberId: 'host-id' })
    viewer.pass(2_000)
    viewer.hear(event('pause', 122))
    expect(viewer.copy()?.timeline).toMatchObject({ current: { positionSec: 122, playing: false } })
    expect(viewer.copy()?.timeline.next).toBeUndefined()
  })

  it('[OW38] reports lead the line in the time of the server; only a pong tells the clock', () => {
    const viewer = inside()
    const update = (position: number) =>
      frame(viewer, 'state_update', { room: ROOM, client: 'host-id', payload: { position, play_state: 'playing' } })
    const outputs = viewer.hear(update(200))
    expect(outputs.some(({ kind }) => kind === 'clock')).toBe(false)
    viewer.pass(1_000)
    viewer.hear(update(201))
    const { timeline } = viewer.copy() ?? {}
    expect(timeline && positionAt(latestLine(timeline), viewer.nowMs + AHEAD_MS)).toBeCloseTo(201, 2)
    expect(pong(viewer)).toMatchObject([{ kind: 'clock', sample: { serverSentMs: viewer.nowMs + AHEAD_MS } }])
  })

  it('[OW39] pings at first often, then every 5 s, and is never silent for 30 s', () => {
    const viewer = inside()
    expect(sent(viewer.pass(2_000)).length).toBeLessThanOrEqual(6)
    expect(sent(viewer.pass(60_000)).length).toBeGreaterThanOrEqual(11)
    expect(sent(viewer.pass(60_000)).length).toBeLessThanOrEqual(13)
  })

  it('[OW40] a line of chat has at most 500 bytes, is done when it comes round, and is not waited for longer than 3 s', () => {
    const viewer = inside()
    expect(refusals(viewer.ask({ type: 'say', text: 'ä'.repeat(251) }))).toEqual(['bad-line'])
    expect(sent(viewer.ask({ type: 'say', text: ' Hello ' }))).toMatchObject([
      { type: 'chat_message', room: ROOM, payload: { text: 'Hello' } },
    ])
    const round = viewer.hear(
      frame(viewer, 'chat_message', { room: ROOM, client: SELF, payload: { username: 'Bob', text: 'Hello' } }),
    )
    expect(round).toContainEqual({ kind: 'done', ask: 'ask-2' })
    expect(viewer.copy()?.chat).toMatchObject([{ memberId: SELF, content: { text: 'Hello', name: 'Bob' } }])
    viewer.ask({ type: 'say', text: 'Lost' })
    expect(refusals(viewer.pass(3_000))).toEqual(['no-answer'])
    viewer.ask({ type: 'say', text: 'Much' })
    expect(refusals(viewer.hear(frame(viewer, 'error', { payload: { message: 'Rate limit exceeded' } })))).toEqual([
      'too-fast',
    ])
  })

  it('[OW41] shows who is known and how many there are; whoever speaks gets a name', () => {
    const viewer = inside('host-id', { participant_count: 4 })
    const names = (): unknown[] => viewer.copy()?.members.map(({ shown }) => shown.name) ?? []
    expect(names()).toEqual(['Host', 'Bob', 'Somebody', 'Somebody'])
    viewer.hear(frame(viewer, 'chat_message', { room: ROOM, client: 'x', payload: { username: 'Cleo', text: 'Hi' } }))
    expect(names()).toEqual(['Host', 'Bob', 'Cleo', 'Somebody'])
    viewer.hear(frame(viewer, 'participants_update', { room: ROOM, payload: { participant_count: 5 } }))
    expect(names()).toHaveLength(5)
    viewer.hear(frame(viewer, 'client_left', { room: ROOM, client: 'x' }))
    expect(names()).toEqual(['Host', 'Bob', 'Somebody', 'Somebody'])
    viewer.hear(
      frame(viewer, 'chat_message', {
        room: ROOM,
        client: 'constructor',
        payload: { username: '__proto__', text: 'Hi' },
      }),
    )
    expect(names()).toContain('__proto__')
  })

  it('[OW42] a room that is closed is left, with the reason; what is said of other rooms is not ours', () => {
    const viewer = inside()
    viewer.hear(frame(viewer, 'room_closed', { room: 'another', payload: { reason: 'x' } }))
    expect(viewer.copy()?.code).toBe(ROOM)
    expect(
      viewer.hear(frame(viewer, 'room_closed', { room: ROOM, payload: { reason: 'Host left the room' } })),
    ).toMatchObject([{ kind: 'unseated', refusal: { code: 'room-closed', reason: 'Host left the room' } }])
  })

  it('[OW43] what can not be read changes nothing', () => {
    const viewer = inside()
    const before = viewer.copy()
    for (const bad of ['x', '{}', '[]', '{"type":7}', 7]) {
      expect(viewer.hear(bad as string)).toMatchObject([{ kind: 'unreadable' }])
    }
    viewer.hear(frame(viewer, 'state_update', { room: ROOM, payload: { position: '7', play_state: 'playing' } }))
    viewer.hear(frame(viewer, 'quality_update', { room: ROOM, payload: {} }))
    expect(viewer.copy()).toEqual(before)
  })
})

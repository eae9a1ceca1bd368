import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { latestLine } from '../../../src/core/timeline'
import { createOpenwatchpartyServer } from '../../../src/dialects/openwatchparty/server'
import { type AWire, aGuardedWire, aWire, does, type Heard, type WireSocket } from '../a-wire'

const wire = (): Promise<AWire> => aWire(createOpenwatchpartyServer())
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const MEDIA = '0123456789abcdef0123456789abcdef'
const TS = 1_768_720_000_000

const frame = (type: string, about: object = {}) => ({ type, ...about, ts: TS })
const idOf = (socket: WireSocket): string => String(socket.heard[0]?.['client'])
const payloads = (heard: readonly Heard[]): unknown[] => heard.map(({ payload }) => payload)
/** Without the lists of rooms, which come when they come. */
const without = (heard: readonly Heard[]): Heard[] => heard.filter(({ type }) => type !== 'room_list')
const types = (heard: readonly Heard[]): unknown[] => without(heard).map(({ type }) => type)

async function aHost(at: AWire, payload: object = {}): Promise<{ host: WireSocket; room: string }> {
  const host = await at.open('/ws')
  await host.say(frame('create_room', { room: '', payload: { user_name: 'Ada', ...payload } }))
  const room = String(host.heard.findLast(({ type }) => type === 'room_state')?.['room'])
  await at.advance(200)
  host.news()
  return { host, room }
}

async function aGuest(at: AWire, room: string, name = 'Bob'): Promise<WireSocket> {
  const guest = await at.open('/ws')
  await guest.say(frame('join_room', { room, payload: { user_name: name } }))
  await at.advance(200)
  return guest
}

const act = (action: string, position: number, playState?: string) =>
  frame('player_event', { payload: { action, position, ...(playState !== undefined && { play_state: playState }) } })
const update = (position: number, playState = 'playing') =>
  frame('state_update', { payload: { position, play_state: playState } })

describe('the greeting', () => {
  it('[OW1] says who one is and which rooms there are before anything else', async () => {
    const at = await wire()
    const socket = await at.open('/ws')
    const nowMs = Math.floor(at.clock.nowMs())
    expect(socket.news()).toEqual([
      {
        type: 'client_hello',
        client: expect.stringMatching(UUID),
        payload: { client_id: idOf(socket) },
        ts: nowMs,
        server_ts: nowMs,
      },
      { type: 'room_list', payload: [], ts: nowMs, server_ts: nowMs },
    ])
    expect(idOf(await at.open('/ws'))).not.toBe(idOf(socket))
  })

  it.each([
    ['none', undefined, true],
    ['of a page that may', 'https://films.example', true],
    ['of an extension', 'chrome-extension://abcdef', true],
    ['of another page', 'https://evil.example', false],
  ])('[OW16] an Origin %s', async (_, origin, may) => {
    const dialect = createOpenwatchpartyServer({ origins: ['https://films.example'] })
    const headers: Record<string, string> = origin === undefined ? {} : { origin }
    const opened = { path: '/ws', query: {}, headers, address: 'here' }
    const { outputs } = dialect.step(dialect.fresh, { kind: 'opened', opened }, 0)
    expect(outputs.map(({ kind }) => kind)).toEqual([may ? 'identify' : 'close'])
  })

  it('[OW3] a time that is no whole number, or none, is an invalid message; an empty room is none', async () => {
    const at = await wire()
    const socket = await at.open('/ws')
    socket.news()
    for (const bad of [
      'x',
      '[]',
      '{"type":"ping"}',
      '{"type":"ping","ts":1.5}',
      '{"type":"ping","ts":"1"}',
      '{"type":"ping","ts":-1}',
    ]) {
      await socket.say(bad)
    }
    expect(payloads(socket.news())).toEqual(Array.from({ length: 6 }, () => ({ message: 'Invalid message format' })))
    await socket.say({ type: 'ping', room: '', client: null, payload: { client_ts: 1 }, ts: TS })
    expect(socket.news()).toMatchObject([{ type: 'pong' }])
  })

  it('[OW9] a ping is echoed with the time of the server, also on the way', async () => {
    const at = await wire()
    const socket = await at.open('/ws')
    socket.news()
    await at.advance(1)
    await socket.say(frame('ping', { room: 'r', client: 'c', payload: { client_ts: 12.5 } }))
    const nowMs = Math.floor(at.clock.nowMs())
    expect(socket.news()).toEqual([
      { type: 'pong', room: 'r', client: 'c', payload: { client_ts: 12.5 }, ts: nowMs, server_ts: nowMs },
    ])
  })
})

describe('rooms', () => {
  it('[OW5] create_room makes a room of whoever asks, under its name, and everybody sees it in the list', async () => {
    const at = await wire()
    const [host, other] = [await at.open('/ws'), await at.open('/ws')]
    host.news()
    other.news()
    await host.say(frame('create_room', { room: '', payload: { start_pos: 12.5, media_id: MEDIA, user_name: 'Ada' } }))
    const [state] = host.news()
    expect(state).toMatchObject({
      type: 'room_state',
      room: expect.stringMatching(UUID),
      client: idOf(host),
      payload: {
        name: 'Room de Ada',
        host_id: idOf(host),
        state: { position: 12.5, play_state: 'paused' },
        participant_count: 1,
        media_id: MEDIA,
      },
    })
    await at.advance(200)
    const entry = { id: state?.['room'], name: 'Room de Ada', count: 1, media_id: MEDIA }
    expect(other.news().at(-1)).toMatchObject({ type: 'room_list', payload: [entry] })
  })

  it('[OW5] what makes no sense of a wish is as if it were not there', async () => {
    const at = await wire()
    const { host } = await aHost(at, { start_pos: -4, media_id: 'film', user_name: '\u0000 ' })
    expect(host.heard.find(({ type }) => type === 'room_state')).toMatchObject({
      payload: { name: 'Room de Anonymous', state: { position: 0 }, media_id: null },
    })
  })

  it('[OW6] who joins is told where the room is by now, the others how many they are', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    await host.say(act('play', 60, 'playing'))
    await at.advance(2_000)
    host.news()
    const guest = await aGuest(at, room)
    const state = without(guest.heard).find(({ type }) => type === 'room_state')
    expect(state).toMatchObject({ room, client: idOf(guest), payload: { host_id: idOf(host), participant_count: 2 } })
    expect(state).toMatchObject({ payload: { state: { position: 62, play_state: 'playing' } } })
    expect(without(host.news())).toMatchObject([
      { type: 'participants_update', room, payload: { participant_count: 2 } },
    ])
    expect(types(guest.news())).not.toContain('participants_update')
  })

  it('[OW26] a room is found by its code too, and joined again it answers again', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const code = at.host.codes()[0] ?? ''
    const guest = await aGuest(at, code.toUpperCase())
    expect(guest.heard.at(-1)).toMatchObject({})
    guest.news()
    host.news()
    await guest.say(frame('join_room', { room }))
    expect(without(guest.news())).toMatchObject([{ type: 'room_state', room }])
    expect(without(host.news())).toEqual([])
  })

  it('[OW13] a room that is not there, a full one and an unknown word are said in the words of the living server', async () => {
    const at = await wire()
    const { room } = await aHost(at)
    const guest = await at.open('/ws')
    guest.news()
    await guest.say(frame('join_room', { room: 'nowhere' }))
    await guest.say(frame('dance', { room }))
    expect(guest.news()).toMatchObject([
      { type: 'error', client: idOf(guest), payload: { message: 'Room not found' } },
      { type: 'error', payload: { message: 'Unknown message type' } },
    ])
    for (let more = 1; more < 20; more += 1) await aGuest(at, room)
    guest.news()
    await guest.say(frame('join_room', { room }))
    expect(without(guest.news())).toMatchObject([{ type: 'error', payload: { message: 'Room is full' } }])
  })

  it('[OW11] when the host goes, in whatever way, everybody else hears that the room is closed, and why', async () => {
    for (const [go, reason] of [
      [(host: WireSocket) => host.hangUp(), 'Host left the room'],
      [(host: WireSocket) => host.say(frame('leave_room')), 'Host left the room'],
      [(host: WireSocket) => host.say(frame('create_room', { payload: {} })), 'Host started a new room'],
    ] as const) {
      const at = await wire()
      const { host, room } = await aHost(at)
      const guest = await aGuest(at, room)
      guest.news()
      await go(host)
      await at.advance(200)
      expect(without(guest.news())).toMatchObject([{ type: 'room_closed', room, payload: { reason } }])
      expect(at.host.codes()).toHaveLength(reason === 'Host started a new room' ? 1 : 0)
      const lists = guest.heard.filter(({ type }) => type === 'room_list')
      expect(JSON.stringify(lists.at(-1))).not.toContain(room)
    }
  })

  it('[OW12] when another goes, the rest hear who and how many they are by now', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const [bob, eve] = [await aGuest(at, room), await aGuest(at, room, 'Eve')]
    for (const each of [host, bob, eve]) each.news()
    await bob.hangUp()
    for (const each of [host, eve]) {
      expect(without(each.news())).toMatchObject([
        { type: 'client_left', room, client: idOf(bob), payload: { participant_count: 2 } },
      ])
    }
    await eve.say(frame('leave_room', { room }))
    expect(without(host.news())).toMatchObject([{ type: 'client_left', payload: { participant_count: 1 } }])
    await at.advance(200)
    expect(types(eve.news())).toEqual([])
  })

  it('[OW15] who is silent for 60 s is out of the room; a ping each 10 s keeps it', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const guest = await aGuest(at, room)
    for (let n = 0; n < 7; n += 1) {
      await at.advance(10_000)
      await host.say(frame('ping'))
    }
    expect(guest.closedWith()).toBe(1008)
    expect(types(host.heard)).toContain('client_left')
    expect(host.closedWith()).toBeUndefined()
  })
})

describe('where the room is', () => {
  it("[OW7] the host's acts go to the others as they are, to count 300 ms from now; of others they mean nothing", async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const guest = await aGuest(at, room)
    guest.news()
    host.news()
    const said = [
      { action: 'play', position: 120.5, play_state: 'playing', extra: 1 },
      { action: 'seek', position: 300, play_state: 'playing' },
      { action: 'buffering', position: 301 },
      { action: 'play', position: 301 },
      { action: 'pause', position: 302, play_state: 'paused' },
      { action: 'pause', position: 302, play_state: 'paused' },
      { action: 'seek', position: null },
    ]
    for (const payload of said) {
      await host.say(frame('player_event', { room, client: 'whoever', payload }))
      const then = Math.floor(at.clock.nowMs()) + 300
      expect(without(guest.news())).toEqual([
        {
          type: 'player_event',
          room,
          client: 'whoever',
          payload: { ...payload, target_server_ts: then },
          ts: TS,
          server_ts: then,
        },
      ])
    }
    expect(without(host.news())).toEqual([])
    await guest.say(frame('player_event', { room, payload: { action: 'play', position: 5 } }))
    await guest.say(frame('state_update', { room, payload: { position: 5, play_state: 'playing' } }))
    expect(without([...host.news(), ...guest.news()])).toEqual([])
    expect(at.host.room(at.host.codes()[0] ?? '')?.timeline.current).toMatchObject({ positionSec: 302, playing: false })
  })

  it('[OW8] its reports go on as they are where they count: not right after an act, not too often, no jitter; a changed play state always', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const guest = await aGuest(at, room)
    guest.news()
    const heard = async (report: object): Promise<unknown[]> => {
      await host.say(report)
      return without(guest.news()).map(({ type, payload }) => [type, payload])
    }
    await host.say(act('play', 10, 'playing'))
    guest.news()
    await at.advance(1_000)
    expect(await heard(update(11))).toEqual([])
    await at.advance(1_100)
    expect(await heard(update(12.1))).toEqual([['state_update', { position: 12.1, play_state: 'playing' }]])
    await at.advance(100)
    expect(await heard(update(14))).toEqual([])
    await at.advance(500)
    for (const jitter of [11.5, 10.2, 12.1, 12.5]) expect(await heard(update(jitter))).toEqual([])
    expect(await heard(update(12.7))).toHaveLength(1)
    await at.advance(10)
    expect(await heard(update(12.8, 'paused'))).toHaveLength(1)
    expect(guest.heard.at(-1)).toMatchObject({ ts: TS, server_ts: Math.floor(at.clock.nowMs()) })
  })

  it('[OW20] an act of ours is told at once, with the instant from which it counts', async () => {
    const at = await wire()
    const ours = await at.tutti({ create: { settings: { listed: true } } })
    const guest = await aGuest(at, ours.copy()?.code ?? '')
    guest.news()
    await does(ours, { type: 'play', positionSec: 30 })
    const atMs = Math.floor(ours.copy()?.timeline.next?.atMs ?? 0)
    expect(atMs).toBeGreaterThan(at.clock.nowMs())
    expect(without(guest.news())).toMatchObject([
      {
        type: 'player_event',
        payload: { action: 'play', position: 30, play_state: 'playing', target_server_ts: atMs },
        server_ts: atMs,
      },
    ])
    const late = await at.open('/ws')
    await late.say(frame('join_room', { room: ours.copy()?.id }))
    expect(types(late.heard)).toEqual(['client_hello', 'room_state', 'player_event'])
    await at.advance(5_000)
    expect(without(guest.news()).slice(1)).toMatchObject([
      { type: 'state_update', payload: { position: 30, play_state: 'playing' }, server_ts: atMs },
    ])
    await does(ours, { type: 'pause', positionSec: 34 })
    expect(without(guest.news()).at(-1)).toMatchObject({
      payload: { action: 'pause', position: 34, play_state: 'paused' },
    })
    await at.advance(5_000)
    const nowMs = Math.floor(at.clock.nowMs())
    await does(ours, { type: 'seek', positionSec: 90 })
    expect(without(guest.news()).at(-1)).toMatchObject({
      payload: { action: 'seek', position: 90, play_state: 'paused' },
      server_ts: Math.max(nowMs + 300, Math.floor(ours.copy()?.timeline.next?.atMs ?? 0)),
    })
  })

  it('[OW22] at another rate, which this wire does not know, it is said each second where the room is', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const guest = await aGuest(at, ours.copy()?.code ?? '')
    await does(ours, { type: 'set-rate', rate: 2 })
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(1_000)
    guest.news()
    await at.advance(3_000)
    const told = without(guest.news()).map(({ type, payload }) => [type, (payload as { position: number }).position])
    expect(told).toHaveLength(3)
    expect(Number(told[2]?.[1]) - Number(told[1]?.[1])).toBeCloseTo(2, 5)
  })

  it('[OW23] who is host is told with the whole state, where a room goes on without its first one', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const guest = await aGuest(at, ours.copy()?.code ?? '')
    guest.news()
    await ours.ask({ type: 'leave' })
    await at.advance(200)
    expect(without(guest.news())).toMatchObject([
      { type: 'client_left' },
      { type: 'room_state', payload: { host_id: idOf(guest), participant_count: 1 } },
    ])
  })

  it('[OW24] while a host stands still for want of data, the others do too', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const ours = await at.tutti({ code: room })
    await host.say(act('play', 10, 'playing'))
    await ours.hear()
    expect(ours.copy()?.timeline.current).toMatchObject({ playing: true })
    await host.say(act('buffering', 12))
    await ours.hear()
    expect(ours.copy()?.timeline.current).toMatchObject({ playing: false, positionSec: 12 })
    await host.say(act('play', 12))
    await ours.hear()
    expect(ours.copy()?.timeline.current).toMatchObject({ playing: true, positionSec: 12 })
  })

  it('[OW25] when the queue moves on, the others are led to the beginning', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const film = (id: string) => ({
      durationSec: 10,
      content: { address: `https://films.example/web/#/details?id=${id}&x=1`, title: id },
    })
    await does(ours, { type: 'queue-add', items: [film(MEDIA), film(MEDIA.replaceAll('0', 'f'))] })
    const guest = await aGuest(at, ours.copy()?.code ?? '')
    expect(without(guest.heard).find(({ type }) => type === 'room_state')).toMatchObject({
      payload: { media_id: MEDIA },
    })
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(1_000)
    guest.news()
    await at.advance(10_000)
    // When the announced act has come to count, they are told where that is: its clients jump at once.
    expect(without(guest.news()).slice(-2)).toMatchObject([
      { type: 'player_event', payload: { action: 'play', position: 0, play_state: 'playing' } },
      { type: 'state_update', payload: { position: 0, play_state: 'playing' } },
    ])
  })

  it('[OW27] a host that others have moved is told too; its reports of the next 2 s do not move them back', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const ours = await at.tutti({ code: room })
    await host.say(act('play', 10, 'playing'))
    await at.advance(3_000)
    const inside = at.host.room(at.host.codes()[0] ?? '')
    await at.host.server.rooms.command(inside?.id ?? '', inside?.members[0]?.id ?? '', {
      type: 'set-control',
      control: 'everyone',
    })
    await ours.hear()
    host.news()
    await does(ours, { type: 'pause', positionSec: 13 })
    expect(without(host.news())).toMatchObject([{ type: 'player_event', payload: { action: 'pause', position: 13 } }])
    await at.advance(700)
    await host.say(update(13.7))
    await ours.hear()
    const { timeline } = ours.copy() ?? {}
    expect(timeline && latestLine(timeline)).toMatchObject({ playing: false })
    await at.advance(2_000)
    await host.say(update(15))
    await ours.hear()
    expect(ours.copy()?.timeline.current).toMatchObject({ playing: true })
  })
})

describe('chat, and who somebody is', () => {
  it('[OW10] what is said reaches everybody, whoever said it too', async () => {
    const at = await wire()
    const { host, room } = await aHost(at)
    const guest = await aGuest(at, room)
    host.news()
    guest.news()
    await guest.say(frame('chat_message', { room, payload: { text: 'Hello everyone!' } }))
    for (const each of [host, guest]) {
      expect(without(each.news())).toMatchObject([
        { type: 'chat_message', room, client: idOf(guest), payload: { username: 'Bob', text: 'Hello everyone!' } },
      ])
    }
    const ours = await at.tutti({ code: room, name: 'Cleo' })
    await does(ours, { type: 'say', text: 'Me too' })
    expect(without(host.news()).at(-1)).toMatchObject({ payload: { username: 'Cleo', text: 'Me too' } })
    for (const about of [
      { payload: { text: 'x' } },
      { room, payload: { text: '  ' } },
      { room, payload: { text: 'x'.repeat(501) } },
    ]) {
      await guest.say(frame('chat_message', about))
    }
    await guest.say(frame('chat_message', { room: 'another', payload: { text: 'x' } }))
    expect(payloads(without(guest.news()).slice(-3))).toEqual([
      { message: 'Room ID required for chat' },
      { message: 'Chat message cannot be empty' },
      { message: 'Chat message too long (max 500 characters)' },
    ])
  })

  it('[OW14] 30 messages a second and 64 KiB a frame: beyond that an error, and the socket stays', async () => {
    const at = await wire()
    const socket = await at.open('/ws')
    socket.news()
    for (let n = 0; n < 31; n += 1) await socket.say(frame('ping'))
    expect(socket.news().at(-1)).toMatchObject({ type: 'error', payload: { message: 'Rate limit exceeded' } })
    await at.advance(1_000)
    await socket.say(frame('ping', { payload: 'x'.repeat(64 * 1024) }))
    expect(socket.news()).toMatchObject([{ payload: { message: 'Message too large' } }])
    expect(socket.closedWith()).toBeUndefined()
  })

  it('[OW17] without a secret a name is enough, and any token succeeds as nobody', async () => {
    const at = await wire()
    const socket = await at.open('/ws')
    socket.news()
    await socket.say(frame('auth', { payload: { user_name: 'Ada', user_id: '1f' } }))
    expect(socket.news()).toEqual([])
    await socket.say(frame('auth', { payload: { token: 'x' } }))
    expect(socket.news()).toMatchObject([{ type: 'auth_success', payload: { user_name: 'Anonymous' } }])
    await socket.say(frame('create_room', { payload: {} }))
    expect(without(socket.news())).toMatchObject([{ payload: { name: 'Room de Ada' } }])
  })

  it('[OW17] with a secret only a token that says all it should opens the way to rooms', async () => {
    const secret = 'a secret of more than thirty-two bytes'
    const at = await aGuardedWire({ secret }, createOpenwatchpartyServer({ hasSecret: true }))
    const nowSec = Math.floor(at.clock.nowMs() / 1000)
    const claims = { sub: '1f', name: 'Ada', aud: 'OpenWatchParty', iss: 'Jellyfin', exp: nowSec + 60, iat: nowSec }
    const sign = (said: Record<string, unknown>): Promise<string> =>
      new SignJWT(said).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
    const socket = await at.open('/ws')
    const authenticate = async (token?: string): Promise<Heard[]> => {
      socket.news()
      await socket.say(frame('auth', { payload: { user_name: 'Eve', ...(token !== undefined && { token }) } }))
      return token === undefined ? socket.news() : socket.answer()
    }
    await socket.say(frame('create_room', { payload: { user_name: 'Eve' } }))
    expect(socket.news().at(-1)).toMatchObject({ type: 'error', payload: { message: 'Authentication required' } })
    expect(await authenticate()).toEqual([])
    const { iat: _, ...without } = claims
    for (const bad of [
      'x',
      await sign({ ...claims, aud: 'other' }),
      await sign({ ...claims, exp: nowSec - 61 }),
      await sign(without),
    ]) {
      expect(await authenticate(bad)).toMatchObject([{ type: 'error', payload: { message: 'Authentication failed' } }])
    }
    expect(await authenticate(await sign(claims))).toMatchObject([
      { type: 'auth_success', payload: { user_name: 'Ada' } },
    ])
    await socket.say(frame('create_room', { payload: {} }))
    expect(socket.news()[0]).toMatchObject({ type: 'room_state', payload: { name: 'Room de Ada' } })
    await socket.say(frame('ping'))
    expect(socket.news().at(-1)).toMatchObject({ type: 'pong' })
  })
})

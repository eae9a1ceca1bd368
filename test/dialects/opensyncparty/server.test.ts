import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { clientIdOf, memberIdOf } from '../../../src/dialects/opensyncparty/ids'
import { createOpensyncpartyServer } from '../../../src/dialects/opensyncparty/server'
import { type AWire, aGuardedWire, aWire, does, type Heard, type WireSocket } from '../a-wire'

const PATH = '/OpenSyncParty/ws'
const ROOM = 'movie-night'
const TS = 1_767_290_000_000
const SECRET = 'a secret of more than thirty-two bytes'
const wire = (): Promise<AWire> => aWire(createOpensyncpartyServer())

const frame = (type: string, client: string, payload: object = {}, room = ROOM) => ({
  type,
  room,
  client,
  payload,
  ts: TS,
})
const types = (heard: readonly Heard[]): unknown[] => heard.map(({ type }) => type)
const codes = (heard: readonly Heard[]): unknown[] => heard.map(({ payload }) => (payload as { code?: string }).code)
const ada = { client_id: 'c-1', name: 'Ada', is_host: true }
const bob = { client_id: 'c-2', name: 'Bob', is_host: false }

async function aHost(at: AWire, payload: object = {}): Promise<WireSocket> {
  const host = await at.open(PATH)
  await host.say(
    frame('create_room', 'c-1', { media_url: 'https://films.example/a.mp4', start_pos: 0, name: 'Ada', ...payload }),
  )
  host.news()
  return host
}

async function aGuest(at: AWire, client = 'c-2', name = 'Bob'): Promise<WireSocket> {
  const guest = await at.open(PATH)
  await guest.say(frame('join_room', client, { name }))
  return guest
}

const act = (action: string, position?: number, client = 'c-1') =>
  frame('player_event', client, { action, ...(position !== undefined && { position }) })
const update = (payload: object, client = 'c-1') => frame('state_update', client, payload)
const roomIn = (at: AWire) => at.host.room(at.host.codes()[0] ?? '')

describe('whoever takes an id', () => {
  it('[OS43] that somebody of another wire has there is sent out again, and the room is as it was', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const { code = '', members = [] } = ours.copy() ?? {}
    const mallory = await at.open(PATH)
    await mallory.say(frame('join_room', members[0]?.id ?? '', { name: 'Mallory' }, code))
    expect(mallory.news()).toMatchObject([
      { type: 'error', payload: { code: 'bad_request', message: 'client is in use' } },
    ])
    expect(roomIn(at)?.members).toHaveLength(1)
    const bob = await at.open(PATH)
    await bob.say(frame('join_room', 'c-2', { name: 'Bob' }, code))
    expect(types(bob.news())).toContain('room_state')
  })
})

describe('the envelope', () => {
  it('[OS1] nothing is said on open, since a greeting would mean the generation after', async () => {
    const at = await wire()
    expect((await at.open(PATH)).news()).toEqual([])
  })

  it('[OS2] each message has all six keys, times in whole milliseconds', async () => {
    const at = await wire()
    const host = await aHost(at)
    const guest = await aGuest(at)
    await host.say(act('play', 1.5))
    await at.advance(1_000)
    await guest.say('x')
    await guest.hangUp()
    for (const said of [...host.heard, ...guest.heard]) {
      expect(Object.keys(said).sort()).toEqual(['client', 'payload', 'room', 'server_ts', 'ts', 'type'])
      expect([said['ts'], said['server_ts']].every(Number.isInteger)).toBe(true)
      expect(said['server_ts']).toBeGreaterThan(0)
    }
  })

  it('[OS13] errors have a code, and close nothing', async () => {
    const at = await wire()
    const socket = await at.open(PATH)
    const bad = [
      'x',
      '[]',
      '{"type":"ping"}',
      '{"type":"ping","room":"r"}',
      { ...frame('ping', 'c'), room: ' ' },
      frame('ping', 'c'.repeat(99)),
    ]
    for (const each of bad) await socket.say(each)
    expect(codes(socket.news())).toEqual(['bad_json', ...Array.from({ length: 5 }, () => 'bad_request')])
    await socket.say(frame('join_room', 'c-2'))
    await socket.say(frame('dance', 'c-2'))
    expect(socket.news()).toMatchObject([
      { type: 'error', room: ROOM, client: 'c-2', payload: { code: 'room_missing', message: 'room not found' } },
      { payload: { code: 'unknown_type', message: 'unknown message type: dance' } },
    ])
    expect(socket.closedWith()).toBeUndefined()
  })

  it('[OS12] a ping is answered at once with its own payload, also outside', async () => {
    const at = await wire()
    const socket = await at.open(PATH)
    await socket.say(frame('ping', 'c-2', { client_ts: 12.5, more: [1] }))
    expect(socket.news()).toMatchObject([
      { type: 'pong', room: ROOM, client: 'c-2', payload: { client_ts: 12.5, more: [1] } },
    ])
  })

  it('[OS14] an id may be any short text and comes back as it is', () => {
    for (const id of [
      'c-1',
      'client_1',
      'Zoë 🎬',
      'x-1',
      'ffff',
      'a'.repeat(60),
      'ada.lovelace_1843@engines.example',
      'ä'.repeat(18),
    ]) {
      expect(clientIdOf(memberIdOf(id) ?? '')).toBe(id)
      expect(memberIdOf(id)).toMatch(/^[A-Za-z0-9-]{1,64}$/)
    }
    for (const id of ['', 'a'.repeat(61), 'ä'.repeat(19), '\ud800']) expect(memberIdOf(id)).toBeUndefined()
    expect(clientIdOf('8a5c2f1e-0000-4000-8000-000000000000')).toBe('8a5c2f1e-0000-4000-8000-000000000000')
  })
})

describe('rooms', () => {
  it('[OS3] create_room is answered by the state of the room and nothing else', async () => {
    const at = await wire()
    const host = await at.open(PATH)
    const payload = {
      media_url: 'https://films.example/a.mp4',
      start_pos: 42.5,
      name: 'Ada',
      options: { free_play: false },
    }
    await host.say(frame('create_room', 'c-1', payload))
    expect(host.news()).toMatchObject([
      {
        type: 'room_state',
        room: ROOM,
        client: 'c-1',
        payload: {
          room: ROOM,
          host_id: 'c-1',
          media_url: 'https://films.example/a.mp4',
          options: { free_play: false },
          state: { position: 42.5, play_state: 'paused' },
          participants: [ada],
          participant_count: 1,
        },
      },
    ])
  })

  it('[OS4] join_room tells the joiner the state first, and everybody else who came', async () => {
    const at = await wire()
    const host = await aHost(at)
    const guest = await aGuest(at)
    expect(guest.news()).toMatchObject([
      {
        type: 'room_state',
        client: 'c-2',
        payload: { host_id: 'c-1', participants: [ada, bob], participant_count: 2 },
      },
    ])
    expect(host.news()).toMatchObject([
      { type: 'client_joined', room: ROOM, client: 'c-2', payload: { name: 'Bob' } },
      { type: 'participants_update', client: 'c-2', payload: { participants: [ada, bob], participant_count: 2 } },
    ])
  })

  it('[OS5] where the room plays, the state has where it is by now, and a report follows since its clients take no play state from it', async () => {
    const at = await wire()
    const host = await aHost(at)
    await host.say(act('play', 10))
    await at.advance(2_500)
    const guest = await aGuest(at)
    const state = { position: 12.5, play_state: 'playing' }
    expect(guest.news()).toMatchObject([
      { type: 'room_state', payload: { state } },
      { type: 'state_update', client: 'c-1', payload: state },
    ])
  })

  it('[OS15] a name that is taken is so while anybody is there; an emptied room is taken up again for 10 s, and made anew after that', async () => {
    const at = await wire()
    const host = await aHost(at)
    await host.say(act('seek', 77))
    const other = await at.open(PATH)
    await other.say(frame('create_room', 'c-9', { start_pos: 5 }))
    expect(codes(other.news())).toEqual(['room_exists'])
    await host.hangUp()
    await at.advance(9_000)
    const again = await at.open(PATH)
    await again.say(frame('create_room', 'c-1', { start_pos: 5, name: 'Ada' }))
    expect(again.news()).toMatchObject([
      { type: 'room_state', payload: { host_id: 'c-1', state: { position: 77 }, participants: [ada] } },
    ])
    await again.hangUp()
    await at.advance(11_000)
    await other.say(
      frame('create_room', 'c-9', { start_pos: 5, media_url: 'https://films.example/b.mp4', name: 'Eve' }),
    )
    expect(other.news()).toMatchObject([
      {
        type: 'room_state',
        payload: {
          host_id: 'c-9',
          media_url: 'https://films.example/b.mp4',
          state: { position: 5, play_state: 'paused' },
          participant_count: 1,
        },
      },
    ])
  })

  it('[OS9] a socket speaks by one id; another one is refused', async () => {
    const at = await wire()
    const host = await aHost(at)
    const guest = await aGuest(at)
    host.news()
    guest.news()
    await guest.say(act('play', 3))
    expect(codes(guest.news())).toEqual(['bad_request'])
    expect(host.news()).toEqual([])
    expect(roomIn(at)?.timeline.current.playing).toBe(false)
  })

  it('[OS10] an id in a room is one person: nobody else takes it while its socket is open', async () => {
    const at = await wire()
    await aHost(at)
    const guest = await aGuest(at)
    const thief = await aGuest(at, 'c-2', 'Eve')
    expect(codes(thief.news())).toEqual(['bad_request'])
    await guest.hangUp()
    expect(types((await aGuest(at, 'c-2', 'Bob')).news())).toEqual(['room_state'])
  })

  it('[OS11] when the host goes the next one leads; when another goes it is told who', async () => {
    const at = await wire()
    const host = await aHost(at)
    const [second, third] = [await aGuest(at), await aGuest(at, 'c-3', 'Cleo')]
    for (const each of [host, second, third]) each.news()
    await third.hangUp()
    expect(host.news()).toMatchObject([
      { type: 'client_left', room: ROOM, client: 'c-3', payload: {} },
      { type: 'participants_update', client: null, payload: { participants: [ada, bob], participant_count: 2 } },
    ])
    second.news()
    await host.hangUp()
    await at.advance(1_000)
    expect(second.news()).toMatchObject([
      { type: 'host_change', room: ROOM, client: null, payload: { host_id: 'c-2' } },
      {
        type: 'participants_update',
        client: null,
        payload: { participants: [{ ...bob, is_host: true }], participant_count: 1 },
      },
    ])
  })

  it('[OS26] a room is found by its code and in any case; joined again it answers again; another room is left for it', async () => {
    const at = await wire()
    const host = await aHost(at)
    const code = roomIn(at)?.code ?? ''
    const guest = await at.open(PATH)
    await guest.say(frame('join_room', 'c-2', { name: 'Bob' }, code.toUpperCase()))
    expect(guest.news()).toMatchObject([{ type: 'room_state', room: code.toUpperCase() }])
    host.news()
    await guest.say(frame('join_room', 'c-2', { name: 'Bob' }, code))
    expect([types(guest.news()), types(host.news())]).toEqual([['room_state'], []])
    await guest.say(frame('create_room', 'c-2', { name: 'Bob' }, 'another'))
    expect(guest.news()).toMatchObject([{ type: 'room_state', room: 'another', payload: { host_id: 'c-2' } }])
    expect(types(host.news())).toEqual(['client_left', 'participants_update'])
  })
})

describe('where the room is', () => {
  it("[OS6] the host's acts and reports go to everybody else as they are, and never back", async () => {
    const at = await wire()
    const host = await aHost(at)
    const guest = await aGuest(at)
    host.news()
    guest.news()
    const said = [
      act('play', 1.25),
      act('play', 1.25),
      act('seek', 60),
      frame('player_event', 'c-1', { action: 'pause', position: 61, more: true }),
      update({ position: 61, play_state: 'paused' }),
      update({ position: 61.01, play_state: 'paused', reported_latency: 9 }),
      frame('force_resync', 'c-1', { target_position: 70 }),
    ]
    for (const each of said) {
      await host.say(each)
      const nowMs = Math.floor(at.clock.nowMs())
      expect(guest.news()).toEqual([{ ...each, server_ts: nowMs }])
      await at.advance(50)
    }
    expect(host.news()).toEqual([])
    expect(roomIn(at)?.timeline.current).toMatchObject({ positionSec: 70, playing: false })
  })

  it('[OS7] of others they mean nothing, and that is said; where free play is on they lead too', async () => {
    const at = await wire()
    const host = await aHost(at)
    const guest = await aGuest(at)
    host.news()
    guest.news()
    for (const each of [
      act('play', 3, 'c-2'),
      update({ position: 3, play_state: 'playing' }, 'c-2'),
      frame('force_resync', 'c-2', { target_position: 3 }),
    ]) {
      await guest.say(each)
    }
    expect(codes(guest.news())).toEqual(['not_host', 'not_host', 'not_host'])
    expect(host.news()).toEqual([])

    const free = await wire()
    const owner = await aHost(free, { options: { free_play: true } })
    const friend = await aGuest(free)
    expect(friend.news()).toMatchObject([{ payload: { options: { free_play: true } } }])
    owner.news()
    await friend.say(act('seek', 33, 'c-2'))
    expect(owner.news()).toMatchObject([
      { type: 'player_event', client: 'c-2', payload: { action: 'seek', position: 33 } },
    ])
    expect(friend.news()).toEqual([])
    await friend.say(update({ position: 99, play_state: 'playing' }, 'c-2'))
    expect(owner.news()).toMatchObject([{ type: 'state_update', payload: { position: 99 } }])
    expect(roomIn(free)?.timeline.current).toMatchObject({ positionSec: 33, playing: false })
  })

  it('[OS8] a report without a position changes nothing and is told to nobody', async () => {
    const at = await wire()
    const host = await aHost(at)
    await host.say(act('seek', 60))
    const guest = await aGuest(at)
    guest.news()
    host.news()
    for (const payload of [
      { reported_latency: 31 },
      { position: '61', play_state: 'playing' },
      { position: null },
      7,
      null,
    ]) {
      await host.say(frame('state_update', 'c-1', payload as object))
    }
    expect([...guest.news(), ...host.news()]).toEqual([])
    expect(roomIn(at)?.timeline.current).toMatchObject({ positionSec: 60, playing: false })
  })

  it('[OS20] what counts from an instant ahead is told at that instant, and as acts that its clients obey: first where, then that it plays', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const guest = await at.open(PATH)
    await guest.say(frame('join_room', 'c-2', {}, ours.copy()?.code))
    guest.roundTrip(100)
    guest.news()
    await does(ours, { type: 'play', positionSec: 30 })
    const startsInMs = (ours.copy()?.timeline.next?.atMs ?? 0) - at.clock.nowMs()
    await at.advance(startsInMs - 51)
    expect(guest.news()).toEqual([])
    await at.advance(1)
    expect(guest.news()).toMatchObject([
      { type: 'player_event', payload: { action: 'seek', position: 30 } },
      { type: 'player_event', payload: { action: 'play', position: 30 } },
    ])
    await at.advance(2_000)
    await does(ours, { type: 'pause', positionSec: 32 })
    await at.advance(1_000)
    expect(guest.news().map(({ payload }) => (payload as { action: string }).action)).toEqual(['pause'])
  })

  it('[OS22] nobody else says where a room is that is led elsewhere: every 5 s, each second at another rate, never while it stands still', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const guest = await at.open(PATH)
    await guest.say(frame('join_room', 'c-2', {}, ours.copy()?.code))
    await at.advance(20_000)
    expect(types(guest.news())).toEqual(['room_state'])
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(1_000)
    guest.news()
    await at.advance(10_000)
    expect(types(guest.news())).toEqual(['state_update', 'state_update'])
    await does(ours, { type: 'set-rate', rate: 2 })
    await at.advance(1_000)
    guest.news()
    await at.advance(3_000)
    expect(types(guest.news())).toEqual(['state_update', 'state_update', 'state_update'])

    const here = await wire()
    const host = await aHost(here)
    await host.say(act('play', 0))
    const viewer = await aGuest(here)
    viewer.news()
    await here.advance(20_000)
    expect(viewer.news()).toEqual([])
  })

  it('[OS25] when the queue moves on, clients are led to the beginning; a room that closes is missing from then on', async () => {
    const at = await wire()
    const ours = await at.tutti({ create: { whenHostLeaves: 'close' } })
    const film = (title: string) => ({ durationSec: 10, content: { address: `https://films.example/${title}`, title } })
    await does(ours, { type: 'queue-add', items: [film('one'), film('two')] })
    const guest = await at.open(PATH)
    await guest.say(frame('join_room', 'c-2', {}, ours.copy()?.code))
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(8_000)
    guest.news()
    await at.advance(4_000)
    const acts = guest.news().filter(({ type }) => type === 'player_event')
    expect(acts).toContainEqual(expect.objectContaining({ payload: { action: 'seek', position: 0 } }))
    expect(acts.at(-1)).toMatchObject({ payload: { action: 'play' } })
    await does(ours, { type: 'say', text: 'Hello' })
    expect(guest.news()).toEqual([])
    await ours.ask({ type: 'leave' })
    expect(guest.news()).toMatchObject([{ type: 'error', payload: { code: 'room_missing' } }])
  })
})

describe('tokens', () => {
  const guarded = (): Promise<AWire> => aGuardedWire({ secret: SECRET }, createOpensyncpartyServer({ hasSecret: true }))
  const sign = (at: AWire, claims: Record<string, unknown>, forSec = 60): Promise<string> =>
    new SignJWT({ exp: Math.floor(at.clock.nowMs() / 1000) + forSec, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(SECRET))
  const tell = async (socket: WireSocket, said: object): Promise<Heard[]> => {
    socket.news()
    await socket.say(said)
    return socket.answer()
  }

  it('[OS17] without a secret tokens are not looked at, and nobody is invited', async () => {
    const at = await wire()
    const host = await aHost(at, { auth_token: 'x' })
    expect(roomIn(at)?.members).toHaveLength(1)
    expect(codes(await tell(host, frame('create_invite', 'c-1', { auth_token: 'x' })))).toEqual(['invite_disabled'])
  })

  it('[OS17] with a secret a room is made with a token of somebody who may host, and joined with a token or an invite', async () => {
    const at = await guarded()
    const host = await at.open(PATH)
    const creates = (auth?: string) => frame('create_room', 'c-1', { ...(auth !== undefined && { auth_token: auth }) })
    expect(codes(await tell(host, creates()))).toEqual(['auth_required'])
    expect(codes(await tell(host, creates('x')))).toEqual(['token_invalid'])
    expect(codes(await tell(host, creates(await sign(at, { username: 'Ada' }, -61))))).toEqual(['token_expired'])
    expect(codes(await tell(host, creates(await sign(at, { roles: 'Viewer, guest' }))))).toEqual(['forbidden'])
    const auth = await sign(at, { user_id: '1', username: 'Ada', roles: ['Host'] })
    expect(await tell(host, creates(auth))).toMatchObject([
      { type: 'room_state', payload: { participants: [{ name: 'Ada' }] } },
    ])

    const invited = await tell(host, frame('create_invite', 'c-1', { auth_token: auth, expires_in: 600 }))
    const { invite_token: invite, expires_at: endsAtSec } = { ...(invited[0]?.['payload'] as Heard | undefined) }
    expect(invited).toMatchObject([{ type: 'invite_created', room: ROOM, client: 'c-1' }])
    expect(endsAtSec).toBe(Math.floor(at.clock.nowMs() / 1000) + 600)

    const guest = await at.open(PATH)
    const joins = (payload: object, room = ROOM) => frame('join_room', 'c-2', { name: 'Bob', ...payload }, room)
    expect((await tell(guest, joins({})))[0]?.['payload']).toEqual({
      code: 'auth_required',
      message: 'auth or invite required',
    })
    expect(codes(await tell(guest, joins({ invite_token: auth })))).toEqual(['invite_invalid'])
    expect(codes(await tell(guest, joins({ invite_token: invite }, 'another')))).toEqual(['invite_room_mismatch'])
    expect(codes(await tell(guest, joins({ auth_token: invite })))).toEqual(['token_invalid'])
    expect(types(await tell(guest, joins({ auth_token: 'x', invite_token: invite })))).toEqual(['room_state'])
    expect(codes(await tell(guest, frame('create_invite', 'c-2', { auth_token: auth })))).toEqual(['not_host'])
    expect(roomIn(at)?.members).toMatchObject([{ role: 'host' }, { role: 'member', shown: { name: 'Bob' } }])
  })

  it('[OS18] the plain requests make tokens and invites for whoever has a token, in the words of either generation', async () => {
    const at = await guarded()
    const auth = await sign(at, { user_id: '1', username: 'Ada' })
    const ask = async (path: string, body: unknown, token?: string, method = 'POST') => {
      const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) }
      const { status, body: said } = await at.host.server.request({
        method,
        path,
        query: {},
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      return { status, ...(said === '' ? {} : (JSON.parse(said) as Record<string, unknown>)) }
    }
    const endsAtSec = Math.floor(at.clock.nowMs() / 1000) + 3_600
    expect(await ask('/OpenSyncParty/token', '', auth)).toEqual({
      status: 200,
      Token: expect.any(String),
      ExpiresAt: endsAtSec,
    })
    const invite = await ask('/invite', { room: ROOM, expires_in: 60 }, auth)
    expect(invite).toEqual({ status: 200, invite_token: expect.any(String), expires_at: endsAtSec - 3_540 })
    expect(await ask('/OpenSyncParty/invite', { room: ROOM, expiresInSeconds: 60 }, auth)).toMatchObject({
      status: 200,
      ExpiresAt: endsAtSec - 3_540,
    })
    const forged = await sign(at, { role: 'guest' })
    expect(await ask('/invite', { room: ROOM }, forged)).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await ask('/invite', { room: ROOM })).toMatchObject({ status: 401, code: 'auth_required' })
    expect(await ask('/invite', { room: ROOM }, 'x')).toMatchObject({ status: 401, code: 'token_invalid' })
    expect(await ask('/invite', {}, auth)).toMatchObject({ status: 400, code: 'bad_request' })
    expect(await ask('/invite', 'x', auth)).toMatchObject({ status: 400, code: 'bad_json' })
    expect(await ask('/invite', '', auth, 'GET')).toMatchObject({ status: 405 })

    const host = await at.open(PATH)
    await tell(host, frame('create_room', 'c-1', { auth_token: auth }))
    const guest = await at.open(PATH)
    const joined = await tell(
      guest,
      frame('join_room', 'c-2', { invite_token: invite['invite_token' as keyof typeof invite] }),
    )
    expect(types(joined)).toEqual(['room_state'])
  })
})

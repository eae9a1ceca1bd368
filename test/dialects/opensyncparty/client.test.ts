import { describe, expect, it } from 'vitest'
import { positionAt } from '../../../src/core/timeline'
import { opensyncpartyClient } from '../../../src/dialects/opensyncparty/client'
import { CREATE } from '../../core/room/a-room'
import { aClientMachine, type ClientMachine, refusals, sent } from '../a-client-machine'

const ROOM = 'Movie Night'
const ME = 'my-id'
const token = JSON.stringify({ client: ME })
const CODE = { door: { kind: 'code', code: ` ${ROOM} ` }, name: 'Bob', token } as const

const frame = (type: string, payload: unknown, client: string | null = 'host', room = ROOM) => ({
  type,
  room,
  client,
  payload,
  ts: 1,
  server_ts: 0,
})
const ada = { client_id: 'host', name: 'Ada', is_host: true }
const state = (over: object = {}) =>
  frame('room_state', {
    room: ROOM,
    host_id: 'host',
    media_url: 'https://films.example/a.mp4',
    options: { free_play: false },
    state: { position: 61, play_state: 'paused' },
    participants: [ada, { client_id: ME, name: 'Bob', is_host: false }],
    participant_count: 2,
    ...over,
  })

function knocking(wish: Parameters<ClientMachine['join']>[0] = CODE): ClientMachine {
  const client = aClientMachine(opensyncpartyClient)
  client.join(wish)
  return client
}

function inside(over: object = {}): ClientMachine {
  const client = knocking()
  client.pass(500)
  client.hear(state(over))
  return client
}
const hosting = { host_id: ME, participants: [{ client_id: ME, name: 'Bob', is_host: true }] }

describe('the way in', () => {
  it('[OS30] the socket is where the document has it, behind whatever address the person has', () => {
    for (const server of ['https://h', 'wss://h/', 'https://h/OpenSyncParty/ws']) {
      expect(aClientMachine(opensyncpartyClient).join(CODE, server)[0]).toEqual({
        kind: 'open',
        url: 'wss://h/OpenSyncParty/ws',
      })
    }
  })

  it('[OS31] half a second is waited for a greeting, which would mean the generation after', () => {
    const client = knocking()
    expect(sent(client.pass(499))).toEqual([])
    expect(refusals(client.hear({ type: 'client_hello', client: 'x', payload: { client_id: 'x' }, ts: 1 }))).toEqual([
      'unsupported-version',
    ])
    expect(sent(knocking().pass(500))).toMatchObject([
      { type: 'join_room', room: ROOM, client: ME, payload: { name: 'Bob' } },
    ])
  })

  it('[OS32] every message says room and id and a whole time, is short, and the id is the same when we come back', () => {
    const client = aClientMachine(opensyncpartyClient)
    client.nowMs += 0.5
    client.join({ door: { kind: 'new', create: { ...CREATE, control: 'everyone', positionSec: 7 } } })
    const [create] = sent(client.pass(500))
    const room = String(create?.['room'])
    expect(create).toMatchObject({
      type: 'create_room',
      client: expect.stringMatching(/^client-\d+-\w+$/),
      payload: { start_pos: 7, options: { free_play: true } },
    })
    expect(Number.isInteger(create?.['ts'])).toBe(true)
    const entered = client.hear({ ...state({ host_id: create?.['client'], participants: [] }), room })
    const kept = entered.find(({ kind }) => kind === 'identified')
    expect(kept).toMatchObject({ token: JSON.stringify({ client: create?.['client'], hosts: room }) })
    const again = knocking({ door: { kind: 'code', code: room }, token: kept?.kind === 'identified' ? kept.token : '' })
    expect(sent(again.pass(500))).toMatchObject([{ type: 'join_room', room, client: create?.['client'] }])
    const media = { content: { address: `https://films.example/${'x'.repeat(1_500)}`, title: '' } }
    const long = knocking({
      door: { kind: 'new', create: { ...CREATE, media } },
      name: 'n'.repeat(32),
      token: 'e'.repeat(2_000),
    })
    for (const each of sent(long.pass(500))) expect(JSON.stringify(each).length).toBeLessThan(4_096)
  })

  it('[OS33] silence for 3 s is no such room, and for whoever makes one no answer; a host that comes back makes the room again', () => {
    expect(refusals(knocking().pass(3_500))).toEqual(['no-such-room'])
    expect(refusals(knocking({ door: { kind: 'new', create: CREATE } }).pass(3_500))).toEqual(['no-answer'])
    const host = knocking({ ...CODE, token: JSON.stringify({ client: ME, hosts: ROOM }) })
    expect(sent(host.pass(3_500)).map(({ type }) => type)).toEqual(['join_room', 'create_room'])
    expect(refusals(knocking({ door: { kind: 'any' } }).pass(1))).toEqual([])
    expect(refusals(aClientMachine(opensyncpartyClient).join({ door: { kind: 'any' } }))).toEqual(['no-open-room'])
  })

  it('[OS34] shows tokens and invites at the door, and says what a no means', () => {
    const client = knocking({ door: { kind: 'code', code: ROOM, invite: 'inv' }, token: 'jwt' })
    expect(sent(client.pass(500))).toMatchObject([{ payload: { auth_token: 'jwt', invite_token: 'inv' } }])
    for (const [code, refusal] of [
      ['room_missing', 'no-such-room'],
      ['auth_required', 'account-needed'],
      ['token_expired', 'bad-token'],
      ['invite_invalid', 'invite-over'],
      ['forbidden', 'not-allowed'],
      ['else', 'server-error'],
    ]) {
      const other = knocking()
      other.pass(500)
      expect(refusals(other.hear(frame('error', { code, message: 'No' }, ME)))).toEqual([refusal])
    }
  })
})

describe('in the room', () => {
  it('[OS35] takes the whole state, though it may be old: people, film, options, where it is and whether it plays', () => {
    const client = inside({ state: { position: 61, play_state: 'playing' } })
    expect(client.copy()).toMatchObject({
      code: ROOM,
      media: { content: { address: 'https://films.example/a.mp4' } },
      members: [
        { id: 'host', role: 'host', shown: { name: 'Ada' } },
        { id: ME, role: 'guest' },
      ],
      timeline: { current: { positionSec: 61, playing: true } },
    })
    expect(client.hear(frame('state_update', { position: 70, play_state: 'playing' }))).toContainEqual({
      kind: 'bound',
      boundMs: 500,
    })
    expect(client.copy()?.timeline.current.positionSec).toBe(70)
  })

  it('[OS36] its own words that come back mean nothing, nor reports without a position', () => {
    const client = inside()
    const before = client.copy()
    client.hear(frame('player_event', { action: 'seek', position: 5 }, ME))
    client.hear(frame('state_update', { reported_latency: 31 }))
    client.hear(frame('state_update', { position: '7', play_state: 'playing' }))
    client.hear(frame('state_update', { position: 9, play_state: 'playing' }, 'host', 'another'))
    for (const bad of ['x', '[]', '{"type":7}']) expect(client.hear(bad)).toMatchObject([{ kind: 'unreadable' }])
    expect(client.copy()).toEqual(before)
  })

  it('[OS37] what others do and report is as old as half the way there and back', () => {
    const client = inside()
    client.pass(1)
    const [ping] = sent(client.pass(5_000))
    client.nowMs += 200
    client.hear(frame('pong', ping?.['payload'], ME))
    client.hear(frame('player_event', { action: 'play', position: 100 }))
    expect(client.copy()?.timeline.current).toMatchObject({
      positionSec: expect.closeTo(100.1, 2),
      playing: true,
      atMs: client.nowMs,
    })
    expect(client.copy()?.lastAct).toMatchObject({ kind: 'play', memberId: 'host' })
    client.nowMs += 3_000
    client.hear(frame('state_update', { position: 103.05, play_state: 'playing' }))
    const line = client.copy()?.timeline.current
    expect(line && positionAt(line, client.nowMs)).toBeCloseTo(103.15, 2)
    client.hear(frame('player_event', { action: 'pause' }))
    expect(client.copy()?.timeline.current).toMatchObject({ playing: false })
    client.hear(frame('force_resync', { target_position: 20 }))
    expect(client.copy()?.timeline.current).toMatchObject({ playing: false, positionSec: 20 })
  })

  it('[OS38] a host says each act with its position, and where it is every 5 s while it plays; a viewer says neither', () => {
    const viewer = inside()
    expect(viewer.can()).toEqual(['leave'])
    expect([
      sent(viewer.ask({ type: 'play', positionSec: 1 })),
      refusals(viewer.ask({ type: 'seek', positionSec: 1 })),
    ]).toEqual([[], ['host-controls']])
    expect(sent(viewer.pass(20_000)).every(({ type }) => type === 'ping')).toBe(true)
    const host = inside(hosting)
    expect(sent(host.ask({ type: 'play', positionSec: 10 }))).toMatchObject([
      { type: 'player_event', room: ROOM, client: ME, payload: { action: 'play', position: 10 } },
    ])
    const updates = sent(host.pass(11_000)).filter(({ type }) => type === 'state_update')
    expect(updates.map(({ payload }) => payload)).toEqual([
      { position: 15, play_state: 'playing' },
      { position: 20, play_state: 'playing' },
    ])
    expect(sent(host.ask({ type: 'pause', positionSec: 21 }))).toMatchObject([
      { payload: { action: 'pause', position: 21 } },
    ])
    expect(sent(host.pass(20_000)).every(({ type }) => type === 'ping')).toBe(true)
  })

  it('[OS39] with free play everybody leads; where a server ignores that, the next word of the host takes it back', () => {
    const client = inside({ options: { free_play: true }, state: { position: 61, play_state: 'playing' } })
    expect(client.can()).toEqual(['leave', 'pause', 'play', 'seek'])
    expect(sent(client.ask({ type: 'pause', positionSec: 62 }))).toMatchObject([
      { payload: { action: 'pause', position: 62 } },
    ])
    expect(client.copy()?.timeline.current.playing).toBe(false)
    client.hear(frame('state_update', { position: 66, play_state: 'playing' }))
    expect(client.copy()?.timeline.current).toMatchObject({ playing: true, positionSec: 66 })
  })

  it('[OS40] pings every 5 s; leaving is closing the socket', () => {
    const client = inside()
    expect(sent(client.pass(20_000))).toHaveLength(5)
    expect(client.ask({ type: 'leave' }).map(({ kind }) => kind)).toEqual(['done', 'close'])
  })

  it('[OS41] knows who comes, who goes and who leads', () => {
    const client = inside()
    client.hear(frame('client_joined', { name: 'Cleo' }, 'c-3'))
    expect(client.copy()?.members.map(({ shown }) => shown.name)).toEqual(['Ada', 'Bob', 'Cleo'])
    client.hear(frame('client_left', {}, 'c-3'))
    expect(client.copy()?.members).toHaveLength(2)
    const changed = client.hear(frame('host_change', { host_id: ME }, null))
    expect(changed).toContainEqual({ kind: 'identified', token: JSON.stringify({ client: ME, hosts: ROOM }) })
    expect(client.can()).toContain('play')
    client.hear(
      frame(
        'participants_update',
        { participants: [{ client_id: ME, name: 'Bob', is_host: true }, 7], participant_count: 1 },
        null,
      ),
    )
    expect(client.copy()?.members).toMatchObject([{ id: ME, role: 'host' }])
    client.hear(frame('host_change', { host_id: 'host' }, null))
    expect(client.can()).toEqual(['leave'])
  })

  it('[OS42] what the server complains of is a line in the chat', () => {
    const client = inside()
    client.hear(frame('error', { code: 'not_host' }, ME))
    expect(client.copy()?.chat).toMatchObject([{ kind: 'system', content: { text: 'not_host' } }])
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refuse } from '../../../src/core/room/refusal'
import { createOpenTogetherTubeServer } from '../../../src/dialects/opentogethertube/server'
import type { ServerInput } from '../../../src/dialects/server-dialect'
import { does } from '../a-wire'
import { add, asks, aTube, idOf, only, ROOM, stateOf, YOUTUBE } from './a-tube'

const FULL_KEYS = [
  'action',
  'autoSkipSegmentCategories',
  'currentSource',
  'description',
  'enableVoteSkip',
  'grants',
  'hasOwner',
  'isPlaying',
  'isTemporary',
  'name',
  'playbackPosition',
  'playbackSpeed',
  'prevQueue',
  'queue',
  'queueMode',
  'restoreQueueBehavior',
  'title',
  'videoSegments',
  'visibility',
  'voteCounts',
  'votesToSkip',
]

describe('the way in', () => {
  it('[OT2] a path names its room, however cased and with what clients put behind it', async () => {
    const at = await aTube()
    for (const path of [`/api/room/${ROOM.toUpperCase()}`, `/api/room/${ROOM}/`, `/api/room/${ROOM}?reconnect=true`]) {
      const socket = await at.open(path)
      await socket.say({ action: 'auth', token: await at.token() })
      expect(socket.heard[0]).toMatchObject({ action: 'sync', name: ROOM })
    }
  })

  it('[OT2] a room of another wire is found by its code', async () => {
    const at = await aTube()
    const ours = await at.tutti()
    const code = ours.copy()?.code ?? ''
    expect((await at.comes(code)).heard[0]).toMatchObject({ action: 'sync', name: code })
    expect(ours.copy()?.members).toHaveLength(1)
    await ours.hear()
    expect(ours.copy()?.members).toMatchObject([{ dialect: 'tutti' }, { dialect: 'opentogethertube' }])
  })

  it('[OT2] a path that names no room is closed at once', async () => {
    const at = await aTube()
    for (const path of ['/api/room/a%20b', '/api/room/', '/api/room']) {
      expect((await at.open(path)).closedWith()).toBe(4001)
    }
  })

  it('[OT3] the published path leads to a room that always exists, also for two who come at the same moment', async () => {
    const at = await aTube({ room: false })
    const [one, two] = [await at.open('/'), await at.open('/')]
    const tokens = [await at.token(), await at.token()]
    await Promise.all([one.say({ action: 'auth', token: tokens[0] }), two.say({ action: 'auth', token: tokens[1] })])
    expect(stateOf(one)).toMatchObject({ name: 'lobby', visibility: 'unlisted' })
    expect(stateOf(two)).toMatchObject({ name: 'lobby' })
    const third = await at.comes('LOBBY')
    expect(only('user', third.heard).at(-1)).toMatchObject({ update: { kind: 'init', value: [{}, {}, {}] } })
    expect((await at.rest('GET', '/api/room/lobby', { token: await at.token() })).body['users']).toHaveLength(3)
    expect(at.host.codes()).toHaveLength(1)
  })

  it('[OT3] whoever finds it being made by somebody else looks again, though not for ever', () => {
    const wire = createOpenTogetherTubeServer()
    const opened = { path: '/', query: {}, headers: {}, address: 'here' }
    let session = wire.fresh
    let nowMs = 0
    const give = (input: ServerInput): string[] => {
      const stepped = wire.step(session, input, nowMs)
      session = stepped.session
      return stepped.outputs.map(({ kind }) => kind)
    }
    const missing = { kind: 'refused', ask: 'enter', refusal: refuse('no-such-room') } as const
    give({ kind: 'opened', opened })
    give({ kind: 'frame', frame: '{"action":"auth","token":"t"}' })
    give({ kind: 'identified', ask: 'greet', identity: 'ada', token: 't', isNew: false })
    expect(give({ kind: 'refused', ask: 'me', refusal: refuse('too-fast') })).toEqual(['enter'])
    expect(give(missing)).toEqual(['create'])
    expect(give({ kind: 'refused', ask: 'make', refusal: refuse('alias-taken') })).toEqual(['enter'])
    for (let tries = 1; tries < 20; tries += 1) {
      expect(give(missing)).toEqual(['wake'])
      // Timers may be a little early.
      nowMs += 49.9
      expect(give({ kind: 'woke' })).toEqual(['wake'])
      nowMs += 0.1
      expect(give({ kind: 'woke' })).toEqual(['enter'])
    }
    expect(give(missing)).toEqual(['close'])
  })

  it('[OT3] and is there again when everybody has been gone for long', async () => {
    const at = await aTube({ room: false })
    const token = await at.token()
    expect((await at.rest('GET', '/api/room/lobby', { token })).status).toBe(200)
    await at.advance(3_600_000)
    expect(stateOf(await at.comes('lobby'))).toMatchObject({ name: 'lobby' })
  })

  it('[OT4] whoever brings no token that counts, or speaks first of something else, is closed', async () => {
    const at = await aTube()
    for (const frame of [
      { action: 'auth', token: 'nope' },
      { action: 'auth', token: '' },
      { action: 'bogus' },
      add(),
    ]) {
      const socket = await at.open(`/api/room/${ROOM}`)
      await socket.say(frame)
      expect(socket.closedWith()).toBe(4004)
    }
  })

  it('[OT4] whoever says nothing for 20 s is closed', async () => {
    const at = await aTube()
    const socket = await at.open(`/api/room/${ROOM}`)
    await at.advance(19_000)
    expect(socket.closedWith()).toBeUndefined()
    await at.advance(2_000)
    expect(socket.closedWith()).toBe(4004)
  })

  it('[OT4] a room that is not there is told after the token', async () => {
    const at = await aTube()
    const socket = await at.open('/api/room/no-such-room')
    expect(socket.closedWith()).toBeUndefined()
    await socket.say({ action: 'auth', token: await at.token() })
    expect(socket.closedWith()).toBe(4002)
  })

  it('[OT5] a newcomer is told in the living order, who one is last; others hear of the coming', async () => {
    const at = await aTube()
    const host = await at.comes()
    host.news()
    const guest = await at.comes()
    const user = { id: idOf(guest), name: expect.any(String), isLoggedIn: false, status: 'none', role: 0 }
    const came = { request: { type: 0, info: { id: user.id, username: user.name } }, user, additional: {} }
    const told = [
      { action: 'event', ...came },
      { action: 'sync', playbackPosition: 0 },
      { action: 'user', update: { kind: 'update', value: user } },
    ]
    expect(guest.heard.slice(1)).toEqual([
      ...told,
      { action: 'user', update: { kind: 'init', value: [expect.objectContaining({ role: -1 }), user] } },
      { action: 'you', info: { id: user.id } },
    ])
    expect(host.news()).toEqual(told)
  })

  it('[OT5] somebody known joins by number, as those who are logged in do', async () => {
    const at = await aTube()
    const host = await at.comes()
    expect(only('event', host.heard)[0]).toMatchObject({
      request: { type: 0, info: { id: idOf(host), user_id: expect.any(Number) } },
      user: { isLoggedIn: true, role: -1 },
    })
  })

  it('[OT6] the first sync has every key', async () => {
    const at = await aTube()
    const host = await at.comes()
    expect(Object.keys(host.heard[0] ?? {}).sort()).toEqual(FULL_KEYS)
    expect(host.heard[0]).toMatchObject({
      isTemporary: true,
      queueMode: 'manual',
      currentSource: null,
      queue: [],
      prevQueue: null,
      restoreQueueBehavior: 1,
      grants: [
        [0, 113250303],
        [1, 113250303],
        [2, 113250303],
        [3, 133173247],
        [4, 134217727],
        [-1, 134217727],
      ],
    })
  })

  it('[OT7] the same token on two sockets is two members; a second auth does nothing', async () => {
    const at = await aTube()
    const token = await at.token()
    const [one, two] = [await at.comes(ROOM, token), await at.comes(ROOM, token)]
    expect(idOf(one)).not.toBe(idOf(two))
    one.news()
    await one.say({ action: 'auth', token })
    expect(one.news()).toEqual([])
    await two.hangUp()
    expect(one.news().at(-1)).toEqual({ action: 'user', update: { kind: 'remove', value: idOf(two) } })
  })

  it('[OT8] JoinRequest makes nobody sit twice: it may give a name, and is answered with the whole state', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    host.news()
    guest.news()
    const info = { id: idOf(guest), username: 'MyUsername', status: 0 }
    await guest.say({ action: 'req', request: { type: 0, info } })
    expect(Object.keys(only('sync', guest.news())[0] ?? {}).sort()).toEqual(FULL_KEYS)
    const news = host.news()
    expect(only('event', news)).toEqual([])
    expect(only('user', news)[0]).toMatchObject({ update: { kind: 'update', value: { name: 'MyUsername' } } })
    const room = await at.rest('GET', `/api/room/${ROOM}`, { token: await at.token() })
    expect(room.body['users']).toMatchObject([{ id: idOf(host) }, { id: idOf(guest), name: 'MyUsername' }])
  })
})

describe('what is told', () => {
  it('[OT9] an act is told to all, its asker too, and then the state', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    host.news()
    guest.news()
    await asks(at, guest, { type: 4, value: 42.5 })
    const told = [
      {
        action: 'event',
        request: { type: 4, value: 42.5 },
        user: expect.objectContaining({ id: idOf(guest) }),
        additional: { prevPosition: 0 },
      },
      { action: 'sync', playbackPosition: 42.5 },
    ]
    expect(guest.news()).toEqual(told)
    expect(host.news()).toEqual(told)
  })

  it('[OT9] play is told even where it changes nothing; then there is no sync', async () => {
    const at = await aTube()
    const host = await at.comes()
    await asks(at, host, { type: 2, state: true })
    host.news()
    await asks(at, host, { type: 2, state: true })
    expect(host.news()).toMatchObject([{ action: 'event', request: { type: 2, state: true } }])
  })

  it('[OT9] adding and removing, skipping and editing are told with the video they are about', async () => {
    const at = await aTube()
    const host = await at.comes()
    await asks(at, host, add())
    await asks(at, host, add({ service: 'vimeo', id: '76979871', title: 'Two' }))
    host.news()
    const video = { service: 'vimeo', id: '76979871' }
    await asks(at, host, { type: 19, video, update: { startAt: 5 } })
    await asks(at, host, { type: 6, video })
    await asks(at, host, { type: 3 })
    expect(only('event', host.news())).toMatchObject([
      { request: { type: 19, video, update: { startAt: 5 } }, additional: { video } },
      { request: { type: 6, video }, additional: { video: { ...video, title: 'Two', startAt: 5 }, queueIdx: 0 } },
      { request: { type: 3 }, additional: { video: YOUTUBE, prevPosition: 0 } },
    ])
  })

  it('[OT9] what somebody of another wire does is told the same way; what the room does by itself is no event', async () => {
    const at = await aTube()
    const host = await at.comes()
    const ours = await at.tutti({ code: ROOM, name: 'Ada' })
    host.news()
    const content = { address: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', title: 'Two' }
    await does(ours, { type: 'queue-add', items: [{ content, durationSec: 10 }] })
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(11_000)
    expect(only('event', host.news())).toMatchObject([
      { request: { type: 5, video: YOUTUBE }, user: { name: 'Ada' }, additional: { video: { title: 'Two' } } },
      { request: { type: 2, state: true }, user: { name: 'Ada' } },
    ])
    expect(stateOf(host)).toMatchObject({ currentSource: null, isPlaying: false })
  })

  it('[OT10] what changes within 50 ms is one sync; it waits no longer than a second', async () => {
    const at = await aTube()
    const host = await at.comes()
    host.news()
    for (let n = 0; n < 30; n += 1) {
      await host.say({ action: 'req', request: { type: 4, value: n } })
      await at.advance(40)
    }
    const syncs = only('sync', host.news())
    expect(syncs).toHaveLength(1)
    await at.advance(60)
    expect(only('sync', host.news())).toEqual([{ action: 'sync', playbackPosition: 29 }])
  })

  it('[OT10] a position is of the moment of sending, and comes with every word that the room plays', async () => {
    const at = await aTube()
    const host = await at.comes()
    await asks(at, host, { type: 4, value: 10 })
    host.news()
    await asks(at, host, { type: 2, state: true })
    expect(only('sync', host.news())).toEqual([
      { action: 'sync', playbackPosition: expect.closeTo(10.05, 6), isPlaying: true },
    ])
    await at.advance(1_940)
    await asks(at, host, { type: 16, speed: 1.5 })
    expect(only('sync', host.news())).toEqual([
      { action: 'sync', playbackPosition: expect.closeTo(12 + 0.075, 6), playbackSpeed: 1.5 },
    ])
    await asks(at, host, { type: 2, state: false })
    expect(only('sync', host.news())).toEqual([
      { action: 'sync', playbackPosition: expect.closeTo(12.09, 6), isPlaying: false },
    ])
  })

  it('[OT10] later syncs have only what changed', async () => {
    const at = await aTube()
    const host = await at.comes()
    host.news()
    await asks(at, host, { type: 13, settings: { title: 'via ws', queueMode: 'vote' } })
    expect(host.news()).toEqual([{ action: 'sync', title: 'via ws', queueMode: 'vote' }])
    await asks(at, host, add())
    expect(only('sync', host.news())).toEqual([
      {
        action: 'sync',
        queue: [],
        currentSource: { ...YOUTUBE, title: 'youtube.com/watch?v=dQw4w9WgXcQ' },
        playbackPosition: 0,
        playbackSpeed: 1,
      },
    ])
  })

  it('[OT31] the next video comes when one is over; one of unknown length plays until somebody skips it', async () => {
    const at = await aTube()
    const host = await at.comes()
    for (const [id, length] of [
      ['one', 10],
      ['two', undefined],
      ['three', 10],
    ] as const)
      await asks(at, host, add({ service: 'youtube', id, length }))
    await asks(at, host, { type: 2, state: true })
    await at.advance(9_000)
    expect(stateOf(host)).toMatchObject({ currentSource: { id: 'one' } })
    await at.advance(2_000)
    expect(stateOf(host)).toMatchObject({ currentSource: { id: 'two' }, isPlaying: true })
    await at.advance(3_600_000)
    expect(stateOf(host)).toMatchObject({ currentSource: { id: 'two' } })
    await asks(at, host, { type: 3 })
    expect(stateOf(host)).toMatchObject({ currentSource: { id: 'three' } })
  })

  it('[OT11] an instant that was announced is told so early that it is there by then', async () => {
    const at = await aTube()
    const host = await at.comes()
    const ours = await at.tutti({ code: ROOM })
    host.roundTrip(100)
    host.news()
    await does(ours, { type: 'play', positionSec: 0 })
    const atMs = (ours.copy()?.timeline.next?.atMs ?? 0) - at.clock.nowMs()
    expect(atMs).toBeGreaterThan(100)
    await at.advance(atMs - 51)
    expect(only('sync', host.news())).toEqual([])
    await at.advance(1)
    expect(only('sync', host.news())).toEqual([{ action: 'sync', playbackPosition: 0, isPlaying: true }])
    await at.advance(1_000)
    expect(host.news()).toEqual([])
  })

  it('[OT11] a newer line takes its place', async () => {
    const at = await aTube()
    const host = await at.comes()
    const ours = await at.tutti({ code: ROOM })
    await does(ours, { type: 'play', positionSec: 0 })
    host.news()
    await asks(at, host, { type: 2, state: false })
    await at.advance(2_000)
    expect(only('sync', host.news()).every((sync) => sync['isPlaying'] !== true)).toBe(true)
    expect(stateOf(host)).toMatchObject({ isPlaying: false })
  })

  it('[OT12] chat goes to all, as it was written; what is too long is cut', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    host.news()
    await guest.say({ action: 'req', request: { type: 11, text: 'hello <b>world</b>' } })
    await guest.say({ action: 'req', request: { type: 11, text: 'x'.repeat(700) } })
    expect(host.news()).toMatchObject([
      { action: 'chat', from: { id: idOf(guest), role: 0 }, text: 'hello <b>world</b>' },
      { action: 'chat', text: 'x'.repeat(500) },
    ])
    expect(only('chat', guest.heard)).toHaveLength(2)
  })

  it('[OT12] what this wire has no words for comes as near as it can: emotes, private lines, what the room says', async () => {
    const at = await aTube()
    const ours = await at.tutti()
    const code = ours.copy()?.code ?? ''
    const [guest, other] = [await at.comes(code), await at.comes(code)]
    await ours.hear()
    guest.news()
    await does(ours, { type: 'say', text: 'waves', emote: true })
    await ours.give({ kind: 'write', ask: 'w', to: idOf(guest), text: 'psst' })
    await does(ours, { type: 'mute', memberId: idOf(other), reason: 'loud' })
    expect(guest.news()).toMatchObject([
      { action: 'chat', text: '* waves' },
      { action: 'chat', text: '(private) psst' },
      { action: 'eventcustom', text: expect.stringContaining('loud') },
    ])
    expect(only('chat', other.heard)).toHaveLength(1)
  })

  it('[OT13] a status is a number or a word, told as a word to all and to who comes later', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    host.news()
    for (const [said, told] of [
      [1, 'buffering'],
      [0, 'none'],
      ['ready', 'ready'],
      [3, 'error'],
    ] as const) {
      await guest.say({ action: 'status', status: said })
      expect(host.news()).toMatchObject([{ update: { kind: 'update', value: { id: idOf(guest), status: told } } }])
    }
    const late = await at.comes()
    expect(late.heard.at(-1)).toMatchObject({ update: { kind: 'update', value: { id: idOf(guest), status: 'error' } } })
  })

  it('[OT13] however many there are, a newcomer hears of each who is not just there, once', async () => {
    const at = await aTube()
    const others = []
    for (let n = 0; n < 40; n += 1) others.push(await at.comes())
    for (const other of others.slice(4)) await other.say({ action: 'status', status: 'ready' })
    const late = await at.comes()
    const after = late.heard.slice(late.heard.findIndex(({ action }) => action === 'you') + 1)
    const told = after.map(({ update }) => (update as { value: { id: string; status: string } }).value)
    expect(told.map(({ id, status }) => [id, status])).toEqual(others.slice(4).map((other) => [idOf(other), 'ready']))
  })

  it('[OT13] no room waits for a player of this wire; others see what it says', async () => {
    const at = await aTube()
    const ours = await at.tutti()
    const code = ours.copy()?.code ?? ''
    await does(ours, { type: 'play', positionSec: 0 })
    const guest = await at.comes(code)
    await at.advance(1_000)
    await guest.say({ action: 'status', status: 'buffering' })
    await at.advance(1_000)
    await ours.hear()
    expect(ours.copy()?.waiting).toBeUndefined()
    expect(ours.copy()?.members.at(-1)?.suspension).toBeUndefined()
    const reports = ours.outputs.findLast(({ kind }) => kind === 'reports')
    expect(reports).toMatchObject({ reports: { [idOf(guest)]: { state: 'buffering' } } })
  })

  it('[OT13] members of other wires are ready, or buffering, by what the room knows of them', async () => {
    const at = await aTube()
    const ours = await at.tutti()
    const guest = await at.comes(ours.copy()?.code ?? '')
    await does(ours, { type: 'suspend', reason: 'buffering' })
    expect(guest.news().at(-1)).toMatchObject({ update: { value: { status: 'buffering' } } })
    await does(ours, { type: 'resume' })
    expect(guest.news().at(-1)).toMatchObject({ update: { value: { status: 'ready' } } })
  })

  it('[OT14] away is told as left, and a return as joined', async () => {
    const at = await aTube()
    const ours = await at.tutti()
    const code = ours.copy()?.code ?? ''
    const guest = await at.comes(code)
    const away = ours.memberId()
    guest.news()
    await ours.lose()
    await at.advance(1)
    expect(guest.news()).toMatchObject([
      { action: 'event', request: { type: 1 }, additional: { user: { id: away } } },
      { action: 'user', update: { kind: 'remove', value: away } },
    ])
    const late = await at.comes(code)
    expect(only('user', late.heard)[1]).toMatchObject({ update: { value: [{}, {}] } })
    await at.advance(120_000)
    expect(only('user', guest.news()).filter(({ update }) => (update as { kind: string }).kind === 'remove')).toEqual(
      [],
    )
  })
})

describe('what is left alone', () => {
  it('[OT15] positions and speeds that no room can take change nothing and are told to nobody', async () => {
    const at = await aTube()
    const host = await at.comes()
    host.news()
    for (const value of [-5, '7', null, 1e300, true]) await asks(at, host, { type: 4, value })
    for (const speed of [0, -1, '2', 100]) await asks(at, host, { type: 16, speed })
    expect(host.news()).toEqual([])
    expect(host.closedWith()).toBeUndefined()
  })

  it('[OT15] so does what means nothing, what is refused, and what asks for nothing', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    await asks(at, host, { type: 13, settings: { grants: [[0, 0]] } })
    host.news()
    guest.news()
    await guest.say({ action: 'bogus' })
    await guest.say('5')
    for (const request of [
      { type: 99 },
      { type: 2, state: true },
      { type: 4, value: 3 },
      { type: 6, video: YOUTUBE },
      { type: 7, fromIdx: 3, toIdx: 0 },
      { type: 9, targetClientId: idOf(host), role: 0 },
      { type: 11, text: 'hi' },
      { type: 17 },
      { type: 18, clientId: idOf(host) },
      add({ service: 'direct', id: 'javascript:alert(1)' }),
      { type: 5, url: 'words to search by' },
    ])
      await asks(at, guest, request)
    expect([...host.news(), ...guest.news()]).toEqual([])
    expect(guest.closedWith()).toBeUndefined()
  })

  it('[OT16] what is no JSON, or binary, ends that socket only', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    await guest.say('not json')
    expect(guest.closedWith()).toBe(4000)
    expect(host.closedWith()).toBeUndefined()
    const early = await at.open(`/api/room/${ROOM}`)
    await early.say('{')
    expect(early.closedWith()).toBe(4000)
  })
})

describe('the way out', () => {
  it('[OT17] a lost socket is a seat lost, and told at once', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    host.news()
    await guest.hangUp()
    const user = expect.objectContaining({ id: idOf(guest) })
    expect(host.news()).toEqual([
      { action: 'event', request: { type: 1 }, user, additional: { user } },
      { action: 'user', update: { kind: 'remove', value: idOf(guest) } },
    ])
  })

  it('[OT17] kicked 4005, left 1000, closed by oneself with the code that one named', async () => {
    const at = await aTube()
    const [host, two, three, four] = [await at.comes(), await at.comes(), await at.comes(), await at.comes()]
    await asks(at, host, { type: 18, clientId: idOf(two) })
    expect(two.closedWith()).toBe(4005)
    await asks(at, three, { type: 1 })
    expect(three.closedWith()).toBe(1000)
    await four.say({ action: 'kickme', reason: 1006 })
    expect(four.closedWith()).toBe(4000)
    expect(host.heard.at(-1)).toEqual({ action: 'user', update: { kind: 'remove', value: idOf(four) } })
    await host.say({ action: 'kickme', reason: 4005 })
    expect(host.closedWith()).toBe(4005)
  })

  it('[OT17] a room that closes 4003, a server that goes down 1001', async () => {
    const at = await aTube()
    const ours = await at.tutti({ create: { whenHostLeaves: 'close' } })
    const guest = await at.comes(ours.copy()?.code ?? '')
    await does(ours, { type: 'leave' })
    expect(guest.closedWith()).toBe(4003)
    const last = await at.comes()
    await at.host.server.stop()
    expect(last.closedWith()).toBe(1001)
  })

  it('[OT17] pings come every 10 s', () => {
    expect(createOpenTogetherTubeServer({ defaultRoom: 'lobby' }).transport).toMatchObject({ pingEveryMs: 10_000 })
  })
})

describe('captured from living clients', () => {
  type Captured = { readonly run: number; readonly atMs: number; readonly client: string; readonly frame: string }
  const file = join(import.meta.dirname, '../../wire/fixtures/opentogethertube/to-server.jsonl')
  const captured = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Captured)

  it('[OT9, OT15] an evening of theirs plays here as it did there', async () => {
    const at = await aTube()
    const evening = captured.filter(({ run, client }) => run === 1 && client !== 'preauth')
    const sockets = { A: await at.comes(), B: await at.comes(), C: await at.comes() }
    for (const id of ['dQw4w9WgXcQ', '9bZkp7q19f0']) await asks(at, sockets.A, add({ service: 'youtube', id }))
    let now = evening[0]?.atMs ?? 0
    for (const { atMs, client, frame } of evening) {
      await at.advance(atMs - now)
      now = atMs
      await sockets[client as 'A' | 'B' | 'C'].say(frame)
    }
    await at.advance(1_000)
    const types = only('event', sockets.A.heard).map(({ request }) => (request as { type: number }).type)
    // Theirs tells positions of -5 and "7" and a second joining, too; and its queue was filled by plain requests.
    expect(types).toEqual([0, 0, 0, 5, 5, 5, 2, 2, 4, 2, 4, 2, 6, 3, 4, 1])
    expect(stateOf(sockets.A)).toMatchObject({ isPlaying: true, currentSource: { id: 'dQw4w9WgXcQ' } })
    expect(sockets.C.closedWith()).toBe(4005)
    expect(at.host.errors()).toEqual([])
  })

  it('[OT15, OT16] each of them alone does no harm', async () => {
    for (const { frame } of captured) {
      const at = await aTube()
      const [host, guest] = [await at.comes(), await at.comes()]
      await guest.say(frame)
      await asks(at, host, { type: 4, value: 5 })
      expect(stateOf(host)['playbackPosition']).toBeGreaterThanOrEqual(5)
      expect(at.host.errors()).toEqual([])
    }
  })
})

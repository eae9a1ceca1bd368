import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineAt, positionAt } from '../../../src/core/timeline'
import type { ClientOutput, JoinWish } from '../../../src/dialects/client-dialect'
import { openTogetherTubeClient } from '../../../src/dialects/opentogethertube/client'
import { CREATE } from '../../core/room/a-room'
import { someCommand } from '../../core/room/some-command'
import { createSeededRandom } from '../../doubles/seeded-random'
import { aClientMachine, type ClientMachine, refusals, sent } from '../a-client-machine'

const SERVER = 'https://tube.example'
const ME = '7de4d870-d09b-484c-9e36-56d402ebe4e0'
const HER = 'e6cd62b0-9417-4dd3-80cc-23a556b854b3'
const MOVIES: JoinWish = { door: { kind: 'code', code: 'movies' } }
const ALL = 134217727

type User = Readonly<{ id: string; name: string; isLoggedIn: boolean; status: unknown; role: number }>
const user = (id: string, more: Partial<User> = {}): User => ({
  id,
  name: id === ME ? 'chief_olive_lizard' : 'english_salmon_marsupial',
  isLoggedIn: false,
  status: 'none',
  role: 0,
  ...more,
})
const SYNC = {
  action: 'sync',
  name: 'movies',
  title: 'Capture',
  description: '',
  isTemporary: true,
  visibility: 'public',
  queueMode: 'manual',
  currentSource: null,
  queue: [],
  isPlaying: false,
  playbackPosition: 0,
  playbackSpeed: 1,
  grants: [
    [0, 113250303],
    [1, 113250303],
    [2, 113250303],
    [3, 133173247],
    [4, ALL],
    [-1, ALL],
  ],
  hasOwner: false,
  voteCounts: [],
  videoSegments: [],
  autoSkipSegmentCategories: [],
  prevQueue: null,
  restoreQueueBehavior: 1,
  enableVoteSkip: false,
  votesToSkip: [],
}
const FILM = { service: 'youtube', id: 'dQw4w9WgXcQ', title: 'Fixture One', length: 212 }
const OTHER = { service: 'vimeo', id: '1', title: 'Two', length: 60 }

const answer = (status: number, body: object, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: JSON.stringify(body),
})
const GRANTED = answer(200, { token: 'their-token' })

function dialled(wish: JoinWish = MOVIES): ClientMachine {
  const client = aClientMachine(openTogetherTubeClient)
  client.give({ kind: 'join', server: SERVER, wish })
  if (!wish.token) client.give({ kind: 'fetched', ask: 'grant', response: GRANTED })
  client.give({ kind: 'opened' })
  return client
}

function inside(sync: object = {}, me: Partial<User> = {}): ClientMachine {
  const client = dialled()
  client.hear({ ...SYNC, ...sync })
  client.hear({ action: 'user', update: { kind: 'init', value: [user(HER, { role: 3 }), user(ME, me)] } })
  client.hear({ action: 'you', info: { id: ME } })
  return client
}

const event = (request: object, id = ME) => ({ action: 'event', request, user: user(id), additional: {} })
const requests = (outputs: readonly ClientOutput[]) => sent(outputs).map(({ request }) => request)
const kinds = (outputs: readonly ClientOutput[]) => outputs.map(({ kind }) => kind)
const where = (client: ClientMachine, aheadMs = 0): number => {
  const { timeline } = client.copy() ?? {}
  if (!timeline) throw new Error('no room yet')
  return positionAt(lineAt(timeline, client.nowMs + aheadMs), client.nowMs + aheadMs)
}

describe('the way in', () => {
  it('[OT40] a token by plain request, then the socket of the room, and auth as the first word, once', () => {
    const client = aClientMachine(openTogetherTubeClient)
    expect(client.give({ kind: 'join', server: `${SERVER}/`, wish: MOVIES })).toEqual([
      {
        kind: 'fetch',
        ask: 'grant',
        request: { method: 'GET', url: `${SERVER}/api/auth/grant`, headers: {}, body: '' },
      },
    ])
    expect(client.give({ kind: 'fetched', ask: 'grant', response: GRANTED })).toEqual([
      { kind: 'identified', token: 'their-token' },
      { kind: 'open', url: 'wss://tube.example/api/room/movies' },
    ])
    expect(sent(client.give({ kind: 'opened' }))).toEqual([{ action: 'auth', token: 'their-token' }])
    expect(sent(client.give({ kind: 'opened' }))).toEqual([])
  })

  it('[OT40] with a token that was kept there is nothing to ask first; who comes back says so', () => {
    const client = aClientMachine(openTogetherTubeClient)
    const wish = { ...MOVIES, token: 'kept', seen: { epoch: 'e', rev: 1 }, name: 'Ada' }
    expect(client.give({ kind: 'join', server: 'http://h:3000', wish })).toEqual([
      { kind: 'open', url: 'ws://h:3000/api/room/movies?reconnect=true' },
    ])
  })

  it('[OT40] one is named before one is seen, and never by JoinRequest', () => {
    const client = aClientMachine(openTogetherTubeClient)
    client.give({ kind: 'join', server: SERVER, wish: { ...MOVIES, name: 'Ada' } })
    const named = client.give({ kind: 'fetched', ask: 'grant', response: GRANTED })
    expect(named.at(-1)).toMatchObject({
      kind: 'fetch',
      request: {
        method: 'POST',
        url: `${SERVER}/api/user`,
        headers: { authorization: 'Bearer their-token' },
        body: '{"username":"Ada"}',
      },
    })
    expect(kinds(client.give({ kind: 'fetched', ask: 'name', response: answer(400, {}) }))).toEqual(['open'])
  })

  it('[OT40] a new room is made by that system, and entered by the name that it got', () => {
    const client = aClientMachine(openTogetherTubeClient)
    client.give({ kind: 'join', server: SERVER, wish: { door: { kind: 'new', create: CREATE } } })
    expect(client.give({ kind: 'fetched', ask: 'grant', response: GRANTED }).at(-1)).toMatchObject({
      request: { method: 'POST', url: `${SERVER}/api/room/generate`, body: '{}' },
    })
    const made = answer(201, { success: true, room: '47c890fa-4585-4f5a-9ae4-72bac246daaf' })
    expect(client.give({ kind: 'fetched', ask: 'make', response: made })).toEqual([
      { kind: 'open', url: 'wss://tube.example/api/room/47c890fa-4585-4f5a-9ae4-72bac246daaf' },
    ])
  })

  it('[OT41] what is told before who one is, counts; then one is in', () => {
    const client = dialled()
    expect(client.hear({ ...SYNC, currentSource: FILM, playbackPosition: 7 })).toEqual([])
    expect(client.hear(event({ type: 0, info: { id: ME } }))).toEqual([])
    client.hear({ action: 'sync', playbackPosition: 8 })
    client.hear({ action: 'user', update: { kind: 'update', value: user(ME) } })
    client.hear({ action: 'user', update: { kind: 'init', value: [user(HER, { role: -1 }), user(ME)] } })
    expect(client.hear({ action: 'you', info: { id: ME } })).toMatchObject([
      { kind: 'entered', memberId: ME },
      { kind: 'bound', boundMs: 300 },
    ])
    expect(client.copy()).toMatchObject({
      code: 'movies',
      settings: { listed: true, temporary: true, mode: 'manual', shown: { title: 'Capture' } },
      members: [
        { id: HER, role: 'host' },
        { id: ME, role: 'guest', shown: { name: 'chief_olive_lizard' } },
      ],
      media: {
        durationSec: 212,
        content: { address: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', title: 'Fixture One' },
      },
      timeline: { current: { positionSec: 8, playing: false } },
    })
  })

  it('[OT42] nobody answers, or no such room: the way in ends with a reason', () => {
    const into = (): ClientMachine => {
      const client = aClientMachine(openTogetherTubeClient)
      client.give({ kind: 'join', server: SERVER, wish: MOVIES })
      return client
    }
    expect(refusals(into().give({ kind: 'fetched', ask: 'grant' }))).toEqual(['no-answer'])
    expect(refusals(into().give({ kind: 'fetched', ask: 'grant', response: answer(429, {}) }))).toEqual(['too-fast'])
    expect(refusals(into().give({ kind: 'fetched', ask: 'grant', response: answer(200, {}) }))).toEqual(['no-answer'])
    expect(refusals(dialled().pass(11_000))).toEqual(['no-answer'])
    expect(refusals(into().join({ door: { kind: 'any' } }))).toEqual(['no-open-room'])
    expect(refusals(into().join({ door: { kind: 'code', code: 'a b' } }))).toEqual(['no-such-room'])
  })

  it.each([
    [4001, 'no-such-room'],
    [4002, 'no-such-room'],
    [4003, 'room-closed'],
    [4004, 'bad-token'],
    [4005, 'kicked'],
  ])('[OT42] closed with %i nobody comes back by themselves: %s', (code, why) => {
    expect(dialled().give({ kind: 'closed', code, reason: '' })).toMatchObject([
      { kind: 'refused', refusal: { code: why } },
    ])
    expect(inside().give({ kind: 'closed', code, reason: '' })).toMatchObject([
      { kind: 'unseated', refusal: { code: why } },
    ])
  })

  it.each([1000, 1001, 1006, 1011, 4000])('[OT42] closed with %i they do', (code) => {
    expect(inside().give({ kind: 'closed', code, reason: '' })).toEqual([])
  })

  it('[OT42] a token that was kept and counts no more is forgotten, once', () => {
    const client = dialled({ ...MOVIES, token: 'kept' })
    expect(client.give({ kind: 'closed', code: 4004, reason: '' })).toEqual([{ kind: 'identified', token: '' }])
    client.give({ kind: 'join', server: SERVER, wish: { ...MOVIES, token: '' } })
    client.give({ kind: 'fetched', ask: 'grant', response: GRANTED })
    client.give({ kind: 'opened' })
    expect(refusals(client.give({ kind: 'closed', code: 4004, reason: '' }))).toEqual(['bad-token'])
    expect(refusals(inside().hear({ action: 'unload' }))).toEqual([])
    expect(kinds(inside().hear({ action: 'unload' }))).toEqual(['unseated'])
  })
})

describe('the position', () => {
  it('[OT43] runs from what was told and when', () => {
    const client = inside()
    client.hear({ action: 'sync', isPlaying: true, playbackPosition: 10 })
    client.nowMs += 2_000
    expect(where(client)).toBeCloseTo(12)
    client.hear({ action: 'sync', playbackPosition: 12.5, playbackSpeed: 1.5 })
    client.nowMs += 2_000
    expect(where(client)).toBeCloseTo(15.5)
    client.hear({ action: 'sync', playbackPosition: 15.6, isPlaying: false })
    client.nowMs += 2_000
    expect(where(client)).toBe(15.6)
  })

  it('[OT43] without a position the base stays; it began when whoever did it was told of', () => {
    const client = inside()
    client.hear({ action: 'sync', playbackPosition: 10 })
    client.hear(event({ type: 2, state: true }, HER))
    client.nowMs += 50
    client.hear({ action: 'sync', isPlaying: true })
    expect(where(client)).toBeCloseTo(10.05)
    expect(client.copy()?.lastAct).toMatchObject({ kind: 'play', memberId: HER })
  })

  it('[OT43] without either it runs from when it was told', () => {
    const client = inside({ playbackPosition: 10 })
    client.nowMs += 5_000
    client.hear({ action: 'sync', isPlaying: true })
    expect(where(client)).toBeCloseTo(10)
    client.nowMs += 1_000
    // A word that changes nothing of it renews nothing.
    client.hear({ action: 'sync', title: 'other' })
    expect(where(client)).toBeCloseTo(11)
  })

  it('[OT43] the way of a word is taken off as soon as an answer has measured it', () => {
    const client = inside()
    client.give({ kind: 'report', report: { positionSec: 0, state: 'paused' } })
    expect(sent(client.pass(200))).toEqual([{ action: 'status', status: 'ready' }])
    client.nowMs += 80
    const measured = client.hear({ action: 'user', update: { kind: 'update', value: user(ME, { status: 'ready' }) } })
    expect(measured).toContainEqual({ kind: 'bound', boundMs: 100 })
    client.hear({ action: 'sync', isPlaying: true, playbackPosition: 10 })
    expect(where(client)).toBeCloseTo(10.04)
  })

  it('[OT44] texts that are numbers count as numbers, and what is no number as nothing', () => {
    const client = inside()
    client.hear({ action: 'sync', playbackPosition: '70.051', isPlaying: 'yes', queue: 'none' })
    expect(where(client)).toBe(70.051)
    for (const playbackPosition of ['NaN', null, 'x', {}, '']) client.hear({ action: 'sync', playbackPosition })
    expect(where(client)).toBe(70.051)
    client.hear({ action: 'sync', playbackPosition: -4.95 })
    expect(where(client)).toBe(0)
    client.hear({ action: 'user', update: { kind: 'update', value: user(HER, { status: 1 }) } })
    expect(client.copy()?.members[0]?.suspension?.reason).toBe('buffering')
  })

  it('[OT44] what nobody knows is left alone, and said to be so', () => {
    const client = inside()
    for (const frame of ['not json', '5', '{}', { action: 'sing' }, { action: 'chat' }, { action: 'you' }]) {
      expect(kinds(client.hear(frame))).toEqual(['unreadable'])
    }
    expect(client.memberId()).toBe(ME)
  })
})

describe('what is told', () => {
  it('[OT45] the queue and what is played, each as a whole', () => {
    const client = inside()
    client.hear({ action: 'sync', queue: [FILM, OTHER, OTHER], voteCounts: [['vimeo1', 2]] })
    expect(client.copy()?.queue.items).toMatchObject([
      { id: 'youtube dQw4w9WgXcQ', durationSec: 212, up: [] },
      { id: 'vimeo 1', up: ['vote-1', 'vote-2'] },
      { id: 'vimeo 1 2' },
    ])
    client.hear({ action: 'sync', queue: [], currentSource: { ...OTHER, startAt: 15 }, playbackPosition: 15 })
    expect(client.copy()).toMatchObject({ queue: { items: [] }, media: { id: 'vimeo 1', startAtSec: 15 } })
    client.hear({ action: 'sync', currentSource: null })
    expect(client.copy()).not.toHaveProperty('media')
  })

  it('[OT45] people come, change and go; twice the same is one', () => {
    const client = inside()
    client.hear({ action: 'user', update: { kind: 'update', value: user('new', { name: 'New' }) } })
    client.hear({ action: 'user', update: { kind: 'update', value: { id: 'new', role: 2 } } })
    client.hear({ action: 'user', update: { kind: 'update', value: user('new', { name: 'Newer', role: 2 }) } })
    expect(client.copy()?.members.slice(2)).toMatchObject([{ id: 'new', role: 'member', shown: { name: 'Newer' } }])
    client.hear({ action: 'user', update: { kind: 'remove', value: 'new' } })
    client.hear({ action: 'user', update: { kind: 'init', value: [user(ME), user(ME, { name: 'twice' })] } })
    expect(client.copy()?.members).toMatchObject([{ id: ME, shown: { name: 'twice' } }])
  })

  it('[OT45] chat as it was written, and what the system says', () => {
    const client = inside()
    client.hear({ action: 'chat', from: user(HER), text: 'hello <b>world</b>' })
    client.hear({ action: 'announcement', text: 'Restart in 5 minutes' })
    client.hear({ action: 'eventcustom', text: 'Skipped sponsor', duration: 3000 })
    expect(client.copy()?.chat).toMatchObject([
      { kind: 'text', memberId: HER, content: { text: 'hello <b>world</b>', name: 'english_salmon_marsupial' } },
      { kind: 'system', content: { text: 'Restart in 5 minutes' } },
      { kind: 'system', content: { text: 'Skipped sponsor' } },
    ])
  })

  it('[OT45] an act of our own comes round as everybody else hears it, and does nothing twice', () => {
    const client = inside({ isPlaying: true })
    client.ask({ type: 'seek', positionSec: 42.5 })
    expect(client.hear(event({ type: 4, value: 42.5 }))).toMatchObject([{ kind: 'bound' }, { kind: 'done' }])
    expect(kinds(client.hear({ action: 'sync', playbackPosition: 42.551 }))).toEqual(['replaced'])
    expect(client.copy()?.lastAct).toMatchObject({ kind: 'seek', memberId: ME })
    expect(sent(client.pass(5_000))).toEqual([])
  })
})

describe('what is asked', () => {
  const VIMEO = { service: 'vimeo', id: '1' }
  const queue = [OTHER, { service: 'vimeo', id: '2' }]

  it.each([
    ['play', { type: 'play', positionSec: 0 }, { type: 2, state: true }, event({ type: 2, state: true })],
    ['seek', { type: 'seek', positionSec: 7 }, { type: 4, value: 7 }, event({ type: 4, value: 7 })],
    ['rate', { type: 'set-rate', rate: 1.5 }, { type: 16, speed: 1.5 }, { action: 'sync', playbackSpeed: 1.5 }],
    ['skip', { type: 'skip' }, { type: 3 }, event({ type: 3 })],
    ['chat', { type: 'say', text: 'hi' }, { type: 11, text: 'hi' }, { action: 'chat', from: user(ME), text: 'hi' }],
    [
      'add',
      { type: 'queue-add', items: [{ content: { address: 'https://youtu.be/abc?t=1', title: '' } }] },
      { type: 5, video: { service: 'youtube', id: 'abc' } },
      event({ type: 5 }),
    ],
    ['remove', { type: 'queue-remove', itemId: 'vimeo 1' }, { type: 6, video: VIMEO }, event({ type: 6 })],
    [
      'order',
      { type: 'queue-move', itemId: 'vimeo 1', toIndex: 9 },
      { type: 7, fromIdx: 0, toIdx: 1 },
      { action: 'sync', queue: [] },
    ],
    [
      'vote',
      { type: 'vote', itemId: 'vimeo 1', vote: 1 },
      { type: 8, video: VIMEO, add: true },
      { action: 'sync', voteCounts: [['vimeo1', 1]] },
    ],
    [
      'play now',
      { type: 'play-now', itemId: 'vimeo 1' },
      { type: 14, video: VIMEO },
      { action: 'sync', currentSource: OTHER },
    ],
    [
      'media',
      { type: 'set-media', media: { content: { address: 'https://a.example/f.mp4', title: '' } } },
      { type: 14, video: { service: 'direct', id: 'https://a.example/f.mp4' } },
      { action: 'sync', currentSource: OTHER },
    ],
    [
      'edit',
      { type: 'edit-item', itemId: 'vimeo 1', startAtSec: 5 },
      { type: 19, video: VIMEO, update: { startAt: 5 } },
      event({ type: 19 }),
    ],
    [
      'settings',
      { type: 'configure', settings: { shown: { title: 'Two\nlines' }, mode: 'vote', listed: false } },
      { type: 13, settings: { title: 'Two lines', visibility: 'unlisted', queueMode: 'vote' } },
      { action: 'sync', title: 'Two lines', visibility: 'unlisted', queueMode: 'vote' },
    ],
    [
      'role',
      { type: 'set-role', memberId: HER, role: 'member' },
      { type: 9, targetClientId: HER, role: 2 },
      { action: 'user', update: { kind: 'update', value: user(HER, { role: 2 }) } },
    ],
    [
      'kick',
      { type: 'kick', memberId: HER },
      { type: 18, clientId: HER },
      { action: 'user', update: { kind: 'remove', value: HER } },
    ],
    ['restore', { type: 'queue-restore' }, { type: 17 }, { action: 'sync', queue: [FILM], prevQueue: null }],
    [
      'permissions',
      { type: 'set-permissions', role: 'guest', permissions: ['chat'] },
      { type: 13, settings: { grants: [[0, 128], ...SYNC.grants.slice(1)] } },
      { action: 'sync', grants: SYNC.grants },
    ],
  ] as const)('[OT46] %s is one frame, and done when it came round', (_, command, request, told) => {
    const client = inside({ currentSource: FILM, queue, prevQueue: [FILM] }, { role: -1 })
    expect(requests(client.ask(command))).toEqual([request])
    expect(client.hear(told)).toContainEqual({ kind: 'done', ask: 'ask-1' })
    expect(refusals(client.pass(20_000))).toEqual([])
  })

  it('[OT46] nothing is said where nothing would change', () => {
    const client = inside({ currentSource: FILM, isPlaying: true }, { role: -1 })
    for (const command of [
      { type: 'play', positionSec: 90 },
      { type: 'set-rate', rate: 1 },
      { type: 'set-role', memberId: HER, role: 'moderator' },
      { type: 'configure', settings: { shown: { title: 'Capture' } } },
    ] as const)
      expect(client.ask(command)).toMatchObject([{ kind: 'done' }])
  })

  it('[OT46] who presses play elsewhere takes the room there first; a shuffle is told by nobody', () => {
    const client = inside({ queue })
    expect(requests(client.ask({ type: 'play', positionSec: 30 }))).toEqual([
      { type: 4, value: 30 },
      { type: 2, state: true },
    ])
    const shuffled = client.ask({ type: 'queue-shuffle' })
    expect([requests(shuffled), shuffled.at(-1)]).toEqual([[{ type: 15 }], { kind: 'done', ask: 'ask-2' }])
  })

  it('[OT47] silence is a no: after 1 s for an act, after longer for what may be told late', () => {
    const client = inside({ queue })
    client.ask({ type: 'seek', positionSec: 7 })
    expect(refusals(client.pass(999))).toEqual([])
    expect(refusals(client.pass(1))).toEqual(['not-allowed'])
    client.ask({ type: 'queue-move', itemId: 'vimeo 1', toIndex: 1 })
    expect(refusals(client.pass(2_000))).toEqual([])
    expect(refusals(client.pass(500))).toEqual(['not-allowed'])
    client.ask({ type: 'say', text: 'hi' })
    expect(refusals(client.give({ kind: 'closed', code: 1006, reason: '' }))).toEqual(['no-answer'])
  })

  it('[OT47] what somebody else does is no answer to what we asked', () => {
    const client = inside()
    client.ask({ type: 'seek', positionSec: 7 })
    client.hear(event({ type: 4, value: 7 }, HER))
    expect(refusals(client.pass(1_000))).toEqual(['not-allowed'])
  })

  it('[OT47] what the masks forbid is refused before it is said', () => {
    const client = inside({ grants: [[0, 128]], queue })
    expect(refusals(client.ask({ type: 'seek', positionSec: 7 }))).toEqual(['host-controls'])
    expect(refusals(client.ask({ type: 'queue-move', itemId: 'vimeo 1', toIndex: 1 }))).toEqual(['not-allowed'])
    expect(client.can()).toEqual(['leave', 'rename', 'resume', 'say', 'suspend'])
  })

  it('[OT48] offered is what this wire can say, here and now', () => {
    const guest = inside().can()
    expect(guest).toEqual(expect.arrayContaining(['play', 'pause', 'seek', 'set-rate', 'queue-add', 'skip', 'say']))
    for (const type of [
      'set-password',
      'ban',
      'mute',
      'react',
      'set-patience',
      'join-booth',
      'vote-skip',
      'queue-restore',
    ])
      expect(guest).not.toContain(type)
    expect(inside({ enableVoteSkip: true, prevQueue: [FILM] }).can()).toEqual(
      expect.arrayContaining(['vote-skip', 'queue-restore']),
    )
    const client = inside()
    expect(refusals(client.ask({ type: 'set-password', password: 'x' }))).toEqual(['not-allowed'])
    expect(refusals(client.ask({ type: 'configure', settings: { capacity: 3 } }))).toEqual(['not-allowed'])
    expect(refusals(client.ask({ type: 'configure', settings: { mode: 'rotation' } }))).toEqual(['not-allowed'])
    expect(refusals(client.give({ kind: 'question', ask: 'q', question: { type: 'list-bans' } }))).toEqual([
      'not-allowed',
    ])
  })

  it('[OT48] a page that is neither of a service nor a file can not be added', () => {
    const client = inside()
    for (const address of ['https://films.example/watch/7', 'javascript:alert(1)', '']) {
      const items = [{ content: { address, title: '' } }]
      expect(refusals(client.ask({ type: 'queue-add', items }))).toEqual(['not-allowed'])
    }
  })

  it('[OT46] what waits already is not added again, and keeps nothing else from being added', () => {
    const client = inside({ currentSource: FILM, queue })
    const item = (address: string) => ({ content: { address, title: '' } })
    const there = [item('https://youtu.be/dQw4w9WgXcQ'), item('https://vimeo.com/1')]
    expect(refusals(client.ask({ type: 'queue-add', items: there }))).toEqual(['already-queued'])
    expect(requests(client.ask({ type: 'queue-add', items: [...there, item('https://vimeo.com/3')] }))).toEqual([
      { type: 5, video: { service: 'vimeo', id: '3' } },
    ])
  })

  it('[OT49] whose votes they are is told by nobody: one keeps the own in mind', () => {
    const client = inside({ queue })
    client.ask({ type: 'vote', itemId: 'vimeo 1', vote: 1 })
    client.hear({ action: 'sync', voteCounts: [['vimeo1', 3]] })
    expect(client.copy()?.queue.items[0]?.up).toEqual([ME, 'vote-2', 'vote-3'])
    client.ask({ type: 'vote', itemId: 'vimeo 1', vote: 0 })
    client.hear({ action: 'sync', voteCounts: [['vimeo1', 2]] })
    expect(client.copy()?.queue.items[0]?.up).toEqual(['vote-1', 'vote-2'])
  })

  it('[OT50] a status is a word, said once it has been so for 200 ms', () => {
    const client = inside()
    const is = (state: 'playing' | 'buffering' | 'error' | 'ad') =>
      client.give({ kind: 'report', report: { positionSec: 1, state } })
    is('playing')
    client.nowMs += 100
    is('buffering')
    expect(sent(client.pass(199))).toEqual([])
    expect(sent(client.pass(1))).toEqual([{ action: 'status', status: 'buffering' }])
    is('buffering')
    expect(sent(client.pass(5_000))).toEqual([])
    is('playing')
    is('buffering')
    expect(sent(client.pass(5_000))).toEqual([])
    expect(client.ask({ type: 'suspend', reason: 'error' })).toContainEqual({ kind: 'done', ask: 'ask-1' })
    expect(sent(client.pass(200))).toEqual([{ action: 'status', status: 'error' }])
  })

  it('[OT51] a name is changed by plain request; told to wait, nobody asks before', () => {
    const client = inside()
    const [asked] = client.ask({ type: 'rename', name: 'Ada' })
    expect(asked).toMatchObject({ kind: 'fetch', request: { url: `${SERVER}/api/user`, body: '{"username":"Ada"}' } })
    const ask = asked?.kind === 'fetch' ? asked.ask : ''
    expect(client.give({ kind: 'fetched', ask, response: answer(200, {}) })).toEqual([{ kind: 'done', ask: 'ask-1' }])
    client.ask({ type: 'rename', name: 'Bea' })
    const tooMuch = answer(429, {}, { 'retry-after': '120' })
    expect(refusals(client.give({ kind: 'fetched', ask: 'rename:ask-2', response: tooMuch }))).toEqual(['too-fast'])
    client.nowMs += 119_000
    expect(refusals(client.ask({ type: 'rename', name: 'Bea' }))).toEqual(['too-fast'])
    client.nowMs += 1_000
    expect(kinds(client.ask({ type: 'rename', name: 'Bea' }))).toEqual(['fetch'])
  })

  it('[OT52] no number that is none, or below zero, is ever said', () => {
    const client = inside({ queue }, { role: -1 })
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, -0.001]) {
      expect(sent(client.ask({ type: 'seek', positionSec: value }))).toEqual([])
      expect(sent(client.ask({ type: 'play', positionSec: value }))).toEqual([])
      expect(sent(client.ask({ type: 'set-rate', rate: value }))).toEqual([])
      expect(sent(client.ask({ type: 'edit-item', itemId: 'vimeo 1', startAtSec: value }))).toEqual([])
    }
    expect(sent(client.ask({ type: 'set-rate', rate: 0 }))).toEqual([])
    expect(requests(client.ask({ type: 'queue-move', itemId: 'vimeo 2', toIndex: -3.7 }))).toEqual([
      { type: 7, fromIdx: 1, toIdx: 0 },
    ])
  })
})

describe('whatever is asked', () => {
  const numbersIn = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : value !== null && typeof value === 'object'
        ? Object.values(value).flatMap(numbersIn)
        : []

  it('[OT52] what is sent is a JSON object of this wire, with whole or finite numbers and no null', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(-1, 0, 2, 3), (seed, role) => {
        const random = createSeededRandom(seed)
        const client = inside(
          { currentSource: FILM, queue: [OTHER], prevQueue: [FILM], enableVoteSkip: seed % 2 === 0 },
          { role },
        )
        for (let count = 0; count < 20; count += 1) {
          const room = client.copy()
          if (!room) throw new Error('no room')
          for (const frame of sent(client.ask(someCommand(random, room)))) {
            expect(['req', 'status']).toContain(frame['action'])
            expect(JSON.stringify(frame)).not.toContain('null')
            for (const number of numbersIn(frame)) expect(number === -1 || number >= 0).toBe(true)
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('captured from a living server', () => {
  type Captured = { readonly run: number; readonly atMs: number; readonly client: string; readonly frame: string }
  const file = join(import.meta.dirname, '../../wire/fixtures/opentogethertube/to-client.jsonl')
  const captured = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Captured)

  /** What a client makes of all that came to it. */
  function lives(run: number, who: string, until = Number.POSITIVE_INFINITY): { client: ClientMachine; odd: number } {
    const client = dialled()
    const start = client.nowMs
    let odd = 0
    for (const { atMs, frame } of captured.filter(
      (each) => each.run === run && each.client === who && each.atMs <= until,
    )) {
      client.nowMs = start + atMs
      odd += client.hear(frame).filter(({ kind }) => kind === 'unreadable').length
    }
    return { client, odd }
  }

  it('[OT41, OT44] every frame is read, whoever it went to', () => {
    const went = new Set(captured.map(({ run, client }) => `${run} ${client}`))
    for (const each of went) {
      const [run, who = ''] = each.split(' ')
      expect(lives(Number(run), who).odd).toBe(0)
    }
  })

  it('[OT43, OT45] the copy is what that server said it was', () => {
    const { client } = lives(1, 'A', 15_500)
    expect(client.copy()).toMatchObject({
      code: 'movies',
      members: [{ id: client.memberId() }, { suspension: { reason: 'buffering' } }, {}],
      media: { startAtSec: 15.216, durationSec: 212 },
      queue: { items: [] },
      chat: [{ content: { text: 'hello <b>world</b>', name: 'chief_olive_lizard' } }],
    })
    expect(where(client)).toBeCloseTo(15.267)
    expect(where(client, 1_000)).toBeCloseTo(16.267)
  })

  it('[OT43] two who heard it over different sockets are at the same place all the time', () => {
    for (let untilMs = 2_650; untilMs < 17_000; untilMs += 500) {
      const [a, b] = [lives(1, 'A', untilMs).client, lives(1, 'B', untilMs).client]
      const at = (client: ClientMachine) => where(client, 1_000_000 + untilMs - client.nowMs)
      expect(Math.abs(at(a) - at(b))).toBeLessThan(0.05)
    }
  })

  it('[OT44] polluted positions do no harm', () => {
    const { client } = lives(1, 'A', 19_000)
    expect(where(client)).toBeCloseTo(70.051, 1)
    expect(lives(1, 'A').client.copy()?.timeline.current.positionSec).toBeLessThan(2)
  })
})

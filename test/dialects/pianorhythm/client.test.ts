import { describe, expect, it } from 'vitest'
import type { ClientOutput, JoinWish } from '../../../src/dialects/client-dialect'
import {
  ChatMessageType,
  SystemCommandType,
  UserRole,
  UserStatus,
} from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'
import { pianorhythmClient } from '../../../src/dialects/pianorhythm/client'
import { writeSegment } from '../../../src/dialects/pianorhythm/identity'
import { type CarriedInit, writeMessage } from '../../../src/dialects/pianorhythm/wire'
import { CREATE } from '../../core/room/a-room'
import { aClientMachine, type ClientMachine, refusals } from '../a-client-machine'
import { readSaid, type Said } from './a-piano'

type APlayer = ClientMachine & { says(message: CarriedInit, requestId?: string): ClientOutput[] }

function machine(): APlayer {
  const made = aClientMachine(pianorhythmClient)
  return {
    ...made,
    set nowMs(ms: number) {
      made.nowMs = ms
    },
    get nowMs() {
      return made.nowMs
    },
    says: (message, requestId = '') => made.give({ kind: 'frame', frame: writeMessage(message, requestId) }),
  }
}

const sent = (outputs: readonly ClientOutput[]): Said[] =>
  outputs.flatMap((output) => (output.kind === 'send' ? [readSaid(output.frame)] : []))
const opened = (outputs: readonly ClientOutput[]) => outputs.find((output) => output.kind === 'open')
const notes = (outputs: readonly ClientOutput[]) =>
  outputs.flatMap((output) => (output.kind === 'notes' ? [output.batch] : []))

const HALL: JoinWish = { door: { kind: 'code', code: 'Hall', password: 'chopin' } }
const WELCOME: CarriedInit = {
  case: 'welcomeMessage',
  value: { socketId: 's1', userInfo: { id: '7', username: 'Ann' } },
}
const OURS: CarriedInit = {
  case: 'welcomeMessage',
  value: { socketId: 's1', userInfo: { id: '7', username: 'Ann' }, identity: 'abc', takesBatches: true },
}
const joined = (about: object = {}): CarriedInit => ({
  case: 'roomJoinedResponse',
  value: {
    success: true,
    roomInfo: { roomId: 'room-1', roomName: 'Hall', settings: { allowChat: true, maxUsers: 9 } },
    currentUsers: [
      { id: '3', username: 'Ben', role: UserRole.ADMIN },
      { id: '7', username: 'Ann' },
    ],
    ...about,
  },
})

function inHall(welcome = WELCOME): APlayer {
  const player = machine()
  player.join(HALL)
  player.says(welcome)
  player.says(joined())
  return player
}

describe('the way in', () => {
  it('[PR40] an address with a path is used as it is; else the socket is at /api/websocket', () => {
    const url = (server: string, token?: string) =>
      opened(machine().join({ ...HALL, ...(token !== undefined && { token }) }, server))
    expect(url('https://piano.example')).toEqual({ kind: 'open', url: 'wss://piano.example/api/websocket' })
    expect(url('http://piano.example:8080/')).toEqual({ kind: 'open', url: 'ws://piano.example:8080/api/websocket' })
    expect(url('https://piano.example/api/websocket/a%20b', 'x')).toEqual({
      kind: 'open',
      url: 'wss://piano.example/api/websocket/a%20b',
    })
    const ours = writeSegment({ username: 'Ann', token: 't' })
    expect(url('https://piano.example', ours)).toEqual({
      kind: 'open',
      url: `wss://piano.example/api/websocket/${ours}`,
    })
    expect(url('https://piano.example', 'eyJ.abc.def')).toEqual({
      kind: 'open',
      url: 'wss://piano.example/api/websocket',
      headers: { authorization: 'Bearer eyJ.abc.def' },
    })
  })

  it('[PR41] the service that the page is about is left alone', () => {
    for (const server of [
      'https://pianorhythm.io',
      'wss://api.pianorhythm.io/x',
      'https://staging-api.PianoRhythm.io:443',
    ]) {
      const outputs = machine().join(HALL, server)
      expect(opened(outputs), server).toBeUndefined()
      expect(refusals(outputs)).toEqual(['not-allowed'])
    }
  })

  it('[PR42] it waits for the welcome, or 5 s, and knocks then', () => {
    const greeted = machine()
    expect(sent(greeted.join(HALL))).toEqual([])
    expect(sent(greeted.says(WELCOME))).toMatchObject([{ is: 'joinRoomByName', roomName: 'Hall', password: 'chopin' }])
    const ungreeted = machine()
    ungreeted.join(HALL)
    expect(sent(ungreeted.pass(4_999))).toEqual([])
    expect(sent(ungreeted.pass(1))).toMatchObject([{ is: 'joinRoomByName', roomName: 'Hall' }])
  })

  it('[PR42] a new room has the title that it shall have, or one that is its own; any room is the next lobby', () => {
    const door = (wish: JoinWish) => {
      const player = machine()
      player.join(wish)
      return sent(player.says(WELCOME))
    }
    const create = { ...CREATE, settings: { shown: { title: 'Hall' }, chat: false } }
    expect(door({ door: { kind: 'new', create } })).toMatchObject([
      { is: 'createRoomCommand', roomName: 'Hall', settings: { allowChat: false, allowGuests: true } },
    ])
    expect(door({ door: { kind: 'new', create: CREATE } })).toMatchObject([
      { roomName: expect.stringMatching(/^Room \w+$/) },
    ])
    expect(door({ door: { kind: 'any' } })).toMatchObject([{ is: 'joinNextAvailableLobby' }])
  })

  it('[PR43] a name and what to keep are for servers that say to be ours', () => {
    const ours = machine()
    ours.join({ ...HALL, name: 'Grace' })
    const outputs = ours.says(OURS)
    expect(outputs).toContainEqual({ kind: 'identified', token: 'abc' })
    expect(sent(outputs)).toMatchObject([
      { is: 'serverCommand', commandType: 4, parameters: { username: 'Grace' } },
      { is: 'joinRoomByName' },
    ])
    const other = machine()
    other.join({ ...HALL, name: 'Grace' })
    const said = other.says(WELCOME)
    expect(said.some(({ kind }) => kind === 'identified')).toBe(false)
    expect(sent(said)).toMatchObject([{ is: 'joinRoomByName' }])
  })

  it('[PR44] a door that stays closed says why, in whatever way, and at the latest after 5 s', () => {
    const refusedBy = (message: CarriedInit | string) => {
      const player = machine()
      player.join(HALL)
      player.says(WELCOME)
      return typeof message === 'string' ? player.hear(message) : player.says(message)
    }
    const failed = (errorMessage: string): CarriedInit => joined({ success: false, errorMessage })
    expect(refusals(refusedBy(failed('Room not found')))).toEqual(['no-such-room'])
    expect(refusals(refusedBy(failed('Wrong password')))).toEqual(['wrong-password'])
    expect(refusals(refusedBy(failed('Room is full')))).toEqual(['room-full'])
    expect(refusals(refusedBy(joined({ success: false, errorCode: 'BANNED', errorMessage: 'x' })))).toEqual(['banned'])
    expect(refusedBy(failed('Not on Sundays'))).toContainEqual({
      kind: 'refused',
      refusal: { code: 'server-error', sentence: 'Not on Sundays' },
    })
    expect(refusals(refusedBy('{"type":"error","message":"Wrong password"}'))).toEqual(['wrong-password'])
    const silent = machine()
    silent.join(HALL)
    silent.says(WELCOME)
    expect(refusals(silent.pass(5_000))).toEqual(['no-answer'])
  })
})

describe('in a room', () => {
  it('[PR45] people are as the server says, oneself by id, by name, or alone', () => {
    const player = inHall()
    expect(player.copy()).toMatchObject({
      code: 'Hall',
      settings: { capacity: 9, chat: true, shown: { title: 'Hall' } },
      members: [
        { id: 'user 3', number: 3, role: 'host', shown: { name: 'Ben' } },
        { id: 'user 7', role: 'guest', shown: { name: 'Ann' } },
      ],
    })
    expect(player.memberId()).toBe('user 7')
    const bare = machine()
    bare.join(HALL)
    bare.pass(5_000)
    bare.says({ case: 'roomJoinedResponse', value: { success: true } })
    expect(bare.copy()).toMatchObject({ code: 'Hall', members: [{ id: 'self', shown: { name: 'You' } }] })
    expect(bare.memberId()).toBe('self')
  })

  it('[PR45] who comes, goes, changes, is away, and how the room is set', () => {
    const player = inHall()
    const user = (id: string, about: object = {}) => ({
      userInfo: { id, username: `user-${id}`, ...about },
      roomId: 'r',
    })
    player.says({ case: 'userJoinedRoom', value: user('9') })
    player.says({ case: 'userUpdated', value: user('9', { role: UserRole.MODERATOR, isMuted: true }) })
    player.says({ case: 'userStatusUpdate', value: { userId: '9', status: UserStatus.AWAY } })
    expect(player.copy()?.members.at(-1)).toMatchObject({ role: 'moderator', muted: {}, presence: { kind: 'away' } })
    player.says({ case: 'userLeftRoom', value: user('9') })
    expect(player.copy()?.members).toHaveLength(2)
    player.says({ case: 'roomInfo', value: { roomName: 'Evening', hasPassword: true, settings: { allowChat: false } } })
    expect(player.copy()?.settings).toMatchObject({ chat: false, locked: true, shown: { title: 'Evening' } })
    expect(player.can()).toEqual(['leave'])
  })

  it('[PR46] it talks, and whoever moderates sends people out; there is no film', () => {
    const player = inHall(OURS)
    expect(player.can()).toEqual(['leave', 'say'])
    expect(refusals(player.ask({ type: 'play', positionSec: 0 }))).toEqual(['not-allowed'])
    expect(sent(player.ask({ type: 'say', text: 'hello' }))).toMatchObject([
      { is: 'roomChatMessage', message: 'hello', messageType: 0 },
    ])
    player.says({ case: 'userUpdated', value: { userInfo: { id: '7', username: 'Ann', role: UserRole.MODERATOR } } })
    expect(player.can()).toEqual(['ban', 'kick', 'leave', 'mute', 'say', 'unmute'])
    expect(sent(player.ask({ type: 'kick', memberId: 'user 3', reason: 'loud' }))).toMatchObject([
      { is: 'roomChatServerCommand', command: 'kick', targetUser: '3', reason: 'loud' },
    ])
    expect(sent(player.ask({ type: 'say', text: '/kick Ben' }))).toMatchObject([{ message: '//kick Ben' }])
    expect(sent(inHall().ask({ type: 'say', text: '/kick Ben' }))).toMatchObject([{ message: ' /kick Ben' }])
    expect(refusals(player.ask({ type: 'say', text: 'x'.repeat(501) }))).toEqual(['bad-line'])
  })

  it('[PR47] what is asked is answered by its id, by the line that comes round, by an error, or after 5 s', () => {
    const player = inHall()
    const done = (outputs: ClientOutput[]) => outputs.flatMap((output) => (output.kind === 'done' ? [output.ask] : []))
    const line = (message: string): CarriedInit => ({ case: 'roomChatMessage', value: { message, userId: '7' } })
    player.ask({ type: 'say', text: 'one' })
    expect(done(player.says({ case: 'acknowledged', value: {} }, 'ask-1'))).toEqual(['ask-1'])
    player.ask({ type: 'say', text: 'two' })
    expect(done(player.says(line('other')))).toEqual([])
    expect(done(player.says(line('two')))).toEqual(['ask-2'])
    player.ask({ type: 'say', text: 'three' })
    expect(refusals(player.says({ case: 'errorMessage', value: { errorCode: 'MUTED', errorMessage: 'x' } }))).toEqual([
      'muted',
    ])
    player.ask({ type: 'say', text: 'four' })
    expect(refusals(player.pass(4_999))).toEqual([])
    expect(refusals(player.pass(1))).toEqual(['no-answer'])
    expect(refusals(player.give({ kind: 'question', ask: 'q', question: { type: 'list-rooms' } }))).toEqual([
      'not-allowed',
    ])
  })

  it('[PR48] lines come with who said them and of which kind, whatever they hold; an error nobody asked for is one', () => {
    const player = inHall()
    const say = (value: object): void => void player.says({ case: 'roomChatMessage', value })
    say({ message: 'hello', userId: '3' })
    say({ message: 'by name', username: 'Ben' })
    say({ message: 'welcome', messageType: ChatMessageType.SYSTEM_MESSAGE })
    say({ message: 'beep', messageType: ChatMessageType.BOT_MESSAGE, username: 'Robot' })
    say({ message: `<b>${'x'.repeat(600)}`, userId: '3' })
    player.says({ case: 'errorMessage', value: { errorMessage: 'The piano is out of tune' } })
    player.hear('{"type":"error","message":"really"}')
    const chat = player.copy()?.chat ?? []
    expect(chat.map(({ kind, memberId, content }) => [kind, memberId, content.text.slice(0, 24)])).toEqual([
      ['text', 'user 3', 'hello'],
      ['text', 'user 3', 'by name'],
      ['system', undefined, 'welcome'],
      ['bot', undefined, 'beep'],
      ['text', 'user 3', `<b>${'x'.repeat(21)}`],
      ['system', undefined, 'The piano is out of tune'],
      ['system', undefined, 'really'],
    ])
    expect(chat[4]?.content.text).toHaveLength(500)
  })

  it('[PR48] private messages go and come as lines for one', () => {
    const player = inHall()
    const outputs = player.give({ kind: 'write', ask: 'w', to: 'user 3', text: 'psst' })
    expect(sent(outputs)).toMatchObject([{ is: 'privateMessage', targetUserId: '3', message: 'psst' }])
    expect(
      player.says({ case: 'privateMessage', value: { userId: '3', targetUserId: '7', message: 'yes?' } }),
    ).toContainEqual({
      kind: 'line',
      line: { from: 'user 3', to: 'user 7', atMs: player.nowMs, text: 'yes?' },
    })
  })

  it('[PR49] the heart beats every 30 s, and what comes back is answered by nothing', () => {
    const player = inHall()
    expect(sent(player.pass(29_999))).toEqual([])
    expect(sent(player.pass(1))).toMatchObject([{ is: 'heartbeatMessage', timestamp: BigInt(player.nowMs) }])
    expect(sent(player.says({ case: 'heartbeatMessage', value: { timestamp: 1n } }))).toEqual([])
    expect(sent(player.pass(30_000))).toHaveLength(1)
  })

  it('[PR50] who is out is told why; a server that goes down is come back to', () => {
    const out = inHall()
    out.says({
      case: 'errorMessage',
      value: { errorCode: 'KICKED', errorMessage: 'x', errorDetails: { reason: 'loud' } },
    })
    expect(out.says({ case: 'userLeftRoom', value: { userInfo: { id: '7' } } })).toContainEqual({
      kind: 'unseated',
      refusal: expect.objectContaining({ code: 'kicked', reason: 'loud' }),
    })
    expect(inHall().says({ case: 'systemCommand', value: { type: SystemCommandType.RECONNECT } })).toContainEqual({
      kind: 'server-closing',
      comeBackInMs: 1_000,
    })
    expect(sent(inHall().ask({ type: 'leave' }))).toMatchObject([{ is: 'leaveRoom' }])
  })

  it('[PR51] unknown members, odd frames and text change nothing', () => {
    const player = inHall()
    const before = player.copy()
    const give = (frame: Uint8Array | string) => player.give({ kind: 'frame', frame })
    for (const frame of ['', 'hello', '{"type":"joke"}', Uint8Array.of(0xff), new Uint8Array(300_000)]) {
      expect(give(frame).filter(({ kind }) => kind !== 'wake')).toEqual([
        { kind: 'unreadable', why: 'no frame of this wire' },
      ])
    }
    expect(give(Uint8Array.of(0xba, 0x3e, 1, 97)).filter(({ kind }) => kind !== 'wake')).toEqual([])
    expect(player.copy()).toEqual(before)
  })
})

describe('notes', () => {
  const midi = (bytes: number[], timestamp: number, userId = '3'): CarriedInit => ({
    case: 'midiMessage',
    value: { midiData: Uint8Array.from(bytes), timestamp: BigInt(timestamp), userId },
  })

  it('[PR52] are heard in own time, at the distances at which they were played, however late each comes', () => {
    const player = inHall()
    const heard: number[] = []
    // The other clock is two hours ahead; the second one takes 60 ms longer.
    for (const [playedMs, comesMs] of [
      [0, 100],
      [250, 410],
      [500, 600],
    ] as const) {
      player.nowMs = 1_000_000 + comesMs
      const [batch] = notes(player.says(midi([0x90, 60 + heard.length, 90], 8_200_000 + playedMs)))
      heard.push(Math.round(batch?.notes[0]?.atMs ?? Number.NaN))
    }
    expect(heard).toEqual([1_000_100, 1_000_350, 1_000_600])
  })

  it('[PR52] a key that is held is said again every 2 s, and ends with who holds it, or after a minute', () => {
    const player = inHall()
    const [first] = notes(player.says(midi([0x90, 60, 90, 0xb0, 64, 127], player.nowMs)))
    expect(first).toMatchObject({ memberId: 'user 3', held: { keys: [{ channel: 0, key: 60 }], pedals: [0] } })
    const again = notes(player.pass(6_000))
    expect(again.length).toBeGreaterThanOrEqual(2)
    expect(again.every(({ notes: acts, held }) => acts.length === 0 && held.keys.length === 1)).toBe(true)
    expect(new Set(again.map(({ number }) => number)).size).toBe(again.length)
    expect(notes(player.pass(60_000)).at(-1)).toMatchObject({ held: { keys: [], pedals: [] } })
  })

  it('[PR52] one’s own, those of nobody here, and times that no number holds', () => {
    const player = inHall()
    expect(notes(player.says(midi([0x90, 60, 90], 1, '7')))).toEqual([])
    expect(notes(player.says(midi([0x90, 60, 90], 1, 'nobody')))).toEqual([])
    const odd: CarriedInit = {
      case: 'midiMessage',
      value: { midiData: Uint8Array.of(0x90, 60, 90), timestamp: 2n ** 60n, userId: '3' },
    }
    expect(notes(player.says(odd))[0]?.notes[0]?.atMs).toBe(player.nowMs)
  })

  it('[PR53] what is played goes as MIDI with its time, in one where the server takes that', () => {
    const played = {
      notes: [
        { kind: 'on', channel: 0, key: 60, velocity: 90, atMs: 999_990.4 },
        { kind: 'on', channel: 0, key: 64, velocity: 90, atMs: 999_995 },
      ],
      held: {
        keys: [
          { channel: 0, key: 60 },
          { channel: 0, key: 64 },
        ],
        pedals: [],
      },
    } as const
    const message = { is: 'midiMessage', midiData: [0x90, 60, 90], timestamp: 999_990n }
    expect(sent(inHall().give({ kind: 'notes', played }))).toMatchObject([message, { midiData: [0x90, 64, 90] }])
    const ours = inHall(OURS)
    expect(sent(ours.give({ kind: 'notes', played }))).toMatchObject([{ is: 'messageBatch' }])
    // What is held no more ends, also if its end was lost on the way here.
    expect(sent(ours.give({ kind: 'notes', played: { notes: [], held: { keys: [], pedals: [] } } }))).toHaveLength(1)
    expect(sent(ours.give({ kind: 'notes', played: { notes: [], held: { keys: [], pedals: [] } } }))).toEqual([])
  })

  it('[PR53] never more than a server hears in a minute, and every key that went down comes up', () => {
    const player = inHall()
    let [downs, ups] = [0, 0]
    for (let count = 0; count < 1_500; count += 1) {
      player.nowMs += 20
      const key = 30 + (count % 60)
      for (const kind of ['on', 'off'] as const) {
        const act = kind === 'on' ? { kind, channel: 0, key, velocity: 90 } : { kind, channel: 0, key }
        const held = { keys: kind === 'on' ? [{ channel: 0, key }] : [], pedals: [] }
        for (const { midiData } of sent(
          player.give({ kind: 'notes', played: { notes: [{ ...act, atMs: player.nowMs }], held } }),
        )) {
          if ((midiData as number[])[0] === 0x90) downs += 1
          else ups += 1
        }
      }
    }
    // Half a minute of playing.
    expect(downs + ups).toBeLessThan(1_000)
    expect(downs).toBe(ups)
    expect(downs).toBeGreaterThan(300)
  })
})

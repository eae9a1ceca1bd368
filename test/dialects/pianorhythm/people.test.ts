import { describe, expect, it } from 'vitest'
import type { Note } from '../../../src/core/notes/note'
import {
  AvatarAction,
  ChatMessageType,
  FriendAction,
  UserStatus,
} from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'
import type { CarriedInit } from '../../../src/dialects/pianorhythm/wire'
import { type AWire, does } from '../a-wire'
import { aPiano, aPianoCalled, chat, join, type Said, twoPianos, userIdOf, wire } from './a-piano'

const midi = (bytes: readonly number[], timestamp = 0, userId = ''): CarriedInit => ({
  case: 'midiMessage',
  value: { midiData: Uint8Array.from(bytes), timestamp: BigInt(timestamp), userId },
})
const status = (wished: UserStatus): CarriedInit => ({ case: 'userStatusUpdate', value: { status: wished } })
const friend = (targetUserId: string, action: FriendAction): CarriedInit => ({
  case: 'friendRequest',
  value: { targetUserId, action },
})
const avatar = (action: AvatarAction, avatarData: object): CarriedInit => ({
  case: 'avatarCommand',
  value: { action, avatarData },
})
const namesIn = (response: Said): string[] =>
  (response['currentUsers'] as { username: string }[]).map(({ username }) => username)
const of = (is: string, said: readonly Said[]): Said[] => said.filter((each) => each.is === is)
/** Between people nothing is told at once: presence waits for who only reloads. */
const soon = (at: AWire): Promise<void> => at.advance(600)

describe('chat', () => {
  it('[PR9] a line reaches everybody in the room, who said it among them, as a line of a user whatever it says to be', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say(chat('hello', ChatMessageType.MODERATOR_MESSAGE))
    const line = {
      is: 'roomChatMessage',
      message: 'hello',
      messageType: ChatMessageType.USER_MESSAGE,
      username: 'Ann',
      userId: userIdOf(ann),
      timestamp: 1_000_000n,
    }
    expect(ann.news()).toMatchObject([line])
    expect(ben.news()).toMatchObject([line])
  })

  it('[PR9] a line has up to 500 characters; who comes later is told the last ones', async () => {
    const at = await wire()
    const { ann, code } = await twoPianos(at)
    await ann.say(chat('x'.repeat(500)))
    await ann.say(chat('x'.repeat(501)))
    expect(ann.news()).toMatchObject([
      { message: 'x'.repeat(500) },
      { is: 'errorMessage', errorType: 0, errorCode: 'BAD_LINE' },
    ])
    const cem = await aPianoCalled(at, 'Cem')
    await cem.say(join(code))
    expect(of('roomChatMessage', cem.news())).toMatchObject([{ message: 'x'.repeat(500), username: 'Ann' }])
  })

  it('[PR9] lines of other wires come with their kind', async () => {
    const at = await wire()
    const { ann, code } = await twoPianos(at)
    const tim = await at.tutti({ code, name: 'Tim' })
    ann.news()
    await does(tim, { type: 'say', text: 'hello' })
    await does(tim, { type: 'say', text: 'waves', emote: true })
    expect(ann.news()).toMatchObject([
      { message: 'hello', messageType: ChatMessageType.USER_MESSAGE, username: 'Tim' },
      { message: '*waves*', messageType: ChatMessageType.USER_MESSAGE, username: 'Tim' },
    ])
  })

  it('[PR10] /help and /users are answered to the asker alone', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    for (const typed of ['/help', '/users', '/dance', '/kick', '/mute Zoe']) await ben.say(chat(typed), typed)
    expect(ben.news()).toMatchObject([
      { requestId: '/help', messageType: 1, message: expect.stringContaining('/kick NAME') },
      { requestId: '/users', messageType: 1, message: 'Here: Ann, Ben' },
      { messageType: 1, message: 'There is no command /dance. /help lists those that there are.' },
      { messageType: 1, message: 'Type it like this: /kick NAME [REASON]' },
      { messageType: 1, message: 'Nobody here is called Zoe.' },
    ])
    expect(ann.news()).toEqual([])
  })

  it('[PR10] only who moderates may kick, ban and mute, by a typed command or by message', async () => {
    const at = await wire()
    const { ann, ben, code } = await twoPianos(at)
    const moderate = (command: string, targetUser: string): CarriedInit => ({
      case: 'roomChatServerCommand',
      value: { command, targetUser, reason: 'spam' },
    })
    for (const typed of ['/kick Ann', '/ban Ann', '/mute Ann']) await ben.say(chat(typed))
    await ben.say(moderate('kick', 'Ann'))
    expect(ben.news()).toMatchObject(
      Array.from({ length: 4 }, () => ({ is: 'errorMessage', errorType: 1, errorCode: 'NOT_ALLOWED' })),
    )
    await ann.say(moderate('mute', userIdOf(ben)))
    expect(of('userUpdated', ann.news())).toMatchObject([{ userInfo: { username: 'Ben', isMuted: true } }])
    await ben.say(chat('but'))
    expect(ben.news().at(-1)).toMatchObject({ errorCode: 'MUTED' })
    await ann.say(moderate('/ban', 'ben'))
    await ben.say(join(code))
    expect(ben.news().at(-1)).toMatchObject({ success: false, errorCode: 'BANNED' })
    await ann.say(moderate('dance', 'ben'))
    await ann.say(moderate('kick', 'nobody'))
    expect(ann.news().slice(-2)).toMatchObject([{ errorType: 0 }, { errorCode: 'NO_SUCH_MEMBER' }])
  })
})

describe('notes', () => {
  it('[PR11] go to the others as they came, with their time, under the name that the server gives', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say(midi([0x90, 60, 100], 1_767_290_000_000, 'somebody else'))
    expect(ben.news()).toEqual([
      {
        is: 'midiMessage',
        requestId: '',
        midiData: [0x90, 60, 100],
        timestamp: 1_767_290_000_000n,
        userId: userIdOf(ann),
      },
    ])
    expect(ann.news()).toEqual([])
  })

  it('[PR17] the time of a note survives to the last digit', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say(midi([0x90, 60, 100], 9_007_199_254_740_991))
    expect(ben.news()).toMatchObject([{ timestamp: 9_007_199_254_740_991n }])
    await ann.say({
      case: 'midiMessage',
      value: { midiData: Uint8Array.of(0x80, 60, 0), timestamp: 9_007_199_254_740_993n },
    })
    expect(ann.news()).toMatchObject([{ is: 'errorMessage', errorType: 0 }])
    expect(ben.news()).toEqual([])
  })

  it('[PR28] what is for a device as a whole goes to nobody', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say(midi([0xf0, 0x7f, 0x7f, 0x06, 0x02, 0xf7]))
    await ann.say(midi([0xf0, 0x7f, 0xf7, 0xa0, 60, 12]))
    expect(ben.news()).toMatchObject([{ midiData: [0xa0, 60, 12] }])
  })

  it('[PR18] sound on other wires, and those of other wires here, each with the time of the server', async () => {
    const at = await wire()
    const { ann, ben, code } = await twoPianos(at)
    const tim = await at.tutti({ code, name: 'Tim' })
    ann.news()
    await ann.say(midi([0x92, 60, 100, 64, 90], 999_950))
    await tim.hear()
    const heard = tim.outputs.flatMap((output) => (output.kind === 'notes' ? [output.batch] : []))
    const member = at.host.room(code)?.members.find(({ shown }) => shown.name === 'Ann')
    expect(heard).toMatchObject([
      {
        memberId: member?.id,
        notes: [
          { kind: 'on', channel: 2, key: 60, velocity: 100, atMs: 999_950 },
          { kind: 'on', channel: 2, key: 64, velocity: 90, atMs: 999_950 },
        ],
      },
    ])
    ben.news()
    const notes: Note[] = [
      { kind: 'on', channel: 0, key: 48, velocity: 70, atMs: 999_960 },
      { kind: 'bend', channel: 0, bend: -8192, atMs: 999_970 },
      { kind: 'off', channel: 0, key: 48, atMs: 999_980 },
    ]
    await tim.give({ kind: 'notes', played: { notes, held: { keys: [], pedals: [] } } })
    const timId = String(at.host.room(code)?.members.find(({ shown }) => shown.name === 'Tim')?.number)
    const told = [
      { midiData: [0x90, 48, 70], timestamp: 999_960n, userId: timId },
      { midiData: [0xe0, 0, 0], timestamp: 999_970n, userId: timId },
      { midiData: [0x80, 48, 0], timestamp: 999_980n, userId: timId },
    ]
    expect(ann.news()).toMatchObject(told)
    expect(ben.news()).toMatchObject(told)
  })

  it('[PR18] as many as there are go on in batches that every wire takes', async () => {
    const at = await wire()
    const { ann, code } = await twoPianos(at)
    const tim = await at.tutti({ code, name: 'Tim' })
    const chord = Array.from({ length: 60 }, (_, key) => [0x90, 30 + key, 90, 0x80, 30 + key, 0]).flat()
    await ann.say(midi(chord))
    await tim.hear()
    const batches = tim.outputs.flatMap((output) => (output.kind === 'notes' ? [output.batch.notes.length] : []))
    expect(batches).toEqual([64, 56])
  })

  it('[PR19] whoever goes, or may not be heard any more, leaves no key down', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ben.say(midi([0x90, 60, 100, 0xb0, 64, 127]))
    ann.news()
    await ben.hangUp()
    await at.advance(1)
    expect(ann.news().slice(0, 3)).toMatchObject([
      { is: 'midiMessage', midiData: [0x80, 60, 0], userId: userIdOf(ben) },
      { is: 'midiMessage', midiData: [0xb0, 64, 0] },
      { is: 'userLeftRoom' },
    ])
    const cem = await aPianoCalled(at, 'Cem')
    await cem.say(join('My Piano Room'))
    await cem.say(midi([0x90, 60, 100]))
    await ann.say(chat('/mute Cem'))
    ann.news()
    await cem.say(midi([0x90, 62, 100]))
    expect(of('midiMessage', ann.news())).toMatchObject([{ midiData: [0x80, 60, 0] }])
  })
})

describe('looks and status', () => {
  it('[PR15] an avatar that moves or changes is told to the others, and to who comes later', async () => {
    const at = await wire()
    const { ann, ben, code } = await twoPianos(at)
    await ann.say(avatar(AvatarAction.UPDATE_POSITION, { x: 1.5, y: -2 }))
    await ann.say(avatar(AvatarAction.UPDATE_APPEARANCE, { drawing: 'owl', colour: 'red' }))
    expect(ben.news()).toMatchObject([
      { is: 'avatarCommand', action: 0, userId: userIdOf(ann), avatarData: { x: 1.5, y: -2 } },
      { is: 'avatarCommand', action: 1, userId: userIdOf(ann), avatarData: { drawing: 'owl', colour: 'red' } },
    ])
    expect(ann.news()).toEqual([])
    const cem = await aPianoCalled(at, 'Cem')
    await cem.say(join(code))
    expect(cem.last('roomJoinedResponse')['currentUsers']).toMatchObject([
      { username: 'Ann', avatar: { x: 1.5, y: -2, drawing: 'owl', colour: 'red' } },
      { username: 'Ben' },
      { username: 'Cem' },
    ])
    await ann.say(avatar(AvatarAction.UPDATE_APPEARANCE, { drawing: 'dragon', colour: 'red' }))
    expect(ann.news().at(-1)).toMatchObject({ is: 'errorMessage', errorType: 0 })
  })

  it('[PR15] a status is told to the room; nobody sees who is invisible', async () => {
    const at = await wire()
    const { ann, ben, code } = await twoPianos(at)
    await ann.say(status(UserStatus.BUSY))
    expect(ben.news()).toMatchObject([{ is: 'userStatusUpdate', userId: userIdOf(ann), status: UserStatus.BUSY }])
    await ann.say(avatar(AvatarAction.UPDATE_STATUS, { status: UserStatus.INVISIBLE }))
    expect(ben.news()).toMatchObject([{ is: 'userLeftRoom', userInfo: { id: userIdOf(ann) } }])
    const cem = await aPianoCalled(at, 'Cem')
    await cem.say(join(code))
    await cem.say(chat('/users'))
    expect(namesIn(cem.last('roomJoinedResponse'))).toEqual(['Ben', 'Cem'])
    expect(cem.heard.at(-1)).toMatchObject({ message: 'Here: Ben, Cem' })
    ben.news()
    await ann.say(status(UserStatus.ONLINE))
    expect(ben.news()).toMatchObject([{ is: 'userJoinedRoom', userInfo: { username: 'Ann' } }])
  })

  it('[PR15] whoever comes in invisible is told to nobody', async () => {
    const at = await wire()
    const { ann, code } = await twoPianos(at)
    const cem = await aPianoCalled(at, 'Cem')
    await cem.say(status(UserStatus.INVISIBLE))
    await cem.say(join(code))
    expect(namesIn(cem.last('roomJoinedResponse'))).toEqual(['Ann', 'Ben', 'Cem'])
    expect(ann.news()).toEqual([])
    await cem.hangUp()
    expect(ann.news()).toEqual([])
  })
})

describe('friends', () => {
  it('[PR15] are asked, accepted and removed, and see each other come and go', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say(friend(userIdOf(ben), FriendAction.SEND_REQUEST), 'f1')
    await soon(at)
    expect(ann.news()).toMatchObject([{ is: 'acknowledged', requestId: 'f1' }])
    expect(ben.news()).toMatchObject([
      {
        is: 'friendRequest',
        action: FriendAction.SEND_REQUEST,
        userId: userIdOf(ann),
        targetUserId: userIdOf(ben),
        username: 'Ann',
      },
    ])
    await ben.say(friend(userIdOf(ann), FriendAction.ACCEPT_REQUEST))
    await soon(at)
    const accepted = { is: 'friendRequest', action: FriendAction.ACCEPT_REQUEST }
    expect(of('friendRequest', ann.news())).toMatchObject([{ ...accepted, userId: userIdOf(ben) }])
    expect(of('friendRequest', ben.news())).toMatchObject([{ ...accepted, userId: userIdOf(ann) }])

    await ann.say({ case: 'leaveRoom', value: {} })
    ben.news()
    await ann.say(status(UserStatus.BUSY))
    await soon(at)
    expect(ben.news()).toMatchObject([{ is: 'userStatusUpdate', userId: userIdOf(ann), status: UserStatus.BUSY }])
    await ann.hangUp()
    await at.advance(11_000)
    expect(ben.news()).toMatchObject([{ is: 'userStatusUpdate', userId: userIdOf(ann), isOffline: true }])

    await ben.say(friend(userIdOf(ann), FriendAction.REMOVE_FRIEND))
    expect(ben.news()).toMatchObject([
      { is: 'friendRequest', action: FriendAction.REMOVE_FRIEND, userId: userIdOf(ann) },
    ])
  })

  it('[PR15] the welcome names friends and who asks to be one', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    const identity = String(ben.last('welcomeMessage')['identity'])
    await ann.say(friend('Ben', FriendAction.SEND_REQUEST))
    await soon(at)
    await ben.hangUp()
    const back = await aPiano(at, { path: `/api/websocket/${identity}` })
    expect(back.heard).toMatchObject([
      { is: 'welcomeMessage', friends: [] },
      { is: 'friendRequest', username: 'Ann' },
    ])
    await back.say(friend(userIdOf(ann), FriendAction.ACCEPT_REQUEST))
    await soon(at)
    await back.hangUp()
    const again = await aPiano(at, { path: `/api/websocket/${identity}` })
    expect(again.heard).toMatchObject([{ friends: [{ username: 'Ann', id: userIdOf(ann), isOffline: false }] }])
  })

  it('[PR15] a request can be taken back or declined; nobody is asked who is not known', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    for (const [asks, ends] of [
      [ann, ann],
      [ann, ben],
    ] as const) {
      await asks.say(friend(userIdOf(ben), FriendAction.SEND_REQUEST))
      await soon(at)
      const end =
        ends === ann
          ? friend(userIdOf(ben), FriendAction.REMOVE_FRIEND)
          : friend(userIdOf(ann), FriendAction.DECLINE_REQUEST)
      await ends.say(end)
      await soon(at)
      expect(of('friendRequest', ann.news())).toMatchObject([
        { action: FriendAction.DECLINE_REQUEST, userId: userIdOf(ben) },
      ])
      expect(of('friendRequest', ben.news())).toMatchObject([
        { action: FriendAction.SEND_REQUEST },
        { action: FriendAction.DECLINE_REQUEST, userId: userIdOf(ann) },
      ])
    }
    await ann.say(friend('12345', FriendAction.SEND_REQUEST))
    await ann.say(friend('Nobody', FriendAction.SEND_REQUEST))
    expect(ann.news().map(({ errorCode }) => errorCode)).toEqual(['NO_SUCH_PERSON', 'NO_SUCH_PERSON'])
  })

  it('[PR22] a private message reaches the one it is for, and its writer; so does a line for some', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say({ case: 'privateMessage', value: { targetUserId: userIdOf(ben), message: 'psst' } })
    await soon(at)
    const about = { is: 'privateMessage', message: 'psst', userId: userIdOf(ann), targetUserId: userIdOf(ben) }
    expect(ann.news()).toMatchObject([about])
    expect(ben.news()).toMatchObject([{ ...about, username: 'Ann' }])
  })

  it('[PR22] so does a line for some on another wire', async () => {
    const at = await wire()
    const tim = await at.tutti({ name: 'Tim' })
    const ann = await aPianoCalled(at, 'Ann')
    await ann.say(join(tim.copy()?.code ?? ''))
    ann.news()
    await tim.hear()
    const seat = tim.copy()?.members.find(({ shown }) => shown.name === 'Ann')?.id ?? ''
    await does(tim, { type: 'set-role', memberId: seat, role: 'moderator' })
    expect(ann.news()).toMatchObject([{ is: 'userUpdated', userInfo: { role: 2 } }])
    for (const to of [seat, 'moderators']) await tim.give({ kind: 'write', ask: to, to, text: 'look at that' })
    await tim.hear()
    expect(ann.news()).toMatchObject([
      { is: 'privateMessage', message: 'look at that', username: 'Tim', targetUserId: userIdOf(ann) },
      { is: 'roomChatMessage', messageType: ChatMessageType.MODERATOR_MESSAGE, username: 'Tim' },
    ])
  })
})

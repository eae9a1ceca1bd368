import { describe, expect, it } from 'vitest'
import {
  AvatarAction,
  RoomType,
  ServerCommandType,
  SystemCommandType,
  UserStatus,
} from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'
import { pianorhythmServer } from '../../../src/dialects/pianorhythm/server'
import { type CarriedInit, writeBatch } from '../../../src/dialects/pianorhythm/wire'
import { does } from '../a-wire'
import { aPiano, aPianoCalled, chat, create, join, type Piano, type Said, twoPianos, userIdOf, wire } from './a-piano'

const kinds = (said: readonly Said[]): string[] => said.map(({ is }) => is)
const namesIn = (response: Said): string[] =>
  (response['currentUsers'] as { username: string }[]).map(({ username }) => username)
const lines = (said: readonly Said[]): unknown[] =>
  said.filter(({ is }) => is === 'roomChatMessage').map(({ message }) => message)
const command = (commandType: ServerCommandType, parameters: Record<string, string> = {}): CarriedInit => ({
  case: 'serverCommand',
  value: { commandType, parameters },
})
const lobby: CarriedInit = { case: 'joinNextAvailableLobby', value: {} }
const heartbeat = (timestamp: bigint): CarriedInit => ({ case: 'heartbeatMessage', value: { timestamp } })

describe('who comes', () => {
  it('[PR5] is welcomed with a socket id before anything else, also if something was asked at once', async () => {
    const at = await wire()
    const piano = await aPianoCalled(at, 'Ann')
    expect(piano.heard).toMatchObject([
      { is: 'welcomeMessage', socketId: expect.stringMatching(/.+/), userInfo: { username: 'Ann', status: 0 } },
    ])
    const other = await aPianoCalled(at, 'Ben')
    expect(other.last('welcomeMessage')['socketId']).not.toBe(piano.last('welcomeMessage')['socketId'])
  })

  it('[PR5] the identity of the welcome, a bearer token and a cookie bring the same person back', async () => {
    const at = await wire()
    const first = await aPianoCalled(at, 'Ann')
    const identity = String(first.last('welcomeMessage')['identity'])
    const { token } = JSON.parse(Buffer.from(identity, 'base64url').toString()) as { token: string }
    const again = [
      await aPiano(at, { path: `/api/websocket/${identity}` }),
      await aPiano(at, { path: `/api/websocket/${token}` }),
      await aPiano(at, { headers: { authorization: `Bearer ${token}` } }),
      await aPiano(at, { headers: { cookie: `theme=dark; access_token=${token}` } }),
    ]
    expect(again.map(userIdOf)).toEqual(again.map(() => userIdOf(first)))
    expect(again[0]?.last('welcomeMessage')).toMatchObject({ userInfo: { username: 'Ann' } })
    expect(userIdOf(await aPiano(at))).not.toBe(userIdOf(first))
  })

  it('[PR5] the identity has the five fields of the page', async () => {
    const at = await wire()
    const { identity, socketId } = (await aPianoCalled(at, 'Ann')).last('welcomeMessage')
    expect(JSON.parse(Buffer.from(String(identity), 'base64url').toString())).toEqual({
      username: 'Ann',
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      socket_id: socketId,
      is_member: false,
      token: expect.any(String),
    })
  })

  it('[PR5] a part of the path that means nothing makes a guest', async () => {
    const at = await wire()
    for (const path of ['/api/websocket/%F0%28', '/api/websocket/e30', '/api/websocket/AAAA====', '/api/websocket']) {
      expect(kinds((await aPiano(at, { path })).heard), path).toEqual(['welcomeMessage'])
    }
    expect(at.host.errors()).toEqual([])
  })
})

describe('rooms', () => {
  it('[PR6] a room is made by name, and its maker is in it and owns it', async () => {
    const at = await wire()
    const ann = await aPianoCalled(at, 'Ann')
    await ann.say(create('My Piano Room'), 'r1')
    expect(ann.heard.at(-1)).toMatchObject({
      is: 'roomJoinedResponse',
      requestId: 'r1',
      success: true,
      errorMessage: '',
      userId: userIdOf(ann),
      roomInfo: { roomName: 'My Piano Room', roomType: RoomType.PUBLIC, hasPassword: false, ownerId: userIdOf(ann) },
      currentUsers: [{ id: userIdOf(ann), username: 'Ann' }],
    })
  })

  it('[PR6] a name that is taken, or is none, is answered with a sentence, and the maker stays where they are', async () => {
    const at = await wire()
    const { ben } = await twoPianos(at)
    await ben.say(create('my piano ROOM'))
    await ben.say(create(' ... '))
    expect(ben.news()).toMatchObject([
      {
        is: 'roomJoinedResponse',
        success: false,
        errorMessage: expect.stringMatching(/name/),
        errorCode: 'ALIAS_TAKEN',
      },
      { is: 'roomJoinedResponse', success: false, errorMessage: expect.stringMatching(/name/), errorCode: 'BAD_ALIAS' },
    ])
    await ben.say(create('Another Room'))
    expect(ben.news()).toMatchObject([{ success: true, roomInfo: { roomName: 'Another Room' } }])
  })

  it('[PR7] whoever joins is told who is here, and the others are told of them', async () => {
    const at = await wire()
    const ann = await aPianoCalled(at, 'Ann')
    await ann.say(create('My Piano Room'))
    ann.news()
    const ben = await aPianoCalled(at, 'Ben')
    await ben.say(join('My Piano Room'))
    const response = ben.last('roomJoinedResponse')
    expect(namesIn(response)).toEqual(['Ann', 'Ben'])
    expect(ann.news()).toMatchObject([
      {
        is: 'userJoinedRoom',
        userInfo: { username: 'Ben', id: userIdOf(ben) },
        roomId: (response['roomInfo'] as { roomId: string }).roomId,
      },
    ])
    await ben.say({ case: 'leaveRoom', value: {} })
    expect(ben.news().at(-1)).toMatchObject({ is: 'userLeftRoom', userInfo: { id: userIdOf(ben) } })
    expect(ann.news()).toMatchObject([{ is: 'userLeftRoom', userInfo: { id: userIdOf(ben) } }])
  })

  it('[PR7] unknown, locked and full rooms are refused in a sentence', async () => {
    const at = await wire()
    const ann = await aPianoCalled(at, 'Ann')
    await ann.say(
      create('Quiet Room', { password: 'chopin', settings: { maxUsers: 2, allowChat: true, allowGuests: true } }),
    )
    const [ben, cem] = [await aPianoCalled(at, 'Ben'), await aPianoCalled(at, 'Cem')]
    await ben.say(join('No Room'))
    await ben.say(join('Quiet Room'))
    await ben.say(join('Quiet Room', 'liszt'))
    await ben.say(join('Quiet Room', 'chopin'))
    await cem.say(join('Quiet Room', 'chopin'))
    const codes = (piano: Piano) => piano.heard.slice(1).map(({ errorCode, success }) => [success, errorCode])
    expect(codes(ben)).toEqual([
      [false, 'ROOM_NOT_FOUND'],
      [false, 'PASSWORD_NEEDED'],
      [false, 'WRONG_PASSWORD'],
      [true, ''],
    ])
    expect(codes(cem)).toEqual([[false, 'ROOM_FULL']])
    expect(cem.heard.at(-1)?.['errorMessage']).toMatch(/\w+/)
  })

  it('[PR7] a code, a name and the id of a room each lead in; the same room again is told again', async () => {
    const at = await wire()
    const { ben, code } = await twoPianos(at)
    const id = at.host.room(code)?.id ?? ''
    for (const name of [code.toUpperCase(), 'MY PIANO ROOM', id]) await ben.say(join(name))
    expect(ben.news().map(({ is, success }) => [is, success])).toEqual(
      Array.from({ length: 3 }, () => ['roomJoinedResponse', true]),
    )
    expect(at.host.room(code)?.members).toHaveLength(2)
  })

  it('[PR7] joining another room leaves the first; one that is not there changes nothing', async () => {
    const at = await wire()
    const { ann, ben, code } = await twoPianos(at)
    await ben.say(join('No Room'))
    expect(ann.news()).toEqual([])
    await ben.say(create('Another Room'))
    expect(kinds(ann.news())).toEqual(['userLeftRoom'])
    expect(at.host.room(code)?.members).toHaveLength(1)
  })

  it('[PR8] settings count: who may come, how many, whether there is chat, and a welcome', async () => {
    const at = await wire()
    const settings = {
      maxUsers: 7,
      allowChat: false,
      allowGuests: true,
      autoModeration: true,
      requirePro: true,
      welcomeMessage: 'Play softly',
    }
    const { ann, ben, code } = await twoPianos(at, { roomType: RoomType.PRIVATE, settings })
    expect(at.host.room(code)?.settings).toMatchObject({ capacity: 7, chat: false, guests: true, listed: false })
    expect(ben.heard.find(({ is }) => is === 'roomChatMessage')).toMatchObject({
      message: 'Play softly',
      messageType: 1,
    })
    // What only this wire knows is kept among its own people.
    expect(ben.last('roomJoinedResponse')['roomInfo']).toMatchObject({ settings, roomType: RoomType.PRIVATE })
    await ann.say(chat('hello'))
    expect(ann.news()).toMatchObject([{ is: 'errorMessage', errorCode: 'CHAT_OFF' }])
  })

  it('[PR8] where guests are not welcome, none comes in', async () => {
    const at = await wire()
    const ann = await aPianoCalled(at, 'Ann')
    await ann.say(create('Club', { settings: { allowChat: true, allowGuests: false } }))
    const ben = await aPianoCalled(at, 'Ben')
    await ben.say(join('Club'))
    expect(ben.heard.at(-1)).toMatchObject({ success: false, errorCode: 'GUESTS_NOT_ALLOWED' })
  })

  it('[PR8] who is in charge may change them, by message or by command, and all are told', async () => {
    const at = await wire()
    const { ann, ben, code } = await twoPianos(at)
    const update: CarriedInit = { case: 'updateRoomCommand', value: { roomName: 'Evening', password: 'chopin' } }
    await ben.say(update, 'r1')
    expect(ben.news()).toMatchObject([
      { is: 'errorMessage', errorType: 1, requestId: 'r1' },
      { is: 'errorMessage', errorType: 1, requestId: 'r1' },
    ])
    await ann.say(update, 'r2')
    expect(ben.news().at(-1)).toMatchObject({ is: 'roomInfo', roomName: 'Evening', hasPassword: true })
    expect(ann.news().at(-1)).toMatchObject({ is: 'acknowledged', requestId: 'r2' })
    await ann.say(command(ServerCommandType.UPDATE_SETTINGS, { max_users: '3', require_pro: 'true' }))
    expect(ben.news().at(-1)).toMatchObject({ roomName: 'Evening', settings: { maxUsers: 3, requirePro: true } })
    expect(at.host.room(code)?.settings.capacity).toBe(3)
  })

  it('[PR12] server commands do as they are called', async () => {
    const at = await wire()
    const ann = await aPianoCalled(at, 'Ann')
    await ann.say(command(ServerCommandType.CREATE_OR_JOIN_ROOM, { room_name: 'Hall', welcome_message: 'Hi' }))
    const ben = await aPianoCalled(at, 'Ben')
    await ben.say(command(ServerCommandType.CREATE_OR_JOIN_ROOM, { room_name: 'Hall' }))
    expect(namesIn(ben.last('roomJoinedResponse'))).toEqual(['Ann', 'Ben'])
    await ben.say(command(ServerCommandType.LEAVE))
    expect(ann.heard.at(-1)).toMatchObject({ is: 'userLeftRoom' })
    await ben.say(command(ServerCommandType.JOIN, { room_name: 'Hall' }))
    expect(namesIn(ben.last('roomJoinedResponse'))).toEqual(['Ann', 'Ben'])
    await ben.say(command(ServerCommandType.UPDATE_SETTINGS, { username: 'Benny' }))
    expect(ann.heard.at(-1)).toMatchObject({ is: 'userUpdated', userInfo: { username: 'Benny' } })
    await ben.say(command(ServerCommandType.ENTER_LOBBY))
    expect(ben.last('roomJoinedResponse')).toMatchObject({ success: true })
  })

  it('[PR25] the next lobby is a room that is open to everybody; where there is none, one is opened', async () => {
    const at = await wire()
    const [ann, ben] = [await aPianoCalled(at, 'Ann'), await aPianoCalled(at, 'Ben')]
    await ann.say(lobby)
    expect(ann.last('roomJoinedResponse')).toMatchObject({
      success: true,
      roomInfo: { roomName: 'Lobby', roomType: 0 },
    })
    await at.advance(1_000)
    await ben.say(lobby)
    expect(namesIn(ben.last('roomJoinedResponse'))).toEqual(['Ann', 'Ben'])
  })

  it('[PR24] what comes while somebody is on the way waits its turn, up to 32 messages', async () => {
    const at = await wire()
    const ann = await aPianoCalled(at, 'Ann')
    await ann.frame(writeBatch([create('Hall'), chat('first'), chat('second')]))
    expect(lines(ann.news())).toEqual(['first', 'second'])
    const asks = Array.from({ length: 33 }, (): CarriedInit => ({ case: 'getRoomInfo', value: {} }))
    await ann.frame(writeBatch([create('Other Hall'), ...asks]))
    const heard = ann.news()
    expect(heard.filter(({ is }) => is === 'roomInfo')).toHaveLength(32)
    expect(heard.filter(({ errorCode }) => errorCode === 'RATE_LIMITED')).toHaveLength(1)
    expect(ann.closedWith()).toBeUndefined()
  })
})

describe('requests and times', () => {
  it('[PR13] a heartbeat comes back with its time; whoever is silent for 60 s is gone', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await at.advance(50_000)
    await ann.say(heartbeat(1_767_290_000_000n), 'h1')
    expect(ann.news()).toMatchObject([{ is: 'heartbeatMessage', timestamp: 1_767_290_000_000n, requestId: 'h1' }])
    await at.advance(11_000)
    expect(ben.closedWith()).toBe(1008)
    expect(ann.closedWith()).toBeUndefined()
    expect(kinds(ann.news())).toContain('userLeftRoom')
  })

  it('[PR14] what is known of a room is answered under the id of the question, from in- and outside', async () => {
    const at = await wire()
    const { ann, code } = await twoPianos(at)
    const cem = await aPianoCalled(at, 'Cem')
    const about = (roomId: string): CarriedInit => ({ case: 'getRoomInfo', value: { roomId } })
    await cem.say(about(code), 'r1')
    await cem.say(about('nowhere'), 'r2')
    await ann.say(about(''), 'r3')
    expect(cem.news().slice(1)).toMatchObject([
      { is: 'roomInfo', requestId: 'r1', roomId: code, userCount: 2 },
      { is: 'errorMessage', requestId: 'r2', errorType: 2, errorCode: 'ROOM_NOT_FOUND' },
    ])
    expect(ann.news()).toMatchObject([{ is: 'roomInfo', requestId: 'r3', roomId: code }])
  })

  it('[PR14] whatever is asked under an id is answered once under it', async () => {
    const at = await wire()
    const { ann } = await twoPianos(at)
    const asks: CarriedInit[] = [
      chat('hello'),
      chat('/help'),
      chat('/kick Nobody'),
      chat('x'.repeat(501)),
      { case: 'midiMessage', value: { midiData: Uint8Array.of(0x90, 60, 1) } },
      { case: 'midiMessage', value: { midiData: Uint8Array.of(1) } },
      { case: 'userStatusUpdate', value: { status: UserStatus.BUSY } },
      { case: 'avatarCommand', value: { action: AvatarAction.UPDATE_POSITION, avatarData: { x: 1, y: 2 } } },
      { case: 'friendRequest', value: { targetUserId: '1' } },
      { case: 'privateMessage', value: { targetUserId: 'Ben', message: 'hi' } },
      { case: 'updateRoomCommand', value: {} },
      { case: 'systemCommand', value: { type: SystemCommandType.SYNC_STATE } },
      { case: 'systemCommand', value: { type: SystemCommandType.UPDATE_PERMISSIONS } },
      { case: 'leaveRoom', value: {} },
      { case: 'leaveRoom', value: {} },
    ]
    for (const [index, ask] of asks.entries()) await ann.say(ask, `ask ${index}`)
    expect(
      ann
        .news()
        .filter(({ requestId }) => requestId !== '')
        .map(({ requestId }) => requestId),
    ).toEqual(asks.map((_, index) => `ask ${index}`))
  })

  it('[PR16] what is no message is an error and harms nobody', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ben.frame('{"type":"hello"}')
    await ben.frame(Uint8Array.of(0xff, 0xff))
    await ben.frame(new Uint8Array(20_000))
    expect(ben.news().map(({ is, errorType, errorCode }) => [is, errorType, errorCode])).toEqual([
      ['errorMessage', 0, 'BAD_FRAME'],
      ['errorMessage', 0, 'BAD_FRAME'],
      ['errorMessage', 0, 'FRAME_TOO_LONG'],
    ])
    expect(ann.news()).toEqual([])
    expect(at.host.errors()).toEqual([])
  })

  it('[PR16] 1000 messages a minute are heard; of more it is told once a second that they are too many', async () => {
    const at = await wire()
    const ann = await aPianoCalled(at, 'Ann')
    for (let count = 0; count < 1_003; count += 1) await ann.say(heartbeat(1n))
    const heard = ann.news()
    expect(heard.filter(({ is }) => is === 'heartbeatMessage')).toHaveLength(1_000)
    expect(heard.filter(({ errorCode }) => errorCode === 'RATE_LIMITED')).toHaveLength(1)
    await at.advance(60_000 - 1)
    await ann.say(heartbeat(1n))
    expect(ann.news()).toMatchObject([{ is: 'heartbeatMessage' }])
    expect(pianorhythmServer.transport).toMatchObject({ compression: true, idleMs: 60_000 })
  })

  it('[PR27] a server that goes down says so, then closes', async () => {
    const at = await wire()
    const { ann } = await twoPianos(at)
    await at.host.server.stop(1_000)
    expect(ann.news().at(-1)).toMatchObject({ is: 'systemCommand', type: SystemCommandType.RECONNECT })
    expect(ann.closedWith()).toBe(1012)
  })
})

describe('beside other wires', () => {
  it('[PR21] people of other wires come, change, are away and go', async () => {
    const at = await wire()
    const { ann, code } = await twoPianos(at)
    const tim = await at.tutti({ code, name: 'Tim' })
    await does(tim, { type: 'rename', name: 'Timo' })
    expect(ann.news()).toMatchObject([
      { is: 'userJoinedRoom', userInfo: { username: 'Tim' } },
      { is: 'userUpdated', userInfo: { username: 'Timo' } },
    ])
    await tim.lose()
    await at.advance(1)
    expect(ann.news()).toMatchObject([{ is: 'userStatusUpdate', status: 1 }])
    await at.advance(40_000)
    await ann.say(heartbeat(1n))
    await at.advance(21_000)
    expect(kinds(ann.heard)).toContain('userLeftRoom')
  })

  it('[PR21] whose role changes is told anew, and so is the room when its owner does', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say({ case: 'leaveRoom', value: {} })
    expect(ben.news()).toMatchObject([
      { is: 'userLeftRoom' },
      { is: 'userUpdated', userInfo: { id: userIdOf(ben), role: 3 } },
      { is: 'roomInfo', ownerId: userIdOf(ben) },
    ])
  })

  it('[PR20] what happens to the film is a line of the system', async () => {
    const at = await wire()
    const { ann, code } = await twoPianos(at)
    const tim = await at.tutti({ code, name: 'Tim' })
    ann.news()
    await does(tim, {
      type: 'set-media',
      media: { durationSec: 600, content: { address: 'https://a.example/b', title: 'Metropolis' } },
    })
    await does(tim, { type: 'play', positionSec: 0 })
    await at.advance(5_000)
    await does(tim, { type: 'seek', positionSec: 65 })
    await does(tim, { type: 'seek', positionSec: 75 })
    await does(tim, { type: 'set-rate', rate: 1.5 })
    await does(tim, { type: 'pause', positionSec: 76 })
    expect(lines(ann.news())).toEqual([
      'Now playing: Metropolis',
      'Tim started the film at 0:00.',
      'Tim moved the film to 1:05.',
      "Tim set the film's speed to 1.5.",
      'Tim stopped the film at 1:16.',
    ])
    await at.advance(5_000)
    const cem = await aPianoCalled(at, 'Cem')
    await cem.say(join(code))
    expect(lines(cem.news())).toEqual(['Stopped: Metropolis, at 1:16'])
  })

  it('[PR23] whoever loses the seat is told why, and that they are out', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    await ann.say(chat('/kick Ben too loud'))
    expect(ben.news()).toMatchObject([
      { is: 'roomChatMessage', messageType: 1 },
      { is: 'errorMessage', errorType: 1, errorCode: 'KICKED', errorDetails: { reason: 'too loud' } },
      { is: 'userLeftRoom', userInfo: { id: userIdOf(ben) } },
    ])
    await ben.say(chat('why'))
    expect(ben.news()).toMatchObject([{ is: 'errorMessage', errorCode: 'NOT_IN_ROOM' }])
  })
})

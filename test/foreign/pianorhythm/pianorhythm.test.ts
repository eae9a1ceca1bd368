/** The scripted PianoRhythm server and client against each other, and the spelling against the bytes that the notes on the page give. */
import { expect, it } from 'vitest'
import { createScene, holds } from '../scene'
import { createPianoRhythmClient, type PianoRhythmClientOptions } from './client'
import { createPianoRhythm, type PianoRhythmQuirks } from './server'
import { createWire } from './wire'

const URL_OF_ALL = 'ws://server/api/websocket'

function stage(quirks: PianoRhythmQuirks = {}) {
  const scene = createScene()
  const server = createPianoRhythm({ time: scene.clock, quirks })
  const client = (more: Partial<PianoRhythmClientOptions> = {}) => {
    const one = createPianoRhythmClient({ url: URL_OF_ALL, time: scene.clock, dial: server.dial, ...more })
    one.connect()
    return one
  }
  const couple = async () => {
    const ada = client()
    ada.create('My Piano Room', { settings: { welcome_message: 'Hi' } })
    await scene.until(ada.isIn)
    const bob = client({ url: `${URL_OF_ALL}/opaque` })
    bob.join('My Piano Room')
    await scene.until(() => bob.isIn() && ada.members().length === 2)
    return { ada, bob }
  }
  return { ...scene, server, quirks, client, couple }
}

it('spells the join as the page does, and reads back what it spelled', () => {
  const wire = createWire()
  const bytes = wire.encode({ joinRoomByName: { room_name: 'My Piano Room', password: '' } })
  expect(Buffer.from(bytes).toString('hex')).toBe(`220f0a0d${Buffer.from('My Piano Room').toString('hex')}`)
  const note = {
    midiMessage: { midi_data: Uint8Array.of(0x90, 0x3c, 0x64), timestamp: 1_767_290_000_000, user_id: 'u1' },
  }
  expect(wire.decode(wire.encode(note))).toEqual(note)
  expect(wire.decode(Uint8Array.of(0x22, 0x0f, 0x0a))).toBeUndefined()
  expect(createWire({ ServerMessage: { welcome: 200 } }).numberOf('ServerMessage', 'welcome')).toBe(200)
})

it('rooms, chat, commands, notes and requests', async () => {
  const { couple, run, client, server } = stage()
  const { ada, bob } = await couple()
  bob.chat('hello')
  bob.chat('/kick ada')
  ada.press(60)
  ada.press(64)
  ada.release(60)
  const asked = bob.askRoomInfo(bob.room()?.id ?? '')
  await run(100)
  expect(ada.lines().at(-1)).toMatchObject({ from: bob.me()?.name, text: 'hello' })
  expect(bob.lines()[0]).toMatchObject({ text: 'Hi', type: 1 })
  expect([bob.held(), bob.errors]).toEqual([[`${ada.me()?.id} 64`], ['For moderators only']])
  expect(bob.answerTo(asked)).toMatchObject({ roomInfo: { user_count: 2 } })
  const eve = client()
  eve.join('My Piano Room', 'guess')
  await run(31_000)
  expect([eve.refused(), ada.heartbeatsBack()]).toEqual(['Wrong password', 1])
  bob.stop()
  await run(100)
  expect(ada.members()).toHaveLength(1)
  expect([...ada.stumbles, ...bob.stumbles, ...server.harms]).toEqual([])
})

it('without a welcome it joins after 5 s; a lost line is back after a second', async () => {
  const { client, run, server } = stage({ noWelcome: true, textErrors: true })
  server.makeRoom('Lobby')
  const ada = client()
  ada.join('Lobby')
  await run(5100)
  expect(ada.isIn()).toBe(true)
  ada.askRoomInfo('nowhere')
  await run(100)
  server.cutAll()
  await run(1100)
  expect([ada.errors, ada.closes]).toEqual([['Room not found'], [1006]])
})

it('broken frames, unknown members and times that no number holds make it stumble, not fall', async () => {
  const { couple, run, quirks, server } = stage()
  const { ada, bob } = await couple()
  Object.assign(quirks, { oddTypes: true, brokenEvery: 2, lateMs: [0, 40] })
  ada.press(60)
  ada.chat('still here')
  bob.sayRaw('text')
  await run(200)
  expect(bob.lines().at(-1)?.text).toBe('still here')
  expect(bob.stumbles.length).toBeGreaterThan(1)
  expect(server.harms).toHaveLength(1)
})

it('over real sockets', async () => {
  const server = createPianoRhythm()
  const url = await server.listen()
  const ada = createPianoRhythmClient({ url: `${url.replace('http', 'ws')}/api/websocket`, token: 'abc' })
  ada.connect()
  ada.joinLobby()
  await holds(ada.isIn)
  expect(ada.socketId()).toBe('socket-1')
  ada.stop()
  await server.stop()
})

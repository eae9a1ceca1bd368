/** The scripted OpenWatchParty server and client against each other. */
import { expect, it } from 'vitest'
import { createScene, holds } from '../scene'
import { createOpenWatchPartyClient, type OpenWatchPartyClientOptions } from './client'
import { createOpenWatchParty, type OpenWatchPartyQuirks } from './server'
import { makeToken } from './token'

function stage(quirks: OpenWatchPartyQuirks = {}) {
  const scene = createScene()
  const server = createOpenWatchParty({ time: scene.clock, quirks })
  const client = async (name: string, more: Partial<OpenWatchPartyClientOptions> = {}) => {
    const one = createOpenWatchPartyClient({
      url: 'ws://server/ws',
      name,
      time: scene.clock,
      dial: server.dial,
      ...more,
    })
    one.connect()
    await scene.until(() => one.told.length >= 3)
    return one
  }
  const couple = async () => {
    const ada = await client('Ada')
    ada.create(10)
    await scene.until(ada.isIn)
    const bob = await client('Bob')
    bob.join(bob.rooms()[0]?.id ?? '')
    await scene.until(() => bob.isIn() && ada.members() === 2)
    return { ada, bob }
  }
  return { ...scene, server, quirks, client, couple }
}

it('hello, list, room; a play counts 300 ms later for everybody but the host; chat reaches its sender', async () => {
  const { couple, run, server } = stage()
  const { ada, bob } = await couple()
  expect([ada.isHost(), bob.isHost(), ada.members(), bob.room()?.name]).toEqual([true, false, 2, 'Room de Ada'])
  ada.play()
  await run(100)
  expect([bob.playing(), bob.position()]).toEqual([false, 10])
  await run(5200)
  expect(bob.position()).toBeCloseTo(ada.position(), 0)
  ada.seek(60)
  ada.pause()
  await run(100)
  expect([bob.position(), bob.playing()]).toEqual([60, false])
  bob.chat('hello')
  await run(100)
  expect([ada.lines(), bob.lines()]).toEqual([[{ from: 'Bob', text: 'hello' }], [{ from: 'Bob', text: 'hello' }]])
  ada.stop()
  await run(100)
  expect([bob.closedBecause(), bob.rooms()]).toEqual(['Host left the room', []])
  expect([...ada.stumbles, ...bob.stumbles, ...server.harms]).toEqual([])
})

it('whoever is forgotten after silence still has an open socket, and hears nothing', async () => {
  const { couple, run, server } = stage()
  const { ada, bob } = await couple()
  server.forget('Bob')
  await run(100)
  const heard = bob.told.length
  ada.seek(60)
  bob.chat('anybody?')
  await run(20_000)
  expect([bob.isOpen(), bob.told.length, ada.members()]).toEqual([true, heard, 1])
})

it('a secret asks for a token; a time that is no integer, or a stranger who acts, gets what the living one gives', async () => {
  const { client, run, server, clock } = stage({ secret: 'dark', origins: '*' })
  const ada = await client('Ada', { origin: 'chrome-extension://abc' })
  ada.create()
  await run(100)
  expect(ada.errors).toEqual(['Authentication required'])
  const bob = await client('Bob', { token: makeToken({ sub: '1', name: 'Bob' }, 'dark', clock.nowMs()) })
  bob.create()
  await run(100)
  expect([bob.isAuthed(), bob.isIn()]).toEqual([true, true])
  ada.sayRaw('{"type":"ping","ts":1.5}')
  ada.sayRaw(`{"type":"player_event","room":"${bob.room()?.id}","payload":{"action":"play","position":0},"ts":1}`)
  await run(100)
  expect(ada.errors).toContain('Invalid message format')
  expect(server.harms).toHaveLength(1)
})

it('an Origin that is not on the list gets no socket; the generation before knows no chat', async () => {
  const { run, clock, server, couple, quirks } = stage()
  const lost = createOpenWatchPartyClient({
    url: 'ws://server/ws',
    time: clock,
    dial: server.dial,
    origin: 'https://a.example',
  })
  lost.connect()
  await run(3500)
  expect(lost.closes).toEqual([1006, 1006, 1006])
  quirks.r0 = true
  const { bob } = await couple()
  bob.chat('hello')
  await run(100)
  expect([bob.errors, bob.lines()]).toEqual([['Unknown message type', 'Unknown message type'], []])
})

it('what a host sends wrong is relayed wrong, and late, twice and out of order frames come as well', async () => {
  const { couple, run, quirks } = stage({ lateMs: [20, 200], duplicated: 0.3 })
  const { ada, bob } = await couple()
  Object.assign(quirks, { oddTypes: true, reordered: 0.3 })
  ada.play()
  await run(3000)
  expect(bob.stumbles.length).toBeGreaterThan(0)
})

it('over real sockets', async () => {
  const server = createOpenWatchParty()
  const url = await server.listen()
  const ada = createOpenWatchPartyClient({ url: `${url.replace('http', 'ws')}/ws`, origin: 'http://localhost:8096' })
  ada.connect()
  await holds(() => ada.told.length >= 3)
  ada.create()
  await holds(ada.isIn)
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok', auth_enabled: false })
  ada.stop()
  await server.stop()
})

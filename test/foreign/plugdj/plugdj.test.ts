/** The scripted plug.dj and its scripted libraries against each other, and one of the real libraries against it. */
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { createScene, holds } from '../scene'
import { createPlugdjClient, type Library, type PlugdjClientOptions } from './client'
import { createPlugdj, type PlugdjQuirks } from './server'

/** The libraries have no types. */
const real = createRequire(import.meta.url)
const SONG = { cid: 'dQw4w9WgXcQ', title: 'Song', author: 'Band', duration: 120, format: 1 }
const OTHER = { ...SONG, cid: '9bZkp7q19f0', title: 'Other', duration: 60 }
const LIBRARIES: readonly Library[] = ['plugapi', 'miniplug', 'plugged']

function stage(quirks: PlugdjQuirks = {}) {
  const scene = createScene()
  const server = createPlugdj({ time: scene.clock, quirks })
  for (const name of ['Ada', 'Bob']) server.makePerson(name)
  for (const slug of ['tastycat', 'other']) server.makeCommunity(slug)
  const client = (name: string | undefined, more: Partial<PlugdjClientOptions> = {}) =>
    createPlugdjClient({
      server: 'http://server',
      time: scene.clock,
      dial: server.dial,
      ask: server.ask,
      ...(name === undefined ? {} : { login: { email: `${name.toLowerCase()}@example.org`, password: 'secret' } }),
      ...more,
    })
  const enter = async (name?: string, more: Partial<PlugdjClientOptions> = {}) => {
    const one = client(name, more)
    await one.join('tastycat')
    await scene.until(one.isIn)
    return one
  }
  return { ...scene, server, quirks, client, enter }
}

it.each(LIBRARIES)('%s logs in as user and as guest, takes its turn, votes and chats', async (library) => {
  const { enter, run, server } = stage()
  const ada = await enter('Ada', { library })
  const bob = await enter('Bob', { library })
  const guest = await enter(undefined, { library })
  expect((await ada.joinWaitList()).status).toBe('noValidPlaylist')
  await ada.makePlaylist('mine', [SONG, OTHER])
  const shelf = await bob.makePlaylist('mine', [OTHER])
  await ada.joinWaitList()
  await run(100)
  await bob.joinWaitList()
  await run(5000)
  expect(bob.current()?.title).toBe('Song')
  expect(bob.position()).toBeCloseTo(5.1, 1)
  await bob.woot()
  await bob.grab(shelf)
  bob.chat("I'm <here>")
  await run(100)
  expect([...ada.votes().values()]).toEqual([1])
  expect(ada.lines()).toEqual([{ from: 'Bob', text: "I'm <here>" }])
  expect(ada.guests()).toBe(1)
  await run(120_000)
  expect(guest.current()?.title).toBe('Other')
  expect(ada.waitList()).toHaveLength(1)
  await bob.leaveWaitList()
  await ada.leaveWaitList()
  await run(100)
  expect(guest.playing()).toBe(false)
  expect([...ada.stumbles, ...bob.stumbles, ...guest.stumbles, ...server.harms]).toEqual([])
})

it('plugapi never gets in on a numeric ack, nor into a room without history', async () => {
  const { client, enter, run, quirks, server } = stage({ numericAck: true })
  const ada = client('Ada')
  await ada.join('tastycat')
  await run(5000)
  expect([ada.isAcked(), ada.isIn()]).toEqual([false, false])
  expect((await enter('Bob', { library: 'miniplug' })).isIn()).toBe(true)
  Object.assign(quirks, { numericAck: false, emptyHistory: true })
  server.makeCommunity('empty')
  const late = client('Ada')
  await late.join('empty')
  await run(5000)
  expect([late.isAcked(), late.isIn()]).toEqual([true, false])
})

it.each([
  ['plugapi', 1000, 'comes back after 15 s'],
  ['miniplug', 3001, 'gives up after 25 s'],
] as const)('silence: %s closes with %i and %s', async (library, code, _) => {
  const { enter, run, quirks } = stage()
  const ada = await enter('Ada', { library })
  await run(60_000)
  expect(ada.closes).toEqual([])
  quirks.noHeartbeat = true
  await run(36_000)
  expect(ada.closes[0]).toBe(code)
  expect(ada.told.filter(({ a }) => a === 'ack').length > 1).toBe(library === 'plugapi')
})

it('somebody signs up, makes a community and enters it; late answers and a closed door make it late, no more', async () => {
  const { client, run, until, quirks } = stage({ turnAway: 1, answersLateMs: 50 })
  const eve = client(undefined, { login: { email: 'eve@example.org', password: 'secret' } })
  const done = eve.signUp('Eve').then(() => eve.join())
  await until(() => quirks.turnAway === 0)
  await until(eve.isAcked)
  await done
  const made = eve.makeRoom('New Room')
  await run(100)
  const moved = eve.move(await made)
  await until(eve.isIn)
  await moved
  expect([eve.members().map(({ name }) => name), eve.closes]).toEqual([['Eve'], [1006]])
})

it('the end of the playback, as some tell it, breaks plugged', async () => {
  const { enter, run, server } = stage({ endOfPlayback: 'nulls' })
  const ada = await enter('Ada', { library: 'plugged' })
  server.play('tastycat', SONG)
  server.endPlayback('tastycat')
  await run(100)
  expect(ada.stumbles).toEqual(['An advance whose media is null.'])
})

it('an event of the room that was left is told apart by its slug; odd spellings are told too', async () => {
  const { enter, run, server } = stage({ staleRoom: true, oddTypes: true, batched: true })
  const ada = await enter('Ada')
  await ada.move('other')
  server.play('tastycat', SONG)
  await run(1000)
  expect(ada.told.map(({ a, s }) => `${a} ${s}`)).toContain('advance tastycat')
  expect(ada.current()).toBeNull()
})

it('wrong types, line breaks and long lines are dropped without a word, and are noted', async () => {
  const { enter, run, server } = stage()
  const ada = await enter('Ada')
  ada.sayRaw('{"a":"chat","p":"x","t":"soon"}')
  ada.chat('two\nlines')
  ada.chat('&'.repeat(60))
  await run(100)
  expect(ada.lines()).toEqual([])
  expect(server.harms).toHaveLength(3)
})

it('over real sockets, with a body in GET', async () => {
  const server = createPlugdj({ quirks: { onlyOrigin: 'https://plug.dj' } })
  const url = await server.listen()
  server.makePerson('Ada')
  server.play('tastycat', SONG, 30)
  const login = { email: 'ada@example.org', password: 'secret' }
  const ada = createPlugdjClient({ server: url, library: 'plugged', login })
  await ada.join('tastycat')
  await holds(ada.isIn)
  expect(ada.position()).toBeGreaterThan(29)
  ada.chat('hello')
  await holds(() => ada.lines().length === 1)
  ada.leave()
  await server.stop()
})

it('the real plug-login and plug-socket log in and hear an advance', async () => {
  type Socket = { on(event: string, run: (parameter: { m: { title: string } }) => void): void; close(): void }
  const login = real('plug-login') as {
    user(email: string, password: string, options: object): Promise<{ token: string; cookie: string }>
    guest(options: object): Promise<{ token: string }>
  }
  const socket = real('plug-socket') as (token: string, options: object) => Socket
  const server = createPlugdj()
  const host = await server.listen()
  server.makePerson('Ada')
  server.makeCommunity('tastycat')
  expect((await login.guest({ host, authToken: true })).token).toHaveLength(172)
  const { token, cookie } = await login.user('ada@example.org', 'secret', { host, authToken: true })
  const ws = socket(token, { url: `${host.replace('http', 'ws')}/socket` })
  await new Promise<void>((resolve) => ws.on('ack', () => resolve()))
  const headers = { cookie, 'content-type': 'application/json' }
  await fetch(`${host}/_/rooms/join`, { method: 'POST', headers, body: '{"slug":"tastycat"}' })
  const title = new Promise<string>((resolve) => ws.on('advance', ({ m }) => resolve(m.title)))
  server.play('tastycat', SONG)
  expect(await title).toBe('Song')
  ws.close()
  await server.stop()
})

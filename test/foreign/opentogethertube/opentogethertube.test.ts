/** The scripted OpenTogetherTube server and clients against each other, and the client against frames that a living server once sent. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Fields } from '../json'
import { createScene, holds } from '../scene'
import { createOpenTogetherTubeClient, type OpenTogetherTubeClientOptions } from './client'
import { createOpenTogetherTube, type OpenTogetherTubeQuirks } from './server'

const CAPTURED = new URL('./captured.jsonl', import.meta.url)

function stage(quirks: OpenTogetherTubeQuirks = {}) {
  const scene = createScene()
  const server = createOpenTogetherTube({ time: scene.clock, quirks })
  server.makeRoom('movies')
  const client = (more: Partial<OpenTogetherTubeClientOptions> = {}) =>
    createOpenTogetherTubeClient({
      server: 'http://server',
      room: 'movies',
      time: scene.clock,
      dial: server.dial,
      ask: server.ask,
      ...more,
    })
  const enter = async (more: Partial<OpenTogetherTubeClientOptions> = {}) => {
    const one = client(more)
    await one.join()
    await scene.until(one.isIn)
    return one
  }
  return { ...scene, server, quirks, client, enter }
}

it('two official clients share queue, clock, chat and names', async () => {
  const { enter, run, server } = stage()
  const ada = await enter()
  const bob = await enter()
  expect(ada.told.map(({ action }) => action).slice(0, 6)).toEqual(['sync', 'event', 'sync', 'user', 'user', 'you'])
  expect((await ada.addUrl('https://youtu.be/dQw4w9WgXcQ')).status).toBe(200)
  await run(2000)
  expect(bob.current()?.title).toBe('Fixture One')
  ada.play()
  await run(1000)
  bob.seek(42.5)
  await run(1000)
  expect(bob.position()).toBeCloseTo(43.5, 1)
  expect(ada.position()).toBeCloseTo(bob.position(), 2)
  ada.speed(1.5)
  await run(1000)
  expect(bob.rate()).toBe(1.5)
  bob.chat('hello <b>world</b>')
  await bob.rename('Bob')
  bob.status('buffering')
  await run(1000)
  expect(ada.lines()).toMatchObject([{ text: 'hello <b>world</b>' }])
  expect(ada.members().map(({ name, status }) => [name, status])).toContainEqual(['Bob', 'buffering'])
  bob.leave()
  await run(100)
  expect(ada.members()).toHaveLength(1)
  expect([...ada.stumbles, ...server.harms]).toEqual([])
})

it('a program written from the published page is turned away at / and counted twice in the room', async () => {
  const { enter, client, run, server } = stage()
  const lost = client({ flow: 'documented' })
  await lost.join()
  await run(100)
  expect(lost.closes).toEqual([4001])
  lost.leave()
  const one = await enter({ flow: 'documented', path: '/api/room/movies', name: 'Page' })
  one.status('buffering')
  await run(100)
  expect(server.rooms.get('movies')?.users).toHaveLength(2)
  expect(server.harms).toHaveLength(2)
})

it('a lost line is dialled again with reconnect=true; a code from 4000 on is final', async () => {
  const { enter, run, server, quirks } = stage({ lateMs: [10, 80], duplicated: 0.3, reordered: 0.3 })
  const ada = await enter()
  server.cutAll()
  await run(2000)
  expect(ada.isIn()).toBe(true)
  expect(server.received.flatMap((one) => (one.kind === 'open' ? [one.path] : []))).toEqual([
    '/api/room/movies',
    '/api/room/movies?reconnect=true',
  ])
  quirks.mute = true
  server.unload('movies')
  await run(60_000)
  expect(ada.closes).toEqual([1006, 4003])
})

it('a polluted room says text for numbers, and the living client loses its place', async () => {
  const { enter, server } = stage({ oddTypes: true })
  const ada = await enter()
  expect(ada.position()).toBeNaN()
  expect(ada.stumbles.length).toBeGreaterThan(0)
  expect(server.harms).toEqual([])
})

it('one frame that is no JSON ends the whole server', async () => {
  const { enter, run, server } = stage()
  const ada = await enter()
  const bob = await enter()
  bob.sayRaw('not json')
  await run(100)
  expect(server.isDead()).toBe(true)
  expect(ada.closes).toEqual([1006])
  await expect(ada.rest('GET', '/status')).rejects.toThrow()
})

it('the same over real sockets', async () => {
  const server = createOpenTogetherTube()
  const url = await server.listen()
  server.makeRoom('movies')
  const ada = createOpenTogetherTubeClient({ server: url, room: 'MOVIES', origin: 'chrome-extension://abc' })
  await ada.join()
  await holds(ada.isIn)
  ada.chat('hello')
  await holds(() => ada.lines().length === 1)
  expect((await ada.rest('GET', '/room/list')).body).toMatchObject([{ name: 'movies', users: 1 }])
  ada.leave()
  await holds(() => server.guests.size === 0)
  await server.stop()
})

type Row = { t: number; kind: string; client?: string; dir?: string; raw?: string; path?: string }
const rows = readFileSync(CAPTURED, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)

it('the frames of a living server lead the official client where they led that one', async () => {
  const { clock, client } = stage()
  const ada = client()
  const startMs = clock.nowMs()
  const at = async (untilMs: number, from = 0) => {
    for (const { t, kind, client, dir, raw } of rows.filter((row) => row.t > from && row.t <= untilMs))
      if (kind === 'ws' && client === 'A' && dir === 's2c' && raw) {
        await clock.advance(startMs + t - clock.nowMs())
        ada.hear(raw)
      }
    await clock.advance(startMs + untilMs - clock.nowMs())
    return untilMs
  }
  let now = await at(9000)
  expect(ada.position()).toBeCloseTo(42.551 + 0.401, 3)
  now = await at(12_950, now)
  expect(ada.rate()).toBe(1.5)
  expect(ada.members()).toHaveLength(2)
  now = await at(15_300, now)
  expect(ada.current()?.title).toBe('Fixture Two')
  expect(ada.queue()).toMatchObject([{ title: 'Fixture One', startAt: 15.216 }])
  now = await at(18_900, now)
  expect(ada.position()).toBeNaN()
  await at(32_000, now)
  expect(ada.members().map(({ name }) => name)).toEqual(['NewNameA'])
  expect(ada.lines()).toHaveLength(1)
})

it('the frames that were said to a living server make the scripted one say the same kinds of things', async () => {
  const { clock, server } = stage()
  const heard: Record<string, Fields[]> = {}
  const startMs = clock.nowMs()
  const names = new Map<string, string>()
  const channels = new Map<string, ReturnType<typeof server.dial>>()
  for (const row of rows.filter(({ t }) => t > 1500 && t < 18_200)) {
    await clock.advance(startMs + row.t - clock.nowMs())
    const { kind, client = '', path = '', raw = '' } = row
    if (kind === 'ws-open') {
      const token = (
        JSON.parse((await server.ask({ method: 'GET', url: '/api/auth/grant' })).body) as { token: string }
      ).token
      names.set(client, token)
      heard[client] = []
      const hears = {
        onOpen() {},
        onClose() {},
        onFrame: (frame: unknown) => void heard[client]?.push(JSON.parse(String(frame)) as Fields),
      }
      channels.set(client, server.dial(path.replace('capture-room', 'movies'), hears))
    } else if (kind === 'ws' && row.dir === 'c2s') {
      channels.get(client)?.send(raw.replace(/"token":".*"/, `"token":"${names.get(client)}"`))
    } else if (kind === 'http') {
      const asked = (row as unknown as { req: { method: string; path: string; body?: unknown } }).req
      if (!asked.path.startsWith('/api/auth'))
        await server.ask({
          method: asked.method,
          url: asked.path.replace('capture-room', 'movies'),
          headers: { authorization: `Bearer ${names.get('A')}` },
          body: JSON.stringify(asked.body),
        })
    }
  }
  await clock.advance(1000)
  const shape = (message: Fields): string => {
    const { action, ...rest } = message
    if (action === 'event') return `event ${String((rest['request'] as Fields)['type'])}`
    return action === 'sync' && !('name' in rest)
      ? `sync ${Object.keys(rest)
          .filter((key) => key !== 'videoSegments')
          .sort()
          .join()}`
      : String(action)
  }
  const living = rows.flatMap(({ t, kind, client, dir, raw }) =>
    t > 1500 && t < 18_200 && kind === 'ws' && client === 'A' && dir === 's2c' && raw
      ? [JSON.parse(raw) as Fields]
      : [],
  )
  expect(heard['A']?.map(shape)).toEqual(living.map(shape))
})

import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { wrongClock } from './network.mjs'
import { type Proxy, startProxy, textOf } from './proxy.mjs'

const SINCE_MS = 1_790_000_000_000
const PATH = { baseMs: 20, jitterMs: 5 }

let server: WebSocketServer
let proxy: Proxy
let client: WebSocket
let atServer: WebSocket
beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  const clock = wrongClock({ behindMs: 300, driftPpm: 0 }, SINCE_MS)
  proxy = await startProxy({ upstream: `http://127.0.0.1:${bound.port}`, path: PATH, seed: 1, clock })
  server.on('connection', (socket) => socket.send('"welcome"'))
  const connected = once(server, 'connection')
  client = new WebSocket(`${proxy.address.replace('http', 'ws')}/tutti`, { origin: 'https://film.example' })
  const first = heard(client, 1)
  await once(client, 'open')
  const [socket, request] = await connected
  // Whoever speaks first is heard.
  expect(await first).toEqual(['"welcome"'])
  atServer = socket
  expect(request.url).toBe('/tutti')
  expect(request.headers.origin).toBe('https://film.example')
})
afterEach(async () => {
  client.terminate()
  await proxy.close()
  server.close()
})

const heard = (socket: WebSocket, count: number): Promise<string[]> =>
  new Promise((resolve) => {
    const texts: string[] = []
    socket.on('message', (data) => {
      texts.push(textOf(data))
      if (texts.length === count) resolve(texts)
    })
  })

it('[E63] frames come through in order, no sooner than the path allows, and none during a pause', async () => {
  const up = heard(atServer, 50)
  const sentMs = performance.now()
  for (let index = 0; index < 50; index++) client.send(JSON.stringify(index))
  expect(await up).toEqual(Array.from({ length: 50 }, (_, index) => `${index}`))
  // A millisecond for whole-numbered timers.
  expect(performance.now() - sentMs).toBeGreaterThan(PATH.baseMs - PATH.jitterMs - 1)

  const down = heard(client, 1)
  const pausedMs = performance.now()
  atServer.send('"before"')
  proxy.pause(150)
  expect(await down).toEqual(['"before"'])
  expect(performance.now() - pausedMs).toBeGreaterThan(149)
})

it('[E64] the client sees the server’s moments by its own wrong clock, the server sees them right', async () => {
  const down = heard(client, 1)
  atServer.send(JSON.stringify({ atMs: SINCE_MS, positionSec: 3 }))
  expect(await down).toEqual([JSON.stringify({ atMs: SINCE_MS + 300, positionSec: 3 })])
  const up = heard(atServer, 1)
  client.send(JSON.stringify({ heardAtMs: SINCE_MS + 300 }))
  expect(await up).toEqual([JSON.stringify({ heardAtMs: SINCE_MS })])
})

it('[E63] an end on either side is told to the other, with its code', async () => {
  atServer.close(4001, 'elsewhere')
  const [code, reason] = await once(client, 'close')
  expect([code, String(reason)]).toEqual([4001, 'elsewhere'])
})

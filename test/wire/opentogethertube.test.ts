/** OpenTogetherTube over real sockets: living clients, and ours, against the whole server on its port. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createRoomClient, type RoomClientState } from '../../src/client/room-client'
import { openTogetherTubeClient } from '../../src/dialects/opentogethertube/client'
import { systemClock } from '../../src/platform/clock'
import type { Fetch } from '../../src/platform/fetch'
import { openNodeSocket } from '../../src/platform/node-socket'
import { systemRandom } from '../../src/platform/random'
import { systemTimers } from '../../src/platform/timers'
import type { Log } from '../../src/server/log'
import { type RunningServer, startServer } from '../../src/server/server'
import { createOpenTogetherTubeClient } from '../foreign/opentogethertube/client'
import { holds } from '../foreign/scene'

const line = (): void => {}
const log: Log = { debug: line, info: line, warn: line, error: line }

let dataDir: string
let server: RunningServer

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tutti-tube-'))
  server = await startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'silent' }, log)
})
afterEach(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true })
})

const onRealSockets: Fetch = async ({ url, method, headers, body }) => {
  const response = await fetch(url, { method, headers, ...(body !== '' && { body }) })
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
}

it('[OT1, OT2, OT9, OT20] an official client makes a room, and ours walks in', async () => {
  const ada = createOpenTogetherTubeClient({ server: server.url, room: 'movies', origin: 'chrome-extension://abc' })
  await ada.grant()
  expect((await ada.createRoom('movies', { title: 'Films' })).status).toBe(201)
  await ada.join()
  await holds(ada.isIn)
  expect((await ada.addUrl('https://youtu.be/dQw4w9WgXcQ')).status).toBe(200)

  let state: RoomClientState | undefined
  const ours = createRoomClient({
    openSocket: openNodeSocket,
    fetch: onRealSockets,
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    dialectOf: () => openTogetherTubeClient,
    onChange: (now) => {
      state = now
    },
    onReports: line,
    onSignal: line,
    onClock: line,
    onToken: line,
    onSeat: line,
    onFrame: line,
  })
  const room = () => (state?.kind === 'in-room' ? state.room : undefined)
  const door = { kind: 'code', code: 'MOVIES' } as const
  ours.enter({ dialect: 'opentogethertube', server: server.url, door, name: 'Bob' })
  await holds(() => room() !== undefined)
  expect(room()).toMatchObject({
    settings: { shown: { title: 'Films' } },
    media: { content: { address: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ' } },
  })
  await holds(() => ada.members().some(({ name }) => name === 'Bob'))
  expect(await ours.command({ type: 'seek', positionSec: 42 })).toBeUndefined()
  expect(await ours.command({ type: 'play', positionSec: 42 })).toBeUndefined()
  await holds(() => ada.playing() && ada.position() >= 42)
  ada.chat('hello')
  await holds(() => room()?.chat.some(({ content }) => content.text === 'hello') === true)
  ours.leave()
  await holds(() => ada.members().length === 1)
  expect([ada.stumbles, ada.closes]).toEqual([[], []])
  ada.leave()
})

it('[OT3, OT16] the published path has its room, and what is no JSON costs nobody else anything', async () => {
  const [one, two] = ['Page', 'Other'].map((name) =>
    createOpenTogetherTubeClient({ server: server.url, flow: 'documented', name }),
  )
  if (!one || !two) throw new Error('two were made')
  await one.join()
  await two.join()
  await holds(() => one.members().length === 2 && two.isIn())
  two.sayRaw('not json')
  await holds(() => two.closes.includes(4000) && one.members().length === 1)
  expect((await (await fetch(server.url)).text()).length).toBeGreaterThan(0)
  one.leave()
  two.leave()
})

/** FrameTogether, OpenSyncParty and OpenWatchParty over real sockets: clients written from their pages alone, and ours, at the whole server on its port. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createRoomClient, type RoomClientState } from '../../src/client/room-client'
import { clientDialect } from '../../src/dialects/index'
import { systemClock } from '../../src/platform/clock'
import { openNodeSocket } from '../../src/platform/node-socket'
import { systemRandom } from '../../src/platform/random'
import { systemTimers } from '../../src/platform/timers'
import type { Log } from '../../src/server/log'
import { type RunningServer, startServer } from '../../src/server/server'
import { createFrameTogetherClient } from '../foreign/frametogether/client'
import { createOpenSyncPartyClient } from '../foreign/opensyncparty/client'
import { createOpenWatchPartyClient } from '../foreign/openwatchparty/client'
import { holds } from '../foreign/scene'

const line = (): void => {}
const log: Log = { debug: line, info: line, warn: line, error: line }
const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'

let dataDir: string
let server: RunningServer
let sockets: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tutti-parties-'))
  server = await startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'silent' }, log)
  sockets = server.url.replace('http', 'ws')
})
afterEach(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true })
})

/** Ours, in a room of that wire. */
function ours(dialect: string, code: string) {
  let state: RoomClientState | undefined
  const client = createRoomClient({
    openSocket: openNodeSocket,
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    dialectOf: clientDialect,
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
  client.enter({ dialect, server: server.url, door: { kind: 'code', code }, name: 'Bob' })
  return { client, room: () => (state?.kind === 'in-room' ? state.room : undefined) }
}

it.each([undefined, EXTENSION, 'https://films.example'])(
  '[FT1] a socket that comes with the origin %s is taken',
  async (origin) => {
    const socket = new WebSocket(`${sockets}/sync`, origin === undefined ? {} : { origin })
    await once(socket, 'open')
    socket.send('{"type":"Create"}')
    const [data] = (await once(socket, 'message')) as [Buffer]
    expect(JSON.parse(data.toString())).toMatchObject({ type: 'RoomCreated' })
    socket.close()
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  },
)

it('[FT1, FT4, FT9] FrameTogether: one of theirs leads, one of theirs and ours follow', async () => {
  const host = createFrameTogetherClient({ server: sockets, origin: EXTENSION })
  host.create()
  await holds(host.isIn)
  const viewer = createFrameTogetherClient({ server: sockets })
  viewer.join(host.room() ?? '')
  await holds(viewer.isIn)
  const me = ours('frametogether', host.room() ?? '')
  await holds(() => me.room() !== undefined)
  host.seek(60)
  host.play()
  await holds(() => viewer.playing() && viewer.position() > 59 && me.room()?.timeline.current.playing === true)
  host.leave()
  await holds(() => viewer.isHost())
  expect([host.stumbles, viewer.stumbles]).toEqual([[], []])
  me.client.leave()
  viewer.stop()
  host.stop()
})

it('[OS3, OS4, OS6] OpenSyncParty: one of theirs leads, one of theirs and ours follow', async () => {
  const url = `${sockets}/OpenSyncParty/ws`
  const host = createOpenSyncPartyClient({ url, kind: 'plugin', id: 'c-1' })
  host.create()
  await holds(host.isIn)
  const viewer = createOpenSyncPartyClient({ url, kind: 'overlay', id: 'c-2', name: 'Eve' })
  viewer.join()
  await holds(viewer.isIn)
  const me = ours('opensyncparty', 'movie-night')
  await holds(() => me.room()?.members.length === 3)
  host.seek(60)
  host.play()
  await holds(() => viewer.playing() && viewer.position() > 59 && me.room()?.timeline.current.playing === true)
  host.leave()
  await holds(() => viewer.isHost())
  expect([host.stumbles, viewer.stumbles]).toEqual([[], []])
  me.client.leave()
  viewer.stop()
  host.stop()
})

it('[OW5, OW7, OW11] OpenWatchParty: one of theirs leads, one of theirs and ours follow, until the host goes', async () => {
  const url = `${sockets}/ws`
  const host = createOpenWatchPartyClient({ url, name: 'Ada', origin: 'http://localhost:8096' })
  host.connect()
  await holds(() => host.me() !== undefined)
  host.create()
  await holds(host.isIn)
  const viewer = createOpenWatchPartyClient({ url, name: 'Eve' })
  viewer.connect()
  await holds(() => viewer.me() !== undefined)
  viewer.join(host.room()?.id ?? '')
  const me = ours('openwatchparty', host.room()?.id ?? '')
  await holds(() => viewer.isIn() && me.room()?.members.length === 3)
  host.seek(60)
  host.play()
  await holds(() => viewer.playing() && viewer.position() > 59)
  expect(await me.client.command({ type: 'say', text: 'Hello' })).toBeUndefined()
  await holds(() => viewer.lines().some(({ text }) => text === 'Hello'))
  host.leaveRoom()
  await holds(() => viewer.closedBecause() === 'Host left the room' && me.client.state().kind === 'outside')
  expect([host.stumbles, viewer.stumbles]).toEqual([[], []])
  viewer.stop()
  host.stop()
})

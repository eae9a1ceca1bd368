/** PianoRhythm over real sockets: clients by script against the whole server on its port. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createRoomClient, type RoomClientState } from '../../src/client/room-client'
import type { NoteBatch } from '../../src/core/notes/note'
import { clientDialect } from '../../src/dialects/index'
import { systemClock } from '../../src/platform/clock'
import { openNodeSocket } from '../../src/platform/node-socket'
import { systemRandom } from '../../src/platform/random'
import { systemTimers } from '../../src/platform/timers'
import type { Log } from '../../src/server/log'
import { type RunningServer, startServer } from '../../src/server/server'
import { OUR_NUMBERS } from '../dialects/pianorhythm/our-numbers'
import { createPianoRhythmClient } from '../foreign/pianorhythm/client'
import { holds } from '../foreign/scene'

const line = (): void => {}
const log: Log = { debug: line, info: line, warn: line, error: line }

let dataDir: string
let server: RunningServer

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tutti-piano-'))
  server = await startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'silent' }, log)
})
afterEach(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true })
})

const socketUrl = (): string => `${server.url.replace('http', 'ws')}/api/websocket`

it('[PR1, PR11] two clients meet in a room and play', async () => {
  const about = (username: string): string => `${socketUrl()}/${encodeURIComponent(JSON.stringify({ username }))}`
  const ann = createPianoRhythmClient({ url: about('Ann'), numbers: OUR_NUMBERS })
  const ben = createPianoRhythmClient({ url: about('Ben'), numbers: OUR_NUMBERS })
  ann.create('My Piano Room')
  ann.connect()
  await holds(ann.isIn)
  ben.join('My Piano Room')
  ben.connect()
  await holds(ben.isIn)
  ben.press(60)
  await holds(() => ann.notes().length === 1)
  expect(ann.notes()[0]).toMatchObject({ data: [0x90, 60, 100], userId: ben.me()?.id })
  ann.stop()
  ben.stop()
  expect([...ann.stumbles, ...ben.stumbles]).toEqual([])
})

it('[PR1, PR5] the socket is compressed where the client offers it, and says binary messages', async () => {
  const socket = new WebSocket(socketUrl(), { origin: 'https://anywhere.example' })
  const [data, isBinary] = (await once(socket, 'message')) as [Buffer, boolean]
  expect(isBinary).toBe(true)
  expect(data.length).toBeGreaterThan(10)
  expect(socket.extensions).toContain('permessage-deflate')
  expect(socket.protocol).toBe('')
  socket.close()
  await once(socket, 'close')
})

it('[PR40, PR43, PR52, PR53] ours walks into a room of one, under a name, and both play', async () => {
  const ann = createPianoRhythmClient({ url: socketUrl(), numbers: OUR_NUMBERS })
  ann.create('My Piano Room')
  ann.connect()
  await holds(ann.isIn)
  let state: RoomClientState | undefined
  const heard: NoteBatch[] = []
  const ours = createRoomClient({
    openSocket: openNodeSocket,
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    dialectOf: clientDialect,
    onChange: (now) => void (state = now),
    onSignal: (signal) => void (signal.kind === 'notes' && heard.push(signal.batch)),
    onReports: line,
    onClock: line,
    onToken: line,
    onSeat: line,
    onFrame: line,
  })
  const door = { kind: 'code', code: 'My Piano Room' } as const
  ours.enter({ dialect: 'pianorhythm', server: server.url, door, name: 'Grace' })
  await holds(() => state?.kind === 'in-room')
  await holds(() => ann.members().some(({ name }) => name === 'Grace'))
  ann.press(60)
  await holds(() => heard.length > 0)
  expect(heard[0]?.notes).toMatchObject([{ kind: 'on', key: 60 }])
  ours.play({
    notes: [{ kind: 'on', channel: 0, key: 64, velocity: 80, atMs: systemClock.nowMs() }],
    held: { keys: [{ channel: 0, key: 64 }], pedals: [] },
  })
  await holds(() => ann.notes().length > 0)
  expect(ann.notes()[0]?.data).toEqual([0x90, 64, 80])
  expect(await ours.command({ type: 'say', text: 'hello' })).toBeUndefined()
  await holds(() => ann.lines().at(-1)?.text === 'hello')
  ours.leave()
  await holds(() => ann.held().length === 0 && ann.members().length === 1)
  ann.stop()
})

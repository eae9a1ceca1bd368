/** PianoRhythm over real sockets: clients by script against the whole server on its port. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
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

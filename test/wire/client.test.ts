/** Our client over Node's socket against the whole server: the same code that the extension runs, on a real wire. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RoomClientState } from '../../src/client/room-client'
import type { Log } from '../../src/server/log'
import { type RunningServer, startServer } from '../../src/server/server'
import { watchedClient } from '../doubles/watched-client'
import { NEW_ROOM } from '../server/peer'

const line = (): void => {}
const log: Log = { debug: line, info: line, warn: line, error: line }

const isIn = (state: RoomClientState): boolean => state.kind === 'in-room'
const roomOf = (state: RoomClientState) => (state.kind === 'in-room' ? state.room : undefined)

describe('a client on a real socket', () => {
  let dataDir: string
  let server: RunningServer
  const start = (port: number): Promise<RunningServer> =>
    startServer({ host: '127.0.0.1', port, dataDir, logLevel: 'info' }, log)

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tutti-client-'))
    server = await start(0)
  })
  afterEach(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
  })

  it('[S72] two clients share a room, and sit in it again after the server was restarted', async () => {
    const [anna, ben] = [watchedClient(), watchedClient()]
    anna.client.enter({ server: server.url, door: NEW_ROOM, name: 'Anna' })
    const code = roomOf(await anna.until(isIn))?.code ?? ''
    ben.client.enter({ server: server.url, door: { kind: 'code', code }, name: 'Ben' })
    await ben.until(isIn)
    expect(await ben.client.command({ type: 'seek', positionSec: 42 })).toBeUndefined()
    await anna.until((state) => roomOf(state)?.timeline.current.positionSec === 42)

    await server.stop()
    await Promise.all([anna, ben].map((one) => one.until((state) => state.kind === 'lost')))
    server = await start(Number(new URL(server.url).port))
    anna.client.retryNow()
    ben.client.retryNow()
    const bothHere = (state: RoomClientState): boolean =>
      roomOf(state)?.members.filter(({ presence }) => presence.kind === 'connected').length === 2
    const [annas, bens] = await Promise.all([anna.until(bothHere), ben.until(bothHere)])
    expect(roomOf(annas)).toEqual(roomOf(bens))
    expect(roomOf(annas)).toMatchObject({ code, timeline: { current: { positionSec: 42 } } })
    anna.client.leave()
    ben.client.leave()
  })
})

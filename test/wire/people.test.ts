/** Two people at the whole server, over real sockets and a real folder: friends and messages outlive it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../src/server/log'
import { type RunningServer, startServer } from '../../src/server/server'
import type { Said } from '../server/peer'
import { byCode, connect, goIn } from './socket-peer'

const line = (): void => {}
const log: Log = { debug: line, info: line, warn: line, error: line }

type Peer = Awaited<ReturnType<typeof connect>>
const wish = (peer: Peer, ask: string, what: object): void => peer.send({ type: 'person', ask, wish: what })
const command = (peer: Peer, ask: string, what: object): void => wish(peer, ask, { type: 'command', command: what })
const told = ({ heard }: Said): Said => heard as Said

describe('people on real sockets', () => {
  let dataDir: string
  let server: RunningServer
  const start = (): Promise<RunningServer> =>
    startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'info' }, log)

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tutti-people-wire-'))
    server = await start()
  })
  afterEach(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
  })

  it('[Y6, Y15, Y40] become friends in a room, write to each other, and are it still after a restart', async () => {
    const anna = await goIn(server.url, { name: 'Anna' })
    const ben = await goIn(server.url, { ...byCode(anna.code), name: 'Ben' })
    wish(ben.peer, 'open', { type: 'open' })
    expect(told(await ben.peer.hear('person'))).toMatchObject({ type: 'opened', person: { rev: 0 } })
    command(anna.peer, 'ask', { type: 'ask-friend', whom: { kind: 'member', memberId: ben.memberId } })
    await anna.peer.hear('done')
    const types: string[] = []
    while (!types.includes('request-came')) {
      const { numbered } = told(await ben.peer.hear('person')) as unknown as { numbered: { event: { type: string } } }
      types.push(numbered.event.type)
    }
    command(ben.peer, 'yes', { type: 'accept-friend', whom: { kind: 'member', memberId: anna.memberId } })
    await ben.peer.hear('done')
    command(ben.peer, 'write', {
      type: 'write-message',
      whom: { kind: 'member', memberId: anna.memberId },
      text: 'Hej',
    })
    await ben.peer.hear('done')

    await server.stop()
    server = await start()
    const again = await connect(server.url)
    again.send({ type: 'hello', v: 1, token: anna.token })
    await again.hear('welcome')
    wish(again, 'open', { type: 'open' })
    expect(told(await again.hear('person'))).toMatchObject({
      type: 'opened',
      person: {
        asked: [],
        friends: [{ person: { shown: { name: 'Ben' } } }],
        conversations: [{ unread: 1, messages: [{ mine: false, content: { text: 'Hej' } }] }],
      },
    })
  })
})

/** The whole server in this process, on a real port, with a real folder and real sockets. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tuttiServer } from '../../src/dialects/tutti/server'
import type { Log, LogFields } from '../../src/server/log'
import { type RunningServer, startServer } from '../../src/server/server'
import type { Said } from '../server/peer'
import { byCode, connect, goIn } from './socket-peer'

describe('the server on its port', () => {
  let dataDir: string
  let server: RunningServer
  let lines: { level: keyof Log; fields: LogFields; sentence: string }[]

  const start = async (): Promise<void> => {
    const line =
      (level: keyof Log) =>
      (fields: LogFields, sentence: string): void =>
        void lines.push({ level, fields, sentence })
    const log: Log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
    server = await startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'info' }, log)
  }
  beforeEach(async () => {
    lines = []
    dataDir = await mkdtemp(join(tmpdir(), 'tutti-wire-'))
    await start()
  })
  afterEach(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
  })

  const room = async () => {
    const anna = await goIn(server.url, { name: 'Anna' })
    const ben = await goIn(server.url, { ...byCode(anna.code), name: 'Ben' })
    await anna.peer.hear('event')
    return { anna, ben }
  }
  const seek = (ask: string, positionSec: number) => ({ type: 'command', ask, command: { type: 'seek', positionSec } })

  it('[S50] what one member asks the other sees, on real sockets', async () => {
    const { anna, ben } = await room()
    anna.peer.send(seek('1', 42))
    const seen = await ben.peer.hear('event')
    expect(seen).toMatchObject({ event: { type: 'timeline-changed', timeline: { current: { positionSec: 42 } } } })
    expect(await anna.peer.hear('event')).toEqual(seen)
    expect(await anna.peer.hear('done')).toMatchObject({ ask: '1' })
  })

  it.each<[string, unknown, string]>([
    ['no JSON', 'this is no JSON', 'bad-frame'],
    ['bytes', new Uint8Array([0, 255, 1]), 'bad-frame'],
    ['the wrong shape', { type: 'command', ask: 'x', command: { type: 'seek', positionSec: 'far' } }, 'bad-frame'],
    [
      'a number out of bounds',
      '{"type":"command","ask":"x","command":{"type":"seek","positionSec":1e999}}',
      'bad-frame',
    ],
    ['something too long', `"${'x'.repeat(40_000)}"`, 'frame-too-long'],
    ['a second join', { type: 'enter', ask: 'x', ...byCode('k7m2qp') }, 'already-in-room'],
    ['a second hello', { type: 'hello', v: 1 }, 'bad-frame'],
    ['a value that the room does not allow', seek('x', -5), 'out-of-range'],
  ])('[S57] %s is refused with a sentence and a log line; socket and seat stay', async (_, frame, code) => {
    const { anna, ben } = await room()
    const logged = lines.length
    anna.peer.send(frame)
    expect(await anna.peer.hear('refused')).toMatchObject({ code, sentence: expect.stringMatching(/^[A-Z].+\.$/) })
    // A refusal by the room is everyday life; what no honest client sends is for the operator's eyes.
    const level = code === 'out-of-range' ? 'debug' : 'info'
    expect(lines.slice(logged).map((line) => line.level)).toContain(level)
    anna.peer.send(seek('1', 42))
    await ben.peer.hear('event')
  })

  it('[S57] a code that does not exist is refused, and the next one may be right', async () => {
    const { anna } = await room()
    const peer = await connect(server.url)
    peer.send({ type: 'hello', v: 1 })
    await peer.hear('welcome')
    peer.send({ type: 'enter', ask: 'wrong', ...byCode('zzzzzz') })
    expect(await peer.hear('refused')).toMatchObject({ ask: 'wrong', code: 'no-such-room' })
    peer.send({ type: 'enter', ask: 'right', ...byCode(anna.code.toUpperCase()) })
    expect(await peer.hear('entered')).toMatchObject({ ask: 'right' })
  })

  it('[S56] a flood is turned away; who calms down is heard again', async () => {
    const { anna, ben } = await room()
    for (let ask = 0; ask < tuttiServer.transport.burst + 15; ask++) anna.peer.send({ type: 'ping', sentMs: ask })
    expect(await anna.peer.hear('refused')).toMatchObject({ code: 'too-fast' })
    ben.peer.send(seek('1', 7))
    await anna.peer.hear('event')
    expect(anna.peer.socket.readyState).toBe(anna.peer.socket.OPEN)
  })

  it('[S63] a frame far too long ends the socket, not the seat', async () => {
    const { anna, ben } = await room()
    ben.peer.send(`"${'x'.repeat(1_000_000)}"`)
    expect(await ben.peer.closed()).toMatchObject({ code: 1009 })
    expect(await anna.peer.hear('event')).toMatchObject({ event: { type: 'member-away', memberId: ben.memberId } })
    const back = await goIn(server.url, { ...byCode(anna.code), token: ben.token })
    expect(back.memberId).toBe(ben.memberId)
  })

  it('[S63] bytes that are no frames at all cost nobody but their sender', async () => {
    const { anna, ben } = await room()
    const raw = connectTcp(Number(new URL(server.url).port), '127.0.0.1')
    const answer = new Promise<void>((resolve) => raw.once('close', () => resolve()))
    raw.on('error', () => {})
    raw.resume()
    raw.write(
      'GET /tutti HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3]))
    await answer
    anna.peer.send(seek('1', 42))
    await ben.peer.hear('event')
  })

  it('[S45] a restart brings rooms back, with the same seat for the same token and what was missed', async () => {
    const { anna, ben } = await room()
    await server.stop()
    expect(await anna.peer.hear('closing')).toMatchObject({ comeBackInMs: expect.any(Number) })
    expect(await ben.peer.closed()).toMatchObject({ code: 1012 })
    await start()
    const peer = await connect(server.url)
    peer.send({ type: 'hello', v: 1, token: ben.token })
    await peer.hear('welcome')
    peer.send({ type: 'enter', ask: 'in', ...byCode(anna.code), seen: { epoch: ben.epoch, rev: ben.rev } })
    const resumed = await peer.hear('resumed')
    expect(resumed).toMatchObject({ memberId: ben.memberId })
    expect((resumed['missed'] as { event: Said }[]).map(({ event }) => event.type)).toEqual([
      'member-away',
      'member-away',
      'member-back',
    ])
  })

  it('[S64] says what it is, and nothing where there is nothing', async () => {
    const about = await fetch(server.url)
    expect(about.status).toBe(200)
    expect(await about.text()).toContain('tutti at /tutti')
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404)
    expect((await fetch(`${server.url}/j/a/b`)).status).toBe(404)
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405)
    await expect(connect(server.url, '/nothing')).rejects.toThrow('404')
  })

  it('[S65] health is what a write to the store says', async () => {
    const health = await fetch(`${server.url}/health`)
    expect(health.status).toBe(200)
    expect(await health.json()).toEqual({ ok: true, store: 'ok', rooms: 0 })
  })

  it('[S66] metrics count rooms, members, sockets and frames', async () => {
    await room()
    const text = await (await fetch(`${server.url}/metrics`)).text()
    expect(text).toContain('tutti_rooms 1')
    expect(text).toContain('tutti_rooms_listed 0')
    expect(text).toContain('tutti_members 2')
    expect(text).toContain('tutti_sockets 2')
    expect(text).toContain('tutti_frames_in_total{dialect="tutti"} 4')
    expect(text).toMatch(/tutti_decide_seconds_count [1-9]/)
  })

  it('[S30] [S31] the invite page shows a room that is there, and says when it is not', async () => {
    const { anna } = await room()
    const found = await fetch(`${server.url}/j/${anna.code.toUpperCase()}`)
    expect(found.status).toBe(200)
    expect(await found.text()).toContain(`${server.url}/j/${anna.code}`)
    expect(found.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    const lost = await fetch(`${server.url}/j/zzzzzz`)
    expect(lost.status).toBe(404)
    expect(await lost.text()).toContain('There is no room behind this link')
    expect((await fetch(`${server.url}/j/%ff`)).status).toBe(404)
  })

  it('[S30] a member’s name and the film are not on the invite page', async () => {
    const { anna } = await room()
    expect(await (await fetch(`${server.url}/j/${anna.code}`)).text()).not.toContain('Anna')
  })

  const raw = (text: string, allowHalfOpen = false) => {
    const socket = connectTcp({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen })
    let answer = ''
    socket.on('data', (data) => (answer += data.toString()))
    socket.on('error', () => {})
    socket.write(text)
    return { socket, answer: () => answer }
  }
  const upgradeOf = (path: string, protocol: string): string =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`

  it.each([
    ['/health', 'h2c', 200],
    ['/tutti', 'h2c', 404],
    ['/nothing', 'websocket', 404],
  ])(
    '[S67] %s with an offer of %s is answered as the page that it is, and its socket closed',
    async (path, to, status) => {
      const { socket, answer } = raw(upgradeOf(path, to))
      await once(socket, 'close')
      expect(answer()).toMatch(new RegExp(`^HTTP/1.1 ${status} .+\r\n`))
      expect(answer()).toContain('\r\nConnection: close\r\n')
    },
  )

  it('[S67] who keeps a socket half open after that keeps neither it nor the server', async () => {
    const { socket } = raw(upgradeOf('/nothing', 'websocket'), true)
    await once(socket, 'end')
    // What is written to a closed socket comes back as its end.
    const writing = setInterval(() => socket.write('still here'), 10)
    await new Promise((closed) => socket.once('close', closed))
    clearInterval(writing)
  })

  it('[S69] a server that stops waits for nobody who neither speaks nor goes', async () => {
    const offer = raw(
      'GET /tutti HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      true,
    )
    const idle = raw('GET / HTTP/1.1\r\n', true)
    const odd = raw(upgradeOf('/nothing', 'websocket'), true)
    await Promise.all([once(offer.socket, 'data'), once(odd.socket, 'end')])
    await server.stop()
    for (const { socket } of [offer, idle, odd]) socket.destroy()
    await start()
  })
})

/** Real sockets that do not read: the http server with a dialect that says whatever the test wants said. */
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { tuttiServer } from '../../src/dialects/index'
import { createHttpServer, type HttpServer } from '../../src/server/http-server'
import { LIMITS } from '../../src/server/limits'
import type { Channel } from '../../src/server/sessions'

const quiet = () => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const FRAME = 'x'.repeat(64 * 1024)
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('who reads slowly', () => {
  let http: HttpServer
  const sockets: WebSocket[] = []

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate()
    await http.close()
  })

  const start = async (limits: typeof LIMITS) => {
    const came: ((reader: { channel: Channel; isGone: () => boolean }) => void)[] = []
    http = createHttpServer({
      dialects: [tuttiServer],
      sessions: {
        attach(_, __, channel) {
          let gone = false
          came.shift()?.({ channel, isGone: () => gone })
          return { receive: quiet, closed: () => void (gone = true) }
        },
        sockets: () => 0,
        members: () => 0,
        close: quiet,
      },
      pages: (_, response) => void response.end(),
      limits,
      log,
    })
    const port = await http.listen('127.0.0.1', 0)
    return async () => {
      const arrived = new Promise<{ channel: Channel; isGone: () => boolean }>((resolve) => came.push(resolve))
      const socket = new WebSocket(`ws://127.0.0.1:${port}/tutti`)
      sockets.push(socket)
      await once(socket, 'open')
      return { socket, ...(await arrived) }
    }
  }

  /** More than the buffers of the operating system take, so that some of it waits in the server. */
  const fill = async (channel: Channel, isEnough: () => boolean): Promise<void> => {
    for (let sent = 0; sent < 1_000 && !isEnough(); sent++) {
      channel.send(FRAME)
      await settle()
    }
  }

  it('[S73] is cut when 1 MiB waits; who reads is told everything', async () => {
    const come = await start(LIMITS)
    const [slow, quick] = [await come(), await come()]
    slow.socket.pause()
    let heard = 0
    quick.socket.on('message', () => (heard += 1))
    await fill(slow.channel, slow.isGone)
    expect(slow.isGone()).toBe(true)
    for (let sent = 0; sent < 400; sent++) {
      quick.channel.send(FRAME)
      if (sent % 8 === 0) await expect.poll(() => heard).toBe(sent + 1)
    }
    expect(quick.isGone()).toBe(false)
  })

  it('[S73] is cut first when too much waits for all', async () => {
    const come = await start({ ...LIMITS, unsentBytes: Number.POSITIVE_INFINITY, unsentBytesInAll: 2 * 1024 * 1024 })
    const [slow, quick] = [await come(), await come()]
    slow.socket.pause()
    await fill(slow.channel, slow.isGone)
    expect(slow.isGone()).toBe(true)
    expect(quick.isGone()).toBe(false)
  })
})

import { setImmediate as settle } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { Channel } from '../../src/server/session'
import { type BareServer, startBareServer } from './bare-server'

const FRAME = 'x'.repeat(64 * 1024)

describe('who reads slowly', () => {
  let server: BareServer
  afterEach(() => server.close())

  /** More than the buffers of the operating system take, so that some of it waits in the server. */
  const fill = async (channel: Channel, isEnough: () => boolean): Promise<void> => {
    for (let sent = 0; sent < 1_000 && !isEnough(); sent++) {
      channel.send(FRAME)
      await settle()
    }
  }

  it('[S73] is cut when 4 MiB wait; who reads is told everything', async () => {
    server = await startBareServer()
    const [slow, quick] = [await server.come(), await server.come()]
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
    server = await startBareServer({
      limits: { unsentBytes: Number.POSITIVE_INFINITY, unsentBytesInAll: 2 * 1024 * 1024 },
    })
    const [slow, quick] = [await server.come(), await server.come()]
    slow.socket.pause()
    await fill(slow.channel, slow.isGone)
    expect(slow.isGone()).toBe(true)
    expect(quick.isGone()).toBe(false)
  })
})

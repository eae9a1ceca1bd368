import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { type BareServer, startBareServer } from './bare-server'

describe('how a dialect wants its sockets', () => {
  let server: BareServer
  afterEach(() => server.close())

  it('[S75] sockets are pinged as often as it says, and one that does not answer is cut', async () => {
    server = await startBareServer({ transport: { pingEveryMs: 20 } })
    const [mute, awake] = [await server.come({ autoPong: false }), await server.come()]
    await Promise.all([once(mute.socket, 'close'), once(awake.socket, 'ping')])
    await expect.poll(() => mute.isGone()).toBe(true)
    await once(awake.socket, 'ping')
    expect(awake.isGone()).toBe(false)
  })

  it.each([
    [true, 'permessage-deflate'],
    [false, ''],
  ])('[S75] compression %s is what it says', async (compression, extensions) => {
    server = await startBareServer({ transport: { compression } })
    const { socket } = await server.come({ perMessageDeflate: true })
    expect(socket.extensions).toBe(extensions)
  })
})

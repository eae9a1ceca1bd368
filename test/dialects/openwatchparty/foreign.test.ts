import { describe, expect, it } from 'vitest'
import { openwatchpartyClient } from '../../../src/dialects/openwatchparty/client'
import { CREATE } from '../../core/room/a-room'
import { createOpenWatchPartyClient } from '../../foreign/openwatchparty/client'
import { createOpenWatchParty, type OpenWatchPartyQuirks } from '../../foreign/openwatchparty/server'
import { createScene } from '../../foreign/scene'
import { foreignVisit, type Wish } from '../foreign-visit'

function stage(quirks: OpenWatchPartyQuirks = {}) {
  const scene = createScene()
  const server = createOpenWatchParty({ time: scene.clock, quirks })
  const living = async (name: string) => {
    const client = createOpenWatchPartyClient({
      url: 'ws://server:3000/ws',
      name,
      time: scene.clock,
      dial: server.dial,
    })
    client.connect()
    await scene.run(1_000)
    return client
  }
  const hosted = async () => {
    const host = await living('Ada')
    host.create()
    await scene.run(500)
    return { host, code: host.room()?.id ?? '' }
  }
  const visit = (wish: Wish) => foreignVisit(scene, server, openwatchpartyClient, wish)
  return { ...scene, server, living, hosted, visit }
}

describe('our client at a living server', () => {
  it('[OW34, OW36, OW40] leads a room of its own', async () => {
    const { run, server, living, visit } = stage()
    const me = visit({ door: { kind: 'new', create: CREATE } })
    await run(2_000)
    const viewer = await living('Eve')
    viewer.join(me.room().code)
    await run(3_000)
    expect(await me.asks({ type: 'play', positionSec: 60 })).toBe('done')
    await run(6_000)
    expect(viewer.playing()).toBe(true)
    expect(Math.abs(viewer.position() - me.where())).toBeLessThan(0.4)
    expect(await me.asks({ type: 'seek', positionSec: 300 })).toBe('done')
    await run(4_000)
    expect(Math.abs(viewer.position() - me.where())).toBeLessThan(0.4)
    expect(await me.asks({ type: 'say', text: 'Hello' }, 500)).toBe('done')
    expect(viewer.lines()).toMatchObject([{ text: 'Hello' }])
    expect(await me.asks({ type: 'pause', positionSec: 305 })).toBe('done')
    await run(1_000)
    expect([viewer.playing(), viewer.position()]).toEqual([false, expect.closeTo(305, 0)])
    me.client.leave()
    await run(1_000)
    expect(viewer.closedBecause()).toBe('Host left the room')
    expect(server.harms).toEqual([])
  })

  it.each<[string, OpenWatchPartyQuirks]>([
    ['at once', {}],
    ['late and by different times', { lateMs: [20, 200] }],
    ['twice', { duplicated: 0.3 }],
    ['out of order', { reordered: 0.2 }],
  ])('[OW37, OW38] follows a host whose words come %s, within what it says of itself', async (_, quirks) => {
    const { run, server, hosted, visit } = stage(quirks)
    const { host, code } = await hosted()
    const me = visit({ door: { kind: 'code', code } })
    await run(3_000)
    host.seek(100)
    host.play()
    await run(6_000)
    expect(me.client.state()).toMatchObject({ boundMs: 400 })
    for (let n = 0; n < 20; n += 1) {
      await run(500)
      expect(Math.abs(me.where() - host.position())).toBeLessThan(0.4)
    }
    host.pause()
    await run(3_000)
    expect([me.playing(), Math.abs(me.where() - host.position()) < 0.4]).toEqual([false, true])
    expect(await me.asks({ type: 'play', positionSec: 1 })).toBe('host-controls')
    expect(server.harms).toEqual([])
  })

  it('[OW33, OW42] a room that closes is left with its reason; one that is not there ends the way in', async () => {
    const { run, server, hosted, visit } = stage()
    const { host, code } = await hosted()
    const me = visit({ door: { kind: 'code', code } })
    await run(2_000)
    expect(me.room().members).toHaveLength(2)
    host.leaveRoom()
    await run(1_000)
    expect(me.whySent()).toBe('room-closed')
    const lost = visit({ door: { kind: 'code', code } })
    await run(4_000)
    expect(lost.whySent()).toBe('no-such-room')
    expect(server.harms).toEqual([])
  })

  it('[OW31] the generation before, which knows no names and no chat, is entered all the same', async () => {
    const { run, server, hosted, visit } = stage({ r0: true })
    const { host, code } = await hosted()
    const me = visit({ door: { kind: 'code', code } })
    await run(3_000)
    host.play()
    await run(4_000)
    expect(me.playing()).toBe(true)
    expect(await me.asks({ type: 'say', text: 'Hello' }, 4_000)).toBe('chat-off')
    expect(server.harms).toEqual([])
  })

  it('[OW39] is never forgotten for silence, comes back after a loss, and odd types do it no harm', async () => {
    const { run, server, hosted, visit } = stage({ oddTypes: true })
    const { code } = await hosted()
    const me = visit({ door: { kind: 'code', code } })
    await run(100_000)
    expect(me.room().code).toBe(code)
    expect(server.members.size).toBe(2)
    expect(server.harms).toEqual([])
  })
})

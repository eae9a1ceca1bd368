import { describe, expect, it } from 'vitest'
import { frametogetherClient } from '../../../src/dialects/frametogether/client'
import { CREATE } from '../../core/room/a-room'
import { createFrameTogetherClient } from '../../foreign/frametogether/client'
import { createFrameTogether, type FrameTogetherQuirks } from '../../foreign/frametogether/server'
import { createScene } from '../../foreign/scene'
import { foreignVisit, type Wish } from '../foreign-visit'

function stage(quirks: FrameTogetherQuirks = {}) {
  const scene = createScene()
  const server = createFrameTogether({ time: scene.clock, quirks })
  server.makeRoom('abc123')
  const living = () => createFrameTogetherClient({ server: 'ws://server:1', time: scene.clock, dial: server.dial })
  const visit = (wish: Wish = { door: { kind: 'code', code: 'abc123' } }) =>
    foreignVisit(scene, server, frametogetherClient, wish)
  return { ...scene, server, quirks, living, visit }
}

describe('our client at a living server', () => {
  it.each<[string, FrameTogetherQuirks]>([
    ['as it is', {}],
    ['that tells newcomers the state, and lists names', { syncOnJoin: true, participants: 'strings', promotes: true }],
    ['that lists nobody and has long ids', { participants: 'absent', longIds: true }],
    ['that puts the creator into the room, and twice', { joinsCreator: true, doublesOnJoin: true }],
  ])('[FT31, FT37, FT38] leads a room of its own at one %s', async (_, quirks) => {
    const { run, server, living, visit } = stage(quirks)
    const me = visit({ door: { kind: 'new', create: CREATE } })
    await run(1_000)
    const viewer = living()
    viewer.join(me.room().code)
    await run(2_000)
    expect(await me.asks({ type: 'play', positionSec: 60 })).toBe('done')
    await run(3_000)
    expect([viewer.playing(), Math.abs(viewer.position() - me.where()) < 1.2]).toEqual([true, true])
    expect(await me.asks({ type: 'seek', positionSec: 300 })).toBe('done')
    await run(1_000)
    expect(Math.abs(viewer.position() - me.where())).toBeLessThan(1.2)
    expect(await me.asks({ type: 'pause', positionSec: 301 })).toBe('done')
    await run(20_000)
    expect(viewer.playing()).toBe(false)
    expect(server.harms).toEqual([])
  })

  it.each<[string, FrameTogetherQuirks]>([
    ['at once', {}],
    ['late and by different times', { lateMs: [20, 400] }],
    ['twice', { duplicated: 0.3 }],
    ['out of order', { reordered: 0.2 }],
  ])('[FT40, FT41] follows a host whose words come %s, within what it says of itself', async (_, quirks) => {
    const { run, server, living, visit } = stage(quirks)
    const host = living()
    host.join('abc123')
    await run(2_000)
    const me = visit()
    await run(2_000)
    host.seek(100)
    host.play()
    await run(5_000)
    const bound = me.client.state()
    expect(bound).toMatchObject({ boundMs: 750 })
    for (let n = 0; n < 20; n += 1) {
      await run(500)
      expect(Math.abs(me.where() - host.position())).toBeLessThan(0.75)
    }
    host.seek(400)
    await run(2_500)
    expect(Math.abs(me.where() - host.position())).toBeLessThan(0.75)
    host.pause()
    await run(2_500)
    expect(me.playing()).toBe(false)
    expect(await me.asks({ type: 'play', positionSec: 1 })).toBe('host-controls')
    expect(server.harms).toEqual([])
  })

  it('[FT36] becomes host when the server says so, and leads from where the room is', async () => {
    const { run, server, living, visit } = stage({ promotes: true })
    const host = living()
    host.join('abc123')
    await run(2_000)
    const [me, viewer] = [visit(), living()]
    await run(1_000)
    viewer.join('abc123')
    await run(1_500)
    host.seek(50)
    host.play()
    await run(3_000)
    host.leave()
    await run(1_000)
    expect(
      me
        .room()
        .members.map(({ role }) => role)
        .toSorted(),
    ).toEqual(['guest', 'host'])
    expect(await me.asks({ type: 'seek', positionSec: 200 })).toBe('done')
    await run(2_000)
    expect(Math.abs(viewer.position() - me.where())).toBeLessThan(1.2)
    expect(server.harms).toEqual([])
  })

  it('[FT32, FT33] comes back by itself after a loss; a room that is gone ends it', async () => {
    const { run, server, visit } = stage({ emptyRoomMs: 60_000 })
    const me = visit()
    await run(1_000)
    server.cutAll()
    await run(15_000)
    expect(me.room().members).toHaveLength(1)
    const lost = visit({ door: { kind: 'code', code: 'gone00' } })
    await run(1_000)
    expect(lost.whySent()).toBe('no-such-room')
    expect(server.harms).toEqual([])
  })

  it('[FT42] odd types, errors and sudden closes do it no harm', async () => {
    const { run, server, living, visit } = stage({ oddTypes: true })
    const host = living()
    host.join('abc123')
    await run(2_000)
    const me = visit()
    await run(2_000)
    server.error('Slow down')
    await run(100)
    expect(me.room().chat.at(-1)?.content.text).toBe('Slow down')
    server.closeAll(1011)
    await run(20_000)
    expect(me.room().code).toBe('abc123')
    expect(server.harms).toEqual([])
  })
})

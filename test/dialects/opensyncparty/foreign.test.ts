import { describe, expect, it } from 'vitest'
import { opensyncpartyClient } from '../../../src/dialects/opensyncparty/client'
import { CREATE } from '../../core/room/a-room'
import { createOpenSyncPartyClient, type OpenSyncPartyClientOptions } from '../../foreign/opensyncparty/client'
import { createOpenSyncParty, type OpenSyncPartyQuirks } from '../../foreign/opensyncparty/server'
import { createScene } from '../../foreign/scene'
import { foreignVisit, type Wish } from '../foreign-visit'

function stage(quirks: OpenSyncPartyQuirks = {}) {
  const scene = createScene()
  const server = createOpenSyncParty({ time: scene.clock, quirks })
  const living = (more: Partial<OpenSyncPartyClientOptions> = {}) =>
    createOpenSyncPartyClient({
      url: 'ws://server:1/OpenSyncParty/ws',
      kind: 'plugin',
      id: 'c-1',
      time: scene.clock,
      dial: server.dial,
      ...more,
    })
  const visit = (wish: Wish = { door: { kind: 'code', code: 'movie-night' } }) =>
    foreignVisit(scene, server, opensyncpartyClient, wish)
  return { ...scene, server, living, visit }
}

const GENERATIONS: readonly [string, OpenSyncPartyQuirks][] = [
  ['as its source behaves', {}],
  ['as its document has it', { asDocumented: true }],
]

describe('our client at a living server', () => {
  it.each(GENERATIONS)('[OS32, OS38] leads a room of its own at one %s', async (_, quirks) => {
    const { run, server, living, visit } = stage(quirks)
    const me = visit({ door: { kind: 'new', create: CREATE } })
    await run(2_000)
    const viewer = living({ id: 'c-2', room: me.room().code })
    viewer.join()
    await run(1_000)
    expect(await me.asks({ type: 'seek', positionSec: 60 })).toBe('done')
    expect(await me.asks({ type: 'play', positionSec: 60 })).toBe('done')
    await run(6_000)
    expect([viewer.playing(), Math.abs(viewer.position() - me.where()) < 2]).toEqual([true, true])
    expect(await me.asks({ type: 'pause', positionSec: 67 })).toBe('done')
    await run(20_000)
    expect(viewer.playing()).toBe(false)
    expect(server.harms).toEqual([])
  })

  it.each<[string, OpenSyncPartyQuirks]>([
    ...GENERATIONS,
    ['whose words come late and by different times', { lateMs: [20, 300] }],
    ['whose words come twice', { duplicated: 0.3 }],
    ['whose words come out of order', { reordered: 0.2 }],
  ])('[OS35, OS37] follows a host at a server %s, within what it says of itself', async (_, quirks) => {
    const { run, server, living, visit } = stage(quirks)
    const host = living()
    host.create()
    await run(1_000)
    const me = visit()
    await run(2_000)
    host.seek(100)
    await run(1_000)
    host.play()
    await run(8_000)
    expect(me.client.state()).toMatchObject({ boundMs: 500 })
    for (let n = 0; n < 20; n += 1) {
      await run(500)
      expect(Math.abs(me.where() - host.position())).toBeLessThan(0.5)
    }
    host.pause()
    await run(5_000)
    expect(me.playing()).toBe(false)
    expect(await me.asks({ type: 'play', positionSec: 1 })).toBe('host-controls')
    expect(server.harms).toEqual([])
  })

  it('[OS36] an overlay as host, which reports only its latency, leads it nowhere', async () => {
    const { run, living, visit } = stage()
    const host = living({ kind: 'overlay' })
    host.create()
    await run(500)
    const me = visit()
    await run(1_000)
    host.seek(50)
    await run(500)
    host.play()
    await run(10_000)
    expect([me.playing(), Math.abs(me.where() - host.position()) < 0.5]).toEqual([true, true])
  })

  it('[OS33] silence ends the way in; a lost line is taken up under the same id, and the role with the room', async () => {
    const { run, server, visit } = stage()
    const lost = visit({ door: { kind: 'code', code: 'nowhere' } })
    await run(4_000)
    expect(lost.whySent()).toBe('no-such-room')
    const me = visit({ door: { kind: 'new', create: CREATE } })
    await run(2_000)
    const [self, { code }] = [me.self(), me.room()]
    server.cutAll()
    await run(30_000)
    expect([me.self(), me.room().code]).toEqual([self, code])
    expect(me.room().members).toMatchObject([{ id: self, role: 'host' }])
    expect(server.harms).toEqual([])
  })

  it('[OS41] leads on when the host goes, and odd types do it no harm', async () => {
    const { run, server, living, visit } = stage()
    const host = living()
    host.create()
    await run(500)
    const me = visit()
    await run(2_000)
    host.leave()
    await run(1_000)
    expect(me.room().members).toMatchObject([{ role: 'host' }])
    expect(await me.asks({ type: 'seek', positionSec: 9 })).toBe('done')
    expect(server.rooms.get('movie-night')?.position).toBe(9)
    const odd = stage({ oddTypes: true })
    const other = odd.living()
    other.create()
    await odd.run(500)
    const guest = odd.visit()
    await odd.run(10_000)
    expect(guest.room().code).toBe('movie-night')
    expect([...server.harms, ...odd.server.harms]).toEqual([])
  })
})

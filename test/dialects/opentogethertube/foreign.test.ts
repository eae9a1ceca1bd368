import { describe, expect, it } from 'vitest'
import { createRoomClient, type RoomClientState } from '../../../src/client/room-client'
import { lineAt, positionAt } from '../../../src/core/timeline'
import { openTogetherTubeClient } from '../../../src/dialects/opentogethertube/client'
import type { Fetch } from '../../../src/platform/fetch'
import type { OpenSocket } from '../../../src/platform/socket'
import { createSeededRandom } from '../../doubles/seeded-random'
import type { Ask, Dial } from '../../foreign/channel'
import { createOpenTogetherTubeClient, type OpenTogetherTubeClientOptions } from '../../foreign/opentogethertube/client'
import { createOpenTogetherTube, type OpenTogetherTubeQuirks } from '../../foreign/opentogethertube/server'
import { createScene } from '../../foreign/scene'
import { does } from '../a-wire'
import { type ATube, aTube, ROOM } from './a-tube'

/** Clients that were written from the protocol alone, at our server. */
async function living(at: ATube, more: Partial<OpenTogetherTubeClientOptions> = {}) {
  const dial: Dial = (url, hears) => {
    let isOver = false
    const over = (code: number, reason: string): void => {
      if (!isOver) hears.onClose(code, reason)
      isOver = true
    }
    const attached = at.host.server.accept(url, {
      send: (frame) => at.clock.after(0, () => (isOver ? undefined : hears.onFrame(frame))),
      close: (code, reason) => void at.clock.after(0, () => over(code, reason)),
    })
    at.clock.after(0, () => hears.onOpen())
    return {
      send: (frame) => attached.receive(frame),
      close: (code = 1006) => {
        over(code, '')
        attached.closed()
      },
    }
  }
  const ask: Ask = ({ method, url, headers = {}, body = '' }) => {
    const { pathname: path, searchParams } = new URL(url)
    const small = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const query = Object.fromEntries(searchParams)
    return at.host.server.request({ method, path, query, headers: small, body })
  }
  const client = createOpenTogetherTubeClient({
    server: 'http://here',
    room: ROOM,
    time: at.clock,
    dial,
    ask,
    ...more,
  })
  const done = client.join()
  await at.advance(20)
  await done
  await at.advance(20)
  return client
}

describe('living clients at our server', () => {
  it('[OT1, OT5, OT9, OT20] two official ones play, seek, chat, and know each other', async () => {
    const at = await aTube()
    const [ada, bob] = [await living(at), await living(at)]
    expect(bob.members()).toHaveLength(2)
    const added = ada.addUrl('https://youtu.be/dQw4w9WgXcQ')
    await at.advance(100)
    expect((await added).status).toBe(200)
    ada.play()
    await at.advance(1_000)
    bob.seek(42.5)
    await at.advance(1_000)
    expect(ada.position()).toBeCloseTo(43.5, 2)
    expect(bob.position()).toBeCloseTo(ada.position(), 3)
    bob.speed(1.5)
    bob.chat('hello <b>world</b>')
    bob.status('buffering')
    const named = bob.rename('Bob')
    await at.advance(1_000)
    await named
    expect([ada.rate(), ada.current()?.id]).toEqual([1.5, 'dQw4w9WgXcQ'])
    expect(ada.lines()).toMatchObject([{ text: 'hello <b>world</b>' }])
    expect(ada.members().map(({ name, status }) => [name, status])).toContainEqual(['Bob', 'buffering'])
    bob.leave()
    await at.advance(10)
    expect(ada.members()).toHaveLength(1)
    expect([ada.stumbles, bob.stumbles, ada.doubles()]).toEqual([[], [], 0])
  })

  it('[OT3, OT8, OT13] a program written from the published page finds its way, and is there once', async () => {
    const at = await aTube({ room: false })
    const one = await living(at, { flow: 'documented', name: 'Page' })
    const two = await living(at, { flow: 'documented', name: 'Page' })
    one.status('buffering')
    one.play()
    await at.advance(500)
    expect(two.members().map(({ name, status }) => [name, status])).toEqual([
      ['Page', 'buffering'],
      ['Page 2', 'none'],
    ])
    expect(two.playing()).toBe(true)
    expect([one.closes, one.doubles(), one.stumbles, two.stumbles]).toEqual([[], 0, [], []])
  })

  it('[OT17] a lost line comes back by itself, and what it pollutes elsewhere does nothing here', async () => {
    const at = await aTube()
    const [ada, bob] = [await living(at), await living(at)]
    bob.loseLine()
    await at.advance(1)
    expect(ada.members()).toHaveLength(1)
    await at.advance(5_000)
    expect([bob.isIn(), ada.members()]).toEqual([true, [expect.anything(), expect.anything()]])
    ada.request({ type: 4, value: '7' })
    ada.request({ type: 4, value: -5 })
    ada.say({ action: 'status', status: 1 })
    await at.advance(1_500)
    expect(ada.position()).toBe(0)
    expect(ada.stumbles).toEqual([])
  })

  it('[OT9, OT11] with one of ours in the room all are at the same place', async () => {
    const at = await aTube()
    const ada = await living(at)
    const ours = await at.tutti({ code: ROOM })
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(3_000)
    const here = (): number => {
      const { timeline } = ours.copy() ?? {}
      return timeline ? positionAt(lineAt(timeline, at.clock.nowMs()), at.clock.nowMs()) : Number.NaN
    }
    expect(ada.position()).toBeCloseTo(here(), 2)
    ada.seek(100)
    await at.advance(1_000)
    await ours.hear()
    expect(here()).toBeCloseTo(101, 1)
    expect(ada.position()).toBeCloseTo(here(), 2)
    ada.pause()
    await at.advance(1_000)
    await ours.hear()
    expect(ada.position()).toBeCloseTo(here(), 2)
  })
})

/** Our client at a server that was written from the protocol alone, and behaves as the living one. */
function stage(quirks: OpenTogetherTubeQuirks = {}) {
  const scene = createScene()
  const server = createOpenTogetherTube({ time: scene.clock, quirks })
  server.makeRoom('movies')
  const visit = (token?: string) => {
    const states: RoomClientState[] = []
    const tokens: string[] = []
    const openSocket: OpenSocket = (url, handlers) => server.dial(url, handlers)
    const fetch: Fetch = (request) =>
      server
        .ask({ ...request, ...(request.body === '' && { body: undefined }) } as Parameters<Ask>[0])
        .catch(() => undefined)
    const client = createRoomClient({
      openSocket,
      fetch,
      clock: scene.clock,
      timers: scene.clock,
      random: createSeededRandom(1),
      dialectOf: () => openTogetherTubeClient,
      onChange: (state) => void states.push(state),
      onReports: () => {},
      onSignal: () => {},
      onClock: () => {},
      onToken: (_, __, kept) => void tokens.push(kept),
      onSeat: () => {},
      onFrame: () => {},
    })
    client.enter({
      dialect: 'opentogethertube',
      server: 'http://server',
      door: { kind: 'code', code: 'movies' },
      ...(token !== undefined && { token }),
    })
    const room = () => {
      const state = client.state()
      if (state.kind !== 'in-room') throw new Error(`not in the room: ${JSON.stringify(state)}`)
      return state.room
    }
    return {
      client,
      states,
      tokens,
      room,
      where: () => positionAt(lineAt(room().timeline, scene.clock.nowMs()), scene.clock.nowMs()),
      async asks(command: Parameters<typeof client.command>[0]) {
        const answer = client.command(command)
        await scene.run(3_000)
        return (await answer)?.code ?? 'done'
      },
    }
  }
  const official = () =>
    createOpenTogetherTubeClient({
      server: 'http://server',
      room: 'movies',
      time: scene.clock,
      dial: server.dial,
      ask: server.ask,
    })
  return { ...scene, server, quirks, visit, official }
}

describe('our client at a living server', () => {
  const FILM = { content: { address: 'https://youtu.be/dQw4w9WgXcQ', title: '' } }

  it('[OT40, OT43, OT46] is in, and does and hears what everybody else does', async () => {
    const { run, server, visit, official } = stage()
    const ada = official()
    await ada.join()
    const me = visit()
    await run(2_000)
    expect(me.room().members).toHaveLength(2)
    expect(await me.asks({ type: 'queue-add', items: [FILM] })).toBe('done')
    expect(me.room().media?.content.title).toBe('Fixture One')
    expect(await me.asks({ type: 'play', positionSec: 0 })).toBe('done')
    expect(me.where()).toBeCloseTo(ada.position(), 1)
    ada.seek(60)
    await run(3_000)
    expect(me.where()).toBeCloseTo(63, 1)
    expect(await me.asks({ type: 'set-rate', rate: 1.5 })).toBe('done')
    expect(await me.asks({ type: 'say', text: 'hello' })).toBe('done')
    expect(ada.lines()).toMatchObject([{ text: 'hello' }])
    expect(await me.asks({ type: 'pause', positionSec: 0 })).toBe('done')
    expect(me.where()).toBeCloseTo(ada.position(), 3)
    expect(await me.asks({ type: 'rename', name: 'Ada' })).toBe('done')
    expect(ada.members().map(({ name }) => name)).toContain('Ada')
    me.client.leave()
    await run(2_000)
    expect(ada.members()).toHaveLength(1)
    expect(server.harms).toEqual([])
  })

  it('[OT44, OT52] a polluted room does it no harm, nor it the room', async () => {
    const { run, server, visit } = stage({ oddTypes: true })
    const me = visit()
    await run(2_000)
    expect(await me.asks({ type: 'queue-add', items: [FILM] })).toBe('done')
    expect(await me.asks({ type: 'play', positionSec: 0 })).toBe('done')
    expect(await me.asks({ type: 'seek', positionSec: 30 })).toBe('done')
    expect(me.where()).toBeCloseTo(33, 1)
    me.client.report({ positionSec: 33, state: 'playing' })
    await run(1_000)
    expect(server.harms).toEqual([])
  })

  it('[OT47] what it refuses in silence is refused', async () => {
    const { run, visit, quirks } = stage()
    const me = visit()
    await run(2_000)
    quirks.silentErrors = true
    expect(await me.asks({ type: 'seek', positionSec: 30 })).toBe('not-allowed')
    expect(me.where()).toBe(0)
  })

  it.each([
    ['late', { lateMs: [20, 400] as const }],
    ['doubled', { duplicated: 0.3 }],
    ['out of order', { reordered: 0.2 }],
  ])('[OT45] frames that come %s leave the copy as the room is', async (_, quirks) => {
    const { run, server, visit } = stage(quirks)
    const me = visit()
    await run(4_000)
    await me.asks({ type: 'queue-add', items: [FILM] })
    for (const positionSec of [10, 20, 30, 40]) {
      await me.asks({ type: 'seek', positionSec })
      expect(me.where()).toBeCloseTo(positionSec, 1)
    }
    expect(me.room().queue.items.length + (me.room().media ? 1 : 0)).toBe(1)
    expect(server.harms).toEqual([])
  })

  it('[OT42] a line that is lost is taken up again, by the same token', async () => {
    const { run, server, visit } = stage()
    const me = visit()
    await run(2_000)
    server.cutAll()
    await run(10_000)
    expect(me.room().members).toHaveLength(1)
    const opens = server.received.filter(({ kind }) => kind === 'open')
    expect(opens.map((each) => ('path' in each ? each.path.replace(/^.*(?=\/api)/, '') : ''))).toEqual([
      '/api/room/movies',
      '/api/room/movies?reconnect=true',
    ])
    expect(new Set(me.tokens).size).toBe(1)
  })

  it.each([1001, 1006, 1011, 4000])('[OT42] closed with %i in the middle it comes back', async (code) => {
    const { run, server, visit } = stage({ closeWith: { code, afterFrames: 8 } })
    const me = visit()
    await run(2_000)
    await me.asks({ type: 'say', text: 'one' })
    await me.asks({ type: 'say', text: 'two' })
    await run(20_000)
    expect(me.room().members).toHaveLength(1)
    expect(await me.asks({ type: 'say', text: 'three' })).toBe('done')
    expect(server.harms).toEqual([])
  })

  it('[OT43] over a slow line it is where the server is, but for what no answer can tell', async () => {
    const { run, visit, server } = stage({ lateMs: 200 })
    const me = visit()
    await run(4_000)
    await me.asks({ type: 'queue-add', items: [FILM] })
    await me.asks({ type: 'play', positionSec: 0 })
    await me.asks({ type: 'seek', positionSec: 30 })
    const there = server.rooms.get('movies')?.position()
    expect(Math.abs(me.where() - Number(there))).toBeLessThan(0.11)
    expect(me.client.state()).toMatchObject({ boundMs: 160 })
  })

  it('[OT42] tokens that count no more are replaced, once; a room that is unloaded is over', async () => {
    const { run, server, visit, quirks } = stage()
    const me = visit('kept-from-yesterday')
    await run(10_000)
    expect(me.room().members).toHaveLength(1)
    expect(me.tokens.at(-1)).toHaveLength(684)
    server.unload('movies')
    await run(30_000)
    expect(me.client.state()).toMatchObject({ kind: 'outside', why: { code: 'room-closed' } })
    quirks.outOfPoints = true
    const other = visit()
    await run(1_000)
    expect(other.client.state()).toMatchObject({ kind: 'outside' })
  })
})

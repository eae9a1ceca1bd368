/** The scripted OpenSyncParty server and clients against each other. */
import { expect, it } from 'vitest'
import { fieldsOf } from '../json'
import { createScene, holds } from '../scene'
import { createOpenSyncPartyClient, type OpenSyncPartyClientOptions } from './client'
import { createOpenSyncParty, type OpenSyncPartyQuirks } from './server'

function stage(quirks: OpenSyncPartyQuirks = {}) {
  const scene = createScene()
  const server = createOpenSyncParty({ time: scene.clock, quirks })
  const client = (id: string, more: Partial<OpenSyncPartyClientOptions> = {}) =>
    createOpenSyncPartyClient({
      url: 'ws://server/OpenSyncParty/ws',
      id,
      name: id,
      time: scene.clock,
      dial: server.dial,
      ...more,
    })
  const couple = async (more: Partial<OpenSyncPartyClientOptions> = {}) => {
    const ada = client('ada', more)
    ada.create()
    await scene.until(ada.isIn)
    const bob = client('bob', more)
    bob.join()
    await scene.until(() => ada.members().length === 2 && bob.isIn())
    // They don't hear themselves for half a second after being told anything.
    await scene.run(1000)
    return { ada, bob }
  }
  return { ...scene, server, quirks, client, couple }
}

it.each(['overlay', 'plugin'] as const)('the %s creates, joins, plays, seeks, hands over', async (kind) => {
  const { couple, run } = stage()
  const { ada, bob } = await couple({ kind })
  ada.seek(60)
  ada.play()
  await run(6000)
  expect(bob.position()).toBeCloseTo(66, 0)
  // Its own act comes back to the host.
  expect(ada.told.filter(({ type }) => type === 'player_event')).toHaveLength(2)
  expect(ada.told.filter(({ type }) => type === 'pong').map((one) => one['server_ts'])).toEqual([0, 0])
  ada.leave()
  await run(100)
  expect([bob.isHost(), bob.members().map(({ client_id: id }) => id)]).toEqual([true, ['bob']])
  expect([...ada.stumbles, ...bob.stumbles]).toEqual([])
})

it('the overlay wipes out the state for whoever comes later, and only for them', async () => {
  const { couple, run, server, client } = stage()
  const { ada, bob } = await couple()
  ada.seek(60)
  ada.play()
  await run(3500)
  expect(server.rooms.get('movie-night')).toMatchObject({ position: 0, playState: 'paused' })
  expect(bob.playing()).toBe(true)
  const eve = client('eve')
  eve.join()
  await run(100)
  expect(eve.position()).toBe(0)
  expect(server.harms).toHaveLength(1)
})

it('every error is silence, a host who comes back to a full room is locked out, and its id is all it takes to be host', async () => {
  const { couple, run, client } = stage()
  const { ada, bob } = await couple()
  const lost = client('lost', { room: 'nowhere' })
  lost.join()
  ada.loseLine()
  await run(3500)
  expect([lost.told.filter(({ type }) => type !== 'pong'), ada.isOpen(), bob.isHost()]).toEqual([[], true, true])
  expect(ada.told.filter(({ type }) => type === 'room_state')).toHaveLength(1)
  ada.sayRaw(
    JSON.stringify({
      type: 'player_event',
      room: 'movie-night',
      client: 'bob',
      payload: { action: 'seek', position: 9 },
      ts: 1,
    }),
  )
  await run(100)
  expect(bob.position()).toBe(9)
})

it('as documented: errors have codes, acts spare their sender, times are the server’s', async () => {
  const { couple, run, client } = stage({ asDocumented: true })
  const { ada, bob } = await couple({ options: { free_play: true } })
  bob.actFreely('seek', 30)
  const eve = client('eve', { room: 'nowhere' })
  eve.join()
  await run(100)
  expect([ada.position(), bob.position(), eve.errors]).toEqual([30, 0, ['room not found']])
  expect(ada.told.every((one) => one['server_ts'] !== 0)).toBe(true)
})

it('odd types leave the video where it was; late, doubled and swapped frames come as well', async () => {
  const { couple, run, quirks } = stage({ lateMs: [0, 90], duplicated: 0.4, reordered: 0.4 })
  const { ada, bob } = await couple()
  quirks.oddTypes = true
  ada.seek(60)
  await run(1000)
  expect(bob.position()).toBe(0)
  expect(bob.told.map((one) => fieldsOf(one['payload'])['position'])).toContain('60')
})

it('over real sockets', async () => {
  const server = createOpenSyncParty()
  const url = `${(await server.listen()).replace('http', 'ws')}/OpenSyncParty/ws`
  const ada = createOpenSyncPartyClient({ url })
  ada.create()
  await holds(ada.isIn)
  expect([ada.isHost(), ada.current()]).toEqual([true, 'https://example.org/a.mp4'])
  ada.stop()
  await server.stop()
})

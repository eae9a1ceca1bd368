/** The scripted FrameTogether server and extension against each other. */
import { expect, it } from 'vitest'
import { createScene, holds } from '../scene'
import { createFrameTogetherClient } from './client'
import { createFrameTogether, type FrameTogetherQuirks } from './server'

function stage(quirks: FrameTogetherQuirks = {}) {
  const scene = createScene()
  const server = createFrameTogether({ time: scene.clock, quirks })
  const client = () => createFrameTogetherClient({ server: 'ws://server', time: scene.clock, dial: server.dial })
  const couple = async () => {
    const host = client()
    host.create()
    await scene.until(host.isIn)
    const viewer = client()
    viewer.join(` ${host.room()} `)
    await scene.until(viewer.isIn)
    await scene.run(1000)
    return { host, viewer }
  }
  return { ...scene, server, quirks, client, couple }
}

it('who created a room leads it; the other follows play, seek and pause', async () => {
  const { couple, run, server } = stage()
  const { host, viewer } = await couple()
  expect([host.isHost(), viewer.isHost()]).toEqual([true, false])
  host.seek(60)
  host.play()
  await run(10_000)
  expect(viewer.position()).toBeCloseTo(70, 0)
  host.pause()
  await run(20_000)
  expect(viewer.playing()).toBe(false)
  expect(server.frames(1).filter((frame) => String(frame).includes('Heartbeat'))).toHaveLength(2)
  expect([...viewer.stumbles, ...server.harms]).toEqual([])
})

it('a lost line is back in the same room 3.1 s later; a room that is gone leaves the client where it is', async () => {
  const { couple, run, server } = stage({ emptyRoomMs: 2000 })
  const { host, viewer } = await couple()
  viewer.loseLine()
  await run(3000)
  expect(host.members()).toHaveLength(1)
  await run(200)
  expect(host.members()).toHaveLength(2)
  server.cutAll()
  await run(4000)
  expect([host.errors, viewer.errors]).toEqual([['Room not found'], ['Room not found']])
})

it.each([true, false])('promotes: %s', async (promotes) => {
  const { couple, run } = stage({ promotes })
  const { host, viewer } = await couple()
  const name = viewer.me()
  host.leave()
  await run(100)
  expect([viewer.isHost(), viewer.me()]).toEqual([promotes, name])
})

it('joinsCreator makes two of one; doubled and swapped frames come as well', async () => {
  const { client, until, server } = stage({ joinsCreator: true })
  const host = client()
  host.create()
  await until(host.isIn)
  await until(() => (server.rooms.get(host.room() ?? '')?.people.length ?? 0) === 2)
  const odd = stage({ duplicated: 0.5, reordered: 0.5, lateMs: [0, 50], participants: 'strings' })
  const { viewer } = await odd.couple()
  expect(viewer.isIn()).toBe(true)
})

it('odd types make the extension stumble; fields and states that are not in the page are noted', async () => {
  const { couple, run, server, quirks } = stage()
  const { host, viewer } = await couple()
  Object.assign(quirks, { oddTypes: true })
  host.seek(5)
  viewer.sayRaw('{"type":"State","time":1,"paused":false}')
  viewer.sayRaw('{"type":"Join","room_id":"x","name":"Ada"}')
  await run(100)
  expect(viewer.stumbles).toHaveLength(1)
  expect(server.harms).toHaveLength(2)
})

it('over real sockets', async () => {
  const server = createFrameTogether()
  const url = await server.listen()
  server.makeRoom('abc123')
  const host = createFrameTogetherClient({ server: url.replace('http', 'ws'), origin: 'chrome-extension://abc' })
  host.join('abc123')
  await holds(host.isIn)
  expect(host.isHost()).toBe(true)
  host.stop()
  await server.stop()
})

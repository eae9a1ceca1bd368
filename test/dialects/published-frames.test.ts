/** The frames of three published documents, as they stand there: our server answers each without complaint, our client reads each. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { frametogetherClient } from '../../src/dialects/frametogether/client'
import { createFrametogetherServer } from '../../src/dialects/frametogether/server'
import { opensyncpartyClient } from '../../src/dialects/opensyncparty/client'
import { createOpensyncpartyServer } from '../../src/dialects/opensyncparty/server'
import { openwatchpartyClient } from '../../src/dialects/openwatchparty/client'
import { createOpenwatchpartyServer } from '../../src/dialects/openwatchparty/server'
import { aClientMachine, refusals } from './a-client-machine'
import { aWire } from './a-wire'

type Frames = { readonly toServer: readonly Frame[]; readonly toClient: readonly Frame[] }
type Frame = { readonly type: string; readonly [field: string]: unknown }

const framesOf = (name: string): Frames =>
  JSON.parse(readFileSync(new URL(`../wire/fixtures/${name}/frames.json`, import.meta.url), 'utf8')) as Frames

it('[FT35] FrameTogether: what its document shows is understood on both sides', async () => {
  const { toServer, toClient } = framesOf('frametogether')
  const at = await aWire(createFrametogetherServer())
  const socket = await at.open('/sync')
  for (const frame of toServer) await socket.say(frame)
  // The example's room is not there, as in the example of an error.
  expect(socket.news()).toEqual([{ type: 'RoomCreated', room_id: expect.any(String) }, toClient.at(-1)])
  const client = aClientMachine(frametogetherClient)
  client.join({ door: { kind: 'code', code: 'abc123' } })
  for (const frame of toClient) expect(client.hear(frame).some(({ kind }) => kind === 'unreadable')).toBe(false)
  expect(client.copy()).toMatchObject({ code: 'abc123', members: [{ role: 'host', shown: { name: 'Happy Panda' } }] })
})

it('[OS13] OpenSyncParty: what its document shows is understood on both sides', async () => {
  const { toServer, toClient } = framesOf('opensyncparty')
  const at = await aWire(createOpensyncpartyServer())
  const [host, guest] = [await at.open('/OpenSyncParty/ws'), await at.open('/OpenSyncParty/ws')]
  for (const frame of toServer) await (frame['client'] === 'c-1' ? host : guest).say(frame)
  expect(host.news().map(({ type }) => type)).toEqual(['room_state', 'client_joined', 'participants_update'])
  expect(guest.news().map(({ type }) => type)).toEqual(['room_state', 'player_event', 'state_update', 'pong'])
  const client = aClientMachine(opensyncpartyClient)
  client.join({ door: { kind: 'code', code: 'movie-night' }, token: '{"client":"c-2"}' })
  client.pass(500)
  for (const frame of toClient) expect(client.hear(frame).some(({ kind }) => kind === 'unreadable')).toBe(false)
  expect(client.copy()?.members).toMatchObject([
    { id: 'c-1', role: 'guest' },
    { id: 'c-2', role: 'host' },
  ])
})

it('[OW13] OpenWatchParty: what its document shows is understood on both sides', async () => {
  const { toServer, toClient } = framesOf('openwatchparty')
  const at = await aWire(createOpenwatchpartyServer())
  const socket = await at.open('/ws')
  for (const frame of toServer) await socket.say(frame)
  expect(socket.heard.filter(({ type }) => type === 'error')).toEqual([])
  expect(socket.heard.map(({ type }) => type)).toEqual(expect.arrayContaining(['auth_success', 'room_state', 'pong']))
  const client = aClientMachine(openwatchpartyClient)
  client.join({ door: { kind: 'code', code: '7b0e' }, token: 'jwt' })
  const told = toClient.flatMap((frame) => client.hear(frame))
  expect(told.some(({ kind }) => kind === 'unreadable')).toBe(false)
  expect(refusals(told)).toEqual([])
  expect(told.at(-1)).toMatchObject({ kind: 'unseated' })
})

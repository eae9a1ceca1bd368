import { describe, expect, it } from 'vitest'
import { type BridgeWorld, startWorld } from '../../bridges/world'
import { createPianoRhythmClient } from '../../foreign/pianorhythm/client'
import { OUR_NUMBERS } from './our-numbers'

const url = (name: string): string =>
  `ws://here/api/websocket/${encodeURIComponent(JSON.stringify({ username: name }))}`
const client = ({ clock, dial }: BridgeWorld, name: string) =>
  createPianoRhythmClient({ url: url(name), time: clock, dial, numbers: OUR_NUMBERS })

describe('clients written from the page alone', () => {
  it('[PR29] make a room, talk, play, move, ask, and hear each other', async () => {
    const world = await startWorld()
    const [ann, ben] = [client(world, 'Ann'), client(world, 'Ben')]
    ann.create('My Piano Room', { password: 'chopin' })
    ann.connect()
    await world.clock.advance(1_000)
    ben.join('My Piano Room', 'liszt')
    ben.connect()
    await world.clock.advance(1_000)
    expect(ben.refused()).toMatch(/password/)
    ben.join('My Piano Room', 'chopin')
    await world.clock.advance(1_000)
    expect(ben.room()?.name).toBe('My Piano Room')
    expect(ann.members().map(({ name }) => name)).toEqual(['Ann', 'Ben'])
    expect(ben.members()).toEqual(ann.members())

    ben.chat('hello')
    ben.press(60)
    ben.moveAvatar()
    ben.status(2)
    const ask = ben.askRoomInfo(ben.room()?.id ?? '')
    await world.clock.advance(1_000)
    expect(ann.lines().at(-1)).toMatchObject({ from: 'Ben', text: 'hello', type: 0 })
    expect(ann.held()).toEqual([`${ben.me()?.id} 60`])
    expect(ann.members().at(-1)?.status).toBe(2)
    expect(ben.answerTo(ask)).toMatchObject({ roomInfo: { room_name: 'My Piano Room' } })

    ben.befriend(ann.me()?.id ?? '')
    ben.whisper(ann.me()?.id ?? '', 'psst')
    await world.clock.advance(2_000)
    expect(ann.friendRequests()).toHaveLength(1)
    expect(ann.whispers()).toEqual([{ from: ben.me()?.id, text: 'psst' }])

    ben.leaveRoom()
    await world.clock.advance(1_000)
    expect(ann.held()).toEqual([])
    expect(ann.members().map(({ name }) => name)).toEqual(['Ann'])
    ann.stop()
    ben.stop()
    expect([...ann.stumbles, ...ben.stumbles, ...ann.errors, ...ben.errors]).toEqual([])
    await world.stop()
  })

  it('[PR29] keep alive by their heartbeat, and come back into the room when the line was cut', async () => {
    const world = await startWorld()
    const [ann, ben] = [client(world, 'Ann'), client(world, 'Ben')]
    ann.create('My Piano Room')
    ann.connect()
    await world.clock.advance(1_000)
    ben.join('My Piano Room')
    ben.connect()
    await world.clock.advance(150_000)
    expect([ann.closes, ben.closes, ann.heartbeatsBack()]).toEqual([[], [], 5])
    ben.loseLine()
    await world.clock.advance(5_000)
    expect(ben.closes).toHaveLength(1)
    expect(ann.members().map(({ name }) => name)).toEqual(['Ann', 'Ben'])
    expect(ben.isIn()).toBe(true)
    ann.stop()
    ben.stop()
    await world.stop()
  })
})

import { describe, expect, it } from 'vitest'
import type { RoomCommand } from '../../src/core/room/command'
import type { PublicRoom } from '../../src/core/room/room'
import { quiet } from './peer'
import { aTown, type Someone, type Town } from './some-people'

const song = (name: string) => ({
  durationSec: 30,
  content: { address: `https://example.org/${name}`, title: name },
})

async function aClub(): Promise<{ town: Town; host: Someone; dj: Someone; room: () => PublicRoom }> {
  const town = await aTown()
  const host = await town.come({ name: 'Host' })
  const dj = await town.come({ name: 'Dora', code: host.code })
  await command(host, { type: 'configure', settings: { mode: 'rotation' } })
  const find = await town.server.rooms.find(host.code)
  const roomId = find?.public.id ?? ''
  return {
    town,
    host,
    dj,
    room() {
      const room = town.server.rooms.held(roomId)
      if (!room) throw new Error('the room is gone')
      return room
    },
  }
}
let asks = 0
async function command(who: Someone, what: RoomCommand): Promise<void> {
  await who.peer.send({ type: 'command', ask: `c${++asks}`, command: what })
  await quiet()
  await quiet()
}
const titles = (items: readonly { readonly content: { readonly title: string } }[]): string =>
  items.map(({ content }) => content.title).join('')
async function playlist(who: Someone): Promise<string> {
  return titles((await who.open()).playlists[0]?.items ?? [])
}

describe('a DJ with an active playlist', () => {
  it('[Y48] plays from it, one waiting, and what was taken goes to its end', async () => {
    const { town, dj, room } = await aClub()
    await dj.asks({ type: 'playlist-create', name: 'Mine', items: ['a', 'b', 'c'].map(song) })
    await command(dj, { type: 'join-booth' })
    expect(room().media).toMatchObject({ addedBy: dj.memberId, content: { title: 'a' } })
    expect(titles(room().queue.items)).toBe('b')
    expect(await playlist(dj)).toBe('cab')
    await town.clock.advance(32_000)
    await quiet()
    expect(room().media?.content.title).toBe('b')
    expect(titles(room().queue.items)).toBe('c')
    await command(dj, { type: 'skip' })
    await command(dj, { type: 'skip' })
    expect(room().media?.content.title).toBe('a')
  })

  it('[Y48] what waits already comes first, and another’s playlist is not touched', async () => {
    const { host, dj, room } = await aClub()
    await dj.asks({ type: 'playlist-create', name: 'Mine', items: [song('a')] })
    await host.asks({ type: 'playlist-create', name: 'Theirs', items: [song('x')] })
    await command(dj, { type: 'join-booth', items: [song('own'), song('second')] })
    expect(room().media?.content.title).toBe('own')
    expect(titles(room().queue.items)).toBe('second')
    expect(await playlist(host)).toBe('x')
    expect(await playlist(dj)).toBe('a')
  })

  it('[Y48] who activates or fills one in the booth begins to play', async () => {
    const { dj, room } = await aClub()
    await command(dj, { type: 'join-booth' })
    expect(room().media).toBeUndefined()
    await dj.asks({ type: 'playlist-create', name: 'Mine' })
    const playlistId = (await dj.open()).playlists[0]?.id ?? ''
    await dj.asks({ type: 'playlist-add', playlistId, items: [song('late')] })
    await quiet()
    expect(room().media?.content.title).toBe('late')
    // One that is alone comes round to itself.
    expect(titles(room().queue.items)).toBe('late')
  })

  it('[Y48] outside the booth, without a rotation, or without an active one, nothing is added', async () => {
    const { host, dj, room } = await aClub()
    await dj.asks({ type: 'playlist-create', name: 'Mine', items: [song('a')] })
    await dj.asks({ type: 'playlist-activate' })
    await command(dj, { type: 'join-booth' })
    expect(room().media).toBeUndefined()
    await command(dj, { type: 'leave-booth' })
    const playlistId = (await dj.open()).playlists[0]?.id ?? ''
    await dj.asks({ type: 'playlist-activate', playlistId })
    expect(room().media).toBeUndefined()
    await command(host, { type: 'configure', settings: { mode: 'manual' } })
    expect(room().queue.items).toEqual([])
  })

  it('[Y48] where a turn is the last one, nothing waits for another', async () => {
    const { host, dj, room } = await aClub()
    await command(host, { type: 'configure', settings: { cycle: false } })
    await dj.asks({ type: 'playlist-create', name: 'Mine', items: ['a', 'b'].map(song) })
    await command(dj, { type: 'join-booth' })
    expect(room().media?.content.title).toBe('a')
    expect(room().queue.items).toEqual([])
    await command(dj, { type: 'skip' })
    expect(room()).toMatchObject({ booth: { waiting: [] }, queue: { items: [] } })
  })

  it('[Y22] the queue is taken along into a playlist', async () => {
    const { town } = await aClub()
    const host = await town.come({ name: 'Ann' })
    await command(host, { type: 'queue-add', items: ['a', 'b', 'c'].map(song) })
    await host.asks({ type: 'playlist-create', name: 'Mine' })
    const playlistId = (await host.open()).playlists[0]?.id ?? ''
    expect(await host.asks({ type: 'playlist-import', playlistId })).toBe('done')
    expect(await playlist(host)).toBe('bc')
  })
})

describe('what was played', () => {
  it('[Y49] is noted for whoever played it, with the room and what others thought of it', async () => {
    const { town, host, dj } = await aClub()
    await dj.asks({ type: 'playlist-create', name: 'Mine', items: [song('a')] })
    await command(dj, { type: 'join-booth' })
    const media = (await town.server.rooms.find(host.code))?.public.media
    await command(host, { type: 'vote', itemId: media?.id ?? '', vote: 1 })
    await command(dj, { type: 'skip' })
    const { history } = await dj.open()
    expect(history).toMatchObject([
      { id: media?.id, skipped: true, score: { up: 1 }, room: { code: host.code }, content: { title: 'a' } },
    ])
    expect((await host.open()).history).toEqual([])
  })

  it('[Y49] of somebody of whom nothing is kept, nothing is', async () => {
    const { town } = await aClub()
    const ann = await town.come()
    await command(ann, { type: 'queue-add', items: ['a', 'b'].map(song) })
    await command(ann, { type: 'skip' })
    expect(await ann.open()).toMatchObject({ rev: 0, history: [] })
  })
})

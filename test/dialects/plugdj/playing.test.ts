import { describe, expect, it } from 'vitest'
import { aRoom, does, fill, type Plugger } from './a-community'

type Advance = { h?: string; t?: string; c?: number; d?: number[]; m?: { cid: string } }

const startOf = (advance: Advance): number => Date.parse(`${(advance.t ?? '').slice(0, 23).replace(' ', 'T')}Z`)
const advances = (plugger: Plugger): Advance[] =>
  plugger.news().flatMap(({ a, p }) => (a === 'advance' ? [p as Advance] : []))

/** Hanna plays, and Tom sits there with one of our clients as a moderator. */
async function aShow(items = 3) {
  const community = await aRoom('Tasty Cat', items)
  const { hanna, tutti, code, advance, room } = community
  const tom = await tutti({ code, name: 'Tom' })
  const [, toms] = room(code).members
  await hanna.call('POST', 'staff/update', { userID: toms?.number, roleID: 3000 })
  await hanna.call('POST', 'booth')
  await advance(10_000)
  const begun = advances(hanna)
  return { ...community, tom, begun }
}

describe('what is played', () => {
  it('[PD12] is told once it counts, with the moment that it began', async () => {
    const { begun, hanna, room, code } = await aShow()
    expect(begun).toMatchObject([{ c: hanna.id(), d: [], p: 0, m: { cid: 'video_00000', duration: 200 } }])
    expect(startOf(begun[0] ?? {})).toBe(room(code).timeline.next?.atMs)
  })

  it('[PD12] the next item comes at the end of one, and after a skip; an empty object when there is none', async () => {
    const { hanna, account, advance, slug } = await aRoom('Cat', 2)
    const ben = await account('Ben')
    await ben.join(slug)
    await fill(ben, 1, 'bens')
    await hanna.call('POST', 'booth')
    await ben.call('POST', 'booth')
    await advance(1_000)
    expect(advances(ben)).toMatchObject([{ c: hanna.id(), m: { cid: 'video_00000' } }])
    await advance(201_000)
    expect(advances(ben)).toMatchObject([{ c: ben.id(), d: [hanna.id()], m: { cid: 'bens_000000' } }])
    await ben.call('POST', 'booth/skip/me')
    await advance(1_000)
    expect(advances(hanna).slice(-1)).toMatchObject([{ c: hanna.id(), d: [ben.id()], m: { cid: 'video_00001' } }])
    ben.news()
    await ben.call('DELETE', 'booth')
    await hanna.call('DELETE', 'booth')
    await advance(1_000)
    expect(ben.news().slice(-1)).toEqual([{ a: 'advance', p: {}, s: slug }])
  })

  it('[PD20] is told half a round trip before it counts', async () => {
    const { hanna, advance } = await aRoom('Cat', 1)
    hanna.roundTrip(400)
    await hanna.call('POST', 'booth')
    hanna.news()
    await advance(440)
    expect(advances(hanna)).toEqual([])
    await advance(20)
    const [told] = advances(hanna)
    expect(startOf(told ?? {}) - 1_600_000_000_000).toBe(650)
  })

  it('[PD17] a seek is told as the same play with a start that matches, and its votes once more', async () => {
    const { hanna, begun, host, room, code, slug, advance } = await aShow()
    const { media } = room(code)
    await hanna.call('POST', 'votes', { direction: 1, historyID: media?.id })
    hanna.news()
    await seek({ host, room, code }, 100)
    await advance(2_000)
    const [first, ...rest] = hanna.news()
    expect(first).toMatchObject({ a: 'advance', p: { h: media?.id, m: { cid: 'video_00000' } }, s: slug })
    expect(rest).toEqual([{ a: 'vote', p: { i: hanna.id(), v: 1 }, s: slug }])
    const line = room(code).timeline.next ?? room(code).timeline.current
    expect(startOf(first?.p as Advance)).toBe(line.atMs - 100_000)
    expect(startOf(begun[0] ?? {})).not.toBe(startOf(first?.p as Advance))
  })

  it('[PD17] a seek that nobody here could follow is not told', async () => {
    const { hanna, host, room, code, advance, clock } = await aShow()
    const { positionSec, atMs } = room(code).timeline.next ?? room(code).timeline.current
    const counts = clock.nowMs() + 650
    await seek({ host, room, code }, positionSec + (counts - atMs) / 1000 + 0.1)
    await advance(2_000)
    expect(hanna.news()).toEqual([])
  })

  it('[PD20] of two changes ahead the later one counts, and is all that is told', async () => {
    const { hanna, host, room, code, advance } = await aShow()
    await seek({ host, room, code }, 50)
    await seek({ host, room, code }, 150)
    await advance(2_000)
    const line = room(code).timeline.next ?? room(code).timeline.current
    expect(advances(hanna).map(startOf)).toEqual([line.atMs - 150_000])
  })

  it('[PD18] a pause is told in words, and going on as a start that matches', async () => {
    const { hanna, host, room, code, advance } = await aShow()
    await act({ host, room, code }, { type: 'pause', positionSec: 61 })
    await advance(2_000)
    expect(hanna.news()).toEqual([{ a: 'plugMessage', p: 'Paused at 1:01 by Hanna.', s: 'dashboard' }])
    await advance(20_000)
    expect(hanna.news()).toEqual([])
    await act({ host, room, code }, { type: 'play', positionSec: 61 })
    await advance(2_000)
    const line = room(code).timeline.next ?? room(code).timeline.current
    expect(advances(hanna).map(startOf)).toEqual([line.atMs - 61_000])
  })

  it('[PD18] whom the room waits for is told in words', async () => {
    const { hanna, tom, advance } = await aShow()
    await does(tom, { type: 'suspend', reason: 'buffering' })
    await advance(3_000)
    const [words, ...rest] = hanna.news()
    expect(words).toMatchObject({ a: 'plugMessage', p: expect.stringMatching(/^Waiting at 0:\d\d for Tom\.$/) })
    expect(rest).toEqual([])
    await does(tom, { type: 'resume' })
    await advance(2_000)
    expect(advances(hanna)).toHaveLength(1)
  })

  it('[PD18] what begins in a room that stands is told, and that it stands', async () => {
    const { hanna, tutti } = await aRoom()
    const tom = await tutti({ name: 'Tom' })
    await hanna.join(tom.copy()?.code ?? '')
    await does(tom, { type: 'set-media', media: { content: { address: 'https://youtu.be/dQw4w9WgXcQ', title: 'T' } } })
    await hanna.call('GET', 'users/me')
    expect(hanna.news()).toMatchObject([
      { a: 'advance', p: { m: { cid: 'dQw4w9WgXcQ', duration: 86_400 }, d: [] } },
      { a: 'plugMessage', p: 'Paused at 0:00 by Tom.' },
    ])
    await does(tom, { type: 'play', positionSec: 3 })
    await hanna.call('GET', 'users/me')
    expect((await hanna.call('GET', 'rooms/state')).data).toMatchObject([
      { playback: { media: { cid: 'dQw4w9WgXcQ' } } },
    ])
  })

  it('[PD19] a rate is told in words, with a start that is right just then', async () => {
    const { hanna, host, room, code, advance } = await aShow()
    await act({ host, room, code }, { type: 'set-rate', rate: 1.5 })
    await advance(2_000)
    expect(hanna.news()).toMatchObject([{ a: 'advance' }, { a: 'plugMessage', p: 'It plays at 1.5×.' }])
    await act({ host, room, code }, { type: 'set-rate', rate: 1 })
    await advance(2_000)
    expect(hanna.news()).toMatchObject([{ a: 'advance' }, { a: 'plugMessage', p: 'It plays at 1×.' }])
  })
})

describe('votes', () => {
  it('[PD13] name the play that they mean; one that is over is refused', async () => {
    const { hanna, account, slug, room, code, advance } = await aShow()
    const ben = await account('Ben')
    await ben.join(slug)
    const playlistID = await fill(ben, 0)
    const historyID = room(code).media?.id
    hanna.news()
    expect(await ben.call('POST', 'votes', { direction: 1, historyID })).toMatchObject({ status: 'ok' })
    expect(await ben.call('POST', 'grabs', { playlistID, historyID })).toMatchObject({
      data: [{ id: playlistID, count: 1 }],
    })
    expect(hanna.news()).toEqual([
      { a: 'vote', p: { i: ben.id(), v: 1 }, s: slug },
      { a: 'grab', p: ben.id(), s: slug },
    ])
    expect(await ben.call('POST', 'booth/skip', { userID: hanna.id(), historyID })).toMatchObject({
      status: 'notAuthorized',
    })
    await hanna.call('POST', 'booth/skip/me')
    await advance(2_000)
    hanna.news()
    for (const [path, body] of [
      ['votes', { direction: 1 }],
      ['grabs', { playlistID }],
      ['booth/skip', { userID: hanna.id() }],
    ] as const) {
      expect(await ben.call('POST', path, { ...body, historyID }), path).toMatchObject({ status: 'requestError' })
    }
    expect(hanna.news()).toEqual([])
    expect((await ben.call('GET', 'playlists/' + playlistID + '/media')).data).toMatchObject([{ cid: 'video_00000' }])
  })

  it('[PD13] taken back, or on what waits, they can’t be said', async () => {
    const { hanna, tom, room, code } = await aShow()
    const { media, queue } = room(code)
    await does(tom, { type: 'vote', itemId: media?.id ?? '', vote: -1 })
    await does(tom, { type: 'vote', itemId: media?.id ?? '', vote: 0 })
    await does(tom, { type: 'vote', itemId: queue.items[0]?.id ?? '', vote: 1 })
    await hanna.call('GET', 'users/me')
    expect(hanna.news()).toMatchObject([{ a: 'vote', p: { v: -1 } }])
  })
})

type InRoom = Pick<Awaited<ReturnType<typeof aShow>>, 'host' | 'room' | 'code'>
type Moves = { type: 'seek' | 'pause' | 'play'; positionSec: number } | { type: 'set-rate'; rate: number }

/** Nobody of this wire can move the room, so its host does through another one. */
async function act({ host, room, code }: InRoom, command: Moves): Promise<void> {
  const { id, members } = room(code)
  const refusal = await host.server.rooms.command(id, members[0]?.id ?? '', command)
  expect(refusal).toMatchObject({ changed: true })
}
const seek = (where: InRoom, positionSec: number): Promise<void> => act(where, { type: 'seek', positionSec })

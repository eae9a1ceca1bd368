import { describe, expect, it } from 'vitest'
import { aRoom, fill, ITEM, type Plugger } from './a-community'

type Media = { id: number; cid: string; title: string; author: string }

const mediaOf = async (plugger: Plugger, id: number): Promise<Media[]> =>
  (await plugger.call('GET', `playlists/${id}/media`)).data as Media[]
const cids = (media: readonly unknown[]): string[] => (media as Media[]).map(({ cid }) => cid)

describe('playlists', () => {
  it('[PD25] are made, renamed, activated and deleted', async () => {
    const { hanna } = await aRoom()
    const made = await hanna.call('POST', 'playlists', { name: 'First & best', media: [ITEM('dQw4w9WgXcQ')] })
    const [{ id: first }] = made.data as [{ id: number }]
    expect(made.data).toEqual([{ id: first, name: 'First &amp; best', active: true, count: 1 }])
    const [{ id: second }] = (await hanna.call('POST', 'playlists', { name: 'Second', media: null })).data as [
      { id: number },
    ]
    expect(await hanna.call('PUT', `playlists/${second}/activate`)).toMatchObject({ data: [{ activated: second }] })
    expect(await hanna.call('PUT', `playlists/${second}/rename`, { name: 'Other' })).toMatchObject({ status: 'ok' })
    expect((await hanna.call('GET', 'playlists')).data).toEqual([
      { id: first, name: 'First &amp; best', active: false, count: 1 },
      { id: second, name: 'Other', active: true, count: 0 },
    ])
    expect(await hanna.call('DELETE', `playlists/${first}`)).toMatchObject({ status: 'ok' })
    expect(await hanna.call('GET', `playlists/${first}/media`)).toMatchObject({ status: 'notFound' })
    expect(await hanna.call('DELETE', 'playlists/nonsense')).toMatchObject({ status: 'notFound' })
  })

  it('[PD25] are filled at either end, moved about, corrected and emptied', async () => {
    const { hanna } = await aRoom()
    const id = await fill(hanna, 2)
    const insert = (cid: string, append: boolean) =>
      hanna.call('POST', `playlists/${id}/media/insert`, { media: [{ ...ITEM(cid), duration: '200' }], append })
    expect(cids((await insert('last_000000', true)).data)).toEqual(['video_00000', 'video_00001', 'last_000000'])
    expect(cids((await insert('first_00000', false)).data)[0]).toBe('first_00000')
    const media = await mediaOf(hanna, id)
    const ids = [media[3]?.id, media[2]?.id]
    const moved = await hanna.call('PUT', `playlists/${id}/media/move`, { ids, beforeID: media[0]?.id })
    expect(cids(moved.data)).toEqual(['video_00001', 'last_000000', 'first_00000', 'video_00000'])
    const ended = await hanna.call('PUT', `playlists/${id}/media/move`, { ids: [ids[1]], beforeID: -1 })
    expect(cids(ended.data).at(-1)).toBe('video_00001')
    const corrected = { author: 'A', title: 'B & C' }
    expect(await hanna.call('PUT', `playlists/${id}/media/update`, { id: ids[0], ...corrected })).toMatchObject({
      data: [corrected],
    })
    expect(cids((await hanna.call('PUT', `playlists/${id}/shuffle`)).data).sort()).toHaveLength(4)
    const left = await hanna.call('POST', `playlists/${id}/media/delete`, { ids })
    expect(cids(left.data).sort()).toEqual(['first_00000', 'video_00000'])
  })

  it('[PD25] take nothing that nobody could open', async () => {
    const { hanna } = await aRoom()
    const id = await fill(hanna, 1)
    for (const wrong of [{ cid: 'a b' }, { format: 2 }, { format: 7 }, { duration: -1 }, { duration: 'long' }]) {
      const media = [{ ...ITEM('dQw4w9WgXcQ'), ...wrong }]
      expect(await hanna.call('POST', `playlists/${id}/media/insert`, { media }), JSON.stringify(wrong)).toMatchObject({
        status: 'requestError',
      })
    }
    expect(await mediaOf(hanna, id)).toHaveLength(1)
  })

  it('[PD25] whoever has a turn plays from the active one, which goes round', async () => {
    const { hanna, advance } = await aRoom('Cat', 2)
    const [{ id }] = (await hanna.call('GET', 'playlists')).data as [{ id: number }]
    await hanna.call('POST', 'booth')
    await advance(2_000)
    const played = hanna.of('advance').map((p) => (p as { m: Media }).m.cid)
    expect(played).toEqual(['video_00000'])
    expect(cids(await mediaOf(hanna, id)).toSorted()).toEqual(['video_00000', 'video_00001'])
    expect(hanna.of('playlistCycle')).toContain(id)
  })
})

describe('people', () => {
  it('[PD25] somebody is what they set, wherever they are', async () => {
    const { hanna } = await aRoom()
    for (const [method, path, body] of [
      ['PUT', 'users/avatar', { id: 'classic02' }],
      ['PUT', 'users/badge', { id: null }],
      ['PUT', 'users/language', { language: 'de' }],
      ['PUT', 'profile/blurb', { blurb: 'I play' }],
      ['PUT', 'users/settings', { emoji: false, chatTimestamps: 12 }],
    ] as const) {
      expect(await hanna.call(method, path, body), path).toMatchObject({ status: 'ok' })
    }
    const [me] = (await hanna.call('GET', 'users/me')).data
    expect(me).toMatchObject({
      avatarID: 'classic02',
      language: 'de',
      blurb: 'I play',
      xp: 0,
      pp: 0,
      settings: { emoji: false, chatTimestamps: 12, tooltips: true },
      ignores: [],
      notifications: [],
    })
    expect(await hanna.call('PUT', 'users/settings', {})).toMatchObject({ status: 'requestError' })
  })

  it('[PD25] people are looked up by number, one or many', async () => {
    const { hanna, account, slug } = await aRoom()
    const ben = await account('Ben')
    await ben.join(slug)
    expect((await hanna.call('GET', `users/${ben.id()}`)).data).toMatchObject([{ id: ben.id(), username: 'Ben' }])
    expect((await hanna.call('POST', 'users/bulk', { ids: [ben.id(), 5] })).data).toMatchObject([{ id: ben.id() }])
    expect(await hanna.call('GET', 'users/5')).toMatchObject({ status: 'notFound' })
    expect((await hanna.call('GET', `profile/${ben.id()}`)).data).toMatchObject([{ username: 'Ben', history: [] }])
    expect((await hanna.call('GET', 'users/validate/Ben%20Too')).data).toEqual([{ slug: 'ben-too' }])
  })

  it('[PD25] friends are asked, found among the invites, accepted and seen', async () => {
    const { hanna, account, slug } = await aRoom()
    const ben = await account('Ben')
    await ben.join(slug)
    hanna.news()
    ben.news()
    expect(await ben.call('POST', 'friends', { id: hanna.id() })).toMatchObject({ status: 'ok' })
    expect((await hanna.call('GET', 'friends/invites')).data).toMatchObject([{ id: ben.id(), username: 'Ben' }])
    expect(hanna.news()).toEqual([{ a: 'friendRequest', p: 'Ben', s: slug }])
    expect(await hanna.call('POST', 'friends', { id: ben.id() })).toMatchObject({ status: 'ok' })
    expect((await ben.call('GET', 'friends')).data).toMatchObject([{ id: hanna.id(), username: 'Hanna', status: 1 }])
    expect(ben.news()).toEqual([{ a: 'friendAccept', p: 'Hanna', s: slug }])
    await ben.call('DELETE', `friends/${hanna.id()}`)
    expect((await hanna.call('GET', 'friends')).data).toEqual([])
  })

  it('[PD25] a request is ignored, and somebody is not heard', async () => {
    const { hanna, account, slug } = await aRoom()
    const ben = await account('Ben')
    await ben.join(slug)
    await ben.call('POST', 'friends', { id: hanna.id() })
    await hanna.call('PUT', 'friends/ignore', { id: ben.id() })
    expect((await hanna.call('GET', 'friends/invites')).data).toEqual([])
    expect(await hanna.call('POST', 'ignores', { id: ben.id() })).toMatchObject({
      data: [{ id: ben.id(), username: 'Ben' }],
    })
    expect((await hanna.call('GET', 'ignores')).data).toEqual([{ id: ben.id(), username: 'Ben' }])
    await hanna.call('DELETE', `ignores/${ben.id()}`)
    expect((await hanna.call('GET', 'ignores')).data).toEqual([])
  })

  it('[PD25] what somebody played is theirs to see', async () => {
    const { hanna, advance } = await aRoom('Cat', 2)
    await hanna.call('POST', 'booth')
    await advance(202_000)
    expect((await hanna.call('GET', 'users/me/history')).data).toMatchObject([
      { media: { cid: 'video_00000' }, room: { name: 'Cat', private: false }, user: { id: hanna.id() } },
    ])
  })
})

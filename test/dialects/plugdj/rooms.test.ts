import { describe, expect, it } from 'vitest'
import { CREATE } from '../../core/room/a-room'
import { aCommunity, aRoom, does, fill } from './a-community'

describe('communities', () => {
  it('[PD16] a room made here takes turns, is listed, and its first is host', async () => {
    const { room, code, hanna, slug } = await aRoom('Tasty Cat')
    expect(slug).toBe('tasty-cat')
    expect(room(code)).toMatchObject({
      settings: { mode: 'rotation', listed: true, shown: { title: 'Tasty Cat' } },
      members: [{ role: 'host', number: hanna.id(), dialect: 'plugdj' }],
    })
  })

  it('[PD16] a name that is taken, or that can’t be one, leaves a room to its code', async () => {
    const { hanna, account } = await aRoom('Tasty Cat')
    const ben = await account('Ben')
    for (const name of ['Tasty cat', '日本']) {
      const { data, status } = await ben.call('POST', 'rooms', { name, private: true })
      expect(status).toBe('ok')
      const [{ slug }] = data as [{ slug: string }]
      expect(slug).toMatch(/^[a-z0-9]{6}$/)
      await ben.join(slug)
      expect((await ben.call('GET', 'rooms/state')).data).toMatchObject([{ meta: { name, slug } }])
    }
    expect(await hanna.call('GET', 'rooms/validate/Tasty%20Cat')).toMatchObject({ status: 'requestError' })
    expect(await hanna.call('GET', 'rooms/validate/Other%20Cat')).toMatchObject({ data: [{ slug: 'other-cat' }] })
  })

  it('[PD7] a room is joined by name, code or id, and known by what it was called', async () => {
    const { account, code, room, slug } = await aRoom()
    const ben = await account('Ben')
    for (const [asked, known] of [
      [slug, slug],
      [slug.toUpperCase(), slug],
      [code.toUpperCase(), code],
      [room(code).id, code],
    ] as const) {
      await ben.join(asked)
      expect((await ben.call('GET', 'rooms/state')).data).toMatchObject([{ meta: { slug: known } }])
      await ben.chat('hello')
      expect(ben.news()).toMatchObject([{ a: 'chat', s: known }])
    }
    expect(await ben.call('POST', 'rooms/join', { slug: 'nowhere' })).toMatchObject({ status: 'notFound' })
    expect(room(code).members).toHaveLength(2)
  })

  it('[PD7] joining another room leaves the one before', async () => {
    const { hanna, account, code, room, tutti } = await aRoom()
    const ben = await account('Ben')
    await ben.join(code)
    const other = await tutti()
    await ben.join(other.copy()?.code ?? '')
    expect(room(code).members.map(({ shown }) => shown.name)).toEqual(['Hanna'])
    expect(hanna.news()).toMatchObject([{ a: 'userJoin' }, { a: 'userLeave', p: ben.id() }])
    await ben.chat('here')
    expect(hanna.of('chat')).toEqual([])
  })

  it('[PD9] the state tells all there is, in the shapes of this wire', async () => {
    const { hanna, account, slug, code, room, advance } = await aRoom('Tasty <Cat>', 2)
    const ben = await account('Ben')
    await ben.join(slug)
    await hanna.call('POST', 'booth')
    await fill(ben, 1, 'bens')
    await ben.call('POST', 'booth')
    await advance(5_000)
    const { data } = await ben.call('GET', 'rooms/state')
    const { media } = room(code)
    await ben.call('POST', 'votes', { direction: -1, historyID: media?.id })
    expect(data).toEqual([
      {
        booth: { currentDJ: hanna.id(), isLocked: false, shouldCycle: true, waitingDJs: [ben.id()] },
        fx: [],
        grabs: {},
        meta: {
          id: room(code).number,
          name: 'Tasty &lt;Cat&gt;',
          slug,
          description: '',
          welcome: '',
          hostID: hanna.id(),
          hostName: 'Hanna',
          favorite: false,
          guests: 0,
          population: 2,
          minChatLevel: 1,
        },
        mutes: {},
        playback: {
          historyID: media?.id,
          playlistID: 0,
          startTime: '2020-09-13 12:26:40.650000',
          media: expect.objectContaining({ cid: 'video_00000', format: 1, duration: 200 }),
        },
        role: 0,
        users: [
          expect.objectContaining({ id: hanna.id(), username: 'Hanna', role: 5000, guest: false }),
          expect.objectContaining({ id: ben.id(), username: 'Ben', role: 0, guest: false }),
        ],
        votes: {},
      },
    ])
    expect((await ben.call('GET', 'rooms/state')).data).toMatchObject([{ votes: { [ben.id()]: -1 } }])
  })

  it('[PD9] the history has an entry even in a new room', async () => {
    const { hanna, advance } = await aRoom('Cat', 2)
    const history = async () => (await hanna.call('GET', 'rooms/history')).data
    const entry = { id: expect.any(String), timestamp: expect.any(String), room: { name: 'Cat', slug: 'cat' } }
    expect(await history()).toMatchObject([{ ...entry, media: { cid: '' }, user: { id: hanna.id() } }])
    await hanna.call('POST', 'booth')
    expect(await history()).toMatchObject([{ ...entry, media: { cid: 'video_00000' } }])
    await advance(202_000)
    expect(await history()).toMatchObject([
      {
        ...entry,
        media: { cid: 'video_00000' },
        score: { positive: 0, negative: 0, grabs: 0, listeners: 1, skipped: 0 },
      },
    ])
  })

  it('[PD9] guests are counted and not named; people of other wires have names', async () => {
    const { hanna, guest, tutti, slug, code } = await aRoom()
    const somebody = await guest()
    await somebody.join(slug)
    const tom = await tutti({ code, name: 'Tom' })
    expect(hanna.news()).toMatchObject([
      { a: 'userJoin', p: { guest: true } },
      { a: 'userJoin', p: { username: 'Tom', guest: false, role: 0 } },
    ])
    const state = (await hanna.call('GET', 'rooms/state')).data[0] as { users: { username: string }[]; meta: object }
    expect(state.users.map(({ username }) => username)).toEqual(['Hanna', 'Tom'])
    expect(state.meta).toMatchObject({ guests: 1, population: 2 })
    await somebody.hangUp()
    await does(tom, { type: 'leave' })
    expect(hanna.news().map(({ a, p }) => [a, typeof p === 'number' && p > 0])).toEqual([
      ['userLeave', false],
      ['userLeave', true],
    ])
  })

  it('[PD9] a guest who becomes host has a name from then on', async () => {
    const { hanna, guest, account, slug } = await aRoom()
    const somebody = await guest()
    await somebody.join(slug)
    const ben = await account('Ben')
    await ben.join(slug)
    await hanna.hangUp()
    expect(ben.news()).toMatchObject([
      { a: 'userLeave', p: hanna.id() },
      { a: 'userLeave', p: 0 },
      { a: 'userJoin', p: { id: somebody.id(), guest: false, role: 5000 } },
      { a: 'modStaff', p: { u: [{ i: somebody.id(), p: 5000 }] } },
    ])
  })

  it('[PD27] the list is the public one, by page and search, and one’s own', async () => {
    const { hanna, tutti, room, code } = await aRoom('Tasty Cat')
    await tutti({ create: { settings: { listed: true, shown: { title: 'Dogs' } } } })
    await tutti({ create: { ...CREATE, settings: { listed: false, shown: { title: 'Secret Cats' } } } })
    const names = async (query: string) =>
      ((await hanna.call('GET', `rooms${query}`)).data as { name: string }[]).map(({ name }) => name).sort()
    expect(await names('')).toEqual(['Dogs', 'Tasty Cat'])
    expect(await names('?q=cat&page=0&limit=50')).toEqual(['Tasty Cat'])
    expect(await names('?page=2')).toEqual([])
    expect(await names('?page=1&limit=1')).toHaveLength(1)
    expect(await names('/me')).toEqual(['Tasty Cat'])
    expect((await hanna.call('GET', 'rooms?q=tasty')).data).toEqual([
      {
        id: room(code).number,
        cid: '',
        slug: code,
        name: 'Tasty Cat',
        host: 'Hanna',
        dj: null,
        media: null,
        format: 0,
        image: '',
        favorite: false,
        population: 1,
        guests: 0,
        capacity: 100,
        nsfw: false,
      },
    ])
  })

  it('[PD14] name, description and welcome are set by moderators, and told with who did it', async () => {
    const { hanna, account, slug, room, code } = await aRoom()
    const ben = await account('Ben')
    await ben.join(slug)
    hanna.news()
    const wish = { name: 'Cats & Dogs', description: 'Text', welcome: 'Hi' }
    expect(await ben.call('POST', 'rooms/update', wish)).toMatchObject({ status: 'notAuthorized' })
    expect(await hanna.call('POST', 'rooms/update', wish)).toMatchObject({ status: 'ok' })
    expect(ben.news()).toEqual([
      { a: 'roomNameUpdate', p: { n: 'Cats &amp; Dogs', u: hanna.id() }, s: slug },
      { a: 'roomDescriptionUpdate', p: { d: 'Text', u: hanna.id() }, s: slug },
      { a: 'roomWelcomeUpdate', p: { w: 'Hi', u: hanna.id() }, s: slug },
    ])
    expect(room(code).settings.shown).toEqual({ title: 'Cats & Dogs', description: 'Text', welcome: 'Hi' })
  })

  it('[PD26] what there is not here says so', async () => {
    const { hanna } = await aRoom()
    for (const [method, path, body] of [
      ['POST', 'booth/waitlistban', { userID: 1, reason: 1, duration: 's' }],
      ['POST', 'rooms/favorites', { id: 1 }],
      ['POST', 'rooms/sos', { message: 'help' }],
      ['POST', 'auth/reset/me'],
      ['POST', 'auth/facebook', {}],
      ['POST', 'store/purchase', { id: 1 }],
    ] as const) {
      expect(await hanna.call(method, path, body), path).toMatchObject({
        status: 'requestError',
        data: [expect.stringMatching(/./)],
      })
    }
    for (const path of [
      'booth/waitlistban',
      'rooms/favorites',
      'store/inventory',
      'store/inventory/avatars',
      'store/products/avatars/all',
      'users/me/transactions',
      'news',
    ]) {
      expect(await hanna.call('GET', path), path).toMatchObject({ status: 'ok', data: [] })
    }
  })

  it('[PD24] whoever is away on a wire that knows that is told as gone, and as come when back', async () => {
    const { hanna, tutti, code } = await aRoom()
    const tom = await tutti({ code, name: 'Tom' })
    hanna.news()
    await tom.lose()
    expect(hanna.news()).toMatchObject([{ a: 'userLeave' }])
    expect((await hanna.call('GET', 'rooms/state')).data).toMatchObject([{ meta: { population: 1 } }])
  })

  it('[PD7] a community is found by people of other wires under its name', async () => {
    const community = await aCommunity()
    const anna = await community.account('Anna')
    await anna.call('POST', 'rooms', { name: 'Tasty Cat' })
    await anna.join('tasty-cat')
    const tom = await community.tutti({ code: 'tasty-cat', name: 'Tom' })
    expect(tom.copy()?.members.map(({ shown }) => shown.name)).toEqual(['Anna', 'Tom'])
  })
})

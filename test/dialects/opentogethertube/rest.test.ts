import { describe, expect, it } from 'vitest'
import { does } from '../a-wire'
import { add, asks, aTube, idOf, only, ROOM, stateOf, YOUTUBE } from './a-tube'

const QUEUE = `/api/room/${ROOM}/queue`

describe('who asks', () => {
  it('[OT1] a token is given to anybody, with a cookie; one that counts comes back as it is', async () => {
    const at = await aTube()
    const granted = await at.rest('GET', '/api/auth/grant')
    const token = String(granted.body['token'])
    expect(granted).toMatchObject({
      status: 200,
      headers: { 'set-cookie': expect.stringContaining(`token=${token};`) },
    })
    expect((await at.rest('GET', '/api/auth/grant', { token })).body).toEqual({ token })
    expect((await at.rest('GET', '/api/auth/grant', { token: 'nope' })).body['token']).not.toBe('nope')
  })

  it('[OT18] other calls need one: 400 without, 401 with one that does not count', async () => {
    const at = await aTube()
    const error = { name: 'MissingToken', message: expect.stringContaining('/api/auth/grant') }
    for (const [method, path] of [
      ['GET', '/api/room/list'],
      ['OPTIONS', '/api/room/list'],
      ['POST', QUEUE],
      ['GET', '/api/user'],
    ] as const) {
      expect(await at.rest(method, path)).toMatchObject({ status: 400, body: { success: false, error } })
      expect(await at.rest(method, path, { token: 'nope' })).toMatchObject({ status: 401, body: { error } })
    }
  })

  it('[OT18] the cookie counts as the header does', async () => {
    const at = await aTube()
    const cookie = `a=b; token=${await at.token()}`
    expect((await at.rest('GET', '/api/room/list', { cookie })).status).toBe(200)
    expect((await at.rest('GET', '/api/room/list', { cookie: 'token=nope' })).status).toBe(401)
    const token = await at.token()
    expect((await at.rest('GET', '/api/room/list', { cookie: 'token=nope', token })).status).toBe(200)
  })

  it('[OT19] a person has a name before any room, keeps it in rooms, and changes it in all of them', async () => {
    const at = await aTube()
    const token = await at.token()
    const before = (await at.rest('GET', '/api/user', { token })).body
    expect(before).toEqual({ loggedIn: false, username: expect.stringMatching(/^\w+ \w+$/) })
    const socket = await at.comes(ROOM, token)
    expect(only('user', socket.heard)[0]).toMatchObject({ update: { value: { name: before['username'] } } })
    socket.news()
    expect(await at.rest('POST', '/api/user', { token, body: { username: 'NewNameA' } })).toMatchObject({
      status: 200,
      body: { success: true },
    })
    expect(only('user', socket.news())).toMatchObject([{ update: { kind: 'update', value: { name: 'NewNameA' } } }])
    expect((await at.rest('GET', '/api/user', { token })).body['username']).toBe('NewNameA')
    await socket.say({ action: 'req', request: { type: 10, info: { id: idOf(socket), username: 'Here only' } } })
    await at.rest('POST', '/api/user', { token, body: { username: 'NewNameA' } })
    expect(only('user', socket.news())).toMatchObject([{ update: { value: { name: 'Here only' } } }])
    await socket.say({ action: 'notify', message: 'usernameChanged' })
    expect(socket.news()).toMatchObject([
      { update: { kind: 'update', value: { id: idOf(socket), name: 'Here only' } } },
    ])
    expect((await at.rest('POST', '/api/user', { token, body: { username: 'x'.repeat(40) } })).status).toBe(400)
  })
})

describe('rooms', () => {
  it('[OT20] a room is made under a name, or without one; it can be entered by that', async () => {
    const at = await aTube({ room: false })
    const token = await at.token()
    const made = await at.rest('POST', '/api/room/create', {
      token,
      body: { name: 'Friday', title: 'Film night', visibility: 'public', queueMode: 'vote' },
    })
    expect(made).toMatchObject({ status: 201, body: { success: true } })
    expect(stateOf(await at.comes('friday'))).toMatchObject({ name: 'friday', title: 'Film night', queueMode: 'vote' })
    const { status, body } = await at.rest('POST', '/api/room/generate', { token, body: {} })
    expect(status).toBe(201)
    expect(stateOf(await at.comes(String(body['room'])))).toMatchObject({ name: body['room'], isTemporary: true })
  })

  it('[OT20] a name that is taken, or that can be none, is refused in the words of that system', async () => {
    const at = await aTube()
    const token = await at.token()
    const create = (body: object) => at.rest('POST', '/api/room/create', { token, body })
    expect(await create({ name: ROOM.toUpperCase() })).toMatchObject({
      status: 400,
      body: { success: false, error: { name: 'RoomNameTakenException' } },
    })
    for (const body of [{ name: 'a b' }, { name: 'ab' }, {}, { name: 'fine', title: 'two\nlines' }]) {
      expect(await create(body)).toMatchObject({ status: 400, body: { error: { name: 'ZodValidationError' } } })
    }
  })

  it('[OT20] public rooms are listed, by a name that leads there', async () => {
    const at = await aTube()
    const token = await at.token()
    const host = await at.comes()
    await asks(at, host, add())
    const { body } = await at.rest('GET', '/api/room/list', { token })
    expect(body).toEqual([
      {
        name: expect.any(String),
        title: '',
        description: '',
        isTemporary: true,
        visibility: 'public',
        queueMode: 'manual',
        currentSource: expect.objectContaining(YOUTUBE),
        users: 1,
      },
    ])
    const [listed] = body as unknown as { name: string }[]
    expect(stateOf(await at.comes(listed?.name))).toMatchObject({ currentSource: YOUTUBE })
    await asks(at, host, { type: 13, settings: { visibility: 'unlisted' } })
    expect((await at.rest('GET', '/api/room/list', { token })).body).toEqual([])
  })

  it('[OT20] a room is shown to who asks for it, also from outside', async () => {
    const at = await aTube()
    const token = await at.token()
    const host = await at.comes()
    expect(await at.rest('GET', `/api/room/${ROOM}`, { token })).toMatchObject({
      status: 200,
      body: {
        name: ROOM,
        title: '',
        visibility: 'public',
        queueMode: 'manual',
        users: [{ id: idOf(host), role: -1 }],
        queue: [],
        hasOwner: true,
        enableVoteSkip: false,
        grants: expect.arrayContaining([[0, 113250303]]),
      },
    })
    expect(await at.rest('GET', '/api/room/no-such-room', { token })).toMatchObject({
      status: 404,
      body: { error: { name: 'RoomNotFoundException', message: 'Room not found' } },
    })
  })

  it('[OT21] calls for a room act as the seat that the person holds there', async () => {
    const at = await aTube()
    const token = await at.token()
    expect((await at.rest('POST', QUEUE, { token, body: YOUTUBE })).status).toBe(400)
    const host = await at.comes(ROOM, token)
    host.news()
    const patched = await at.rest('PATCH', `/api/room/${ROOM}`, {
      token,
      body: { title: 'New title', queueMode: 'vote' },
    })
    expect(patched).toMatchObject({ status: 200, body: { success: true } })
    await at.advance(60)
    expect(host.news()).toEqual([{ action: 'sync', title: 'New title', queueMode: 'vote' }])
  })

  it('[OT21] masks are changed by it, unknown settings refused, and nobody claims or deletes a room', async () => {
    const at = await aTube()
    const token = await at.token()
    const host = await at.comes(ROOM, token)
    const patch = (body: object) => at.rest('PATCH', `/api/room/${ROOM}`, { token, body })
    expect((await patch({ grants: [[0, 113250303 - 1]] })).status).toBe(200)
    await at.advance(60)
    expect(stateOf(host)['grants']).toContainEqual([0, 113250302])
    expect((await patch({ colour: 'red' })).status).toBe(400)
    expect((await patch({ claim: true })).status).toBe(403)
    expect((await at.rest('DELETE', `/api/room/${ROOM}`, { token })).status).toBe(403)
    const guest = await at.token()
    await at.comes(ROOM, guest)
    const refused = await at.rest('PATCH', `/api/room/${ROOM}`, { token: guest, body: { grants: [[0, 0]] } })
    expect(refused).toMatchObject({ status: 403, body: { error: { name: 'PermissionDeniedException' } } })
  })

  it('[OT22] videos are added by address, by name, or many at once; one that is there already is refused', async () => {
    const at = await aTube()
    const token = await at.token()
    const host = await at.comes(ROOM, token)
    const post = (body: object) => at.rest('POST', QUEUE, { token, body })
    expect((await post({ url: 'https://youtu.be/dQw4w9WgXcQ?t=3' })).status).toBe(200)
    expect((await post({ service: 'vimeo', id: '1' })).status).toBe(200)
    expect(
      (
        await post({
          videos: [
            { service: 'vimeo', id: '2' },
            { service: 'direct', id: 'https://a.example/x.mp4' },
          ],
        })
      ).status,
    ).toBe(200)
    expect(await post({ service: 'vimeo', id: '2' })).toMatchObject({
      status: 400,
      body: { error: { name: 'VideoAlreadyQueuedException' } },
    })
    await at.advance(60)
    expect(stateOf(host)).toMatchObject({
      currentSource: YOUTUBE,
      queue: [
        { service: 'vimeo', id: '1' },
        { service: 'vimeo', id: '2' },
        { service: 'direct', id: 'https://a.example/x.mp4', mime: 'video/mp4' },
      ],
    })
    for (const body of [
      { url: 'words' },
      { service: 'direct', id: 'file:///etc/passwd' },
      {},
      { service: 'none', id: '1' },
    ])
      expect((await post(body)).status).toBe(400)
  })

  it('[OT22] they are edited, voted for, removed and brought back', async () => {
    const at = await aTube()
    const token = await at.token()
    const host = await at.comes(ROOM, token)
    await asks(at, host, add())
    const vimeo = { service: 'vimeo', id: '1' }
    await asks(at, host, add(vimeo))
    const call = async (method: string, path: string, body: object) => {
      const { status } = await at.rest(method, `/api/room/${ROOM}/${path}`, { token, body })
      await at.advance(60)
      return status
    }
    expect(await call('PATCH', 'queue', { ...vimeo, startAt: 7 })).toBe(200)
    expect(stateOf(host)).toMatchObject({ queue: [{ ...vimeo, startAt: 7 }] })
    expect(await call('POST', 'vote', vimeo)).toBe(200)
    expect(stateOf(host)).toMatchObject({ voteCounts: [['vimeo1', 1]] })
    expect(await call('DELETE', 'vote', vimeo)).toBe(200)
    expect(stateOf(host)).toMatchObject({ voteCounts: [] })
    expect(await call('DELETE', 'queue', vimeo)).toBe(200)
    expect(stateOf(host)).toMatchObject({ queue: [] })
    expect(await call('DELETE', 'queue', vimeo)).toBe(404)
    const event = only('event', host.heard).findLast(({ request }) => (request as { type: number }).type === 6)
    expect(await call('POST', 'undo', { data: { event } })).toBe(200)
    expect(stateOf(host)).toMatchObject({ queue: [vimeo] })
  })

  it('[OT22] a look at an address needs no token; words to search by find nothing', async () => {
    const at = await aTube()
    const look = (input: string) => at.rest('GET', `/api/data/previewAdd?input=${encodeURIComponent(input)}`)
    expect((await look('https://youtu.be/dQw4w9WgXcQ')).body).toMatchObject({ success: true, result: [YOUTUBE] })
    expect((await look('cats')).body).toEqual({ success: true, result: [] })
    expect((await at.rest('GET', '/api/status')).status).toBe(200)
  })

  it('[OT20] what is no call here is answered so', async () => {
    const at = await aTube()
    const token = await at.token()
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['PUT', `/api/room/${ROOM}`],
      ['GET', '/api/room/a/b/c/d'],
      ['GET', `/api/room/${ROOM}/queue`],
    ] as const)
      expect((await at.rest(method, path, { token })).status).toBe(404)
  })

  it('[OT21] the room that always exists is there for plain requests too', async () => {
    const at = await aTube({ room: false })
    const token = await at.token()
    const both = [at.rest('GET', '/api/room/lobby', { token }), at.rest('GET', '/api/room/Lobby', { token })]
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
  })
})

describe('what this wire and rooms say differently', () => {
  it('[OT23] a promotion gives the role that comes nearest; nobody is made owner', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    const roleAfter = async (role: number): Promise<unknown> => {
      await asks(at, host, { type: 9, targetClientId: idOf(guest), role })
      const { body } = await at.rest('GET', `/api/room/${ROOM}`, { token: await at.token() })
      return (body['users'] as { role: number }[])[1]?.role
    }
    expect([
      await roleAfter(1),
      await roleAfter(3),
      await roleAfter(0),
      await roleAfter(4),
      await roleAfter(-1),
    ]).toEqual([2, 3, 0, 3, 3])
    const change = only('user', guest.heard).findLast(({ update }) => (update as { kind: string }).kind === 'update')
    expect(change).toMatchObject({ update: { value: { id: idOf(guest), role: 3, isLoggedIn: true } } })
  })

  it('[OT23] the host is the owner; when the host goes, both are told of', async () => {
    const at = await aTube()
    const [host, guest] = [await at.comes(), await at.comes()]
    guest.news()
    await host.hangUp()
    expect(guest.news()).toMatchObject([
      { action: 'event', request: { type: 1 } },
      { action: 'user', update: { kind: 'remove', value: idOf(host) } },
      { action: 'user', update: { kind: 'update', value: { id: idOf(guest), role: -1 } } },
    ])
    expect(stateOf(guest)).toMatchObject({ hasOwner: true })
  })

  it('[OT24] its dj is no rotation here: asked for, it changes nothing; a rotation is shown as dj', async () => {
    const at = await aTube()
    const host = await at.comes()
    await asks(at, host, { type: 13, settings: { queueMode: 'dj' } })
    expect(stateOf(host)).toMatchObject({ queueMode: 'manual' })
    const ours = await at.tutti({ code: ROOM })
    await does(ours, { type: 'configure', settings: { mode: 'rotation' } })
    await at.advance(60)
    expect(stateOf(host)).toMatchObject({ queueMode: 'dj' })
  })

  it('[OT24] where people take turns, whoever adds something joins the line', async () => {
    const at = await aTube()
    const ours = await at.tutti()
    await does(ours, { type: 'configure', settings: { mode: 'rotation' } })
    const guest = await at.comes(ours.copy()?.code ?? '')
    await asks(at, guest, add())
    await at.advance(1_000)
    await ours.hear()
    expect(ours.copy()?.booth).toEqual({ playing: idOf(guest), waiting: [] })
    expect(stateOf(guest)).toMatchObject({ currentSource: YOUTUBE, isPlaying: true })
  })

  it('[OT25] where the room votes on skipping, to skip is a vote, and again takes it back', async () => {
    const at = await aTube()
    const [host, guest, third] = [await at.comes(), await at.comes(), await at.comes()]
    await asks(at, host, { type: 13, settings: { enableVoteSkip: true } })
    await asks(at, host, add())
    await asks(at, guest, { type: 3 })
    expect(stateOf(host)).toMatchObject({ enableVoteSkip: true, votesToSkip: [idOf(guest)] })
    await asks(at, guest, { type: 3 })
    expect(stateOf(host)).toMatchObject({ votesToSkip: [], currentSource: YOUTUBE })
    await asks(at, guest, { type: 3 })
    await asks(at, third, { type: 3 })
    expect(stateOf(host)).toMatchObject({ currentSource: null })
  })

  it('[OT26] play now takes a video out of the queue, or adds it first; what was current waits where it was left', async () => {
    const at = await aTube()
    const host = await at.comes()
    await asks(at, host, add())
    await asks(at, host, { type: 4, value: 15 })
    await asks(at, host, { type: 14, video: { service: 'vimeo', id: '1' } })
    expect(stateOf(host)).toMatchObject({
      currentSource: { service: 'vimeo', id: '1' },
      queue: [{ ...YOUTUBE, startAt: 15 }],
      playbackPosition: 0,
    })
    await asks(at, host, { type: 14, video: YOUTUBE })
    expect(stateOf(host)).toMatchObject({ currentSource: YOUTUBE, playbackPosition: 15 })
  })

  it('[OT26] the queue is ordered, shuffled, and after it was cleared elsewhere restored or let go', async () => {
    const at = await aTube()
    const host = await at.comes()
    const ours = await at.tutti({ code: ROOM })
    for (const id of ['1', '2', '3', '4']) await asks(at, host, add({ service: 'vimeo', id }))
    const ids = () => (stateOf(host)['queue'] as { id: string }[]).map(({ id }) => id)
    await asks(at, host, { type: 7, fromIdx: 0, toIdx: 2 })
    expect(ids()).toEqual(['3', '4', '2'])
    host.news()
    await asks(at, host, { type: 15 })
    expect(ids().toSorted()).toEqual(['2', '3', '4'])
    const order = ids()
    await does(ours, { type: 'queue-clear' })
    await at.advance(60)
    expect(stateOf(host)).toMatchObject({ queue: [], prevQueue: [{}, {}, {}] })
    await asks(at, host, { type: 17 })
    expect(ids()).toEqual(order)
    expect(stateOf(host)['prevQueue']).toBeNull()
    await does(ours, { type: 'queue-clear' })
    await asks(at, host, { type: 17, discard: true })
    expect(stateOf(host)).toMatchObject({ queue: [], prevQueue: null })
  })

  it('[OT27] what an event told is taken back: a seek, an addition, a removal, a skip', async () => {
    const at = await aTube()
    const host = await at.comes()
    const vimeo = { service: 'vimeo', id: '1' }
    await asks(at, host, add())
    await asks(at, host, add(vimeo))
    const undo = async (type: number): Promise<void> => {
      const event = only('event', host.heard).findLast(({ request }) => (request as { type: number }).type === type)
      await asks(at, host, { type: 12, event })
    }
    await asks(at, host, { type: 4, value: 30 })
    await asks(at, host, { type: 4, value: 90 })
    await undo(4)
    expect(stateOf(host)).toMatchObject({ playbackPosition: 30 })
    await undo(5)
    expect(stateOf(host)).toMatchObject({ queue: [] })
    await asks(at, host, add(vimeo))
    await asks(at, host, { type: 6, video: vimeo })
    await undo(6)
    expect(stateOf(host)).toMatchObject({ queue: [vimeo] })
    await asks(at, host, { type: 3 })
    expect(stateOf(host)).toMatchObject({ currentSource: vimeo })
    await undo(3)
    expect(stateOf(host)).toMatchObject({ currentSource: { ...YOUTUBE, startAt: 30 }, playbackPosition: 30 })
  })
})

import { describe, expect, it } from 'vitest'
import { plugdjServer } from '../../../src/dialects/plugdj/server'
import { aCommunity, aRoom } from './a-community'

const TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/

describe('getting in', () => {
  it('[PD1] a token that is ours is told the text "1", and nothing else is said before', async () => {
    const { guest } = await aCommunity()
    const somebody = await guest()
    expect(somebody.frames[0]).toBe('[{"a":"ack","p":"1","s":"dashboard"}]')
    expect(plugdjServer).toMatchObject({ paths: ['/socket'], transport: { timeToIdentifyMs: 10_000 } })
  })

  it('[PD1] a token that is nobody’s ends the socket without a word', async () => {
    const { guest } = await aCommunity()
    const somebody = await guest()
    await somebody.connect('nonsense')
    expect(somebody.closedWith()).toBe(1008)
    expect(somebody.of('ack')).toHaveLength(1)
  })

  it('[PD1] a new socket of the same person takes the place of the old one', async () => {
    const { hanna, slug, room, code } = await aRoom()
    await hanna.connect()
    expect(hanna.of('ack')).toHaveLength(2)
    await hanna.join(slug)
    expect(room(code).members).toHaveLength(1)
    await hanna.chat('here')
    expect(hanna.of('chat')).toHaveLength(1)
  })

  it('[PD2] h comes ten seconds after the last frame, whatever that was', async () => {
    const { hanna, advance } = await aRoom()
    const beats = () => hanna.frames.filter((frame) => frame === 'h').length
    await advance(9_900)
    expect(beats()).toBe(0)
    await advance(200)
    expect(beats()).toBe(1)
    await advance(5_000)
    await hanna.chat('still here')
    await advance(9_900)
    expect(beats()).toBe(1)
    await advance(200)
    expect(beats()).toBe(2)
    await advance(60_000)
    expect(beats()).toBe(8)
  })

  it('[PD3] the first call gives a cookie, a token against forgery and the time; pages of guests say the time as well', async () => {
    const { account } = await aCommunity()
    const anna = await account('Anna')
    const init = await anna.fetch('GET', '/_/mobile/init')
    expect(init.headers['set-cookie']).toMatch(/^session=[^;]+; Path=\/;/)
    expect(JSON.parse(init.body)).toMatchObject({
      status: 'ok',
      data: [{ c: expect.any(String), t: expect.stringMatching(TIMESTAMP) }],
      meta: {},
      time: expect.any(String),
    })
    for (const path of ['/plug-socket-test', '/plugcubed']) {
      const page = await anna.fetch('GET', path)
      expect(page.headers).toMatchObject({ 'content-type': expect.stringContaining('html') })
      expect(/_st="([^"]*)"/.exec(page.body)?.[1]).toMatch(TIMESTAMP)
      expect(page.headers['set-cookie']).toMatch(/^session=/)
    }
  })

  it('[PD3] whoever has a cookie keeps it; whoever shows one of nobody gets a new one', async () => {
    const { guest } = await aCommunity()
    const somebody = await guest()
    const token = (await somebody.call('GET', 'auth/token')).data
    await somebody.fetch('GET', '/_/mobile/init')
    expect((await somebody.call('GET', 'auth/token')).data).toEqual(token)
  })

  it('[PD4] login gives a cookie, and wants the right password and the token of the cookie', async () => {
    const { account } = await aCommunity()
    const anna = await account('Anna')
    const { data } = await anna.call('GET', 'mobile/init')
    const { c: csrf } = data[0] as { c: string }
    const email = 'anna@example.org'
    const login = (body: object) => anna.call('POST', 'auth/login', { csrf, email, password: 'long enough', ...body })
    expect(await login({ password: 'wrong one' })).toMatchObject({ status: 'badLogin', http: 401 })
    expect(await login({ email: 'nobody@example.org' })).toMatchObject({ status: 'badLogin' })
    expect(await login({ csrf: 'forged' })).toMatchObject({ status: 'csrfTokenInvalid' })
    expect(await login({ email: undefined })).toMatchObject({ status: 'requestError', data: ['email is required'] })
    const before = (await anna.call('GET', 'users/me')).data
    expect(await login({})).toMatchObject({ status: 'ok', data: [] })
    expect((await anna.call('GET', 'users/me')).data).toEqual(before)
  })

  it.each([
    [{ password: 'short' }, 'passwordShort'],
    [{ email: 'anna@example.org' }, 'emailTaken'],
    [{ username: ' ' }, 'usernameInvalid'],
    [{ email: 'a b' }, 'emailInvalid'],
  ])('[PD4] sign-up with %j is told %s', async (wish, word) => {
    const { account, guest } = await aCommunity()
    await account('Anna')
    const somebody = await guest()
    const { data } = await somebody.call('GET', 'mobile/init')
    const { c: csrf } = data[0] as { c: string }
    const body = { csrf, username: 'Ben', email: 'ben@example.org', password: 'long enough', response: '', ...wish }
    expect(await somebody.call('POST', 'users/signup', body)).toMatchObject({ status: 'requestError', data: [word] })
  })

  it('[PD5] requests and socket are one session with one number, the same in rooms and out of them', async () => {
    const { hanna, slug, room, code } = await aRoom()
    expect(room(code).members[0]?.number).toBe(hanna.id())
    expect((await hanna.call('GET', 'users/me')).data).toMatchObject([
      { id: hanna.id(), username: 'Hanna', role: 5000, guest: false, pw: true },
    ])
    await hanna.hangUp()
    expect((await hanna.call('GET', 'users/me')).data).toMatchObject([{ id: hanna.id(), role: 0 }])
    expect(await hanna.call('GET', 'rooms/state')).toMatchObject({ status: 'requestError', data: ['not in a room.'] })
    await hanna.connect()
    await hanna.join(slug)
    expect(room(code).members[0]?.number).toBe(hanna.id())
  })

  it('[PD5] whoever shows no cookie of ours may do nothing', async () => {
    const { host } = await aCommunity()
    const ask = (headers: Record<string, string>) =>
      host.server.request({ method: 'GET', path: '/_/users/me', query: {}, headers, body: '' })
    for (const headers of [{}, { cookie: 'session=nonsense' }, { cookie: 'other=1' }]) {
      const answered = ask(headers)
      await new Promise((done) => setImmediate(done))
      expect(await answered).toMatchObject({ status: 403, body: expect.stringContaining('"notAuthorized"') })
    }
  })

  it('[PD6] what is not there, and what is not what it should be, is told in the envelope', async () => {
    const { hanna } = await aRoom()
    expect(await hanna.call('GET', 'nothing/here')).toMatchObject({ status: 'notFound', http: 404 })
    expect(await hanna.call('PATCH', 'rooms')).toMatchObject({ status: 'notFound' })
    expect(await hanna.call('POST', 'rooms/join', {})).toMatchObject({ data: ['slug is required'] })
    expect(await hanna.call('POST', 'votes', { direction: 5, historyID: 'x' })).toMatchObject({
      data: ['direction is required'],
    })
    expect(JSON.parse((await hanna.fetch('POST', '/_/rooms/join', '{nonsense')).body)).toMatchObject({
      status: 'requestError',
    })
    // A client of today sends a body with everything.
    expect(await hanna.call('GET', 'users/me', {})).toMatchObject({ status: 'ok' })
  })

  it('[PD4] signing out forgets the cookie, and ends the socket', async () => {
    const { hanna, room, code } = await aRoom()
    const out = await hanna.fetch('DELETE', '/_/auth/session')
    expect(out.headers['set-cookie']).toMatch(/^session=; .*Max-Age=0/)
    expect(hanna.closedWith()).toBe(1000)
    expect(room(code).members).toEqual([])
  })
})

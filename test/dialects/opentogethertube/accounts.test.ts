import { describe, expect, it } from 'vitest'
import { createOpenTogetherTubeServer } from '../../../src/dialects/opentogethertube/server'
import type { ServerInput, ServerOutput } from '../../../src/dialects/server-dialect'
import { aTube, only, ROOM } from './a-tube'

const CAPUSER = { username: 'capuser', password: 'a long password', email: 'cap@mail.example' }

describe('accounts', () => {
  it('[OT30] one is made, and entered again with its password', async () => {
    const at = await aTube()
    const post = (path: string, body: object) => at.rest('POST', `/api/user/${path}`, { token: guest, body })
    const guest = await at.token()
    const made = await post('register', CAPUSER)
    const { username, email } = CAPUSER
    expect(made).toMatchObject({ status: 201, body: { success: true, user: { username, email } } })
    const token = String(made.body['token'])
    expect(made.headers['set-cookie']).toContain(`token=${token};`)
    expect((await at.rest('GET', '/api/user', { token })).body).toEqual({ loggedIn: true, username })
    expect((await post('login', { user: username, password: CAPUSER.password })).status).toBe(200)
    expect((await post('login', { user: username, password: 'another one' })).status).toBe(401)
    expect(await post('register', CAPUSER)).toMatchObject({
      status: 400,
      body: { success: false, error: { message: expect.stringMatching(/\w/) } },
    })
    expect((await post('logout', {})).headers['set-cookie']).toContain('Max-Age=0')
  })

  it('[OT30] whoever is logged in is known in rooms', async () => {
    const at = await aTube()
    await at.comes()
    const made = await at.rest('POST', '/api/user/register', { token: await at.token(), body: CAPUSER })
    const socket = await at.comes(ROOM, String(made.body['token']))
    expect(only('event', socket.heard)[0]).toMatchObject({
      request: { type: 0, info: { user_id: expect.any(Number) } },
      user: { name: 'capuser', isLoggedIn: true, role: 2 },
    })
  })

  it('[OT30] a client that goes on saying its first token is logged in by its cookie', async () => {
    const at = await aTube()
    const guest = await at.token()
    const made = await at.rest('POST', '/api/user/register', { token: guest, body: CAPUSER })
    const cookie = String(made.headers['set-cookie'])
    expect((await at.rest('GET', '/api/user', { token: guest, cookie })).body).toMatchObject({ loggedIn: true })
  })

  it('[OT30] on a socket the cookie counts where it names an account, beside a token that counts', () => {
    const wire = createOpenTogetherTubeServer()
    const aSocket = () => {
      let session = wire.fresh
      const give = (input: ServerInput): readonly ServerOutput[] => {
        const stepped = wire.step(session, input, 0)
        session = stepped.session
        return stepped.outputs
      }
      const headers = { cookie: 'token=signed-in' }
      give({ kind: 'opened', opened: { path: `/api/room/${ROOM}`, query: {}, headers, address: 'here' } })
      give({ kind: 'frame', frame: '{"action":"auth","token":"first"}' })
      return give
    }
    const known = { kind: 'identified', identity: 'ada', token: 'any', isNew: false } as const
    const cookie = { kind: 'identify', ask: 'cookie', token: 'signed-in' }
    const account = aSocket()
    expect(account({ ...known, ask: 'greet' })).toEqual([cookie])
    expect(account({ ...known, ask: 'cookie', account: { name: 'Ada' } })).toMatchObject([{ kind: 'person' }])
    const other = aSocket()
    expect(other({ ...known, ask: 'greet' })).toEqual([cookie])
    expect(other({ ...known, ask: 'cookie' })).toEqual([{ kind: 'identify', ask: 'again', token: 'first' }])
    expect(other({ ...known, ask: 'again' })).toMatchObject([{ kind: 'person' }])
    expect(aSocket()({ ...known, ask: 'greet', isNew: true })).toMatchObject([{ kind: 'close', code: 4004 }])
  })
})

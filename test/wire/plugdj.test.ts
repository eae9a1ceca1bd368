/** The clients of plug.dj that live on, as their packages are, against our server on a real port. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type createMiniplug from 'miniplug'
import type { Miniplug } from 'miniplug'
import type createLogin from 'plug-login'
import type createSocket from 'plug-socket'
import type { PlugSocket } from 'plug-socket'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../src/server/server'
import { createPlugdjClient, type Library } from '../foreign/plugdj/client'
import { byCode, goIn } from './socket-peer'

const require = createRequire(import.meta.url)
const socketPath = require.resolve('plug-socket')
const plugSocket = require(socketPath) as typeof createSocket
const plugLogin = require('plug-login') as typeof createLogin

type LoggedIn = Awaited<ReturnType<typeof plugLogin.user>>

const quiet = (): void => {}
const log = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (fields: object, text: string) => void errors.push([fields, text]),
}
let errors: unknown[] = []

describe('clients of plug.dj, as they are', () => {
  let dataDir: string
  let server: RunningServer
  const open: { close(): void }[] = []
  const agent = new Agent({ keepAlive: true })

  beforeEach(async () => {
    errors = []
    dataDir = await mkdtemp(join(tmpdir(), 'tutti-plugdj-'))
    server = await startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'silent' }, log)
  })
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.close()
    agent.destroy()
    await server.stop()
    await rm(dataDir, { recursive: true })
    expect(errors).toEqual([])
  })

  const url = (): string => `${server.url.replace('http', 'ws')}/socket`

  const socketOf = (token: string | null): PlugSocket => {
    const socket = plugSocket(token ?? undefined, { url: url() })
    open.push(socket)
    return socket
  }

  /** The one thing that no client of the registry does: somebody makes an account. */
  const signUp = async (name: string): Promise<{ email: string; password: string }> => {
    const init = await fetch(`${server.url}/_/mobile/init`)
    const cookie = (init.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const { data } = (await init.json()) as { data: [{ c: string }] }
    const account = { email: `${name}@example.org`, password: 'as long as it takes' }
    const made = await fetch(`${server.url}/_/users/signup`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ csrf: data[0].c, username: name, response: '', ...account }),
    })
    expect(await made.json()).toMatchObject({ status: 'ok' })
    return account
  }

  const call = async (
    as: LoggedIn,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ data: unknown[]; status: string }> => {
    const response = await fetch(`${server.url}/_/${path}`, {
      method,
      headers: { cookie: as.cookie, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return (await response.json()) as { data: unknown[]; status: string }
  }

  const heard = async (socket: PlugSocket, name: string): Promise<unknown> => (await once(socket, name))[0]

  it('[PD31] plug-login and plug-socket: a guest and somebody with an account are known on the socket, and hear one another', async () => {
    const account = await signUp('anna')
    await expect(plugLogin.user(account.email, 'wrong', { host: server.url })).rejects.toThrow('badLogin')
    const anna = await plugLogin.user(account.email, account.password, { host: server.url, authToken: true })
    const guest = await plugLogin.guest({ host: server.url, authToken: true })
    const [annas, guests] = [socketOf(anna.token), socketOf(guest.token)]
    expect(await Promise.all([heard(annas, 'ack'), heard(guests, 'ack')])).toEqual(['1', '1'])

    const { data } = await call(anna, 'POST', 'rooms', { name: 'Loud & clear', private: false })
    const { slug } = data[0] as { slug: string }
    expect(slug).toBe('loud-clear')
    expect(await call(anna, 'POST', 'rooms/join', { slug })).toMatchObject({ status: 'ok' })
    const came = heard(annas, 'userJoin')
    expect(await call(guest, 'POST', 'rooms/join', { slug })).toMatchObject({ status: 'ok' })
    expect(await came).toMatchObject({ guest: true })

    const line = heard(guests, 'chat')
    annas.chat('is "this" <thing> on & loud?')
    expect(await line).toMatchObject({ un: 'anna', message: 'is &#34;this&#34; &lt;thing&gt; on &amp; loud?' })
    const left = heard(annas, 'userLeave')
    guests.close()
    expect(await left).toBe(0)
  })

  it('[AC1, AC8] an account outlives the server, and so does the cookie that it gave', async () => {
    const account = await signUp('anna')
    const before = await plugLogin.user(account.email, account.password, { host: server.url, authToken: true })
    const me = (await call(before, 'GET', 'users/me')).data
    await server.stop()
    server = await startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'silent' }, log)
    expect((await call(before, 'GET', 'users/me')).data).toEqual(me)
    const after = await plugLogin.user(account.email, account.password, { host: server.url, authToken: true })
    expect((await call(after, 'GET', 'users/me')).data).toEqual(me)
    expect(await heard(socketOf(before.token), 'ack')).toBe('1')
  })

  it('[PD31] plug-socket: a token that is not ours ends the socket without an ack', async () => {
    const socket = socketOf('nobody')
    let acks = 0
    socket.on('ack', () => {
      acks += 1
    })
    await once(socket, 'close')
    expect(acks).toBe(0)
  })

  const miniplugs = (): ((options: { host: string; agent: Agent }) => Miniplug) => {
    // Its socket goes to one fixed address: that dependency is told another one.
    const loaded = require.cache[socketPath]
    if (!loaded) throw new Error('plug-socket is not loaded')
    loaded.exports = () => socketOf(null)
    const path = require.resolve('miniplug')
    delete require.cache[path]
    return require(path) as typeof createMiniplug
  }

  const connected = async (as?: { email: string; password: string }): Promise<Miniplug> => {
    const plug = miniplugs()({ host: server.url, agent })
    const isReady = new Promise<void>((ready) => plug.once('connected', () => ready()))
    await plug.connect(as)
    await isReady
    return plug
  }

  const next = <Value>(plug: Miniplug, name: string): Promise<Value> =>
    new Promise((take) => plug.once(name, (value: never) => take(value)))

  const video = (cid: string) => ({ cid, format: 1, title: cid, author: 'Somebody', image: '', duration: 300 })

  it('[PD31] miniplug: an evening with a DJ, votes, a grab and somebody of another wire', async () => {
    const [anna, ben] = [await connected(await signUp('anna')), await connected(await signUp('ben'))]
    const { slug } = await anna.createRoom('Tasty Cat')
    expect(await anna.join(slug)).toMatchObject({ slug: 'tasty-cat', name: 'Tasty Cat', hostID: anna.me().id })
    await ben.join(slug)
    expect(ben.users().map(({ username }) => username)).toEqual(['anna', 'ben'])

    expect(await anna.chat(`it's on`)).toMatchObject({ message: `it's on`, uid: anna.me().id })
    await expect(anna.joinWaitlist()).rejects.toThrow('noValidPlaylist')
    const [mine] = await anna.createPlaylist('Mine')
    expect(await anna.insertMedia(mine?.id ?? 0, [video('dQw4w9WgXcQ'), video('9bZkp7q19f0')])).toHaveLength(2)
    await anna.activatePlaylist(mine?.id ?? 0)

    const begins = next<{ media: object; user: object }>(ben, 'advance')
    await anna.joinWaitlist()
    expect(await begins).toMatchObject({ media: { cid: 'dQw4w9WgXcQ', format: 1 }, user: { username: 'anna' } })
    expect(ben.dj()).toMatchObject({ id: anna.me().id })

    const voted = next<{ vote: number }>(anna, 'vote')
    await ben.woot()
    expect(await voted).toMatchObject({ vote: 1, user: { id: ben.me().id } })
    const [kept] = await ben.createPlaylist('Kept')
    const grabbed = next<{ id: number }>(anna, 'grab')
    expect(await ben.grab(kept?.id ?? 0, ben.historyEntry()?.id ?? '')).toMatchObject({ count: 1 })
    expect(await grabbed).toMatchObject({ id: ben.me().id })
    expect(anna.score()).toMatchObject({ positive: 1, grabs: 1 })

    const advanced = next<{ media: object }>(ben, 'advance')
    await anna.skipMe()
    expect(await advanced).toMatchObject({ media: { cid: '9bZkp7q19f0' } })
    expect(await ben.getRoomHistory()).toMatchObject([{ media: { cid: 'dQw4w9WgXcQ' }, user: { username: 'anna' } }])

    const came = next<{ username: string }>(anna, 'userJoin')
    const tom = await goIn(server.url, { ...byCode('tasty-cat'), name: 'Tom' })
    expect(await came).toMatchObject({ username: 'Tom' })
    tom.peer.send({ type: 'command', ask: 'say', command: { type: 'say', text: 'hello' } })
    expect(await next(anna, 'chat')).toMatchObject({ message: 'hello', un: 'Tom' })
    const over = next(ben, 'advance')
    await anna.leaveWaitlist()
    expect(await over).toBeNull()
    await tom.peer.close()
  }, 60_000)

  it('[PD31] miniplug: a guest listens', async () => {
    const [anna, guest] = [await connected(await signUp('anna')), await connected()]
    const { slug } = await anna.createRoom('For all')
    await anna.join(slug)
    const joined = new Promise<void>((here) => anna.once('guestJoin', () => here()))
    await guest.join(slug)
    await joined
    expect(anna.guests()).toBe(1)
    expect(anna.users()).toHaveLength(1)
    const line = next<{ message: string }>(guest, 'chat')
    await anna.chat('welcome')
    expect(await line).toMatchObject({ message: 'welcome' })
  }, 60_000)

  it('[PD32] three libraries in the ways that they are known by: none stumbles, all see the same', async () => {
    const clients = (['plugapi', 'plugged', 'miniplug'] satisfies Library[]).map((library) => {
      const login = { email: `${library}@example.org`, password: 'as long as it takes' }
      const client = createPlugdjClient({ server: server.url, library, login })
      open.push({ close: () => client.leave() })
      return { library, client }
    })
    const [first, ...others] = clients.map(({ client }) => client)
    if (!first) throw new Error('nobody is here')
    for (const { client, library } of clients) await client.signUp(library)
    await first.join()
    const slug = await first.makeRoom('Three of a kind')
    await first.move(slug)
    for (const client of others) await client.join(slug)
    await expect.poll(() => clients.map(({ client }) => client.isIn())).toEqual([true, true, true])
    await first.makePlaylist('Mine', [video('dQw4w9WgXcQ'), video('9bZkp7q19f0')])
    expect(await first.joinWaitList()).toMatchObject({ status: 'ok' })
    const seen = (): unknown[] =>
      clients.map(({ client }) => [
        client.current()?.cid,
        client.members().map(({ name, role }) => [name, role]),
        client.lines(),
        [...client.votes().values()],
      ])
    await expect.poll(() => clients.map(({ client }) => client.current()?.cid)).toEqual(Array(3).fill('dQw4w9WgXcQ'))
    for (const { client, library } of clients) client.chat(`"${library}" & <b>`)
    for (const client of others) expect(await client.woot()).toMatchObject({ status: 'ok' })
    await expect.poll(seen).toEqual(
      clients.map(() => [
        'dQw4w9WgXcQ',
        [
          ['plugapi', 5000],
          ['plugged', 0],
          ['miniplug', 0],
        ],
        expect.arrayContaining(clients.map(({ library }) => ({ from: library, text: `"${library}" & <b>` }))),
        [1, 1],
      ]),
    )
    await first.skip()
    await expect.poll(() => clients.map(({ client }) => client.current()?.cid)).toEqual(Array(3).fill('9bZkp7q19f0'))
    expect(clients.map(({ client }) => client.stumbles)).toEqual([[], [], []])
  })
})

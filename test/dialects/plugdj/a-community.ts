/**
 * People with clients of this wire at the real server on a manual clock: each keeps a cookie and a socket, and says what a client would say.
 * One of ours can sit in the same rooms, so that tests see what the other side makes of it.
 */
import type { RoomCommand } from '../../../src/core/room/command'
import type { PublicRoom } from '../../../src/core/room/room'
import { tuttiClient, tuttiServer } from '../../../src/dialects'
import type { Frame, HttpResponse } from '../../../src/dialects/dialect'
import { plugdjServer } from '../../../src/dialects/plugdj/server'
import type { Attached } from '../../../src/server/links'
import { type APair, aPair } from '../../contracts/a-pair'
import { CREATE } from '../../core/room/a-room'
import { type AHost, startHost } from '../../doubles/a-host'
import { createManualClock, type ManualClock, settle } from '../../doubles/manual-clock'

export type Told = { readonly a: string; readonly p: unknown; readonly s: string }
export type Envelope = { readonly data: readonly unknown[]; readonly status: string; readonly http: number }

export type Plugger = {
  readonly id: () => number
  /** `call('POST', 'rooms/join', {slug})` */
  call(method: string, path: string, body?: unknown): Promise<Envelope>
  /** The same, raw. */
  fetch(method: string, path: string, body?: string): Promise<HttpResponse>
  /** Opens a socket and says who this is. */
  connect(token?: string): Promise<void>
  say(frame: unknown): Promise<void>
  chat(text: string): Promise<void>
  join(slug: string): Promise<void>
  /** Whatever came, heartbeats as they are. */
  readonly frames: Frame[]
  /** Events that came since this was asked last, without those about nothing else but that somebody came or went, if so wished. */
  news(): Told[]
  of(name: string): readonly unknown[]
  roundTrip(ms: number): void
  hangUp(): Promise<void>
  closedWith(): number | undefined
}

export type Community = {
  readonly clock: ManualClock
  readonly host: AHost
  readonly guest: () => Promise<Plugger>
  readonly account: (name: string) => Promise<Plugger>
  readonly tutti: (wish?: { code?: string; name?: string; create?: Partial<typeof CREATE> }) => Promise<APair>
  readonly room: (code: string) => PublicRoom
  readonly advance: (ms: number) => Promise<void>
}

export const ITEM = (cid: string, title = cid, duration = 200) => ({
  cid,
  title,
  author: 'Somebody',
  format: 1,
  image: '',
  duration,
  id: 0,
})

export async function aCommunity(): Promise<Community> {
  const clock = createManualClock(1_600_000_000_000)
  const host = await startHost(clock, [tuttiServer, plugdjServer])
  const quiet = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await settle()
    await clock.advance(0)
    for (let turn = 0; turn < 4; turn += 1) await settle()
  }

  const plugger = (address: string): Plugger => {
    let cookie: string | undefined
    let number = 0
    let attached: Attached | undefined
    let code: number | undefined
    let seen = 0
    const frames: Frame[] = []
    const events = (): Told[] => frames.flatMap((frame) => (frame === 'h' ? [] : (JSON.parse(String(frame)) as Told[])))

    const fetch: Plugger['fetch'] = async (method, path, body = '') => {
      const [plain = '', search = ''] = path.split('?')
      const answered = host.server.request(
        {
          method,
          path: plain,
          query: Object.fromEntries(new URLSearchParams(search)),
          headers: cookie === undefined ? {} : { cookie: `session=${cookie}` },
          body,
        },
        address,
      )
      await quiet()
      const response = await answered
      const given = /session=([^;]*)/.exec(response.headers['set-cookie'] ?? '')?.[1]
      if (given !== undefined) cookie = given
      return response
    }

    const call: Plugger['call'] = async (method, path, body) => {
      const { status: http, body: text } = await fetch(
        method,
        `/_/${path}`,
        body === undefined ? '' : JSON.stringify(body),
      )
      return { ...(JSON.parse(text) as Omit<Envelope, 'http'>), http }
    }

    const self: Plugger = {
      id: () => number,
      fetch,
      call,
      frames,
      async connect(token) {
        attached = host.server.accept(`ws://${address}/socket`, {
          send: (frame) => void frames.push(frame),
          close(closeCode) {
            code ??= closeCode
          },
        }) as Attached
        await quiet()
        await self.say({ a: 'auth', p: token ?? (await call('GET', 'auth/token')).data[0], t: 5 })
        const me = (await call('GET', 'users/me')).data[0] as { id: number } | undefined
        number = me?.id ?? 0
      },
      async say(frame) {
        attached?.receive(typeof frame === 'string' ? frame : JSON.stringify(frame))
        await quiet()
      },
      chat: (text) => self.say({ a: 'chat', p: text, t: 'whenever' }),
      async join(slug) {
        const { status, data } = await call('POST', 'rooms/join', { slug })
        if (status !== 'ok') throw new Error(`${status}: ${String(data[0])}`)
        self.news()
      },
      news() {
        const all = events()
        const news = all.slice(seen)
        seen = all.length
        return news
      },
      of: (name) => events().flatMap(({ a, p }) => (a === name ? [p] : [])),
      roundTrip: (ms) => attached?.roundTrip(ms),
      async hangUp() {
        attached?.closed()
        await quiet()
      },
      closedWith: () => code,
    }
    return self
  }

  let people = 0
  return {
    clock,
    host,
    async guest() {
      people += 1
      const guest = plugger(`guest${people}`)
      await guest.fetch('GET', '/plug-socket-test')
      await guest.connect()
      guest.news()
      return guest
    },
    async account(name) {
      people += 1
      const person = plugger(`home${people}`)
      const { data } = await person.call('GET', 'mobile/init')
      const { c: csrf } = data[0] as { c: string }
      const email = `${name.toLowerCase()}@example.org`
      const made = await person.call('POST', 'users/signup', {
        csrf,
        username: name,
        email,
        password: 'long enough',
        response: '',
      })
      if (made.status !== 'ok') throw new Error(JSON.stringify(made))
      await person.connect()
      person.news()
      return person
    },
    async tutti({ code, name, create } = {}) {
      const pair = aPair({ server: tuttiServer, client: tuttiClient }, host, clock)
      const door =
        code === undefined
          ? { kind: 'new' as const, create: { ...CREATE, ...create } }
          : { kind: 'code' as const, code }
      await pair.enter({ door, ...(name !== undefined && { name }) })
      return pair
    },
    room(code) {
      const room = host.room(code)
      if (!room) throw new Error('no such room')
      return room
    },
    async advance(ms) {
      await clock.advance(ms)
      await quiet()
    },
  }
}

/** Asks in a room as one of ours; fails where that is refused. */
export async function does(pair: APair, command: RoomCommand): Promise<void> {
  const answer = await pair.ask(command)
  if (answer !== 'done') throw new Error(`${command.type}: ${JSON.stringify(answer)}`)
}

/** A community with its host in it, by account; the host has a playlist of so many items. */
export async function aRoom(name = 'Tasty Cat', items = 0) {
  const community = await aCommunity()
  const host = await community.account('Hanna')
  const { data } = await host.call('POST', 'rooms', { name, private: false })
  const { slug } = data[0] as { slug: string }
  await host.join(slug)
  if (items > 0) await fill(host, items)
  const [code = ''] = community.host.codes()
  return { ...community, hanna: host, slug, code }
}

/** A playlist of so many items, which is the active one if it is the first. */
export async function fill(plugger: Plugger, items: number, prefix = 'video'): Promise<number> {
  const media = Array.from({ length: items }, (_, index) =>
    ITEM(`${prefix}_${String(index).padStart(10 - prefix.length, '0')}`),
  )
  const { data } = await plugger.call('POST', 'playlists', { name: 'Mine', media })
  return (data[0] as { id: number }).id
}

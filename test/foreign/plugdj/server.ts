/**
 * A scripted plug.dj: a hosted site is gone, so this is the look-alike that its libraries log in to, join and listen to, with the traps they have met:
 * `ack` as text, a heartbeat per socket, events of the former room after a switch, silence for wrong types, and no pause, seek or rate at all.
 */
import { createChance } from '../chance'
import {
  type Book,
  type Call,
  type Guest,
  type House,
  type HouseOptions,
  openHouse,
  type Reply,
  type System,
} from '../house'
import { fieldsOf, readFields } from '../json'
import type { Quirks } from '../quirks'
import type { OwnTime } from '../time'
import {
  type Community,
  createCommunity,
  type EndOfPlayback,
  type Media,
  type Person,
  stamp,
  type Tells,
} from './community'
import { createRoutes, refuse } from './rest'
import { envelope, escape, odd } from './spelling'

export type PlugdjQuirks = Quirks & {
  /** `ack` with the documented number 1, which one library never understands. */
  numericAck?: boolean
  /** Only this Origin gets a socket, as at the original: 'https://plug.dj'. */
  onlyOrigin?: string
  /** How the end of the playback is told; 'empty' is usual. */
  endOfPlayback?: EndOfPlayback
  /** Times without fraction ('bare') or with a zone ('utc'), as imitations write them. */
  timestamps?: 'usual' | 'bare' | 'utc'
  /** The pages' contradictions: old roles, `c` for `f`, other event names, numbers for text, a friend's coming told as `chat`, events nobody knows. */
  oddTypes?: boolean
  /** What happens within 20 ms shares a frame. */
  batched?: boolean
  /** Nobody hears `h`. */
  noHeartbeat?: boolean
  /** After a switch of rooms, the former room's next advance is still heard. */
  staleRoom?: boolean
  /** So many REST calls a minute; then `floodAPI` and nothing but errors. */
  callsPerMinute?: number
  /** Every line of chat is swallowed and answered with `floodChat`. */
  floodChat?: boolean
  /** The history of a new room is empty, which stalls one library for good. */
  emptyHistory?: boolean
}
export type Plugdj = House & Hands
type Hands = {
  readonly people: readonly Person[]
  readonly communities: ReadonlyMap<string, Community>
  makeCommunity(slug: string, name?: string): Community
  makePerson(username: string, password?: string): Person
  /** Somebody of the house plays this, as if it had begun so long ago. */
  play(slug: string, media: Partial<Media>, agoSec?: number): void
  endPlayback(slug: string): void
  say(slug: string, action: string, parameter?: unknown): void
  killSession(username?: string): void
  ban(username: string): void
  maintenance(minutes?: number): void
}

const HEARTBEAT_MS = 10_000
const AUTH_WITHIN_MS = 10_000
const BATCH_MS = 20
const CHAT_BYTES = 250
const CHATS_PER_SECOND = 5
const PAGES = ['/plug-socket-test', '/plugcubed']

export function createPlugdj(options: HouseOptions<PlugdjQuirks> = {}): Plugdj {
  const quirks = options.quirks ?? {}
  return openHouse((time, book) => createSystem(time, book, quirks, options.seed ?? 1), { ...options, quirks })
}

type Seat = { person: Person; last: () => void; pending: unknown[] | undefined; chats: number[] }

function createSystem(time: OwnTime, book: Book, quirks: PlugdjQuirks, seed: number): { system: System; hands: Hands } {
  const chance = createChance(seed)
  const people: Person[] = []
  const communities = new Map<string, Community>()
  const sessions = new Map<string, Person | undefined>()
  const tokens = new Map<string, Person>()
  const seats = new Map<Guest, Seat>()
  const former = new Map<Person, string>()
  const calls: number[] = []
  let lastId = 3_364_258
  const newId = (): number => ++lastId

  const timestamp = (ms: number): string => {
    const usual = stamp(ms)
    if (quirks.timestamps === 'bare') return usual.slice(0, 19)
    return quirks.timestamps === 'utc' ? `${usual} UTC` : usual
  }
  const put = (guest: Guest, frame: string): void => {
    const seat = seats.get(guest)
    guest.say(frame)
    seat?.last()
    if (seat && !quirks.noHeartbeat) seat.last = time.after(HEARTBEAT_MS, () => put(guest, 'h'))
  }
  const send = (guest: Guest, s: string, a: string, p?: unknown): void => {
    const plain = p === undefined ? { a, s } : { a, p, s }
    const events = quirks.oddTypes ? odd(plain) : [plain]
    const seat = seats.get(guest)
    if (!quirks.batched || !seat) return put(guest, JSON.stringify(events))
    if (seat.pending) return void seat.pending.push(...events)
    seat.pending = [...events]
    time.after(BATCH_MS, () => {
      const { pending } = seat
      seat.pending = undefined
      if (pending) put(guest, JSON.stringify(pending))
    })
  }
  const tells: Tells = {
    tell(slug, action, parameter) {
      for (const [guest, { person }] of seats) {
        const isStale = action === 'advance' && former.get(person) === slug
        if (person.community?.slug === slug || isStale) send(guest, slug, action, parameter)
        if (isStale) former.delete(person)
      }
    },
    whisper(to, slug, action, parameter) {
      for (const [guest, { person }] of seats) if (person === to) send(guest, slug, action, parameter)
    },
  }

  const addPerson = (username: string, email: string, password: string, isGuest = false): Person => {
    const person: Person = {
      id: isGuest ? 0 : newId(),
      username,
      email,
      password,
      isGuest,
      avatarID: 'base01',
      blurb: '',
      language: 'en',
      playlists: [],
      friends: new Set(),
      ignores: new Set(),
      community: undefined,
    }
    if (!isGuest) people.push(person)
    return person
  }
  const makePerson: Plugdj['makePerson'] = (username, password = 'secret') =>
    addPerson(username, `${username.toLowerCase()}@example.org`, password)
  const makeCommunity: Plugdj['makeCommunity'] = (slug, name = slug) => {
    const endOfPlayback = (): EndOfPlayback => quirks.endOfPlayback ?? 'empty'
    const room = createCommunity(slug, name, newId(), { time, chance, endOfPlayback, timestamp }, tells)
    communities.set(slug, room)
    if (!quirks.emptyHistory)
      room.history.push({
        id: chance.uuid(),
        media: { cid: '0', title: 'Silence', author: 'Nobody', image: '', duration: 1, format: 1, id: 1 },
        room: { name, slug },
        score: { grabs: 0, listeners: 0, negative: 0, positive: 0, skipped: 0 },
        timestamp: timestamp(time.nowMs() - 60_000),
        user: { id: house.id, username: house.username },
      })
    return room
  }
  const house = makePerson('House')

  const routes = createRoutes({
    nowMs: () => time.nowMs(),
    newId,
    people,
    communities,
    makeCommunity,
    tells,
    token(person) {
      const token = chance.letters(172)
      tokens.set(token, person)
      return token
    },
  })

  const reply = (call: Call): Reply => {
    const { method, path, headers } = call
    const took = quirks.oddTypes ? 0.012 : '0.012'
    const body = fieldsOf(readFields(call.body))
    // The living cookie holds a bar, which has to come back as it is. A login keeps the session: plug-login asks for its token with the first cookie.
    const presented = /(?:^|;\s*)session=([^;]+)/.exec(headers['cookie'] ?? '')?.[1]
    const newSession = (person: Person | undefined): Record<string, string> => {
      const isKnown = presented !== undefined && sessions.has(presented)
      const session = isKnown ? presented : `${chance.letters(24)}|${chance.letters(16)}`
      sessions.set(session, person)
      return { 'set-cookie': `session=${session}; Path=/; HttpOnly` }
    }
    if (PAGES.includes(path)) {
      const html = `<!doctype html><title>plug.dj</title><script>var _st="${timestamp(time.nowMs())}"</script>`
      const headers = newSession(addPerson(`guest-${chance.letters(5)}`, '', '', true))
      return { status: 200, headers: { 'content-type': 'text/html', ...headers }, body: html }
    }
    if (!path.startsWith('/_/')) return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' }
    calls.push(time.nowMs())
    while ((calls[0] ?? 0) < time.nowMs() - 60_000) calls.shift()
    if (quirks.callsPerMinute !== undefined && calls.length > quirks.callsPerMinute) {
      book.harms.push(`The ${calls.length}th call within a minute: the living site bans an address for that.`)
      for (const guest of seats.keys()) send(guest, 'dashboard', 'floodAPI', {})
      return envelope(refuse('requestError', 'floodAPI'), took)
    }
    if (`${method} ${path}` === 'GET /_/mobile/init') {
      const answer = envelope([{ c: 'csrf-of-the-site', t: timestamp(time.nowMs()) }], took)
      return { ...answer, headers: { ...answer.headers, ...newSession(undefined) } }
    }
    if (`${method} ${path}` === 'POST /_/users/signup') {
      const { csrf, username, email, password } = body
      if (csrf !== 'csrf-of-the-site') return envelope(refuse('csrfTokenInvalid'), took)
      if (String(password).length < 6) return envelope(refuse('requestError', 'passwordShort'), took)
      if (people.some((one) => one.email === email)) return envelope(refuse('requestError', 'emailTaken'), took)
      addPerson(String(username), String(email), String(password))
      return envelope([], took)
    }
    if (`${method} ${path}` === 'POST /_/auth/login') {
      const person = people.find(({ email, password }) => email === body['email'] && password === body['password'])
      if (body['csrf'] !== 'csrf-of-the-site') return envelope(refuse('csrfTokenInvalid'), took)
      if (!person) return envelope(refuse('badLogin'), took)
      const answer = envelope([], took)
      return { ...answer, headers: { ...answer.headers, ...newSession(person) } }
    }
    const person = sessions.get(presented ?? '')
    if (!person) return envelope(refuse('notAuthorized', 'You are not authorized to access this resource.'), took)
    const before = person.community?.slug
    const done = routes(call, person)
    if (quirks.staleRoom && before !== undefined && before !== person.community?.slug) former.set(person, before)
    return envelope(done, took)
  }

  const chat = (guest: Guest, { person, chats }: Seat, text: string): void => {
    const nowMs = time.nowMs()
    const message = escape(text)
    const drop = (why: string): void => void book.harms.push(`Chat that is dropped without a word: ${why}`)
    if (text.includes('\n')) return drop('it holds a line break')
    if (Buffer.byteLength(message) > CHAT_BYTES) return drop('it is longer than 250 bytes')
    chats.push(nowMs)
    while ((chats[0] ?? 0) < nowMs - 1000) chats.shift()
    if (chats.length > CHATS_PER_SECOND) return drop('there was too much of it')
    if (quirks.floodChat) return send(guest, person.community?.slug ?? 'dashboard', 'floodChat', {})
    const { id: uid, username: un, community } = person
    if (community?.mutes.has(uid)) return
    if (community) tells.tell(community.slug, 'chat', { message, un: escape(un), cid: `${uid}-${nowMs}`, uid, sub: 0 })
  }

  const system: System = {
    admit: (path, headers) => {
      if (path !== '/socket') return 404
      return quirks.onlyOrigin !== undefined && headers['origin'] !== quirks.onlyOrigin ? 403 : 101
    },
    welcome(guest) {
      const forgetWait = time.after(AUTH_WITHIN_MS, () => guest.close(1000))
      return {
        frame(frame) {
          const message = typeof frame === 'string' ? readFields(frame) : undefined
          const { a, p, t } = message ?? {}
          if (!message || typeof a !== 'string' || typeof p !== 'string' || !Number.isInteger(t)) {
            book.harms.push(`A frame of wrong types, dropped without a word: ${String(frame).slice(0, 80)}`)
            return
          }
          const seat = seats.get(guest)
          if (a === 'auth' && !seat) {
            const person = tokens.get(p)
            if (!person) return guest.close(1000)
            forgetWait()
            seats.set(guest, { person, last: () => {}, pending: undefined, chats: [] })
            send(guest, 'dashboard', 'ack', quirks.numericAck ? 1 : '1')
          } else if (a === 'chat' && seat) chat(guest, seat, p)
          else if (a !== 'auth' && a !== 'chat') book.harms.push(`Nobody knows the action ${a}.`)
          else if (!seat) book.harms.push('Chat before auth.')
        },
        gone() {
          forgetWait()
          const seat = seats.get(guest)
          seat?.last()
          seats.delete(guest)
          const isElsewhere = [...seats.values()].some(({ person }) => person === seat?.person)
          if (seat && !isElsewhere) seat.person.community?.leave(seat.person)
        },
      }
    },
    reply,
  }
  const hands: Hands = {
    people,
    communities,
    makeCommunity,
    makePerson,
    play(slug, media, agoSec = 0) {
      const whole = {
        cid: 'dQw4w9WgXcQ',
        title: 'T',
        author: 'A',
        image: '',
        duration: 212,
        format: 1,
        id: newId(),
        ...media,
      }
      const room = communities.get(slug) ?? makeCommunity(slug)
      room.enter(house)
      room.start(house, newId(), whole, agoSec)
    },
    endPlayback: (slug) => communities.get(slug)?.next(),
    say: (slug, action, parameter) => {
      for (const guest of seats.keys()) send(guest, slug, action, parameter)
    },
    killSession(username) {
      for (const [guest, { person }] of seats)
        if (username === undefined || person.username === username) {
          send(guest, person.community?.slug ?? 'dashboard', 'killSession', {})
          person.community?.leave(person)
        }
    },
    ban(username) {
      const person = people.find((one) => one.username === username)
      if (!person) return
      person.community?.bans.add(person.id)
      tells.whisper(person, 'dashboard', 'ban', { t: 'ban', d: 'h', r: 1 })
      person.community?.leave(person)
    },
    maintenance(minutes) {
      for (const guest of seats.keys())
        if (minutes === undefined) send(guest, 'dashboard', 'plugMaintenance', {})
        else send(guest, 'dashboard', 'plugMaintenanceAlert', minutes)
    },
  }
  return { system, hands }
}

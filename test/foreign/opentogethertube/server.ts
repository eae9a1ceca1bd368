/**
 * A scripted OpenTogetherTube server that behaves as the living one (v0.14.1) was seen to, where it differs from its document: joined by `auth`, `you`
 * last, changes debounced and sometimes late, silence for what is refused, text where somebody sent text, and dead after a frame that isn't JSON.
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
import { type Fields, fieldsOf, readFields, textOf } from '../json'
import type { Quirks } from '../quirks'
import type { OwnTime } from '../time'
import { type Account, createRest } from './rest'
import { createRoom, GUEST_RIGHTS, type Room, type User } from './room'
import { findAddress, findVideo } from './videos'

export type OpenTogetherTubeQuirks = Quirks & {
  /** A room that somebody polluted: positions, speeds and lengths are text, status a number, and there are messages nobody knows. */
  oddTypes?: boolean
  /** Every request is refused, which is silence. */
  silentErrors?: boolean
  /** What is added has no length, and is skipped a second after it began to play. */
  withoutLength?: boolean
  /** No tokens count any more until a new one is granted: close code 4004. */
  forgetTokens?: boolean
  /** Behind the balancer: who has not said `auth` after 20 s is closed with 4004. */
  balancer?: boolean
  /** The budget of REST points is used up: 429 with Retry-After. */
  outOfPoints?: boolean
  /** The mask of guests in rooms made from now on. */
  guestRights?: number
}
export type OpenTogetherTube = House & Hands
type Hands = {
  readonly rooms: ReadonlyMap<string, Room>
  makeRoom(name: string, wishes?: Fields): Room
  announce(text: string): void
  unload(name: string): void
  isDead(): boolean
}

const DEBOUNCE_MS = 50
const SOON_AFTER_SYNC_MS = 300
const TICK_MS = 1000
const AUTH_WITHIN_MS = 20_000
const FOLLOWED = new Set([0, 1, 2, 3, 4, 5, 6, 19])

export function createOpenTogetherTube(options: HouseOptions<OpenTogetherTubeQuirks> = {}): OpenTogetherTube {
  const quirks = options.quirks ?? {}
  return openHouse((time, book) => createSystem(time, book, quirks, options.seed ?? 1), { ...options, quirks })
}

type Seat = { readonly guest: Guest; readonly user: User; readonly account: Account }
type Hall = { readonly room: Room; readonly seats: Seat[] }

function createSystem(
  time: OwnTime,
  book: Book,
  quirks: OpenTogetherTubeQuirks,
  seed: number,
): { system: System; hands: Hands } {
  const chance = createChance(seed)
  const accounts = new Map<string, Account>()
  const halls = new Map<string, Hall>()
  const rooms = new Map<string, Room>()
  const guests = new Set<Guest>()
  let dead = false

  const say = (guest: Guest, message: Fields): void =>
    guest.say(JSON.stringify(quirks.oddTypes ? odd(message) : message))
  const tell = ({ seats }: Hall, message: Fields): void => {
    for (const { guest } of seats) say(guest, message)
  }

  const makeRoom = (name: string, wishes: Fields = {}): Room => {
    let lastSyncMs = -Infinity
    let waiting = false
    const flush = (): void => {
      waiting = false
      const changes = room.changes()
      if (!changes) return
      lastSyncMs = time.nowMs()
      tell(hall, { action: 'sync', ...changes })
    }
    const room = createRoom(
      name,
      wishes,
      quirks.guestRights ?? GUEST_RIGHTS,
      {
        nowMs: () => time.nowMs(),
        float: chance.float,
        find: (video) => findVideo(video, quirks.withoutLength === true),
        findUrl: (url) => findAddress(url, quirks.withoutLength === true),
      },
      {
        event(request, user, additional) {
          if (FOLLOWED.has(Number(request['type']))) tell(hall, { action: 'event', request, user, additional })
        },
        chat: (user, text) => tell(hall, { action: 'chat', from: user, text }),
        user: (update) => tell(hall, { action: 'user', update }),
        changed() {
          // What comes soon after a sync waits for the tick, as it was seen to.
          if (waiting || time.nowMs() - lastSyncMs < SOON_AFTER_SYNC_MS) return
          waiting = true
          time.after(DEBOUNCE_MS, flush)
        },
        kick: (id, code) => hall.seats.find(({ user }) => user.id === id)?.guest.close(code),
      },
    )
    const hall: Hall = { room, seats: [] }
    halls.set(name.toLowerCase(), hall)
    rooms.set(name.toLowerCase(), room)
    time.every(TICK_MS, () => {
      room.tick()
      flush()
    })
    return room
  }
  const unload = (name: string): void => {
    for (const { guest } of halls.get(name.toLowerCase())?.seats ?? []) guest.close(4003)
    halls.delete(name.toLowerCase())
    rooms.delete(name.toLowerCase())
  }

  const die = (why: string): void => {
    book.harms.push(why)
    dead = true
    for (const guest of guests) guest.cut()
  }

  const join = (hall: Hall, seat: Seat): void => {
    const { guest, user, account } = seat
    const { room } = hall
    say(guest, { action: 'sync', ...room.full() })
    room.users.push(user)
    hall.seats.push(seat)
    const who = account.userId === undefined ? { username: user.name } : { user_id: account.userId }
    tell(hall, { action: 'event', request: { type: 0, info: { id: user.id, ...who } }, user, additional: {} })
    tell(hall, { action: 'sync', playbackPosition: room.position() })
    tell(hall, { action: 'user', update: { kind: 'update', value: user } })
    say(guest, { action: 'user', update: { kind: 'init', value: room.users } })
    say(guest, { action: 'you', info: { id: user.id } })
    if (quirks.oddTypes) say(guest, { action: 'weather', outlook: ['fair', null] })
  }

  const request = (hall: Hall, seat: Seat, asked: Fields): void => {
    if (quirks.silentErrors) return
    const { room } = hall
    if (asked['type'] === 0) {
      book.harms.push('A JoinRequest after auth: the living server lists that person twice from now on.')
      const info = fieldsOf(asked['info'])
      room.users.push({ ...seat.user, name: textOf(info['username']) ?? seat.user.name, status: 'none' })
      tell(hall, { action: 'event', request: asked, user: seat.user, additional: {} })
      tell(hall, { action: 'sync', playbackPosition: room.position() })
      tell(hall, { action: 'user', update: { kind: 'update', value: seat.user } })
    } else if (asked['type'] === 1) leave(hall, seat)
    else {
      if (asked['type'] === 4 && !(typeof asked['value'] === 'number' && asked['value'] >= 0))
        book.harms.push(`A position that pollutes the room: ${JSON.stringify(asked['value'])}`)
      if (asked['type'] === 16 && !(typeof asked['speed'] === 'number' && asked['speed'] > 0))
        book.harms.push(`A speed that pollutes the room: ${JSON.stringify(asked['speed'])}`)
      if (asked['type'] === 17 && !room.state.prevQueue)
        book.harms.push('Restoring a queue that is not there closes the socket.')
      room.ask(seat.user, asked)
    }
  }

  const leave = (hall: Hall, { guest, user }: Seat): void => {
    const { room, seats } = hall
    for (let at = seats.length - 1; at >= 0; at--) if (seats[at]?.guest === guest) seats.splice(at, 1)
    for (let at = room.users.length - 1; at >= 0; at--) if (room.users[at]?.id === user.id) room.users.splice(at, 1)
    tell(hall, { action: 'event', request: { type: 1 }, user, additional: { user } })
    tell(hall, { action: 'user', update: { kind: 'remove', value: user.id } })
  }

  const refuse = (guest: Guest, code: number): undefined => {
    guest.close(code)
  }

  const hear = (guest: Guest, seat: Seat | undefined, message: Fields): Seat | undefined => {
    const name = /^\/api\/room\/([a-z0-9_-]+)/i.exec(guest.path)?.[1]?.toLowerCase() ?? ''
    const hall = halls.get(name)
    if (message['action'] === 'auth') {
      const account = quirks.forgetTokens ? undefined : accounts.get(textOf(message['token']) ?? '')
      if (!account) return refuse(guest, 4004)
      if (!hall) return refuse(guest, 4002)
      if (seat) book.harms.push('A second auth on one socket: the living server tells it everything twice from now on.')
      const status = 'none'
      const role = hall.room.state.hasOwner && account.isLoggedIn ? -1 : 0
      const user = seat?.user ?? { id: chance.uuid(), name: account.name, isLoggedIn: account.isLoggedIn, status, role }
      const taken = { guest, user, account }
      join(hall, taken)
      return taken
    }
    if (!seat || !hall) return refuse(guest, 4004)
    const { user } = seat
    if (message['action'] === 'status' && message['status']) {
      if (typeof message['status'] !== 'string')
        book.harms.push('A status that is no text is told to everybody as it is.')
      user.status = message['status']
      tell(hall, { action: 'user', update: { kind: 'update', value: user } })
    } else if (message['action'] === 'req') request(hall, seat, fieldsOf(message['request']))
    else if (message['action'] === 'kickme') guest.close(Number(message['reason'] ?? 4000))
    else if (message['action'] === 'notify') {
      user.name = seat.account.name
      tell(hall, { action: 'user', update: { kind: 'update', value: user } })
    }
    return seat
  }

  const rest = createRest(
    {
      grant(token) {
        const known = accounts.get(token ?? '')
        if (known && !quirks.forgetTokens) return known
        quirks.forgetTokens = false
        const name = `${chance.pick(['english', 'chief', 'liberal'])}_${chance.pick(['salmon', 'olive', 'coral'])}_${chance.letters(5)}`
        const account = { token: `${chance.letters(682)}==`, name, isLoggedIn: false }
        accounts.set(account.token, account)
        return account
      },
      account: (token) => accounts.get(token),
      room: (name) => rooms.get(name.toLowerCase()),
      rooms: () => [...rooms.values()].filter(({ state }) => state.visibility === 'public'),
      create: (name, wishes, owner) =>
        void makeRoom(name, { ...wishes, hasOwner: wishes['isTemporary'] === false && owner.isLoggedIn }),
      unload,
      askAs(account, room, asked) {
        const seat = halls.get(room.state.name.toLowerCase())?.seats.find((one) => one.account === account)
        room.ask(
          seat?.user ?? { id: '', name: account.name, isLoggedIn: account.isLoggedIn, status: 'none', role: 0 },
          asked,
        )
      },
      usersOf: (room) => room.users,
      renamed(account) {
        for (const hall of halls.values())
          for (const { user } of hall.seats.filter((seat) => seat.account === account)) {
            user.name = account.name
            tell(hall, { action: 'user', update: { kind: 'update', value: user } })
          }
      },
      find: (input) => findAddress(input, quirks.withoutLength === true),
      uuid: chance.uuid,
    },
    quirks,
  )

  const system: System = {
    welcome(guest) {
      guests.add(guest)
      let seat: Seat | undefined
      const isRoom = /^\/api\/room\/[a-z0-9_-]+(\/|$)/i.test(guest.path)
      if (dead) guest.cut()
      else if (!isRoom) guest.close(4001, 'Invalid connection url')
      else if (quirks.balancer) time.after(AUTH_WITHIN_MS, () => (seat ? undefined : guest.close(4004)))
      return {
        frame(frame) {
          const message = typeof frame === 'string' ? readFields(frame) : undefined
          if (!message)
            return die(
              `A frame that is no JSON object ends the living server's whole process: ${String(frame).slice(0, 80)}`,
            )
          seat = hear(guest, seat, message)
        },
        gone() {
          guests.delete(guest)
          const hall = [...halls.values()].find(({ seats }) => seats.some((one) => one.guest === guest))
          if (seat && hall) leave(hall, seat)
        },
      }
    },
    reply: (call: Call): Reply | undefined => (dead ? undefined : rest(call)),
  }
  const announce = (text: string): void => {
    for (const guest of guests) say(guest, { action: 'announcement', text })
  }
  return { system, hands: { rooms, makeRoom, unload, announce, isDead: () => dead } }
}

const TEXT_INSTEAD = new Set(['playbackPosition', 'playbackSpeed', 'length', 'value', 'prevPosition', 'startAt'])

/** As a room looks after somebody sent text for numbers and a number for a status. */
function odd(message: Fields): Fields {
  const said = JSON.stringify(message, (key, value: unknown) => {
    if (TEXT_INSTEAD.has(key) && typeof value === 'number') return String(value)
    return key === 'status' && value !== 'none' ? 1 : value
  })
  return { ...fieldsOf(readFields(said)), surprise: null }
}

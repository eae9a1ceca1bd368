/**
 * A scripted FrameTogether server. Nobody outside has seen the real one's source: this keeps to its README and to what the real extension expects, and
 * each thing that the README leaves open (does it promote a host? does it tell a newcomer the state? how strict is it?) is a quirk with both answers.
 */
import { type Chance, createChance } from '../chance'
import { type Book, type Guest, type House, type HouseOptions, openHouse, type System } from '../house'
import { type Fields, readFields, textOf } from '../json'
import type { Quirks } from '../quirks'
import type { OwnTime } from '../time'

export type FrameTogetherQuirks = Quirks & {
  /** When the host goes, whoever is here longest is told RoomJoined again, as host. Otherwise nobody is. */
  promotes?: boolean
  /** A newcomer is told the state at once. Otherwise nothing until the host acts. */
  syncOnJoin?: boolean
  /** Who creates a room is in it already, and twice after the Join that follows. */
  joinsCreator?: boolean
  /** A second Join makes a second participant. */
  doublesOnJoin?: boolean
  /** How others are listed; the README shows only an empty list. */
  participants?: 'objects' | 'strings' | 'absent'
  /** Ids that are longer than six characters, in both cases. */
  longIds?: boolean
  /** How long an empty room is kept; 0 is at once. */
  emptyRoomMs?: number
  /** Errors are not told. */
  silentErrors?: boolean
  /** Over the limit of 30 requests a second the socket is closed rather than answered. */
  closesOverLimit?: boolean
  /** Positions as text, `paused` as a number, answers to heartbeats, messages and fields that nobody knows. */
  oddTypes?: boolean
}
type Person = { readonly guest: Guest; readonly name: string }
export type Room = {
  readonly id: string
  readonly people: Person[]
  host: Guest | undefined
  time: number
  paused: boolean
  atMs: number
  isKnown: boolean
}
export type FrameTogether = House & Hands
type Hands = {
  readonly rooms: ReadonlyMap<string, Room>
  makeRoom(id: string): Room
  /** Said to everybody, whatever it is. */
  error(message: string): void
  /** The role is handed to somebody of this name, without a word why. */
  promote(name: string): void
}

const EMPTY_ROOM_MS = 30_000
const REQUESTS_PER_SECOND = 30
const STATES_PER_SECOND = 5
const STATE_WINDOW_MS = 4000
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Create: [],
  Join: ['room_id'],
  State: ['time', 'paused'],
  Leave: [],
  Heartbeat: [],
}

export function createFrameTogether(options: HouseOptions<FrameTogetherQuirks> = {}): FrameTogether {
  const quirks = options.quirks ?? {}
  return openHouse((time, book) => createSystem(time, book, quirks, createChance(options.seed ?? 1)), {
    ...options,
    quirks,
  })
}

function createSystem(
  time: OwnTime,
  book: Book,
  quirks: FrameTogetherQuirks,
  chance: Chance,
): { system: System; hands: Hands } {
  const rooms = new Map<string, Room>()
  const guests = new Set<Guest>()
  const requests: number[] = []

  const say = (guest: Guest, message: Fields): void =>
    guest.say(JSON.stringify(quirks.oddTypes ? odd(message) : message))
  const fail = (guest: Guest, message: string): void => {
    if (!quirks.silentErrors) say(guest, { type: 'Error', message })
  }
  const makeRoom = (id: string): Room => {
    const room = { id, people: [], host: undefined, time: 0, paused: true, atMs: time.nowMs(), isKnown: false }
    rooms.set(id, room)
    return room
  }
  const forgetWhenEmpty = (room: Room): void => {
    const forget = (): void => {
      if (room.people.length === 0 && rooms.get(room.id) === room) rooms.delete(room.id)
    }
    const keptMs = quirks.emptyRoomMs ?? EMPTY_ROOM_MS
    if (keptMs === 0) forget()
    else time.after(keptMs, forget)
  }
  const roomOf = (guest: Guest): Room | undefined =>
    [...rooms.values()].find(({ people }) => people.some((one) => one.guest === guest))

  const newName = (room: Room): string => {
    const name = `${chance.pick(['Happy', 'Clever', 'Quiet', 'Brave'])} ${chance.pick(['Panda', 'Fox', 'Heron', 'Otter', 'Lynx'])}`
    return room.people.some((one) => one.name === name) ? newName(room) : name
  }
  const joined = (room: Room, { guest, name }: Person): void => {
    const others = room.people.filter((one) => one.guest !== guest)
    const list = quirks.participants ?? 'objects'
    const participants = others.map((one) =>
      list === 'strings' ? one.name : { name: one.name, is_host: one.guest === room.host },
    )
    say(guest, {
      type: 'RoomJoined',
      room_id: room.id,
      is_host: room.host === guest,
      your_name: name,
      ...(list === 'absent' ? {} : { participants }),
    })
  }
  const sync = (guest: Guest, room: Room): void => {
    const nowSec = room.time + (room.paused ? 0 : (time.nowMs() - room.atMs) / 1000)
    say(guest, { type: 'Sync', time: nowSec, paused: room.paused })
  }
  const others = (room: Room, guest: Guest): Guest[] =>
    [...new Set(room.people.map((one) => one.guest))].filter((one) => one !== guest)

  const join = (guest: Guest, room: Room): void => {
    const before = roomOf(guest)
    if (before !== room) leave(guest)
    const known = room.people.find((one) => one.guest === guest)
    if (known && !quirks.doublesOnJoin && !quirks.joinsCreator) return joined(room, known)
    const person = { guest, name: newName(room) }
    room.host ??= room.people.length === 0 ? guest : undefined
    room.people.push(person)
    joined(room, person)
    for (const other of others(room, guest))
      say(other, { type: 'UserJoined', user: { name: person.name, is_host: room.host === guest } })
    if (quirks.syncOnJoin && room.isKnown && room.host !== guest) sync(guest, room)
  }
  const leave = (guest: Guest): void => {
    const room = roomOf(guest)
    if (!room) return
    const gone = room.people.filter((one) => one.guest === guest)
    for (const one of gone) room.people.splice(room.people.indexOf(one), 1)
    for (const { name } of gone)
      for (const other of others(room, guest)) say(other, { type: 'UserLeft', user_name: name })
    if (room.host === guest) {
      const next = quirks.promotes ? room.people[0] : undefined
      room.host = next?.guest
      if (next) joined(room, next)
    }
    if (room.people.length === 0) {
      room.host = undefined
      forgetWhenEmpty(room)
    }
  }

  const state = (guest: Guest, message: Fields): void => {
    const room = roomOf(guest)
    const { time: positionSec, paused } = message
    if (typeof positionSec !== 'number' || positionSec < 0 || typeof paused !== 'boolean') {
      book.harms.push(`A State of wrong types: ${JSON.stringify(message)}`)
      return fail(guest, 'Invalid message')
    }
    if (!room || room.host !== guest) return void book.harms.push('A State from somebody who is not the host.')
    Object.assign(room, { time: positionSec, paused, atMs: time.nowMs(), isKnown: true })
    for (const other of others(room, guest)) say(other, { type: 'Sync', time: positionSec, paused })
  }

  const hear = (guest: Guest, message: Fields): void => {
    switch (message['type']) {
      case 'Create': {
        const id = quirks.longIds ? `Room-${chance.letters(8).toUpperCase()}` : chance.letters(6)
        const room = makeRoom(id)
        say(guest, { type: 'RoomCreated', room_id: id })
        if (quirks.joinsCreator) join(guest, room)
        else forgetWhenEmpty(room)
        return
      }
      case 'Join': {
        const room = rooms.get(textOf(message['room_id']) ?? '')
        return room ? join(guest, room) : fail(guest, 'Room not found')
      }
      case 'State':
        return state(guest, message)
      case 'Leave':
        return leave(guest)
      case 'Heartbeat':
        return quirks.oddTypes ? say(guest, { type: 'HeartbeatAck' }) : undefined
      default:
        fail(guest, 'Invalid message')
    }
  }

  const system: System = {
    admit: (path) => (path === '/sync' ? 101 : 404),
    welcome(guest) {
      guests.add(guest)
      const states: number[] = []
      return {
        frame(frame) {
          const nowMs = time.nowMs()
          const message = typeof frame === 'string' ? readFields(frame) : undefined
          const type = textOf(message?.['type']) ?? ''
          const known = FIELDS[type]
          if (!message || !known) {
            book.harms.push(`No message of this system: ${String(frame).slice(0, 80)}`)
            return fail(guest, 'Invalid message')
          }
          for (const key of Object.keys(message))
            if (key !== 'type' && !known.includes(key)) {
              book.harms.push(`${type} has no field ${key}.`)
              return fail(guest, 'Invalid message')
            }
          if (type === 'State') {
            states.push(nowMs)
            while ((states[0] ?? 0) < nowMs - STATE_WINDOW_MS) states.shift()
            if (states.length > (STATES_PER_SECOND * STATE_WINDOW_MS) / 1000)
              book.harms.push('More than 5 States a second.')
          }
          requests.push(nowMs)
          while ((requests[0] ?? 0) < nowMs - 1000) requests.shift()
          if (requests.length > REQUESTS_PER_SECOND) {
            book.harms.push('More than 30 requests a second from one address.')
            return quirks.closesOverLimit ? guest.close(1008) : fail(guest, 'Rate limit exceeded')
          }
          hear(guest, message)
        },
        gone() {
          guests.delete(guest)
          leave(guest)
        },
      }
    },
    reply: ({ path }) => (path === '/health' ? { status: 200, body: '"OK"' } : { status: 404, body: '' }),
  }
  return {
    system,
    hands: {
      rooms,
      makeRoom,
      error(message) {
        for (const guest of guests) say(guest, { type: 'Error', message })
      },
      promote(name) {
        for (const room of rooms.values()) {
          const person = room.people.find((one) => one.name === name)
          if (!person) continue
          room.host = person.guest
          joined(room, person)
        }
      },
    },
  }
}

function odd(message: Fields): Fields {
  const spelled: Record<string, unknown> = { ...message, trace: null }
  if (typeof spelled['time'] === 'number') spelled['time'] = String(spelled['time'])
  if (typeof spelled['paused'] === 'boolean') spelled['paused'] = Number(spelled['paused'])
  if (spelled['type'] === 'UserLeft') spelled['user_name'] = null
  if (spelled['type'] === 'UserJoined') spelled['user'] = 'Clever Fox'
  return spelled
}

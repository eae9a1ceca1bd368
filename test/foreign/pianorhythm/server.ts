/**
 * A scripted PianoRhythm server, in the only sense there is: one written from the published page. Nobody outside has seen the real one on the wire. What
 * the page leaves open or contradicts (errors as text, no welcome, unknown members) are quirks.
 */
import { type Chance, createChance } from '../chance'
import { type Book, type Guest, type House, type HouseOptions, openHouse, type System } from '../house'
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../json'
import type { Quirks } from '../quirks'
import type { OwnTime } from '../time'
import { createWire, memberOf, type Numbers, varint } from './wire'

export type PianoRhythmQuirks = Quirks & {
  /** Nothing greets who comes. */
  noWelcome?: boolean
  /** Errors as JSON text, as one page has them. */
  textErrors?: boolean
  silentErrors?: boolean
  /** Heartbeats are taken without an answer. */
  noHeartbeatAck?: boolean
  /** Members and fields that nobody knows, a messageType that fits nothing, answers without their parts, notes of a time that no number holds. */
  oddTypes?: boolean
  /** Every so many frames, one that is no protobuf comes before it. */
  brokenEvery?: number
}
export type Person = {
  readonly guest: Guest
  readonly id: string
  name: string
  status: number
  room: Room | undefined
  heardMs: number
}
export type Room = {
  readonly id: string
  readonly name: string
  password: string
  settings: Fields
  type: number
  readonly people: Person[]
}
export type PianoRhythm = House & Hands
type Hands = {
  readonly rooms: ReadonlyMap<string, Room>
  makeRoom(name: string, wishes?: { password?: string; settings?: Fields }): Room
  kick(username: string): void
}

const SILENCE_MS = 60_000
const LOOK_EVERY_MS = 5000
const PER_MINUTE = 1000
const LONGEST_LINE = 500
const SYSTEM_LINE = 1
const UNKNOWN_MEMBER = 999
const PATH = /^\/api\/websocket(\/[^/]+)?$/

export function createPianoRhythm(options: HouseOptions<PianoRhythmQuirks> & { numbers?: Numbers } = {}): PianoRhythm {
  const quirks = options.quirks ?? {}
  const { numbers = {}, seed = 1 } = options
  return openHouse((time, book) => createSystem(time, book, quirks, numbers, createChance(seed)), {
    ...options,
    quirks,
  })
}

function createSystem(
  time: OwnTime,
  book: Book,
  quirks: PianoRhythmQuirks,
  numbers: Numbers,
  chance: Chance,
): { system: System; hands: Hands } {
  const wire = createWire(numbers)
  const rooms = new Map<string, Room>()
  const people = new Set<Person>()
  let said = 0

  const say = ({ guest }: Person, message: Fields): void => {
    said++
    if (quirks.brokenEvery && said % quirks.brokenEvery === 0) guest.say(Uint8Array.from([0x0a, 0xff, 0x01]))
    const bytes = wire.encode(quirks.oddTypes ? odd(message) : message)
    const strange = Buffer.from('nobody knows this')
    guest.say(
      quirks.oddTypes
        ? Uint8Array.from([...varint((UNKNOWN_MEMBER << 3) | 2), ...varint(strange.length), ...strange, ...bytes])
        : bytes,
    )
  }
  const fail = (person: Person, type: number, code: string, text: string): void => {
    if (quirks.silentErrors) return
    if (quirks.textErrors) person.guest.say(JSON.stringify({ type: 'error', message: text }))
    else say(person, { errorMessage: { error_type: type, error_code: code, error_message: text } })
  }
  const line = (to: Person, message: string): void =>
    say(to, { roomChatMessage: { message, message_type: SYSTEM_LINE } })
  const userOf = ({ id, name, status }: Person): Fields => ({ user_id: id, username: name, status })
  const infoOf = ({ id, name, type, settings, people }: Room): Fields => ({
    room_id: id,
    room_name: name,
    room_type: type,
    settings,
    user_count: people.length,
  })
  const others = (person: Person): Person[] => person.room?.people.filter((one) => one !== person) ?? []

  const makeRoom: Hands['makeRoom'] = (name, { password = '', settings = {} } = {}) => {
    const room: Room = {
      id: chance.uuid(),
      name,
      password,
      settings: { allow_chat: true, ...settings },
      type: 0,
      people: [],
    }
    rooms.set(name, room)
    return room
  }
  const leave = (person: Person): void => {
    const { room } = person
    if (!room) return
    for (const one of others(person)) say(one, { userLeftRoom: { user_info: userOf(person), room_id: room.id } })
    room.people.splice(room.people.indexOf(person), 1)
    person.room = undefined
    if (room.people.length === 0) rooms.delete(room.name)
  }
  const refuse = (person: Person, requestId: unknown, text: string): void =>
    say(person, { requestId, roomJoinedResponse: { success: false, error_message: text } })
  const enter = (person: Person, room: Room, requestId: unknown): void => {
    if (person.room !== room) leave(person)
    if (!room.people.includes(person)) {
      room.people.push(person)
      person.room = room
      for (const one of others(person)) say(one, { userJoinedRoom: { user_info: userOf(person), room_id: room.id } })
    }
    say(person, {
      requestId,
      roomJoinedResponse: { success: true, room_info: infoOf(room), current_users: room.people.map(userOf) },
    })
    const welcome = textOf(room.settings['welcome_message'])
    if (welcome) line(person, welcome)
  }
  const join = (person: Person, name: string, password: string, requestId: unknown): void => {
    const room = rooms.get(name)
    if (!room) return refuse(person, requestId, 'Room not found')
    if (room.password !== password) return refuse(person, requestId, 'Wrong password')
    const most = numberOf(room.settings['max_users']) ?? 0
    if (most > 0 && room.people.length >= most && !room.people.includes(person))
      return refuse(person, requestId, 'Room is full')
    enter(person, room, requestId)
  }
  const create = (person: Person, wish: Fields, requestId: unknown): void => {
    const name = textOf(wish['room_name']) ?? ''
    if (rooms.has(name)) return refuse(person, requestId, 'Room already exists')
    const password = textOf(wish['password']) ?? ''
    enter(person, makeRoom(name, { password, settings: fieldsOf(wish['settings']) }), requestId)
  }
  const chat = (person: Person, { message, message_type: type }: Fields): void => {
    const text = textOf(message) ?? ''
    if (text.length > LONGEST_LINE) book.harms.push('Chat of more than 500 characters.')
    if (type) book.harms.push('Chat that says it is the system or a moderator.')
    if (text === '/users') return line(person, person.room?.people.map(({ name }) => name).join(', ') ?? '')
    if (text === '/help') return line(person, '/help, /users, /kick, /ban, /mute')
    if (/^\/(kick|ban|mute)\b/.test(text)) return fail(person, 1, 'FORBIDDEN', 'For moderators only')
    for (const one of person.room?.people ?? [])
      say(one, { roomChatMessage: { message: text.slice(0, LONGEST_LINE), user_id: person.id, username: person.name } })
  }
  const command = (person: Person, { commandType, parameters }: Fields, requestId: unknown): void => {
    const given = Object.fromEntries(
      listOf(parameters)
        .map(fieldsOf)
        .map(({ key, value }) => [String(key), String(value)]),
    )
    const name = given['room_name'] ?? ''
    if (commandType === 1) return leave(person)
    if (commandType === 2)
      return rooms.has(name) ? join(person, name, given['password'] ?? '', requestId) : create(person, given, requestId)
    if (commandType === 3) return lobby(person, requestId)
    if (commandType === 4 && person.room) return void Object.assign(person.room.settings, given)
    join(person, name, given['password'] ?? '', requestId)
  }
  const lobby = (person: Person, requestId: unknown): void =>
    enter(person, rooms.get('Lobby') ?? makeRoom('Lobby'), requestId)

  const hear = (person: Person, message: Fields): void => {
    const { requestId } = message
    const [member, content] = memberOf(message) ?? ['', {}]
    switch (member) {
      case 'createRoomCommand':
        return create(person, content, requestId)
      case 'joinRoomByName':
        return join(person, textOf(content['room_name']) ?? '', textOf(content['password']) ?? '', requestId)
      case 'joinNextAvailableLobby':
        return lobby(person, requestId)
      case 'leaveRoom':
        return leave(person)
      case 'updateRoomCommand':
        if (person.room) Object.assign(person.room.settings, fieldsOf(content['settings']))
        return
      case 'roomChatMessage':
        return chat(person, content)
      case 'midiMessage': {
        const bytes = content['midi_data']
        if (bytes instanceof Uint8Array && bytes[0] === 0xf0 && bytes[1] === 0x7f)
          book.harms.push('Machine control to a server that did not say it is ours.')
        for (const one of others(person)) say(one, { midiMessage: { ...content, user_id: person.id } })
        return
      }
      case 'serverCommand':
        return command(person, content, requestId)
      case 'avatarCommand':
        for (const one of others(person)) say(one, { avatarCommand: content })
        return
      case 'userStatusUpdate':
        person.status = numberOf(content['status']) ?? 0
        for (const one of others(person)) say(one, { userStatusUpdate: { status: person.status, user_id: person.id } })
        return
      case 'privateMessage':
      case 'friendRequest': {
        const target = [...people].find(({ id }) => id === content['target_user_id'])
        if (!target) return fail(person, 2, 'USER_NOT_FOUND', 'User not found')
        return say(target, {
          [member]: { ...content, ...(member === 'privateMessage' ? { from_user_id: person.id } : {}) },
        })
      }
      case 'heartbeatMessage':
        return quirks.noHeartbeatAck ? undefined : say(person, { heartbeatMessage: content })
      case 'getRoomInfo': {
        const room = [...rooms.values()].find(
          ({ id, name }) => content['room_id'] === id || content['room_id'] === name,
        )
        return room
          ? say(person, { requestId, roomInfo: infoOf(room) })
          : fail(person, 2, 'ROOM_NOT_FOUND', 'Room not found')
      }
      default:
    }
  }

  time.every(LOOK_EVERY_MS, () => {
    for (const person of people)
      if (time.nowMs() - person.heardMs > SILENCE_MS) {
        book.harms.push(`${person.name} said nothing for a minute.`)
        person.guest.close(1000)
      }
  })

  const system: System = {
    admit: (path) => (PATH.test(path) ? 101 : 404),
    welcome(guest) {
      const id = chance.uuid()
      const person: Person = {
        guest,
        id,
        name: `guest-${chance.letters(4)}`,
        status: 0,
        room: undefined,
        heardMs: time.nowMs(),
      }
      people.add(person)
      if (!quirks.noWelcome)
        say(person, { welcome: { user_info: userOf(person), socket_id: `socket-${guest.number}` } })
      const times: number[] = []
      return {
        frame(frame) {
          const nowMs = time.nowMs()
          person.heardMs = nowMs
          times.push(nowMs)
          while ((times[0] ?? 0) < nowMs - 60_000) times.shift()
          if (times.length > PER_MINUTE) book.harms.push('More than 1000 messages a minute.')
          const message = typeof frame === 'string' ? undefined : wire.decode(frame)
          if (!message || (typeof frame !== 'string' && frame.length === 0)) {
            book.harms.push(`No frame of this system: ${String(frame).slice(0, 80)}`)
            return fail(person, 0, 'INVALID_MESSAGE', 'Invalid message')
          }
          hear(person, message)
        },
        gone() {
          people.delete(person)
          leave(person)
        },
      }
    },
    reply: () => ({ status: 404, body: '' }),
  }
  const kick: Hands['kick'] = (username) => {
    for (const person of people) if (person.name === username) person.guest.close(1000)
  }
  return { system, hands: { rooms, makeRoom, kick } }
}

function odd(message: Fields): Fields {
  const [member, content] = memberOf(message) ?? ['', {}]
  if (member === 'roomJoinedResponse')
    return { messageType: 77, requestId: message['requestId'], [member]: { success: content['success'] } }
  if (member === 'midiMessage') return { messageType: 77, [member]: { ...content, timestamp: 2n ** 60n } }
  return { ...message, messageType: 77 }
}

/**
 * A scripted OpenSyncParty server of generation C as its source behaves: silence for every error, acts told to their sender too, no server time except on
 * relays, identity claimed rather than proved, and a state that a `state_update` without a position wipes out. By a quirk it keeps to its document instead.
 */
import { type Book, type Guest, type House, type HouseOptions, openHouse, type System } from '../house'
import { type Fields, fieldsOf, isFields, numberOf, readFields, textOf } from '../json'
import type { Quirks } from '../quirks'
import type { OwnTime } from '../time'

export type OpenSyncPartyQuirks = Quirks & {
  /** As the document has it: not to the sender, errors with a code, server times, `free_play`. */
  asDocumented?: boolean
  /** In documented ways, the errors are swallowed all the same. */
  silentErrors?: boolean
  /** Positions as text, keys left out, participants without names, messages of the generation before. */
  oddTypes?: boolean
}
type Person = { readonly id: string; readonly name: string | null; guest: Guest }
export type Room = {
  readonly id: string
  hostId: string
  readonly mediaUrl: string | null
  readonly options: unknown
  readonly people: Map<string, Person>
  position: number
  playState: string
}
export type OpenSyncParty = House & Hands
type Hands = {
  readonly rooms: ReadonlyMap<string, Room>
  /** A whole message to everybody in the room, as it is. */
  sayIn(room: string, message: Fields): void
}

const BUFFER_BYTES = 4096
const KNOWN = ['create_room', 'join_room', 'player_event', 'state_update', 'ping']

export function createOpenSyncParty(options: HouseOptions<OpenSyncPartyQuirks> = {}): OpenSyncParty {
  const quirks = options.quirks ?? {}
  return openHouse((time, book) => createSystem(time, book, quirks), { ...options, quirks })
}

function createSystem(time: OwnTime, book: Book, quirks: OpenSyncPartyQuirks): { system: System; hands: Hands } {
  const rooms = new Map<string, Room>()

  /** All six keys are always there; what is not set is null or 0. */
  const say = (
    guest: Guest,
    type: string,
    room: string | null,
    client: string | null,
    payload: unknown,
    ts: unknown,
    serverTs = 0,
  ): void => {
    const server_ts = quirks.asDocumented ? time.nowMs() : serverTs
    const message = { type, room, client, payload, ts: quirks.asDocumented && ts === 0 ? time.nowMs() : ts, server_ts }
    guest.say(JSON.stringify(quirks.oddTypes ? odd(message) : message))
  }
  const fail = (guest: Guest, envelope: Fields, code: string, message: string): void => {
    if (!quirks.asDocumented || quirks.silentErrors) return
    const { room, client } = envelope
    say(guest, 'error', textOf(room) ?? null, textOf(client) ?? null, { code, message }, time.nowMs())
  }
  const participants = ({ people, hostId }: Room) => ({
    participants: [...people.values()].map(({ id, name }) => ({ client_id: id, name, is_host: id === hostId })),
    participant_count: people.size,
  })
  const stateTo = (guest: Guest, room: Room, client: string): void =>
    say(
      guest,
      'room_state',
      room.id,
      client,
      {
        room: room.id,
        host_id: room.hostId,
        media_url: room.mediaUrl,
        options: room.options,
        state: { position: room.position, play_state: room.playState },
        ...participants(room),
      },
      time.nowMs(),
    )

  const create = (guest: Guest, id: string, client: string, payload: Fields): Room | undefined => {
    if (rooms.has(id)) return undefined
    const room: Room = {
      id,
      hostId: client,
      mediaUrl: textOf(payload['media_url']) ?? null,
      options: payload['options'] ?? {},
      people: new Map([[client, { id: client, name: textOf(payload['name']) ?? null, guest }]]),
      position: numberOf(payload['start_pos']) ?? 0,
      playState: 'paused',
    }
    rooms.set(id, room)
    stateTo(guest, room, client)
    return room
  }
  const join = (guest: Guest, room: Room, client: string, payload: Fields): void => {
    room.people.set(client, { id: client, name: textOf(payload['name']) ?? null, guest })
    stateTo(guest, room, client)
    const now = time.nowMs()
    for (const person of room.people.values()) {
      if (person.id === client) continue
      say(person.guest, 'client_joined', room.id, client, { name: textOf(payload['name']) ?? null }, now)
      say(person.guest, 'participants_update', room.id, client, participants(room), now)
    }
  }
  const leave = (room: Room, client: string): void => {
    room.people.delete(client)
    const [next] = room.people.values()
    if (!next) return void rooms.delete(room.id)
    const wasHost = room.hostId === client
    if (wasHost) room.hostId = next.id
    for (const { guest } of room.people.values()) {
      if (wasHost) say(guest, 'host_change', room.id, null, { host_id: next.id }, 0)
      else say(guest, 'client_left', room.id, client, {}, 0)
      say(guest, 'participants_update', room.id, null, participants(room), 0)
    }
  }

  const relay = (room: Room, client: string, envelope: Fields): void => {
    for (const { id, guest } of room.people.values())
      if (id !== client || !quirks.asDocumented)
        say(guest, String(envelope['type']), room.id, client, envelope['payload'], envelope['ts'], time.nowMs())
  }
  const act = (room: Room, payload: Fields): void => {
    const { action, position } = payload
    if (action === 'play' || action === 'pause') room.playState = action === 'play' ? 'playing' : 'paused'
    if (typeof position === 'number') room.position = position
    else book.harms.push('A player_event without a position.')
  }
  const update = (room: Room, payload: Fields): void => {
    const { position, play_state: state } = payload
    if (typeof position !== 'number')
      book.harms.push('A state_update without a position: the room is at 0 and paused for whoever comes now.')
    if (typeof position !== 'number' && quirks.asDocumented) return
    room.position = numberOf(position) ?? 0
    room.playState = textOf(state) ?? 'paused'
  }

  const hear = (guest: Guest, envelope: Fields, joined: (room: Room, client: string) => void): void => {
    const { type, room: id, client } = envelope
    const payload = fieldsOf(envelope['payload'])
    if (typeof id !== 'string' || typeof client !== 'string' || id === '' || client === '') {
      book.harms.push('An envelope without room or client.')
      return fail(guest, envelope, 'bad_request', 'room and client are required')
    }
    if (!Number.isInteger(envelope['ts']))
      book.harms.push(`A time that is no integer: ${JSON.stringify(envelope['ts'])}`)
    const room = rooms.get(id)
    if (type === 'ping') return say(guest, 'pong', id, client, envelope['payload'], time.nowMs())
    if (type === 'create_room') {
      const made = create(guest, id, client, payload)
      return made ? joined(made, client) : fail(guest, envelope, 'room_exists', 'room already exists')
    }
    if (!room) return fail(guest, envelope, 'room_missing', 'room not found')
    if (type === 'join_room') {
      join(guest, room, client, payload)
      return joined(room, client)
    }
    if (type !== 'player_event' && type !== 'state_update')
      return fail(guest, envelope, 'unknown_type', `unknown message type: ${String(type)}`)
    // Who says the host's id is the host: nothing else is asked for.
    const isFree = quirks.asDocumented && fieldsOf(room.options)['free_play'] === true
    if (client !== room.hostId && !isFree) {
      book.harms.push(`A ${type} from somebody who is not the host.`)
      return fail(guest, envelope, 'not_host', 'only host can send player events')
    }
    if (type === 'player_event') act(room, payload)
    else update(room, payload)
    relay(room, client, envelope)
  }

  const system: System = {
    admit: (path) => (path === '/OpenSyncParty/ws' ? 101 : 404),
    welcome(guest) {
      const seats = new Map<Room, string>()
      return {
        frame(frame) {
          const text = typeof frame === 'string' ? frame : ''
          if (Buffer.byteLength(text) > BUFFER_BYTES) {
            book.harms.push('A frame of more than 4096 bytes, which is read in pieces and dropped.')
            if (!quirks.asDocumented) return
          }
          const envelope = readFields(text)
          if (!envelope) {
            book.harms.push(`No JSON object: ${String(frame).slice(0, 80)}`)
            return fail(guest, {}, 'bad_json', 'invalid JSON')
          }
          if (!KNOWN.includes(textOf(envelope['type']) ?? ''))
            book.harms.push(`No message of this system: ${text.slice(0, 80)}`)
          hear(guest, envelope, (room, client) => seats.set(room, client))
        },
        gone() {
          for (const [room, client] of seats) if (room.people.get(client)?.guest === guest) leave(room, client)
        },
      }
    },
    reply: () => ({ status: 404, body: '' }),
  }
  return {
    system,
    hands: {
      rooms,
      sayIn(id, message) {
        for (const { guest } of rooms.get(id)?.people.values() ?? []) guest.say(JSON.stringify(message))
      },
    },
  }
}

function odd(message: Fields): Fields {
  const { server_ts: _, ...rest } = message
  const payload = rest['payload']
  if (!isFields(payload)) return rest
  const spelled: Record<string, unknown> = { ...payload, quality: null }
  if (typeof spelled['position'] === 'number') spelled['position'] = String(spelled['position'])
  if (Array.isArray(spelled['participants']))
    spelled['participants'] = spelled['participants'].map((one) => ({ ...fieldsOf(one), name: null, role: 7 }))
  if (isFields(spelled['state'])) spelled['state'] = { ...spelled['state'], play_state: 'buffering' }
  if (message['type'] === 'client_left') return { ...rest, payload: null }
  return { ...rest, payload: spelled }
}

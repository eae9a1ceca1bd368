/**
 * A scripted OpenWatchParty session server (generation R1; R0 by a quirk) with the ways of the living one: strict about `ts`, every act of a host 300 ms in
 * the future, a filter on states, members who stay in rooms they left without a word, and clients that are forgotten while their socket stays open.
 */
import { type Chance, createChance } from '../chance'
import { type Book, type Guest, type House, type HouseOptions, openHouse, type System } from '../house'
import { type Fields, fieldsOf, readFields, textOf } from '../json'
import type { Quirks } from '../quirks'
import type { OwnTime } from '../time'
import { createActs, LONGEST_SEC } from './acts'
import { isEnvelope, odd, reply } from './spelling'
import { checkToken } from './token'

export type OpenWatchPartyQuirks = Quirks & {
  /** Who may open a socket; without an Origin everybody may. */
  origins?: readonly string[] | '*'
  /** With a secret nobody creates or joins before a token was shown. */
  secret?: string
  /** The generation before: no auth, no chat, any member may act, and `client_left` has no payload. */
  r0?: boolean
  /** Errors are not told. */
  silentErrors?: boolean
  /** What a host sent wrong is relayed wrong, counts are text, and there are messages of other generations. */
  oddTypes?: boolean
  /** How far ahead acts are stamped; the project's document says 1500. */
  leadMs?: number
}
export type Room = {
  readonly id: string
  readonly name: string
  readonly host: Member
  readonly members: Set<Member>
  readonly ready: Set<Member>
  readonly mediaId: string | null
  position: number
  playState: string
  lastEventMs: number
  lastUpdateMs: number
}
export type Member = {
  readonly guest: Guest
  readonly id: string
  name: string
  isKnown: boolean
  room: Room | undefined
  heardMs: number
}
export type OpenWatchParty = House & Hands
type Hands = {
  readonly rooms: ReadonlyMap<string, Room>
  readonly members: ReadonlySet<Member>
  /** A message from the server to everybody, as it is. */
  say(message: Fields): void
  /** As after 60 s of silence: gone from the rooms, while the socket stays open. */
  forget(name: string): void
}

const LARGEST_BYTES = 65_536
const PER_SECOND = 30
const ROOM_SIZE = 20
const SILENCE_MS = 60_000
const LOOK_EVERY_MS = 30_000
const ORIGINS = ['http://localhost:8096', 'https://localhost:8096']
const MEDIA_ID = /^[0-9a-f]{32}$/i

export function createOpenWatchParty(options: HouseOptions<OpenWatchPartyQuirks> = {}): OpenWatchParty {
  const quirks = options.quirks ?? {}
  return openHouse((time, book) => createSystem(time, book, quirks, createChance(options.seed ?? 1)), {
    ...options,
    quirks,
  })
}

function createSystem(
  time: OwnTime,
  book: Book,
  quirks: OpenWatchPartyQuirks,
  chance: Chance,
): { system: System; hands: Hands } {
  const rooms = new Map<string, Room>()
  const members = new Set<Member>()

  const say = (to: Member, message: Fields): void => {
    if (!members.has(to)) return
    const now = time.nowMs()
    const whole = { ts: now, server_ts: now, ...message }
    to.guest.say(JSON.stringify(quirks.oddTypes ? odd(whole) : whole))
  }
  const fail = (to: Member, message: string, room?: string): void => {
    if (quirks.silentErrors) return
    say(to, { type: 'error', ...(room === undefined ? {} : { room }), client: to.id, payload: { message } })
  }
  const roomList = () => ({
    type: 'room_list',
    payload: [...rooms.values()].map(({ id, name, members, mediaId }) => ({
      id,
      name,
      count: members.size,
      media_id: mediaId,
    })),
  })
  const listToAll = (): void => {
    for (const one of members) say(one, roomList())
  }
  const tellOthers = (room: Room, but: Member, message: Fields): void => {
    for (const one of room.members) if (one !== but) say(one, message)
  }
  const close = (room: Room, reason: string): void => {
    rooms.delete(room.id)
    tellOthers(room, room.host, { type: 'room_closed', room: room.id, payload: { reason } })
    for (const one of room.members) if (one.room === room) one.room = undefined
  }
  const leave = (member: Member): void => {
    const { room } = member
    if (!room) return
    member.room = undefined
    room.members.delete(member)
    if (room.host === member) close(room, 'Host left the room')
    else {
      const payload = quirks.r0 ? {} : { payload: { participant_count: room.members.size } }
      tellOthers(room, member, { type: 'client_left', room: room.id, client: member.id, ...payload })
    }
    listToAll()
  }
  const forget = (member: Member): void => {
    leave(member)
    members.delete(member)
  }
  const stateTo = (member: Member, room: Room): void =>
    say(member, {
      type: 'room_state',
      room: room.id,
      client: member.id,
      payload: {
        name: room.name,
        host_id: room.host.id,
        state: { position: room.position, play_state: room.playState },
        participant_count: room.members.size,
        media_id: room.mediaId,
      },
    })

  const rename = (member: Member, name: unknown): void => {
    const clean = textOf(name)
      ?.replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 100)
    if (clean) member.name = clean
  }
  const auth = (member: Member, payload: Fields): void => {
    const token = textOf(payload['token'])
    if (token === undefined) {
      // With a secret nothing happens, without one the name counts; either way there is no answer.
      if (quirks.secret === undefined) rename(member, payload['user_name'])
      return
    }
    const name = quirks.secret === undefined ? 'Anonymous' : checkToken(token, quirks.secret, time.nowMs())
    if (name === undefined) return fail(member, 'Authentication failed')
    member.name = name
    member.isKnown = true
    say(member, { type: 'auth_success', client: member.id, payload: { user_name: name } })
  }
  const create = (member: Member, payload: Fields): void => {
    const { start_pos: start, media_id: media } = payload
    if (media !== undefined && media !== null && !MEDIA_ID.test(textOf(media) ?? ''))
      book.harms.push(`A media_id that is none: ${JSON.stringify(media)}`)
    const former = member.room
    if (former?.host === member) {
      if (former.members.size > 1) book.harms.push('A new room while others watch in the old one: theirs is closed.')
      close(former, 'Host started a new room')
    }
    rename(member, payload['user_name'])
    const isPlace = typeof start === 'number' && start >= 0 && start <= LONGEST_SEC
    const room: Room = {
      id: chance.uuid(),
      name: `Room de ${member.name}`,
      host: member,
      members: new Set([member]),
      ready: new Set(),
      mediaId: MEDIA_ID.test(textOf(media) ?? '') ? (textOf(media) ?? null) : null,
      position: isPlace ? start : 0,
      playState: 'paused',
      lastEventMs: -Infinity,
      lastUpdateMs: -Infinity,
    }
    rooms.set(room.id, room)
    member.room = room
    stateTo(member, room)
    listToAll()
  }
  const join = (member: Member, id: string, payload: Fields): void => {
    const room = rooms.get(id)
    if (!room) return
    if (room.members.size >= ROOM_SIZE && !room.members.has(member)) return fail(member, 'Room is full', id)
    if (member.room && member.room !== room)
      book.harms.push('Another room is joined before the first is left: the living server keeps telling both.')
    rename(member, payload['user_name'])
    room.members.add(member)
    // Only the pointer moves; the former room still counts this member.
    member.room = room
    stateTo(member, room)
    tellOthers(room, member, {
      type: 'participants_update',
      room: id,
      payload: { participant_count: room.members.size },
    })
  }

  const { act, update } = createActs(time, book, quirks, (id) => rooms.get(id), tellOthers)
  const chat = (member: Member, message: Fields, payload: Fields): void => {
    const id = textOf(message['room'])
    const text = textOf(payload['text']) ?? ''
    if (!id) return fail(member, 'Room ID required for chat')
    if (text === '') return fail(member, 'Chat message cannot be empty')
    if (Buffer.byteLength(text) > 500) {
      book.harms.push('Chat of more than 500 bytes.')
      return fail(member, 'Chat message too long (max 500 characters)')
    }
    const room = rooms.get(id)
    if (!room?.members.has(member)) return
    for (const one of room.members)
      say(one, { type: 'chat_message', room: id, client: member.id, payload: { username: member.name, text } })
  }

  const hear = (member: Member, message: Fields): void => {
    const payload = fieldsOf(message['payload'])
    const type = textOf(message['type']) ?? ''
    if ((type === 'create_room' || type === 'join_room') && quirks.secret !== undefined && !member.isKnown)
      return fail(member, 'Authentication required')
    if (quirks.r0 && (type === 'auth' || type === 'chat_message')) return fail(member, 'Unknown message type')
    switch (type) {
      case 'auth':
        return auth(member, payload)
      case 'list_rooms':
        return say(member, roomList())
      case 'create_room':
        return create(member, payload)
      case 'join_room':
        return join(member, textOf(message['room']) ?? '', payload)
      case 'leave_room':
        return leave(member)
      case 'ready':
        return void rooms.get(textOf(message['room']) ?? '')?.ready.add(member)
      case 'player_event':
        return act(member, message, payload)
      case 'state_update':
        return update(member, message, payload)
      case 'ping': {
        const { room, client, payload: echoed } = message
        return say(member, JSON.parse(JSON.stringify({ type: 'pong', room, client, payload: echoed })) as Fields)
      }
      case 'chat_message':
        return chat(member, message, payload)
      case 'client_log':
        return
      default:
        fail(member, 'Unknown message type')
    }
  }

  time.every(LOOK_EVERY_MS, () => {
    for (const member of members) {
      const silentMs = time.nowMs() - member.heardMs
      if (silentMs > SILENCE_MS / 2)
        book.harms.push(`${member.name} said nothing for ${Math.round(silentMs / 1000)} s.`)
      if (silentMs > SILENCE_MS) forget(member)
    }
  })

  const system: System = {
    admit(path, { origin }) {
      const allowed = quirks.origins ?? ORIGINS
      if (path !== '/ws') return 404
      return origin === undefined || allowed === '*' || allowed.includes(origin) ? 101 : 403
    },
    welcome(guest) {
      const member: Member = {
        guest,
        id: chance.uuid(),
        name: 'Anonymous',
        isKnown: false,
        room: undefined,
        heardMs: time.nowMs(),
      }
      members.add(member)
      const times: number[] = []
      say(member, { type: 'client_hello', client: member.id, payload: { client_id: member.id } })
      say(member, roomList())
      return {
        frame(frame) {
          if (typeof frame !== 'string') return void book.harms.push('A binary frame, which is ignored.')
          const now = time.nowMs()
          member.heardMs = now
          times.push(now)
          while ((times[0] ?? 0) <= now - 1000) times.shift()
          if (times.length > PER_SECOND) {
            book.harms.push('More than 30 messages a second.')
            return fail(member, 'Rate limit exceeded')
          }
          if (Buffer.byteLength(frame) > LARGEST_BYTES) return fail(member, 'Message too large')
          const message = readFields(frame)
          if (!message || !isEnvelope(message)) {
            book.harms.push(`No envelope: ${frame.slice(0, 120)}`)
            return fail(member, 'Invalid message format')
          }
          hear(member, message)
        },
        gone: () => forget(member),
      }
    },
    reply: (call) => reply(call, quirks.secret, time.nowMs()),
  }
  return {
    system,
    hands: {
      rooms,
      members,
      say(message) {
        for (const one of members) say(one, message)
      },
      forget(name) {
        for (const one of members) if (one.name === name) forget(one)
      },
    },
  }
}

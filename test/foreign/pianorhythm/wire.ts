/**
 * PianoRhythm's frames: protobuf, spelled by hand from the published page, so that it shares no code and no reading with anybody. Numbers that the page
 * gives are as there. For what it names without a number, `OURS` holds this double's own choice; whoever meets another choice hands in other numbers.
 */
import { type Fields, fieldsOf, isFields, listOf, textOf } from '../json'

/** A number, a type, and whether there are many. Types: scalars, or the name of a message. */
export type FieldSpec = { readonly n: number; readonly type: string; readonly many?: boolean }
export type Schema = { readonly [message: string]: { readonly [field: string]: FieldSpec } }
/** Numbers by message and field, for those that are nobody's but ours. */
export type Numbers = { readonly [message: string]: { readonly [field: string]: number } }

const f = (n: number, type: string): FieldSpec => ({ n, type })
const list = (n: number, type: string): FieldSpec => ({ n, type, many: true })

const DOCUMENTED: Schema = {
  ServerMessage: {
    messageType: f(1, 'int'),
    createRoomCommand: f(2, 'CreateRoomCommand'),
    updateRoomCommand: f(3, 'UpdateRoomCommand'),
    joinRoomByName: f(4, 'JoinRoomByName'),
    roomChatMessage: f(5, 'RoomChatMessage'),
    midiMessage: f(6, 'MidiMessage'),
    serverCommand: f(7, 'ServerCommand'),
    avatarCommand: f(8, 'AvatarCommand'),
  },
  CreateRoomCommand: {
    room_name: f(1, 'string'),
    room_type: f(2, 'int'),
    password: f(3, 'string'),
    settings: f(4, 'RoomSettings'),
  },
  RoomSettings: {
    max_users: f(1, 'int'),
    allow_chat: f(2, 'bool'),
    allow_guests: f(3, 'bool'),
    auto_moderation: f(4, 'bool'),
    require_pro: f(5, 'bool'),
    welcome_message: f(6, 'string'),
  },
  JoinRoomByName: { room_name: f(1, 'string'), password: f(2, 'string') },
  RoomJoinedResponse: {
    success: f(1, 'bool'),
    room_info: f(2, 'RoomInfo'),
    current_users: list(3, 'UserInfo'),
    error_message: f(4, 'string'),
  },
  RoomChatMessage: { message: f(1, 'string'), message_type: f(2, 'int') },
  RoomChatServerCommand: { command: f(1, 'string'), target_user: f(2, 'string'), reason: f(3, 'string') },
  MidiMessage: { midi_data: f(1, 'bytes'), timestamp: f(2, 'int'), user_id: f(3, 'string') },
  AvatarCommand: { action: f(1, 'int'), avatar_data: f(2, 'AvatarData') },
  FriendRequest: { target_user_id: f(1, 'string'), action: f(2, 'int') },
  ServerCommand: { commandType: f(1, 'int'), parameters: list(2, 'Entry') },
  ErrorMessage: {
    error_type: f(1, 'int'),
    error_code: f(2, 'string'),
    error_message: f(3, 'string'),
    error_details: list(4, 'Entry'),
  },
  /** How a map is spelled. */
  Entry: { key: f(1, 'string'), value: f(2, 'string') },
}

/** From 100 in documented messages, from 1 in messages of which the page gives only the name. */
const OURS: Schema = {
  ServerMessage: {
    requestId: f(100, 'string'),
    welcome: f(101, 'Welcome'),
    roomJoinedResponse: f(102, 'RoomJoinedResponse'),
    joinNextAvailableLobby: f(103, 'Nothing'),
    leaveRoom: f(104, 'Nothing'),
    roomChatServerCommand: f(105, 'RoomChatServerCommand'),
    privateMessage: f(106, 'PrivateMessage'),
    userStatusUpdate: f(107, 'UserStatusUpdate'),
    heartbeatMessage: f(108, 'HeartbeatMessage'),
    errorMessage: f(109, 'ErrorMessage'),
    friendRequest: f(110, 'FriendRequest'),
    getRoomInfo: f(111, 'GetRoomInfo'),
    roomInfo: f(112, 'RoomInfo'),
    userJoinedRoom: f(113, 'UserJoinedRoom'),
    userLeftRoom: f(114, 'UserJoinedRoom'),
  },
  UpdateRoomCommand: {
    room_name: f(1, 'string'),
    room_type: f(2, 'int'),
    password: f(3, 'string'),
    settings: f(4, 'RoomSettings'),
  },
  RoomChatMessage: { user_id: f(100, 'string'), username: f(101, 'string') },
  RoomInfo: {
    room_id: f(1, 'string'),
    room_name: f(2, 'string'),
    room_type: f(3, 'int'),
    settings: f(4, 'RoomSettings'),
    user_count: f(5, 'int'),
  },
  UserInfo: { user_id: f(1, 'string'), username: f(2, 'string'), status: f(3, 'int') },
  AvatarData: { x: f(1, 'string'), y: f(2, 'string'), appearance: f(3, 'string'), status: f(4, 'int') },
  Welcome: { user_info: f(1, 'UserInfo'), socket_id: f(2, 'string') },
  HeartbeatMessage: { timestamp: f(1, 'int') },
  GetRoomInfo: { room_id: f(1, 'string') },
  UserJoinedRoom: { user_info: f(1, 'UserInfo'), room_id: f(2, 'string') },
  UserStatusUpdate: { status: f(1, 'int'), user_id: f(2, 'string') },
  PrivateMessage: { target_user_id: f(1, 'string'), message: f(2, 'string'), from_user_id: f(3, 'string') },
  Nothing: {},
}

export type Wire = {
  encode(message: Fields, type?: string): Uint8Array
  /** What it says, or nothing if it is broken. Unknown fields are skipped. */
  decode(bytes: Uint8Array, type?: string): Fields | undefined
  /** The number of a field, as spelled here. */
  numberOf(message: string, field: string): number | undefined
}

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

export function varint(value: number | bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}

export function createWire(numbers: Numbers = {}): Wire {
  const schema: Record<string, { readonly [field: string]: FieldSpec }> = {}
  for (const message of new Set([...Object.keys(DOCUMENTED), ...Object.keys(OURS)])) {
    const ours = Object.entries(OURS[message] ?? {}).map(
      ([name, spec]) => [name, { ...spec, n: numbers[message]?.[name] ?? spec.n }] as const,
    )
    schema[message] = { ...DOCUMENTED[message], ...Object.fromEntries(ours) }
  }

  const encode: Wire['encode'] = (message, type = 'ServerMessage') => {
    const bytes: number[] = []
    for (const [name, { n, type: of, many }] of Object.entries(schema[type] ?? {}))
      for (const value of many ? listOf(message[name]) : [message[name]]) {
        if (value === undefined || ((value === 0 || value === '' || value === false) && !many)) continue
        if (of === 'int' || of === 'bool')
          bytes.push(...varint(n << 3), ...varint(typeof value === 'bigint' ? value : Number(value)))
        else {
          const content =
            of === 'string'
              ? Buffer.from(textOf(value) ?? '')
              : value instanceof Uint8Array
                ? value
                : encode(fieldsOf(value), of)
          bytes.push(...varint((n << 3) | BYTES), ...varint(content.length), ...content)
        }
      }
    return Uint8Array.from(bytes)
  }

  const decode: Wire['decode'] = (bytes, type = 'ServerMessage') => {
    const byNumber = new Map(Object.entries(schema[type] ?? {}).map(([name, spec]) => [spec.n, [name, spec] as const]))
    const found: Record<string, unknown> = {}
    let at = 0
    const read = (): bigint | undefined => {
      let value = 0n
      for (let shift = 0n; shift < 70n; shift += 7n) {
        const byte = bytes[at++]
        if (byte === undefined) return undefined
        value |= BigInt(byte & 127) << shift
        if (byte < 128) return BigInt.asIntN(64, value)
      }
      return undefined
    }
    while (at < bytes.length) {
      const tag = read()
      if (tag === undefined || tag < 8n) return undefined
      const [name, spec] = byNumber.get(Number(tag >> 3n)) ?? []
      const kind = Number(tag & 7n)
      let value: unknown
      if (kind === VARINT) {
        const number = read()
        if (number === undefined) return undefined
        const isSafe = number <= BigInt(Number.MAX_SAFE_INTEGER) && number >= BigInt(Number.MIN_SAFE_INTEGER)
        value = spec?.type === 'bool' ? number !== 0n : isSafe ? Number(number) : number
      } else if (kind === BYTES) {
        const length = Number(read() ?? -1n)
        if (length < 0 || at + length > bytes.length) return undefined
        const content = bytes.subarray(at, at + length)
        at += length
        if (!spec) continue
        value =
          spec.type === 'bytes'
            ? content.slice()
            : spec.type === 'string'
              ? Buffer.from(content).toString()
              : decode(content, spec.type)
        if (value === undefined) return undefined
      } else if (kind === FIXED64 || kind === FIXED32) {
        at += kind === FIXED64 ? 8 : 4
        if (at > bytes.length) return undefined
      } else return undefined
      if (name !== undefined && spec) found[name] = spec.many ? [...listOf(found[name]), value] : value
    }
    return found
  }
  return { encode, decode, numberOf: (message, field) => schema[message]?.[field]?.n }
}

/** The member that a message carries; what `messageType` says decides nothing. */
export function memberOf(message: Fields): readonly [name: string, content: Fields] | undefined {
  const entry = Object.entries(message).findLast(([, value]) => isFields(value))
  return entry && [entry[0], fieldsOf(entry[1])]
}
export const entries = (map: Readonly<Record<string, string>>): Fields[] =>
  Object.entries(map).map(([key, value]) => ({ key, value }))

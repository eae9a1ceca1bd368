/**
 * What a client may say, each with its bounds, as plain values: the bytes are `wire.ts`'s, the meaning `server.ts`'s.
 * What is not known here is skipped, as the page asks of every reader; what is known and absurd is said to be so.
 */
import { create } from '@bufbuild/protobuf'
import { base64Encode } from '@bufbuild/protobuf/wire'
import * as z from 'zod/mini'
import { AVATAR_COLOURS, DRAWINGS } from '../../core/person/avatar'
import { ROOM_LIMITS } from '../../core/room/room'
import type { Frame } from '../dialect'
import {
  AvatarAction,
  AvatarDataSchema,
  FriendAction,
  RoomType,
  ServerCommandType,
  type ServerMessage,
  SystemCommandType,
  UserStatus,
} from './built/pianorhythm_pb'
import { MOST_MIDI_BYTES } from './midi'
import { readMessage } from './wire'

export const MAX_BYTES_TO_SERVER = 16 * 1024
/** Messages sent as one. */
export const MOST_IN_BATCH = 64

const text = (longest: number) => z.string().check(z.maxLength(longest))
const REQUEST_ID = text(64)
const ROOM_NAME = text(254)
const PASSWORD = text(200)
const USER = text(100)
const whole = z.bigint().check(z.gte(BigInt(Number.MIN_SAFE_INTEGER)), z.lte(BigInt(Number.MAX_SAFE_INTEGER)))
/** Above 2^53 it would be rounded, so it is refused. */
const timestamp = z.pipe(whole, z.transform(Number))
const known = <Values extends Readonly<Record<string, string | number>>>(values: Values) => z.enum(values)

const roomTypes = known(RoomType)
/** One of a later day is the usual one. */
const roomType = z.pipe(
  z.number(),
  z.transform((value): RoomType => roomTypes.safeParse(value).data ?? RoomType.PUBLIC),
)
const settings = z.object({
  maxUsers: z.number(),
  allowChat: z.boolean(),
  allowGuests: z.boolean(),
  autoModeration: z.boolean(),
  requirePro: z.boolean(),
  welcomeMessage: text(ROOM_LIMITS.welcomeLength),
})
export type RoomSettingsWish = Readonly<z.infer<typeof settings>>

const roomWish = z.object({
  roomName: z.optional(ROOM_NAME),
  roomType: z.optional(roomType),
  password: z.optional(PASSWORD),
  settings: z.optional(settings),
})
/** A room as somebody wishes it; what is absent is as usual, or stays. */
export type RoomWish = Readonly<z.infer<typeof roomWish>>

const at = z.number().check(z.gte(-1e6), z.lte(1e6))
const position = z.object({ x: at, y: at, z: at })
export type Position = Readonly<z.infer<typeof position>>
const appearance = z.object({ drawing: z.enum(DRAWINGS), colour: z.enum(AVATAR_COLOURS) })
const status = known(UserStatus)

export type ToServer =
  | { readonly type: 'create'; readonly wish: RoomWish; readonly orJoin?: true }
  | { readonly type: 'update'; readonly wish: RoomWish }
  | { readonly type: 'join'; readonly room: string; readonly password: string }
  | { readonly type: 'lobby' }
  | { readonly type: 'leave' }
  | { readonly type: 'chat'; readonly text: string }
  | { readonly type: 'moderate'; readonly what: string; readonly whom: string; readonly reason: string }
  /** The bytes in base64, so that it can wait as plain JSON. */
  | { readonly type: 'midi'; readonly data: string; readonly timestamp: number }
  | { readonly type: 'position'; readonly position: Position }
  | { readonly type: 'appearance'; readonly avatar: Readonly<z.infer<typeof appearance>> }
  | { readonly type: 'status'; readonly status: UserStatus }
  | { readonly type: 'friend'; readonly whom: string; readonly action: FriendAction }
  | { readonly type: 'private'; readonly whom: string; readonly text: string }
  | { readonly type: 'heartbeat'; readonly timestamp: number }
  | { readonly type: 'info'; readonly room: string }
  | { readonly type: 'rename'; readonly name: string }
  | { readonly type: 'system'; readonly what: SystemCommandType }

export type Asked = { readonly requestId: string; readonly said: ToServer }
/** In order, those that could be read; `unread` says why one could not. */
export type ReadFrame = { readonly asked: readonly Asked[]; readonly unread: readonly Unread[] }
export type Unread = { readonly requestId: string; readonly why: string }

const SHAPES = {
  createRoomCommand: z.object({ roomName: ROOM_NAME, roomType, password: PASSWORD, settings: z.optional(settings) }),
  updateRoomCommand: roomWish,
  joinRoomByName: z.object({ roomName: ROOM_NAME, password: PASSWORD }),
  roomChatMessage: z.object({ message: text(MAX_BYTES_TO_SERVER) }),
  midiMessage: z.object({
    midiData: z.custom<Uint8Array>((data) => data instanceof Uint8Array && data.length <= MOST_MIDI_BYTES),
    timestamp,
  }),
  serverCommand: z.object({
    commandType: known(ServerCommandType),
    parameters: z.record(text(64), text(ROOM_LIMITS.welcomeLength)),
  }),
  avatarCommand: z.object({ action: known(AvatarAction), avatarData: z.optional(z.unknown()) }),
  roomChatServerCommand: z.object({ command: text(32), targetUser: USER, reason: text(ROOM_LIMITS.reasonLength) }),
  friendRequest: z.object({ targetUserId: USER, action: known(FriendAction) }),
  privateMessage: z.object({ targetUserId: USER, message: text(MAX_BYTES_TO_SERVER) }),
  userStatusUpdate: z.object({ status }),
  heartbeatMessage: z.object({ timestamp }),
  getRoomInfo: z.object({ roomId: ROOM_NAME }),
  systemCommand: z.object({ type: known(SystemCommandType) }),
}

/** Nothing where it is no message at all. */
export function readToServer(frame: Frame): ReadFrame | undefined {
  const message = readMessage(frame)
  if (!message) return undefined
  const messages = message.message.case === 'messageBatch' ? message.message.value.messages : [message]
  const asked: Asked[] = []
  const unread: Unread[] = []
  for (const each of messages.slice(0, MOST_IN_BATCH)) {
    const requestId = REQUEST_ID.safeParse(each.requestId)
    if (!requestId.success) {
      unread.push({ requestId: '', why: 'a requestId has at most 64 characters' })
      continue
    }
    const said = readOne(each)
    if (said === 'skipped') continue
    if ('why' in said) unread.push({ requestId: requestId.data, why: said.why })
    else asked.push({ requestId: requestId.data, said })
  }
  if (messages.length > MOST_IN_BATCH)
    unread.push({ requestId: '', why: `a batch has at most ${MOST_IN_BATCH} messages` })
  return { asked, unread }
}

type Read = ToServer | { readonly why: string } | 'skipped'

function readOne({ message }: ServerMessage): Read {
  switch (message.case) {
    case 'createRoomCommand':
      return shaped('createRoomCommand', message.value, (wish) => ({ type: 'create', wish }))
    case 'updateRoomCommand':
      return shaped('updateRoomCommand', message.value, (wish) => ({ type: 'update', wish }))
    case 'joinRoomByName':
      return shaped('joinRoomByName', message.value, ({ roomName, password }) => ({
        type: 'join',
        room: roomName,
        password,
      }))
    case 'joinNextAvailableLobby':
      return { type: 'lobby' }
    case 'leaveRoom':
      return { type: 'leave' }
    case 'roomChatMessage':
      return shaped('roomChatMessage', message.value, ({ message: said }) => ({ type: 'chat', text: said }))
    case 'roomChatServerCommand':
      return shaped('roomChatServerCommand', message.value, ({ command, targetUser, reason }) => ({
        type: 'moderate',
        what: command,
        whom: targetUser,
        reason,
      }))
    case 'midiMessage':
      return shaped('midiMessage', message.value, ({ midiData, timestamp: atMs }) => ({
        type: 'midi',
        data: base64Encode(midiData),
        timestamp: atMs,
      }))
    case 'serverCommand':
      return shaped('serverCommand', message.value, ({ commandType, parameters }) => commanded(commandType, parameters))
    case 'avatarCommand':
      return shaped('avatarCommand', message.value, ({ action, avatarData }) =>
        avatar(action, avatarData ?? create(AvatarDataSchema)),
      )
    case 'friendRequest':
      return shaped('friendRequest', message.value, ({ targetUserId, action }) => ({
        type: 'friend',
        whom: targetUserId,
        action,
      }))
    case 'privateMessage':
      return shaped('privateMessage', message.value, ({ targetUserId, message: said }) => ({
        type: 'private',
        whom: targetUserId,
        text: said,
      }))
    case 'userStatusUpdate':
      return shaped('userStatusUpdate', message.value, ({ status: wished }) => ({ type: 'status', status: wished }))
    case 'heartbeatMessage':
      return shaped('heartbeatMessage', message.value, ({ timestamp: sentMs }) => ({
        type: 'heartbeat',
        timestamp: sentMs,
      }))
    case 'getRoomInfo':
      return shaped('getRoomInfo', message.value, ({ roomId }) => ({ type: 'info', room: roomId }))
    case 'systemCommand':
      return shaped('systemCommand', message.value, ({ type }) => ({ type: 'system', what: type }))
    // What only a server says, and what nobody knows.
    default:
      return 'skipped'
  }
}

function shaped<Name extends keyof typeof SHAPES>(
  name: Name,
  value: unknown,
  read: (value: z.infer<(typeof SHAPES)[Name]>) => Read,
): Read {
  const parsed = SHAPES[name].safeParse(value)
  if (parsed.success) return read(parsed.data as z.infer<(typeof SHAPES)[Name]>)
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  return { why: `${name}: ${where === '' ? 'it' : where} is not what it may be` }
}

/** Keys of the parameters are ours; README has them. */
function commanded(type: ServerCommandType, parameters: Readonly<Record<string, string>>): Read {
  const room = parameters['room_name'] ?? parameters['room_id'] ?? ''
  switch (type) {
    case ServerCommandType.JOIN:
      return { type: 'join', room, password: parameters['password'] ?? '' }
    case ServerCommandType.LEAVE:
      return { type: 'leave' }
    case ServerCommandType.CREATE_OR_JOIN_ROOM:
      return { type: 'create', wish: wishFrom({ ...parameters, room_name: room }), orJoin: true }
    case ServerCommandType.ENTER_LOBBY:
      return { type: 'lobby' }
    case ServerCommandType.UPDATE_SETTINGS: {
      const { username } = parameters
      return username === undefined
        ? { type: 'update', wish: wishFrom(parameters) }
        : { type: 'rename', name: username }
    }
  }
}

const SETTING_KEYS = ['max_users', 'allow_chat', 'allow_guests', 'auto_moderation', 'require_pro', 'welcome_message']
const TYPE_BY_NAME: Readonly<Record<string, RoomType>> = {
  PUBLIC: RoomType.PUBLIC,
  PRIVATE: RoomType.PRIVATE,
  PRO: RoomType.PRO,
}

function wishFrom(parameters: Readonly<Record<string, string>>): RoomWish {
  const { room_name: roomName, password, max_users: maxUsers, welcome_message: welcomeMessage = '' } = parameters
  const type = TYPE_BY_NAME[parameters['room_type']?.toUpperCase() ?? '']
  const isSet = SETTING_KEYS.some((key) => parameters[key] !== undefined)
  return {
    ...(roomName !== undefined && { roomName: roomName.slice(0, ROOM_LIMITS.titleOfRoom) }),
    ...(type !== undefined && { roomType: type }),
    ...(password !== undefined && { password }),
    ...(isSet && {
      settings: {
        maxUsers: /^\d{1,4}$/.test(maxUsers ?? '') ? Number(maxUsers) : 0,
        allowChat: parameters['allow_chat'] !== 'false',
        allowGuests: parameters['allow_guests'] !== 'false',
        autoModeration: parameters['auto_moderation'] === 'true',
        requirePro: parameters['require_pro'] === 'true',
        welcomeMessage,
      },
    }),
  }
}

function avatar(action: AvatarAction, data: unknown): Read {
  switch (action) {
    case AvatarAction.UPDATE_POSITION: {
      const read = position.safeParse(data)
      return read.success ? { type: 'position', position: read.data } : { why: 'avatarCommand: that is nowhere' }
    }
    case AvatarAction.UPDATE_APPEARANCE: {
      const read = appearance.safeParse(data)
      return read.success
        ? { type: 'appearance', avatar: read.data }
        : { why: 'avatarCommand: no such drawing or colour' }
    }
    case AvatarAction.UPDATE_STATUS: {
      const read = z.object({ status }).safeParse(data)
      return read.success ? { type: 'status', status: read.data.status } : { why: 'avatarCommand: no such status' }
    }
  }
}

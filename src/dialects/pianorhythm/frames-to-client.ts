/**
 * What a server may say, as plain values within bounds. Tolerant, since no server but ours has ever been seen: what is missing is empty, what is
 * unknown is skipped, and one page has errors as JSON text.
 */
import { base64Encode } from '@bufbuild/protobuf/wire'
import * as z from 'zod/mini'
import type { Frame } from '../dialect'
import { readJson } from '../read-json'
import {
  type ChatMessageType,
  RoomType,
  type ServerMessage,
  SystemCommandType,
  UserRole,
  UserStatus,
} from './built/pianorhythm_pb'
import { readMessage } from './wire'

export const MAX_BYTES_TO_CLIENT = 256 * 1024
const MOST_MESSAGES = 256
const MOST_USERS = 1_000

const text = (longest: number) => z.string().check(z.maxLength(longest))
const roles = z.enum(UserRole)
const role = z.pipe(
  z.number(),
  z.transform((value): UserRole => roles.safeParse(value).data ?? UserRole.GUEST),
)
const statuses = z.enum(UserStatus)
const status = z.pipe(
  z.number(),
  z.transform((value): UserStatus => statuses.safeParse(value).data ?? UserStatus.ONLINE),
)
const roomTypes = z.enum(RoomType)
const roomType = z.pipe(
  z.number(),
  z.transform((value): RoomType => roomTypes.safeParse(value).data ?? RoomType.PUBLIC),
)
const user = z.object({
  id: text(100),
  username: text(200),
  role,
  status,
  isMuted: z.boolean(),
})
export type User = Readonly<z.infer<typeof user>>

const settings = z.object({
  maxUsers: z.number(),
  allowChat: z.boolean(),
  allowGuests: z.boolean(),
  welcomeMessage: text(4_000),
})
const info = z.object({
  roomId: text(254),
  roomName: text(254),
  roomType,
  hasPassword: z.boolean(),
  settings: z.optional(settings),
})
export type Info = Readonly<z.infer<typeof info>>

export type ToClient = { readonly requestId: string } & ToClientBody
type ToClientBody =
  | { readonly type: 'welcome'; readonly user?: User; readonly identity: string; readonly takesBatches: boolean }
  | {
      readonly type: 'joined'
      readonly ok: boolean
      readonly info?: Info
      readonly users: readonly User[]
      readonly userId: string
      readonly errorCode: string
      readonly error: string
    }
  | { readonly type: 'came' | 'gone' | 'changed'; readonly user: User }
  | { readonly type: 'status'; readonly userId: string; readonly status: UserStatus; readonly isOffline: boolean }
  | { readonly type: 'info'; readonly info: Info }
  | {
      readonly type: 'line'
      readonly kind: ChatMessageType
      readonly text: string
      readonly userId: string
      readonly name: string
      readonly id: string
    }
  | { readonly type: 'private'; readonly from: string; readonly to: string; readonly text: string }
  | { readonly type: 'midi'; readonly userId: string; readonly data: string; readonly timestamp?: number }
  | { readonly type: 'error'; readonly code: string; readonly text: string; readonly reason: string }
  | { readonly type: 'done' }
  | { readonly type: 'restart' }

const jsonError = z.object({ type: z.literal('error'), message: z.optional(text(1_000)) })
const ID = text(200)
const LINE = text(10_000)

/** Nothing where it is no frame of this wire; nobody has to know all that is in one. */
export function readToClient(frame: Frame): readonly ToClient[] | undefined {
  if (typeof frame === 'string') {
    const read = jsonError.safeParse(readJson(frame)?.value)
    const { message = '' } = read.data ?? {}
    return read.success ? [{ type: 'error', requestId: '', code: '', text: message, reason: '' }] : undefined
  }
  if (frame.length > MAX_BYTES_TO_CLIENT) return undefined
  const message = readMessage(frame)
  if (!message) return undefined
  const messages = message.message.case === 'messageBatch' ? message.message.value.messages : [message]
  return messages.slice(0, MOST_MESSAGES).flatMap((each) => {
    const body = readBody(each)
    return body ? [{ ...body, requestId: each.requestId.slice(0, 200) }] : []
  })
}

function readBody({ message }: ServerMessage): ToClientBody | undefined {
  switch (message.case) {
    case 'welcomeMessage': {
      const { userInfo, identity, takesBatches } = message.value
      const known = user.safeParse(userInfo).data
      return { type: 'welcome', ...(known && { user: known }), identity: fit(text(4_096), identity), takesBatches }
    }
    case 'roomJoinedResponse': {
      const { success, roomInfo, currentUsers, userId, errorMessage, errorCode } = message.value
      const known = info.safeParse(roomInfo).data
      return {
        type: 'joined',
        ok: success,
        ...(known && { info: known }),
        users: currentUsers.slice(0, MOST_USERS).flatMap((each) => user.safeParse(each).data ?? []),
        userId: fit(ID, userId),
        errorCode: fit(ID, errorCode),
        error: errorMessage.slice(0, 1_000),
      }
    }
    case 'userJoinedRoom':
      return ofUser('came', message.value.userInfo)
    case 'userLeftRoom':
      return ofUser('gone', message.value.userInfo)
    case 'userUpdated':
      return ofUser('changed', message.value.userInfo)
    case 'userStatusUpdate': {
      const { userId, status: now, isOffline } = message.value
      return { type: 'status', userId: fit(ID, userId), status: now, isOffline }
    }
    case 'roomInfo': {
      const read = info.safeParse(message.value)
      return read.success ? { type: 'info', info: read.data } : undefined
    }
    case 'roomChatMessage': {
      const { message: said, messageType: kind, userId, username, messageId } = message.value
      return {
        type: 'line',
        kind,
        text: fit(LINE, said),
        userId: fit(ID, userId),
        name: fit(ID, username),
        id: fit(ID, messageId),
      }
    }
    case 'privateMessage': {
      const { userId, targetUserId, message: said } = message.value
      return { type: 'private', from: fit(ID, userId), to: fit(ID, targetUserId), text: fit(LINE, said) }
    }
    case 'midiMessage': {
      const { userId, midiData, timestamp } = message.value
      const atMs = Number(timestamp)
      return {
        type: 'midi',
        userId: fit(ID, userId),
        data: base64Encode(midiData),
        ...(timestamp !== 0n && Number.isSafeInteger(atMs) && { timestamp: atMs }),
      }
    }
    case 'errorMessage': {
      const { errorCode, errorMessage, errorDetails } = message.value
      const { reason = '' } = errorDetails
      return {
        type: 'error',
        code: fit(ID, errorCode),
        text: errorMessage.slice(0, 1_000),
        reason: reason.slice(0, 200),
      }
    }
    case 'acknowledged':
      return { type: 'done' }
    case 'systemCommand':
      return message.value.type === SystemCommandType.RECONNECT ? { type: 'restart' } : undefined
    // Heartbeats come back; avatars and friends have no place in a room of ours.
    default:
      return undefined
  }
}

function ofUser(type: 'came' | 'gone' | 'changed', value: unknown): ToClientBody | undefined {
  const read = user.safeParse(value)
  return read.success ? { type, user: read.data } : undefined
}

/** What is out of its bounds is nothing. */
function fit(shape: typeof ID, value: string): string {
  return shape.safeParse(value).success ? value : ''
}

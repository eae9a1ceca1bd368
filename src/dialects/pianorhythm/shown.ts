/** What the server says, made of what it knows: rooms, people, lines and errors as messages of this wire. Pure; knows no order of things. */
import type { MessageInitShape } from '@bufbuild/protobuf'
import type { ChatLine } from '../../core/room/chat-line'
import type { Refusal, RefusalCode } from '../../core/room/refusal'
import type { Role } from '../../core/room/role'
import { hostOf, isConnected, type Member, memberOf, type PublicRoom } from '../../core/room/room'
import type { ServerOutput } from '../server-dialect'
import {
  type AvatarDataSchema,
  ChatMessageType,
  ErrorType,
  type RoomInfoSchema,
  RoomType,
  type UserInfoSchema,
  UserRole,
  UserStatus,
} from './built/pianorhythm_pb'
import type { Extras, Looks, Seat } from './session'
import { type CarriedInit, writeMessage } from './wire'

export function say(message: CarriedInit, requestId = ''): ServerOutput {
  return { kind: 'send', frame: writeMessage(message, requestId) }
}

export function userId({ number }: { readonly number: number }): string {
  return String(number)
}

const ROLES: Readonly<Record<Role, UserRole>> = {
  guest: UserRole.GUEST,
  member: UserRole.MEMBER,
  moderator: UserRole.MODERATOR,
  host: UserRole.ADMIN,
}

export function userInfo(member: Member, looks: Looks | undefined): MessageInitShape<typeof UserInfoSchema> {
  return {
    id: userId(member),
    username: member.shown.name,
    role: ROLES[member.role],
    status: isConnected(member) ? (looks?.status ?? UserStatus.ONLINE) : UserStatus.AWAY,
    isMuted: member.muted !== undefined,
    ...(looks && { avatar: avatarData(looks) }),
  }
}

export function avatarData({ status, avatar, position }: Looks): MessageInitShape<typeof AvatarDataSchema> {
  return { ...position, ...avatar, ...(status !== undefined && { status }) }
}

/** Its own name where it has one; the code, which is one as well. */
export function roomName({ settings, code }: PublicRoom): string {
  return settings.shown.title === '' ? code : settings.shown.title
}

export function roomInfo(room: PublicRoom, extras: Extras): MessageInitShape<typeof RoomInfoSchema> {
  const { settings } = room
  const host = hostOf(room)
  return {
    roomId: room.code,
    roomName: roomName(room),
    roomType: extras.isPro ? RoomType.PRO : settings.listed ? RoomType.PUBLIC : RoomType.PRIVATE,
    hasPassword: settings.locked,
    userCount: room.members.filter(isConnected).length,
    settings: {
      maxUsers: settings.capacity,
      allowChat: settings.chat,
      allowGuests: settings.guests,
      autoModeration: extras.autoModeration ?? false,
      requirePro: extras.requirePro ?? false,
      welcomeMessage: settings.shown.welcome,
    },
    ...(host && { ownerId: userId(host) }),
  }
}

/** Those whom the client is told of. */
export function usersIn({ room, shown, looks }: Seat): MessageInitShape<typeof UserInfoSchema>[] {
  return room.members.filter(({ id }) => shown.includes(id)).map((member) => userInfo(member, looks[member.id]))
}

const KINDS: Readonly<Record<ChatLine['kind'], ChatMessageType>> = {
  text: ChatMessageType.USER_MESSAGE,
  emote: ChatMessageType.USER_MESSAGE,
  system: ChatMessageType.SYSTEM_MESSAGE,
  bot: ChatMessageType.BOT_MESSAGE,
}

export function chatMessage(line: ChatLine, room: PublicRoom): CarriedInit {
  const sender = memberOf(room, line.memberId)
  const { text, name = sender?.shown.name } = line.content
  return {
    case: 'roomChatMessage',
    value: {
      message: line.kind === 'emote' ? `*${text}*` : text,
      messageType: KINDS[line.kind],
      timestamp: wholeMs(line.atMs),
      messageId: line.id,
      ...(sender && { userId: userId(sender) }),
      ...(name !== undefined && { username: name }),
    },
  }
}

export function systemLine(text: string, nowMs: number): CarriedInit {
  const value = { message: text, messageType: ChatMessageType.SYSTEM_MESSAGE, timestamp: wholeMs(nowMs) }
  return { case: 'roomChatMessage', value }
}

export function wholeMs(ms: number): bigint {
  return BigInt(Math.round(ms))
}

const VALIDATION: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'bad-line',
  'bad-name',
  'bad-frame',
  'bad-alias',
  'frame-too-long',
  'out-of-range',
])
const PERMISSION: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'host-controls',
  'host-only',
  'not-allowed',
  'not-over-them',
  'password-needed',
  'wrong-password',
  'guests-not-allowed',
  'account-needed',
  'banned',
  'kicked',
  'muted',
  'chat-off',
  'bad-token',
  'not-friends',
])
const OTHER_CODES: Readonly<Partial<Record<RefusalCode, string>>> = {
  'no-such-room': 'ROOM_NOT_FOUND',
  'too-fast': 'RATE_LIMITED',
}

/** `WRONG_PASSWORD` and the like. */
export function errorCode(code: RefusalCode): string {
  return OTHER_CODES[code] ?? code.toUpperCase().replaceAll('-', '_')
}

const ROOM_NAME_SENTENCE = 'The name of a room has 1 to 64 characters, with a letter or a digit among them.'

export function sentenceOf({ code, sentence }: Refusal): string {
  return code === 'bad-alias' ? ROOM_NAME_SENTENCE : sentence
}

export function errorOf(refusal: Refusal): CarriedInit {
  const { code, reason } = refusal
  const isSystem = code === 'server-error' || code === 'no-answer'
  return {
    case: 'errorMessage',
    value: {
      errorType: VALIDATION.has(code)
        ? ErrorType.VALIDATION_ERROR
        : PERMISSION.has(code)
          ? ErrorType.PERMISSION_ERROR
          : isSystem
            ? ErrorType.SYSTEM_ERROR
            : ErrorType.RESOURCE_ERROR,
      errorCode: errorCode(code),
      errorMessage: sentenceOf(refusal),
      ...(reason !== undefined && { errorDetails: { reason } }),
    },
  }
}

/**
 * A room of PianoRhythm as its client knows it: who is here, what is said, how it is set. There is no film in it.
 * Pure. Who one is, is known by the id that the server gives, or by the name where it gives none.
 */
import { foreignMember, foreignRoom, withChange, withChatLine } from '../../core/room/foreign-room'
import type { Role } from '../../core/room/role'
import { type Member, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { withWish } from '../../core/room/settings'
import { ChatMessageType, RoomType, UserRole, UserStatus } from './built/pianorhythm_pb'
import type { Info, ToClient, User } from './frames-to-client'
import { DIALECT } from './session'

export type Inside = { readonly room: PublicRoom; readonly selfId: MemberId }

type Joined = Extract<ToClient, { type: 'joined' }>

const SELF = 'self'
export const idOf = (userId: string): MemberId => `user ${userId}`

/** Under which id this wire knows a member; nothing of oneself where nobody told it. */
export function userIdOf(memberId: MemberId): string | undefined {
  return memberId === SELF ? undefined : memberId.slice('user '.length)
}

/** `asked` is the name by which the room was asked for; `byCode`: its server takes the id as a name. */
export function enteredRoom(
  joined: Joined,
  { asked, byCode, self, nowMs }: { asked: string; byCode: boolean; self: User | undefined; nowMs: number },
): Inside {
  const { info, users, userId } = joined
  const code = (byCode ? info?.roomId : info?.roomName) || asked
  const own = users.find(({ id, username }) =>
    userId !== '' ? id === userId : self && (self.id !== '' ? id === self.id : username === self.username),
  )
  const selfId = own ? idOf(own.id) : SELF
  const missing: User = {
    id: '',
    username: self?.username ?? 'You',
    role: UserRole.GUEST,
    status: UserStatus.ONLINE,
    isMuted: false,
  }
  const members = users.filter(({ id }) => id !== '').map((each) => memberFrom(each))
  const here = own ? members : [...members, { ...memberFrom(missing), id: SELF }]
  const room = foreignRoom({ dialect: DIALECT, code, control: 'host', nowMs })
  const distinct = [...new Map(here.map((member) => [member.id, member])).values()]
  return { room: withChange(info ? withInfo(room, info) : room, { members: distinct }), selfId }
}

export function withInfo(room: PublicRoom, { roomName, roomType, hasPassword, settings }: Info): PublicRoom {
  const { maxUsers = 0, allowChat = true, allowGuests = true, welcomeMessage = '' } = settings ?? {}
  const known = withWish(room.settings, {
    listed: roomType !== RoomType.PRIVATE,
    chat: allowChat,
    guests: allowGuests,
    ...(maxUsers >= 1 && { capacity: maxUsers }),
    shown: { title: roomName, welcome: welcomeMessage },
  })
  return withChange(room, { settings: { ...known, locked: hasPassword } })
}

export function withUser(room: PublicRoom, user: User): PublicRoom {
  const member = memberFrom(user)
  if (user.id === '') return room
  const isKnown = memberOf(room, member.id) !== undefined
  const members = isKnown
    ? room.members.map((each) => (each.id === member.id ? member : each))
    : [...room.members, member]
  return withChange(room, { members })
}

export function withoutUser(room: PublicRoom, memberId: MemberId): PublicRoom {
  return memberOf(room, memberId)
    ? withChange(room, { members: room.members.filter(({ id }) => id !== memberId) })
    : room
}

export function withStatus(room: PublicRoom, userId: string, status: UserStatus, nowMs: number): PublicRoom {
  const member = memberOf(room, idOf(userId))
  if (!member) return room
  const isAway = status === UserStatus.AWAY
  if (isAway === (member.presence.kind === 'away')) return room
  const presence = isAway ? ({ kind: 'away', sinceMs: nowMs } as const) : ({ kind: 'connected' } as const)
  return withChange(room, { members: room.members.map((each) => (each === member ? { ...each, presence } : each)) })
}

const KINDS = {
  [ChatMessageType.USER_MESSAGE]: 'text',
  [ChatMessageType.SYSTEM_MESSAGE]: 'system',
  [ChatMessageType.BOT_MESSAGE]: 'bot',
  [ChatMessageType.MODERATOR_MESSAGE]: 'text',
} as const satisfies Readonly<Record<ChatMessageType, string>>

export function withLine(room: PublicRoom, line: Extract<ToClient, { type: 'line' }>, nowMs: number): PublicRoom {
  const { userId, name, id } = line
  const member = userId === '' ? room.members.find(({ shown }) => shown.name === name) : memberOf(room, idOf(userId))
  const kinds: Readonly<Record<number, (typeof KINDS)[ChatMessageType]>> = KINDS
  return withChatLine(room, {
    text: line.text,
    kind: kinds[line.kind] ?? 'text',
    ...(member && { memberId: member.id }),
    ...(name !== '' && { name }),
    ...(id !== '' && !room.chat.some((each) => each.id === id) && { id }),
    atMs: nowMs,
  })
}

const ROLES: Readonly<Record<UserRole, Role>> = {
  [UserRole.GUEST]: 'guest',
  [UserRole.MEMBER]: 'member',
  [UserRole.MODERATOR]: 'moderator',
  [UserRole.ADMIN]: 'host',
}

function memberFrom({ id, username, role, status, isMuted }: User): Member {
  const number = /^[1-9]\d{0,9}$/.test(id) && Number(id) < 2 ** 31 ? Number(id) : undefined
  return {
    ...foreignMember({
      id: idOf(id),
      ...(number !== undefined && { number }),
      name: username,
      role: ROLES[role],
      dialect: DIALECT,
    }),
    ...(isMuted && { muted: {} }),
    ...(status === UserStatus.AWAY && { presence: { kind: 'away', sinceMs: 0 } as const }),
  }
}

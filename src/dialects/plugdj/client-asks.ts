/**
 * What can be asked of a server of this wire, and how: lines over the socket, all else by plain requests. What it has no word for is not asked.
 * A role decides: an account takes turns and votes, staff keeps order. Pure.
 */
import type { MediaWish, RoomCommand } from '../../core/room/command'
import type { RefusalCode } from '../../core/room/refusal'
import { memberOf, type PublicRoom } from '../../core/room/room'
import type { Bring } from './client-playlists'
import type { Answered, Call } from './client-words'
import { chatLines } from './escaping'
import { banLetter, banReasonNumber, muteLetter, muteReasonNumber, PLUG_ROLE } from './grades'
import { FORMAT, mediaOf } from './media'

export type Spoken =
  | { readonly kind: 'no'; readonly code: RefusalCode }
  | { readonly kind: 'leave' }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'call'; readonly call: Call }
  /** Into the playlist that one plays from, and then into the line if that is wished. */
  | { readonly kind: 'bring'; readonly bring: Bring }

const ANYBODY: readonly RoomCommand['type'][] = ['leave', 'say']
const STAFF: readonly RoomCommand['type'][] = [
  'add-dj',
  'remove-dj',
  'move-dj',
  'mute',
  'unmute',
  'ban',
  'set-role',
  'delete-line',
]

export function canAsk(room: PublicRoom, self: string): ReadonlySet<RoomCommand['type']> {
  const role = memberOf(room, self)?.role
  const isStaff = role === 'host' || role === 'moderator'
  const hasAccount = room.permissions.member.includes('dj')
  const isOwnTurn = room.booth.playing === self
  return new Set<RoomCommand['type']>([
    ...ANYBODY,
    ...(hasAccount ? (['join-booth', 'leave-booth', 'queue-add'] as const) : []),
    ...(hasAccount && room.media ? (['vote'] as const) : []),
    ...(room.media && (isStaff || isOwnTurn) ? (['skip'] as const) : []),
    ...(isStaff ? STAFF : []),
  ])
}

export function speak(room: PublicRoom, self: string, command: RoomCommand): Spoken {
  if (!canAsk(room, self).has(command.type)) return { kind: 'no', code: 'not-allowed' }
  switch (command.type) {
    case 'leave':
      return { kind: 'leave' }
    case 'say': {
      const lines = chatLines(command.emote ? `/me ${command.text}` : command.text)
      return lines.length > 0 ? { kind: 'lines', lines } : { kind: 'no', code: 'bad-line' }
    }
    case 'join-booth':
      return command.items && command.items.length > 0 ? bring(command.items, true) : call('POST', 'booth')
    case 'queue-add':
      return bring(command.items, false)
    case 'leave-booth':
      return call('DELETE', 'booth')
    case 'vote':
      if (command.vote === 0) return { kind: 'no', code: 'not-allowed' }
      if (command.itemId !== room.media?.id) return { kind: 'no', code: 'no-such-item' }
      return call('POST', 'votes', { direction: command.vote, historyID: command.itemId })
    case 'skip':
      return skip(room, self, command.itemId)
    case 'delete-line':
      return call('DELETE', `chat/${encodeURIComponent(command.lineId)}`)
    default:
      return aboutSomebody(room, command)
  }
}

/** Only what a server of this wire can play by its own ids. */
function bring(items: readonly MediaWish[], joins: boolean): Spoken {
  const media = items.map(({ durationSec, content }) =>
    mediaOf({ number: 0, content, ...(durationSec !== undefined && { durationSec }) }),
  )
  return media.every(({ format }) => format !== FORMAT.other)
    ? { kind: 'bring', bring: { media, joins } }
    : { kind: 'no', code: 'not-allowed' }
}

function skip({ media, booth, members }: PublicRoom, self: string, itemId: string | undefined): Spoken {
  if (!media) return { kind: 'no', code: 'nothing-to-skip' }
  if (itemId !== undefined && itemId !== media.id) return { kind: 'no', code: 'no-such-item' }
  if (booth.playing === self) return call('POST', 'booth/skip/me')
  const dj = members.find(({ id }) => id === booth.playing)
  return call('POST', 'booth/skip', { userID: dj?.number ?? 0, historyID: media.id })
}

function aboutSomebody(room: PublicRoom, command: RoomCommand): Spoken {
  const member = 'memberId' in command ? memberOf(room, command.memberId) : undefined
  // A guest of whom only the number is known has no name to ask by.
  if (!member || member.id !== String(member.number)) return { kind: 'no', code: 'no-such-member' }
  const { number } = member
  switch (command.type) {
    case 'add-dj':
      return call('POST', 'booth/add', { id: number })
    case 'remove-dj':
      return call('DELETE', `booth/remove/${number}`)
    case 'move-dj':
      return call('POST', 'booth/move', { userID: number, position: command.toIndex })
    case 'mute':
      return call('POST', 'mutes', {
        userID: number,
        reason: muteReasonNumber(command.reason),
        duration: muteLetter(command.forMs),
      })
    case 'unmute':
      return call('DELETE', `mutes/${number}`)
    case 'ban':
      return call('POST', 'bans/add', {
        userID: number,
        reason: banReasonNumber(command.reason),
        duration: banLetter(command.forMs),
      })
    case 'set-role': {
      if (command.role === 'guest' || command.role === 'member') return call('DELETE', `staff/${number}`)
      const roleID = command.role === 'host' ? PLUG_ROLE.host : PLUG_ROLE.manager
      return call('POST', 'staff/update', { userID: number, roleID })
    }
    default:
      return { kind: 'no', code: 'not-allowed' }
  }
}

function call(method: Call['method'], path: string, body?: object): Spoken {
  return { kind: 'call', call: { method, path, ...(body && { body }) } }
}

const CODES: Readonly<Record<string, RefusalCode>> = {
  noValidPlaylist: 'no-such-playlist',
  userNotInBooth: 'no-such-member',
  roomMismatch: 'no-such-member',
  boothFull: 'too-many',
  notAuthorized: 'not-allowed',
  notFound: 'no-such-item',
  floodAPI: 'too-fast',
}

export function refusalOf(answered: Extract<Answered, { ok: false }>): RefusalCode {
  return Object.hasOwn(CODES, answered.status) ? (CODES[answered.status] ?? 'not-allowed') : 'not-allowed'
}

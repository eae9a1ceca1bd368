/**
 * The parts of a view that tell of the room itself, out of its copy: rights, queue, booth, votes, chat, and where its film is.
 * Pure. Who is in time is `view.ts`.
 */

import type { RoomCommand } from '../core/room/command'
import type { Item } from '../core/room/item'
import { may } from '../core/room/permissions'
import { PERMISSIONS, type Permission } from '../core/room/role'
import type { MemberId, PublicRoom } from '../core/room/room'
import { votesToSkip } from '../core/room/votes'
import type { RoomParts } from '../messages/room-parts'
import type { KnownAnswers } from './answers'
import { siteOf } from './site'
import { chatView, type TalkState } from './talk'

export type PartsOf = {
  /** What this wire can say, here and now. */
  readonly can: ReadonlySet<RoomCommand['type']>
  readonly talk: TalkState
  readonly answers: KnownAnswers
  /** The page that is held on the timeline, or would be; absent where nobody may know. */
  readonly shownAddress?: string
  /** What the tab under the popup plays. */
  readonly pageAddress?: string
}

export function roomParts(room: PublicRoom, self: MemberId, from: PartsOf): RoomParts {
  const { settings, permissions, media, queue, booth, skipVotes, history } = room
  const { publicRooms: _, ...answers } = from.answers
  const goTo = goToIn(room, from.shownAddress)
  return {
    selfId: self,
    may: mayIn(room, self, from.can),
    can: [...from.can],
    settings,
    permissions,
    ...(media && { media }),
    queue,
    booth,
    skipVotes,
    skipNeeds: settings.skipShare === 0 ? 0 : votesToSkip(room),
    history,
    chat: chatView(from.talk, room, self),
    ...answers,
    ...(goTo && { goTo }),
    ...(from.pageAddress !== undefined && { pageIs: pageIn(room, from.pageAddress) }),
  }
}

/** What a permission is good for. */
const COMMANDS: Readonly<Record<Permission, readonly RoomCommand['type'][]>> = {
  'play-pause': ['play', 'pause'],
  seek: ['seek'],
  'set-rate': ['set-rate'],
  skip: ['skip'],
  'set-media': ['set-media'],
  'queue-add': ['queue-add'],
  'queue-remove': ['queue-remove', 'queue-clear'],
  'queue-order': ['queue-move', 'queue-shuffle'],
  'queue-vote': ['vote', 'vote-skip'],
  'play-now': ['play-now'],
  dj: ['join-booth'],
  'manage-djs': ['add-dj', 'remove-dj', 'move-dj'],
  chat: ['say'],
  'delete-chat': ['delete-line'],
  configure: ['configure'],
  'set-permissions': ['set-permissions'],
  promote: ['set-role'],
  kick: ['kick'],
  mute: ['mute'],
  ban: ['ban'],
}

/** What the room lets this member do and the wire has a word for. */
function mayIn(room: PublicRoom, self: MemberId, can: ReadonlySet<RoomCommand['type']>): readonly Permission[] {
  const isOwnTurn = room.booth.playing === self
  return PERMISSIONS.filter(
    (each) => (may(room, self, each) || (each === 'skip' && isOwnTurn)) && COMMANDS[each].some((type) => can.has(type)),
  )
}

/** The address comes from another member: only what a browser opens as a page is worth going to. */
export function goToIn({ media }: PublicRoom, shownAddress: string | undefined): RoomParts['goTo'] {
  const site = siteOf(media?.content.address)
  if (site?.pattern === undefined || site.address === siteOf(shownAddress)?.address) return undefined
  return { address: site.address, host: site.host, pattern: site.pattern }
}

function pageIn({ media, queue }: PublicRoom, address: string): RoomParts['pageIs'] & string {
  if (isSamePage(media?.content.address, address)) return 'current'
  return queue.items.some((item) => isSamePage(item.content.address, address)) ? 'queued' : 'new'
}

/**
 * Does this page show what the room has played, or will? Then it is not what is current, and nothing there is to follow.
 * A page that the room does not know may well show the same film at another address.
 */
export function isOtherItem({ media, queue, history }: PublicRoom, address: string): boolean {
  if (!media || isSamePage(media.content.address, address)) return false
  const page = siteOf(address)?.address
  const isIt = ({ content }: Pick<Item, 'content'>): boolean =>
    content.address === page || siteOf(content.address)?.address === page
  return page !== undefined && (queue.items.some(isIt) || history.some(isIt))
}

export function isSamePage(one: string | undefined, other: string): boolean {
  return one !== undefined && one !== '' && siteOf(one)?.address === siteOf(other)?.address
}

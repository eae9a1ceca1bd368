/**
 * What a request of this wire asks of the room: commands, and what is to follow when they are done. The same for sockets and plain requests.
 * Nothing means that it asks for nothing that a room has: it is left alone, as that system leaves what it refuses.
 */
import { isInBooth } from '../../core/room/booth'
import { positionWithin } from '../../core/room/bounds'
import type { MediaWish, MemberCommand } from '../../core/room/command'
import type { Item } from '../../core/room/item'
import { type MemberId, type PublicRoom, ROOM_LIMITS } from '../../core/room/room'
import type { Mode, SettingsWish } from '../../core/room/settings'
import { lineAt, positionAt } from '../../core/timeline'
import type { RoomRequest, SettingsChange, VideoAdd, VideoId } from './frames'
import { changedRows } from './grants'
import { addressOf, isSameVideo, videoFromUrl, wishOf } from './media'
import { roleOf } from './people'
import type { Relayed } from './relayed'
import { type QueueMode, REQUEST } from './wire'

export type Asked = { readonly command: MemberCommand; readonly after?: After }

export type After =
  /** Told to this wire: always, or only if the room had nothing to tell of it. */
  | { readonly kind: 'relay'; readonly relayed: Relayed; readonly ifUnchanged?: true }
  /** What was added is played at once, also if it was there already. */
  | { readonly kind: 'play'; readonly address: string }
  | { readonly kind: 'close' }

type Where = { readonly room: PublicRoom; readonly memberId: MemberId | undefined; readonly nowMs: number }

/** Half of those who are here: the share that this wire's vote to skip takes. */
const SKIP_SHARE = 0.5

export function askedBy(request: RoomRequest, where: Where): readonly Asked[] {
  const { room, memberId, nowMs } = where
  switch (request.type) {
    case REQUEST.leave:
      return [{ command: { type: 'leave' }, after: { kind: 'close' } }]
    case REQUEST.playback: {
      const positionSec = positionWithin(positionOf(room, nowMs), room.media?.durationSec)
      const relayed: Relayed = { what: REQUEST.playback, state: request.state }
      return [
        {
          command: { type: request.state ? 'play' : 'pause', positionSec, atOnce: true },
          after: { kind: 'relay', relayed, ifUnchanged: true },
        },
      ]
    }
    case REQUEST.skip:
      return skip(where)
    case REQUEST.seek:
      return [{ command: { type: 'seek', positionSec: request.value, atOnce: true } }]
    case REQUEST.playbackSpeed:
      return [{ command: { type: 'set-rate', rate: request.speed, atOnce: true } }]
    case REQUEST.add:
      return add(where, wishesOf(request))
    case REQUEST.remove:
      return about(find(room, request.video), ({ id }) => ({ type: 'queue-remove', itemId: id }))
    case REQUEST.order:
      return about(room.queue.items[request.fromIdx], ({ id }) => ({
        type: 'queue-move',
        itemId: id,
        toIndex: request.toIdx,
      }))
    case REQUEST.vote:
      return about(find(room, request.video), ({ id }) => ({ type: 'vote', itemId: id, vote: request.add ? 1 : 0 }))
    case REQUEST.promote: {
      const role = roleOf(request.role)
      return role === undefined ? [] : [{ command: { type: 'set-role', memberId: request.targetClientId, role } }]
    }
    case REQUEST.chat:
      return [{ command: { type: 'say', text: request.text.slice(0, ROOM_LIMITS.lineLength) } }]
    case REQUEST.undo:
      return undo(where, request.event)
    case REQUEST.applySettings:
      return change(room, request.settings)
    case REQUEST.playNow:
      return playNow(where, request.video)
    case REQUEST.shuffle:
      return [{ command: { type: 'queue-shuffle' } }]
    case REQUEST.restoreQueue:
      return [{ command: { type: 'queue-restore', ...(request.discard && { discard: true }) } }]
    case REQUEST.kick:
      return [{ command: { type: 'kick', memberId: request.clientId } }]
    case REQUEST.updateItem:
      return update(room, request)
    case REQUEST.join:
    case REQUEST.updateUser: {
      const name = request.info?.username
      const isNew = name !== undefined && name !== room.members.find(({ id }) => id === memberId)?.shown.name
      return isNew ? [{ command: { type: 'rename', name } }] : []
    }
  }
}

export function find({ media, queue }: PublicRoom, video: VideoId): Item | undefined {
  return (
    queue.items.find((item) => isSameVideo(video, item.content.address)) ??
    (media && isSameVideo(video, media.content.address) ? media : undefined)
  )
}

/** How a room's queue is played, in this room's words. Its `dj` is no rotation, and nothing here is like it. */
export function modeOf(mode: QueueMode): Mode | undefined {
  return mode === 'dj' ? undefined : mode
}

/** The settings that a room here has, of those that were named. */
export function settingsWish({
  title,
  description,
  visibility,
  queueMode,
  enableVoteSkip,
}: SettingsChange): SettingsWish {
  const mode = queueMode && modeOf(queueMode)
  const shown = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) }
  return {
    ...(Object.keys(shown).length > 0 && { shown }),
    ...(visibility && { listed: visibility === 'public' }),
    ...(mode && { mode }),
    ...(enableVoteSkip !== undefined && { skipShare: enableVoteSkip ? SKIP_SHARE : 0 }),
  }
}

function change(room: PublicRoom, wish: SettingsChange): readonly Asked[] {
  const settings = settingsWish(wish)
  const rows = wish.grants ? changedRows(room.permissions, wish.grants) : []
  return [
    ...(Object.keys(settings).length > 0 ? [{ command: { type: 'configure', settings } } as const] : []),
    ...rows.map((row) => ({ command: { type: 'set-permissions', ...row } }) as const),
  ]
}

/** Where the room votes on skipping, asking for it is a vote, and asking again takes it back. */
function skip({ room, memberId, nowMs }: Where): readonly Asked[] {
  const { media, settings, skipVotes } = room
  if (!media) return []
  if (settings.skipShare > 0) {
    const wants = memberId === undefined || !skipVotes.includes(memberId)
    return [{ command: { type: 'vote-skip', itemId: media.id, wants } }]
  }
  const relayed: Relayed = { what: REQUEST.skip, itemId: media.id, prevPosition: positionOf(room, nowMs) }
  return [{ command: { type: 'skip', itemId: media.id }, after: { kind: 'relay', relayed } }]
}

function wishesOf({
  video,
  videos = [],
  url,
}: Extract<RoomRequest, { readonly type: typeof REQUEST.add }>): readonly MediaWish[] {
  const found = url === undefined ? undefined : videoFromUrl(url)
  const all: readonly VideoAdd[] = [...(video ? [video] : []), ...videos, ...(found ? [found] : [])]
  return all.flatMap((each) => wishOf(each) ?? []).slice(0, ROOM_LIMITS.itemsAtOnce)
}

/** Where people take turns, whoever adds something wants a turn. */
function add({ room, memberId }: Where, items: readonly MediaWish[]): readonly Asked[] {
  if (items.length === 0) return []
  const takesTurn = room.settings.mode === 'rotation' && !(memberId !== undefined && isInBooth(room, memberId))
  return [{ command: takesTurn ? { type: 'join-booth', items } : { type: 'queue-add', items } }]
}

function playNow({ room }: Where, video: VideoAdd): readonly Asked[] {
  const item = find(room, video)
  if (item && item === room.media) return []
  if (item) return [{ command: { type: 'play-now', itemId: item.id } }]
  const wish = wishOf(video)
  if (!wish) return []
  return [{ command: { type: 'queue-add', items: [wish] }, after: { kind: 'play', address: wish.content.address } }]
}

const NOTHING = { prevPosition: undefined, queueIdx: undefined, video: undefined }

function undo(
  { room }: Where,
  { request, additional }: Extract<RoomRequest, { type: typeof REQUEST.undo }>['event'],
): readonly Asked[] {
  const { prevPosition, queueIdx, video } = additional ?? NOTHING
  switch (request.type) {
    case REQUEST.seek:
      return prevPosition === undefined ? [] : [{ command: { type: 'seek', positionSec: prevPosition, atOnce: true } }]
    case REQUEST.add:
      return video ? about(find(room, video), ({ id }) => ({ type: 'queue-remove', itemId: id })) : []
    case REQUEST.remove: {
      const wish = video && wishOf(video)
      return wish ? [{ command: { type: 'queue-add', items: [wish], ...(queueIdx === 0 && { first: true }) } }] : []
    }
    case REQUEST.skip: {
      const wish = video && wishOf({ ...video, ...(prevPosition !== undefined && { startAt: prevPosition }) })
      if (!wish) return []
      const { address } = wish.content
      return [{ command: { type: 'queue-add', items: [wish], first: true }, after: { kind: 'play', address } }]
    }
    default:
      return []
  }
}

function update(
  room: PublicRoom,
  { video, update: { startAt, endAt } }: Extract<RoomRequest, { type: typeof REQUEST.updateItem }>,
): readonly Asked[] {
  const item = find(room, video)
  if (!item || (startAt === undefined && endAt === undefined)) return []
  return [
    {
      command: {
        type: 'edit-item',
        itemId: item.id,
        ...(startAt !== undefined && { startAtSec: startAt }),
        ...(endAt !== undefined && { endAtSec: endAt }),
      },
      after: {
        kind: 'relay',
        relayed: {
          what: REQUEST.updateItem,
          itemId: item.id,
          update: { ...(startAt !== undefined && { startAt }), ...(endAt !== undefined && { endAt }) },
        },
      },
    },
  ]
}

export function positionOf({ timeline }: PublicRoom, nowMs: number): number {
  return positionAt(lineAt(timeline, nowMs), nowMs)
}

/** Does the item to be played wait in the queue by now? */
export function playAddress({ queue }: PublicRoom, address: string): MemberCommand | undefined {
  const item = queue.items.find((each) => each.content.address === address)
  return item && { type: 'play-now', itemId: item.id }
}

/** A video that this wire can't name has no address either. */
export function hasAddress(video: VideoId): boolean {
  return addressOf(video) !== undefined
}

function about(item: Item | undefined, command: (item: Item) => MemberCommand): readonly Asked[] {
  return item ? [{ command: command(item) }] : []
}

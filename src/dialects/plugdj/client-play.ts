/** What is played in somebody else's community: an item runs from a moment in the server's time, and goes into the history after that. Pure. */
import { foreignItem, withChange } from '../../core/room/foreign-room'
import type { Item } from '../../core/room/item'
import { type PublicRoom, ROOM_LIMITS } from '../../core/room/room'
import type { Line } from '../../core/timeline'
import type { HeardMedia } from './client-words'
import { addressOf } from './media'

const LONGEST_HISTORY = ROOM_LIMITS.history

export const memberId = (id: number): string => String(id)

export type Begin = {
  readonly media: HeardMedia
  readonly historyID: string | null | undefined
  readonly startMs: number | undefined
  readonly dj: number | undefined
}

/** From its start to its end it runs; before and after that nobody plays. */
export function withBegun(
  room: PublicRoom,
  { media, historyID, startMs, dj }: Begin,
  offsetMs: number,
  nowMs: number,
): PublicRoom {
  const duration = media.duration ?? 0
  const atMs = startMs === undefined ? nowMs : startMs - offsetMs
  const item = itemOf(media, historyID ?? `${media.cid} ${atMs}`, dj, nowMs)
  const positionSec = (nowMs - atMs) / 1000
  const isOver = item.durationSec !== undefined && positionSec >= item.durationSec
  const line: Line = isOver
    ? { positionSec: duration, rate: 1, playing: false, atMs: nowMs }
    : { positionSec: 0, rate: 1, playing: true, atMs }
  const { playing: _, ...booth } = room.booth
  // What is told again under the same name has only been moved.
  const again = room.media?.id === item.id ? { up: room.media.up, down: room.media.down, grabs: room.media.grabs } : {}
  return withChange(played(room, item.id, nowMs), {
    media: { ...item, ...again },
    timeline: { current: line },
    booth: { ...booth, ...(dj !== undefined && { playing: memberId(dj) }) },
  })
}

/** A day is how a length is told that nobody knows. */
const UNKNOWN_SEC = 86_400

function itemOf(media: HeardMedia, id: string, dj: number | undefined, nowMs: number): Item {
  const { cid, format, title, author, image, duration } = media
  return foreignItem({
    id,
    ...(media.id && { number: media.id }),
    ...(duration && duration > 0 && duration < UNKNOWN_SEC && { durationSec: duration }),
    ...(dj !== undefined && { addedBy: memberId(dj) }),
    sinceMs: nowMs,
    content: {
      address: addressOf(format, cid) ?? '',
      title: title ?? cid,
      ...(author && { author }),
      ...(image && { image }),
    },
  })
}

/** What was current goes into the history when something else comes. */
function played(room: PublicRoom, nextId: string | undefined, nowMs: number): PublicRoom {
  const { media, history, members } = room
  if (!media || media.id === nextId) return room
  const { id: itemId, number, durationSec, addedBy, sinceMs, up, down, grabs, content } = media
  const entry = {
    itemId,
    number,
    ...(durationSec !== undefined && { durationSec }),
    ...(addedBy !== undefined && { addedBy }),
    sinceMs: sinceMs ?? nowMs,
    endedAtMs: nowMs,
    skipped: false,
    score: { up: up.length, down: down.length, grabs: grabs.length, listeners: members.length },
    content,
  }
  return { ...room, history: [entry, ...history].slice(0, LONGEST_HISTORY) }
}

export function withEnd(room: PublicRoom, nowMs: number): PublicRoom {
  const { playing: _, ...booth } = room.booth
  return withChange(played(room, undefined, nowMs), {
    media: undefined,
    booth,
    timeline: { current: { positionSec: 0, rate: 1, playing: false, atMs: nowMs } },
  })
}

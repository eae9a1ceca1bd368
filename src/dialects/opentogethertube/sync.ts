/**
 * The state of a room as `sync` carries it: whole for a newcomer, later only the keys that changed, each with its whole value.
 * Positions are of the moment of sending. Knows no session; when a key is due is in `seat.ts`.
 */

import { type Item, scoreOf } from '../../core/room/item'
import { hostOf, type PublicRoom } from '../../core/room/room'
import type { Mode } from '../../core/room/settings'
import { type Line, positionAt } from '../../core/timeline'
import { grantsOf } from './grants'
import { queueItemOf } from './media'
import type { QueueMode } from './wire'

const VALUES = {
  title: ({ settings }: PublicRoom) => settings.shown.title,
  description: ({ settings }: PublicRoom) => settings.shown.description,
  isTemporary: ({ settings }: PublicRoom) => settings.temporary,
  visibility: ({ settings }: PublicRoom) => (settings.listed ? 'public' : 'unlisted'),
  queueMode: ({ settings }: PublicRoom) => queueModeOf(settings.mode),
  currentSource: ({ media }: PublicRoom) => (media && media.content.address !== '' ? queueItemOf(media) : null),
  grants: ({ permissions }: PublicRoom) => grantsOf(permissions),
  hasOwner: (room: PublicRoom) => hostOf(room) !== undefined,
  voteCounts: ({ queue }: PublicRoom) => voteCountsOf(queue.items),
  enableVoteSkip: ({ settings }: PublicRoom) => settings.skipShare > 0,
  votesToSkip: ({ skipVotes }: PublicRoom) => skipVotes,
} as const

export type SyncKey = keyof typeof VALUES | (typeof OTHERS)[number]

/** What runs, and the lists: they are long, and the same for everybody. */
const OTHERS = ['queue', 'prevQueue', 'isPlaying', 'playbackPosition', 'playbackSpeed'] as const

/** Nothing here skips parts of a video by itself, and a cleared queue comes back when somebody asks for it. */
const FIXED = { videoSegments: [], autoSkipSegmentCategories: [], restoreQueueBehavior: 1 } as const

export function fullSync(name: string, room: PublicRoom, line: Line, nowMs: number): string {
  const keys = [...Object.keys(VALUES), ...OTHERS]
  const parts = [pair('name', name), ...(keys as SyncKey[]).map((key) => part(key, room, line, nowMs))]
  return frame([...parts, ...Object.entries(FIXED).map(([key, value]) => pair(key, value))])
}

export function deltaSync(keys: Iterable<SyncKey>, room: PublicRoom, line: Line, nowMs: number): string {
  return frame(Array.from(keys, (key) => part(key, room, line, nowMs)))
}

/** What a plain request for the room is answered with: the same, without what runs. */
export function settingsOf(name: string, room: PublicRoom): Readonly<Record<string, unknown>> {
  const of = (key: keyof typeof VALUES) => [key, VALUES[key](room)] as const
  const { autoSkipSegmentCategories, restoreQueueBehavior } = FIXED
  return {
    name,
    ...Object.fromEntries((['title', 'description', 'isTemporary', 'visibility', 'queueMode'] as const).map(of)),
    ...Object.fromEntries((['grants', 'enableVoteSkip', 'hasOwner'] as const).map(of)),
    autoSkipSegmentCategories,
    restoreQueueBehavior,
    queue: room.queue.items.map(queueItemOf),
  }
}

export function queueModeOf(mode: Mode): QueueMode {
  return mode === 'rotation' ? 'dj' : mode
}

function part(key: SyncKey, room: PublicRoom, line: Line, nowMs: number): string {
  switch (key) {
    case 'isPlaying':
      return pair(key, line.playing)
    case 'playbackPosition':
      return pair(key, positionAt(line, nowMs))
    case 'playbackSpeed':
      return pair(key, line.rate)
    case 'queue':
      return `"queue":${listText(room.queue.items)}`
    case 'prevQueue':
      return `"prevQueue":${room.queue.previous.length > 0 ? listText(room.queue.previous) : null}`
    default:
      return pair(key, VALUES[key](room))
  }
}

/** A queue is spelled once for all who hear of it. */
const spelled = new WeakMap<readonly Item[], string>()

function listText(items: readonly Item[]): string {
  const text = spelled.get(items) ?? JSON.stringify(items.map(queueItemOf))
  spelled.set(items, text)
  return text
}

function voteCountsOf(items: readonly Item[]): readonly (readonly [string, number])[] {
  return items
    .filter((item) => item.up.length + item.down.length > 0)
    .map((item) => {
      const { service, id } = queueItemOf(item)
      return [`${service}${id}`, scoreOf(item)]
    })
}

function pair(key: string, value: unknown): string {
  return `"${key}":${JSON.stringify(value)}`
}

function frame(parts: readonly string[]): string {
  return `{"action":"sync",${parts.join()}}`
}

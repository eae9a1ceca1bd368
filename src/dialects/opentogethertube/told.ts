/**
 * What events of a room become on this wire: frames about people and acts that are told at once, and keys of the state that go with the next `sync`.
 * Knows one room before and after; who hears it and when a `sync` is due is in `seat.ts`.
 */
import type { NumberedEvent, RoomEvent } from '../../core/room/event'
import type { Item } from '../../core/room/item'
import { isConnected, type Member, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { queueItemOf, videoOf } from './media'
import { type Statuses, strangerOf, type User, userOf } from './people'
import type { Relayed } from './relayed'
import type { SyncKey } from './sync'
import { DIALECT, REQUEST } from './wire'

export type Change = {
  readonly numbered: NumberedEvent
  readonly before: PublicRoom | undefined
  readonly after: PublicRoom
}

/** Keys that have another value after this. What runs is not among them: it is compared with what was told last. */
export function keysOf({ numbered: { event }, before, after }: Change): readonly SyncKey[] {
  switch (event.type) {
    case 'media-changed':
      return before && before.skipVotes.length > 0 ? ['currentSource', 'votesToSkip'] : ['currentSource']
    case 'queue-added':
    case 'queue-removed':
      return [...lists, ...(hasVotes(event, before) ? (['voteCounts'] as const) : [])]
    case 'queue-moved':
    case 'queue-ordered':
      return lists
    case 'queue-cleared':
    case 'queue-restored':
      return ['queue', 'prevQueue', 'voteCounts']
    case 'queue-forgotten':
      return ['prevQueue']
    case 'item-edited':
      return after.media?.id === event.itemId ? ['currentSource'] : lists
    case 'item-voted':
      return after.media?.id === event.itemId ? [] : ['voteCounts']
    case 'skip-voted':
      return ['votesToSkip']
    case 'permissions-changed':
    case 'control-changed':
      return ['grants']
    case 'settings-changed':
      return before ? settingsKeys.filter((key) => isOther(key, before, after)) : settingsKeys
    case 'member-joined':
    case 'member-left':
    case 'host-changed':
    case 'role-changed':
      return before ? keysOfPeople(before, after) : []
    default:
      return []
  }
}

const lists: readonly SyncKey[] = ['queue']
const settingsKeys = ['title', 'description', 'isTemporary', 'visibility', 'queueMode', 'enableVoteSkip'] as const

function isOther(key: (typeof settingsKeys)[number], { settings: one }: PublicRoom, { settings: other }: PublicRoom) {
  switch (key) {
    case 'title':
    case 'description':
      return one.shown[key] !== other.shown[key]
    case 'isTemporary':
      return one.temporary !== other.temporary
    case 'visibility':
      return one.listed !== other.listed
    case 'queueMode':
      return one.mode !== other.mode
    case 'enableVoteSkip':
      return one.skipShare > 0 !== other.skipShare > 0
  }
}

/** Votes go with who gave them; a room whose last host has gone has no owner. */
function keysOfPeople(before: PublicRoom, after: PublicRoom): readonly SyncKey[] {
  const votes = ({ queue }: PublicRoom): number =>
    queue.items.reduce((sum, item) => sum + item.up.length + item.down.length, 0)
  const hasHost = ({ members }: PublicRoom): boolean => members.some(({ role }) => role === 'host')
  return [
    ...(votes(before) === votes(after) ? [] : (['voteCounts'] as const)),
    ...(before.skipVotes.length === after.skipVotes.length ? [] : (['votesToSkip'] as const)),
    ...(hasHost(before) === hasHost(after) ? [] : (['hasOwner'] as const)),
  ]
}

function hasVotes(
  event: Extract<RoomEvent, { type: 'queue-added' | 'queue-removed' }>,
  before: PublicRoom | undefined,
): boolean {
  const items =
    event.type === 'queue-added' ? event.items : before?.queue.items.filter((item) => item.id === event.itemId)
  return (items ?? []).some((item) => item.up.length + item.down.length > 0)
}

/** Frames told at once; those about somebody who comes have the position of the moment between them. */
export function framesOf({ numbered: { event }, before, after }: Change, statuses: Statuses): readonly object[] {
  const user = (id: MemberId | undefined, room = after): User | undefined => {
    const member = memberOf(room, id)
    return member && userOf(member, statuses)
  }
  const updates = (...ids: readonly (MemberId | undefined)[]): readonly object[] =>
    ids.flatMap((id) => {
      const member = memberOf(after, id)
      return member && isConnected(member) ? [update(userOf(member, statuses))] : []
    })
  switch (event.type) {
    case 'member-joined':
      return [joined(event.member, statuses), ...updates(event.member.id)]
    case 'member-back': {
      const member = memberOf(after, event.memberId)
      return member ? [joined(member, statuses), ...updates(member.id)] : []
    }
    case 'member-left':
    case 'member-away': {
      const member = memberOf(before ?? after, event.memberId)
      return member && isConnected(member) ? left(userOf(member, statuses)) : []
    }
    case 'member-renamed':
    case 'member-suspended':
    case 'member-resumed':
    case 'role-changed':
      return updates(event.memberId)
    case 'host-changed':
      return updates(before?.members.find(({ role }) => role === 'host')?.id, event.memberId)
    case 'timeline-changed':
      return actFrames(event, user(event.act.memberId), after)
    case 'queue-added':
    case 'queue-removed':
      return queueFrames(event, user)
    case 'chat-said': {
      const { kind, memberId, content } = event.line
      if (kind === 'system') return [{ action: 'eventcustom', text: content.text }]
      const from = user(memberId) ?? strangerOf(memberId, content.name)
      return [{ action: 'chat', from, text: kind === 'emote' ? `* ${content.text}` : content.text }]
    }
    default:
      return []
  }
}

export function joined(member: Member, statuses: Statuses): object {
  const user = userOf(member, statuses)
  const who = user.isLoggedIn ? { user_id: member.number } : { username: user.name }
  return happened({ type: REQUEST.join, info: { id: member.id, ...who } }, user)
}

export function update(user: User): object {
  return { action: 'user', update: { kind: 'update', value: user } }
}

export function happened(request: object, user: User, additional: object = {}): object {
  return { action: 'event', request, user, additional }
}

function left(user: User): readonly object[] {
  return [
    happened({ type: REQUEST.leave }, user, { user }),
    { action: 'user', update: { kind: 'remove', value: user.id } },
  ]
}

/** What the room did by itself is in the `sync` alone, and so is the end of the queue, though somebody skipped to it. */
function actFrames(
  { act }: Extract<RoomEvent, { type: 'timeline-changed' }>,
  user: User | undefined,
  after: PublicRoom,
): readonly object[] {
  if (!user) return []
  switch (act.kind) {
    case 'play':
      return [happened({ type: REQUEST.playback, state: true }, user)]
    case 'pause':
      // Of a queue that has just come to its end nobody pressed pause.
      return !after.media && after.history[0]?.endedAtMs === act.atMs
        ? []
        : [happened({ type: REQUEST.playback, state: false }, user)]
    case 'seek':
      return [happened({ type: REQUEST.seek, value: act.toSec }, user, { prevPosition: act.fromSec })]
    default:
      return []
  }
}

/** What can be taken back is what somebody did; all else in the queue goes by itself. */
function queueFrames(
  event: Extract<RoomEvent, { type: 'queue-added' | 'queue-removed' }>,
  user: (id: MemberId) => User | undefined,
): readonly object[] {
  const undo = event.serverOnly && 'undo' in event.serverOnly ? event.serverOnly.undo : undefined
  const by = undo && user(undo.memberId)
  if (!undo || !by) return []
  if (event.type === 'queue-added') {
    const [first, ...others] = event.items
    if (!first) return []
    const videos = event.items.map(({ content }) => videoOf(content.address))
    return others.length === 0
      ? [happened({ type: REQUEST.add, video: videos[0] }, by, { video: queueItemOf(first) })]
      : [happened({ type: REQUEST.add, videos }, by, { videos: event.items.map(queueItemOf) })]
  }
  if (undo.inverse.kind !== 'insert') return []
  const { item, index } = undo.inverse
  const request = { type: REQUEST.remove, video: videoOf(item.content.address) }
  return [happened(request, by, { video: queueItemOf(item), queueIdx: index })]
}

/** What was relayed, as everybody reads it; nothing where it is about what is not there any more. */
export function relayedFrames(relayed: Relayed, from: Member, room: PublicRoom, statuses: Statuses): readonly object[] {
  const user = userOf(from, statuses)
  switch (relayed.what) {
    case 'status':
    case 'look-at-me':
      return [update(user)]
    case 'how-are-you':
    case 'statuses':
      return []
    case REQUEST.playback:
      return [happened({ type: REQUEST.playback, state: relayed.state }, user)]
    case REQUEST.skip: {
      const item = itemCalled(room, relayed.itemId)
      const { prevPosition } = relayed
      return [happened({ type: REQUEST.skip }, user, { ...(item && { video: queueItemOf(item) }), prevPosition })]
    }
    case REQUEST.updateItem: {
      const item = itemCalled(room, relayed.itemId)
      if (!item) return []
      const video = queueItemOf(item)
      const { service, id } = video
      return [happened({ type: REQUEST.updateItem, video: { service, id }, update: relayed.update }, user, { video })]
    }
  }
}

type Known = Pick<Item, 'durationSec' | 'content'>

function itemCalled({ media, queue, history }: PublicRoom, itemId: string): Known | undefined {
  if (media?.id === itemId) return media
  return queue.items.find(({ id }) => id === itemId) ?? history.find((played) => played.itemId === itemId)
}

export function isOfThisWire({ dialect }: Member): boolean {
  return dialect === DIALECT
}

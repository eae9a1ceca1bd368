/**
 * The copy of a room at a server of this wire: its state, who is there, where it is. One rule for the position, that of its own clients:
 * a base and the moment since when it runs, here with the way of the word taken off as far as it is known.
 * Knows no asks and no sockets.
 */
import {
  foreignItem,
  foreignMember,
  foreignName,
  foreignRoom,
  withChange,
  withChatLine,
  withLine,
} from '../../core/room/foreign-room'
import type { Item } from '../../core/room/item'
import type { Role } from '../../core/room/role'
import type { Act, Member, MemberId, PublicRoom } from '../../core/room/room'
import { type Settings, withWish } from '../../core/room/settings'
import { permissionsOf } from './grants'
import { addressOfForeign } from './media'
import type { ForeignUser, ForeignVideo, Sync, ToClient } from './server-frames'
import { DIALECT, REQUEST, ROLE, type Status } from './wire'

export type User = Readonly<{ id: string; name: string; status: Status; role: number }>

/** What runs, as its clients keep it. */
export type Base = {
  readonly positionSec: number
  readonly rate: number
  readonly playing: boolean
  readonly sinceMs: number
}

export type Inside = {
  readonly room: PublicRoom
  readonly self?: MemberId
  readonly users: readonly User[]
  readonly base: Base
  readonly grants: readonly (readonly [number, number])[]
  readonly current: ForeignVideo | null
  readonly queue: readonly ForeignVideo[]
  readonly previous: readonly ForeignVideo[]
  readonly voteCounts: readonly (readonly [string, number])[]
  /** What we voted for: nobody tells whose votes they are. */
  readonly ownVotes: readonly string[]
  /** Who did what comes with the next `sync`, and when we heard of it. */
  readonly act?: { readonly kind: Act['kind']; readonly memberId: MemberId; readonly atMs: number }
  /** Half of what an answer takes at best. */
  readonly wayMs?: number
}

/** An act belongs to the `sync` that comes within so long. */
const ACT_MS = 1_600
/** Half of those who are there. */
const SKIP_SHARE = 0.5

export function outsideOf(name: string, nowMs: number): Inside {
  return {
    room: foreignRoom({ dialect: DIALECT, code: name, control: 'everyone', nowMs }),
    users: [],
    base: { positionSec: 0, rate: 1, playing: false, sinceMs: nowMs },
    grants: [],
    current: null,
    queue: [],
    previous: [],
    voteCounts: [],
    ownVotes: [],
  }
}

export function heardFrame(inside: Inside, frame: ToClient, nowMs: number): Inside {
  switch (frame.action) {
    case 'sync':
      return heardSync(inside, frame, nowMs)
    case 'event': {
      const kind = ACT_OF[frame.request.type]?.(frame.request.state === true)
      return kind === undefined ? inside : { ...inside, act: { kind, memberId: frame.user.id, atMs: nowMs } }
    }
    case 'user':
      return withUsers(inside, usersAfter(inside.users, frame.update), nowMs)
    case 'you':
      return withGrants({ ...inside, self: frame.info.id })
    case 'chat': {
      const { id, name } = frame.from
      const line = { text: frame.text, memberId: id, ...(name !== undefined && { name }), atMs: nowMs }
      return { ...inside, room: withChatLine(inside.room, line) }
    }
    case 'announcement':
    case 'eventcustom':
      return { ...inside, room: withChatLine(inside.room, { kind: 'system', text: frame.text, atMs: nowMs }) }
    case 'unload':
      return inside
  }
}

const ACT_OF: Readonly<Record<number, (state: boolean) => Act['kind']>> = {
  [REQUEST.playback]: (state) => (state ? 'play' : 'pause'),
  [REQUEST.seek]: () => 'seek',
}

/** A better guess of the way of words moves what was told by the worse one. */
export function withWay(inside: Inside, wayMs: number): Inside {
  return inside.wayMs !== undefined && inside.wayMs <= wayMs ? inside : { ...inside, wayMs }
}

function heardSync(before: Inside, sync: Sync, nowMs: number): Inside {
  const { currentSource, queue, voteCounts, prevQueue, grants } = sync
  let inside: Inside = withBase(before, sync, nowMs)
  if (grants) inside = withGrants({ ...inside, grants })
  inside = withSettings(inside, sync)
  if (currentSource !== undefined) inside = withCurrent(inside, currentSource, nowMs)
  if (queue || prevQueue !== undefined || voteCounts) {
    inside = withQueue({
      ...inside,
      ...(queue && { queue }),
      ...(prevQueue !== undefined && { previous: prevQueue ?? [] }),
      ...(voteCounts && { voteCounts }),
    })
  }
  if (sync.votesToSkip) inside = { ...inside, room: withChange(inside.room, { skipVotes: sync.votesToSkip }) }
  return inside
}

/** The rule of its own clients: the moment is renewed before the rest counts, by whether it was playing until now. */
function withBase(inside: Inside, sync: Sync, nowMs: number): Inside {
  const { base, act, wayMs = 0 } = inside
  const { isPlaying, playbackPosition, playbackSpeed, currentSource } = sync
  if ([isPlaying, playbackPosition, playbackSpeed].every((each) => each === undefined)) return inside
  const isOwn = act !== undefined && nowMs - act.atMs <= ACT_MS
  const begins = isPlaying === true
  const renews = begins || (base.playing && (playbackPosition !== undefined || currentSource !== undefined))
  // Without a position it has been playing since whoever did it did, which was told before.
  const heardAtMs = begins && playbackPosition === undefined && isOwn && act.kind === 'play' ? act.atMs : nowMs
  const next: Base = {
    positionSec: Math.max(0, playbackPosition ?? base.positionSec),
    rate: playbackSpeed !== undefined && playbackSpeed > 0 ? playbackSpeed : base.rate,
    playing: isPlaying ?? base.playing,
    sinceMs: renews ? heardAtMs - wayMs : base.sinceMs,
  }
  const { act: _, ...rest } = inside
  const line = { positionSec: next.positionSec, playing: next.playing, rate: next.rate, atMs: next.sinceMs }
  return { ...rest, base: next, room: withLine(inside.room, line, nowMs, isOwn ? act : undefined) }
}

function withSettings(inside: Inside, sync: Sync): Inside {
  const { title, description, isTemporary, visibility, queueMode, enableVoteSkip } = sync
  const shown = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) }
  const wish = {
    ...(Object.keys(shown).length > 0 && { shown }),
    ...(isTemporary !== undefined && { temporary: isTemporary }),
    ...(visibility !== undefined && { listed: visibility === 'public' }),
    // Its `dj` plays one video again and again, by hand.
    ...(queueMode && ({ mode: queueMode === 'dj' ? 'manual' : queueMode } satisfies Partial<Settings>)),
    ...(enableVoteSkip !== undefined && { skipShare: enableVoteSkip ? SKIP_SHARE : 0 }),
  }
  if (Object.keys(wish).length === 0) return inside
  return { ...inside, room: withChange(inside.room, { settings: withWish(inside.room.settings, wish) }) }
}

/** What the own role may; of registered and trusted people the own kind counts. */
function withGrants(inside: Inside): Inside {
  const own = inside.users.find(({ id }) => id === inside.self)?.role
  const permissions = permissionsOf(inside.grants, own === ROLE.registered ? ROLE.registered : ROLE.trusted)
  return { ...inside, room: withChange(inside.room, { permissions }) }
}

function withCurrent(inside: Inside, current: ForeignVideo | null, nowMs: number): Inside {
  const before = inside.current
  const isSame = current !== null && before?.id === current.id && before.service === current.service
  const sinceMs = (isSame ? inside.room.media?.sinceMs : undefined) ?? nowMs
  const media = current ? itemOf(current, keyOf(current), sinceMs) : undefined
  return {
    ...inside,
    current,
    room: withChange(inside.room, { media, skipVotes: isSame ? inside.room.skipVotes : [] }),
  }
}

export function withQueue(inside: Inside): Inside {
  const counts = new Map(inside.voteCounts)
  const waiting = itemsOf(inside.queue).map((item, index) => {
    const video = inside.queue[index]
    const key = video ? `${video.service}${video.id}` : ''
    return { ...item, up: votersOf(counts.get(key) ?? 0, inside.ownVotes.includes(key) ? inside.self : undefined) }
  })
  return {
    ...inside,
    room: withChange(inside.room, { queue: { items: waiting, previous: itemsOf(inside.previous) } }),
  }
}

/** How many there are is told, not who: but for us they are nobody. */
function votersOf(count: number, self: MemberId | undefined): readonly MemberId[] {
  const all = Array.from({ length: Math.min(100, Math.max(0, Math.round(count))) }, (_, index) => `vote-${index + 1}`)
  return self === undefined || all.length === 0 ? all : [self, ...all.slice(1)]
}

/** One video may wait more than once. */
function itemsOf(videos: readonly ForeignVideo[]): readonly Item[] {
  const seen = new Map<string, number>()
  return videos.map((video) => {
    const key = keyOf(video)
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return itemOf(video, count === 1 ? key : `${key} ${count}`)
  })
}

function itemOf(video: ForeignVideo, id: string, sinceMs?: number): Item {
  const { title, thumbnail, length, startAt, endAt } = video
  const address = addressOfForeign(video)
  return foreignItem({
    id,
    ...(length !== undefined && length > 0 && { durationSec: length }),
    ...(startAt !== undefined && { startAtSec: startAt }),
    ...(endAt !== undefined && { endAtSec: endAt }),
    ...(sinceMs !== undefined && { sinceMs }),
    content: {
      address,
      title: title?.trim() || video.id,
      ...(thumbnail !== undefined && { image: thumbnail }),
    },
  })
}

function keyOf({ service, id }: ForeignVideo): string {
  return `${service} ${id}`
}

function withUsers(inside: Inside, users: readonly User[], nowMs: number): Inside {
  const known = new Map(inside.room.members.map((member) => [member.id, member]))
  const members = users.map((user) => memberFrom(user, known.get(user.id), nowMs))
  const before = inside.users.find(({ id }) => id === inside.self)?.role
  const next = { ...inside, users, room: withChange(inside.room, { members }) }
  return before === users.find(({ id }) => id === inside.self)?.role ? next : withGrants(next)
}

function memberFrom({ id, name, status, role }: User, before: Member | undefined, nowMs: number): Member {
  const { suspension: _, ...member } = foreignMember({ id, name, role: roleFrom(role), dialect: DIALECT })
  const reason = status === 'buffering' || status === 'error' ? status : undefined
  const since = before?.suspension?.reason === reason ? before?.suspension : undefined
  return reason === undefined ? member : { ...member, suspension: since ?? { reason, sinceMs: nowMs } }
}

function roleFrom(role: number): Role {
  switch (role) {
    case ROLE.owner:
      return 'host'
    case ROLE.moderator:
    case ROLE.administrator:
      return 'moderator'
    case ROLE.registered:
    case ROLE.trusted:
      return 'member'
    default:
      return 'guest'
  }
}

function usersAfter(users: readonly User[], update: Extract<ToClient, { action: 'user' }>['update']): readonly User[] {
  switch (update.kind) {
    case 'init':
      return update.value.reduce<readonly User[]>(withUser, [])
    case 'update':
      return withUser(users, update.value)
    case 'remove':
      return users.filter(({ id }) => id !== update.value)
  }
}

/** Some are told twice, and some by halves. */
function withUser(users: readonly User[], told: ForeignUser): readonly User[] {
  const { id, name, status, role } = told
  const before = users.find((each) => each.id === id)
  const user: User = {
    id,
    name: name === undefined ? (before?.name ?? foreignName('')) : foreignName(name),
    status: status ?? before?.status ?? 'none',
    role: role ?? before?.role ?? ROLE.guest,
  }
  return before ? users.map((each) => (each === before ? user : each)) : [...users, user]
}

/**
 * What somebody asks, in the words of this wire, and by what it is answered: nothing there says yes or no, so that an act or a state that
 * fits is a yes, and silence over the patience of the wire a no. Only what harms no server is ever said: finite numbers, known words, whole indices.
 */
import type { MediaWish, RoomCommand } from '../../core/room/command'
import { forbids, may } from '../../core/room/permissions'
import { type RefusalCode, refuse } from '../../core/room/refusal'
import type { Permission, Role } from '../../core/room/role'
import { type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import type { SettingsWish } from '../../core/room/settings'
import { latestLine, lineAt, positionAt } from '../../core/timeline'
import type { Inside } from './client-room'
import type { Added, Request, SettingsChange } from './client-words'
import type { VideoId } from './frames'
import { withRow } from './grants'
import { playableVideo } from './media'
import type { ForeignVideo, ToClient } from './server-frames'
import { REQUEST, ROLE, type Status } from './wire'

/** What answers an ask. */
export type Answer =
  | { readonly by: 'event'; readonly type: number }
  | { readonly by: 'sync'; readonly keys: readonly string[] }
  | { readonly by: 'chat' }
  | { readonly by: 'role' | 'gone'; readonly memberId: string }

export type Spoken =
  | {
      readonly kind: 'say'
      readonly requests: readonly Request[]
      readonly answer: Answer
      readonly patienceMs: number
    }
  /** Nothing has to be said, or nothing there tells of it. */
  | { readonly kind: 'done'; readonly requests: readonly Request[] }
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'no'; readonly code: RefusalCode }

/** An event comes at once. A `sync` may wait for up to 1.5 s if there was one just before; a video is looked up first. */
const EVENT_MS = 1_000
const SYNC_MS = 2_500
const LOOKUP_MS = 10_000
/** A room further off than a glance from where somebody presses play is sought first. */
const FAR_SEC = 1

/** What each takes there; nothing: everybody may. */
const NEEDS: ReadonlyMap<RoomCommand['type'], Permission | undefined> = new Map<
  RoomCommand['type'],
  Permission | undefined
>([
  ['play', 'play-pause'],
  ['pause', 'play-pause'],
  ['seek', 'seek'],
  ['set-rate', 'set-rate'],
  ['set-media', 'play-now'],
  ['skip', 'skip'],
  ['vote-skip', 'skip'],
  ['queue-add', 'queue-add'],
  ['queue-remove', 'queue-remove'],
  ['queue-move', 'queue-order'],
  ['queue-shuffle', 'queue-order'],
  ['queue-restore', 'queue-add'],
  ['edit-item', 'queue-order'],
  ['play-now', 'play-now'],
  ['vote', 'queue-vote'],
  ['say', 'chat'],
  ['configure', 'configure'],
  ['set-permissions', 'set-permissions'],
  ['set-role', 'promote'],
  ['kick', 'kick'],
  ['rename', undefined],
  ['suspend', undefined],
  ['resume', undefined],
  ['leave', undefined],
])

export function canAsk(room: PublicRoom, self: MemberId): ReadonlySet<RoomCommand['type']> {
  const can = new Set<RoomCommand['type']>()
  for (const [type, permission] of NEEDS) if (permission === undefined || may(room, self, permission)) can.add(type)
  if (room.settings.skipShare > 0) can.delete('skip')
  else can.delete('vote-skip')
  if (room.queue.previous.length === 0) can.delete('queue-restore')
  return can
}

export function speak(inside: Inside, command: RoomCommand, nowMs: number): Spoken {
  const { room, self = '' } = inside
  if (!canAsk(room, self).has(command.type)) return no(forbids(room, self, command)?.code ?? 'not-allowed')
  switch (command.type) {
    case 'play':
      return play(room, command.positionSec, nowMs)
    case 'pause':
      if (!latestLine(room.timeline).playing) return NOTHING_TO_SAY
      return byEvent({ type: REQUEST.playback, state: false })
    case 'seek':
      return isPosition(command.positionSec)
        ? byEvent({ type: REQUEST.seek, value: command.positionSec })
        : no('out-of-range')
    case 'set-rate':
      if (!(command.rate > 0 && command.rate <= 16)) return no('out-of-range')
      if (latestLine(room.timeline).rate === command.rate) return NOTHING_TO_SAY
      return bySync({ type: REQUEST.playbackSpeed, speed: command.rate }, 'playbackSpeed')
    case 'set-media':
      return playNow(inside, command.media)
    case 'skip':
      if (!room.media) return no('nothing-to-skip')
      return command.itemId !== undefined && command.itemId !== room.media.id
        ? no('no-such-item')
        : byEvent({ type: REQUEST.skip })
    case 'vote-skip':
      if (!room.media) return no('nothing-to-skip')
      if (room.skipVotes.includes(self) === command.wants) return NOTHING_TO_SAY
      return bySync({ type: REQUEST.skip }, 'votesToSkip', 'currentSource')
    case 'say':
      return command.text.trim() === ''
        ? no('bad-line')
        : say({ type: REQUEST.chat, text: command.text }, { by: 'chat' }, EVENT_MS)
    case 'configure':
      return configure(room, command.settings)
    case 'set-permissions': {
      const grants = withRow(inside.grants, command.role, room.permissions, command.permissions)
      return bySync({ type: REQUEST.applySettings, settings: { grants } }, 'grants')
    }
    case 'set-role':
      return setRole(room, command.memberId, command.role)
    case 'kick':
      if (!memberOf(room, command.memberId)) return no('no-such-member')
      return say(
        { type: REQUEST.kick, clientId: command.memberId },
        { by: 'gone', memberId: command.memberId },
        EVENT_MS,
      )
    case 'rename':
      return { kind: 'rename', name: command.name }
    case 'suspend':
      return {
        kind: 'status',
        status: command.reason === 'buffering' || command.reason === 'error' ? command.reason : 'none',
      }
    case 'resume':
      return { kind: 'status', status: 'ready' }
    case 'leave':
      return { kind: 'leave' }
    default:
      return speakOfQueue(inside, command)
  }
}

function speakOfQueue(inside: Inside, command: RoomCommand): Spoken {
  const { room } = inside
  switch (command.type) {
    case 'queue-add': {
      const videos = command.items.map(addedFrom)
      const known = videos.filter((video) => video !== undefined)
      if (known.length < videos.length) return no('not-allowed')
      // What is there already is refused in silence, and all that comes with it.
      const all = known.filter(({ service, id }) => !isThere(inside, service, id))
      const [first] = all
      if (!first) return no('already-queued')
      const request: Request =
        all.length === 1 ? { type: REQUEST.add, video: first } : { type: REQUEST.add, videos: all }
      return say(request, { by: 'event', type: REQUEST.add }, LOOKUP_MS)
    }
    case 'queue-remove':
      return about(inside, command.itemId, (video) => byEvent({ type: REQUEST.remove, video }))
    case 'queue-move': {
      const fromIdx = room.queue.items.findIndex(({ id }) => id === command.itemId)
      const toIdx = Math.min(room.queue.items.length - 1, Math.max(0, Math.round(command.toIndex)))
      if (fromIdx < 0) return no('no-such-item')
      return fromIdx === toIdx ? NOTHING_TO_SAY : bySync({ type: REQUEST.order, fromIdx, toIdx }, 'queue')
    }
    case 'queue-shuffle':
      // Nobody is told of it before the queue changes otherwise.
      return { kind: 'done', requests: [{ type: REQUEST.shuffle }] }
    case 'queue-restore':
      return bySync({ type: REQUEST.restoreQueue, ...(command.discard && { discard: true }) }, 'prevQueue', 'queue')
    case 'play-now':
      if (room.media?.id === command.itemId) return no('no-such-item')
      return about(inside, command.itemId, (video) =>
        say({ type: REQUEST.playNow, video }, { by: 'sync', keys: ['currentSource'] }, LOOKUP_MS),
      )
    case 'vote':
      if (command.vote === -1) return no('not-allowed')
      return about(inside, command.itemId, (video) =>
        bySync({ type: REQUEST.vote, video, add: command.vote === 1 }, 'voteCounts'),
      )
    case 'edit-item': {
      const { startAtSec, endAtSec } = command
      const update = {
        ...(startAtSec !== undefined && isPosition(startAtSec) && { startAt: startAtSec }),
        ...(endAtSec !== undefined && isPosition(endAtSec) && { endAt: endAtSec }),
      }
      if (Object.keys(update).length === 0) return no('not-allowed')
      return about(inside, command.itemId, (video) => byEvent({ type: REQUEST.updateItem, video, update }))
    }
    default:
      return no('not-allowed')
  }
}

/** Who presses play in a room that plays wants in, and nobody elsewhere; and a second play there is answered by no state. */
function play(room: PublicRoom, positionSec: number, nowMs: number): Spoken {
  if (!isPosition(positionSec)) return no('out-of-range')
  if (latestLine(room.timeline).playing) return NOTHING_TO_SAY
  const isFar = Math.abs(positionSec - positionAt(lineAt(room.timeline, nowMs), nowMs)) > FAR_SEC
  const begin: Request = { type: REQUEST.playback, state: true }
  return {
    kind: 'say',
    requests: isFar ? [{ type: REQUEST.seek, value: positionSec }, begin] : [begin],
    answer: { by: 'event', type: REQUEST.playback },
    patienceMs: EVENT_MS,
  }
}

function playNow({ current }: Inside, media: MediaWish): Spoken {
  const video = addedFrom(media)
  if (!video) return no('not-allowed')
  if (current?.service === video.service && current.id === video.id) return NOTHING_TO_SAY
  return say({ type: REQUEST.playNow, video }, { by: 'sync', keys: ['currentSource'] }, LOOKUP_MS)
}

function configure({ settings: now }: PublicRoom, { shown, listed, mode, skipShare, ...others }: SettingsWish): Spoken {
  if (Object.keys(others).length > 0 || mode === 'rotation' || shown?.welcome !== undefined) return no('not-allowed')
  const title = shown?.title?.replaceAll(/[\r\n]+/g, ' ')
  const settings: SettingsChange = {
    ...(title !== undefined && title !== now.shown.title && { title }),
    ...(shown?.description !== undefined &&
      shown.description !== now.shown.description && { description: shown.description }),
    ...(listed !== undefined && listed !== now.listed && { visibility: listed ? 'public' : 'unlisted' }),
    ...(mode !== undefined && mode !== now.mode && { queueMode: mode }),
    ...(skipShare !== undefined && skipShare > 0 !== now.skipShare > 0 && { enableVoteSkip: skipShare > 0 }),
  }
  const keys = Object.keys(settings)
  return keys.length === 0 ? NOTHING_TO_SAY : bySync({ type: REQUEST.applySettings, settings }, ...keys)
}

const ROLE_NUMBER: Readonly<Record<Exclude<Role, 'host'>, number>> = {
  guest: ROLE.guest,
  member: ROLE.trusted,
  moderator: ROLE.moderator,
}

function setRole(room: PublicRoom, memberId: MemberId, role: Role): Spoken {
  const member = memberOf(room, memberId)
  if (!member) return no('no-such-member')
  if (role === 'host') return no('not-allowed')
  if (member.role === role) return NOTHING_TO_SAY
  const request: Request = { type: REQUEST.promote, targetClientId: memberId, role: ROLE_NUMBER[role] }
  return say(request, { by: 'role', memberId }, SYNC_MS)
}

/** Is this what was waited for? */
export function isAnswer(answer: Answer, frame: ToClient, self: MemberId | undefined): boolean {
  switch (answer.by) {
    case 'event':
      return frame.action === 'event' && frame.user.id === self && frame.request.type === answer.type
    case 'sync':
      return frame.action === 'sync' && answer.keys.some((key) => frame[key as keyof typeof frame] !== undefined)
    case 'chat':
      return frame.action === 'chat' && frame.from.id === self
    case 'role':
      return frame.action === 'user' && frame.update.kind === 'update' && frame.update.value.id === answer.memberId
    case 'gone':
      return frame.action === 'user' && frame.update.kind === 'remove' && frame.update.value === answer.memberId
  }
}

function isThere({ current, queue }: Inside, service: string, id: string): boolean {
  return [...(current ? [current] : []), ...queue].some((video) => video.service === service && video.id === id)
}

/** Of the videos that wait, or the one that is played. */
function about({ room, queue, current }: Inside, itemId: string, then: (video: VideoId) => Spoken): Spoken {
  const index = room.queue.items.findIndex(({ id }) => id === itemId)
  const video: ForeignVideo | null | undefined = room.media?.id === itemId ? current : queue[index]
  return video ? then({ service: video.service as VideoId['service'], id: video.id }) : no('no-such-item')
}

function addedFrom({ content: { address }, startAtSec, endAtSec }: MediaWish): Added | undefined {
  const video = playableVideo(address)
  return (
    video && {
      ...video,
      ...(startAtSec !== undefined && isPosition(startAtSec) && { startAt: startAtSec }),
      ...(endAtSec !== undefined && isPosition(endAtSec) && { endAt: endAtSec }),
    }
  )
}

function isPosition(positionSec: number): boolean {
  return Number.isFinite(positionSec) && positionSec >= 0
}

const NOTHING_TO_SAY: Spoken = { kind: 'done', requests: [] }

function byEvent(request: Request): Spoken {
  return say(request, { by: 'event', type: request.type }, EVENT_MS)
}

function bySync(request: Request, ...keys: readonly string[]): Spoken {
  return say(request, { by: 'sync', keys }, SYNC_MS)
}

function say(request: Request, answer: Answer, patienceMs: number): Spoken {
  return { kind: 'say', requests: [request], answer, patienceMs }
}

function no(code: RefusalCode): Spoken {
  return { kind: 'no', code: refuse(code).code }
}

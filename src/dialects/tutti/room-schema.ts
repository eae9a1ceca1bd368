/**
 * The shapes of a room and of what happens in it as they cross our own wire. What they are made of is `room-parts.ts`.
 * The assertions at the end fail to compile when these shapes and the core's types part ways.
 */
import * as z from 'zod/mini'
import type { RoomEvent } from '../../core/room/event'
import { DEFAULT_PATIENCE } from '../../core/room/patience'
import { tableFor } from '../../core/room/role'
import { type PublicRoom, ROOM_LIMITS } from '../../core/room/room'
import {
  type Agree,
  act,
  between,
  booth,
  chatLine,
  control,
  id,
  ids,
  item,
  items,
  lengths,
  list,
  member,
  moment,
  muted,
  name,
  orElse,
  patience,
  permissions,
  played,
  queue,
  role,
  sentence,
  settings,
  suspension,
  text,
  timeline,
  waiting,
  whenHostLeaves,
  whole,
} from './room-parts'

export const epoch = text(64)
export const rev = whole
export const code = text(64)
export const askName = text(64)
export const memberId = id
export const nameWish = name
export const clockMs = moment
export const pathMs = between(0, 600_000)
/** Some signs that people see as one are many letters. */
export const reactionEmoji = z.string().check(z.minLength(1), z.maxLength(ROOM_LIMITS.emojiLength))

/** The wire's own arrays: what was read is nobody's to change, what is written here may be. */
const asTable = ({ guest, member: known, moderator }: ReturnType<typeof tableFor>) => ({
  guest: [...guest],
  member: [...known],
  moderator: [...moderator],
})
const closedWhy = z.enum(['empty', 'host-left'])
const history = list(played, 10 * ROOM_LIMITS.history)
const chat = list(chatLine, 10 * ROOM_LIMITS.lines)

export const publicRoom = z.object({
  id,
  number: whole,
  code,
  epoch,
  rev,
  whenHostLeaves,
  settings,
  permissions: orElse(permissions, () => asTable(tableFor('everyone'))),
  members: list(member, 1000),
  timeline,
  media: z.exactOptional(item),
  queue: orElse(queue, () => ({ items: [], previous: [] })),
  booth: orElse(booth, () => ({ waiting: [] })),
  skipVotes: orElse(ids, () => []),
  history: orElse(history, () => []),
  chat: orElse(chat, () => []),
  patience: orElse(patience, () => ({ ...DEFAULT_PATIENCE, reasons: [...DEFAULT_PATIENCE.reasons] })),
  patienceFullAtMs: z.exactOptional(moment),
  waiting: z.exactOptional(waiting),
  lastAct: z.exactOptional(act),
  emptySinceMs: z.exactOptional(moment),
  closed: z.exactOptional(z.object({ why: closedWhy })),
})

const atMs = moment
const itemId = id
const lineId = id

export const roomEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('room-created'), room: publicRoom }),
  z.object({ type: z.literal('member-joined'), member }),
  z.object({
    type: z.literal('member-left'),
    memberId,
    why: z.enum(['left', 'lost', 'kicked', 'banned']),
    atMs,
    reason: z.exactOptional(sentence),
  }),
  z.object({ type: z.literal('member-away'), memberId, atMs }),
  z.object({ type: z.literal('member-back'), memberId }),
  z.object({ type: z.literal('member-renamed'), memberId, name }),
  z.object({ type: z.literal('host-changed'), memberId }),
  z.object({ type: z.literal('control-changed'), control }),
  z.object({ type: z.literal('patience-changed'), patience }),
  z.object({ type: z.literal('media-changed'), media: z.exactOptional(item) }),
  z.object({ type: z.literal('timeline-changed'), timeline, act }),
  z.object({ type: z.literal('member-suspended'), memberId, suspension }),
  z.object({ type: z.literal('member-resumed'), memberId }),
  z.object({
    type: z.literal('waiting-changed'),
    waiting: z.exactOptional(waiting),
    notWaitedFor: z.exactOptional(z.object({ members: ids, untilMs: moment })),
    patienceFullAtMs: z.exactOptional(moment),
  }),
  z.object({ type: z.literal('room-closed'), why: closedWhy }),

  z.object({ type: z.literal('role-changed'), memberId, role }),
  z.object({ type: z.literal('permissions-changed'), permissions }),
  z.object({ type: z.literal('settings-changed'), settings }),
  z.object({ type: z.literal('password-changed'), locked: z.boolean() }),
  z.object({ type: z.literal('invites-revoked') }),
  z.object({ type: z.literal('mute-changed'), memberId, muted: z.exactOptional(muted) }),
  z.object({ type: z.literal('ban-lifted') }),

  z.object({ type: z.literal('queue-added'), items, index: whole }),
  z.object({ type: z.literal('queue-removed'), itemId }),
  z.object({ type: z.literal('queue-moved'), itemId, toIndex: whole }),
  z.object({ type: z.literal('queue-ordered'), itemIds: list(id, 2 * ROOM_LIMITS.items) }),
  z.object({ type: z.literal('queue-cleared') }),
  z.object({ type: z.literal('queue-restored') }),
  z.object({ type: z.literal('queue-forgotten') }),
  z.object({ type: z.literal('item-edited'), itemId, edit: z.object(lengths) }),
  z.object({ type: z.literal('item-voted'), itemId, memberId, vote: z.literal([1, 0, -1]) }),
  z.object({ type: z.literal('item-grabbed'), itemId, memberId }),
  z.object({ type: z.literal('item-played'), played }),
  z.object({ type: z.literal('skip-voted'), memberId, wants: z.boolean() }),
  z.object({ type: z.literal('booth-changed'), booth }),

  z.object({ type: z.literal('chat-said'), line: chatLine }),
  z.object({ type: z.literal('line-reacted'), lineId, memberId, emoji: text(64), on: z.boolean(), atMs }),
  z.object({ type: z.literal('line-deleted'), lineId }),
])

/** What `publicEvent` leaves of an event. */
type WithoutServerOnly<Event> = Event extends RoomEvent ? Omit<Event, 'serverOnly'> : never

true satisfies Agree<typeof publicRoom, PublicRoom>
true satisfies Agree<typeof roomEvent, WithoutServerOnly<RoomEvent>>

/**
 * The shapes of what can be asked over our own wire. Bounds as in `room-parts.ts`; what may be asked is the room's to say.
 * The assertions at the end fail to compile when these shapes and the core's types part ways.
 */
import * as z from 'zod/mini'
import type { CreateCommand, RoomCommand } from '../../core/room/command'
import { ROOM_LIMITS, SUSPENSION_REASONS } from '../../core/room/room'
import type { PlayerReport } from '../dialect'
import {
  type Agree,
  between,
  control,
  id,
  ids,
  lengths,
  list,
  mediaWish,
  name,
  patience,
  permissionRow,
  role,
  roomRate,
  seconds,
  sentence,
  settingsWish,
  suspensionReason,
  tableRole,
  text,
  whenHostLeaves,
} from './room-parts'

const rate = between(-1000, 1000)
const index = z.int().check(z.gte(0), z.lte(1_000_000))
const forMs = between(0, 1e13)
const reason = z.exactOptional(sentence)
const password = z.exactOptional(text(200))
const wishes = list(mediaWish, ROOM_LIMITS.itemsAtOnce)

export const roomCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('play'), positionSec: seconds }),
  z.object({ type: z.literal('pause'), positionSec: seconds }),
  z.object({ type: z.literal('seek'), positionSec: seconds }),
  z.object({ type: z.literal('set-rate'), rate }),
  z.object({ type: z.literal('set-control'), control }),
  z.object({ type: z.literal('set-patience'), patience }),
  z.object({ type: z.literal('set-media'), media: mediaWish }),
  z.object({ type: z.literal('rename'), name }),
  z.object({ type: z.literal('suspend'), reason: suspensionReason }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('leave') }),

  z.object({ type: z.literal('set-role'), memberId: id, role }),
  z.object({ type: z.literal('set-permissions'), role: tableRole, permissions: permissionRow }),
  z.object({ type: z.literal('configure'), settings: settingsWish }),
  z.object({ type: z.literal('set-password'), password }),
  z.object({ type: z.literal('revoke-invites') }),
  z.object({ type: z.literal('kick'), memberId: id, reason }),
  z.object({ type: z.literal('ban'), memberId: id, forMs: z.exactOptional(forMs), reason }),
  z.object({ type: z.literal('unban'), banId: id }),
  z.object({ type: z.literal('mute'), memberId: id, forMs: z.exactOptional(forMs), reason }),
  z.object({ type: z.literal('unmute'), memberId: id }),

  z.object({
    type: z.literal('queue-add'),
    items: wishes,
    first: z.exactOptional(z.boolean()),
    again: z.exactOptional(z.boolean()),
  }),
  z.object({ type: z.literal('queue-remove'), itemId: id }),
  z.object({ type: z.literal('queue-move'), itemId: id, toIndex: index }),
  z.object({ type: z.literal('queue-shuffle') }),
  z.object({ type: z.literal('queue-clear') }),
  z.object({ type: z.literal('queue-restore'), discard: z.exactOptional(z.boolean()) }),
  z.object({ type: z.literal('queue-undo') }),
  z.object({ type: z.literal('edit-item'), itemId: id, ...lengths }),
  z.object({ type: z.literal('play-now'), itemId: id }),
  z.object({ type: z.literal('skip'), itemId: z.exactOptional(id) }),
  z.object({ type: z.literal('media-ended'), itemId: id }),
  z.object({ type: z.literal('vote'), itemId: id, vote: z.literal([1, 0, -1]) }),
  z.object({ type: z.literal('vote-skip'), itemId: id, wants: z.boolean() }),
  z.object({ type: z.literal('grab'), itemId: id }),

  z.object({ type: z.literal('join-booth'), items: z.exactOptional(wishes) }),
  z.object({ type: z.literal('leave-booth') }),
  z.object({ type: z.literal('add-dj'), memberId: id }),
  z.object({ type: z.literal('remove-dj'), memberId: id }),
  z.object({ type: z.literal('move-dj'), memberId: id, toIndex: index }),

  z.object({
    type: z.literal('say'),
    text: text(4000),
    emote: z.exactOptional(z.boolean()),
    mentions: z.exactOptional(ids),
  }),
  z.object({ type: z.literal('react'), lineId: id, emoji: text(64), on: z.boolean() }),
  z.object({ type: z.literal('delete-line'), lineId: id }),
])

export const createCommand = z.object({
  type: z.literal('create'),
  control,
  whenHostLeaves,
  settings: z.exactOptional(settingsWish),
  permissions: z.exactOptional(
    z.object({
      guest: z.exactOptional(permissionRow),
      member: z.exactOptional(permissionRow),
      moderator: z.exactOptional(permissionRow),
    }),
  ),
  password,
  media: z.exactOptional(mediaWish),
  positionSec: between(0, ROOM_LIMITS.maxPositionSec),
  rate: roomRate,
  playing: z.boolean(),
})

export const playerReport = z.object({
  positionSec: seconds,
  skewMs: z.exactOptional(between(-1e12, 1e12)),
  state: z.enum(['playing', 'paused', ...SUSPENSION_REASONS]),
})

true satisfies Agree<typeof roomCommand, RoomCommand>
true satisfies Agree<typeof createCommand, CreateCommand>
true satisfies Agree<typeof playerReport, PlayerReport>

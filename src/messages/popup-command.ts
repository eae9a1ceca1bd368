/**
 * What the popup may ask of the room as it stands: commands of core that need nothing but what the person chose.
 * Those that need what only the background knows (the page's address, where the timeline is) are messages of their own.
 * Bounds keep what is absurd outside; what is allowed is the room's to say.
 */
import * as z from 'zod/mini'
import type { RoomCommand } from '../core/room/command'
import { PERMISSIONS, ROLES, TABLE_ROLES } from '../core/room/role'
import { ROOM_LIMITS } from '../core/room/room'
import { MODES } from '../core/room/settings'

const text = (most: number) => z.string().check(z.maxLength(most))
const id = text(100)
const memberId = id
const itemId = id
const index = z.int().check(z.gte(0), z.lte(ROOM_LIMITS.items))
const reason = z.exactOptional(text(ROOM_LIMITS.reasonLength))
const forMs = z.exactOptional(z.number().check(z.gt(0), z.lte(1e12)))

const wish = z.object({
  content: z.object({ address: text(ROOM_LIMITS.addressLength), title: text(ROOM_LIMITS.titleLength) }),
})
const wishes = z.array(wish).check(z.maxLength(ROOM_LIMITS.itemsAtOnce))

const settings = z.object({
  capacity: z.exactOptional(z.int().check(z.gte(1), z.lte(ROOM_LIMITS.members))),
  guests: z.exactOptional(z.boolean()),
  chat: z.exactOptional(z.boolean()),
  listed: z.exactOptional(z.boolean()),
  temporary: z.exactOptional(z.boolean()),
  mode: z.exactOptional(z.enum(MODES)),
  cycle: z.exactOptional(z.boolean()),
  djsLocked: z.exactOptional(z.boolean()),
  skipShare: z.exactOptional(z.number().check(z.gte(0), z.lte(1))),
  shown: z.exactOptional(
    z.object({
      title: z.exactOptional(text(ROOM_LIMITS.titleOfRoom)),
      description: z.exactOptional(text(ROOM_LIMITS.descriptionLength)),
      welcome: z.exactOptional(text(ROOM_LIMITS.welcomeLength)),
    }),
  ),
})

export const PASSWORD_LENGTH = 200

export const popupCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('queue-add'), items: wishes, first: z.exactOptional(z.boolean()) }),
  z.object({ type: z.literal('queue-remove'), itemId }),
  z.object({ type: z.literal('queue-move'), itemId, toIndex: index }),
  z.object({ type: z.literal('queue-shuffle') }),
  z.object({ type: z.literal('queue-clear') }),
  z.object({ type: z.literal('queue-restore') }),
  z.object({ type: z.literal('queue-undo') }),
  z.object({ type: z.literal('play-now'), itemId }),
  z.object({ type: z.literal('skip'), itemId }),
  z.object({ type: z.literal('vote'), itemId, vote: z.literal([1, 0, -1]) }),
  z.object({ type: z.literal('vote-skip'), itemId, wants: z.boolean() }),
  z.object({ type: z.literal('grab'), itemId }),

  z.object({ type: z.literal('join-booth'), items: z.exactOptional(wishes) }),
  z.object({ type: z.literal('leave-booth') }),
  z.object({ type: z.literal('add-dj'), memberId }),
  z.object({ type: z.literal('remove-dj'), memberId }),
  z.object({ type: z.literal('move-dj'), memberId, toIndex: index }),

  z.object({ type: z.literal('react'), lineId: id, emoji: text(ROOM_LIMITS.emojiLength), on: z.boolean() }),
  z.object({ type: z.literal('delete-line'), lineId: id }),

  z.object({ type: z.literal('set-role'), memberId, role: z.enum(ROLES) }),
  z.object({
    type: z.literal('set-permissions'),
    role: z.enum(TABLE_ROLES),
    permissions: z.array(z.enum(PERMISSIONS)),
  }),
  z.object({ type: z.literal('configure'), settings }),
  /** Without one the room is open. */
  z.object({ type: z.literal('set-password'), password: z.exactOptional(text(PASSWORD_LENGTH)) }),
  z.object({ type: z.literal('revoke-invites') }),
  z.object({ type: z.literal('kick'), memberId, reason }),
  z.object({ type: z.literal('ban'), memberId, forMs, reason }),
  z.object({ type: z.literal('unban'), banId: id }),
  z.object({ type: z.literal('mute'), memberId, forMs, reason }),
  z.object({ type: z.literal('unmute'), memberId }),
])
export type PopupCommand = z.infer<typeof popupCommand>

// What the popup asks is a command of core, word for word.
true satisfies PopupCommand extends RoomCommand ? true : never

/** Everything the popup may ask of the background, over the port `POPUP_PORT`. */
import * as z from 'zod/mini'
import { PATIENCE_BOUNDS } from '../core/room/patience'
import { ROOM_LIMITS, WAITABLE_REASONS } from '../core/room/room'

export const POPUP_PORT = 'popup'

/** The most that the popup's fields take, in letters. */
export const FIELD_LENGTHS = { name: ROOM_LIMITS.nameLength, joinText: 2000, server: 500 } as const

const name = z.string().check(z.maxLength(FIELD_LENGTHS.name))

export const popupToBackground = z.discriminatedUnion('type', [
  /** The popup opened over this tab: look for a video there. Said first. */
  z.object({ type: z.literal('look'), tabId: z.number() }),
  z.object({ type: z.literal('start-room'), name }),
  /** A code or an invite link, as pasted. */
  z.object({ type: z.literal('join-room'), text: z.string().check(z.maxLength(FIELD_LENGTHS.joinText)), name }),
  z.object({ type: z.literal('leave') }),
  /** Stop trying to connect. */
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('dismiss-problem') }),
  z.object({ type: z.literal('rename'), name }),
  z.object({ type: z.literal('set-control'), control: z.enum(['host', 'everyone']) }),
  z.object({
    type: z.literal('set-patience'),
    patience: z.object({
      mostSec: z.number().check(z.gte(PATIENCE_BOUNDS.leastSec), z.lte(PATIENCE_BOUNDS.mostSec)),
      reasons: z.array(z.enum(WAITABLE_REASONS)),
    }),
  }),
  z.object({ type: z.literal('set-server'), server: z.string().check(z.maxLength(FIELD_LENGTHS.server)) }),
  z.object({ type: z.literal('play') }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('skip'), bySec: z.number().check(z.gte(-3600), z.lte(3600)) }),
  /** The person hears their own player early or late: move it a step, on this device only. */
  z.object({ type: z.literal('nudge'), heard: z.enum(['early', 'late']) }),
  z.object({ type: z.literal('reset-nudge') }),
  /** Hold this tab's video on the room's timeline instead of the other tab's. */
  z.object({ type: z.literal('drive-here') }),
  /** Said right after `permissions.request` for the page's origin was answered in the popup. */
  z.object({ type: z.literal('site-asked') }),
])
export type PopupToBackground = z.infer<typeof popupToBackground>

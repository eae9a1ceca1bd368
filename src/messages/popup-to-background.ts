/** Everything the popup may ask of the background, over the port `POPUP_PORT`. */
import * as z from 'zod/mini'
import { PERSON_LIMITS } from '../core/person/person-limits'
import { PATIENCE_BOUNDS } from '../core/room/patience'
import { ROOM_LIMITS, WAITABLE_REASONS } from '../core/room/room'
import { foreignWish } from './foreign-wish'
import { personCommand } from './person-command'
import { SECTIONS } from './person-view'
import { PASSWORD_LENGTH, popupCommand } from './popup-command'

export const POPUP_PORT = 'popup'

/** The most that the popup's fields take, in letters. */
export const FIELD_LENGTHS = {
  name: ROOM_LIMITS.nameLength,
  joinText: 2000,
  server: 500,
  key: 5000,
  typed: 2000,
  alias: 64,
} as const

const name = z.string().check(z.maxLength(FIELD_LENGTHS.name))
const alias = z.string().check(z.maxLength(FIELD_LENGTHS.alias))
const id = z.string().check(z.maxLength(100))

export const popupToBackground = z.discriminatedUnion('type', [
  /** The popup opened over this tab: look for a video there. Said first. */
  z.object({ type: z.literal('look'), tabId: z.number() }),
  z.object({ type: z.literal('start-room'), name }),
  /** A code or an invite link, as pasted. */
  z.object({
    type: z.literal('join-room'),
    text: z.string().check(z.maxLength(FIELD_LENGTHS.joinText)),
    name,
    /** What was typed at a door that asks for one. */
    password: z.exactOptional(z.string().check(z.maxLength(PASSWORD_LENGTH))),
  }),
  /** Into a room of another system. `needsSite`: leave for that site is asked for on the same click, and `site-asked` follows. */
  z.object({ type: z.literal('join-foreign'), wish: foreignWish, needsSite: z.boolean() }),
  /** Into any room of the server in use that is open to everybody. */
  z.object({ type: z.literal('join-any'), name }),
  /** Which rooms does the server in use list? */
  z.object({ type: z.literal('find-rooms') }),
  /** Be the person again that another browser showed the key of. From outside only. */
  z.object({ type: z.literal('use-key'), key: z.string().check(z.maxLength(FIELD_LENGTHS.key)) }),
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
  z.object({ type: z.literal('command'), command: popupCommand }),
  /** As typed into the chat: a line, or a command with a slash. */
  z.object({ type: z.literal('say'), text: z.string().check(z.maxLength(FIELD_LENGTHS.typed)) }),
  /** To be said again every 3 s while it is so. */
  z.object({ type: z.literal('typing'), isTyping: z.boolean() }),
  /** What stands in the chat now has been seen. */
  z.object({ type: z.literal('chat-seen') }),
  /** Holds a sign up for a moment. */
  z.object({
    type: z.literal('show-reaction'),
    emoji: z.string().check(z.minLength(1), z.maxLength(ROOM_LIMITS.emojiLength)),
  }),
  /** A line for one member, or for all moderators. */
  z.object({ type: z.literal('write-to'), to: id, text: z.string().check(z.maxLength(FIELD_LENGTHS.typed)) }),
  /** This tab's video into the queue. */
  z.object({ type: z.literal('add-page'), first: z.exactOptional(z.boolean()) }),
  /** This tab's video is what the room plays from now on. */
  z.object({ type: z.literal('play-page') }),
  /** Joins the line of DJs with this tab's video as the first item. */
  z.object({ type: z.literal('join-booth-with-page') }),
  /** Opens the page of what is current in the driven tab, or here if none is driven. */
  z.object({ type: z.literal('go-there') }),
  /** The driven tab is led to what becomes current, or stays where it is. */
  z.object({ type: z.literal('go-along'), on: z.boolean() }),
  z.object({
    type: z.literal('make-invite'),
    role: z.enum(['guest', 'member']),
    forMs: z.number().check(z.gte(0), z.lte(1e12)),
  }),
  z.object({ type: z.literal('list-bans') }),
  z.object({ type: z.literal('list-aliases') }),
  z.object({ type: z.literal('claim-alias'), alias }),
  z.object({ type: z.literal('release-alias'), alias }),
  /** The page of one's own person, at this part of it. */
  z.object({ type: z.literal('open-you'), section: z.enum(SECTIONS) }),
  /** Something of one's own person. */
  z.object({ type: z.literal('person-command'), command: personCommand }),
  /** Into the room that this friend is in, out of the one that one is in. */
  z.object({ type: z.literal('join-friend'), personId: id }),
  /** All of a playlist into the queue. */
  z.object({ type: z.literal('queue-playlist'), playlistId: id }),
  /** What waits in the queue as a new playlist. */
  z.object({ type: z.literal('save-queue'), name: z.string().check(z.maxLength(PERSON_LIMITS.playlistNameLength)) }),
  /** Said right after `permissions.request` for the page's origin was answered in the popup. */
  z.object({ type: z.literal('site-asked') }),
])
export type PopupToBackground = z.infer<typeof popupToBackground>

/**
 * The parts that rooms, commands and events on our own wire are made of, each with bounds.
 * The bounds keep out what is absurd; what a room allows is `decide`'s to say, so that a refusal can name the reason.
 * What a peer of an earlier day does not send is as it is in a new room.
 */
import * as z from 'zod/mini'
import { LINE_KINDS } from '../../core/room/chat-line'
import { PERMISSIONS, ROLES, TABLE_ROLES } from '../../core/room/role'
import { ROOM_LIMITS, SUSPENSION_REASONS, WAITABLE_REASONS } from '../../core/room/room'
import { DEFAULT_SETTINGS, MODES } from '../../core/room/settings'

export const between = (least: number, most: number) => z.number().check(z.gte(least), z.lte(most))
export const whole = z.int().check(z.gte(0))
export const text = (longest: number) => z.string().check(z.maxLength(longest))
export const list = <Item extends z.ZodMiniType>(item: Item, longest: number) =>
  z.array(item).check(z.maxLength(longest))

/** For what a peer of an earlier day does not send. */
// oxlint-disable-next-line eslint/no-underscore-dangle -- the package's own name for it
export const orElse = z._default

export const seconds = between(-1e9, 1e9)
export const moment = between(-1e15, 1e15)
export const roomRate = between(ROOM_LIMITS.minRate, ROOM_LIMITS.maxRate)
export const name = text(200)
/** No underscore: no id can be the name of something that every object has from birth, like `__proto__`. */
export const id = z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/))
export const ids = list(id, 1000)
export const sentence = text(1000)

/** `decide` does not look into content and creates a room as asked, so here the room's own limits count. */
const content = z.object({
  address: text(ROOM_LIMITS.addressLength),
  title: text(ROOM_LIMITS.titleLength),
  author: z.exactOptional(text(ROOM_LIMITS.authorLength)),
  image: z.exactOptional(text(ROOM_LIMITS.imageLength)),
})
const mediaSec = between(0, ROOM_LIMITS.maxPositionSec)
export const lengths = {
  durationSec: z.exactOptional(mediaSec),
  startAtSec: z.exactOptional(mediaSec),
  endAtSec: z.exactOptional(mediaSec),
}
export const mediaWish = z.object({ ...lengths, content })

export const item = z.object({
  id,
  number: orElse(whole, 0),
  ...lengths,
  addedBy: z.exactOptional(id),
  queued: z.exactOptional(z.literal(true)),
  sinceMs: z.exactOptional(moment),
  up: orElse(ids, () => []),
  down: orElse(ids, () => []),
  grabs: orElse(ids, () => []),
  content,
})
export const items = list(item, 2 * ROOM_LIMITS.items)
export const queue = z.object({ items, previous: items })
export const booth = z.object({ playing: z.exactOptional(id), waiting: ids })
export const played = z.object({
  itemId: id,
  number: whole,
  durationSec: z.exactOptional(mediaSec),
  addedBy: z.exactOptional(id),
  sinceMs: moment,
  endedAtMs: moment,
  skipped: z.boolean(),
  score: z.object({ up: whole, down: whole, grabs: whole, listeners: whole }),
  content,
})

export const control = z.enum(['host', 'everyone'])
export const whenHostLeaves = z.enum(['pass', 'close'])
export const suspensionReason = z.enum(SUSPENSION_REASONS)
export const role = z.enum(ROLES)
export const tableRole = z.enum(TABLE_ROLES)
export const permissionRow = list(z.enum(PERMISSIONS), 100)
export const permissions = z.object({ guest: permissionRow, member: permissionRow, moderator: permissionRow })

const settingsShape = {
  capacity: z.int(),
  guests: z.boolean(),
  chat: z.boolean(),
  listed: z.boolean(),
  temporary: z.boolean(),
  mode: z.enum(MODES),
  cycle: z.boolean(),
  djsLocked: z.boolean(),
  skipShare: between(-1000, 1000),
}
const shownShape = { title: sentence, description: text(4000), welcome: text(4000) }
const shown = z.object(shownShape)
export const settings = orElse(z.object({ ...settingsShape, locked: z.boolean(), shown }), DEFAULT_SETTINGS)
export const settingsWish = z.object({
  capacity: z.exactOptional(settingsShape.capacity),
  guests: z.exactOptional(settingsShape.guests),
  chat: z.exactOptional(settingsShape.chat),
  listed: z.exactOptional(settingsShape.listed),
  temporary: z.exactOptional(settingsShape.temporary),
  mode: z.exactOptional(settingsShape.mode),
  cycle: z.exactOptional(settingsShape.cycle),
  djsLocked: z.exactOptional(settingsShape.djsLocked),
  skipShare: z.exactOptional(settingsShape.skipShare),
  shown: z.exactOptional(
    z.object({
      title: z.exactOptional(shownShape.title),
      description: z.exactOptional(shownShape.description),
      welcome: z.exactOptional(shownShape.welcome),
    }),
  ),
})

const notice = z.object({
  what: z.enum(['kicked', 'banned', 'muted', 'unmuted']),
  name,
  byName: z.exactOptional(name),
  untilMs: z.exactOptional(moment),
  reason: z.exactOptional(sentence),
})
export const chatLine = z.object({
  id,
  number: whole,
  kind: z.enum(LINE_KINDS),
  memberId: z.exactOptional(id),
  atMs: moment,
  mentions: ids,
  reactions: list(z.object({ emoji: text(64), by: ids }), 200),
  deleted: z.exactOptional(z.literal(true)),
  content: z.object({ text: text(4000), name: z.exactOptional(name), notice: z.exactOptional(notice) }),
})

/** Players are driven by lines as they come, so here the room's own limits count, too. */
const line = z.object({ positionSec: seconds, rate: roomRate, playing: z.boolean(), atMs: moment })
export const timeline = z.object({ current: line, next: z.exactOptional(line) })
export const suspension = z.object({ reason: suspensionReason, sinceMs: moment })
export const waiting = z.object({ for: ids, sinceMs: moment, untilMs: moment })
export const patience = z.object({ mostSec: between(-1000, 1000), reasons: list(z.enum(WAITABLE_REASONS), 16) })
export const muted = z.object({ untilMs: z.exactOptional(moment) })

export const member = z.object({
  id,
  number: whole,
  role,
  bot: z.exactOptional(z.literal(true)),
  presence: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('connected') }),
    z.object({ kind: z.literal('away'), sinceMs: moment }),
  ]),
  suspension: z.exactOptional(suspension),
  notWaitedForUntilMs: z.exactOptional(moment),
  muted: z.exactOptional(muted),
  dialect: text(64),
  shown: z.object({ name }),
})

export const act = z.object({
  kind: z.enum(['play', 'pause', 'seek', 'set-rate', 'wait', 'go-on', 'set-media']),
  memberId: z.exactOptional(id),
  without: z.exactOptional(ids),
  atMs: moment,
  fromSec: seconds,
  toSec: seconds,
})

/** What was read is nobody's to change. */
export type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- two conditional types are one only if all is the same, optional fields too
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Do a shape and a type of the core say the same? */
export type Agree<Schema extends z.ZodMiniType, Core> = Same<Frozen<z.infer<Schema>>, Frozen<Core>>

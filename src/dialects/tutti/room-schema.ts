/**
 * The shapes of room, commands and events as they cross our own wire, each with bounds.
 * The bounds keep out what is absurd; what a room allows is `decide`'s to say, so that a refusal can name the reason.
 * The assertions at the end fail to compile when these shapes and the core's types part ways.
 */
import * as z from 'zod/mini'
import type { CreateCommand, RoomCommand } from '../../core/room/command'
import type { RoomEvent } from '../../core/room/event'
import { type PublicRoom, ROOM_LIMITS, SUSPENSION_REASONS } from '../../core/room/room'
import type { PlayerReport } from '../dialect'

const between = (least: number, most: number) => z.number().check(z.gte(least), z.lte(most))
const whole = z.int().check(z.gte(0))
const text = (longest: number) => z.string().check(z.maxLength(longest))

const seconds = between(-1e9, 1e9)
const moment = between(-1e15, 1e15)
const rate = between(-1000, 1000)
const roomRate = between(ROOM_LIMITS.minRate, ROOM_LIMITS.maxRate)
const name = text(200)
/** No underscore: no id can be the name of something that every object has from birth, like `__proto__`. */
const id = z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/))
const ids = z.array(id).check(z.maxLength(1000))

export const epoch = text(64)
export const rev = whole
export const code = text(64)
export const askName = text(64)
export const memberId = id
export const nameWish = name
export const clockMs = moment
export const pathMs = between(0, 600_000)
/** Some signs that people see as one are many letters. */
export const reactionEmoji = z.string().check(z.minLength(1), z.maxLength(32))

/** `decide` does not look into content and creates a room as asked, so here the room's own limits count. */
const content = z.object({ address: text(ROOM_LIMITS.addressLength), title: text(ROOM_LIMITS.titleLength) })
const durationSec = between(0, ROOM_LIMITS.maxPositionSec)
const mediaWish = z.object({ durationSec: z.exactOptional(durationSec), content })
const control = z.enum(['host', 'everyone'])
const whenHostLeaves = z.enum(['pass', 'close'])
const reason = z.enum(SUSPENSION_REASONS)

export const roomCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('play'), positionSec: seconds }),
  z.object({ type: z.literal('pause'), positionSec: seconds }),
  z.object({ type: z.literal('seek'), positionSec: seconds }),
  z.object({ type: z.literal('set-rate'), rate }),
  z.object({ type: z.literal('set-control'), control }),
  z.object({ type: z.literal('set-media'), media: mediaWish }),
  z.object({ type: z.literal('rename'), name }),
  z.object({ type: z.literal('suspend'), reason }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('leave') }),
])

export const createCommand = z.object({
  type: z.literal('create'),
  control,
  whenHostLeaves,
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

/** Players are driven by lines as they come, so here the room's own limits count, too. */
const line = z.object({ positionSec: seconds, rate: roomRate, playing: z.boolean(), atMs: moment })
const timeline = z.object({ current: line, next: z.exactOptional(line) })
const suspension = z.object({ reason, sinceMs: moment })
const media = z.object({ id, durationSec: z.exactOptional(durationSec), content })
const waiting = z.object({ for: ids, sinceMs: moment, untilMs: moment })
const closedWhy = z.enum(['empty', 'host-left'])

const member = z.object({
  id,
  number: whole,
  role: z.enum(['host', 'member']),
  presence: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('connected') }),
    z.object({ kind: z.literal('away'), sinceMs: moment }),
  ]),
  suspension: z.exactOptional(suspension),
  notWaitedForUntilMs: z.exactOptional(moment),
  dialect: text(64),
  shown: z.object({ name }),
})

const act = z.object({
  kind: z.enum(['play', 'pause', 'seek', 'set-rate', 'wait', 'go-on', 'set-media']),
  memberId: z.exactOptional(id),
  atMs: moment,
  fromSec: seconds,
  toSec: seconds,
})

export const publicRoom = z.object({
  id,
  number: whole,
  code,
  epoch,
  rev,
  control,
  whenHostLeaves,
  members: z.array(member).check(z.maxLength(1000)),
  timeline,
  media: z.exactOptional(media),
  waiting: z.exactOptional(waiting),
  lastAct: z.exactOptional(act),
  emptySinceMs: z.exactOptional(moment),
  closed: z.exactOptional(z.object({ why: closedWhy })),
})

export const roomEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('room-created'), room: publicRoom }),
  z.object({ type: z.literal('member-joined'), member }),
  z.object({ type: z.literal('member-left'), memberId: id, why: z.enum(['left', 'lost']), atMs: moment }),
  z.object({ type: z.literal('member-away'), memberId: id, atMs: moment }),
  z.object({ type: z.literal('member-back'), memberId: id }),
  z.object({ type: z.literal('member-renamed'), memberId: id, name }),
  z.object({ type: z.literal('host-changed'), memberId: id }),
  z.object({ type: z.literal('control-changed'), control }),
  z.object({ type: z.literal('media-changed'), media }),
  z.object({ type: z.literal('timeline-changed'), timeline, act }),
  z.object({ type: z.literal('member-suspended'), memberId: id, suspension }),
  z.object({ type: z.literal('member-resumed'), memberId: id }),
  z.object({
    type: z.literal('waiting-changed'),
    waiting: z.exactOptional(waiting),
    notWaitedFor: z.exactOptional(z.object({ members: ids, untilMs: moment })),
  }),
  z.object({ type: z.literal('room-closed'), why: closedWhy }),
])

/** What was read is nobody's to change. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- two conditional types are one only if all is the same, optional fields too
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** What `publicEvent` leaves of an event. */
type WithoutServerOnly<Event> = Event extends RoomEvent ? Omit<Event, 'serverOnly'> : never

type Agree<Schema extends z.ZodMiniType, Core> = Same<Frozen<z.infer<Schema>>, Frozen<Core>>

true satisfies Agree<typeof roomCommand, RoomCommand>
true satisfies Agree<typeof createCommand, CreateCommand>
true satisfies Agree<typeof playerReport, PlayerReport>
true satisfies Agree<typeof publicRoom, PublicRoom>
true satisfies Agree<typeof roomEvent, WithoutServerOnly<RoomEvent>>

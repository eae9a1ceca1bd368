/**
 * What clients of this wire send: bounded shapes, strict about what harms (positions, addresses), tolerant of the odd types that living
 * clients use (numbers for a status). What can't be read is a value: broken (no JSON at all) or meaningless (left alone, as that system does).
 */
import * as z from 'zod/mini'
import { ROOM_LIMITS } from '../../core/room/room-limits'
import type { Frame } from '../dialect'
import { readJson } from '../read-json'
import { QUEUE_MODES, REQUEST, SERVICES, STATUSES, type Status } from './wire'

/** An addition of many videos, or the event that is to be undone. */
export const MAX_BYTES_TO_SERVER = 64 * 1024
const MAX_TEXT = 10_000

/** What is odd is left out, and costs nothing else. */
function lenient<Value>(schema: z.ZodMiniType<Value>) {
  return z.optional(
    z.pipe(
      z.unknown(),
      z.transform((value): Value | undefined => schema.safeParse(value).data),
    ),
  )
}

const text = (most: number) => z.string().check(z.maxLength(most))
const positionSec = z.number().check(z.gte(0), z.lte(ROOM_LIMITS.maxPositionSec))
const index = z.int().check(z.gte(0), z.lte(ROOM_LIMITS.items))
const clientId = text(64)

const status = z.union([
  z.enum(STATUSES),
  z.pipe(
    z.int().check(z.gte(0), z.lt(STATUSES.length)),
    z.transform((number): Status => STATUSES[number] ?? 'none'),
  ),
])

const videoId = z.object({ service: z.enum(SERVICES), id: text(ROOM_LIMITS.addressLength).check(z.minLength(1)) })
/** Clients that have looked a video up send what they know of it, too; what of that is odd is left out. */
const videoAdd = z.object({
  ...videoId.shape,
  title: lenient(text(MAX_TEXT)),
  length: lenient(positionSec),
  thumbnail: lenient(text(ROOM_LIMITS.imageLength)),
  startAt: lenient(positionSec),
  endAt: lenient(positionSec),
})
export type VideoId = z.infer<typeof videoId>
export type VideoAdd = z.infer<typeof videoAdd>

const videos = z.array(videoAdd).check(z.minLength(1), z.maxLength(ROOM_LIMITS.itemsAtOnce))
const add = {
  video: z.optional(videoAdd),
  videos: z.optional(videos),
  url: z.optional(text(ROOM_LIMITS.addressLength)),
}
const info = z.object({
  id: z.optional(clientId),
  username: lenient(text(48)),
  status: lenient(status),
})

/** Which part of the members a mask is for, and what they may, as bits. */
const grants = z.array(z.tuple([z.int(), z.int().check(z.gte(0), z.lt(2 ** 31))])).check(z.maxLength(16))
export type Grants = readonly (readonly [number, number])[]

const settingsShape = {
  title: z.optional(z.string().check(z.maxLength(ROOM_LIMITS.titleOfRoom), z.regex(/^[^\r\n]*$/))),
  description: z.optional(text(ROOM_LIMITS.descriptionLength)),
  visibility: z.optional(z.enum(['public', 'unlisted', 'private'])),
  queueMode: z.optional(z.enum(QUEUE_MODES)),
  grants: z.optional(grants),
  autoSkipSegmentCategories: z.optional(z.array(text(64)).check(z.maxLength(32))),
  restoreQueueBehavior: z.optional(z.int()),
  enableVoteSkip: z.optional(z.boolean()),
}
const settings = z.object(settingsShape)
export type SettingsChange = z.infer<typeof settings>

const itemUpdate = z.object({
  subtitleUrl: z.optional(text(ROOM_LIMITS.addressLength)),
  startAt: z.optional(positionSec),
  endAt: z.optional(positionSec),
})

const undone = z.object({
  request: z.object({ type: z.int() }),
  additional: lenient(
    z.object({ prevPosition: lenient(positionSec), queueIdx: lenient(index), video: lenient(videoAdd) }),
  ),
})

const request = z.discriminatedUnion('type', [
  z.object({ type: z.literal(REQUEST.join), info: z.optional(info) }),
  z.object({ type: z.literal(REQUEST.leave) }),
  z.object({ type: z.literal(REQUEST.playback), state: z.boolean() }),
  z.object({ type: z.literal(REQUEST.skip) }),
  z.object({ type: z.literal(REQUEST.seek), value: positionSec }),
  z.object({ type: z.literal(REQUEST.add), ...add }),
  z.object({ type: z.literal(REQUEST.remove), video: videoId }),
  z.object({ type: z.literal(REQUEST.order), fromIdx: index, toIdx: index }),
  z.object({ type: z.literal(REQUEST.vote), video: videoId, add: z.boolean() }),
  z.object({ type: z.literal(REQUEST.promote), targetClientId: clientId, role: z.int() }),
  z.object({ type: z.literal(REQUEST.updateUser), info }),
  z.object({ type: z.literal(REQUEST.chat), text: text(MAX_TEXT) }),
  z.object({ type: z.literal(REQUEST.undo), event: undone }),
  z.object({ type: z.literal(REQUEST.applySettings), settings }),
  z.object({ type: z.literal(REQUEST.playNow), video: videoAdd }),
  z.object({ type: z.literal(REQUEST.shuffle) }),
  z.object({
    type: z.literal(REQUEST.playbackSpeed),
    speed: z.number().check(z.gte(ROOM_LIMITS.minRate), z.lte(ROOM_LIMITS.maxRate)),
  }),
  z.object({ type: z.literal(REQUEST.restoreQueue), discard: z.optional(z.boolean()) }),
  z.object({ type: z.literal(REQUEST.kick), clientId }),
  z.object({ type: z.literal(REQUEST.updateItem), video: videoId, update: itemUpdate }),
])
export type RoomRequest = z.infer<typeof request>

const toServer = z.discriminatedUnion('action', [
  z.object({ action: z.literal('auth'), token: text(4096) }),
  z.object({ action: z.literal('status'), status }),
  z.object({ action: z.literal('req'), request }),
  z.object({ action: z.literal('kickme'), reason: lenient(z.int()) }),
  z.object({ action: z.literal('notify'), message: z.literal('usernameChanged') }),
])
export type ToServer = z.infer<typeof toServer>

export type ReadToServer =
  | { readonly kind: 'frame'; readonly frame: ToServer }
  | { readonly kind: 'meaningless' }
  | { readonly kind: 'broken' }

export function readToServer(frame: Frame): ReadToServer {
  const json = readJson(frame)
  if (!json) return { kind: 'broken' }
  const read = toServer.safeParse(json.value)
  return read.success ? { kind: 'frame', frame: read.data } : { kind: 'meaningless' }
}

// ------------------------------------------------------------------------------------------------ bodies of requests

export const createBody = z.object({
  name: z.string().check(z.minLength(3), z.maxLength(32), z.regex(/^[a-z0-9_-]+$/i)),
  title: settingsShape.title,
  description: settingsShape.description,
  isTemporary: z.optional(z.boolean()),
  visibility: settingsShape.visibility,
  queueMode: settingsShape.queueMode,
})
export type CreateBody = z.infer<typeof createBody>

/** Unknown keys are refused here, as that system does. */
export const patchBody = z.union([z.strictObject({ claim: z.literal(true) }), z.strictObject(settingsShape)])
/** An address, one video, or several. */
export const addBody = z.union([
  z.object({ url: text(ROOM_LIMITS.addressLength) }),
  z.object({ videos }),
  z.pipe(
    videoAdd,
    z.transform((video) => ({ video })),
  ),
])
export const videoBody = videoId
export const itemBody = z.object({ ...videoId.shape, ...itemUpdate.shape })
export const undoBody = z.object({ data: z.object({ event: undone }) })
export const userBody = z.object({ username: text(48).check(z.minLength(1)) })
export const accountBody = z.object({
  username: z.optional(text(48)),
  user: z.optional(text(200)),
  email: z.optional(text(200)),
  password: text(500),
})

/** What the background keeps: settings and memories for good, the way back to its seat and its tab while the browser runs. */
import * as z from 'zod/mini'
import type { Seat } from '../client/room-client'
import { NUDGE_MOST_MS } from '../core/follower/constants'
import { ROOM_LIMITS } from '../core/room/room'
import { learnedPlayers } from '../messages/learned'
import { rememberedSchema } from './remembered'

export const settingsSchema = z.object({ name: z.string().check(z.maxLength(ROOM_LIMITS.nameLength)), server: z.url() })
export type Settings = z.infer<typeof settingsSchema>

export const FIRST_SETTINGS: Settings = { name: '', server: 'http://127.0.0.1:4747' }

export const seatSchema: z.ZodMiniType<Seat> = z.object({
  // A seat of the day before there were others is of our own wire.
  dialect: z.pipe(
    z.optional(z.string()),
    z.transform((dialect) => dialect ?? 'tutti'),
  ),
  server: z.url(),
  code: z.string(),
  token: z.string(),
  memberId: z.string(),
  password: z.exactOptional(z.string()),
  invite: z.exactOptional(z.string()),
  seen: z.object({ epoch: z.string(), rev: z.number() }),
})

export const tabSchema = z.number()

/** How far the tab has been led after the room's film. Outlives the background: it may be stopped while the room goes on. */
export type Led = {
  readonly roomId: string
  /** What was current when this side looked last. */
  readonly address?: string
  /** What the tab showed when that became current: not it. */
  readonly before?: string
  /** The tab is on its way there, and has no player yet. */
  readonly underWay: boolean
  /** The person stays where they are. */
  readonly stays: boolean
}

export const ledSchema: z.ZodMiniType<Led> = z.object({
  roomId: z.string(),
  address: z.exactOptional(z.string()),
  before: z.exactOptional(z.string()),
  underWay: z.boolean(),
  stays: z.boolean(),
})

/** How far somebody has read the chat of a room. */
export const readSchema = z.object({ roomId: z.string(), number: z.number() })
export type ReadSoFar = z.infer<typeof readSchema>

/** Servers that somebody is known at. */
export const MOST_SERVERS = 50
export const keysSchema = rememberedSchema(z.string().check(z.maxLength(4096)), MOST_SERVERS)

/** More sites than anybody watches films on, and a few hundred kilobytes at most. */
export const MOST_SITES = 200
export const learnedSchema = rememberedSchema(learnedPlayers, MOST_SITES)

export const MOST_DEVICES = 50
export const nudgesSchema = rememberedSchema(
  z.number().check(z.gte(-NUDGE_MOST_MS), z.lte(NUDGE_MOST_MS)),
  MOST_DEVICES,
)

/** What the background keeps: settings for good, the way back to its seat and its tab while the browser runs. */
import * as z from 'zod/mini'
import type { Seat } from '../client/room-client'
import { ROOM_LIMITS } from '../core/room/room'

export const settingsSchema = z.object({ name: z.string().check(z.maxLength(ROOM_LIMITS.nameLength)), server: z.url() })
export type Settings = z.infer<typeof settingsSchema>

export const FIRST_SETTINGS: Settings = { name: '', server: 'http://127.0.0.1:4747' }

export const seatSchema: z.ZodMiniType<Seat> = z.object({
  server: z.url(),
  code: z.string(),
  token: z.string(),
  memberId: z.string(),
  seen: z.object({ epoch: z.string(), rev: z.number() }),
})

export const tabSchema = z.number()

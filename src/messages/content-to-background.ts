/** Everything a content script may say to the background, over the port `CONTENT_PORT`. */
import * as z from 'zod/mini'
import { ROOM_LIMITS, SUSPENSION_REASONS } from '../core/room/room'
import { learned, playerKind } from './learned'

export const CONTENT_PORT = 'content'

const seconds = z.number().check(z.gte(0), z.lte(ROOM_LIMITS.maxPositionSec))
/** What browsers play at all; a room allows less. */
export const PLAYER_RATES = { least: 0.0625, most: 16 } as const
const rate = z.number().check(z.gte(PLAYER_RATES.least), z.lte(PLAYER_RATES.most))

/** The most of a device's name that is told and kept. */
export const DEVICE_LENGTH = 200

/** The player that this frame offers. The background drives the frame with the highest score. */
const pagePlayer = z.object({
  title: z.string().check(z.maxLength(ROOM_LIMITS.titleLength)),
  /** Address of the top page as far as the frame knows it, without fragment and credentials. */
  address: z.string().check(z.maxLength(ROOM_LIMITS.addressLength)),
  durationSec: z.exactOptional(seconds),
  positionSec: seconds,
  rate,
  playing: z.boolean(),
  score: z.number().check(z.gte(0)),
})
export type PagePlayer = z.infer<typeof pagePlayer>

export const contentToBackground = z.discriminatedUnion('type', [
  /** What this frame has to play; said on connect and when it changes. */
  z.object({ type: z.literal('page'), player: z.nullable(pagePlayer) }),
  /** The person moved the player. The follower holds it until the room's answer. */
  z.object({
    type: z.literal('person-did'),
    command: z.discriminatedUnion('type', [
      z.object({ type: z.literal('play'), positionSec: seconds }),
      z.object({ type: z.literal('pause'), positionSec: seconds }),
      z.object({ type: z.literal('seek'), positionSec: seconds }),
      z.object({ type: z.literal('set-rate'), rate }),
    ]),
  }),
  z.object({ type: z.literal('suspended'), reason: z.enum(SUSPENSION_REASONS) }),
  z.object({ type: z.literal('resumed') }),
  /** The followed media has come to its end, and nothing else plays in its place. */
  z.object({ type: z.literal('ended') }),
  /** Once a second while following. */
  z.object({
    type: z.literal('report'),
    report: z.object({
      positionSec: seconds,
      skewMs: z.exactOptional(z.number().check(z.gte(-1e9), z.lte(1e9))),
      state: z.enum(['playing', 'paused', ...SUSPENSION_REASONS]),
    }),
  }),
  /** What is known by now of such a player on this site. */
  z.object({ type: z.literal('learned'), player: playerKind, learned }),
  /** The loudspeaker that the player is heard on, by the name that the browser gives it; null where it gives none. */
  z.object({
    type: z.literal('heard-on'),
    device: z.nullable(z.string().check(z.minLength(1), z.maxLength(DEVICE_LENGTH))),
  }),
  /** Compares the two contexts' clocks, and keeps the worker awake. */
  z.object({ type: z.literal('clock-ping'), sentMs: z.number() }),
])
export type ContentToBackground = z.infer<typeof contentToBackground>

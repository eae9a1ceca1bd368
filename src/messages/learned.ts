/**
 * What was learned of the players of one site, as content and background tell it each other and the background keeps it.
 * A player is told apart by what its latencies depend on and what stays as it is from visit to visit.
 */
import * as z from 'zod/mini'
import {
  LATENCIES_KEPT,
  LATENCY_LEAST_SEC,
  PLAY_LATENCY_MOST_SEC,
  SEEK_LATENCY_MOST_SEC,
} from '../core/follower/constants'

/** Browser; a plain file or a stream that the page puts together; with a loudspeaker to wait for or without. */
const PLAYER_KINDS = [
  'chromium file heard',
  'chromium file muted',
  'chromium stream heard',
  'chromium stream muted',
  'firefox file heard',
  'firefox file muted',
  'firefox stream heard',
  'firefox stream muted',
] as const
export type PlayerKind = (typeof PLAYER_KINDS)[number]
export const playerKind = z.enum(PLAYER_KINDS)

const latencies = (leastSec: number, mostSec: number) =>
  z.array(z.number().check(z.gte(leastSec), z.lte(mostSec))).check(z.maxLength(LATENCIES_KEPT))

export const learned = z.object({
  playSec: latencies(0, PLAY_LATENCY_MOST_SEC),
  resumeSec: latencies(LATENCY_LEAST_SEC, PLAY_LATENCY_MOST_SEC),
  seekSec: latencies(0, SEEK_LATENCY_MOST_SEC),
})

export const learnedPlayers = z.partialRecord(playerKind, learned)
export type LearnedPlayers = z.infer<typeof learnedPlayers>

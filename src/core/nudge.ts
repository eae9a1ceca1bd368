/**
 * The nudge: how far ahead of the timeline (+) a person wants their own player, because of what they hear. Loudspeakers that
 * play late, and paths that are slower one way, show in no message. Knows no device and no player.
 */
import { NUDGE_MOST_MS } from './follower/constants'

/** About the least that two people in one room can tell apart. */
const STEP_MS = 10

/** How a person hears their own player beside the others. */
export type Heard = 'early' | 'late'

/** Who is early is moved back, who is late ahead. */
export function nudged(nudgeMs: number, heard: Heard): number {
  const toMs = nudgeMs + (heard === 'late' ? STEP_MS : -STEP_MS)
  return Math.min(NUDGE_MOST_MS, Math.max(-NUDGE_MOST_MS, toMs))
}

/** Keeps numbers where a room can take them. */
import { ROOM_LIMITS } from './room'

/** A place in media of that length, or in any. Live streams may count from the year 1970; and -0, which no wire carries, is 0. */
export function positionWithin(positionSec: number, durationSec: number = ROOM_LIMITS.maxPositionSec): number {
  return Math.min(durationSec, ROOM_LIMITS.maxPositionSec, Math.max(0, positionSec))
}

/** A video that runs by the clock, for scripted clients that hold one: where it is, and nothing else. Nothing buffers here. */
import type { Time } from './time'

export type Video = {
  positionSec(nowMs?: number): number
  isPaused(): boolean
  set(positionSec: number, isPaused: boolean): void
}

export function createVideo(time: Time): Video {
  let at = { sec: 0, ms: time.nowMs(), isPaused: true }
  return {
    positionSec: (nowMs = time.nowMs()) => at.sec + (at.isPaused ? 0 : (nowMs - at.ms) / 1000),
    isPaused: () => at.isPaused,
    set(sec, isPaused) {
      at = { sec, ms: time.nowMs(), isPaused }
    },
  }
}

/**
 * What networks and tired servers do to frames on their way to a client, the same for every scripted system. It knows no wire; what is odd about one
 * system is that system's own. Everything is drawn from a seed; tests may change the values while a server runs.
 */

import type { Chance } from './chance'
import type { Frame } from './channel'
import type { Time } from './time'

export type Quirks = {
  /** Every frame is this late; two numbers: at least and at most, drawn. Frames keep their order. */
  lateMs?: number | readonly [number, number]
  /** Chance, 0 to 1, that a frame is said twice. */
  duplicated?: number
  /** Chance, 0 to 1, that a frame changes places with the one after it. */
  reordered?: number
  /** The first sockets (one, unless `sockets` says more) are closed after so many frames to them. */
  closeWith?: { readonly code: number; readonly afterFrames: number; readonly sockets?: number }
  /** From now on nothing is said any more, though every socket stays open. */
  mute?: boolean
  /** Every answer over HTTP is this late. */
  answersLateMs?: number
  /** So many sockets more are turned away at the door, with 503. */
  turnAway?: number
}

const HELD_AT_MOST_MS = 100

export type Lane = { send(frame: Frame): void; close(run: () => void): void }

export function createLane(time: Time, quirks: Quirks, chance: Chance, deliver: (frame: Frame) => void): Lane {
  let lastAtMs = 0
  let held: Frame | undefined
  const release = (): void => {
    const frame = held
    held = undefined
    if (frame !== undefined) put(() => deliver(frame))
  }
  const put = (run: () => void): void => {
    const { lateMs } = quirks
    const late = typeof lateMs === 'object' ? lateMs[0] + chance.float() * (lateMs[1] - lateMs[0]) : (lateMs ?? 0)
    const nowMs = time.nowMs()
    if (late === 0 && lastAtMs <= nowMs) return run()
    lastAtMs = Math.max(lastAtMs, nowMs + late)
    time.after(lastAtMs - nowMs, run)
  }
  return {
    send(frame) {
      if (quirks.mute) return
      const isTwice = quirks.duplicated !== undefined && chance.float() < quirks.duplicated
      if (held === undefined && quirks.reordered !== undefined && chance.float() < quirks.reordered) {
        held = frame
        time.after(HELD_AT_MOST_MS, release)
        return
      }
      put(() => deliver(frame))
      if (isTwice) put(() => deliver(frame))
      release()
    },
    close(run) {
      release()
      put(run)
    },
  }
}

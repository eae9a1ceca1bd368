/** A process with an end: nothing that it began outlives it, no timer and no socket. */
import type { OpenSocket } from '../../src/platform/socket'
import type { Timers } from '../../src/platform/timers'

export type Life = {
  readonly timers: Timers
  /** Sockets that this process opens. */
  readonly openSocket: (open: OpenSocket) => OpenSocket
  readonly end: () => void
  readonly isOver: () => boolean
  readonly timersWaiting: () => number
}

/** What Chrome closes the sockets of a stopped worker with. */
const GOING_AWAY = 1001

export function createLife(timers: Timers): Life {
  let over = false
  const waiting = new Set<() => void>()
  const closings: (() => void)[] = []
  return {
    timers: {
      after(delayMs, run) {
        if (over) return () => {}
        const cancel = (): void => {
          waiting.delete(cancel)
          cancelTimer()
        }
        const cancelTimer = timers.after(delayMs, () => {
          waiting.delete(cancel)
          run()
        })
        waiting.add(cancel)
        return cancel
      },
    },
    openSocket: (open) => (url, handlers) => {
      const socket = open(url, {
        onOpen: () => over || handlers.onOpen(),
        onFrame: (frame) => over || handlers.onFrame(frame),
        onClose: (code, reason) => over || handlers.onClose(code, reason),
      })
      closings.push(() => socket.close(GOING_AWAY))
      return socket
    },
    end() {
      over = true
      for (const cancel of waiting) cancel()
      for (const close of closings) close()
    },
    isOver: () => over,
    timersWaiting: () => waiting.size,
  }
}

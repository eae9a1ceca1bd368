/**
 * The line to the background: a port that is opened anew when the background died, because following goes on without it.
 * Knows no message. What is said while there is no port waits, except what the next second will say better.
 */
import type { Clock } from '../platform/clock'
import type { MessagePort } from '../platform/port'
import type { Cancel, Timers } from '../platform/timers'

export type Link = {
  /** Opens a port if there is none. */
  open(): void
  post(message: unknown): void
  /** Lost while there is no port. */
  postIfOpen(message: unknown): void
  close(): void
}

export type LinkHandlers = {
  onOpen(): void
  onMessage(message: unknown): void
  /** The other side hung up or died: is the line still wanted? */
  wantsToReopen(): boolean
  /** No line any more, and none will come: nobody wants it, or the extension is gone. */
  onEnd(): void
}

/** At once, then with patience: a background that dies at birth must not be called in a loop. */
const RETRY_MS = [0, 250, 1000, 5000] as const
const LIVED_MS = 5000
/** Of what a person did while there was no port; more than this is stale anyway. */
const QUEUE_LENGTH = 20

export function createLink(
  connect: () => MessagePort | undefined,
  handlers: LinkHandlers,
  timers: Timers,
  clock: Clock,
): Link {
  let port: MessagePort | undefined
  let queue: unknown[] = []
  let quickLosses = 0
  let isEnded = false
  let cancelRetry: Cancel = () => {}

  function open(): void {
    // What is on its way over an open port would be lost with it.
    if (port) return
    cancelRetry()
    const opened = connect()
    if (!opened) {
      end()
      return
    }
    const openedAtMs = clock.nowMs()
    port = opened
    opened.onMessage((message) => {
      if (port === opened) handlers.onMessage(message)
    })
    opened.onDisconnect(() => {
      if (port === opened) lost(clock.nowMs() - openedAtMs)
    })
    handlers.onOpen()
    const waiting = queue
    queue = []
    for (const message of waiting) opened.post(message)
  }

  function lost(livedMs: number): void {
    port = undefined
    if (!handlers.wantsToReopen()) {
      end()
      return
    }
    quickLosses = livedMs > LIVED_MS ? 0 : quickLosses
    const delayMs = RETRY_MS[Math.min(quickLosses, RETRY_MS.length - 1)] ?? 0
    quickLosses += 1
    if (delayMs === 0) open()
    else cancelRetry = timers.after(delayMs, open)
  }

  function end(): void {
    if (isEnded) return
    isEnded = true
    port = undefined
    handlers.onEnd()
  }

  return {
    open,
    post(message) {
      if (port) port.post(message)
      else queue = [...queue, message].slice(-QUEUE_LENGTH)
    },
    postIfOpen(message) {
      port?.post(message)
    },
    close() {
      isEnded = true
      cancelRetry()
      port?.disconnect()
      port = undefined
    },
  }
}

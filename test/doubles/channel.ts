/**
 * A network in memory: sockets as the client opens them, and what a server sees of each.
 * Like TCP it keeps the order and loses nothing in the middle; what it can do is be late, be cut, or go dead without a word.
 */
import type { Frame, OpenSocket, SocketHandlers } from '../../src/platform/socket'
import type { ManualClock } from './manual-clock'

/** What a server holds of a socket, and what it hears from it. */
export type ServerEnd = { send(frame: Frame): void; close(code: number, reason: string): void }
export type ServerHears = { receive(frame: Frame): void; closed(): void }
export type Accept = (url: string, end: ServerEnd) => ServerHears

export type Link = {
  /** Both ends hear that it is closed, at once. */
  cut(): void
  /** From now on nothing gets through, and nobody is told. */
  goDead(): void
  /** A frame to the client that the server never sent. */
  injectToClient(frame: Frame): void
  isOpen(): boolean
}

export type Network = {
  readonly openSocket: OpenSocket
  /** Every socket that was ever opened, in order. */
  readonly links: readonly Link[]
  /** Nobody listens any more (or again): connecting fails. */
  listen(accept: Accept | undefined): void
  cutAll(): void
}

export type Delays = { readonly upMs: () => number; readonly downMs: () => number }

const ABNORMAL = 1006

export function createNetwork(clock: ManualClock, delays: Delays): Network {
  let accept: Accept | undefined
  const links: Link[] = []

  const openSocket: OpenSocket = (url, handlers) => {
    const link = createLink(clock, delays, url, () => accept, handlers)
    links.push(link)
    return link.socket
  }

  return {
    openSocket,
    links,
    listen(next) {
      accept = next
    },
    cutAll() {
      for (const link of links) link.cut()
    },
  }
}

/** Delivers in order: a frame never overtakes the one before it. */
function createLane(clock: ManualClock, delayMs: () => number): (deliver: () => void) => void {
  let lastAtMs = 0
  return (deliver) => {
    lastAtMs = Math.max(lastAtMs, clock.nowMs() + delayMs())
    clock.after(lastAtMs - clock.nowMs(), deliver)
  }
}

function createLink(
  clock: ManualClock,
  delays: Delays,
  url: string,
  accept: () => Accept | undefined,
  handlers: SocketHandlers,
): Link & { readonly socket: ReturnType<OpenSocket> } {
  const up = createLane(clock, delays.upMs)
  const down = createLane(clock, delays.downMs)
  let server: ServerHears | undefined
  let dead = false
  let clientOver = false
  let serverOver = false

  const closeClient = (code: number, reason: string): void => {
    if (clientOver) return
    clientOver = true
    handlers.onClose(code, reason)
  }
  const closeServer = (): void => {
    if (serverOver) return
    serverOver = true
    server?.closed()
  }

  const end: ServerEnd = {
    send(frame) {
      if (serverOver) return
      down(() => {
        if (!dead && !clientOver) handlers.onFrame(frame)
      })
    },
    close(code, reason) {
      if (serverOver) return
      down(() => {
        if (!dead) closeClient(code, reason)
      })
      closeServer()
    },
  }

  up(() => {
    const accepting = accept()
    if (dead || clientOver) return
    if (!accepting) {
      down(() => closeClient(ABNORMAL, ''))
      return
    }
    server = accepting(url, end)
    down(() => {
      if (!dead && !clientOver) handlers.onOpen()
    })
  })

  return {
    socket: {
      send(frame) {
        if (clientOver) return
        up(() => {
          if (!dead && !serverOver) server?.receive(frame)
        })
      },
      close(code = 1000, reason = '') {
        if (clientOver) return
        clientOver = true
        up(() => {
          if (!dead) closeServer()
        })
        clock.after(0, () => handlers.onClose(code, reason))
      },
    },
    cut() {
      dead = true
      closeClient(ABNORMAL, '')
      closeServer()
    },
    goDead() {
      dead = true
    },
    injectToClient(frame) {
      if (!clientOver) handlers.onFrame(frame)
    },
    isOpen: () => !dead && !clientOver && !serverOver,
  }
}

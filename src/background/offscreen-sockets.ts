/**
 * Sockets for servers that look at the handshake: held by a document that the browser lets us change it in, here as sockets like any other.
 * Where there is no such document (another browser, no leave) the socket is opened as it is, and the server may turn it away.
 */
import { type BackgroundToOffscreen, carried, offscreenToBackground, uncarried } from '../messages/offscreen'
import type { MessagePort } from '../platform/port'
import type { OpenSocket, SocketHandlers } from '../platform/socket'

export type OffscreenSockets = {
  readonly openSocket: OpenSocket
  /** The document is there. */
  documentOpened(port: MessagePort): void
}

export type OffscreenSocketsDeps = {
  readonly openPlain: OpenSocket
  readonly canChange: () => boolean
  readonly change: (url: string, headers: Readonly<Record<string, string | null>>) => Promise<void>
  readonly openDocument: () => Promise<void>
  readonly closeDocument: () => Promise<void>
}

const NEVER_OPENED = 1006

export function createOffscreenSockets({
  openPlain,
  canChange,
  change,
  openDocument,
  closeDocument,
}: OffscreenSocketsDeps): OffscreenSockets {
  const open = new Map<number, SocketHandlers>()
  let port: MessagePort | undefined
  let unsent: BackgroundToOffscreen[] = []
  let last = 0

  const post = (message: BackgroundToOffscreen): void => {
    if (port) port.post(message)
    else unsent.push(message)
  }

  const closed = (socket: number, code: number, reason: string): void => {
    const handlers = open.get(socket)
    open.delete(socket)
    if (open.size === 0 && port) {
      port = undefined
      void closeDocument()
    }
    handlers?.onClose(code, reason)
  }

  const closeAll = (): void => {
    port = undefined
    for (const socket of open.keys()) closed(socket, NEVER_OPENED, 'the document that held it is gone')
  }

  const begin = async (
    socket: number,
    url: string,
    headers: Readonly<Record<string, string | null>>,
  ): Promise<void> => {
    try {
      await change(url, headers)
      if (!port) await openDocument()
      post({ type: 'open', socket, url })
    } catch (error) {
      closed(socket, NEVER_OPENED, String(error))
    }
  }

  return {
    openSocket(url, handlers, headers) {
      if (!headers || !canChange()) return openPlain(url, handlers)
      last += 1
      const socket = last
      open.set(socket, handlers)
      void begin(socket, url, headers)
      return {
        send: (frame) => post({ type: 'send', socket, frame: carried(frame) }),
        close: (code, reason) =>
          post({
            type: 'close',
            socket,
            ...(code !== undefined && { code }),
            ...(reason !== undefined && { reason }),
          }),
      }
    },

    documentOpened(opened) {
      port = opened
      opened.onMessage((raw) => {
        const { data: message } = offscreenToBackground.safeParse(raw)
        if (!message) return
        const handlers = open.get(message.socket)
        if (message.type === 'opened') handlers?.onOpen()
        else if (message.type === 'closed') closed(message.socket, message.code, message.reason)
        else {
          const frame = uncarried(message.frame)
          if (frame !== undefined) handlers?.onFrame(frame)
        }
      })
      opened.onDisconnect(closeAll)
      for (const message of unsent.splice(0)) opened.post(message)
      unsent = []
    },
  }
}

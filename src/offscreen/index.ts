/**
 * A document that nobody sees, for sockets whose handshake has to be changed by a rule: rules do not reach those of a service worker.
 * It holds them for one background and closes them with it: whoever comes after it goes in anew. Knows no frames.
 */
import {
  backgroundToOffscreen,
  carried,
  OFFSCREEN_PORT,
  type OffscreenToBackground,
  uncarried,
} from '../messages/offscreen'
import { openBrowserSocket } from '../platform/browser-socket'
import { connectPort } from '../platform/port'
import type { Socket } from '../platform/socket'

const port = connectPort(OFFSCREEN_PORT)
const sockets = new Map<number, Socket>()

const post = (message: OffscreenToBackground): void => port?.post(message)

function open(socket: number, url: string): void {
  const opened = openBrowserSocket(url, {
    onOpen: () => post({ type: 'opened', socket }),
    onFrame: (frame) => post({ type: 'frame', socket, frame: carried(frame) }),
    onClose(code, reason) {
      sockets.delete(socket)
      post({ type: 'closed', socket, code, reason })
    },
  })
  sockets.set(socket, opened)
}

port?.onMessage((raw) => {
  const { data: message } = backgroundToOffscreen.safeParse(raw)
  if (!message) return
  switch (message.type) {
    case 'open':
      return open(message.socket, message.url)
    case 'send': {
      const frame = uncarried(message.frame)
      if (frame !== undefined) sockets.get(message.socket)?.send(frame)
      return
    }
    case 'close':
      sockets.get(message.socket)?.close(message.code, message.reason)
  }
})

port?.onDisconnect(() => {
  for (const socket of sockets.values()) socket.close()
  // A document without its background is of no use; the next one makes its own.
  globalThis.close()
})

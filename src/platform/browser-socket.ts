/**
 * A WebSocket of the browser as the port that `client` needs.
 * Knows no frames; it only promises one `onClose` for each socket, also for an address that the browser refuses outright.
 */
import type { OpenSocket } from './socket'

const NEVER_OPENED = 1006

export const openBrowserSocket: OpenSocket = (url, handlers) => {
  let socket: WebSocket
  try {
    socket = new WebSocket(url)
  } catch (error) {
    queueMicrotask(() => handlers.onClose(NEVER_OPENED, String(error)))
    return { send() {}, close() {} }
  }
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => handlers.onOpen())
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    handlers.onFrame(typeof data === 'string' ? data : new Uint8Array(data))
  })
  socket.addEventListener('close', ({ code, reason }) => handlers.onClose(code, reason))
  return {
    send(frame) {
      if (socket.readyState !== WebSocket.OPEN) return
      socket.send(typeof frame === 'string' ? frame : new Uint8Array(frame))
    },
    close: (code, reason) => socket.close(code, reason),
  }
}

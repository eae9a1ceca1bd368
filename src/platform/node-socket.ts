/** The socket port over `ws`, for whatever is in a room without a browser: tests, measurements, bots. */
import { WebSocket } from 'ws'
import type { OpenSocket } from './socket'

const NEVER_OPENED = 1006

export const openNodeSocket: OpenSocket = (url, handlers, headers = {}) => {
  const said: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) if (value !== null) said[name] = value
  const socket = new WebSocket(url, { perMessageDeflate: false, headers: said })
  socket.on('open', () => handlers.onOpen())
  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
    handlers.onFrame(isBinary ? new Uint8Array(bytes) : bytes.toString('utf8'))
  })
  // `close` always follows, and says all that the port has words for.
  socket.on('error', () => {})
  socket.on('close', (code, reason) => handlers.onClose(code || NEVER_OPENED, reason.toString()))
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: (code, reason) => socket.close(code, reason),
  }
}

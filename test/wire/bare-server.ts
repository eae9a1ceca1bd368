/** The http server on a real port with nobody behind it: a test says what sockets are told, and sees when they are gone. */
import { once } from 'node:events'
import { type ClientOptions, WebSocket } from 'ws'
import { tuttiServer } from '../../src/dialects/index'
import type { Transport } from '../../src/dialects/server-dialect'
import { createHttpServer } from '../../src/server/http-server'
import { LIMITS, type Limits } from '../../src/server/limits'
import type { Channel } from '../../src/server/session'

export type Came = { readonly socket: WebSocket; readonly channel: Channel; readonly isGone: () => boolean }

export type BareServer = {
  come(options?: ClientOptions): Promise<Came>
  close(): Promise<void>
}

const quiet = () => {}

export async function startBareServer(
  wishes: { limits?: Partial<Limits>; transport?: Partial<Transport> } = {},
): Promise<BareServer> {
  const sockets: WebSocket[] = []
  const waiting: ((end: Omit<Came, 'socket'>) => void)[] = []
  const http = createHttpServer({
    dialects: [{ ...tuttiServer, transport: { ...tuttiServer.transport, ...wishes.transport } }],
    sessions: {
      attach(_, __, channel) {
        let gone = false
        waiting.shift()?.({ channel, isGone: () => gone })
        return { receive: quiet, roundTrip: quiet, closed: () => void (gone = true) }
      },
      request: async () => ({ status: 404, headers: {}, body: '' }),
      sockets: () => sockets.length,
      members: () => 0,
      close: quiet,
    },
    pages: (_, response) => void response.end(),
    limits: { ...LIMITS, ...wishes.limits },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  })
  const port = await http.listen('127.0.0.1', 0)
  return {
    async come(options) {
      const attached = new Promise<Omit<Came, 'socket'>>((resolve) => waiting.push(resolve))
      const socket = new WebSocket(`ws://127.0.0.1:${port}/tutti`, options)
      sockets.push(socket)
      await once(socket, 'open')
      return { socket, ...(await attached) }
    },
    async close() {
      for (const socket of sockets) socket.terminate()
      await http.close()
    },
  }
}

/**
 * The network between one client and a server, on loopback: a WebSocket proxy with a delay line in each direction, a pause,
 * and a clock that is wrong as seen from the client. Knows nothing of what the frames say.
 */
import { createServer } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'
import { createDelayLine, moveMoments, seededChance } from './network.mjs'

/** @typedef {import('ws').RawData} RawData */

const nowMs = () => performance.timeOrigin + performance.now()

/** @param {RawData} data of a text frame */
export const textOf = (data) => new TextDecoder().decode(Array.isArray(data) ? Buffer.concat(data) : data)

/** Nearer than this to its moment a frame is passed on: timers have whole milliseconds. */
const NEAR_MS = 0.5

/**
 * @param {ReturnType<typeof createDelayLine>} line
 * @returns {(act: () => void) => void} does it when what is sent now arrives
 */
function createQueue(line) {
  /** @type {{ dueMs: number, act: () => void }[]} */
  const waiting = []
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const pass = () => {
    timer = undefined
    for (;;) {
      const [next] = waiting
      if (!next) return
      const leftMs = Math.max(next.dueMs, line.heldUntilMs()) - nowMs()
      if (leftMs > NEAR_MS) {
        timer = setTimeout(pass, leftMs)
        return
      }
      waiting.shift()
      next.act()
    }
  }
  return (act) => {
    waiting.push({ dueMs: line.arrivalMs(nowMs()), act })
    if (!timer) pass()
  }
}

/** @typedef {Awaited<ReturnType<typeof startProxy>>} Proxy */

/**
 * @param {object} wish
 * @param {string} wish.upstream like http://127.0.0.1:4747
 * @param {import('./network.mjs').Path} wish.path
 * @param {number} wish.seed
 * @param {import('./network.mjs').ClockView} [wish.clock]
 */
export async function startProxy({ upstream, path, seed, clock }) {
  const lines = { up: createDelayLine(path, seededChance(seed)), down: createDelayLine(path, seededChance(seed + 1)) }
  const [up, down] = [createQueue(lines.up), createQueue(lines.down)]
  const http = createServer((_, response) => response.writeHead(404).end())
  const door = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  /** @type {Set<WebSocket>} */
  const open = new Set()

  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    // One round trip for the connection, one for the upgrade.
    up(() =>
      down(() =>
        up(() => {
          const server = new WebSocket(`${upstream.replace(/^http/, 'ws')}${request.url ?? '/'}`, {
            perMessageDeflate: false,
            ...(request.headers.origin && { origin: request.headers.origin }),
          })
          join(server, (take) => door.handleUpgrade(request, socket, head, take))
          server.on('error', () => socket.destroy())
        }),
      ),
    )
  })

  /** @param {WebSocket} server @param {(take: (client: WebSocket) => void) => void} letIn */
  const join = (server, letIn) => {
    /** @type {WebSocket | undefined} */
    let client
    open.add(server)
    server.on('close', () => open.delete(server))
    server.once('open', () =>
      down(() =>
        letIn((socket) => {
          client = socket
          open.add(socket)
          socket.on('error', () => socket.terminate())
          socket.on('close', () => open.delete(socket))
          pipe(socket, () => server, up, clock?.toServer)
        }),
      ),
    )
    // A server may speak first: what it says comes through behind the answer to the upgrade.
    pipe(server, () => client, down, clock?.toClient)
  }

  /**
   * @param {WebSocket} from @param {() => WebSocket | undefined} to @param {(act: () => void) => void} way
   * @param {((momentMs: number) => number) | undefined} moved
   */
  const pipe = (from, to, way, moved) => {
    from.on('message', (data, isBinary) => {
      const frame = moved && !isBinary ? moveMoments(textOf(data), moved) : data
      way(() => {
        const there = to()
        if (there?.readyState === WebSocket.OPEN) there.send(frame, { binary: isBinary })
      })
    })
    from.on('close', (code, reason) =>
      way(() => {
        const sayable = code === 1000 || code >= 3000 || (code >= 1007 && code <= 1014)
        to()?.close(sayable ? code : 1001, String(reason))
      }),
    )
  }

  await new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve(undefined)))
  const bound = http.address()
  if (bound === null || typeof bound === 'string') throw new Error('The proxy has no port.')
  return {
    address: `http://127.0.0.1:${bound.port}`,
    /** Nothing passes in either direction for so long; then everything does. @param {number} forMs */
    pause: (forMs) => {
      for (const line of [lines.up, lines.down]) line.hold(nowMs() + forMs)
    },
    close: async () => {
      for (const socket of open) socket.terminate()
      door.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(() => resolve(undefined)))
    },
  }
}

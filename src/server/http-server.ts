/**
 * The one port: plain requests go to the pages, an upgrade on a dialect's path becomes a session.
 * Owns what is Node's about sockets: sizes, pings, slow readers, broken protocol. Knows no rooms and no frames.
 */
import { createServer, type IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { Frame } from '../dialects/dialect'
import type { Opened, ServerDialect } from '../dialects/server-dialect'
import { createBacklog } from './backlog'
import { createConnections } from './connections'
import { bytesOf } from './frame-bytes'
import type { HttpPages } from './http-pages'
import type { Limits } from './limits'
import type { Log } from './log'
import { createRequestAnswers, readOpened } from './request-answers'
import type { Sessions } from './sessions'

export type HttpServerDeps = {
  readonly dialects: readonly ServerDialect<unknown>[]
  readonly sessions: Omit<Sessions, 'people'>
  readonly pages: HttpPages
  readonly limits: Limits
  readonly log: Log
}

export type HttpServer = {
  /** Resolves to the port that is bound. */
  listen(host: string, port: number): Promise<number>
  close(): Promise<void>
}

/** A frame a little too long is refused with a sentence; one far too long ends the socket, before it fills the memory. */
const HARD_LIMIT_FACTOR = 4
/** How long an answer may take that Node does not watch over. */
const ANSWER_MS = 5_000
/** How long a closed socket may take to say goodbye. */
const GOODBYE_MS = 1_000

/** `pingedAtMs`: a ping is on its way. */
type OpenLink = { readonly dialect: string; readonly address: string; pingedAtMs?: number }

export function createHttpServer({ dialects, sessions, pages, limits, log }: HttpServerDeps): HttpServer {
  const answerRequest = createRequestAnswers({ dialects, sessions, pages, log })
  const http = createServer({ maxHeaderSize: 16 * 1024 }, answerRequest)
  http.maxConnections = limits.sockets
  http.on('connection', createConnections(limits.connectionsPerAddress))
  const upgrades = new Map<string, { dialect: string; server: WebSocketServer }>()
  for (const { name, paths, transport } of dialects) {
    const maxPayload = HARD_LIMIT_FACTOR * transport.maxFrameBytes
    const server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: transport.compression,
      maxPayload,
      clientTracking: false,
    })
    for (const path of paths) upgrades.set(path, { dialect: name, server })
  }
  const open = new Map<WebSocket, OpenLink>()
  const backlog = createBacklog<WebSocket>({ each: limits.unsentBytes, all: limits.unsentBytesInAll })
  /** Node forgets a socket once it is upgraded: none of its limits on time counts there, and its end waits for them all. */
  const upgraded = new Set<Socket>()

  http.on('upgrade', (request, duplex, head) => {
    const socket = duplex as Socket
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
    // Without a listener a reset in the middle of the handshake would end the process.
    socket.on('error', () => {})
    const opened = readOpened(request)
    const upgrade = upgrades.get(opened.path) ?? upgrades.get(`${opened.path.replace(/\/[^/]*\/?$/, '')}/*`)
    if (!upgrade || request.headers.upgrade?.toLowerCase() !== 'websocket') return answerPlainly(request, socket)
    upgrade.server.handleUpgrade(request, socket, head, (webSocket) => take(webSocket, upgrade.dialect, opened))
  })

  /** Whoever offers another protocol, as curl does, means the page; whoever reads too slowly for it goes without. */
  const answerPlainly = (request: IncomingMessage, socket: Socket): void => {
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket)
    response.on('finish', () => socket.destroySoon())
    socket.setTimeout(ANSWER_MS, () => socket.destroy())
    answerRequest(request, response)
  }
  http.on('clientError', (_, socket) => socket.destroy())

  const take = (socket: WebSocket, dialect: string, opened: Opened): void => {
    const link: OpenLink = { dialect, address: opened.address }
    open.set(socket, link)
    const session = sessions.attach(dialect, opened, {
      send(frame) {
        if (socket.readyState !== WebSocket.OPEN) return
        const bytes = bytesOf(frame)
        socket.send(frame, () => backlog.done(socket, bytes))
        const cut = backlog.add(socket, bytes)
        if (!cut) return
        log.warn({ address: open.get(cut)?.address }, 'a socket reads too slowly and is cut')
        cut.terminate()
      },
      close(code, reason) {
        // A reason has at most 123 bytes in the protocol.
        socket.close(code, reason.slice(0, 120))
      },
    })
    socket.on('message', (data, isBinary) => session.receive(frameOf(data, isBinary)))
    socket.on('pong', () => {
      if (link.pingedAtMs === undefined) return
      session.roundTrip(performance.now() - link.pingedAtMs)
      delete link.pingedAtMs
    })
    socket.on('error', (error) =>
      log.info({ address: opened.address, reason: error.message }, 'a socket broke the protocol'),
    )
    socket.on('close', () => {
      open.delete(socket)
      backlog.drop(socket)
      session.closed()
    })
  }

  const ping = (dialect: string): void => {
    for (const [socket, link] of open) {
      if (link.dialect !== dialect) continue
      if (link.pingedAtMs !== undefined) {
        socket.terminate()
        continue
      }
      socket.ping()
      link.pingedAtMs = performance.now()
    }
  }
  const pings = dialects.map(({ name, transport }) => setInterval(() => ping(name), transport.pingEveryMs).unref())

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        http.once('error', reject)
        http.listen(port, host, () => {
          http.removeListener('error', reject)
          http.on('error', (error) => log.error({ reason: error.message }, 'the port failed'))
          resolve((http.address() as AddressInfo).port)
        })
      }),
    async close() {
      for (const timer of pings) clearInterval(timer)
      const closed = new Promise<void>((resolve) => http.close(() => resolve()))
      http.closeIdleConnections()
      for (const socket of open.keys()) socket.close(1012)
      const impatience = setTimeout(() => {
        for (const socket of upgraded) socket.destroy()
        http.closeAllConnections()
      }, GOODBYE_MS)
      await closed
      clearTimeout(impatience)
    },
  }
}

function frameOf(data: WebSocket.RawData, isBinary: boolean): Frame {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)
  return isBinary ? new Uint8Array(bytes) : bytes.toString('utf8')
}

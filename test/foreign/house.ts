/**
 * The house a scripted system lives in: HTTP and sockets on a free port, or the same in memory, and a book of all that came and went. It knows no wire:
 * a system is handed in. So one and the same system can be met by a browser, by a real socket and by a test on a manual clock.
 */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { createChance } from './chance'
import type { Ask, Dial, Frame } from './channel'
import { createLane, type Quirks } from './quirks'
import { type OwnTime, ownTime, realTime, type Time } from './time'

export type Headers = Readonly<Record<string, string>>
/** A client, as a system sees it. */
export type Guest = {
  readonly number: number
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  say(frame: Frame): void
  close(code: number, reason?: string): void
  /** The line breaks: the client sees 1006. */
  cut(): void
}
export type Ears = { frame(frame: Frame): void; gone(): void }
export type Call = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: string
}
export type Reply = { readonly status: number; readonly headers?: Headers; readonly body: string }
/** Nothing as a reply: the line breaks without an answer. What tests may do with a system beyond that are its `hands`. */
export type System = {
  welcome(guest: Guest): Ears
  reply(call: Call): Reply | undefined
  /** A status other than 101 turns a socket away at the door. */
  admit?(path: string, headers: Headers): number
}

export type Received = { readonly atMs: number } & (
  | { readonly kind: 'open'; readonly socket: number; readonly path: string; readonly headers: Headers }
  | { readonly kind: 'frame'; readonly socket: number; readonly frame: Frame }
  | { readonly kind: 'close'; readonly socket: number }
  | ({ readonly kind: 'request' } & Call)
)
export type Book = {
  readonly received: Received[]
  readonly said: { readonly atMs: number; readonly socket: number; readonly frame: Frame }[]
  /** What a client did that the living system suffers from, or that its rules forbid. Empty is good. */
  readonly harms: string[]
}
export type House = Book & {
  readonly dial: Dial
  readonly ask: Ask
  readonly guests: ReadonlySet<Guest>
  frames(socket?: number): Frame[]
  closeAll(code: number, reason?: string): void
  cutAll(): void
  sayToAll(frame: Frame): void
  listen(port?: number): Promise<string>
  stop(): Promise<void>
}
export type HouseOptions<Odd extends Quirks = Quirks> = { time?: Time; quirks?: Odd; seed?: number }

const PING_EVERY_MS = 10_000
const MEMORY_HOST = 'http://memory.invalid'

export function openHouse<Hands extends object>(
  build: (time: OwnTime, book: Book) => { readonly system: System; readonly hands: Hands },
  { time: outside = realTime, quirks = {}, seed = 1 }: HouseOptions,
): House & Hands {
  const time = ownTime(outside)
  const chance = createChance(seed + 7919)
  const book: Book = { received: [], said: [], harms: [] }
  const { system, hands } = build(time, book)
  const guests = new Set<Guest>()
  let count = 0

  type Line = { deliver(frame: Frame): void; close(code: number, reason: string): void; cut(): void }
  const enter = (target: string, headers: Headers, line: Line): Ears => {
    const { pathname: path, searchParams: query } = new URL(target, MEMORY_HOST)
    const number = ++count
    let isOver = false
    let told = 0
    const lane = createLane(time, quirks, chance, (frame) => line.deliver(frame))
    const leave = (): void => {
      if (isOver) return
      isOver = true
      guests.delete(guest)
      book.received.push({ kind: 'close', socket: number, atMs: time.nowMs() })
      time.after(0, () => ears.gone())
    }
    const guest: Guest = {
      number,
      path,
      query,
      headers,
      say(frame) {
        if (isOver) return
        book.said.push({ atMs: time.nowMs(), socket: number, frame })
        lane.send(frame)
        told++
        const sudden = quirks.closeWith
        if (sudden && number <= (sudden.sockets ?? 1) && told === sudden.afterFrames) guest.close(sudden.code)
      },
      close(code, reason = '') {
        if (isOver) return
        lane.close(() => line.close(code, reason))
        leave()
      },
      cut() {
        line.cut()
        leave()
      },
    }
    guests.add(guest)
    book.received.push({ kind: 'open', socket: number, path: target, headers, atMs: time.nowMs() })
    const ears = system.welcome(guest)
    return {
      frame(frame) {
        if (isOver) return
        book.received.push({ kind: 'frame', socket: number, frame, atMs: time.nowMs() })
        ears.frame(frame)
      },
      gone: leave,
    }
  }

  const admit = (target: string, headers: Headers): number => {
    if (quirks.turnAway) {
      quirks.turnAway--
      return 503
    }
    return system.admit?.(new URL(target, MEMORY_HOST).pathname, headers) ?? 101
  }
  const answer = (method: string, target: string, headers: Headers, body: string): Reply | undefined => {
    const { pathname: path, searchParams: query } = new URL(target, MEMORY_HOST)
    const call = { method, path, query, headers, body }
    book.received.push({ kind: 'request', atMs: time.nowMs(), ...call })
    return system.reply(call)
  }

  const web = createServer((asked, answering) => {
    const parts: Buffer[] = []
    asked.on('data', (part: Buffer) => parts.push(part))
    asked.on('end', () => {
      const reply = answer(
        asked.method ?? 'GET',
        asked.url ?? '/',
        plain(asked.headers),
        Buffer.concat(parts).toString(),
      )
      time.after(quirks.answersLateMs ?? 0, () => {
        if (!reply) asked.socket.destroy()
        else answering.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body)
      })
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  web.on('upgrade', (asked, socket, head) => {
    const headers = plain(asked.headers)
    const target = asked.url ?? '/'
    const status = admit(target, headers)
    if (status !== 101) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(asked, socket, head, (open) => {
      const ears = enter(target, headers, {
        deliver: (frame) => open.send(frame),
        close: (code, reason) => open.close(code, reason),
        cut: () => open.terminate(),
      })
      open.on('message', (data: Buffer, isBinary: boolean) =>
        ears.frame(isBinary ? new Uint8Array(data) : data.toString()),
      )
      open.on('close', () => ears.gone())
      open.on('error', () => {})
    })
  })
  time.every(PING_EVERY_MS, () => {
    for (const open of sockets.clients) open.ping()
  })

  const dial: Dial = (url, hears, headers = {}) => {
    let ears: Ears | undefined
    let isOver = false
    const end = (code: number, reason: string): void => {
      if (isOver) return
      isOver = true
      time.after(0, () => hears.onClose(code, reason))
    }
    time.after(0, () => {
      const target = url.replace(/^\w+:\/\/[^/]+/, '')
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
      if (isOver) return
      if (admit(target, lower) !== 101) return end(1006, '')
      hears.onOpen()
      ears = enter(target, lower, {
        deliver: (frame) => time.after(0, () => (isOver ? undefined : hears.onFrame(frame))),
        close: (code, reason) => time.after(0, () => end(code, reason)),
        cut: () => end(1006, ''),
      })
    })
    return {
      send(frame) {
        if (!isOver) time.after(0, () => ears?.frame(frame))
      },
      close(code = 1005, reason = '') {
        time.after(0, () => ears?.gone())
        end(code, reason)
      },
    }
  }

  return {
    ...hands,
    ...book,
    dial,
    async ask({ method, url, headers = {}, body = '' }) {
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
      const reply = answer(method, url.replace(/^\w+:\/\/[^/]+/, ''), lower, body)
      const lateMs = quirks.answersLateMs ?? 0
      if (lateMs > 0) await new Promise<void>((resolve) => time.after(lateMs, resolve))
      if (!reply) throw new Error('The line broke.')
      return { status: reply.status, headers: reply.headers ?? {}, body: reply.body }
    },
    guests,
    frames: (socket) =>
      book.received.flatMap((one) =>
        one.kind === 'frame' && (socket ?? one.socket) === one.socket ? [one.frame] : [],
      ),
    closeAll(code, reason) {
      for (const guest of guests) guest.close(code, reason)
    },
    cutAll() {
      for (const guest of guests) guest.cut()
    },
    sayToAll(frame) {
      for (const guest of guests) guest.say(frame)
    },
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        web.once('error', reject)
        web.listen(port, '127.0.0.1', () => {
          const address = web.address()
          resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`)
        })
      }),
    async stop() {
      time.forgetAll()
      for (const open of sockets.clients) open.terminate()
      web.closeAllConnections()
      await new Promise<void>((resolve) => {
        if (web.listening) web.close(() => resolve())
        else resolve()
      })
    },
  }
}

function plain(headers: NodeJS.Dict<string | string[]>): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

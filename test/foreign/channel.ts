/**
 * What a scripted client needs of the outside: to dial a socket and to ask over HTTP. It runs over real sockets with what is here, or over anything of
 * the same shape (a house hands out both for its own rooms in memory). It knows no wire.
 */
import { request as httpRequest } from 'node:http'
import { WebSocket } from 'ws'

export type Frame = string | Uint8Array

export type Hears = {
  onOpen(): void
  onFrame(frame: Frame): void
  onClose(code: number, reason: string): void
}
export type Channel = { send(frame: Frame): void; close(code?: number, reason?: string): void }
export type Dial = (url: string, hears: Hears, headers?: Readonly<Record<string, string>>) => Channel

export type Asked = {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
export type Answered = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
export type Ask = (asked: Asked) => Promise<Answered>

export const dialReal: Dial = (url, hears, headers = {}) => {
  const { Origin: origin, ...others } = headers
  const socket = new WebSocket(url, { headers: others, ...(origin === undefined ? {} : { origin }) })
  socket.binaryType = 'nodebuffer'
  socket.on('open', () => hears.onOpen())
  socket.on('message', (data: Buffer, isBinary: boolean) =>
    hears.onFrame(isBinary ? new Uint8Array(data) : data.toString()),
  )
  socket.on('close', (code, reason) => hears.onClose(code, reason.toString()))
  socket.on('error', () => {})
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: (code, reason) => socket.close(code, reason),
  }
}

/** Not fetch: one of the living clients sends a body with GET, which fetch refuses. */
export const askReal: Ask = ({ method, url, headers = {}, body }) =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const asking = httpRequest(url, { method, headers: { ...headers, ...length } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [
              name,
              Array.isArray(value) ? value.join('; ') : (value ?? ''),
            ]),
          ),
          body: Buffer.concat(parts).toString(),
        }),
      )
      answer.on('error', reject)
    })
    asking.on('error', reject)
    asking.end(body)
  })

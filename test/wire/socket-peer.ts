/** A real socket that speaks frames of our own wire by hand, and waits for what is said rather than for time to pass. */
import { WebSocket } from 'ws'
import { NEW_ROOM, type Said } from '../server/peer'

export type SocketPeer = {
  readonly said: Said[]
  readonly socket: WebSocket
  send(frame: unknown): void
  /** The next frame of one of these types that was not waited for yet. */
  hear(...types: string[]): Promise<Said>
  closed(): Promise<{ readonly code: number; readonly reason: string }>
  close(): Promise<void>
}

export async function connect(url: string, path = '/tutti'): Promise<SocketPeer> {
  const socket = new WebSocket(url.replace('http', 'ws') + path)
  const said: Said[] = []
  const unheard: Said[] = []
  const waiting: { types: string[]; take: (frame: Said) => void; fail: (reason: Error) => void }[] = []
  let end: { code: number; reason: string } | undefined
  const ends: ((end: { code: number; reason: string }) => void)[] = []

  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Said
    said.push(frame)
    const index = waiting.findIndex(({ types }) => types.includes(frame.type))
    if (index === -1) unheard.push(frame)
    else for (const { take } of waiting.splice(index, 1)) take(frame)
  })
  socket.on('close', (code, reason) => {
    end = { code, reason: reason.toString() }
    for (const { types, fail } of waiting)
      fail(new Error(`The socket closed (${code}) before ${types.join('/')} was said.`))
    for (const tell of ends) tell(end)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => {})

  const closed: SocketPeer['closed'] = async () => end ?? new Promise((resolve) => ends.push(resolve))
  return {
    said,
    socket,
    send: (frame) =>
      socket.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame)),
    hear(...types) {
      const index = unheard.findIndex(({ type }) => types.includes(type))
      const [frame] = index === -1 ? [] : unheard.splice(index, 1)
      if (frame) return Promise.resolve(frame)
      if (end)
        return Promise.reject(new Error(`The socket is closed (${end.code}); ${types.join('/')} was never said.`))
      return new Promise((take, fail) => waiting.push({ types, take, fail }))
    },
    closed,
    async close() {
      socket.close()
      await closed()
    },
  }
}

export type WentIn = {
  readonly peer: SocketPeer
  readonly token: unknown
  readonly memberId: unknown
  readonly code: string
  readonly epoch: string
  readonly rev: number
}

export async function goIn(
  url: string,
  wish: { door?: unknown; token?: unknown; seen?: unknown; name?: string } = {},
): Promise<WentIn> {
  const { door = NEW_ROOM, token, ...rest } = wish
  const peer = await connect(url)
  peer.send({ type: 'hello', v: 1, ...(token === undefined ? {} : { token }) })
  const welcome = await peer.hear('welcome')
  peer.send({ type: 'enter', ask: 'in', door, ...rest })
  const entered = await peer.hear('entered')
  const room = entered['room'] as { code: string; epoch: string; rev: number }
  return { peer, token: welcome['token'], memberId: entered['memberId'], ...room }
}

export const byCode = (code: string) => ({ door: { kind: 'code', code } })

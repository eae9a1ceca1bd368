/** Somebody who speaks frames of our own wire by hand, so that tests see exactly what the server sends. */
import type { Attached } from '../../src/server/links'
import type { Sessions } from '../../src/server/sessions'
import { CREATE } from '../core/room/a-room'
import { settle } from '../doubles/manual-clock'

export type Said = { readonly type: string; readonly [field: string]: unknown }

export type Peer = {
  readonly said: Said[]
  readonly closedWith: { readonly code: number; readonly reason: string } | undefined
  /** Sends a frame and lets the server finish with it. */
  send(frame: unknown): Promise<void>
  /** Sends a frame and waits for nothing. */
  hurl(frame: unknown): void
  /** Sends what asks for an answer, and waits for it, however long it is worked on beside the loop. */
  ask(frame: { readonly type: string; readonly ask: string; readonly [field: string]: unknown }): Promise<Said>
  hangUp(): Promise<void>
  of(type: string): Said[]
  /** The last answer of this type; fails if there is none. */
  last(type: string): Said
}

export const NEW_ROOM = { kind: 'new', create: CREATE } as const

export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await settle()
}

export function createPeer(sessions: Sessions, address = 'somewhere'): Peer {
  const said: Said[] = []
  const asked = new Map<unknown, (answer: Said) => void>()
  const hear = (frame: Said): void => {
    said.push(frame)
    asked.get(frame['ask'])?.(frame)
    asked.delete(frame['ask'])
  }
  let closedWith: Peer['closedWith']
  const attached: Attached = sessions.attach(
    'tutti',
    { path: '/tutti', query: {}, headers: {}, address },
    {
      send: (frame) => hear(JSON.parse(String(frame)) as Said),
      close(code, reason) {
        closedWith ??= { code, reason }
      },
    },
  )
  const hurl = (frame: unknown): void =>
    attached.receive(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame))
  return {
    said,
    get closedWith() {
      return closedWith
    },
    hurl,
    async send(frame) {
      hurl(frame)
      await quiet()
    },
    async ask(frame) {
      const answer = new Promise<Said>((resolve) => asked.set(frame.ask, resolve))
      hurl(frame)
      return answer
    },
    async hangUp() {
      attached.closed()
      await quiet()
    },
    of: (type) => said.filter((frame) => frame.type === type),
    last(type) {
      const frame = said.findLast((one) => one.type === type)
      if (!frame) throw new Error(`Nothing of type ${type} was said, but ${said.map((one) => one.type).join(', ')}`)
      return frame
    },
  }
}

/** Greets and goes in; what came of it is in `said`. */
export async function goIn(
  peer: Peer,
  wish: { door?: unknown; token?: unknown; seen?: unknown; name?: string } = {},
): Promise<{ token: unknown; memberId: string; code: string }> {
  const { door = NEW_ROOM, token, ...rest } = wish
  await peer.send({ type: 'hello', v: 1, ...(token === undefined ? {} : { token }) })
  await peer.send({ type: 'enter', ask: 'in', door, ...rest })
  const entered = peer.said.findLast((frame) => frame.type === 'entered' || frame.type === 'resumed')
  const room = entered?.['room'] as { code: string } | undefined
  return { token: peer.last('welcome')['token'], memberId: String(entered?.['memberId']), code: room?.code ?? '' }
}

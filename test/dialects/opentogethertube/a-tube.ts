/** People of OpenTogetherTube at the real server on a manual clock, as their clients behave: a token, a socket, the auth frame. */
import type { HttpResponse } from '../../../src/dialects/dialect'
import { createOpenTogetherTubeServer } from '../../../src/dialects/opentogethertube/server'
import { type AWire, aWire, type Heard, type WireSocket } from '../a-wire'

export type ATube = AWire & {
  token(): Promise<string>
  /** Somebody in that room. */
  comes(room?: string, token?: string): Promise<WireSocket>
  /** Plain requests, as the person with that token. */
  rest(method: string, path: string, wish?: { token?: string; cookie?: string; body?: unknown }): Promise<Answered>
}

export type Answered = Pick<HttpResponse, 'status' | 'headers'> & { readonly body: Record<string, unknown> }

export const ROOM = 'movies-of-ada'
export const YOUTUBE = { service: 'youtube', id: 'dQw4w9WgXcQ' } as const

export async function aTube({ room = true }: { room?: boolean } = {}): Promise<ATube> {
  const wire = await aWire(createOpenTogetherTubeServer({ defaultRoom: 'lobby' }))
  const rest: ATube['rest'] = async (method, path, { token, cookie, body } = {}) => {
    const [pathname = '', search = ''] = path.split('?')
    const asked = wire.host.server.request({
      method,
      path: pathname,
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cookie !== undefined && { cookie }),
      },
      body: body === undefined ? '' : JSON.stringify(body),
    })
    await wire.advance(1)
    const { status, headers, body: text } = await asked
    return { status, headers, body: JSON.parse(text) as Record<string, unknown> }
  }
  const token = async (): Promise<string> => String((await rest('GET', '/api/auth/grant')).body['token'])
  const tube: ATube = {
    ...wire,
    rest,
    token,
    async comes(name = ROOM, who) {
      const socket = await wire.open(`/api/room/${name}`)
      await socket.say({ action: 'auth', token: who ?? (await token()) })
      return socket
    },
  }
  if (room) await rest('POST', '/api/room/create', { token: await token(), body: { name: ROOM } })
  return tube
}

/** Asks, and lets the debounce of the server pass. */
export async function asks(at: AWire, socket: WireSocket, request: object): Promise<void> {
  await socket.say({ action: 'req', request })
  await at.advance(60)
}

export const add = (video: object = YOUTUBE) => ({ type: 5, video })

export function idOf(socket: WireSocket): string {
  const you = socket.heard.find(({ action }) => action === 'you') as { info?: { id: string } } | undefined
  return you?.info?.id ?? ''
}

export function only(action: string, frames: readonly Heard[]): Heard[] {
  return frames.filter((frame) => frame['action'] === action)
}

/** What a client knows of the room: each key as it was said last. */
export function stateOf(socket: WireSocket): Heard {
  return Object.assign({}, ...only('sync', socket.heard)) as Heard
}

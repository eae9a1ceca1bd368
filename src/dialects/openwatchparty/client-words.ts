/** What our client reads of the rest of this wire: the list of rooms, Jellyfin's answer with a token, and what an error means. Pure. */
import * as z from 'zod/mini'
import type { ListedRoom } from '../../core/room/listed-room'
import { type Refusal, refuse } from '../../core/room/refusal'
import { ROOM_LIMITS } from '../../core/room/room'
import type { HttpResponse } from '../dialect'
import { readJson } from '../read-json'

const MOST_ROOMS = 200
const CAPACITY = 20

const text = (longest: number) => z.string().check(z.maxLength(longest))
const listed = z.object({ id: text(64), name: text(1_000), count: z.int().check(z.gte(0)) })
const answered = z.object({
  token: z.optional(z.nullable(text(8_192))),
  expires_in: z.optional(z.nullable(z.number().check(z.gte(0)))),
  user_name: z.optional(z.nullable(text(1_000))),
})

export function readRooms(payload: unknown): readonly ListedRoom[] {
  if (!Array.isArray(payload)) return []
  return payload.slice(0, MOST_ROOMS).flatMap((each: unknown) => {
    const room = listed.safeParse(each)
    if (!room.success) return []
    const { id: code, name, count: members } = room.data
    const title = name.slice(0, ROOM_LIMITS.titleOfRoom)
    return [
      {
        code,
        title,
        description: '',
        members,
        capacity: CAPACITY,
        locked: false,
        guests: true,
        mode: 'manual' as const,
      },
    ]
  })
}

export type TokenAnswer = { readonly token?: string; readonly name?: string; readonly refreshInMs?: number }

/** A new one is asked for before the old one ends. */
const REFRESH_SHARE = 0.8

/** Nothing where Jellyfin does not know who asks. */
export function readTokenAnswer(response: HttpResponse | undefined): TokenAnswer | undefined {
  const json = response?.status === 200 ? readJson(response.body) : undefined
  const read = json && answered.safeParse(json.value)
  if (!read?.success) return undefined
  const { token, expires_in: lifeSec, user_name: name } = read.data
  return {
    ...(token && { token }),
    ...(name && { name }),
    ...(token && lifeSec && { refreshInMs: lifeSec * 1000 * REFRESH_SHARE }),
  }
}

export const UNKNOWN_TYPE = 'Unknown message type'

export function refusalFor(message: string): Refusal {
  switch (message) {
    case 'Room not found':
      return refuse('no-such-room')
    case 'Room is full':
      return refuse('room-full')
    case 'Authentication required':
      return refuse('account-needed')
    case 'Authentication failed':
      return refuse('bad-token')
    case 'Rate limit exceeded':
      return refuse('too-fast')
    // Only chat is asked for that R0 has no word for.
    case UNKNOWN_TYPE:
      return refuse('chat-off')
    default:
      return refuse('server-error', message)
  }
}

/** As the living server counts a line of chat. */
export function bytesIn(text: string): number {
  return Array.from(text).reduce((sum, letter) => {
    const code = letter.codePointAt(0) ?? 0
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)
  }, 0)
}

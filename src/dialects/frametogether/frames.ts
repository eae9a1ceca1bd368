/**
 * Every frame of FrameTogether: JSON texts with a `type` in PascalCase, parsed on arrival against bounded shapes.
 * Knows no order of frames and no session. To the server strict, as its document asks; to the client tolerant, since nobody has seen its server's source.
 */
import * as z from 'zod/mini'
import type { Frame } from '../dialect'
import { readJson } from '../read-json'

export const MAX_BYTES_TO_SERVER = 4 * 1024
/** A room may hold many people, each with a name. */
export const MAX_LENGTH_TO_CLIENT = 256 * 1024
const MAX_TIME_SEC = 10_000_000
const MAX_PEOPLE = 1_000

const time = z.number().check(z.gte(0), z.lte(MAX_TIME_SEC))
const roomId = z.string().check(z.trim(), z.minLength(1), z.maxLength(64))
const name = z.string().check(z.maxLength(200))
const playState = z.object({ time, paused: z.boolean() })
export type PlayState = Readonly<z.infer<typeof playState>>

const toServer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Create') }),
  z.object({ type: z.literal('Join'), room_id: roomId }),
  z.object({ type: z.literal('State'), ...playState.shape }),
  z.object({ type: z.literal('Leave') }),
  z.object({ type: z.literal('Heartbeat') }),
])
export type ToServer = Readonly<z.infer<typeof toServer>>

const user = z.object({ name, is_host: z.boolean() })
export type User = Readonly<z.infer<typeof user>>
const toClient = z.discriminatedUnion('type', [
  z.object({ type: z.literal('RoomCreated'), room_id: roomId }),
  z.object({
    type: z.literal('RoomJoined'),
    room_id: roomId,
    is_host: z.boolean(),
    your_name: name,
    participants: z.optional(z.unknown()),
  }),
  z.object({ type: z.literal('Sync'), ...playState.shape }),
  z.object({ type: z.literal('UserJoined'), user }),
  z.object({ type: z.literal('UserLeft'), user_name: name }),
  z.object({ type: z.literal('Error'), message: z.string().check(z.maxLength(1_000)) }),
])
export type ToClient = z.infer<typeof toClient>

export type Written =
  | Exclude<ToClient, { type: 'RoomJoined' }>
  | (Omit<Extract<ToClient, { type: 'RoomJoined' }>, 'participants'> & { readonly participants: readonly User[] })

export const readToServer = (frame: Frame): ToServer | undefined => read(toServer, frame)
/** Nothing also where a newer server says something that is not known here. */
export const readToClient = (frame: Frame): ToClient | undefined => read(toClient, frame)
/** Objects or names; what is neither is left out. */
export function readPeople(participants: unknown): readonly User[] {
  if (!Array.isArray(participants)) return []
  return participants.slice(0, MAX_PEOPLE).flatMap((each: unknown) => {
    const [whole, only] = [user.safeParse(each), name.safeParse(each)]
    return whole.success ? [whole.data] : only.success ? [{ name: only.data, is_host: false }] : []
  })
}

/** A position as one of us noted it, to be told in the same words. */
export const readPlayState = (fields: string): PlayState | undefined => read(playState, fields)

export const write = (frame: ToServer | Written): string => JSON.stringify(frame)

function read<Value>(schema: z.ZodMiniType<Value>, frame: Frame): Value | undefined {
  const json = readJson(frame)
  const whole = json && schema.safeParse(json.value)
  return whole?.success ? whole.data : undefined
}

/**
 * What sessions of this wire tell each other in a room, since the room itself knows no avatars, no status and no words for MIDI:
 * who has come with which looks, who plays which bytes, what the room is set to on this wire alone. Comes round to the sender as well.
 */
import * as z from 'zod/mini'
import { AVATAR_COLOURS, DRAWINGS } from '../../core/person/avatar'
import type { ServerOutput } from '../server-dialect'
import { AvatarAction, UserStatus } from './built/pianorhythm_pb'

const number = z.number()
const looks = z.object({
  status: z.exactOptional(z.enum(UserStatus)),
  avatar: z.exactOptional(z.object({ drawing: z.enum(DRAWINGS), colour: z.enum(AVATAR_COLOURS) })),
  position: z.exactOptional(z.object({ x: number, y: number, z: number })),
})
const extras = z.object({
  isPro: z.exactOptional(z.boolean()),
  autoModeration: z.exactOptional(z.boolean()),
  requirePro: z.exactOptional(z.boolean()),
})

const relayed = z.discriminatedUnion('type', [
  /** Somebody has come in, and asks for what the others have told before. */
  z.object({ type: z.literal('hello'), looks }),
  /** `action`: what of it is new. Absent: nothing, it is told again for who has come. */
  z.object({ type: z.literal('looks'), looks, action: z.exactOptional(z.enum(AvatarAction)) }),
  z.object({ type: z.literal('midi'), data: z.string(), timestamp: number }),
  z.object({ type: z.literal('room'), extras }),
])
export type Relayed = Readonly<z.infer<typeof relayed>>

export function relay(word: Relayed): ServerOutput {
  return { kind: 'relay', fields: JSON.stringify(word) }
}

export function readRelayed(fields: string): Relayed | undefined {
  try {
    return relayed.safeParse(JSON.parse(fields)).data
  } catch {
    return undefined
  }
}

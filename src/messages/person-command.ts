/**
 * What the pages may ask of one's own person: commands of core that a person chooses, word for word.
 * Bounds keep what is absurd outside; what is allowed is the server's to say.
 */
import * as z from 'zod/mini'
import { AVATAR_COLOURS, DRAWINGS } from '../core/person/avatar'
import type { PersonCommand } from '../core/person/command'
import { PERSON_LIMITS } from '../core/person/person-limits'
import { PRESENCE_WISHES } from '../core/person/presence'
import { ROOM_LIMITS } from '../core/room/room'

const text = (most: number) => z.string().check(z.maxLength(most))
const id = text(100)

export const whom = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), personId: id }),
  z.object({ kind: z.literal('member'), memberId: id }),
])
const items = z
  .array(
    z.object({
      durationSec: z.exactOptional(z.number().check(z.gte(0), z.lte(1e9))),
      content: z.object({ address: text(ROOM_LIMITS.addressLength), title: text(ROOM_LIMITS.titleLength) }),
    }),
  )
  .check(z.maxLength(PERSON_LIMITS.itemsAtOnce))
const itemIds = z.array(id).check(z.maxLength(PERSON_LIMITS.itemsEach))
const playlistName = text(PERSON_LIMITS.playlistNameLength)

export const personCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('set-profile'),
    name: z.exactOptional(text(PERSON_LIMITS.nameLength)),
    avatar: z.exactOptional(z.object({ drawing: z.enum(DRAWINGS), colour: z.enum(AVATAR_COLOURS) })),
  }),
  z.object({ type: z.literal('set-presence'), wish: z.enum(PRESENCE_WISHES) }),
  z.object({ type: z.literal('set-tells-where'), tells: z.boolean() }),

  z.object({
    type: z.enum([
      'ask-friend',
      'withdraw-request',
      'accept-friend',
      'decline-friend',
      'remove-friend',
      'mark-read',
      'forget-conversation',
      'block',
      'unblock',
    ]),
    whom,
  }),
  z.object({ type: z.literal('write-message'), whom, text: text(PERSON_LIMITS.messageLength) }),

  z.object({ type: z.literal('playlist-create'), name: playlistName, items: z.exactOptional(items) }),
  z.object({ type: z.literal('playlist-rename'), playlistId: id, name: playlistName }),
  z.object({ type: z.literal('playlist-delete'), playlistId: id }),
  z.object({ type: z.literal('playlist-add'), playlistId: id, items, first: z.exactOptional(z.boolean()) }),
  z.object({ type: z.literal('playlist-remove'), playlistId: id, itemIds }),
  z.object({ type: z.literal('playlist-move'), playlistId: id, itemIds, beforeId: z.exactOptional(id) }),
  z.object({ type: z.literal('playlist-shuffle'), playlistId: id }),
  z.object({ type: z.literal('playlist-import'), playlistId: id }),
  z.object({ type: z.literal('playlist-activate'), playlistId: z.exactOptional(id) }),

  z.object({ type: z.literal('clear-history') }),
  z.object({ type: z.literal('delete-person') }),
])
export type PersonPageCommand = z.infer<typeof personCommand>

// What a page asks is a command of core, word for word.
true satisfies PersonPageCommand extends PersonCommand ? true : never

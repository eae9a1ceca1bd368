/** The shapes of what can be asked of one's own person over our own wire. What may be asked is the core's to say. */
import * as z from 'zod/mini'
import type { PersonCommand } from '../../core/person/command'
import { PERSON_LIMITS } from '../../core/person/person-limits'
import type { PersonWish } from '../person-port'
import { avatar, preferences, presenceWish } from './person-schema'
import { type Agree, id, list, mediaWish, name, sentence, text, whole } from './room-parts'

const whom = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), personId: id }),
  z.object({ kind: z.literal('number'), number: whole }),
  z.object({ kind: z.literal('member'), memberId: id }),
])
const items = list(mediaWish, PERSON_LIMITS.itemsAtOnce)
const itemIds = list(id, PERSON_LIMITS.itemsEach)
const playlistId = id

const personCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-profile'), name: z.exactOptional(name), avatar: z.exactOptional(avatar) }),
  z.object({ type: z.literal('set-presence'), wish: presenceWish }),
  z.object({ type: z.literal('set-tells-where'), tells: z.boolean() }),
  z.object({ type: z.literal('set-preferences'), dialect: id, preferences }),

  z.object({ type: z.literal('ask-friend'), whom }),
  z.object({ type: z.literal('withdraw-request'), whom }),
  z.object({ type: z.literal('accept-friend'), whom }),
  z.object({ type: z.literal('decline-friend'), whom }),
  z.object({ type: z.literal('remove-friend'), whom }),

  z.object({ type: z.literal('write-message'), whom, text: text(4_000) }),
  z.object({ type: z.literal('mark-read'), whom }),
  z.object({ type: z.literal('forget-conversation'), whom }),

  z.object({ type: z.literal('block'), whom }),
  z.object({ type: z.literal('unblock'), whom }),

  z.object({ type: z.literal('playlist-create'), name, items: z.exactOptional(items) }),
  z.object({ type: z.literal('playlist-rename'), playlistId, name }),
  z.object({ type: z.literal('playlist-delete'), playlistId }),
  z.object({ type: z.literal('playlist-add'), playlistId, items, first: z.exactOptional(z.boolean()) }),
  z.object({ type: z.literal('playlist-remove'), playlistId, itemIds }),
  z.object({ type: z.literal('playlist-move'), playlistId, itemIds, beforeId: z.exactOptional(id) }),
  z.object({ type: z.literal('playlist-shuffle'), playlistId }),
  z.object({
    type: z.literal('playlist-edit'),
    playlistId,
    itemId: id,
    title: z.exactOptional(sentence),
    author: z.exactOptional(sentence),
  }),
  z.object({ type: z.literal('playlist-import'), playlistId }),
  z.object({ type: z.literal('playlist-activate'), playlistId: z.exactOptional(id) }),
  z.object({ type: z.literal('playlist-cycle'), playlistId, itemId: id }),

  z.object({ type: z.literal('clear-history') }),
  z.object({ type: z.literal('delete-person') }),
])

export const personWish = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open') }),
  z.object({ type: z.literal('command'), command: personCommand }),
  z.object({ type: z.literal('export') }),
  z.object({ type: z.literal('find'), whom }),
])

true satisfies Agree<typeof personCommand, PersonCommand>
true satisfies Agree<typeof personWish, PersonWish>

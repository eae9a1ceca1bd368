/**
 * The shapes of a person and of what happens to them as they cross our own wire. Bounds as in `room-parts.ts`: what is absurd stays
 * outside, what is allowed is the core's to say. The assertions at the end fail to compile when these shapes and the core's types part ways.
 */
import * as z from 'zod/mini'
import { AVATAR_COLOURS, DRAWINGS } from '../../core/person/avatar'
import type { OwnEvent } from '../../core/person/event'
import type { OwnPerson, PersonExport } from '../../core/person/person'
import { PRESENCE_WISHES, SEEN_PRESENCES } from '../../core/person/presence'
import type { PersonHeard } from '../person-port'
import { type Agree, id, lengths, list, moment, name, sentence, text, whole } from './room-parts'
import { askName, code, epoch, rev } from './room-schema'

export const avatar = z.object({ drawing: z.enum(DRAWINGS), colour: z.enum(AVATAR_COLOURS) })
export const presenceWish = z.enum(PRESENCE_WISHES)
const preference = z.union([text(1_000), z.number(), z.boolean()])
export const preferences = z.record(id, preference)

const itemContent = z.object({
  address: text(2_000),
  title: sentence,
  author: z.exactOptional(sentence),
  image: z.exactOptional(sentence),
})
const shown = z.object({ name, avatar })
const card = z.object({ id, number: whole, shown })
const request = z.object({ bond: id, person: card, atMs: moment })
const friend = z.object({ bonds: list(id, 16), person: card, sinceMs: moment })
const blocked = z.object({ person: card, atMs: moment })
const message = z.object({ id, mine: z.boolean(), atMs: moment, content: z.object({ text: text(4_000) }) })
const conversation = z.object({ person: card, messages: list(message, 1_000), unread: whole })
const playlistItem = z.object({ id, number: whole, ...lengths, content: itemContent })
const playlistItems = list(playlistItem, 10_000)
const playlist = z.object({ id, number: whole, items: playlistItems, shown: z.object({ name }) })
const played = z.object({
  id,
  number: whole,
  atMs: moment,
  durationSec: lengths.durationSec,
  skipped: z.boolean(),
  score: z.object({ up: whole, down: whole, grabs: whole, listeners: whole }),
  room: z.object({ code, title: sentence }),
  content: itemContent,
})

const ownPerson = z.object({
  ...card.shape,
  epoch,
  rev,
  presenceWish,
  tellsWhere: z.boolean(),
  friends: list(friend, 1_000),
  asked: list(request, 1_000),
  asking: list(request, 1_000),
  blocked: list(blocked, 1_000),
  conversations: list(conversation, 1_000),
  playlists: list(playlist, 1_000),
  activePlaylistId: z.exactOptional(id),
  history: list(played, 1_000),
  preferences: z.record(id, preferences),
  deleted: z.exactOptional(z.literal(true)),
})

const personId = id
const playlistId = id
const itemIds = list(id, 10_000)

export const personEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('person-created'), person: ownPerson }),
  z.object({ type: z.literal('person-deleted') }),
  z.object({ type: z.literal('shown-changed'), shown }),
  z.object({ type: z.literal('presence-wished'), wish: presenceWish }),
  z.object({ type: z.literal('tells-where-changed'), tells: z.boolean() }),
  z.object({ type: z.literal('preferences-changed'), dialect: id, preferences }),

  z.object({ type: z.literal('friend-asked'), request }),
  z.object({ type: z.literal('request-came'), request }),
  z.object({ type: z.literal('request-gone'), personId }),
  z.object({ type: z.literal('friend-added'), friend }),
  z.object({ type: z.literal('friend-removed'), personId }),
  z.object({ type: z.literal('friend-shown'), personId, shown }),
  z.object({ type: z.literal('person-blocked'), blocked }),
  z.object({ type: z.literal('person-unblocked'), personId }),

  z.object({ type: z.literal('message-kept'), person: card, message }),
  z.object({ type: z.literal('conversation-read'), personId }),
  z.object({ type: z.literal('conversation-forgotten'), personId }),

  z.object({ type: z.literal('playlist-created'), playlist }),
  z.object({ type: z.literal('playlist-renamed'), playlistId, name }),
  z.object({ type: z.literal('playlist-deleted'), playlistId }),
  z.object({ type: z.literal('playlist-added'), playlistId, items: playlistItems, index: whole }),
  z.object({ type: z.literal('playlist-removed'), playlistId, itemIds }),
  z.object({ type: z.literal('playlist-ordered'), playlistId, itemIds }),
  z.object({ type: z.literal('playlist-cycled'), playlistId, itemId: id }),
  z.object({
    type: z.literal('playlist-item-edited'),
    playlistId,
    itemId: id,
    title: sentence,
    author: z.exactOptional(sentence),
  }),
  z.object({ type: z.literal('playlist-activated'), playlistId: z.exactOptional(playlistId) }),

  z.object({ type: z.literal('play-noted'), played }),
  z.object({ type: z.literal('history-cleared') }),
  z.object({ type: z.literal('noted') }),
])

const friendState = z.object({
  personId,
  presence: z.enum(SEEN_PRESENCES),
  where: z.exactOptional(z.object({ code, title: sentence })),
  shown,
})
const friendStates = list(friendState, 1_000)

const noteMark = { epoch, rev, to: personId }
const note = z.object({
  ...noteMark,
  from: card,
  atMs: moment,
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('asked'), bond: id }),
    z.object({ type: z.literal('accepted'), bond: id }),
    z.object({ type: z.literal('ended'), bonds: list(id, 16) }),
    z.object({ type: z.literal('wrote'), messageId: id, text: text(4_000) }),
  ]),
})
const personExport = z.object({
  madeAtMs: moment,
  person: z.object({
    own: ownPerson,
    serverOnly: z.object({
      owed: list(note, 10_000),
      heard: list(z.object({ from: personId, epoch, rev }), 10_000),
    }),
  }),
})

export const personHeard = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), ask: askName, person: ownPerson, friends: friendStates }),
  z.object({ type: z.literal('exported'), ask: askName, exported: personExport }),
  z.object({ type: z.literal('found'), ask: askName, person: z.exactOptional(card) }),
  z.object({ type: z.literal('event'), numbered: z.object({ epoch, rev, event: personEvent }) }),
  z.object({ type: z.literal('friends'), friends: friendStates }),
])

true satisfies Agree<typeof ownPerson, OwnPerson>
true satisfies Agree<typeof personEvent, OwnEvent>
true satisfies Agree<typeof personExport, PersonExport>
true satisfies Agree<typeof personHeard, PersonHeard>

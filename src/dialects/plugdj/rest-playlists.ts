/** Playlists: a playlist of this wire is one of the person's, and its ids are numbers. Answers tell it as it is when all is done. */
import * as z from 'zod/mini'
import { type OwnPerson, PERSON_LIMITS, type Playlist } from '../../core/person/person'
import { ROOM_LIMITS } from '../../core/room/room'
import { answer, fault } from './envelope'
import { mediaOf, wishOf } from './media'
import { personAsks, playlistAs } from './own'
import { type Call, flag, id, idIn, type Route, route, text } from './route'
import type { Turn } from './turn'

function withPlaylist(turn: Turn, call: Call, run: (playlist: Playlist, person: OwnPerson) => void): void {
  const { person } = turn.session()
  const number = idIn(call)
  const playlist = person?.playlists.find((each) => each.number === number)
  if (person && playlist) run(playlist, person)
  else turn.put(fault(call.to, turn.nowMs, 'notFound', 'This playlist is not there any more.'))
}

const seconds = z.pipe(
  z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d{1,7}(\.\d+)?$/)), z.transform(Number))]),
  z.number().check(z.gte(0), z.lte(ROOM_LIMITS.maxPositionSec)),
)
const orEmpty = (longest: number) =>
  z.pipe(
    z.optional(z.nullable(text(longest))),
    z.transform((value: string | null | undefined) => value ?? ''),
  )
const media = z.object({
  cid: text(ROOM_LIMITS.addressLength),
  format: z.pipe(z.union([z.number(), z.pipe(text(1), z.transform(Number))]), z.literal([0, 1, 2])),
  title: orEmpty(ROOM_LIMITS.titleLength),
  author: orEmpty(ROOM_LIMITS.authorLength),
  image: orEmpty(ROOM_LIMITS.imageLength),
  duration: seconds,
})
const someMedia = z.array(media).check(z.maxLength(PERSON_LIMITS.itemsAtOnce))
const made = z.object({ name: text(500), media: z.optional(z.nullable(someMedia)) })
const inserted = z.object({ media: someMedia.check(z.minLength(1)), append: z.optional(flag) })
const someIds = z.array(id).check(z.minLength(1), z.maxLength(PERSON_LIMITS.itemsEach))
const moved = z.object({ ids: someIds, beforeID: z.optional(z.nullable(z.union([id, z.literal(-1)]))) })
const edited = z.object({ id, author: orEmpty(ROOM_LIMITS.authorLength), title: text(ROOM_LIMITS.titleLength) })

type WireMedia = z.infer<typeof someMedia>

/** Nothing if one of them has no address. */
function wishesOf(list: WireMedia) {
  const wishes = list.map(wishOf)
  return wishes.includes(undefined) ? undefined : wishes.filter((wish) => wish !== undefined)
}

const NO_ADDRESS = 'media has something that can not be found by its cid.'

function itemIds({ items }: Playlist, numbers: readonly number[]): readonly string[] {
  return items.filter(({ number }) => numbers.includes(number)).map((item) => item.id)
}

export const PLAYLIST_ROUTES: readonly Route[] = [
  route('GET', 'playlists', 'person', (turn, { to }) => {
    const { person } = turn.session()
    turn.put(answer(to, turn.nowMs, person ? person.playlists.map((each) => playlistAs(each, person)) : []))
  }),
  route(
    'POST',
    'playlists',
    'person',
    (turn, call, { name, media: list }) => {
      const items = wishesOf(list ?? [])
      if (!items) return turn.put(fault(call.to, turn.nowMs, 'requestError', NO_ADDRESS))
      personAsks(
        turn,
        call,
        { type: 'playlist-create', name, ...(items.length > 0 && { items }) },
        { type: 'playlist', name: name.trim() },
      )
    },
    made,
  ),
  route('DELETE', 'playlists/:', 'person', (turn, call) =>
    withPlaylist(turn, call, ({ id: playlistId }) => personAsks(turn, call, { type: 'playlist-delete', playlistId })),
  ),
  route('PUT', 'playlists/:/activate', 'person', (turn, call) =>
    withPlaylist(turn, call, ({ id: playlistId, number }) => {
      const command = { type: 'playlist-activate', playlistId } as const
      const data = [{ activated: number }]
      turn.ask({ kind: 'person', wish: { type: 'command', command } }, { next: 'answer', to: call.to, data })
    }),
  ),
  route(
    'PUT',
    'playlists/:/rename',
    'person',
    (turn, call, { name }) =>
      withPlaylist(turn, call, ({ id: playlistId }) =>
        personAsks(turn, call, { type: 'playlist-rename', playlistId, name }),
      ),
    z.object({ name: text(500) }),
  ),
  route('PUT', 'playlists/:/shuffle', 'person', (turn, call) =>
    withPlaylist(turn, call, ({ id: playlistId }) =>
      personAsks(turn, call, { type: 'playlist-shuffle', playlistId }, { type: 'media', playlistId }),
    ),
  ),
  route('GET', 'playlists/:/media', 'person', (turn, call) =>
    withPlaylist(turn, call, ({ items }) => turn.put(answer(call.to, turn.nowMs, items.map(mediaOf)))),
  ),
  route(
    'POST',
    'playlists/:/media/insert',
    'person',
    (turn, call, { media: list, append = true }) =>
      withPlaylist(turn, call, ({ id: playlistId }) => {
        const items = wishesOf(list)
        if (!items) return turn.put(fault(call.to, turn.nowMs, 'requestError', NO_ADDRESS))
        const command = { type: 'playlist-add', playlistId, items, ...(!append && { first: true }) } as const
        personAsks(turn, call, command, { type: 'media', playlistId })
      }),
    inserted,
  ),
  route(
    'PUT',
    'playlists/:/media/move',
    'person',
    (turn, call, { ids, beforeID }) =>
      withPlaylist(turn, call, (playlist) => {
        const before = playlist.items.find(({ number }) => number === beforeID)
        personAsks(
          turn,
          call,
          {
            type: 'playlist-move',
            playlistId: playlist.id,
            itemIds: itemIds(playlist, ids),
            ...(before && { beforeId: before.id }),
          },
          { type: 'media', playlistId: playlist.id },
        )
      }),
    moved,
  ),
  route(
    'POST',
    'playlists/:/media/delete',
    'person',
    (turn, call, { ids }) =>
      withPlaylist(turn, call, (playlist) =>
        personAsks(
          turn,
          call,
          { type: 'playlist-remove', playlistId: playlist.id, itemIds: itemIds(playlist, ids) },
          { type: 'media', playlistId: playlist.id },
        ),
      ),
    z.object({ ids: someIds }),
  ),
  route(
    'PUT',
    'playlists/:/media/update',
    'person',
    (turn, call, { id: number, author, title }) =>
      withPlaylist(turn, call, ({ id: playlistId, items }) => {
        const item = items.find((each) => each.number === number)
        if (!item) return turn.put(fault(call.to, turn.nowMs, 'notFound', 'This is not in the playlist any more.'))
        personAsks(
          turn,
          call,
          { type: 'playlist-edit', playlistId, itemId: item.id, author, title },
          { type: 'item', playlistId, itemId: item.id },
        )
      }),
    edited,
  ),
]

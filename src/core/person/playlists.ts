/** Playlists: kept things to play, in an order, one of which a DJ plays from. */
import type { MediaWish } from '../room/command'
import type { ItemContent } from '../room/item'
import { itemFrom } from '../room/items'
import { type Refusal, refuse } from '../room/refusal'
import { ROOM_LIMITS } from '../room/room-limits'
import { shuffled } from '../room/shuffled'
import { visible } from '../room/visible'
import type { PlaylistCommand } from './command'
import type { PersonDraft } from './draft'
import { type OwnPerson, PERSON_LIMITS, type Playlist, type PlaylistItem, playlistOf } from './person'

type Asked<Type extends PlaylistCommand['type']> = Extract<PlaylistCommand, { readonly type: Type }>

export function decidePlaylists(draft: PersonDraft, command: PlaylistCommand): Refusal | undefined {
  if (command.type === 'playlist-create') return create(draft, command)
  if (command.type === 'playlist-activate' && command.playlistId === undefined) {
    if (draft.own().activePlaylistId !== undefined) draft.emit({ type: 'playlist-activated' })
    return undefined
  }
  const playlist = playlistOf(draft.own(), command.playlistId)
  return playlist ? change(draft, playlist, command) : refuse('no-such-playlist')
}

function change(
  draft: PersonDraft,
  playlist: Playlist,
  command: Exclude<PlaylistCommand, Asked<'playlist-create'>>,
): Refusal | undefined {
  const { id: playlistId, items } = playlist
  switch (command.type) {
    case 'playlist-rename': {
      const name = cleanTitle(command.name)
      if (name === undefined) return refuse('bad-playlist-name')
      if (name !== playlist.shown.name) draft.emit({ type: 'playlist-renamed', playlistId, name })
      return undefined
    }
    case 'playlist-delete':
      draft.emit({ type: 'playlist-deleted', playlistId })
      return undefined
    case 'playlist-activate':
      if (draft.own().activePlaylistId !== playlistId) draft.emit({ type: 'playlist-activated', playlistId })
      return undefined
    case 'playlist-add':
      return add(draft, playlist, command.items, command.first ? 0 : items.length)
    case 'playlist-import':
      return importQueue(draft, playlist)
    case 'playlist-remove': {
      const itemIds = items.flatMap(({ id }) => (command.itemIds.includes(id) ? [id] : []))
      if (itemIds.length === 0) return refuse('not-in-playlist')
      draft.emit({ type: 'playlist-removed', playlistId, itemIds })
      return undefined
    }
    case 'playlist-move':
      return move(draft, playlist, command)
    case 'playlist-shuffle':
      return order(draft, playlist, shuffled(idsOf(items), draft.context.fresh.seed))
    case 'playlist-edit':
      return edit(draft, playlist, command)
    case 'playlist-cycle':
      // Late, or twice: it has been done.
      if (items[0]?.id === command.itemId && items.length > 1) {
        draft.emit({ type: 'playlist-cycled', playlistId, itemId: command.itemId })
      }
      return undefined
  }
}

function create(draft: PersonDraft, { name: wish, items: wishes = [] }: Asked<'playlist-create'>): Refusal | undefined {
  const own = draft.own()
  const { fresh } = draft.context
  const name = cleanTitle(wish)
  if (name === undefined) return refuse('bad-playlist-name')
  if (own.playlists.length >= PERSON_LIMITS.playlists) return refuse('too-many')
  const items = itemsFrom(own, wishes, fresh)
  if (!items || !fits(own, items, 0)) return refuse('playlist-full')
  const number = freeNumber(fresh.seed, new Set(own.playlists.map((playlist) => playlist.number)))
  draft.emit({ type: 'playlist-created', playlist: { id: fresh.id, number, items, shown: { name } } })
  // The first one is what a DJ would play from.
  if (own.playlists.length === 0) draft.emit({ type: 'playlist-activated', playlistId: fresh.id })
  return undefined
}

function add(draft: PersonDraft, playlist: Playlist, wishes: readonly MediaWish[], index: number): Refusal | undefined {
  const items = itemsFrom(draft.own(), wishes, draft.context.fresh)
  if (!items || items.length === 0) return refuse('out-of-range')
  if (!fits(draft.own(), items, playlist.items.length)) return refuse('playlist-full')
  draft.emit({ type: 'playlist-added', playlistId: playlist.id, items, index })
  return undefined
}

/** A queue may hold more than fits at once: as much of it comes as has place. */
function importQueue(draft: PersonDraft, playlist: Playlist): Refusal | undefined {
  const { queue, fresh } = draft.context
  if (!queue) return refuse('not-in-room')
  const known = new Set(playlist.items.map(({ content }) => content.address))
  const wishes = queue.filter(({ content: { address } }) => {
    if (known.has(address)) return false
    known.add(address)
    return true
  })
  const place = Math.max(0, PERSON_LIMITS.itemsEach - playlist.items.length)
  const items = madeOf(draft.own(), wishes.slice(0, place), fresh)
  if (wishes.length === 0) return refuse('nothing-to-import')
  if (items.length === 0 || !fits(draft.own(), items, playlist.items.length)) return refuse('playlist-full')
  draft.emit({ type: 'playlist-added', playlistId: playlist.id, items, index: playlist.items.length })
  return undefined
}

function move(
  draft: PersonDraft,
  playlist: Playlist,
  { itemIds, beforeId }: Asked<'playlist-move'>,
): Refusal | undefined {
  const ids = idsOf(playlist.items)
  const moved = ids.filter((id) => itemIds.includes(id))
  if (moved.length === 0) return refuse('not-in-playlist')
  const others = ids.filter((id) => !moved.includes(id))
  const before = beforeId === undefined ? -1 : others.indexOf(beforeId)
  return order(draft, playlist, others.toSpliced(before < 0 ? others.length : before, 0, ...moved))
}

function order(draft: PersonDraft, { id, items }: Playlist, itemIds: readonly string[]): undefined {
  if (idsOf(items).join() !== itemIds.join()) draft.emit({ type: 'playlist-ordered', playlistId: id, itemIds })
}

function edit(draft: PersonDraft, playlist: Playlist, command: Asked<'playlist-edit'>): Refusal | undefined {
  const item = playlist.items.find(({ id }) => id === command.itemId)
  if (!item) return refuse('not-in-playlist')
  const title = visible(command.title ?? item.content.title).slice(0, ROOM_LIMITS.titleLength)
  const author =
    command.author === undefined ? item.content.author : visible(command.author).slice(0, ROOM_LIMITS.authorLength)
  if (title === item.content.title && author === item.content.author) return undefined
  const content: ItemContent = { ...item.content, title, ...(author !== undefined && { author }) }
  const others = playlist.items.filter((each) => each !== item)
  if (!fits(withoutItem(draft.own(), item), [{ ...item, content }], others.length)) return refuse('playlist-full')
  draft.emit({
    type: 'playlist-item-edited',
    playlistId: playlist.id,
    itemId: item.id,
    title,
    ...(author !== undefined && { author }),
  })
  return undefined
}

function itemsFrom(
  own: OwnPerson,
  wishes: readonly MediaWish[],
  fresh: PersonDraft['context']['fresh'],
): readonly PlaylistItem[] | undefined {
  return wishes.length > PERSON_LIMITS.itemsAtOnce ? undefined : madeOf(own, wishes, fresh)
}

function madeOf(
  own: OwnPerson,
  wishes: readonly MediaWish[],
  { id, seed }: PersonDraft['context']['fresh'],
): readonly PlaylistItem[] {
  const taken = new Set(own.playlists.flatMap(({ items }) => items.map(({ number }) => number)))
  return wishes.map((wish, index) => {
    const { up: _, down: __, grabs: ___, ...item } = itemFrom(wish, { id: `${id}-${index}`, seed })
    const number = freeNumber(seed, taken)
    taken.add(number)
    return { ...item, number }
  })
}

const LARGEST_NUMBER = 2 ** 31 - 1

function freeNumber(seed: number, taken: ReadonlySet<number>): number {
  let number = 1 + Math.floor(seed * LARGEST_NUMBER)
  while (taken.has(number)) number = number === LARGEST_NUMBER ? 1 : number + 1
  return number
}

/** Is there room for these beside `count` others in their playlist, and beside all there is? */
function fits({ playlists }: OwnPerson, more: readonly PlaylistItem[], count: number): boolean {
  if (count + more.length > PERSON_LIMITS.itemsEach) return false
  const all = [...playlists.flatMap(({ items }) => items), ...more]
  return all.reduce((sum, item) => sum + JSON.stringify(item).length, 0) <= PERSON_LIMITS.playlistsLength
}

function withoutItem(own: OwnPerson, item: PlaylistItem): OwnPerson {
  const playlists = own.playlists.map((each) => ({ ...each, items: each.items.filter((other) => other !== item) }))
  return { ...own, playlists }
}

function idsOf(items: readonly PlaylistItem[]): readonly string[] {
  return items.map(({ id }) => id)
}

function cleanTitle(wish: string): string | undefined {
  const name = visible(wish).trim()
  return name.length >= 1 && name.length <= PERSON_LIMITS.playlistNameLength ? name : undefined
}

/** What events make of playlists. */
import type { PlaylistEvent } from './event'
import { type OwnPerson, type Playlist, type PlaylistItem } from './person'

export function applyPlaylist(own: OwnPerson, event: PlaylistEvent): OwnPerson {
  switch (event.type) {
    case 'playlist-created':
      return { ...own, playlists: [...own.playlists, event.playlist] }
    case 'playlist-deleted': {
      const { activePlaylistId, ...rest } = own
      const playlists = own.playlists.filter(({ id }) => id !== event.playlistId)
      return {
        ...rest,
        playlists,
        ...(activePlaylistId !== event.playlistId && activePlaylistId && { activePlaylistId }),
      }
    }
    case 'playlist-activated': {
      const { activePlaylistId: _, ...rest } = own
      return { ...rest, ...(event.playlistId !== undefined && { activePlaylistId: event.playlistId }) }
    }
    case 'playlist-renamed':
      return changed(own, event.playlistId, (playlist) => ({ ...playlist, shown: { name: event.name } }))
    case 'playlist-added':
      return withItems(own, event.playlistId, (items) => items.toSpliced(event.index, 0, ...event.items))
    case 'playlist-removed': {
      const gone = new Set(event.itemIds)
      return withItems(own, event.playlistId, (items) => items.filter(({ id }) => !gone.has(id)))
    }
    case 'playlist-ordered': {
      const place = new Map(event.itemIds.map((id, index) => [id, index]))
      const placeOf = ({ id }: PlaylistItem): number => place.get(id) ?? place.size
      return withItems(own, event.playlistId, (items) => items.toSorted((a, b) => placeOf(a) - placeOf(b)))
    }
    case 'playlist-cycled':
      return withItems(own, event.playlistId, (items) => [
        ...items.filter(({ id }) => id !== event.itemId),
        ...items.filter(({ id }) => id === event.itemId),
      ])
    case 'playlist-item-edited':
      return withItems(own, event.playlistId, (items) =>
        items.map((item) => (item.id === event.itemId ? edited(item, event) : item)),
      )
  }
}

function edited(
  item: PlaylistItem,
  { title, author }: Extract<PlaylistEvent, { type: 'playlist-item-edited' }>,
): PlaylistItem {
  const { author: _, ...content } = item.content
  return { ...item, content: { ...content, title, ...(author !== undefined && { author }) } }
}

function withItems(
  own: OwnPerson,
  playlistId: string,
  change: (items: readonly PlaylistItem[]) => readonly PlaylistItem[],
): OwnPerson {
  return changed(own, playlistId, (playlist) => ({ ...playlist, items: change(playlist.items) }))
}

function changed(own: OwnPerson, playlistId: string, change: (playlist: Playlist) => Playlist): OwnPerson {
  return { ...own, playlists: own.playlists.map((each) => (each.id === playlistId ? change(each) : each)) }
}

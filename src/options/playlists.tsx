/** Playlists: which there are and a new one, and the one that is open. */
import { useState } from 'preact/hooks'
import { type OwnPerson, PERSON_LIMITS, type Playlist } from '../core/person/person'
import { Icon } from '../look/icon'
import type { PersonPageView } from '../messages/person-view'
import { t } from '../platform/i18n'
import { OnePlaylist } from './one-playlist'
import { useAsk } from './world'

type PlaylistsProps = { person: OwnPerson; room: PersonPageView['room'] }

export function Playlists({ person, room }: PlaylistsProps) {
  const { playlists, activePlaylistId } = person
  const [openId, setOpenId] = useState<string | undefined>(undefined)
  const open = playlists.find(({ id }) => id === openId)
  if (open)
    return (
      <OnePlaylist
        key={open.id}
        playlist={open}
        isActive={open.id === activePlaylistId}
        room={room}
        close={() => setOpenId(undefined)}
      />
    )
  return (
    <>
      <Create />
      <section class="card" aria-label={t('youPlaylists')}>
        {playlists.length === 0 ? (
          <p class="soft">{t('playlistsNone')}</p>
        ) : (
          <ul class="rows">
            {playlists.map((playlist) => (
              <Row
                key={playlist.id}
                playlist={playlist}
                isActive={playlist.id === activePlaylistId}
                open={() => setOpenId(playlist.id)}
              />
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

function Create() {
  const ask = useAsk()
  const [name, setName] = useState('')
  const create = (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return
    ask({ type: 'playlist-create', name: name.trim() })
    setName('')
  }
  return (
    <form class="card" onSubmit={create}>
      <label class="label" for="playlist-new">
        {t('playlistNew')}
      </label>
      <div class="side">
        <input
          id="playlist-new"
          data-testid="playlist-new"
          class="narrow"
          value={name}
          maxLength={PERSON_LIMITS.playlistNameLength}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" data-testid="playlist-create" class={name.trim() === '' ? '' : 'main'}>
          {t('playlistCreate')}
        </button>
      </div>
    </form>
  )
}

type RowProps = { playlist: Playlist; isActive: boolean; open: () => void }

function Row({ playlist, isActive, open }: RowProps) {
  const { name } = playlist.shown
  return (
    <li class="row" data-testid="playlist" data-active={isActive}>
      <div class="grow">
        <p class="name" title={name}>
          {name}
        </p>
        <p class="soft">
          {t('playlistItems', String(playlist.items.length))}
          {isActive && ` · ${t('playlistActive')}`}
        </p>
      </div>
      <button
        type="button"
        class="small"
        data-testid="playlist-open"
        aria-label={t('actWith', t('playlistOpen'), name)}
        onClick={open}
      >
        {t('playlistOpen')}
        <Icon name="unfold" size={12} />
      </button>
    </li>
  )
}

/** Playlists and the queue, folded: one goes into it, and it becomes one. */
import { useState } from 'preact/hooks'
import { PERSON_LIMITS } from '../../core/person/person-limits'
import { Fold } from '../../look/fold'
import type { RoomView } from '../../messages/background-to-popup'
import type { PersonGlance } from '../../messages/person-view'
import { t } from '../../platform/i18n'
import { may } from '../rights'
import { useWorld } from '../world'

type PlaylistsPartProps = { room: RoomView; you: PersonGlance | undefined }

export function PlaylistsPart({ room, you }: PlaylistsPartProps) {
  if (!you) return null
  const lists = you.playlists.filter(({ items }) => items > 0)
  const mayAdd = lists.length > 0 && may(room, 'queue-add')
  // What waits at another system is nothing that our server could import.
  const maySave = room.queue.items.length > 0 && !room.foreign
  if (!mayAdd && !maySave) return null
  return (
    <section class="section folds" aria-label={t('youPlaylists')}>
      <Fold name="playlists" words={t('youPlaylists')}>
        {mayAdd && <AddFrom lists={lists} />}
        {maySave && <Save />}
      </Fold>
    </section>
  )
}

function AddFrom({ lists }: { lists: PersonGlance['playlists'] }) {
  const { post } = useWorld()
  const [chosen, setChosen] = useState('')
  const playlistId = lists.some(({ id }) => id === chosen) ? chosen : (lists[0]?.id ?? '')
  return (
    <div class="side">
      <select
        class="grow"
        data-testid="from-playlist"
        aria-label={t('playlistFrom')}
        value={playlistId}
        onChange={(event) => setChosen(event.currentTarget.value)}
      >
        {lists.map(({ id, name, items }) => (
          <option key={id} value={id}>
            {t('playlistWithItems', name, String(items))}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="small"
        data-testid="queue-playlist"
        onClick={() => post({ type: 'queue-playlist', playlistId })}
      >
        {t('playlistAddAll')}
      </button>
    </div>
  )
}

function Save() {
  const { post } = useWorld()
  const [name, setName] = useState('')
  const save = (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return
    post({ type: 'save-queue', name: name.trim() })
    setName('')
  }
  return (
    <form class="side" onSubmit={save}>
      <input
        data-testid="save-queue-name"
        value={name}
        maxLength={PERSON_LIMITS.playlistNameLength}
        placeholder={t('playlistSaveName')}
        aria-label={t('playlistSaveName')}
        autocomplete="off"
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="small" data-testid="save-queue">
        {t('save')}
      </button>
    </form>
  )
}

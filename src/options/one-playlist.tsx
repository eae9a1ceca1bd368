/** The open playlist: its name, what one plays from it, what is added, and its end. What it holds is drawn beside this. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { PERSON_LIMITS, type Playlist } from '../core/person/person'
import { ROOM_LIMITS } from '../core/room/room'
import { Icon } from '../look/icon'
import { leftOutOf, wishesIn } from '../look/wishes'
import type { PersonPageView } from '../messages/person-view'
import { t } from '../platform/i18n'
import { PlaylistItems } from './playlist-items'
import { useAsk, useWorld } from './world'

type OnePlaylistProps = {
  playlist: Playlist
  isActive: boolean
  room: PersonPageView['room']
  close: () => void
}

export function OnePlaylist({ playlist, isActive, room, close }: OnePlaylistProps) {
  const ask = useAsk()
  const { id: playlistId } = playlist
  const back = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => back.current?.focus(), [])
  return (
    <>
      <div class="side wrap">
        <button type="button" class="small" data-testid="playlist-close" ref={back} onClick={close}>
          {t('playlistsAll')}
        </button>
      </div>
      <Rename playlist={playlist} />
      <section class="card stack" aria-label={t('playlistUse')}>
        <div class="side wrap">
          <button
            type="button"
            data-testid="playlist-activate"
            aria-pressed={isActive}
            onClick={() => ask({ type: 'playlist-activate', ...(!isActive && { playlistId }) })}
          >
            {isActive && <Icon name="check" size={16} />}
            {t('playlistActivate')}
          </button>
          {room?.mayAdd && <QueueAll playlist={playlist} />}
        </div>
        <p class="soft">{t(isActive ? 'playlistActiveHint' : 'playlistActivateHint')}</p>
      </section>
      <Add playlistId={playlistId} queued={room?.queued ?? 0} />
      <PlaylistItems playlist={playlist} />
      <Delete playlist={playlist} />
    </>
  )
}

function Rename({ playlist: { id, shown } }: { playlist: Playlist }) {
  const ask = useAsk()
  const [name, setName] = useState(shown.name)
  useLayoutEffect(() => setName(shown.name), [shown.name])
  const isNew = name.trim() !== '' && name.trim() !== shown.name
  const save = (event: Event) => {
    event.preventDefault()
    if (isNew) ask({ type: 'playlist-rename', playlistId: id, name: name.trim() })
  }
  return (
    <form class="card" onSubmit={save}>
      <label class="label" for="playlist-name">
        {t('playlistName')}
      </label>
      <div class="side">
        <input
          id="playlist-name"
          data-testid="playlist-name"
          class="narrow"
          value={name}
          maxLength={PERSON_LIMITS.playlistNameLength}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" data-testid="playlist-rename" class={isNew ? 'main' : ''}>
          {t('playlistRename')}
        </button>
      </div>
    </form>
  )
}

function QueueAll({ playlist: { id, items } }: { playlist: Playlist }) {
  const { post } = useWorld()
  return (
    <button
      type="button"
      data-testid="playlist-queue"
      disabled={items.length === 0}
      onClick={() => post({ type: 'queue-playlist', playlistId: id })}
    >
      {t('playlistQueue')}
    </button>
  )
}

function Add({ playlistId, queued }: { playlistId: string; queued: number }) {
  const ask = useAsk()
  const [text, setText] = useState('')
  const [isRest, setIsRest] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const isUnclear = text.trim() !== '' && wishesIn(text).length === 0
  const add = (event: Event) => {
    event.preventDefault()
    const items = wishesIn(text)
    field.current?.focus()
    if (items.length === 0) return
    ask({ type: 'playlist-add', playlistId, items })
    const rest = leftOutOf(text)
    setText(rest)
    setIsRest(rest !== '')
  }
  return (
    <form class="card stack" onSubmit={add}>
      <div>
        <label class="label" for="playlist-addresses">
          {t('playlistAddLabel')}
        </label>
        <textarea
          id="playlist-addresses"
          data-testid="playlist-addresses"
          ref={field}
          rows={2}
          value={text}
          maxLength={ROOM_LIMITS.addressLength * 4}
          placeholder="https://"
          spellcheck={false}
          aria-describedby="playlist-addresses-hint"
          onInput={(event) => {
            setText(event.currentTarget.value)
            setIsRest(false)
          }}
        />
        <p class="soft" id="playlist-addresses-hint" aria-live="polite">
          {isRest && `${t('playlistRest')} `}
          {t(isUnclear ? 'queueAddressHint' : 'playlistAddHint')}
        </p>
      </div>
      <div class="side wrap">
        <button type="submit" data-testid="playlist-add">
          {t('playlistAdd')}
        </button>
        {queued > 0 && (
          <button
            type="button"
            data-testid="playlist-import"
            onClick={() => ask({ type: 'playlist-import', playlistId })}
          >
            {t('playlistImport', String(queued))}
          </button>
        )}
      </div>
    </form>
  )
}

function Delete({ playlist: { id, shown } }: { playlist: Playlist }) {
  const ask = useAsk()
  const [sure, setSure] = useState(false)
  return sure ? (
    <div class="side wrap" role="group" aria-label={t('playlistDeleteSure', shown.name)}>
      <strong>{t('playlistDeleteSure', shown.name)}</strong>
      <button
        type="button"
        class="main small"
        data-testid="playlist-delete-now"
        onClick={() => ask({ type: 'playlist-delete', playlistId: id })}
      >
        {t('playlistDelete')}
      </button>
      <button type="button" class="small" onClick={() => setSure(false)}>
        {t('cancel')}
      </button>
    </div>
  ) : (
    <div>
      <button type="button" class="small" data-testid="playlist-delete" onClick={() => setSure(true)}>
        {t('playlistDelete')}
      </button>
    </div>
  )
}

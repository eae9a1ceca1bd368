/** What stands between a person and being heard, each with what to do: no sound yet, no room, a lost line, not allowed to play. */
import { Icon } from '../look/icon'
import type { NotesRoom } from '../messages/background-to-notes'
import { type MessageKey, t } from '../platform/i18n'
import { useWorld } from './world'

const SILENCED: Readonly<Record<'muted' | 'chat-off' | 'not-allowed', MessageKey>> = {
  muted: 'notesYouAreMuted',
  'chat-off': 'notesChatOff',
  'not-allowed': 'notesNotAllowed',
}

export function Banners({ room }: { room: NotesRoom }) {
  const { instrument } = useWorld()
  return (
    <div class="banners" role="status">
      {!instrument.isAwake.value && (
        <div class="banner notice" data-testid="no-sound">
          <Icon name="silent" />
          <div class="grow">
            <strong>{t('notesNoSound')}</strong>
            <p>{t('notesNoSoundHint')}</p>
          </div>
          <button type="button" class="main small" data-testid="wake" onClick={() => instrument.wake()}>
            {t('notesSoundOn')}
          </button>
        </div>
      )}
      {room.kind === 'outside' && (
        <div class="banner notice" data-testid="outside">
          <Icon name="note" />
          <div class="grow">
            <strong>{t('notesOutside')}</strong>
            <p>{t('notesOutsideHint')}</p>
          </div>
        </div>
      )}
      {room.kind === 'connecting' && (
        <div class="banner notice" data-testid="connecting">
          <Icon name="offline" />
          <div class="grow">
            <strong>{t('notesConnecting')}</strong>
            <p>{t('notesConnectingHint')}</p>
          </div>
        </div>
      )}
      {room.kind === 'in-room' && room.silenced !== undefined && (
        <div class="banner notice" data-testid="silenced">
          <Icon name="silent" />
          <div class="grow">
            <strong>{t('notesUnheard')}</strong>
            <p>{t(SILENCED[room.silenced])}</p>
          </div>
        </div>
      )}
    </div>
  )
}

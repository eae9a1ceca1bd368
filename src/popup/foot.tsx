/** Who may control, which the host can switch, the way to the page of notes, and the way out. */
import type { Control } from '../core/room/role'
import { Icon } from '../look/icon'
import type { RoomView } from '../messages/background-to-popup'
import { type MessageKey, t } from '../platform/i18n'
import { can } from './rights'
import { useWorld } from './world'

const CHOICES: readonly (readonly [control: Control, words: MessageKey])[] = [
  ['everyone', 'controlEveryone'],
  ['host', 'controlHost'],
]

export function Foot({ room, connected }: { room: RoomView; connected: boolean }) {
  const { control, isHost, foreign } = room
  const { post, openNotes } = useWorld()
  return (
    <footer class="foot">
      {isHost && can(room, 'set-control') ? (
        <fieldset class="choice" disabled={!connected}>
          <legend class="hidden">{t('controlWho')}</legend>
          <span class="soft" aria-hidden="true">
            {t('control')}
          </span>
          <span class="switch">
            {CHOICES.map(([value, words]) => (
              <label key={value}>
                <input
                  type="radio"
                  name="control"
                  data-testid={`control-${value}`}
                  checked={control === value}
                  onChange={() => post({ type: 'set-control', control: value })}
                />
                <span>{t(words)}</span>
              </label>
            ))}
          </span>
        </fieldset>
      ) : (
        <WhoControls room={room} />
      )}
      <span class="grow" />
      {hearsNotes(foreign) && (
        <button
          type="button"
          class="square"
          data-testid="notes"
          title={t('notesOpen')}
          aria-label={t('notesOpen')}
          onClick={openNotes}
        >
          <Icon name="note" />
        </button>
      )}
      <button type="button" data-testid="leave" onClick={() => post({ type: 'leave' })}>
        {t('leave')}
      </button>
    </footer>
  )
}

function WhoControls({ room: { control, mayControl, foreign } }: { room: RoomView }) {
  // Who may what at another system is not told in our terms: here stands what holds for oneself.
  if (foreign) return mayControl ? null : <span class="soft">{t('foreignNotYours')}</span>
  return (
    <span class="soft with-icon">
      {control === 'host' && <Icon name="crown" size={16} />}
      {t(control === 'host' ? 'hostControls' : 'everyoneControls')}
    </span>
  )
}

/** Of the other systems one alone carries notes. */
function hearsNotes(foreign: RoomView['foreign']): boolean {
  return !foreign || foreign.system === 'pianorhythm'
}

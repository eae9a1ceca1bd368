/** Who may control, which the host can switch, the way to the page of notes, and the way out. */
import type { Control } from '../core/room/role'
import { Icon } from '../look/icon'
import { type MessageKey, t } from '../platform/i18n'
import { useWorld } from './world'

const CHOICES: readonly (readonly [control: Control, words: MessageKey])[] = [
  ['everyone', 'controlEveryone'],
  ['host', 'controlHost'],
]

type FootProps = { control: Control; isHost: boolean; connected: boolean }

export function Foot({ control, isHost, connected }: FootProps) {
  const { post, openNotes } = useWorld()
  return (
    <footer class="foot">
      {isHost ? (
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
        <span class="soft with-icon">
          {control === 'host' && <Icon name="crown" size={16} />}
          {t(control === 'host' ? 'hostControls' : 'everyoneControls')}
        </span>
      )}
      <span class="grow" />
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
      <button type="button" data-testid="leave" onClick={() => post({ type: 'leave' })}>
        {t('leave')}
      </button>
    </footer>
  )
}

/** Does this person's tab go along when the room turns to another film, or stay where it is? */
import { t } from '../platform/i18n'
import { useWorld } from './world'

export function GoesAlong({ on, connected }: { on: boolean; connected: boolean }) {
  const { post } = useWorld()
  return (
    <section class="section ticks patience" aria-label={t('goesAlong')}>
      <label class="soft">
        <input
          type="checkbox"
          data-testid="goes-along"
          checked={on}
          disabled={!connected}
          onChange={() => post({ type: 'go-along', on: !on })}
        />
        {t('goesAlong')}
      </label>
    </section>
  )
}

/** People who can neither write nor ask to be friends, nor see when one is there. */
import type { OwnPerson } from '../core/person/person'
import { t } from '../platform/i18n'
import { whomOf } from './friends'
import { PersonLine } from './person-line'
import { useAsk } from './world'

export function Blocked({ person: { blocked } }: { person: OwnPerson }) {
  const ask = useAsk()
  return (
    <>
      <p class="soft">{t('blockedHint')}</p>
      <section class="card" aria-label={t('youBlocked')}>
        {blocked.length === 0 ? (
          <p class="soft">{t('blockedNone')}</p>
        ) : (
          <ul class="rows">
            {blocked.map(({ person: card }) => (
              <PersonLine key={card.id} card={card} name="blocked">
                <button
                  type="button"
                  class="small"
                  data-testid="unblock"
                  aria-label={t('actWith', t('personUnblock'), card.shown.name)}
                  onClick={() => ask({ type: 'unblock', whom: whomOf(card) })}
                >
                  {t('personUnblock')}
                </button>
              </PersonLine>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

/** What stood in the way and what to do next, above everything until dismissed; a silent server until it answers or is given up. */

import { Icon } from '../look/icon'
import type { Problem } from '../messages/background-to-popup'
import { t } from '../platform/i18n'
import { problemText } from './problem'
import { useWorld } from './world'

export function ProblemBanner({ problem, onSettings }: { problem: Problem; onSettings: () => void }) {
  const { post } = useWorld()
  const { what, next, reason, remedy } = problemText(problem)
  return (
    <section class="banner trouble" data-testid="problem" role="alert">
      <Icon name="warning" />
      <div class="grow">
        <strong>{t(...what)}</strong>
        {reason && <p data-testid="problem-reason">{t('reasonGiven', reason)}</p>}
        <p>{t(...next)}</p>
        {remedy && (
          <p class="remedies">
            {remedy === 'retry' && (
              <button type="button" class="small" onClick={() => post({ type: 'retry' })}>
                {t('tryAgain')}
              </button>
            )}
            <button type="button" class="small" onClick={onSettings}>
              {t('changeServer')}
            </button>
          </p>
        )}
      </div>
      {problem.kind !== 'no-server' && (
        <button
          type="button"
          class="quiet"
          title={t('dismiss')}
          aria-label={t('dismiss')}
          onClick={() => post({ type: 'dismiss-problem' })}
        >
          <Icon name="close" size={16} />
        </button>
      )}
    </section>
  )
}

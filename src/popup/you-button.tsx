/** The way to the page of one's own person, with a count of what waits there for an answer. */
import { Icon } from '../look/icon'
import type { PersonGlance } from '../messages/person-view'
import { t } from '../platform/i18n'
import { useWorld } from './world'

/** More are not counted. */
const COUNTED = 99

export function YouButton({ you }: { you: PersonGlance | undefined }) {
  const { post } = useWorld()
  const requests = you?.requests ?? 0
  const unread = you?.unread ?? 0
  const count = requests + unread
  const words = count === 0 ? t('youOpen') : t('youOpenWaits', String(unread), String(requests))
  const section = unread > 0 ? 'messages' : requests > 0 ? 'friends' : 'profile'
  return (
    <button
      type="button"
      class={count === 0 ? 'quiet' : 'quiet waits'}
      data-testid="you"
      title={words}
      aria-label={count === 0 ? words : undefined}
      onClick={() => post({ type: 'open-you', section })}
    >
      <Icon name="person" />
      {count > 0 && (
        <>
          <span class="hidden">{words}</span>
          <span class="badge mentioned" aria-hidden="true">
            {count > COUNTED ? `${COUNTED}+` : count}
          </span>
        </>
      )}
    </button>
  )
}

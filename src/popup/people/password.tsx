/** The room's password: set, changed, taken away. What it is nobody is told, not even who set it. */
import { useState } from 'preact/hooks'
import { PASSWORD_LENGTH } from '../../messages/popup-command'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'

export function Password({ locked }: { locked: boolean }) {
  const ask = useAsk()
  const [text, setText] = useState('')
  const set = (event: Event) => {
    event.preventDefault()
    if (text === '') return
    ask({ type: 'set-password', password: text })
    setText('')
  }
  return (
    <form onSubmit={set}>
      <label class="label" for="room-password">
        {t(locked ? 'passwordIsSet' : 'passwordNone')}
      </label>
      <div class="side">
        <input
          id="room-password"
          data-testid="room-password"
          type="password"
          value={text}
          maxLength={PASSWORD_LENGTH}
          autocomplete="new-password"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" data-testid="set-password">
          {t(locked ? 'passwordChange' : 'passwordSet')}
        </button>
        {locked && (
          <button type="button" data-testid="remove-password" onClick={() => ask({ type: 'set-password' })}>
            {t('passwordRemove')}
          </button>
        )}
      </div>
    </form>
  )
}

/** A room that asked for its password: type it and try again, or turn to another. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { PASSWORD_LENGTH } from '../messages/popup-command'
import type { LockedDoor } from '../messages/room-parts'
import { t } from '../platform/i18n'
import { useWorld } from './world'

export function PasswordDoor({ door, name }: { door: LockedDoor; name: string }) {
  const { post } = useWorld()
  const [password, setPassword] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  const join = (event: Event) => {
    event.preventDefault()
    if (password === '') field.current?.focus()
    else post({ type: 'join-room', text: door.text, name, password })
  }
  return (
    <form class="section stack" onSubmit={join} data-testid="locked-door">
      <div>
        <label class="label" for="password">
          {t('passwordOf', door.code)}
        </label>
        <input
          id="password"
          data-testid="password"
          type="password"
          ref={field}
          value={password}
          maxLength={PASSWORD_LENGTH}
          autocomplete="off"
          aria-invalid={door.isWrong}
          aria-describedby={door.isWrong ? 'password-wrong' : undefined}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
        {door.isWrong && (
          <p class="soft below" id="password-wrong" data-testid="password-wrong">
            {t('passwordWrong')}
          </p>
        )}
      </div>
      <div class="pair">
        <button type="submit" class="main" data-testid="join-with-password">
          {t('join')}
        </button>
        <button type="button" data-testid="other-room" onClick={() => post({ type: 'cancel' })}>
          {t('otherRoom')}
        </button>
      </div>
    </form>
  )
}

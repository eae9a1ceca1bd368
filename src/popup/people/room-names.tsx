/** Names of the room beside its code, for who may set it up. */
import { useState } from 'preact/hooks'
import { ActButton } from '../../look/act-button'
import type { RoomView } from '../../messages/background-to-popup'
import { FIELD_LENGTHS } from '../../messages/popup-to-background'
import { t } from '../../platform/i18n'
import { useWorld } from '../world'

export function RoomNames({ room }: { room: RoomView }) {
  const { post } = useWorld()
  const [text, setText] = useState('')
  const claim = (event: Event) => {
    event.preventDefault()
    const alias = text.trim()
    if (alias === '') return
    post({ type: 'claim-alias', alias })
    setText('')
  }
  return (
    <>
      <p class="soft">{t('roomNamesWhy')}</p>
      <ul class="items">
        {(room.aliases ?? []).map((alias) => (
          <li key={alias} class="item side" data-testid="alias">
            <span class="grow name">{alias}</span>
            <ActButton
              name="release-alias"
              icon="close"
              words={t('releaseName', alias)}
              onClick={() => post({ type: 'release-alias', alias })}
            />
          </li>
        ))}
      </ul>
      <form class="side" onSubmit={claim}>
        <input
          data-testid="alias-text"
          aria-label={t('newName')}
          placeholder={t('newName')}
          value={text}
          maxLength={FIELD_LENGTHS.alias}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" data-testid="claim-alias">
          {t('claimName')}
        </button>
      </form>
    </>
  )
}

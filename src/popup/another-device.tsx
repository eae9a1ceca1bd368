/** Being the same person in another browser: the key that says who one is, to be carried there; and the one that was carried here. */
import { useState } from 'preact/hooks'
import { recogniseToken } from '../dialects/recognise'
import { Fold } from '../look/fold'
import type { View } from '../messages/background-to-popup'
import { FIELD_LENGTHS } from '../messages/popup-to-background'
import { t } from '../platform/i18n'
import { CopyButton } from './copy-button'
import { useWorld } from './world'

export function AnotherDevice({ view, onDone }: { view: View; onDone: () => void }) {
  return (
    <section class="section folds" aria-label={t('anotherDevice')}>
      <Fold name="another-device" words={t('anotherDevice')}>
        <p class="soft">{t('keyWhy')}</p>
        {view.key === undefined ? (
          <p class="soft">{t('keyNone')}</p>
        ) : (
          <div class="side wrap">
            <CopyButton name="copy-key" text={view.key} words={t('copyKey')} />
          </div>
        )}
        {view.room.kind === 'outside' ? <UseKey onDone={onDone} /> : <p class="soft">{t('keyOutsideOnly')}</p>}
      </Fold>
    </section>
  )
}

function UseKey({ onDone }: { onDone: () => void }) {
  const { post } = useWorld()
  const [text, setText] = useState('')
  const key = recogniseToken(text)
  const use = (event: Event) => {
    event.preventDefault()
    if (key === undefined) return
    post({ type: 'use-key', key })
    onDone()
  }
  return (
    <form onSubmit={use}>
      <label class="label" for="key">
        {t('keyPaste')}
      </label>
      <div class="side">
        <input
          id="key"
          data-testid="key"
          type="password"
          value={text}
          maxLength={FIELD_LENGTHS.key}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="key-hint"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" data-testid="use-key" disabled={key === undefined}>
          {t('useKey')}
        </button>
      </div>
      <p class={text !== '' && key === undefined ? 'soft below' : 'hidden'} id="key-hint">
        {t('keyUnclear')}
      </p>
    </form>
  )
}

/** Name, room server, and being the same person on another device. Says only what was changed. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { View } from '../messages/background-to-popup'
import { FIELD_LENGTHS } from '../messages/popup-to-background'
import { t } from '../platform/i18n'
import { AnotherDevice } from './another-device'
import { useWorld } from './world'

type SettingsProps = { view: View; onDone: () => void }

export function Settings({ view, onDone }: SettingsProps) {
  const { name, server } = view
  const { post } = useWorld()
  const [nameDraft, setNameDraft] = useState(name)
  const [serverDraft, setServerDraft] = useState(server)
  const first = useRef<HTMLInputElement>(null)
  // With the drawing, not some frames later: what is typed at once must not go elsewhere.
  useLayoutEffect(() => first.current?.focus(), [])

  const save = (event: Event) => {
    event.preventDefault()
    if (nameDraft.trim() !== name) post({ type: 'rename', name: nameDraft.trim() })
    if (serverDraft.trim() !== server) post({ type: 'set-server', server: serverDraft.trim() })
    onDone()
  }

  return (
    <div class="scroll">
      <form class="section stack" onSubmit={save} aria-label={t('settings')}>
        <label class="field">
          <span class="label">{t('yourName')}</span>
          <input
            ref={first}
            data-testid="settings-name"
            value={nameDraft}
            maxLength={FIELD_LENGTHS.name}
            placeholder={t('namePlaceholder')}
            autocomplete="off"
            onInput={(event) => setNameDraft(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span class="label">{t('serverAddress')}</span>
          <input
            data-testid="settings-server"
            value={serverDraft}
            maxLength={FIELD_LENGTHS.server}
            inputMode="url"
            spellcheck={false}
            autocomplete="off"
            aria-describedby="server-hint"
            onInput={(event) => setServerDraft(event.currentTarget.value)}
          />
        </label>
        <p class="soft" id="server-hint">
          {t('serverHint')}
        </p>
        <div class="pair">
          <button type="submit" class="main" data-testid="settings-save">
            {t('save')}
          </button>
          <button type="button" onClick={onDone}>
            {t('cancel')}
          </button>
        </div>
      </form>
      <AnotherDevice view={view} onDone={onDone} />
    </div>
  )
}

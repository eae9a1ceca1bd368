/** Everything that the server keeps of this person: to take along, or to be gone. The latter asks once more. */
import { useState } from 'preact/hooks'
import { t } from '../platform/i18n'
import { useAsk, useWorld } from './world'

export function YourData() {
  const { post } = useWorld()
  return (
    <>
      <section class="card stack" aria-label={t('dataExport')}>
        <p>{t('dataExportHint')}</p>
        <div>
          <button type="button" data-testid="export" onClick={() => post({ type: 'export' })}>
            {t('dataExport')}
          </button>
        </div>
      </section>
      <Delete />
    </>
  )
}

function Delete() {
  const ask = useAsk()
  const [sure, setSure] = useState(false)
  return (
    <section class="card stack" aria-label={t('dataDelete')}>
      <p>{t('dataDeleteHint')}</p>
      {sure ? (
        <div class="side wrap" role="group" aria-label={t('dataDeleteSure')}>
          <strong>{t('dataDeleteSure')}</strong>
          <button
            type="button"
            class="main small"
            data-testid="delete-now"
            onClick={() => {
              setSure(false)
              ask({ type: 'delete-person' })
            }}
          >
            {t('dataDeleteNow')}
          </button>
          <button type="button" class="small" data-testid="delete-not" onClick={() => setSure(false)}>
            {t('cancel')}
          </button>
        </div>
      ) : (
        <div>
          <button type="button" data-testid="delete" onClick={() => setSure(true)}>
            {t('dataDelete')}
          </button>
        </div>
      )}
    </section>
  )
}

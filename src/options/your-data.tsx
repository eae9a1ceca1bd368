/** Everything that the server keeps of this person: to take along, or to be gone. The latter asks once more. */
import { useState } from 'preact/hooks'
import type { OwnPerson } from '../core/person/person'
import { t } from '../platform/i18n'
import { useAsk, useWorld } from './world'

export function YourData({ person }: { person: OwnPerson }) {
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
      <Delete person={person} />
    </>
  )
}

function Delete({ person }: { person: OwnPerson }) {
  const ask = useAsk()
  const [sure, setSure] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  // Of whom nothing was ever kept, nothing can be deleted: they get no event.
  const isDone = person.deleted || (isAsked && person.rev === 0)
  return (
    <section class="card stack" aria-label={t('dataDelete')}>
      <p>{t('dataDeleteHint')}</p>
      {isDone && <strong data-testid="deleted">{t('dataDeleted')}</strong>}
      {sure ? (
        <div class="side wrap" role="group" aria-label={t('dataDeleteSure')}>
          <strong>{t('dataDeleteSure')}</strong>
          <button
            type="button"
            class="main small"
            data-testid="delete-now"
            onClick={() => {
              setSure(false)
              setIsAsked(true)
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

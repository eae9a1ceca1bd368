/** What this person brought to rooms, last first; in a room it can be brought again. */
import type { OwnPerson, PersonPlayed } from '../core/person/person'
import { ActButton } from '../look/act-button'
import { formatTime } from '../look/format'
import type { PersonPageView } from '../messages/person-view'
import { language, t } from '../platform/i18n'
import { momentWords } from './moment-words'
import { useAsk, useWorld } from './world'

type PlayedProps = { person: OwnPerson; room: PersonPageView['room'] }

export function Played({ person: { history }, room }: PlayedProps) {
  const ask = useAsk()
  if (history.length === 0) return <p class="card soft">{t('playedNone')}</p>
  return (
    <section class="card" aria-label={t('youPlayed')}>
      <div class="side">
        <span class="grow soft">{t(room?.mayAdd ? 'playedAddHint' : 'playedNotNow')}</span>
        <ActButton
          name="clear-history"
          icon="clear"
          words={t('playedClear')}
          onClick={() => ask({ type: 'clear-history' })}
        />
      </div>
      <ul class="rows">
        {history.map((played) => (
          <Row key={`${played.id} ${played.atMs}`} played={played} mayAdd={room?.mayAdd === true} />
        ))}
      </ul>
    </section>
  )
}

function Row({ played, mayAdd }: { played: PersonPlayed; mayAdd: boolean }) {
  const { post } = useWorld()
  const { atMs, content, durationSec, room } = played
  const title = content.title || content.address || t('untitled')
  const facts = [
    momentWords(atMs, language()),
    ...(durationSec === undefined ? [] : [formatTime(durationSec)]),
    t('playedIn', room.title || room.code),
  ]
  return (
    <li class="row" data-testid="played">
      <div class="grow">
        <p class="name" title={title}>
          {title}
        </p>
        <p class="soft">{facts.join(' · ')}</p>
      </div>
      {mayAdd && content.address !== '' && (
        <ActButton
          name="add-again"
          icon="add"
          words={t('addAgain', title)}
          onClick={() => post({ type: 'queue-played', playedId: played.id, atMs })}
        />
      )}
    </li>
  )
}

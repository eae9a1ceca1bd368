/** What was played, last first; who may add brings it back. */
import type { Played } from '../../core/room/item'
import { ActButton } from '../../look/act-button'
import { Fold } from '../../look/fold'
import type { RoomView } from '../../messages/background-to-popup'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { may } from '../rights'
import { titleOf } from './item-words'

export function History({ room }: { room: RoomView }) {
  const { history } = room
  if (history.length === 0) return null
  return (
    <section class="section" aria-label={t('history')}>
      <Fold name="history" words={t('historyCount', String(history.length))}>
        <ul class="items">
          {history.map((played) => (
            <Row key={`${played.itemId} ${played.endedAtMs}`} played={played} room={room} />
          ))}
        </ul>
      </Fold>
    </section>
  )
}

function Row({ played, room }: { played: Played; room: RoomView }) {
  const ask = useAsk()
  const { address, title } = played.content
  const { up, down, grabs } = played.score
  const words = [String(up), String(down), String(grabs)] as const
  return (
    <li class="item side" data-testid="played">
      <div class="grow">
        <p class="film" title={titleOf(played)}>
          {titleOf(played)}
        </p>
        <p class="soft">{played.skipped ? t('playedSkipped', ...words) : t('played', ...words)}</p>
      </div>
      {may(room, 'queue-add') && address !== '' && (
        <ActButton
          name="add-again"
          icon="add"
          words={t('addAgain', titleOf(played))}
          onClick={() => ask({ type: 'queue-add', items: [{ content: { address, title } }] })}
        />
      )}
    </li>
  )
}

/** Who may not come in, by whom, why and until when; each ban can be lifted. */

import { ActButton } from '../../look/act-button'
import type { RoomView } from '../../messages/background-to-popup'
import type { BanView } from '../../messages/room-parts'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { momentWords } from './moment-words'

export function Bans({ room }: { room: RoomView }) {
  if (!room.bans) return <p class="soft">{t('bansAsking')}</p>
  if (room.bans.length === 0) return <p class="soft">{t('bansNone')}</p>
  return (
    <ul class="items">
      {room.bans.map((ban) => (
        <Row key={ban.id} ban={ban} offsetMs={room.offsetMs} />
      ))}
    </ul>
  )
}

function Row({ ban, offsetMs }: { ban: BanView; offsetMs: number }) {
  const ask = useAsk()
  const until = ban.untilMs === undefined ? t('spanForGood') : t('until', momentWords(ban.untilMs - offsetMs))
  return (
    <li class="item side" data-testid="ban-listed">
      <div class="grow">
        <p class="film">{ban.name}</p>
        <p class="soft">{t('banBy', ban.byName, until)}</p>
        {ban.reason && <p class="soft">{ban.reason}</p>}
      </div>
      <ActButton
        name="unban"
        icon="close"
        words={t('unban', ban.name)}
        onClick={() => ask({ type: 'unban', banId: ban.id })}
      />
    </li>
  )
}

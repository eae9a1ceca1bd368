/** Where one is, in a room of another system: which system, what others there call the room, and how exact it can be. */
import { formatSpanMs } from '../../look/format'
import { wireName } from '../../look/wire-names'
import type { RoomView } from '../../messages/background-to-popup'
import { language, t } from '../../platform/i18n'
import { CopyButton } from '../copy-button'

type ForeignPlaceProps = { room: RoomView; foreign: NonNullable<RoomView['foreign']> }

export function ForeignPlace({ room, foreign }: ForeignPlaceProps) {
  const system = wireName(foreign.system)
  const { code, inviteLink } = room
  return (
    <section class="section" aria-label={t('room')} data-testid="foreign-place">
      <div class="side">
        <div class="grow">
          <h2 class="label" data-testid="foreign-name">
            {t('foreignRoomOf', system)}
          </h2>
          <p class="film" data-testid="code" title={code}>
            {code}
          </p>
        </div>
        <CopyButton
          name="copy-room"
          text={inviteLink ?? code}
          words={t(inviteLink === undefined ? 'copyCodeOf' : 'copyLink')}
        />
      </div>
      {foreign.boundMs !== undefined && (
        <p class="soft below" data-testid="how-exact">
          {foreign.boundMs === 0
            ? t('foreignLeads')
            : t('foreignExact', formatSpanMs(foreign.boundMs, language()), system)}
        </p>
      )}
      {!room.media && <p class="soft below">{t('foreignNoFilm', system)}</p>}
    </section>
  )
}

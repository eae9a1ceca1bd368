/** Who is here, who plays now, and how late what they play is heard; each can be silenced for oneself. */
import type { MemberId } from '../core/room/member-id'
import { formatSpanMs } from '../look/format'
import { Icon } from '../look/icon'
import type { Player } from '../messages/background-to-notes'
import { language, t } from '../platform/i18n'
import type { Faces } from './faces'
import { useWorld } from './world'

type PlayersProps = { players: readonly Player[]; faces: Faces; playing: ReadonlySet<MemberId> }

export function Players({ players, faces, playing }: PlayersProps) {
  const { instrument } = useWorld()
  return (
    <section class="card" aria-label={t('peopleHere', String(players.length))}>
      <h2 class="label">{t('peopleHere', String(players.length))}</h2>
      <ul class="players">
        {players.map((player) => (
          <PlayerRow
            key={player.memberId}
            player={player}
            faces={faces}
            isPlaying={playing.has(player.memberId)}
            isMuted={instrument.muted.value.has(player.memberId)}
            lateMs={instrument.lateness.value.get(player.memberId)}
          />
        ))}
      </ul>
    </section>
  )
}

type RowProps = {
  player: Player
  faces: Faces
  isPlaying: boolean
  isMuted: boolean
  lateMs: number | undefined
}

function PlayerRow({ player: { memberId, name, isSelf, isAway }, faces, isPlaying, isMuted, lateMs }: RowProps) {
  const { instrument } = useWorld()
  const face = faces.byMember.get(memberId)
  const words = t(isMuted ? 'notesUnmute' : 'notesMute', name)
  return (
    <li
      class={`player${isPlaying && !isMuted ? ' plays' : ''}`}
      data-testid="player"
      data-member={memberId}
      data-plays={isPlaying}
    >
      <span class="avatar played" style={{ '--hue': face?.hue ?? 0 }} aria-hidden="true">
        {face?.initials}
      </span>
      <span class="who">
        <span class="name" title={name}>
          {name}
        </span>
        {isSelf && <span class="soft">{t('you')}</span>}
      </span>
      <span class="state soft figures" data-testid="player-state">
        {isAway ? t('reasonAway') : isMuted ? t('notesMuted') : <Late isSelf={isSelf} lateMs={lateMs} />}
      </span>
      <span class="sign" aria-hidden="true">
        <Icon name="note" size={18} />
      </span>
      {!isSelf && (
        <button
          type="button"
          class="quiet"
          data-testid="mute"
          aria-pressed={isMuted}
          title={words}
          aria-label={words}
          onClick={() => instrument.setMuted(memberId, !isMuted)}
        >
          <Icon name={isMuted ? 'silent' : 'loud'} />
        </button>
      )}
    </li>
  )
}

function Late({ isSelf, lateMs }: { isSelf: boolean; lateMs: number | undefined }) {
  if (isSelf || lateMs === undefined) return null
  const span = formatSpanMs(lateMs, language())
  return (
    <span title={t('notesLateHint', span)} data-late-ms={lateMs}>
      {t('notesLate', span)}
    </span>
  )
}

/** Where the room is: moves by itself between views. Controls only for who may use them. */
import { lineAt, positionAt } from '../core/timeline'
import { formatRate, formatTime } from '../look/format'
import { Icon, type IconName } from '../look/icon'
import type { RoomView } from '../messages/background-to-popup'
import { language, listOf, t } from '../platform/i18n'
import { can } from './rights'
import { isMeantToPlay } from './room-view'
import { actSentence } from './sentences'
import { useNow, useWorld } from './world'

const BACK_SEC = 10

export function Now({ room, connected }: { room: RoomView; connected: boolean }) {
  const plays = isMeantToPlay(room)
  return (
    <section class="section stack" aria-label={t('nowHeading')}>
      <div class="side playback">
        {room.mayControl ? (
          <Controls plays={plays} maySeek={can(room, 'seek')} disabled={!connected} />
        ) : (
          !room.waiting && <PlayState plays={plays} />
        )}
        <span class="grow" />
        <Position room={room} />
      </div>
      <Bar room={room} />
      {!room.waiting && (
        <p class="soft act" data-testid="act">
          {room.lastAct ? t(...actSentence(room.lastAct, language(), listOf)) : '\u00a0'}
        </p>
      )}
    </section>
  )
}

function Controls({ plays, maySeek, disabled }: { plays: boolean; maySeek: boolean; disabled: boolean }) {
  const { post } = useWorld()
  return (
    <>
      {maySeek && (
        <Control
          icon="back10"
          words={t('back10')}
          disabled={disabled}
          onClick={() => post({ type: 'skip', bySec: -BACK_SEC })}
        />
      )}
      <Control
        icon={plays ? 'pause' : 'play'}
        words={t(plays ? 'pause' : 'play')}
        disabled={disabled}
        onClick={() => post({ type: plays ? 'pause' : 'play' })}
      />
    </>
  )
}

type ControlProps = { icon: IconName; words: string; disabled: boolean; onClick: () => void }

function Control({ icon, words, disabled, onClick }: ControlProps) {
  return (
    <button
      type="button"
      class="control"
      data-testid={icon}
      title={words}
      aria-label={words}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}

function PlayState({ plays }: { plays: boolean }) {
  return (
    <span class="state soft">
      <Icon name={plays ? 'play' : 'pause'} size={18} />
      {t(plays ? 'playing' : 'paused')}
    </span>
  )
}

function Position({ room }: { room: RoomView }) {
  const { positionSec, rate } = useWhere(room)
  const position = formatTime(positionSec)
  return (
    <span class="figures soft">
      {rate !== 1 && <span class="rate">{t('atRate', formatRate(rate, language()))}</span>}
      {room.durationSec === undefined ? position : t('positionOfLength', position, formatTime(room.durationSec))}
    </span>
  )
}

function Bar({ room }: { room: RoomView }) {
  const { positionSec } = useWhere(room)
  const fraction = room.durationSec ? positionSec / room.durationSec : 0
  return (
    <div class="bar" aria-hidden="true">
      <div class="bar-fill" style={{ transform: `scaleX(${fraction})` }} />
    </div>
  )
}

function useWhere({ timeline, offsetMs, durationSec }: RoomView): { positionSec: number; rate: number } {
  const serverMs = useNow() + offsetMs
  const line = lineAt(timeline, serverMs)
  const positionSec = Math.min(positionAt(line, serverMs), durationSec ?? Number.POSITIVE_INFINITY)
  return { positionSec, rate: line.rate }
}

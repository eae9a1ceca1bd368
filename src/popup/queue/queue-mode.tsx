/** In which order the queue is played: who may set it does, others read it. */
import { MODES, type Mode } from '../../core/room/settings'
import type { RoomView } from '../../messages/background-to-popup'
import { type MessageKey, t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { may } from '../rights'

const WORDS: Readonly<Record<Mode, MessageKey>> = {
  manual: 'modeManual',
  vote: 'modeVote',
  loop: 'modeLoop',
  rotation: 'modeRotation',
}

export function modeWords(mode: Mode): string {
  return t(WORDS[mode])
}

export function QueueMode({ room }: { room: RoomView }) {
  const ask = useAsk()
  const { mode } = room.settings
  return (
    <section class="section" aria-label={t('mode')}>
      {may(room, 'configure') ? (
        <label class="side">
          <span class="grow">{t('mode')}</span>
          <select
            data-testid="mode"
            value={mode}
            onChange={(event) => {
              const wished = MODES.find((each) => each === event.currentTarget.value)
              if (wished) ask({ type: 'configure', settings: { mode: wished } })
            }}
          >
            {MODES.map((each) => (
              <option key={each} value={each}>
                {modeWords(each)}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p class="soft" data-testid="mode">
          {t('modeIs', modeWords(mode))}
        </p>
      )}
    </section>
  )
}

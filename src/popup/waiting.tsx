/** The room stands still: for whom, why, and how long still. */

import { Icon } from '../look/icon'
import type { RoomView } from '../messages/background-to-popup'
import { listOf, t } from '../platform/i18n'
import { reasonKey, waitingSentence } from './sentences'
import { useNow, useWorld } from './world'

export function Waiting({ waiting, room }: { waiting: NonNullable<RoomView['waiting']>; room: RoomView }) {
  const { post } = useWorld()
  const nowMs = useNow() + room.offsetMs
  const reasons = listOf([...new Set(waiting.for.map(({ reason }) => t(reasonKey(reason))))])
  return (
    <section class="banner held-banner" data-testid="waiting" aria-label={t(...waitingSentence(waiting.for, listOf))}>
      <span class="held">
        <Icon name="waiting" />
      </span>
      <div class="grow">
        <strong>{t(...waitingSentence(waiting.for, listOf))}</strong>
        <p class="figures">{whyAndHowLong(reasons, waiting.untilMs, nowMs)}</p>
      </div>
      {room.mayControl && (
        <button type="button" class="small" onClick={() => post({ type: 'play' })}>
          {t('goOnNow')}
        </button>
      )}
    </section>
  )
}

function whyAndHowLong(reasons: string, untilMs: number | undefined, nowMs: number): string {
  if (untilMs === undefined) return reasons
  const seconds = Math.ceil((untilMs - nowMs) / 1000)
  return seconds > 0 ? t('waitingWhy', reasons, String(seconds)) : t('waitingOver', reasons)
}

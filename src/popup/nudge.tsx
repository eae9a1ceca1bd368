/**
 * Early or late by ear: what no message shows and only this person can hear, put right in steps on this device alone.
 * Closed it is a question, or the figure in force; keeps nothing but whether it is open.
 */
import { useState } from 'preact/hooks'
import { formatNudge } from '../look/format'
import { Icon } from '../look/icon'
import type { RoomView } from '../messages/background-to-popup'
import { t } from '../platform/i18n'
import { useWorld } from './world'

export function Nudge({ room: { nudge, people } }: { room: RoomView }) {
  // Who is alone is neither early nor late.
  return nudge && (people.length > 1 || nudge.nudgeMs !== 0) ? <Folded {...nudge} /> : null
}

function Folded({ nudgeMs, device }: NonNullable<RoomView['nudge']>) {
  const { post } = useWorld()
  const [open, setOpen] = useState(false)
  const figure = formatNudge(nudgeMs)
  return (
    <div class="nudge">
      <button
        type="button"
        class="ask"
        data-testid="nudge"
        aria-expanded={open}
        aria-controls="nudge-panel"
        onClick={() => setOpen(!open)}
      >
        {nudgeMs === 0 ? t('nudgeAsk') : t('nudgeInForce', figure)}
        <Icon name="unfold" size={12} />
      </button>
      <fieldset class="panel" id="nudge-panel" hidden={!open}>
        <legend class="hidden">{t('nudgeAsk')}</legend>
        <p class="soft">{t('nudgeWhy')}</p>
        <div class="steps">
          <button
            type="button"
            class="small"
            data-testid="nudge-early"
            onClick={() => post({ type: 'nudge', heard: 'early' })}
          >
            {t('nudgeEarly')}
          </button>
          <output class="figures" data-testid="nudge-figure">
            {figure}
          </output>
          <button
            type="button"
            class="small"
            data-testid="nudge-late"
            onClick={() => post({ type: 'nudge', heard: 'late' })}
          >
            {t('nudgeLate')}
          </button>
        </div>
        <div class="side">
          <span class="soft device" title={device}>
            {device === undefined ? t('nudgeHere') : t('nudgeOn', device)}
          </span>
          <button type="button" class="small" data-testid="nudge-reset" onClick={() => post({ type: 'reset-nudge' })}>
            {t('nudgeReset')}
          </button>
        </div>
      </fieldset>
    </div>
  )
}

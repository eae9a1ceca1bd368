/** On the way into a room: says what is being waited for, and lets the person stop it. */

import { Icon } from '../look/icon'
import type { View } from '../messages/background-to-popup'
import { type MessageKey, t } from '../platform/i18n'
import { useWorld } from './world'

type Doing = Extract<View['room'], { kind: 'connecting' }>['doing']

const TITLES: Readonly<Record<Doing, MessageKey>> = {
  starting: 'connectingStarting',
  joining: 'connectingJoining',
  'coming-back': 'connectingComingBack',
}

export function Connecting({ host, doing }: { host: string; doing: Doing }) {
  const { post } = useWorld()
  return (
    <section class="connecting" data-testid="connecting">
      <span class="mark breathing">
        <Icon name="mark" size={48} />
      </span>
      <h2>{t(TITLES[doing])}</h2>
      <p class="soft">{t('connectingHint', host)}</p>
      <button type="button" onClick={() => post({ type: 'cancel' })}>
        {t('cancel')}
      </button>
    </section>
  )
}

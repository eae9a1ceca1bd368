/** In a room: what is the matter above everything, then the tabs and the panel of the chosen one. */
import { useEffect, useState } from 'preact/hooks'
import { useFocusKept } from '../look/focus-kept'
import { Icon } from '../look/icon'
import type { View } from '../messages/background-to-popup'
import { t } from '../platform/i18n'
import { ChatPanel } from './chat/chat-panel'
import { PeoplePanel } from './people/people-panel'
import { QueuePanel } from './queue/queue-panel'
import { type Tab, tabsOf } from './tab'
import { Tabs } from './tabs'
import { Watch } from './watch'
import { useNow, useWorld } from './world'

type State = Extract<View['room'], { kind: 'in-room' | 'lost' }>

export function Room({ view, state }: { view: View; state: State }) {
  const { post } = useWorld()
  const { room } = state
  const connected = state.kind === 'in-room'
  const [chosen, setTab] = useState<Tab>('watch')
  const tabs = tabsOf(room)
  const tab = tabs.includes(chosen) ? chosen : 'watch'
  /** What is being typed into the chat outlives a look at another tab. */
  const [draft, setDraft] = useState('')
  const panel = useFocusKept()
  const hasNew = tab === 'chat' && room.chat.unread > 0
  useEffect(() => {
    if (hasNew) post({ type: 'chat-seen' })
  }, [hasNew, post])

  return (
    <>
      {!connected && <Lost retryAtMs={state.retryAtMs} />}
      <Tabs tabs={tabs} tab={tab} choose={setTab} unread={room.chat.unread} mentioned={room.chat.mentioned} />
      <div
        class={tab === 'watch' ? 'panel' : 'panel tall'}
        role="tabpanel"
        id="tab-panel"
        aria-labelledby={`tab-${tab}`}
        tabIndex={-1}
        ref={panel}
      >
        {tab === 'watch' && <Watch room={room} page={view.page} connected={connected} />}
        {tab === 'queue' && <QueuePanel room={room} you={view.you} page={view.page} connected={connected} />}
        {tab === 'chat' && <ChatPanel room={room} connected={connected} draft={draft} setDraft={setDraft} />}
        {tab === 'people' && <PeoplePanel room={room} you={view.you} connected={connected} />}
      </div>
    </>
  )
}

function Lost({ retryAtMs }: { retryAtMs: number }) {
  const { post } = useWorld()
  const seconds = Math.ceil((retryAtMs - useNow()) / 1000)
  return (
    <section class="banner trouble" data-testid="lost" aria-label={t('lost')}>
      <Icon name="offline" />
      <div class="grow">
        <strong>{t('lost')}</strong>
        <p class="figures">{seconds > 0 ? t('lostRetryIn', String(seconds)) : t('lostRetryNow')}</p>
      </div>
      <button type="button" class="main small" onClick={() => post({ type: 'retry' })}>
        {t('tryNow')}
      </button>
    </section>
  )
}

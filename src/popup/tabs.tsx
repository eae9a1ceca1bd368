/** The quiet tabs of a room. Arrow keys walk through them, as they do in any list of tabs; Tab goes on into the panel. */
import { useRef } from 'preact/hooks'
import { type MessageKey, t } from '../platform/i18n'
import { nextTab, type Tab } from './tab'

const WORDS: Readonly<Record<Tab, MessageKey>> = {
  watch: 'tabWatch',
  queue: 'tabQueue',
  chat: 'tabChat',
  people: 'tabPeople',
}

type TabsProps = {
  tabs: readonly Tab[]
  tab: Tab
  choose: (tab: Tab) => void
  unread: number
  /** Somebody named this person. */
  mentioned: boolean
}

export function Tabs({ tabs, tab, choose, unread, mentioned }: TabsProps) {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextTab(tabs, tab, event.key)
    if (!next) return
    event.preventDefault()
    choose(next)
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={t('tabs')} ref={list}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          class="tab"
          id={`tab-${each}`}
          data-testid={`tab-${each}`}
          aria-selected={each === tab}
          aria-controls="tab-panel"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => choose(each)}
          onKeyDown={onKeyDown}
        >
          {t(WORDS[each])}
          {each === 'chat' && unread > 0 && <Unread count={unread} mentioned={mentioned} />}
        </button>
      ))}
    </div>
  )
}

/** More are not counted. */
const COUNTED = 99

function Unread({ count, mentioned }: { count: number; mentioned: boolean }) {
  const figure = count > COUNTED ? `${COUNTED}+` : String(count)
  const words = t(mentioned ? 'chatUnreadMentioned' : 'chatUnread', figure)
  return (
    <span class={mentioned ? 'badge mentioned' : 'badge'} data-testid="chat-unread" title={words}>
      <span aria-hidden="true">{mentioned ? `@${figure}` : figure}</span>
      <span class="hidden">{words}</span>
    </span>
  )
}

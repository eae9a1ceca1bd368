/** Chooses what is drawn: which state the room is in, which panel is open. */
import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../look/icon'
import type { View } from '../messages/background-to-popup'
import { t } from '../platform/i18n'
import { Connecting } from './connecting'
import { Live } from './live'
import { Outside } from './outside'
import { ProblemBanner } from './problem-banner'
import { Room } from './room'
import { roomOf } from './room-view'
import { Settings } from './settings'
import { YouButton } from './you-button'

export function App({ view: source }: { view: ReadonlySignal<View | undefined> }) {
  const view = source.value
  const [settingsOpen, setSettingsOpen] = useState(false)
  const gear = useRef<HTMLButtonElement>(null)
  const closeSettings = () => {
    setSettingsOpen(false)
    gear.current?.focus()
  }
  useEscape(settingsOpen, closeSettings)
  const title = view && titleOf(view)

  return (
    <div class="popup">
      <header class="head">
        <span class="mark">
          <Icon name="mark" size={24} />
        </span>
        <h1 class={title ? 'film' : 'film word'} title={title}>
          {title ?? t('extName')}
        </h1>
        <YouButton you={view?.you} />
        <button
          type="button"
          class="quiet"
          data-testid="settings"
          ref={gear}
          aria-expanded={settingsOpen}
          title={t(settingsOpen ? 'settingsClose' : 'settings')}
          aria-label={t(settingsOpen ? 'settingsClose' : 'settings')}
          onClick={() => setSettingsOpen(!settingsOpen)}
        >
          <Icon name={settingsOpen ? 'close' : 'gear'} />
        </button>
      </header>
      {view?.problem && !settingsOpen && (
        <ProblemBanner problem={view.problem} onSettings={() => setSettingsOpen(true)} />
      )}
      <Body view={view} settingsOpen={settingsOpen} closeSettings={closeSettings} />
      <Live view={view} />
    </div>
  )
}

/** What plays, or what the room is called. */
function titleOf(view: View): string | undefined {
  const room = roomOf(view)
  return room && (room.title || room.settings.shown.title || undefined)
}

type BodyProps = { view: View | undefined; settingsOpen: boolean; closeSettings: () => void }

function Body({ view, settingsOpen, closeSettings }: BodyProps) {
  const main = useRef<HTMLElement>(null)
  const state = settingsOpen ? 'settings' : view?.room.kind
  const drawn = useRef(state)
  const [doorText, setDoorText] = useState('')
  const isIn = view?.room.kind === 'in-room'
  useEffect(() => {
    if (isIn) setDoorText('')
  }, [isIn])
  useLayoutEffect(() => {
    // A button that was pressed is gone with the state it stood in: go on from the top of what replaced it.
    if (drawn.current && document.activeElement === document.body) main.current?.focus({ preventScroll: true })
    drawn.current = state
  }, [state])

  return (
    <main class="body" ref={main} tabIndex={-1}>
      {!view ? (
        <p class="waking">{t('waking')}</p>
      ) : settingsOpen ? (
        <Settings view={view} onDone={closeSettings} />
      ) : view.room.kind === 'outside' ? (
        <Outside view={view} lockedDoor={view.room.lockedDoor} text={doorText} setText={setDoorText} />
      ) : view.room.kind === 'connecting' ? (
        <Connecting host={view.room.host} doing={view.room.doing} />
      ) : (
        <Room view={view} state={view.room} />
      )}
    </main>
  )
}

/** Esc closes what is open in the popup, before it closes the popup. */
function useEscape(active: boolean, close: () => void): void {
  useLayoutEffect(() => {
    if (!active) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      close()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [active, close])
}

/** The frame: at which server one is who, what can be chosen, and what was chosen. */
import type { ReadonlySignal, Signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { OwnPerson } from '../core/person/person'
import { Icon } from '../look/icon'
import { REFUSALS } from '../look/refusals'
import type { PersonPageView } from '../messages/person-view'
import { t } from '../platform/i18n'
import { Blocked } from './blocked'
import { Friends } from './friends'
import { Live } from './live'
import { Messages } from './messages'
import type { Place } from './place'
import { Played } from './played'
import { Playlists } from './playlists'
import { Profile } from './profile'
import { Sections, titleOf } from './sections'
import { useWorld } from './world'
import { YourData } from './your-data'

type AppProps = { view: ReadonlySignal<PersonPageView | undefined>; place: Signal<Place> }

export function App({ view: source, place: chosen }: AppProps) {
  const view = source.value
  const place = chosen.value
  const go = (next: Place) => {
    chosen.value = next
  }
  return (
    <div class="you">
      <header class="top">
        <span class="mark">
          <Icon name="mark" size={24} />
        </span>
        <h1 class="grow">{t('youTitle')}</h1>
        {view && <span class="soft">{t('youAt', hostOf(view.server))}</span>}
      </header>
      <Sections place={place} person={view?.person} go={go} />
      <Chosen view={view} place={place} go={go} />
      <Live view={view} />
    </div>
  )
}

type ChosenProps = { view: PersonPageView | undefined; place: Place; go: (place: Place) => void }

function Chosen({ view, place, go }: ChosenProps) {
  const main = useRef<HTMLElement>(null)
  const connected = view?.line.kind === 'connected'
  const had = main.current?.contains(document.activeElement) === true
  useLayoutEffect(() => {
    // What had the focus may go with a view: go on from the top of what is left.
    if (had && document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  })
  return (
    <main class={view?.line.kind === 'lost' ? 'chosen stale' : 'chosen'} ref={main} tabIndex={-1}>
      {view?.problem && <ProblemBanner problem={view.problem} />}
      {view?.line.kind === 'lost' && <Lost host={hostOf(view.server)} />}
      <h2 class="title">{t(titleOf(place.section))}</h2>
      {view?.person ? (
        <fieldset role="none" class="chosen" disabled={!connected}>
          <Part view={view} person={view.person} place={place} go={go} />
        </fieldset>
      ) : (
        <p class="soft">{t(view?.line.kind === 'lost' ? 'youNotKnown' : 'youAsking')}</p>
      )}
    </main>
  )
}

type PartProps = { view: PersonPageView; person: OwnPerson; place: Place; go: (place: Place) => void }

function Part({ view, person, place, go }: PartProps) {
  switch (place.section) {
    case 'profile':
      return <Profile person={person} />
    case 'friends':
      return <Friends person={person} view={view} go={go} />
    case 'messages':
      return <Messages person={person} chosenId={place.personId} go={go} />
    case 'playlists':
      return <Playlists person={person} room={view.room} />
    case 'history':
      return <Played person={person} room={view.room} />
    case 'blocked':
      return <Blocked person={person} />
    case 'data':
      return <YourData person={person} />
  }
}

function ProblemBanner({ problem }: { problem: NonNullable<PersonPageView['problem']> }) {
  const { post } = useWorld()
  const [what, next] = REFUSALS[problem.code]
  return (
    <section class="banner trouble" data-testid="problem" role="alert">
      <Icon name="warning" />
      <div class="grow">
        <strong>{t(what)}</strong>
        <p>{t(next)}</p>
      </div>
      <button
        type="button"
        class="quiet"
        title={t('dismiss')}
        aria-label={t('dismiss')}
        onClick={() => post({ type: 'dismiss-problem' })}
      >
        <Icon name="close" size={16} />
      </button>
    </section>
  )
}

function Lost({ host }: { host: string }) {
  const { post } = useWorld()
  return (
    <section class="banner trouble" data-testid="lost" aria-label={t('noServer', host)}>
      <Icon name="offline" />
      <div class="grow">
        <strong>{t('noServer', host)}</strong>
        <p>{t('youLostHint')}</p>
      </div>
      <button type="button" class="small" data-testid="retry" onClick={() => post({ type: 'retry' })}>
        {t('tryNow')}
      </button>
    </section>
  )
}

/** The part of an address that people know a server by. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}

/**
 * The page of one's own person: draws the view that the background sends and posts what the person asks for. Keeps no truth.
 * Its own are only: which section is open, what is being typed, what is asked once more.
 */
import { signal } from '@preact/signals'
import { render } from 'preact'
import { PERSON_PORT, type PersonToBackground } from '../messages/person-to-background'
import type { PersonPageView } from '../messages/person-view'
import { type LinkDeps, openLink } from '../platform/link'
import { App } from './app'
import { type World, WorldContext } from './world'

export type PersonPageDeps = Pick<LinkDeps<PersonToBackground, PersonPageView>, 'connect' | 'timers'> &
  Omit<World, 'post'>

export function mountPersonPage(root: Element, { connect, timers, ...rest }: PersonPageDeps): void {
  const view = signal<PersonPageView | undefined>(undefined)
  const link = openLink<PersonToBackground, PersonPageView>({
    name: PERSON_PORT,
    connect,
    timers,
    onView(next) {
      view.value = next
    },
  })
  render(
    <WorldContext.Provider value={{ ...rest, post: link.post }}>
      <App view={view} />
    </WorldContext.Provider>,
    root,
  )
}

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
import type { Place } from './place'
import { type World, WorldContext } from './world'

export type PersonPageDeps = Pick<LinkDeps<PersonToBackground, PersonPageView>, 'connect' | 'timers'> &
  Omit<World, 'post'>

export function mountPersonPage(root: Element, { connect, timers, ...rest }: PersonPageDeps): void {
  const view = signal<PersonPageView | undefined>(undefined)
  const place = signal<Place>({ section: 'profile' })
  const done = { goTo: 0, exported: 0 }
  const link = openLink<PersonToBackground, PersonPageView>({
    name: PERSON_PORT,
    connect,
    timers,
    onView(next) {
      const { goTo, exported } = next
      // Not with the drawing: of two views that come together only the second is drawn.
      if (goTo && goTo.number !== done.goTo) {
        done.goTo = goTo.number
        place.value = { section: goTo.section }
      }
      if (exported && exported.number !== done.exported) {
        done.exported = exported.number
        rest.save('tutti-you.json', exported.text)
      }
      view.value = next
    },
  })
  render(
    <WorldContext.Provider value={{ ...rest, post: link.post }}>
      <App view={view} place={place} />
    </WorldContext.Provider>,
    root,
  )
}

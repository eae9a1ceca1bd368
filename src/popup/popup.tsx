/**
 * The popup: draws the view that the background sends and posts what the person asks for. Keeps no truth.
 * Its own are only: which panel is open, what is being typed, what was just copied.
 */
import { signal } from '@preact/signals'
import { render } from 'preact'
import type { View } from '../messages/background-to-popup'
import { POPUP_PORT, type PopupToBackground } from '../messages/popup-to-background'
import { type LinkDeps, openLink } from '../platform/link'
import { App } from './app'
import { type World, WorldContext } from './world'

export type PopupDeps = Omit<LinkDeps<PopupToBackground, View>, 'name' | 'onView'> & Omit<World, 'post'>

export function mountPopup(root: Element, { connect, timers, hello, ...rest }: PopupDeps): void {
  const view = signal<View | undefined>(undefined)
  const link = openLink<PopupToBackground, View>({
    name: POPUP_PORT,
    connect,
    timers,
    ...(hello ? { hello } : {}),
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

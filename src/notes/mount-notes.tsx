/** Draws the page and listens to whether it is in view. Everything of the outside world is handed to it. */
import { render } from 'preact'
import { App } from './app'
import { createInstrument, type InstrumentDeps } from './instrument'
import { type World, WorldContext } from './world'

export type NotesDeps = InstrumentDeps & Omit<World, 'instrument'>

export function mountNotes(root: Element, { printed, isFirefox, ...deps }: NotesDeps): void {
  const instrument = createInstrument(deps)
  document.addEventListener('visibilitychange', () => instrument.setInView(document.visibilityState === 'visible'))
  window.addEventListener('pagehide', () => instrument.setLeft(true))
  // A page that was kept aside by the browser comes back without being hidden or shown.
  window.addEventListener('pageshow', () => instrument.setLeft(false))
  render(
    <WorldContext.Provider value={{ instrument, printed, isFirefox }}>
      <App />
    </WorldContext.Provider>,
    root,
  )
}

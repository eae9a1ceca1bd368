/**
 * Where the background starts, again and again: the browser stops and wakes it as it likes. Wiring only: every listener is
 * registered before anything is awaited, and each waits until what was kept has been read.
 */
import { clientDialect } from '../dialects'
import { CONTENT_PORT } from '../messages/content-to-background'
import { NOTES_PORT } from '../messages/notes-to-background'
import { OFFSCREEN_PORT } from '../messages/offscreen'
import { PERSON_PORT } from '../messages/person-to-background'
import { POPUP_PORT } from '../messages/popup-to-background'
import { browserFetch } from '../platform/browser-fetch'
import { openBrowserSocket } from '../platform/browser-socket'
import { systemClock } from '../platform/clock'
import { keepAlive, onWake } from '../platform/keep-alive'
import {
  canChangeHandshake,
  changeHandshake,
  closeOffscreenDocument,
  openOffscreenDocument,
} from '../platform/offscreen'
import { pages, watchPages } from '../platform/pages'
import { acceptPorts } from '../platform/port'
import { systemRandom } from '../platform/random'
import { stored } from '../platform/storage'
import { systemTimers } from '../platform/timers'
import { toolbar } from '../platform/toolbar'
import { createBackground } from './background'
import { createOffscreenSockets } from './offscreen-sockets'
import {
  keysSchema,
  learnedSchema,
  ledSchema,
  nudgesSchema,
  readSchema,
  seatSchema,
  settingsSchema,
  tabSchema,
} from './stored-values'

const offscreenSockets = createOffscreenSockets({
  openPlain: openBrowserSocket,
  canChange: canChangeHandshake,
  change: changeHandshake,
  openDocument: openOffscreenDocument,
  closeDocument: closeOffscreenDocument,
})

const background = createBackground({
  openSocket: offscreenSockets.openSocket,
  fetch: browserFetch,
  clock: systemClock,
  timers: systemTimers,
  random: systemRandom,
  dialectOf: clientDialect,
  pagesPort: pages,
  toolbar,
  keepAlive,
  settings: stored('local', 'settings', settingsSchema),
  seat: stored('session', 'seat', seatSchema),
  led: stored('session', 'led', ledSchema),
  drivenTab: stored('session', 'driven-tab', tabSchema),
  readSoFar: stored('session', 'read-so-far', readSchema),
  keys: stored('local', 'keys', keysSchema),
  learned: stored('local', 'learned', learnedSchema),
  nudges: stored('local', 'nudges', nudgesSchema),
})

const ready = background.start()

acceptPorts(ready, (name, caller, port) => {
  if (name === POPUP_PORT && caller.kind === 'own-page') background.popupOpened(port)
  else if (name === NOTES_PORT && caller.kind === 'own-page') background.notesOpened(port)
  else if (name === PERSON_PORT && caller.kind === 'own-page') background.personOpened(port)
  else if (name === OFFSCREEN_PORT && caller.kind === 'own-page') offscreenSockets.documentOpened(port)
  else if (name === CONTENT_PORT && caller.kind === 'page-frame') {
    // What was watched in a private window is not remembered.
    background.frameConnected(caller.tabId, caller.frameId, port, caller.isPrivate ? undefined : caller.host)
  } else {
    console.warn(`Tutti: turned away a port "${name}" from a ${caller.kind}`)
    port.disconnect()
  }
})

watchPages({
  loaded: (tabId) => void ready.then(() => background.tabLoaded(tabId)),
  closed: (tabId) => void ready.then(() => background.tabClosed(tabId)),
  allowedSitesChanged: () => void ready.then(() => background.allowedSitesChanged()),
})

// Having woken is all that is wanted of an alarm: to start is to go back to the room.
onWake(() => {})

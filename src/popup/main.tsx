/** Wires the popup to the extension: port, clock, tab, clipboard, permissions. Everything else is handed these. */
import { activeTabId } from '../platform/active-tab'
import { systemClock } from '../platform/clock'
import { language } from '../platform/i18n'
import { openNotes } from '../platform/notes-tab'
import { knowsOffscreen } from '../platform/offscreen'
import { askForServer, askForSite } from '../platform/permissions'
import { connectPort } from '../platform/port'
import { systemTimers } from '../platform/timers'
import { mountPopup } from './popup'

document.documentElement.lang = language()

const tabId = await activeTabId()

mountPopup(document.getElementById('popup') ?? document.body, {
  connect: connectPort,
  timers: systemTimers,
  ...(tabId === undefined ? {} : { hello: { type: 'look', tabId } }),
  nowMs: () => systemClock.nowMs(),
  copy: (text) => navigator.clipboard.writeText(text),
  askForSite,
  askForServer,
  canHandshake: knowsOffscreen(),
  openNotes: () => void openNotes(),
})

/**
 * The popup with a fake line to the background, for a browser without the extension: shows one example view after
 * another and keeps what was posted, so that a test (or a person) can look at both.
 */
import type { View } from '../../../src/messages/background-to-popup'
import type { MessagePort } from '../../../src/platform/port'
import { systemTimers } from '../../../src/platform/timers'
import { mountPopup } from '../../../src/popup/popup'
import { EXAMPLE_NOW_MS, EXAMPLE_VIEWS, type ExampleName } from '../example-views'

const gallery = {
  posted: [] as unknown[],
  copied: [] as string[],
  asked: [] as string[],
  mayReach: true,
  notesOpened: 0,
  nowMs: EXAMPLE_NOW_MS,
  connections: 0,
  mayCopy: true,
  show(name: ExampleName): void {
    send(EXAMPLE_VIEWS[name])
  },
  /** The background dies. */
  hangUp(): void {
    hangUp()
  },
}
export type Gallery = typeof gallery
declare global {
  var gallery: Gallery
}
globalThis.gallery = gallery

let send = (_view: View): void => {}
let hangUp = (): void => {}

function connect(): MessagePort {
  gallery.connections += 1
  return {
    post: (message) => gallery.posted.push(message),
    onMessage(handle) {
      send = (view) => handle({ type: 'view', view })
    },
    onDisconnect(handle) {
      hangUp = handle
    },
    disconnect() {},
  }
}

mountPopup(document.getElementById('popup') ?? document.body, {
  connect,
  timers: systemTimers,
  hello: { type: 'look', tabId: 7 },
  nowMs: () => gallery.nowMs,
  async copy(text) {
    if (!gallery.mayCopy) throw new Error('not allowed')
    gallery.copied.push(text)
  },
  async askForSite(pattern) {
    gallery.asked.push(pattern)
    return true
  },
  async askForServer(hostname, handshake) {
    gallery.asked.push(handshake ? `${hostname}, handshake` : hostname)
    return gallery.mayReach
  },
  canHandshake: !new URLSearchParams(location.search).has('no-handshake'),
  openNotes() {
    gallery.notesOpened += 1
  },
})

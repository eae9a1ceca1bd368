/** The page of one's own person with a fake line to the background: shows example views and keeps what was posted and saved. */

import type { PersonPageView } from '../../../src/messages/person-view'
import { mountPersonPage } from '../../../src/options/person-page'
import { systemTimers } from '../../../src/platform/timers'
import { EXAMPLE_PERSONS, type PersonExampleName } from '../example-persons'

const personGallery = {
  posted: [] as unknown[],
  saved: [] as { fileName: string; text: string }[],
  show(name: PersonExampleName): void {
    send(EXAMPLE_PERSONS[name])
  },
}
export type PersonGallery = typeof personGallery
declare global {
  var personGallery: PersonGallery
}
globalThis.personGallery = personGallery

let send = (_view: PersonPageView): void => {}

mountPersonPage(document.getElementById('you') ?? document.body, {
  connect: () => ({
    post: (message) => personGallery.posted.push(message),
    onMessage(handle) {
      send = (view) => handle({ type: 'view', view })
    },
    onDisconnect() {},
    disconnect() {},
  }),
  timers: systemTimers,
  save: (fileName, text) => personGallery.saved.push({ fileName, text }),
})

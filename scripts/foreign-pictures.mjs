/** Pictures of the join box over what people are sent by those who use another system, and of a room there. */
import { openFilm } from './drive/film-page.mjs'
import { part } from './drive/tutti-popup.mjs'

/** @typedef {import('./drive/launch.mjs').DrivenBrowser} DrivenBrowser */
/** @typedef {import('./drive/popup.mjs').Popup} Popup */

const PASTED = [
  ['opentogethertube', 'https://opentogethertube.com/room/movies', 'An OpenTogetherTube room in the join box'],
  ['plugdj', 'https://plug.dj/friday-lounge', 'A plug.dj community'],
  ['pianorhythm', 'https://keys.example/api/websocket?room=duo', 'A PianoRhythm room'],
  ['frametogether', 'wss://frames.example/sync', 'A FrameTogether server: the room is asked for'],
  ['openwatchparty', 'https://jellyfin.example:8096/web/', 'OpenWatchParty beside a Jellyfin'],
  ['opensyncparty', 'https://media.example/OpenSyncParty/ws', 'OpenSyncParty beside a Jellyfin'],
]

/**
 * @param {DrivenBrowser} host in Chromium @param {string} film
 * @param {(browser: DrivenBrowser, popup: Popup, name: string, what: string) => Promise<void>} takePopup
 */
export async function takeForeign(host, film, takePopup) {
  await openFilm(host.page, film)
  const popup = await host.openPopup()
  for (const [system = '', text = '', what = ''] of PASTED) {
    await popup.type(part('join-text'), text)
    await popup.waitFor(part('foreign-door'))
    await takePopup(host, popup, `join-${system}`, what)
  }
  await popup.type(part('join-text'), 'rooms.example:9000')
  await popup.click(part('another-system'))
  await popup.waitFor(part('foreign-server'))
  await takePopup(host, popup, 'join-by-hand', 'An address that says nothing of itself: its system is chosen')
  await popup.close()
}

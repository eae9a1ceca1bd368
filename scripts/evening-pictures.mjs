/** Pictures of an evening in one room: queue and votes, turns, chat, people and their rights, doors. From the real popup. */
import { openFilm } from './drive/film-page.mjs'
import {
  addAddress,
  choose,
  knock,
  openTab,
  say,
  tryPassword,
  unfold,
  unfoldPerson,
  untilQueued,
} from './drive/room-popup.mjs'
import { chooseServer, joinRoom, part, startRoom } from './drive/tutti-popup.mjs'

/** @typedef {import('./drive/launch.mjs').DrivenBrowser} DrivenBrowser */
/** @typedef {(browser: DrivenBrowser, popup: import('./drive/popup.mjs').Popup, name: string, what: string) => Promise<void>} Take */

/**
 * @param {{ host: DrivenBrowser, guest: DrivenBrowser }} people
 * @param {{ server: string, film: string }} at
 * @param {Take} take
 */
export async function takeEvening({ host, guest }, { server, film }, take) {
  for (const { page } of [host, guest]) await openFilm(page, film)
  let popup = await host.openPopup()
  await chooseServer(popup, server)
  const code = await startRoom(popup, 'Brave Otter')
  await popup.close()
  let other = await guest.openPopup()
  await chooseServer(other, server)
  await joinRoom(other, 'Clever Fox', code)
  await openTab(other, 'queue')
  // On the same site the tab goes along by itself; the third is on another.
  const elsewhere = film.replace('127.0.0.1', 'localhost')
  for (const [site, name] of [
    [film, 'boat'],
    [film, 'midnight'],
    [elsewhere, 'dawn'],
  ])
    await addAddress(other, `${site}/film.html?${name}`)
  await other.close()

  popup = await host.openPopup()
  await openTab(popup, 'queue')
  await choose(popup, 'mode', 'vote')
  await untilQueued(popup, 'three wait', ({ length }) => length === 3)
  await popup.click(`${part('queue-item')}:nth-child(3) ${part('vote-up')}`)
  await popup.waitFor(`${part('queue-item')}:nth-child(3) ${part('vote-up')}[aria-pressed=true]`)
  await take(host, popup, 'queue', 'The queue, with votes')
  await popup.click(part('skip-item'))
  await untilQueued(popup, 'two wait', ({ length }) => length === 2)
  await openTab(popup, 'watch')
  await popup.waitFor(part('go-there'))
  await take(host, popup, 'go-there', 'What is current is on another page')
  await openTab(popup, 'queue')
  await choose(popup, 'mode', 'rotation')
  await popup.click(part('join-booth-page'))
  await popup.waitFor(part('leave-booth'))
  await popup.close()
  other = await guest.openPopup()
  await openTab(other, 'queue')
  await other.click(part('join-booth'))
  await other.waitFor(part('leave-booth'))
  await openTab(other, 'chat')
  await say(other, 'My turn after yours, @Brave Otter?')
  await say(other, '/me gets popcorn')
  await other.waitForText('gets popcorn')
  await other.close()

  popup = await host.openPopup()
  await openTab(popup, 'queue')
  await popup.click(part('skip-item'))
  await popup.waitForText('It is your turn')
  await take(host, popup, 'turns', 'Two take turns as DJs')
  await openTab(popup, 'chat')
  await take(host, popup, 'chat', 'The chat')
  await openTab(popup, 'people')
  await unfoldPerson(popup, 'Clever Fox')
  await take(host, popup, 'people', 'Who is here, and what the host can do about them')
  await popup.close()
  popup = await host.openPopup()
  await openTab(popup, 'people')
  await unfold(popup, 'room-settings')
  await take(host, popup, 'room-settings', 'How the room is set')
  await popup.type(part('room-password'), 'sesame')
  await popup.click(part('set-password'))
  await popup.waitFor(part('remove-password'))
  await unfoldPerson(popup, 'Clever Fox')
  await popup.type(part('reason'), 'No spoilers, please')
  await popup.click(part('kick'))
  await popup.close()

  other = await guest.openPopup()
  await other.waitFor(part('problem'))
  await take(guest, other, 'kicked', 'Sent out, with the reason (Firefox)')
  await other.click(`${part('problem')} .quiet`)
  await knock(other, 'Clever Fox', code)
  await tryPassword(other, 'open up')
  await other.waitFor(part('password-wrong'))
  await take(guest, other, 'locked', 'A door that wants a password, and got a wrong one (Firefox)')
  await other.click(part('other-room'))
  await other.waitFor(part('join-text'))
  await other.close()
  popup = await host.openPopup()
  await popup.click(part('leave'))
  await popup.close()
}

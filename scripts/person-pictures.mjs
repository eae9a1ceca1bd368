/** Pictures of the page of one's own person, from the real page at a real server: two people who have become friends. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openFilm } from './drive/film-page.mjs'
import { goTo, openPersonPage, untilSaysThere } from './drive/person-page.mjs'
import { addAddress, openTab, unfold, unfoldPerson, untilQueued } from './drive/room-popup.mjs'
import { chooseServer, joinRoom, part, startRoom } from './drive/tutti-popup.mjs'
import { until } from './drive/until.mjs'

/** @typedef {import('./drive/launch.mjs').DrivenBrowser} DrivenBrowser */
/** @typedef {import('./drive/popup.mjs').Popup} Popup */

/**
 * @param {{ host: DrivenBrowser, guest: DrivenBrowser }} people the host in Chromium
 * @param {{ server: string, film: string, folder: string }} at
 * @param {(browser: DrivenBrowser, popup: Popup, name: string, what: string) => Promise<void>} takePopup
 * @param {(taken: { file: string, what: string }) => void} tell
 */
export async function takePerson({ host, guest }, { server, film, folder }, takePopup, tell) {
  for (const { page } of [host, guest]) await openFilm(page, film)
  let popup = await host.openPopup()
  await chooseServer(popup, server)
  const code = await startRoom(popup, 'Brave Otter')
  await popup.close()
  let other = await guest.openPopup()
  await chooseServer(other, server)
  await joinRoom(other, 'Clever Fox', code)
  await openTab(other, 'queue')
  for (const name of ['boat', 'midnight', 'dawn']) await addAddress(other, `${film}/film.html?${name}`)
  await openTab(other, 'people')
  await unfoldPerson(other, 'Brave Otter')
  await other.click(part('ask-friend'))
  await other.type(part('message-text'), 'Are you in on Friday? I bring the one with the lighthouse.')
  await other.click(part('write'))
  await other.close()

  popup = await host.openPopup()
  await openTab(popup, 'people')
  await unfoldPerson(popup, 'Clever Fox')
  await popup.waitFor(`${part('you')} .badge`)
  await takePopup(host, popup, 'meet', 'Somebody asks to be friends and wrote; what one can do about anybody here')
  await openTab(popup, 'queue')
  await untilQueued(popup, 'three wait', ({ length }) => length === 3)
  await unfold(popup, 'playlists')
  await popup.type(part('save-queue-name'), 'Friday films')
  await popup.click(part('save-queue'))
  await popup.waitFor(part('from-playlist'))
  await popup.close()

  const { page, you } = await openPersonPage(host)
  const take = async (/** @type {string} */ name, /** @type {string} */ what) => {
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      // What fades from one scheme to the other has come to rest.
      await page.waitForFunction(() => document.getAnimations().length === 0)
      await writeFile(join(folder, `you-${name}-${scheme}.png`), await page.screenshot())
    }
    tell({ file: `you-${name}`, what })
  }
  await goTo(you, 'messages')
  await you.type(part('message-text'), 'I am. Nine as always?')
  await you.press('Enter')
  await until('it is said', async () => (await you.texts(part('message'))).length === 2)
  await goTo(you, 'friends')
  await you.waitFor(part('request'))
  await take('request', 'Somebody asks to be friends')
  await you.click(part('accept'))
  await you.waitFor(part('friend'))

  other = await guest.openPopup()
  await other.click(part('leave'))
  await other.waitFor(part('start-room'))
  await startRoom(other, 'Clever Fox')
  await other.close()
  const theirs = await guest.openOwnPage('src/options/index.html')
  await until('the guest is known', () =>
    theirs.read((document, box) => document.querySelector(box) !== null, part('tells-where')),
  )
  await theirs.click(part('tells-where'))
  await theirs.close()
  await page.bringToFront()
  await untilSaysThere(you, part('seen'), 'online · in')
  await take('friends', 'Friends, and how they are seen')
  await goTo(you, 'messages')
  await take('messages', 'Private messages')
  await goTo(you, 'profile')
  await you.click(`label:has(${part('drawing-otter')})`)
  await you.waitFor(`${part('drawing-otter')}:checked`)
  await you.click(`label:has(${part('colour-teal')})`)
  await you.waitFor('.avatar.big[data-drawing=otter]')
  await take('profile', 'One’s own profile: name, face, presence')
  await goTo(you, 'playlists')
  await you.click(part('playlist-open'))
  await you.waitFor(part('playlist-item'))
  await take('playlist', 'A playlist')
  await goTo(you, 'data')
  await take('data', 'Export, and deleting everything')
  await you.close()
  for (const person of [host, guest]) {
    popup = await person.openPopup()
    await popup.click(part('leave'))
    await popup.waitFor(part('join-text'))
    await popup.close()
  }
}

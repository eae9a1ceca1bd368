/** Pictures of the page of notes, from the real page in a real room: two people play, and what stands in the way when they can't. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openFilm } from './drive/film-page.mjs'
import { chooseServer, joinRoom, part, startRoom } from './drive/tutti-popup.mjs'
import { until } from './drive/until.mjs'

/** @typedef {import('./drive/launch.mjs').DrivenBrowser} DrivenBrowser */
/** @typedef {import('puppeteer-core').Page} Page */

const NOTES = 'src/notes/index.html'
const SIZES = { desk: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } }
/** A chord of C major for one, a phrase above it for the other. */
const CHORD = /** @type {const} */ (['KeyZ', 'KeyC', 'KeyB'])
const PHRASE = /** @type {const} */ (['KeyQ', 'KeyE', 'KeyW'])
const LAST = 'KeyT'

/**
 * @param {{ host: DrivenBrowser, guest: DrivenBrowser }} people the host in Chromium
 * @param {{ server: string, film: string, folder: string }} at
 * @param {(taken: { file: string, what: string }) => void} tell
 */
export async function takeNotes({ host, guest }, { server, film, folder }, tell) {
  for (const { page } of [host, guest]) await openFilm(page, film)
  let popup = await host.openPopup()
  await chooseServer(popup, server)
  const code = await startRoom(popup, 'Brave Otter')
  await popup.close()
  const other = await guest.openPopup()
  await chooseServer(other, server)
  await joinRoom(other, 'Clever Fox', code)
  await other.close()
  const theirs = await guest.openOwnPage(NOTES)
  const page = await openNotes(host)
  const take = async (/** @type {string} */ name, /** @type {string} */ what) => {
    await picture(page, join(folder, `notes-${name}`))
    tell({ file: `notes-${name}`, what })
  }
  const duet = async (/** @type {readonly import('puppeteer-core').KeyInput[]} */ chord) => {
    await until('both are on the page', async () => (await page.$$(part('player'))).length === 2)
    await theirs.toFront()
    for (const code of PHRASE) {
      await theirs.keyDown(code)
      await until('it is seen', async () => (await page.$$('.keys .down')).length > 0)
      await untilTrailed(page, 14)
      await theirs.keyUp(code)
      await until('it is over', async () => (await page.$$('.keys .down')).length === 0)
    }
    await theirs.keyDown(LAST)
    for (const code of chord) await page.keyboard.down(code)
    await until('both hold keys', async () => (await page.$$('.keys .down')).length === chord.length + 1)
    await until('it is told how late', async () => (await page.$('[data-late-ms]')) !== null)
    await untilTrailed(page, 40)
  }
  const end = async () => {
    for (const code of CHORD) await page.keyboard.up(code)
    await theirs.keyUp(LAST)
  }

  await show(page, SIZES.desk)
  await duet(CHORD)
  await take('duet', 'The page of notes: two play, each in their colour')
  await end()
  await show(page, SIZES.phone)
  await duet(CHORD.slice(0, 2))
  await take('phone', 'The page of notes on a narrow screen')
  await end()
  await theirs.close()

  popup = await host.openPopup()
  await popup.click(part('leave'))
  await popup.close()
  await page.bringToFront()
  await show(page, SIZES.desk)
  await page.waitForSelector(part('outside'))
  await take('outside', 'The page of notes outside a room')
  await page.close()
}

/** @param {DrivenBrowser} host */
async function openNotes(host) {
  await host.openOwnPage(NOTES)
  const page = (await host.page.browser().pages()).find((each) => each.url().endsWith(NOTES))
  if (!page) throw new Error('The page of notes did not open.')
  return page
}

/** As it opens on a screen of that size. @param {Page} page @param {{ width: number, height: number }} size */
async function show(page, size) {
  await page.setViewport({ ...size, deviceScaleFactor: 1 })
  await page.reload()
  await page.waitForSelector(part('keys'))
}

/** Something that was played has risen so high. @param {Page} page @param {number} px */
function untilTrailed(page, px) {
  return until('it rises', () =>
    page.$$eval(
      '.trail:not(.over) > span',
      (trails, least) => trails.some((trail) => trail.getBoundingClientRect().height >= least),
      px,
    ),
  )
}

/** @param {Page} page @param {string} file without scheme and ending */
async function picture(page, file) {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.waitForFunction(() => document.getAnimations().every((each) => !(each instanceof CSSTransition)))
    await writeFile(`${file}-${scheme}.png`, await page.screenshot())
  }
}

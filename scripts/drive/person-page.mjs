/**
 * The page of one's own person in Chromium, opened as a person opens it: by the button in the popup. It is read and clicked in the same
 * words as the popup.
 */
import { createPopup } from './popup.mjs'
import { part } from './tutti-popup.mjs'
import { until } from './until.mjs'

/** @typedef {import('./popup.mjs').Popup} Popup */

/**
 * @param {import('./launch.mjs').DrivenBrowser} driven
 * @returns {Promise<{ page: import('puppeteer-core').Page, you: Popup }>}
 */
export async function openPersonPage(driven) {
  const popup = await driven.openPopup()
  await popup.click(part('you'))
  const browser = driven.page.browser()
  const target = await browser.waitForTarget((each) => /options.*\.html/.test(each.url()), { timeout: 10_000 })
  const page = await target.asPage()
  await until('the popup is closed', async () => !(await popup.isOpen()))
  await page.setViewport({ width: 1000, height: 720, deviceScaleFactor: 1 })
  const you = createPopup({
    read: (look, arg) =>
      page.evaluate(`(${String(look)})(document, ${JSON.stringify(arg) ?? 'undefined'})`).then(
        // The page is another world; what comes back is what `look` returned there.
        (answer) => /** @type {ReturnType<typeof look>} */ (answer),
      ),
    click: (selector) => page.click(selector),
    typeText: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (key)),
    screenshot: async () => Buffer.from(await page.screenshot()),
    isOpen: async () => !page.isClosed(),
    close: () => page.close(),
  })
  await you.waitFor('.top')
  return { page, you }
}

/**
 * @param {Popup} you
 * @param {'profile' | 'friends' | 'messages' | 'playlists' | 'history' | 'blocked' | 'data'} section
 */
export async function goTo(you, section) {
  await you.click(part(`go-${section}`))
  await you.waitFor(`${part(`go-${section}`)}[aria-current]`)
}

/** @param {Popup} you @param {string} selector @param {string} words that something there says at last */
export function untilSaysThere(you, selector, words) {
  return until(`the page says "${words}" at ${selector}`, async () => {
    const said = await you.texts(selector)
    if (!said.some((each) => each.includes(words))) throw new Error(`it says ${JSON.stringify(said)}`)
    return true
  })
}

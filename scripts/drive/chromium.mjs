/**
 * Drives Chromium with the unpacked extension, over the DevTools protocol. The popup is opened as a click on the toolbar
 * button opens it, which is also what grants the extension the tab it is opened over.
 */
import { browserPath } from '../browsers.mjs'
import { ownPageIn } from './own-page.mjs'
import { createPopup } from './popup.mjs'
import { until } from './until.mjs'

/** @param {import('./launch.mjs').LaunchWish} wish @returns {Promise<import('./launch.mjs').DrivenBrowser>} */
export async function launchChromium({
  dist,
  headless,
  autoplay,
  window,
  colorScheme,
  fontConfig,
  loudspeakers,
  leaveBackground,
}) {
  const { launch, TargetType } = await import('puppeteer-core')
  const browser = await launch({
    executablePath: browserPath('chromium'),
    headless,
    pipe: true,
    // Otherwise the popup is emulated at the width of the default viewport, and its pictures lie.
    defaultViewport: null,
    enableExtensions: [dist],
    ignoreDefaultArgs: ['--enable-automation', ...(loudspeakers ? ['--mute-audio'] : [])],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // The popup speaks English, whatever the machine speaks.
    env: { ...process.env, LANGUAGE: 'en_US', ...(fontConfig && { FONTCONFIG_FILE: fontConfig }), ...loudspeakers },
    ...(leaveBackground && { targetFilter: (target) => target.type() !== TargetType.SERVICE_WORKER }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // The usual policy lets a click in the popup count for the page, sometimes; the strict one wants it in the page.
      `--autoplay-policy=${autoplay ? 'no-user-gesture-required' : 'user-gesture-required'}`,
      // A browser without windows has a screen of 800 × 600 otherwise, and cuts popups that fit on anybody's.
      ...(headless ? ['--screen-info={1280x1024}'] : []),
      '--no-first-run',
      '--no-default-browser-check',
      '--password-store=basic',
      `--window-position=${window.x},${window.y}`,
      `--window-size=${window.width},${window.height}`,
    ],
  })
  const extension = await until('Chromium has loaded the extension', async () => {
    const [first] = (await browser.extensions()).values()
    return first
  })
  const [page = await browser.newPage()] = await browser.pages()
  let scheme = colorScheme
  /** @type {import('puppeteer-core').Page | undefined} */
  let opened
  /** @param {import('puppeteer-core').Page} there */
  const paint = async (there) => {
    if (scheme && !there.isClosed()) await there.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  }
  const own = `chrome-extension://${extension.id}/`
  /** @param {import('puppeteer-core').Target} target */
  const isPopup = (target) => target.url().startsWith(own) && /popup.*\.html/.test(target.url())
  /** @param {import('puppeteer-core').Target} target */
  const isWorker = (target) => target.url().startsWith(own) && target.url().endsWith('.js')

  return {
    kind: 'chromium',
    version: (await browser.version()).replace(/^(Headless)?Chrome\//, 'Chromium '),
    page,
    openPopup: async (over = page) => {
      await over.bringToFront()
      await extension.triggerAction(over)
      const target = await browser.waitForTarget(isPopup, { timeout: 10_000 })
      const popup = await target.asPage()
      opened = popup
      await paint(popup)
      return createPopup({
        read: (look, arg) =>
          popup.evaluate(`(${String(look)})(document, ${JSON.stringify(arg) ?? 'undefined'})`).then(
            // The popup is another world; what comes back is what `look` returned there.
            (answer) => /** @type {ReturnType<typeof look>} */ (answer),
          ),
        click: (selector) => popup.click(selector),
        typeText: (text) => popup.keyboard.type(text),
        press: (key) => popup.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (key)),
        screenshot: async () => Buffer.from(await popup.screenshot()),
        isOpen: async () => browser.targets().some(isPopup),
        close: async () => {
          // The browser closes it by itself when the page below goes elsewhere, perhaps at this very moment: what counts is that it is.
          if (browser.targets().some(isPopup)) await popup.close().catch(() => undefined)
          await until('the popup is closed', () => !browser.targets().some(isPopup))
        },
      })
    },
    newPage: () => browser.newPage(),
    openOwnPage: async (path) => {
      const opened = await browser.newPage()
      await opened.goto(`${own}${path}`)
      return ownPageIn(opened)
    },
    stopBackground: async () => {
      const target = browser.targets().find(isWorker)
      const worker = await target?.worker()
      await worker?.close()
      return worker !== undefined && worker !== null
    },
    isBackgroundRunning: async () => browser.targets().some(isWorker),
    willAllow: async (pattern) => {
      // The prompt is in no tree that can be driven; a yes from before makes the browser skip it, and nothing else.
      const manager = await browser.newPage()
      await manager.goto('chrome://extensions/')
      await manager.waitForFunction(() => Reflect.has(chrome, 'developerPrivate'))
      await manager.evaluate(
        (id, origin) => Reflect.get(chrome, 'developerPrivate').addHostPermission(id, origin),
        extension.id,
        pattern,
      )
      await manager.close()
      return async () => {}
    },
    setColorScheme: async (next) => {
      scheme = next
      await paint(page)
      if (opened) await paint(opened)
    },
    isGone: () => !browser.connected,
    close: () => browser.close(),
  }
}

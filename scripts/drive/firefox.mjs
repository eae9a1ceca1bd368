/**
 * Drives Firefox with the unpacked extension, over WebDriver BiDi. The popup is in no tree that BiDi shows, so it is
 * reached from the browser's own privileged script: opened as the toolbar button opens it, and used with real input events.
 */
import { browserPath } from '../browsers.mjs'
import { openOverBidi } from './own-page.mjs'
import { createPopup } from './popup.mjs'
import { until } from './until.mjs'

/** @param {import('./launch.mjs').LaunchWish} wish @returns {Promise<import('./launch.mjs').DrivenBrowser>} */
export async function launchFirefox({
  dist,
  headless,
  autoplay,
  window,
  colorScheme,
  fontConfig,
  loudspeakers,
  idleMs,
}) {
  const { launch } = await import('puppeteer-core')
  const browser = await launch({
    browser: 'firefox',
    executablePath: browserPath('firefox'),
    headless,
    defaultViewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env: { ...process.env, ...(fontConfig && { FONTCONFIG_FILE: fontConfig }), ...loudspeakers },
    args: ['--remote-allow-system-access', `--width=${window.width}`, `--height=${window.height}`],
    extraPrefsFirefox: {
      // The popup speaks English, whatever the machine speaks.
      'intl.locale.requested': 'en-US',
      // A prompt takes a click at once, not only after the time that keeps people from clicking it by mistake.
      'security.notification_enable_delay': 0,
      ...(idleMs === undefined ? {} : { 'extensions.background.idle.timeout': idleMs }),
      ...(autoplay ? { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 } : {}),
    },
  })
  const id = await browser.installExtension(dist)
  const privileged = createPrivileged(browser, id)
  if (!headless) await placeWindow(browser, window)
  const [page = await browser.newPage()] = await browser.pages()
  /** @param {import('./launch.mjs').ColorScheme} scheme */
  const setColorScheme = async (scheme) => {
    const isDark = scheme === 'dark'
    await privileged.run(`Services.prefs.setIntPref('ui.systemUsesDarkTheme', ${isDark ? 1 : 0})
      Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', ${isDark ? 0 : 1})`)
  }
  if (colorScheme) await setColorScheme(colorScheme)

  return {
    kind: 'firefox',
    version: (await browser.version()).replace(/^firefox\//i, 'Firefox '),
    page,
    openPopup: async (over = page) => {
      await over.bringToFront()
      await privileged.run(`const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
        await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window)`)
      await until('the popup is open', () => privileged.run(IS_OPEN), 10_000)
      return createPopup(popupHands(privileged))
    },
    newPage: () => browser.newPage(),
    openOwnPage: async (path) =>
      openOverBidi(bidiOf(browser), `moz-extension://${String(await privileged.run('return extension.uuid'))}/${path}`),
    stopBackground: async () => {
      const wasRunning = await privileged.run(`return extension.backgroundState === 'running'`)
      await privileged.run('await extension.terminateBackground()')
      return wasRunning === true
    },
    isBackgroundRunning: async () => (await privileged.run(`return extension.backgroundState === 'running'`)) === true,
    willAllow: async () => async () => {
      await until('the prompt for the site is answered', async () => (await privileged.run(ANSWER_PROMPT)) === true)
    },
    setColorScheme,
    isGone: () => !browser.connected,
    close: () => browser.close(),
  }
}

const IS_OPEN = `const open = popup()
  return !!open && open.closest('panel').state === 'open' && open.getBoundingClientRect().width > 0`

/** Presses "Allow" in the browser's own prompt; true once it was there and is gone again. */
const ANSWER_PROMPT = `const prompt = document.getElementById('addon-webext-permissions-notification')
  const isOpen = prompt?.closest('panel')?.state === 'open'
  if (isOpen) {
    window.tuttiPrompted = true
    prompt.button.click()
    return false
  }
  const isAnswered = window.tuttiPrompted === true
  delete window.tuttiPrompted
  return isAnswered`

/** @typedef {ReturnType<typeof createPrivileged>} Privileged */

/** @param {import('puppeteer-core').Browser} browser @param {string} id of the extension */
function createPrivileged(browser, id) {
  const connection = bidiOf(browser)
  /**
   * Runs a function body in the browser window, with full rights.
   * @param {string} body
   * @returns {Promise<unknown>}
   */
  const run = async (body) => {
    const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
    const answer = await connection.send('script.evaluate', {
      awaitPromise: true,
      target: { context: tree.result.contexts[0].context },
      expression: `(async () => {
        const extension = WebExtensionPolicy.getByID(${JSON.stringify(id)}).extension
        const popup = () => document.querySelector('browser.webextension-popup-browser')
        ${body}
      })()`,
    })
    if (answer.result.type === 'exception') throw new Error(answer.result.exceptionDetails.text)
    return answer.result.result.value
  }
  /**
   * Runs a function body in the popup's process, with `content` as its window.
   * @param {string} body
   * @returns {Promise<unknown>}
   */
  const runInPopup = async (body) => {
    const script = `(async () => {
      let told
      try { told = { answer: await (async () => { ${body} })() } } catch (error) { told = { failure: String(error) } }
      sendAsyncMessage('tutti:told', JSON.stringify(told))
    })()`
    const told = await run(`const view = popup()
      if (!view) return JSON.stringify({ failure: 'The popup is not open.' })
      const manager = view.messageManager
      return new Promise((resolve) => {
        manager.addMessageListener('tutti:told', function listener(message) {
          manager.removeMessageListener('tutti:told', listener)
          resolve(message.data)
        })
        manager.loadFrameScript('data:application/javascript;charset=utf-8,' + ${JSON.stringify(encodeURIComponent(script))}, false)
      })`)
    const { answer, failure } = JSON.parse(String(told))
    if (failure) throw new Error(failure)
    return answer
  }
  return { run, runInPopup }
}

/** @param {Privileged} privileged @returns {import('./popup.mjs').PopupHands} */
function popupHands({ run, runInPopup }) {
  /** @param {readonly unknown[]} keys names of keys, or single letters */
  const keys = (keys) =>
    runInPopup(`const input = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor)
      input.beginInputTransactionForTests(content, () => true)
      for (const key of ${JSON.stringify(keys)}) {
        const event = new content.KeyboardEvent('', { key })
        input.keydown(event)
        input.keyup(event)
      }`)
  return {
    read: async (look, arg) =>
      // The popup is another world; what comes back is what `look` returned there.
      /** @type {ReturnType<typeof look>} */ (
        await runInPopup(`return (${String(look)})(content.document, ${JSON.stringify(arg) ?? 'undefined'})`)
      ),
    click: async (selector) => {
      await runInPopup(`const found = content.document.querySelector(${JSON.stringify(selector)})
        found.scrollIntoView({ block: 'nearest' })
        const box = found.getBoundingClientRect()
        for (const type of ['mousedown', 'mouseup'])
          content.synthesizeMouseEvent(type, box.x + box.width / 2, box.y + box.height / 2,
            { button: 0, buttons: type === 'mousedown' ? 1 : 0, clickCount: 1 }, {})`)
    },
    typeText: async (text) => {
      await keys(Array.from(text))
    },
    press: async (key) => {
      await keys([key])
    },
    screenshot: async () => {
      const picture =
        await run(`const bitmap = await popup().browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white')
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        canvas.getContext('2d').drawImage(bitmap, 0, 0)
        const blob = await canvas.convertToBlob()
        return new Promise((resolve) => {
          const reader = new FileReader()
          reader.onload = () => resolve(reader.result.split(',')[1])
          reader.readAsDataURL(blob)
        })`)
      return Buffer.from(String(picture), 'base64')
    },
    isOpen: async () => (await run(IS_OPEN)) === true,
    close: async () => {
      await run(`popup()?.closest('panel').hidePopup()`)
      await until('the popup is closed', async () => (await run('return !popup()')) === true)
    },
  }
}

/**
 * puppeteer does not declare the BiDi connection that a Firefox browser carries.
 * @param {import('puppeteer-core').Browser} browser
 * @returns {{ send(method: string, params: object): Promise<{ result: any }> }}
 */
function bidiOf(browser) {
  const { connection } = /** @type {{ connection?: unknown }} */ (/** @type {unknown} */ (browser))
  return /** @type {{ send(method: string, params: object): Promise<{ result: any }> }} */ (connection)
}

/** @param {import('puppeteer-core').Browser} browser @param {import('./launch.mjs').LaunchWish['window']} place */
async function placeWindow(browser, place) {
  const connection = bidiOf(browser)
  const { result } = await connection.send('browser.getClientWindows', {})
  for (const { clientWindow } of result.clientWindows)
    await connection.send('browser.setClientWindowState', { clientWindow, state: 'normal', ...place })
}

/**
 * One way to drive both browsers: the real extension in a fresh profile, its real popup, one page.
 * No stand-ins: what the extension may do here is what it may do for a person.
 */
import { DIST } from '../setup.mjs'
import { launchChromium } from './chromium.mjs'
import { launchFirefox } from './firefox.mjs'

/** @typedef {'dark' | 'light'} ColorScheme */

/**
 * @typedef {object} LaunchWish
 * @property {string} dist folder of the unpacked extension
 * @property {boolean} headless
 * @property {boolean} autoplay may pages play with sound before anybody has clicked there? If not, only right after a click
 * @property {{ x: number, y: number, width: number, height: number }} window
 * @property {ColorScheme} [colorScheme]
 * @property {string} [fontConfig] a fontconfig file that says which fonts there are, in place of the system's
 * @property {boolean} [leaveBackground] nothing of ours may be attached to the background: a debugger keeps it alive
 * @property {Readonly<Record<string, string>>} [loudspeakers] what its environment needs so that it is heard; otherwise Chromium is mute
 * @property {number} [idleMs] after so long without anything to do Firefox stops a background; its usual time is 30 s
 */

/**
 * @typedef {object} DrivenBrowser
 * @property {import('../browsers.mjs').BrowserKind} kind
 * @property {string} version as told to people, like "Chromium 156.0"
 * @property {import('puppeteer-core').Page} page the first tab
 * @property {(over?: import('puppeteer-core').Page) => Promise<import('./popup.mjs').Popup>} openPopup a click on the toolbar
 *   button; the tab comes to the front
 * @property {() => Promise<import('puppeteer-core').Page>} newPage
 * @property {(path: string) => Promise<import('./own-page.mjs').OwnPage>} openOwnPage a page of the extension, in a tab of its own
 * @property {() => Promise<boolean>} stopBackground stops the extension's background as the browser itself may at any moment
 * @property {() => Promise<boolean>} isBackgroundRunning asked without waking it; not to be seen in Chromium with `leaveBackground`
 * @property {(pattern: string) => Promise<() => Promise<void>>} willAllow the person will say yes when the popup asks for
 *   this site: call it before the popup is opened, and what it answers after the click
 * @property {(scheme: ColorScheme) => Promise<void>} setColorScheme
 * @property {() => boolean} isGone its window was closed, or it died
 * @property {() => Promise<void>} close also removes the profile
 */

const WINDOW = { x: 0, y: 0, width: 800, height: 860 }

/**
 * @param {import('../browsers.mjs').BrowserKind} kind
 * @param {Partial<LaunchWish>} [wish]
 * @returns {Promise<DrivenBrowser>}
 */
export function launch(kind, wish = {}) {
  const whole = { dist: DIST[kind], headless: true, autoplay: true, window: WINDOW, ...wish }
  return kind === 'chromium' ? launchChromium(whole) : launchFirefox(whole)
}

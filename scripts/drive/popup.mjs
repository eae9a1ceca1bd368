/**
 * The real toolbar popup as tests and `npm start` use it, the same for both browsers. Each browser's driver brings
 * the few things that only it can do; what can be said in terms of these stands here.
 */
import { until } from './until.mjs'

/**
 * What a browser's driver must be able to do to its popup.
 * @typedef {object} PopupHands
 * @property {<A, R>(look: (document: Document, arg: A) => R, arg: A) => Promise<R>} read runs `look` in the popup; it may use
 *   nothing from outside itself, and its answer must be plain JSON
 * @property {(selector: string) => Promise<void>} click a real click in the middle of the element
 * @property {(text: string) => Promise<void>} typeText keys, one by one, to whatever has the focus
 * @property {(key: string) => Promise<void>} press one key by its name, like Tab or Enter
 * @property {() => Promise<Buffer>} screenshot a PNG
 * @property {() => Promise<boolean>} isOpen
 * @property {() => Promise<void>} close
 */

/** @typedef {ReturnType<typeof createPopup>} Popup */

/** @param {PopupHands} hands */
export function createPopup(hands) {
  /** @param {string} selector */
  const exists = (selector) => hands.read((document, wanted) => document.querySelector(wanted) !== null, selector)
  /** @param {string} selector */
  const text = (selector) =>
    hands.read((document, wanted) => document.querySelector(wanted)?.textContent?.trim() ?? '', selector)
  /** @param {string} selector */
  const texts = (selector) =>
    hands.read(
      (document, wanted) => [...document.querySelectorAll(wanted)].map((found) => found.textContent?.trim() ?? ''),
      selector,
    )
  const allText = () => hands.read((document) => document.body.innerText, undefined)

  /**
   * @param {string} what @param {() => Promise<boolean>} look @param {number} [atMostMs]
   */
  const untilIt = (what, look, atMostMs) =>
    until(
      `the popup ${what}`,
      async () => {
        if (!(await look())) throw new Error(`the popup says: ${await allText()}`)
        return true
      },
      atMostMs,
    )
  /** @param {string} selector @param {number} [atMostMs] */
  const waitFor = (selector, atMostMs) => untilIt(`has ${selector}`, () => exists(selector), atMostMs)

  return {
    ...hands,
    exists,
    text,
    texts,
    allText,
    waitFor,
    /** @param {string} selector */
    click: async (selector) => {
      await waitFor(selector)
      await hands.click(selector)
    },
    /**
     * Puts a text into a field as a person would: click into it, clear it, type.
     * @param {string} selector @param {string} value
     */
    type: async (selector, value) => {
      await waitFor(selector)
      await hands.click(selector)
      await hands.read((document, wanted) => {
        const field = document.querySelector(wanted)
        if (field && 'select' in field && typeof field.select === 'function') field.select()
        return true
      }, selector)
      await hands.typeText(value)
      const typed = await hands.read((document, wanted) => {
        const field = document.querySelector(wanted)
        return field && 'value' in field ? String(field.value) : ''
      }, selector)
      if (typed !== value) throw new Error(`Typed "${value}" into ${selector}, but there stands "${typed}".`)
    },
    /** @param {string} words @param {number} [atMostMs] */
    waitForText: (words, atMostMs) =>
      untilIt(`says "${words}"`, async () => (await allText()).includes(words), atMostMs),
  }
}

/** What a person does with a room in Tutti's popup besides playing, and reads off it: queue, booth, chat, people, doors. */
import { part } from './tutti-popup.mjs'
import { until } from './until.mjs'

/** @typedef {import('./popup.mjs').Popup} Popup */

/** @param {Popup} popup @param {'watch' | 'queue' | 'chat' | 'people'} tab */
export async function openTab(popup, tab) {
  await popup.click(part(`tab-${tab}`))
  await popup.waitFor(`${part(`tab-${tab}`)}[aria-selected=true]`)
}

/** @param {Popup} popup @param {string} name of what is folded */
export async function unfold(popup, name) {
  await popup.click(part(name))
  await popup.waitFor(`${part(name)}[aria-expanded=true]`)
}

/**
 * Chooses from a list of the browser's own, which no click reaches in a browser without windows.
 * @param {Popup} popup @param {string} name @param {string} value
 */
export async function choose(popup, name, value) {
  await popup.waitFor(part(name))
  await popup.read(
    (document, wanted) => {
      const list = document.querySelector(wanted.selector)
      if (!list) return false
      Reflect.set(list, 'value', wanted.value)
      return list.dispatchEvent(new Event('change', { bubbles: true }))
    },
    { selector: part(name), value },
  )
  await until(`the popup has taken "${value}" for ${name}`, () =>
    popup.read(
      (document, wanted) => {
        const list = document.querySelector(wanted.selector)
        return list !== null && 'value' in list && list.value === wanted.value
      },
      { selector: part(name), value },
    ),
  )
}

/** @param {Popup} popup @returns {Promise<string[]>} what waits, in order */
export function queued(popup) {
  return popup.texts(`${part('queue-item')} .film`)
}

/** @param {Popup} popup @param {string} what @param {(titles: string[]) => boolean} isSo */
export function untilQueued(popup, what, isSo) {
  return until(what, async () => {
    const titles = await queued(popup)
    if (!isSo(titles)) throw new Error(`${JSON.stringify(titles)}; the popup says: ${await popup.allText()}`)
    return titles
  })
}

/** @param {Popup} popup over the queue @param {string} address */
export async function addAddress(popup, address) {
  const before = (await queued(popup)).length
  await popup.type(part('queue-address'), address)
  await popup.click(part('queue-add'))
  await untilQueued(popup, `${address} is in the queue`, (titles) => titles.length === before + 1)
}

/** @param {Popup} popup @param {string} words what the popup says of what is current, or of whose turn it is @param {string} name */
export function untilSays(popup, name, words) {
  return until(`${name} says "${words}"`, async () => {
    const said = await popup.text(part(name))
    if (!said.includes(words)) throw new Error(`it says "${said}"; the popup says: ${await popup.allText()}`)
    return said
  })
}

/**
 * Unfolds what can be done about somebody, over the list of people.
 * @param {Popup} popup @param {string} name
 */
export async function unfoldPerson(popup, name) {
  const selector = await until(`${name} is in the list`, () =>
    popup.read(
      (document, wanted) => {
        const rows = [...document.querySelectorAll(wanted.row)]
        const index = rows.findIndex((row) => row.querySelector('.name')?.textContent?.trim() === wanted.name)
        return index < 0 ? '' : `${wanted.row}:nth-child(${index + 1})`
      },
      { row: part('member'), name },
    ),
  )
  if (!(await popup.exists(`${selector} .folded`))) await popup.click(`${selector} ${part('member-more')}`)
  await popup.waitFor(`${selector} .folded`)
}

/** @param {Popup} popup @returns {Promise<{ name: string, role: string, isSelf: boolean }[]>} */
export function members(popup) {
  return popup.read(
    (document, row) =>
      [...document.querySelectorAll(row)].map((found) => ({
        name: found.querySelector('.name')?.textContent?.trim() ?? '',
        role: found.getAttribute('data-role') ?? '',
        isSelf: found.getAttribute('data-self') === 'true',
      })),
    part('member'),
  )
}

/** @param {Popup} popup @param {string} text */
export async function say(popup, text) {
  await popup.type(part('chat-text'), text)
  await popup.click(part('chat-send'))
}

/** Stands at a door, by its code. @param {Popup} popup @param {string} name @param {string} text */
export async function knock(popup, name, text) {
  await popup.waitFor(`${part('join-text')}, ${part('locked-door')}`)
  if (await popup.exists(part('locked-door'))) await popup.click(part('other-room'))
  await popup.type(part('name'), name)
  await popup.type(part('join-text'), text)
  await popup.click(part('join'))
}

/** @param {Popup} popup at a door that asks for it @param {string} password */
export async function tryPassword(popup, password) {
  await popup.type(part('password'), password)
  await popup.click(part('join-with-password'))
}

/**
 * The key that says who this is, off the clipboard: a browser without windows has none, so its place is taken.
 * @param {Popup} popup in its settings
 * @returns {Promise<string>}
 */
export async function copyKey(popup) {
  await unfold(popup, 'another-device')
  await popup.waitFor(part('copy-key'))
  await popup.read((document) => {
    const page = document.defaultView
    if (!page) return false
    Reflect.set(page.navigator.clipboard, 'writeText', async (/** @type {string} */ text) => {
      document.body.dataset['copied'] = text
    })
    return true
  }, undefined)
  await popup.click(part('copy-key'))
  return until('the key is copied', () => popup.read((document) => document.body.dataset['copied'] ?? '', undefined))
}

/** @param {Popup} popup in its settings, outside of a room @param {string} key */
export async function pasteKey(popup, key) {
  await unfold(popup, 'another-device')
  await popup.type(part('key'), key)
  await popup.click(part('use-key'))
  await popup.waitFor(part('join-text'))
}

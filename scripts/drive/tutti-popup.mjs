/** What a person does with Tutti's popup and reads off it, in the popup's own terms. */
import { until } from './until.mjs'

/** @typedef {import('./popup.mjs').Popup} Popup */

/** @param {string} name @returns {string} the selector of a part of the popup */
export const part = (name) => `[data-testid="${name}"]`

/**
 * @typedef {object} PersonShown
 * @property {string} name
 * @property {boolean} isSelf
 * @property {boolean} isHost
 * @property {string} status kind of it, like `following`
 * @property {string} says the words or the figure that people see
 * @property {number} [skewMs] as the follower says
 */

/** @param {Popup} popup @returns {Promise<PersonShown[]>} */
export function people(popup) {
  return popup.read((document) => {
    /** @param {Element | null | undefined} found @param {string} name */
    const data = (found, name) => found?.getAttribute(`data-${name}`) ?? undefined
    return [...document.querySelectorAll('[data-testid="person"]')].map((row) => {
      const status = row.querySelector('[data-testid="person-status"]')
      const skewMs = data(status, 'skew-ms')
      return {
        name: row.querySelector('[data-testid="person-name"]')?.textContent?.trim() ?? '',
        isSelf: data(row, 'self') === 'true',
        isHost: data(row, 'host') === 'true',
        status: data(row, 'status') ?? '',
        says: status?.textContent?.trim() ?? '',
        ...(skewMs === undefined ? {} : { skewMs: Number(skewMs) }),
      }
    })
  }, undefined)
}

/**
 * Points the extension at a room server, through its settings.
 * @param {Popup} popup @param {string} server
 */
export async function chooseServer(popup, server) {
  await popup.click(part('settings'))
  // The panel takes the focus once it is drawn; what is typed before that would go astray.
  await popup.waitFor(`${part('settings-name')}:focus`)
  await popup.type(part('settings-server'), server)
  await popup.click(part('settings-save'))
  await popup.waitFor(part('join-text'))
}

/** @param {Popup} popup waits until the popup has found the page's video */
export async function untilReady(popup) {
  await popup.waitFor(`${part('start-room')}:not([disabled])`)
}

/** @param {Popup} popup @param {string} name of the person @returns {Promise<string>} the room's code */
export async function startRoom(popup, name) {
  await untilReady(popup)
  await popup.type(part('name'), name)
  await popup.click(part('start-room'))
  return untilInRoom(popup)
}

/**
 * @param {Popup} popup @param {string} name of the person @param {string} text a code or an invite link
 * @returns {Promise<string>} the room's code
 */
export async function joinRoom(popup, name, text) {
  await untilReady(popup)
  await popup.type(part('name'), name)
  await popup.type(part('join-text'), text)
  await popup.click(part('join'))
  return untilInRoom(popup)
}

/** @param {Popup} popup @returns {Promise<string>} the room's code */
export async function untilInRoom(popup) {
  await until('the popup shows the room', async () => {
    if (await popup.exists(part('problem'))) throw new Error(await popup.text(part('problem')))
    return popup.exists(part('code'))
  })
  return popup.text(part('code'))
}

/**
 * @param {Popup} popup @param {string} what said if it does not come
 * @param {(people: PersonShown[]) => boolean} isSo @param {number} [atMostMs]
 */
export function untilPeople(popup, what, isSo, atMostMs) {
  return until(
    what,
    async () => {
      const shown = await people(popup)
      if (!isSo(shown)) throw new Error(JSON.stringify(shown))
      return shown
    },
    atMostMs,
  )
}

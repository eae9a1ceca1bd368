/** Through the door of another system's room, in the real popup. */
import type { DrivenBrowser } from '../../../scripts/drive/launch.mjs'
import type { Popup } from '../../../scripts/drive/popup.mjs'
import { part, untilInRoom } from '../../../scripts/drive/tutti-popup.mjs'
import type { Account, System } from './systems'

/** The person says yes when they are asked for the server, in whatever scheme: to be called before the popup is opened. */
export async function willAllowServer(browser: DrivenBrowser): Promise<void> {
  // What was not asked for is not given by this: the extension has the patterns that it names on the click, and no others.
  await browser.willAllow('<all_urls>')
}

/** What the popup takes the text for. */
export async function paste(popup: Popup, text: string): Promise<string> {
  await popup.type(part('join-text'), text)
  return popup.text('#understood')
}

/** @returns what the room is called there */
export async function enter(popup: Popup, system: System, name: string, account?: Account): Promise<string> {
  await popup.type(part('name'), name)
  if (account) {
    await popup.click(part('foreign-account'))
    await popup.type(part('foreign-login'), account.email)
    await popup.type(part('foreign-account-password'), account.password)
  }
  if (system.asksLeave) await popup.waitFor(part('foreign-told'))
  await popup.click(part('join'))
  return untilInRoom(popup)
}

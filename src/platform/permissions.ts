/** Asking a person for leave to work on a site. Has to be called straight from a click, before any `await`. */
import { browser } from './browser'
import { OFFSCREEN_PERMISSIONS } from './offscreen'

export function askForSite(pattern: string): Promise<boolean> {
  return browser.permissions.request({ origins: [pattern] })
}

/** To ask this server anything, encrypted or not; with `handshake` also to say at the door what no page can say. */
export async function askForServer(hostname: string, handshake: boolean): Promise<boolean> {
  const schemes = handshake ? ['https', 'http', 'wss', 'ws'] : ['https', 'http']
  const wish = { origins: schemes.map((scheme) => `${scheme}://${hostname}/*`) }
  // The list that the types know is older than these.
  if (handshake) Object.assign(wish, { permissions: [...OFFSCREEN_PERMISSIONS] })
  try {
    return await browser.permissions.request(wish)
  } catch {
    // Not a host that a browser gives leave for.
    return false
  }
}

/** Asking a person for leave to work on a site. Has to be called straight from a click, before any `await`. */
import { browser } from './browser'

export function askForSite(pattern: string): Promise<boolean> {
  return browser.permissions.request({ origins: [pattern] })
}

/** The tab that the popup was opened over. */
import { browser } from './browser'

export async function activeTabId(): Promise<number | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return tab?.id
}

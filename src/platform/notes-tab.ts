/** The page of notes in a tab of its own. One is enough: if it is open already, it comes to the front. */
import { browser } from './browser'

const PAGE = 'src/notes/index.html'

export async function openNotes(): Promise<void> {
  const url = browser.runtime.getURL(PAGE)
  // Of one's own pages the browser tells the address without any permission.
  const [open] = await browser.tabs.query({ url })
  if (open?.id === undefined) {
    await browser.tabs.create({ url })
    return
  }
  await browser.tabs.update(open.id, { active: true })
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true })
}

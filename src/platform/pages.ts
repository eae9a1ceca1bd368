/**
 * Tabs and the content script in them, as far as the permissions at hand reach.
 * Knows no room; being refused is an answer here, not an exception.
 */
import { browser } from './browser'

/** One self-contained file, made by the build. */
const CONTENT_SCRIPT = 'content.js'
const REGISTRATION_ID = 'driven-site'

export type PagesPort = {
  /** Puts the content script into every frame of a tab that we may touch; false if there is none. */
  inject(tabId: number): Promise<boolean>
  /** Absent when the tab is gone or its address is not ours to know. */
  addressOf(tabId: number): Promise<string | undefined>
  siteAllowed(pattern: string): Promise<boolean>
  /** Shows another page in a tab that is there. */
  open(tabId: number, address: string): Promise<void>
  /** The page of one's own person: the one that is open comes to the front. */
  openOwnPage(): Promise<void>
  /** Injects by itself into every page of this site from now on; `undefined` ends that. */
  keepInjected(pattern: string | undefined): Promise<void>
}

export const pages: PagesPort = {
  async inject(tabId) {
    try {
      const results = await browser.scripting.executeScript({
        target: { tabId, allFrames: true },
        files: [CONTENT_SCRIPT],
      })
      return results.length > 0
    } catch {
      return false
    }
  },

  async addressOf(tabId) {
    try {
      return (await browser.tabs.get(tabId)).url
    } catch {
      return undefined
    }
  },

  siteAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),

  async open(tabId, address) {
    try {
      await browser.tabs.update(tabId, { url: address })
    } catch {
      console.warn('Tutti: the tab to open a page in is gone')
    }
  },

  openOwnPage: () => browser.runtime.openOptionsPage(),

  async keepInjected(pattern) {
    const registered = await browser.scripting.getRegisteredContentScripts({ ids: [REGISTRATION_ID] })
    if (registered.some((script) => script.matches?.includes(pattern ?? ''))) return
    if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [REGISTRATION_ID] })
    if (pattern === undefined) return
    await browser.scripting.registerContentScripts([
      {
        id: REGISTRATION_ID,
        matches: [pattern],
        js: [CONTENT_SCRIPT],
        allFrames: true,
        persistAcrossSessions: false,
      },
    ])
  },
}

/** To be called while the background starts, before anything is awaited. */
export function watchPages(on: {
  loaded: (tabId: number) => void
  closed: (tabId: number) => void
  allowedSitesChanged: () => void
}): void {
  browser.tabs.onUpdated.addListener((tabId, change) => {
    if (change.status === 'complete') on.loaded(tabId)
  })
  browser.tabs.onRemoved.addListener((tabId) => on.closed(tabId))
  browser.permissions.onAdded.addListener(() => on.allowedSitesChanged())
  browser.permissions.onRemoved.addListener(() => on.allowedSitesChanged())
}

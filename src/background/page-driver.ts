/**
 * The hands of the background in the pages: brings the content script in, listens to its frames, and tells each of them
 * what `pages` decides. Knows neither rooms nor popups; who needs which tab is told to it.
 */
import type { BackgroundToContent, Follow } from '../messages/background-to-content'
import { type ContentToBackground, contentToBackground } from '../messages/content-to-background'
import type { Clock } from '../platform/clock'
import type { PagesPort } from '../platform/pages'
import type { MessagePort } from '../platform/port'
import type { Stored } from '../platform/storage'
import type { Cancel, Timers } from '../platform/timers'
import type { Memories } from './memories'
import {
  bestFrame,
  drivenFrame,
  framesOf,
  NO_PAGES,
  type Pages,
  settle,
  withDriven,
  withFrame,
  withOffer,
  withoutFrame,
} from './pages'
import { siteOf } from './site'
import type { Look } from './view'

/** A word of the player that is driven; everything but what the driver itself answers. */
export type PlayerWord = Exclude<ContentToBackground, { type: 'page' | 'learned' | 'clock-ping' }>

export type PageDriverDeps = {
  readonly pagesPort: PagesPort
  readonly clock: Clock
  readonly timers: Timers
  readonly drivenTab: Stored<number>
  readonly memories: Pick<Memories, 'learn' | 'learnedOn'>
  readonly onChange: () => void
  /** `answer` reaches the frame that spoke, if it is still there. */
  readonly onWord: (word: PlayerWord, answer: (message: BackgroundToContent) => void) => void
  /** The player that was driven is gone, or another one is driven now. */
  readonly onDrivenChanged: () => void
}

export type PageDriver = {
  /** What is kept from an earlier life. */
  readonly hydrate: () => Promise<void>
  /** `site` is the host that the frame is from; absent where nothing may be remembered of it. */
  readonly frameConnected: (tabId: number, frameId: number, port: MessagePort, site: string | undefined) => void
  /** Looks for a player in a tab: brings the content script in where it is not yet. */
  readonly inspect: (tabId: number) => void
  readonly watch: (tabIds: readonly number[]) => void
  readonly drive: (tabId: number | undefined) => void
  /** Goes to another page in a tab. */
  readonly open: (tabId: number, address: string) => void
  readonly tabLoaded: (tabId: number) => void
  readonly tabClosed: (tabId: number) => void
  readonly allowedSitesChanged: () => void
  readonly settle: (visiting: boolean, follow: Follow | 'nothing' | undefined) => void
  /** Says it to the driven player; false if there is none. */
  readonly tellDriven: (message: BackgroundToContent) => boolean
  readonly pages: () => Pages
  readonly looks: () => Readonly<Record<number, Look>>
}

/** A document that goes is often followed by another in its place; it takes a moment to be there. */
const SUCCESSOR_MS = 1_000

export function createPageDriver(deps: PageDriverDeps): PageDriver {
  const { pagesPort, clock, timers, drivenTab, memories, onChange, onWord, onDrivenChanged } = deps
  const ports = new Map<number, MessagePort>()
  /** The sites of frames that have not been told yet what is known of them. */
  const untold = new Map<number, string>()
  const successors = new Map<number, Cancel>()
  let nextPort = 1
  let pages = NO_PAGES
  let looks: Readonly<Record<number, Look>> = {}
  let visiting = false
  let drivenPort: number | undefined
  let kept: { readonly pattern: string | undefined } | undefined
  let keeping: Promise<void> = Promise.resolve()

  const isNeeded = (tabId: number) => pages.watchedTabIds.includes(tabId) || (visiting && tabId === pages.drivenTabId)

  function setLook(tabId: number, look: Look | undefined): void {
    const { [tabId]: _, ...others } = looks
    looks = look ? { ...others, [tabId]: look } : others
    onChange()
  }

  async function readSite(tabId: number): Promise<Pick<Look, 'site' | 'siteAllowed'>> {
    const site = siteOf(await pagesPort.addressOf(tabId))
    if (!site) return { siteAllowed: false }
    return { site, siteAllowed: site.pattern !== undefined && (await pagesPort.siteAllowed(site.pattern)) }
  }

  async function inspect(tabId: number): Promise<void> {
    if (!looks[tabId]) setLook(tabId, { state: 'looking', siteAllowed: false })
    const injected = await pagesPort.inject(tabId)
    const site = await readSite(tabId)
    if (isNeeded(tabId)) setLook(tabId, { state: injected ? 'looked' : 'not-allowed', ...site })
    else setLook(tabId, undefined)
  }

  function expectSuccessor(tabId: number): void {
    if (!isNeeded(tabId) || successors.has(tabId)) return
    const cancel = timers.after(SUCCESSOR_MS, () => {
      successors.delete(tabId)
      if (isNeeded(tabId)) void inspect(tabId)
    })
    successors.set(tabId, cancel)
  }

  /** The driven site's pages get the script without us while there is a room, if we are allowed there. */
  function keepSite(): void {
    const look = pages.drivenTabId === undefined ? undefined : looks[pages.drivenTabId]
    const pattern = visiting && look?.siteAllowed ? look.site?.pattern : undefined
    if (kept && kept.pattern === pattern) return
    kept = { pattern }
    keeping = keeping
      .then(() => pagesPort.keepInjected(pattern))
      .catch((error: unknown) => console.warn(`Tutti: could not register the content script: ${String(error)}`))
  }

  function drive(tabId: number | undefined): void {
    if (tabId === pages.drivenTabId) return
    pages = withDriven(pages, tabId)
    void drivenTab.write(tabId)
    onChange()
  }

  /** Right after the background came back, the frame that follows speaks before it is known as the driven one. */
  function mayBeDriven(id: number): boolean {
    return visiting && framesOf(pages, pages.drivenTabId).some(({ port, told }) => port === id && told === 'unknown')
  }

  function say(id: number, message: BackgroundToContent): void {
    const site = message.type === 'follow' ? untold.get(id) : undefined
    const learned = site === undefined ? undefined : memories.learnedOn(site)
    if (site !== undefined) untold.delete(id)
    ports.get(id)?.post(learned ? { ...message, learned } : message)
  }

  function hear(id: number, port: MessagePort, site: string | undefined, raw: unknown): void {
    const parsed = contentToBackground.safeParse(raw)
    if (!parsed.success) {
      console.warn('Tutti: a page said something that is no message of ours; it is left aside')
      return
    }
    const message = parsed.data
    if (message.type === 'clock-ping') {
      port.post({
        type: 'clock-pong',
        sentMs: message.sentMs,
        backgroundMs: clock.nowMs(),
      } satisfies BackgroundToContent)
    } else if (message.type === 'page') {
      pages = withOffer(pages, id, message.player, clock.nowMs())
      onChange()
    } else if (message.type === 'learned') {
      // Also of a player that has just been let go.
      if (site !== undefined) memories.learn(site, message)
    } else if (id === drivenPort || (drivenPort === undefined && mayBeDriven(id))) {
      onWord(message, (answer) => port.post(answer))
    }
  }

  return {
    async hydrate() {
      pages = withDriven(pages, await drivenTab.read())
    },

    frameConnected(tabId, frameId, port, site) {
      const id = nextPort
      nextPort += 1
      const replaced = framesOf(pages, tabId).find((frame) => frame.frameId === frameId)
      if (replaced) {
        ports.get(replaced.port)?.disconnect()
        ports.delete(replaced.port)
      }
      ports.set(id, port)
      if (site !== undefined) untold.set(id, site)
      pages = withFrame(pages, id, tabId, frameId)
      port.onMessage((message) => {
        if (ports.has(id)) hear(id, port, site, message)
      })
      port.onDisconnect(() => {
        untold.delete(id)
        if (!ports.delete(id)) return
        pages = withoutFrame(pages, id)
        expectSuccessor(tabId)
        onChange()
      })
      onChange()
    },

    inspect: (tabId) => void inspect(tabId),

    watch(tabIds) {
      pages = { ...pages, watchedTabIds: tabIds }
      onChange()
    },

    drive,

    open: (tabId, address) => void pagesPort.open(tabId, address),

    tabLoaded(tabId) {
      if (isNeeded(tabId)) void inspect(tabId)
    },

    tabClosed(tabId) {
      successors.get(tabId)?.()
      successors.delete(tabId)
      for (const frame of framesOf(pages, tabId)) ports.delete(frame.port)
      pages = {
        ...pages,
        frames: pages.frames.filter((frame) => frame.tabId !== tabId),
        watchedTabIds: pages.watchedTabIds.filter((watched) => watched !== tabId),
      }
      if (pages.drivenTabId === tabId) drive(undefined)
      setLook(tabId, undefined)
    },

    allowedSitesChanged() {
      const { drivenTabId, watchedTabIds } = pages
      const tabIds = new Set([...watchedTabIds, ...(visiting && drivenTabId !== undefined ? [drivenTabId] : [])])
      for (const tabId of tabIds) void inspect(tabId)
    },

    settle(nowVisiting, follow) {
      visiting = nowVisiting
      const settled = settle(pages, visiting, follow)
      pages = settled.pages
      for (const effect of settled.effects) {
        if (effect.kind === 'say') say(effect.port, effect.message)
        else {
          const port = ports.get(effect.port)
          ports.delete(effect.port)
          untold.delete(effect.port)
          port?.disconnect()
        }
      }
      keepSite()
      const before = drivenPort
      drivenPort = visiting ? drivenFrame(pages)?.port : undefined
      if (before !== undefined && before !== drivenPort) onDrivenChanged()
    },

    tellDriven(message) {
      const offering = visiting ? bestFrame(pages, pages.drivenTabId) : undefined
      if (!offering) return false
      ports.get(offering.port)?.post(message)
      return true
    },

    pages: () => pages,
    looks: () => looks,
  }
}

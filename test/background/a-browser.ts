/**
 * A browser in memory for the background: tabs with frames, popups, storage, permissions, and backgrounds that die and start
 * again. Its content scripts only talk: they offer what the test gives them and come back as long as they follow.
 */
import { type Background, createBackground } from '../../src/background/background'
import type { Remembered } from '../../src/background/remembered'
import type { Led, ReadSoFar, Settings } from '../../src/background/stored-values'
import type { Badge } from '../../src/background/view'
import type { Seat } from '../../src/client/room-client'
import { clientDialect } from '../../src/dialects'
import type { BackgroundToContent } from '../../src/messages/background-to-content'
import type { BackgroundToNotes } from '../../src/messages/background-to-notes'
import type { BackgroundToPopup, View } from '../../src/messages/background-to-popup'
import type { ContentToBackground, PagePlayer } from '../../src/messages/content-to-background'
import type { LearnedPlayers } from '../../src/messages/learned'
import type { NotesToBackground } from '../../src/messages/notes-to-background'
import type { PersonToBackground } from '../../src/messages/person-to-background'
import type { BackgroundToPerson, PersonPageView } from '../../src/messages/person-view'
import type { PopupToBackground } from '../../src/messages/popup-to-background'
import type { MessagePort } from '../../src/platform/port'
import type { OpenSocket } from '../../src/platform/socket'
import type { Stored } from '../../src/platform/storage'
import { createLife, type Life } from '../doubles/life'
import { type ManualClock, settle } from '../doubles/manual-clock'

export type FrameInTest = {
  offer: PagePlayer | null
  readonly heard: BackgroundToContent[]
  say(message: ContentToBackground | { type: string }): Promise<void>
  isConnected(): boolean
}

type TabInTest = {
  address: string
  /** May the extension touch it, by a click on its button or for good? */
  allowed: boolean
  isPrivate: boolean
  readonly frames: readonly FrameInTest[]
  /** The document goes, and all scripts in it. */
  unload(): Promise<void>
}

export type PopupInTest = {
  say(message: PopupToBackground | { type: string }): Promise<void>
  view(): View
  close(): Promise<void>
}

export type PersonPageInTest = {
  readonly views: readonly PersonPageView[]
  say(message: PersonToBackground | { type: string }): Promise<void>
  view(): PersonPageView
  close(): Promise<void>
}

/** Both ends of a port; what is said arrives a moment later, as a copy. */
function portPair(): readonly [MessagePort, MessagePort] {
  const sides = [0, 1].map(() => ({
    hear: (_: unknown): void => {},
    lose: (): void => {},
    open: true,
  }))
  const end = (mine: number): MessagePort => {
    const [own, peer] = [sides[mine], sides[1 - mine]]
    if (!own || !peer) throw new Error('a port has two ends')
    return {
      post(message) {
        const copy: unknown = JSON.parse(JSON.stringify(message))
        if (own.open) queueMicrotask(() => peer.open && peer.hear(copy))
      },
      onMessage(handle) {
        own.hear = handle
      },
      onDisconnect(handle) {
        own.lose = handle
      },
      disconnect() {
        if (!own.open) return
        own.open = false
        queueMicrotask(() => {
          if (!peer.open) return
          peer.open = false
          peer.lose()
        })
      },
    }
  }
  return [end(0), end(1)]
}

function inMemory<Value>(): Stored<Value> & { value(): Value | undefined } {
  let kept: string | undefined
  const value = (): Value | undefined => (kept === undefined ? undefined : (JSON.parse(kept) as Value))
  return {
    value,
    read: async () => value(),
    async write(now) {
      kept = now === undefined ? undefined : JSON.stringify(now)
    },
  }
}

export function aBrowser(clock: ManualClock, openSocket: OpenSocket) {
  const tabs = new Map<number, TabInTest & { readonly connect: () => void }>()
  const seen = {
    badge: undefined as Badge | undefined,
    alarm: false,
    touches: 0,
    opened: [] as { tabId: number; address: string }[],
    ownPageOpened: 0,
    registered: undefined as string | undefined,
  }
  const allowedPatterns = new Set<string>()
  const settings = inMemory<Settings>()
  const seat = inMemory<Seat>()
  const drivenTab = inMemory<number>()
  const led = inMemory<Led>()
  const readSoFar = inMemory<ReadSoFar>()
  const keys = inMemory<Remembered<string>>()
  const learned = inMemory<Remembered<LearnedPlayers>>()
  const nudges = inMemory<Remembered<number>>()
  /** Ends of ports in the background that is alive; they close when it dies. */
  let ends: MessagePort[] = []
  let background: Background | undefined
  let life: Life | undefined

  const alive = (): Background => {
    if (!background) throw new Error('no background is alive')
    return background
  }

  async function start(): Promise<void> {
    life = createLife(clock)
    background = createBackground({
      openSocket: life.openSocket(openSocket),
      clock,
      timers: life.timers,
      random: { float: () => 0.5, uuid: () => 'uuid' },
      dialectOf: clientDialect,
      pagesPort: {
        async inject(tabId) {
          const tab = tabs.get(tabId)
          if (!tab?.allowed) return false
          tab.connect()
          return true
        },
        addressOf: async (tabId) => (tabs.get(tabId)?.allowed ? tabs.get(tabId)?.address : undefined),
        siteAllowed: async (pattern) => allowedPatterns.has(pattern),
        async open(tabId, address) {
          seen.opened.push({ tabId, address })
        },
        async openOwnPage() {
          seen.ownPageOpened += 1
        },
        async keepInjected(pattern) {
          seen.registered = pattern
        },
      },
      toolbar: {
        show(badge) {
          seen.badge = badge
        },
      },
      keepAlive: {
        touch() {
          seen.touches += 1
        },
        setAlarm(on) {
          seen.alarm = on
        },
      },
      settings,
      seat,
      drivenTab,
      led,
      readSoFar,
      keys,
      learned,
      nudges,
    })
    await background.start()
    await settle()
  }

  function openTab(tabId: number, address: string, offers: readonly (PagePlayer | null)[]): TabInTest {
    const frames = offers.map((offer, frameId) => {
      let port: MessagePort | undefined
      const heard: BackgroundToContent[] = []
      const follows = () => heard.filter(({ type }) => type === 'follow' || type === 'let-go').at(-1)?.type === 'follow'
      const frame: FrameInTest & { connect(): void; drop(): void } = {
        offer,
        heard,
        connect() {
          if (port) return
          const [mine, theirs] = portPair()
          port = mine
          ends.push(theirs)
          mine.onMessage((message) => heard.push(message as BackgroundToContent))
          mine.onDisconnect(() => {
            port = undefined
            if (follows() && background) frame.connect()
          })
          alive().frameConnected(tabId, frameId, theirs, tab.isPrivate ? undefined : new URL(address).host)
          mine.post({ type: 'page', player: frame.offer })
        },
        drop() {
          port?.disconnect()
          port = undefined
          heard.splice(0)
        },
        async say(message) {
          port?.post(message)
          await settle()
        },
        isConnected: () => port !== undefined,
      }
      return frame
    })
    const tab: TabInTest & { readonly connect: () => void } = {
      address,
      allowed: true,
      isPrivate: false,
      frames,
      connect: () => frames.forEach((frame) => frame.connect()),
      async unload() {
        for (const frame of frames) frame.drop()
        await settle()
      },
    }
    tabs.set(tabId, tab)
    return tab
  }

  async function openPopup(tabId: number): Promise<PopupInTest> {
    const [mine, theirs] = portPair()
    ends.push(theirs)
    let view: View | undefined
    mine.onMessage((message) => {
      view = (message as BackgroundToPopup).view
    })
    alive().popupOpened(theirs)
    mine.post({ type: 'look', tabId })
    await settle()
    return {
      async say(message) {
        mine.post(message)
        await settle()
      },
      view() {
        if (!view) throw new Error('the popup was told nothing')
        return view
      },
      async close() {
        mine.disconnect()
        await settle()
      },
    }
  }

  /** The page of notes, which calls again when the background died. */
  async function openNotes() {
    const heard: BackgroundToNotes[] = []
    let port: MessagePort
    const connect = (): void => {
      const [mine, theirs] = portPair()
      ends.push(theirs)
      port = mine
      mine.onMessage((message) => heard.push(message as BackgroundToNotes))
      mine.onDisconnect(connect)
      alive().notesOpened(theirs)
    }
    connect()
    await settle()
    return {
      heard,
      async say(message: NotesToBackground | { type: string }) {
        port.post(message)
        await settle()
      },
      async close() {
        port.disconnect()
        await settle()
      },
    }
  }

  async function openPersonPage(): Promise<PersonPageInTest> {
    const [mine, theirs] = portPair()
    ends.push(theirs)
    const views: PersonPageView[] = []
    mine.onMessage((message) => views.push((message as BackgroundToPerson).view))
    alive().personOpened(theirs)
    await settle()
    return {
      views,
      async say(message) {
        mine.post(message)
        await settle()
      },
      view() {
        const view = views.at(-1)
        if (!view) throw new Error('the page was told nothing')
        return view
      },
      async close() {
        mine.disconnect()
        await settle()
      },
    }
  }

  return {
    start,
    openNotes,
    /** The browser stops the background: what it held is gone, its ports close; its scripts call again once it is back. */
    async restart() {
      const dead = ends
      ends = []
      background = undefined
      life?.end()
      await start()
      for (const end of dead) end.disconnect()
      await settle()
    },
    openTab,
    openPopup,
    openPersonPage,
    async load(tabId: number) {
      alive().tabLoaded(tabId)
      await settle()
    },
    async closeTab(tabId: number) {
      await tabs.get(tabId)?.unload()
      tabs.delete(tabId)
      alive().tabClosed(tabId)
      await settle()
    },
    async allowSite(pattern: string) {
      allowedPatterns.add(pattern)
      for (const tab of tabs.values()) tab.allowed = true
      alive().allowedSitesChanged()
      await settle()
    },
    seen,
    settings,
    seat,
    drivenTab,
    keys,
    learned,
    nudges,
  }
}

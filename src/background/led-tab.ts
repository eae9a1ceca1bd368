/**
 * The driven tab goes along when the room turns to another film: on the same site at once, on another if the person has agreed to that site
 * before; else a click in the popup does it. A person who wants to stay says so once. Only a change leads: whoever has just come in
 * chose their page themselves. Decides where to, opens it, and remembers from where; what is let go meanwhile is `shown-media`'s.
 */
import type { RoomClientState } from '../client/room-client'
import type { PagesPort } from '../platform/pages'
import type { Stored } from '../platform/storage'
import type { PageDriver } from './page-driver'
import { bestFrame } from './pages'
import { goToIn } from './room-parts'
import { siteOf } from './site'
import type { Led } from './stored-values'
import { shownIn } from './view'

export type LedTab = {
  hydrate(): Promise<void>
  /** Looks at room and tab again. */
  look(): void
  /** Is this page one that the room has turned away from? */
  isLeft(address: string): boolean
  /** On the way to what is current. */
  isUnderWay(): boolean
  stays(): boolean
  setStays(stays: boolean): void
  /** The person has had it opened by a click. */
  went(): void
}

export type LedTabDeps = {
  readonly state: () => RoomClientState
  readonly driver: Pick<PageDriver, 'pages' | 'looks' | 'open'>
  readonly siteAllowed: PagesPort['siteAllowed']
  readonly kept: Stored<Led>
}

export function createLedTab({ state, driver, siteAllowed, kept }: LedTabDeps): LedTab {
  let led: Led | undefined

  const keep = (now: Led | undefined): void => {
    if (JSON.stringify(now) === JSON.stringify(led)) return
    led = now
    void kept.write(now)
  }

  const shown = (): string | undefined =>
    shownIn({ pages: driver.pages(), looks: driver.looks() }, undefined).shownAddress

  const lead = async (tabId: number, to: { address: string; pattern: string }, from: string): Promise<void> => {
    const mayGo = siteOf(from)?.pattern === to.pattern || (await siteAllowed(to.pattern))
    // Meanwhile the room may have gone on, or the person may have.
    if (!mayGo || led?.address !== to.address || led.stays || shown() !== from) return
    keep({ ...led, underWay: true })
    driver.open(tabId, to.address)
  }

  /** What is current has changed under a tab that showed something. */
  const changed = (now: Led, goTo: { address: string; pattern: string }, address: string | undefined): void => {
    const tabId = driver.pages().drivenTabId
    keep({ ...now, ...(address !== undefined && { before: address }), address: goTo.address, underWay: false })
    if (tabId !== undefined && address !== undefined && !now.stays) void lead(tabId, goTo, address)
  }

  const look = (): void => {
    const now = state()
    const room = now.kind === 'in-room' || now.kind === 'lost' ? now.room : undefined
    if (now.kind === 'outside') return keep(undefined)
    if (!room) return
    const goTo = goToIn(room, undefined)
    const address = shown()
    if (led?.roomId !== room.id) {
      keep({ roomId: room.id, ...(goTo && { address: goTo.address }), underWay: false, stays: false })
    } else if (goTo && goTo.address !== led.address) {
      const isThere = siteOf(address)?.address === goTo.address
      if (isThere) keep({ ...led, address: goTo.address, underWay: false })
      else changed(led, goTo, address)
    } else if (led.underWay && hasArrived(led)) {
      keep({ ...led, underWay: false })
    }
  }

  /** A player is there, and not that of the page before. */
  const hasArrived = ({ before }: Led): boolean => {
    const there = bestFrame(driver.pages(), driver.pages().drivenTabId)?.offer.player.address
    return there !== undefined && siteOf(there)?.address !== siteOf(before)?.address
  }

  return {
    async hydrate() {
      led = await kept.read()
    },
    look,
    isLeft: (address) =>
      led?.before !== undefined &&
      siteOf(led.before)?.address === siteOf(address)?.address &&
      siteOf(address)?.address !== led.address,
    isUnderWay: () => led?.underWay === true,
    stays: () => led?.stays === true,
    setStays(stays) {
      if (led) keep({ ...led, stays })
    },
    went() {
      const from = shown()
      if (led) keep({ ...led, ...(from !== undefined && { before: from }), underWay: true, stays: false })
    },
  }
}

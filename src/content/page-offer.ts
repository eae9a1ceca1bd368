/**
 * What a frame tells of its player: the message `page`, from what was read off the document and the element.
 * Pure. It leaves out what is only the person's: fragment, user name and password of the address.
 */
import { positionWithin } from '../core/room/bounds'
import { ROOM_LIMITS } from '../core/room/room'
import { type PagePlayer, PLAYER_RATES } from '../messages/content-to-background'
import { sharedAddress } from '../messages/shared-address'

export type PageFacts = {
  /** The site's own word for what plays, if it has one. */
  readonly mediaTitle?: string
  readonly documentTitle: string
  /** Of the top page, if this frame may see it. */
  readonly topAddress?: string
  readonly referrer: string
  readonly ownAddress: string
}

export type PlayerFacts = {
  readonly durationSec?: number
  readonly positionSec: number
  readonly rate: number
  readonly playing: boolean
  readonly score: number
}

/** A frame of another origin knows the page around it only as its referrer. */
export function pageAddress(page: PageFacts): string {
  for (const candidate of [page.topAddress, page.referrer, page.ownAddress]) {
    const address = candidate === undefined ? undefined : sharedAddress(candidate)
    if (address) return address.href.slice(0, ROOM_LIMITS.addressLength)
  }
  return ''
}

export function pageTitle(page: PageFacts): string {
  const address = pageAddress(page)
  const title = [page.mediaTitle, page.documentTitle].map((text) => text?.trim()).find(Boolean)
  return (title ?? (URL.canParse(address) ? new URL(address).host : '')).slice(0, ROOM_LIMITS.titleLength)
}

export function pageOffer(page: PageFacts, player: PlayerFacts): PagePlayer {
  return {
    title: pageTitle(page),
    address: pageAddress(page),
    ...(player.durationSec !== undefined && { durationSec: positionWithin(player.durationSec) }),
    positionSec: positionWithin(player.positionSec),
    rate: Math.min(PLAYER_RATES.most, Math.max(PLAYER_RATES.least, player.rate)),
    playing: player.playing,
    score: player.score,
  }
}

/** The same film on the same page; where it stands may differ. */
export function isSameOffer(a: PagePlayer | null, b: PagePlayer | null): boolean {
  if (!a || !b) return a === b
  return a.title === b.title && a.address === b.address && a.durationSec === b.durationSec && a.score === b.score
}

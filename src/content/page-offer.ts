/**
 * What a frame tells of its player: the message `page`, from what was read off the document and the element.
 * Pure. It leaves out what is only the person's: fragment, user name and password of the address.
 */
import { ROOM_LIMITS } from '../core/room/room'
import { type PagePlayer, PLAYER_RATES } from '../messages/content-to-background'

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
  const candidates = [page.topAddress, page.referrer, page.ownAddress]
  const address = candidates.find((candidate) => candidate !== undefined && URL.canParse(candidate))
  if (address === undefined) return ''
  const url = new URL(address)
  url.hash = ''
  url.username = ''
  url.password = ''
  return url.href.slice(0, ROOM_LIMITS.addressLength)
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
    ...(player.durationSec !== undefined && { durationSec: boundedSec(player.durationSec) }),
    positionSec: boundedSec(player.positionSec),
    rate: Math.min(PLAYER_RATES.most, Math.max(PLAYER_RATES.least, player.rate)),
    playing: player.playing,
    score: player.score,
  }
}

/** Live streams may count from the year 1970. */
export function boundedSec(positionSec: number): number {
  return Math.min(ROOM_LIMITS.maxPositionSec, Math.max(0, positionSec))
}

/** The same film on the same page; where it stands may differ. */
export function isSameOffer(a: PagePlayer | null, b: PagePlayer | null): boolean {
  if (!a || !b) return a === b
  return a.title === b.title && a.address === b.address && a.durationSec === b.durationSec && a.score === b.score
}

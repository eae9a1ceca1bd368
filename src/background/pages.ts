/**
 * Which frame of which tab is held on the timeline, and what each frame must be told for that.
 * Pure: it knows no ports and no tabs, only their numbers. One tab is driven; in it, the frame that offers the likeliest
 * player. Frames that nobody needs are hung up on, so that nothing of ours stays in a page.
 */
import type { BackgroundToContent, Follow } from '../messages/background-to-content'
import type { PagePlayer } from '../messages/content-to-background'

export type Frame = {
  readonly port: number
  readonly tabId: number
  readonly frameId: number
  /** What it has to play; absent before its first word. */
  readonly offer?: { readonly player: PagePlayer | null; readonly atMs: number }
  /** What it knows of the room. A frame may have followed in an earlier life of the background: then we can't know. */
  readonly told: 'unknown' | 'nothing' | Follow
}

export type Pages = {
  readonly frames: readonly Frame[]
  readonly drivenTabId?: number
  /** Tabs that a popup is open over. */
  readonly watchedTabIds: readonly number[]
}

export const NO_PAGES: Pages = { frames: [], watchedTabIds: [] }

export type Offering = Frame & { readonly offer: { readonly player: PagePlayer; readonly atMs: number } }

export type PagesEffect =
  | { readonly kind: 'say'; readonly port: number; readonly message: BackgroundToContent }
  | { readonly kind: 'hang-up'; readonly port: number }

export function framesOf(pages: Pages, tabId: number | undefined): readonly Frame[] {
  return pages.frames.filter((frame) => frame.tabId === tabId)
}

/** The frame of a tab with the likeliest player; the first of equals. */
export function bestFrame(pages: Pages, tabId: number | undefined): Offering | undefined {
  return framesOf(pages, tabId)
    .filter(isOffering)
    .reduce<Offering | undefined>(
      (best, frame) => (best && best.offer.player.score >= frame.offer.player.score ? best : frame),
      undefined,
    )
}

function isOffering(frame: Frame): frame is Offering {
  return Boolean(frame.offer?.player)
}

/**
 * The frame that is held on the timeline: the likeliest of the driven tab. When its player goes, and no other turns up, it
 * stays the one: players are often taken out and put back by their pages.
 */
export function drivenFrame(pages: Pages): Frame | undefined {
  return (
    bestFrame(pages, pages.drivenTabId) ??
    framesOf(pages, pages.drivenTabId).find(({ told }) => told !== 'unknown' && told !== 'nothing')
  )
}

/** A fresh document may connect before the one it replaces is gone: there is one frame in one place. */
export function withFrame(pages: Pages, port: number, tabId: number, frameId: number): Pages {
  const others = pages.frames.filter((frame) => frame.tabId !== tabId || frame.frameId !== frameId)
  return { ...pages, frames: [...others, { port, tabId, frameId, told: 'unknown' }] }
}

export function withoutFrame(pages: Pages, port: number): Pages {
  return { ...pages, frames: pages.frames.filter((frame) => frame.port !== port) }
}

export function withOffer(pages: Pages, port: number, player: PagePlayer | null, atMs: number): Pages {
  return {
    ...pages,
    frames: pages.frames.map((frame) => (frame.port === port ? { ...frame, offer: { player, atMs } } : frame)),
  }
}

export function withDriven(pages: Pages, tabId: number | undefined): Pages {
  const { drivenTabId: _, ...rest } = pages
  return tabId === undefined ? rest : { ...rest, drivenTabId: tabId }
}

/**
 * Brings every frame to what it should know. `follow` is what the driven frame shall follow, if anything; absent while that is not known.
 * `visiting` says whether there is a room, or one on the way.
 */
export function settle(
  pages: Pages,
  visiting: boolean,
  follow: Follow | 'nothing' | undefined,
): { readonly pages: Pages; readonly effects: readonly PagesEffect[] } {
  const driven = visiting ? drivenFrame(pages) : undefined
  const first: PagesEffect[] = []
  const then: PagesEffect[] = []
  const frames: Frame[] = []
  for (const frame of pages.frames) {
    const needed = pages.watchedTabIds.includes(frame.tabId) || (visiting && frame.tabId === pages.drivenTabId)
    const told = shouldKnow(frame, driven?.port, visiting, needed, follow)
    if (told !== 'unknown' && !same(told, frame.told)) {
      // One player is given back before another is taken.
      if (told === 'nothing') first.push({ kind: 'say', port: frame.port, message: { type: 'let-go' } })
      else then.push({ kind: 'say', port: frame.port, message: told })
    }
    if (needed) frames.push({ ...frame, told })
    else first.push({ kind: 'hang-up', port: frame.port })
  }
  return { pages: { ...pages, frames }, effects: [...first, ...then] }
}

function shouldKnow(
  frame: Frame,
  drivenPort: number | undefined,
  visiting: boolean,
  needed: boolean,
  follow: Follow | 'nothing' | undefined,
): Frame['told'] {
  if (frame.port === drivenPort) return follow ?? frame.told
  // After the background came back, frames connect one by one: let nobody go before the driven one may have spoken.
  if (visiting && needed && (follow === undefined || drivenPort === undefined) && frame.told === 'unknown') {
    return 'unknown'
  }
  return 'nothing'
}

function same(a: Frame['told'], b: Frame['told']): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

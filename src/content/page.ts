/** Reads off this document what `page-offer` needs. Owns no decision. */
import type { PageFacts } from './page-offer'

export function readPage(): PageFacts {
  const mediaTitle = 'mediaSession' in navigator ? navigator.mediaSession.metadata?.title : undefined
  const topAddress = readTop((top) => top.location.href)
  return {
    ...(mediaTitle !== undefined && { mediaTitle }),
    documentTitle: readTop((top) => top.document.title) ?? document.title,
    ...(topAddress !== undefined && { topAddress }),
    referrer: document.referrer,
    ownAddress: location.href,
  }
}

/** A top page of another origin lets nobody read. */
function readTop<T>(read: (top: Window) => T): T | undefined {
  try {
    return window.top ? read(window.top) : undefined
  } catch {
    return undefined
  }
}

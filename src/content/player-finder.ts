/**
 * Keeps knowing which element of this document is the player: measures all videos, also in shadow roots, asks
 * `find-player` which it is, and looks again when the document changes. Owns its observer and its timer, nothing else.
 */
import { openOrClosedShadowRoot } from '../platform/shadow-root'
import type { Cancel, Timers } from '../platform/timers'
import { choosePlayer, scoreOf } from './find-player'

export type Found = { readonly player: HTMLVideoElement; readonly score: number }

export type PlayerFinder = { stop(): void }

/** A page that is built piece by piece is looked through once, not for each piece. */
const AFTER_CHANGE_MS = 300
/** Sizes, readiness and shadow roots change without a word. */
const EVERY_MS = 2000

/** `onLook` is called at once and after each look, changed or not. */
export function createPlayerFinder(
  timers: Timers,
  isInUse: () => boolean,
  onLook: (found: Found | undefined) => void,
): PlayerFinder {
  const observer = new MutationObserver(() => lookIn(AFTER_CHANGE_MS))
  const observed = new WeakSet<Node>()
  let current: HTMLVideoElement | undefined
  let isSoon = false
  let cancel: Cancel = () => {}

  function lookIn(delayMs: number): void {
    const soon = delayMs < EVERY_MS
    if (soon && isSoon) return
    isSoon = soon
    cancel()
    cancel = timers.after(delayMs, look)
  }

  function look(): void {
    isSoon = false
    const videos: HTMLVideoElement[] = []
    walk(document, videos)
    const found = choosePlayer(
      videos.map((player) => ({ player, score: scoreOf(measure(player)) })),
      current,
      isInUse(),
    )
    current = found?.player
    lookIn(EVERY_MS)
    onLook(found)
  }

  function walk(root: Document | ShadowRoot, videos: HTMLVideoElement[]): void {
    if (!observed.has(root)) {
      observed.add(root)
      observer.observe(root, { childList: true, subtree: true })
    }
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLVideoElement) videos.push(element)
      const shadow = mayHaveShadow(element) ? openOrClosedShadowRoot(element) : null
      if (shadow) walk(shadow, videos)
    }
  }

  look()
  return {
    stop() {
      cancel()
      observer.disconnect()
    },
  }
}

const SHADOW_HOSTS = new Set('article aside blockquote body div footer header main nav p section span'.split(' '))

/** The standard lets only these and custom elements have one; asking every element would cost on large pages. */
function mayHaveShadow(element: Element): boolean {
  return element.localName.includes('-') || SHADOW_HOSTS.has(element.localName)
}

function measure(video: HTMLVideoElement) {
  const { width, height } = video.getBoundingClientRect()
  const isShown = video.checkVisibility({ visibilityProperty: true })
  return {
    areaPx: isShown ? width * height : 0,
    readyState: video.readyState,
    durationSec: video.duration,
    isDecoration: video.loop && video.muted && video.autoplay,
  }
}

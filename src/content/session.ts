/**
 * The content script's life in one frame: offers the frame's player to the background, and follows when it is told to.
 * Owns the finder, the line and at most one following; each of them decides for itself. Ends when nobody needs it, and
 * leaves the page as it was.
 */

import { FIRST_PINGS, NO_OFFSET, offsetMs, PING_EVERY_MS, withPong } from '../core/clock-offset'
import type { PlayerProfile } from '../core/player-profile'
import { backgroundToContent, type Follow } from '../messages/background-to-content'
import type { ContentToBackground, PagePlayer } from '../messages/content-to-background'
import type { Clock } from '../platform/clock'
import type { MessagePort } from '../platform/port'
import type { Cancel, Timers } from '../platform/timers'
import { type Following, follow } from './follow'
import { createLearning, playerKindOf } from './learning'
import { createLink } from './link'
import { watchOutput } from './output-device'
import { readPage } from './page'
import { isSameOffer, pageAddress, pageOffer } from './page-offer'
import { createPlayerFinder, type Found } from './player-finder'
import { createPlayerShell, type PlayerShell } from './player-shell'
import { watchEnd } from './watch-end'

export type Session = {
  isLiving(): boolean
  /** False if it has ended, also just now: then another may start. */
  reconnect(): boolean
}

export type SessionSurroundings = {
  readonly connect: () => MessagePort | undefined
  readonly profile: PlayerProfile
  readonly timers: Timers
  readonly clock: Clock
  readonly onEnd: () => void
}

/** After these a player that nobody drives stands elsewhere than was said. */
const OFFER_CHANGES = ['play', 'pause', 'seeked', 'ratechange', 'loadedmetadata', 'durationchange', 'emptied']

export function startSession({ connect, profile, timers, clock, onEnd }: SessionSurroundings): Session {
  let wanted: Follow | undefined
  let following: Following | undefined
  let heardOn: string | undefined
  let shell: PlayerShell | undefined
  let score = 0
  let offset = NO_OFFSET
  let saidOffer: PagePlayer | null | undefined
  let hasEnded = false
  let stopOffering = () => {}
  let stopWatchingOutput = () => {}
  let stopWatchingEnd = () => {}
  let cancelPing: Cancel = () => {}

  const link = createLink(
    connect,
    { onOpen, onMessage, wantsToReopen: () => wanted !== undefined, onEnd: end },
    timers,
    clock,
  )
  const learning = createLearning(timers, say)
  const finder = createPlayerFinder(timers, () => following !== undefined, onLook)
  link.open()

  function say(message: ContentToBackground): void {
    // These are said anew, and truer, once there is a port.
    if (message.type === 'report' || message.type === 'page' || message.type === 'heard-on') link.postIfOpen(message)
    else link.post(message)
  }

  function onOpen(): void {
    saidOffer = undefined
    offset = NO_OFFSET
    offer()
    const suspended = following?.suspension()
    if (suspended) say(suspended)
    if (heardOn !== undefined) say({ type: 'heard-on', device: heardOn })
    for (let n = 0; n < FIRST_PINGS; n += 1) ping()
    pingLater()
  }

  function onMessage(raw: unknown): void {
    const parsed = backgroundToContent.safeParse(raw)
    if (!parsed.success) {
      console.warn('Tutti: the background said something that this script does not understand')
      return
    }
    const message = parsed.data
    switch (message.type) {
      case 'follow':
        wanted = message
        if (message.learned) learning.told(message.learned)
        if (following) following.tell({ kind: 'follow', follow: message })
        else startFollowing()
        return
      case 'let-go':
        wanted = undefined
        stopFollowing()
        return
      case 'answered':
        following?.tell({ kind: 'answered' })
        return
      case 'act':
        following?.tell({ kind: 'act', act: message.act })
        return
      case 'clock-pong':
        offset = withPong(offset, message, clock.nowMs())
        following?.tell({ kind: 'clock-offset', offsetMs: offsetMs(offset) })
        return
    }
  }

  function ping(): void {
    link.postIfOpen({ type: 'clock-ping', sentMs: clock.nowMs() })
  }

  /** Only while following: a script that merely waits must not keep the background awake. */
  function pingLater(): void {
    cancelPing()
    cancelPing = timers.after(PING_EVERY_MS, () => {
      if (wanted) ping()
      pingLater()
    })
  }

  function onLook(found: Found | undefined): void {
    score = found?.score ?? 0
    if (found?.player !== shell?.element) changePlayer(found?.player)
    offer()
  }

  function changePlayer(element: HTMLVideoElement | undefined): void {
    const hadFollowed = following !== undefined
    stopFollowing()
    stopOffering()
    const hadPlayer = shell !== undefined
    shell = element && createPlayerShell(element, clock, () => pageAddress(readPage()))
    if (element) stopOffering = watchOffer(element)
    if (!wanted) return
    if (hadFollowed && !shell) say({ type: 'suspended', reason: 'elsewhere' })
    if (!hadPlayer && shell) say({ type: 'resumed' })
    startFollowing()
  }

  function watchOffer(element: HTMLVideoElement): () => void {
    const stop = new AbortController()
    for (const name of OFFER_CHANGES) {
      element.addEventListener(name, () => offer(following === undefined), { signal: stop.signal })
    }
    return () => stop.abort()
  }

  function offer(alsoIfOnlyMoved = false): void {
    const player = shell ? offerOf(shell) : null
    if (saidOffer !== undefined && !alsoIfOnlyMoved && isSameOffer(saidOffer, player)) return
    saidOffer = player
    say({ type: 'page', player })
  }

  function offerOf(player: PlayerShell): PagePlayer {
    const { positionSec, rate, playing, durationSec } = player.sight().reading
    return pageOffer(readPage(), {
      positionSec,
      rate,
      playing,
      score,
      ...(durationSec !== undefined && { durationSec }),
    })
  }

  function startFollowing(): void {
    if (!wanted || !shell) return
    const kind = playerKindOf(profile, shell.traits())
    const first = { follow: wanted, backgroundOffsetMs: offsetMs(offset), profile, learned: learning.of(kind) }
    following = follow(shell, first, timers, say, (learned) => learning.note(kind, learned))
    stopWatchingEnd = watchEnd(shell.element, timers, () => say({ type: 'ended' }))
    stopWatchingOutput = watchOutput(shell, (name) => {
      if (name === heardOn) return
      heardOn = name
      say({ type: 'heard-on', device: name ?? null })
    })
  }

  function stopFollowing(): void {
    if (!following) return
    following.letGo()
    following = undefined
    stopWatchingOutput()
    stopWatchingEnd()
    heardOn = undefined
    learning.flush()
  }

  function end(): void {
    if (hasEnded) return
    hasEnded = true
    stopFollowing()
    stopOffering()
    finder.stop()
    cancelPing()
    link.close()
    onEnd()
  }

  return {
    isLiving: () => !hasEnded,
    reconnect() {
      if (!hasEnded) link.open()
      return !hasEnded
    },
  }
}

/**
 * One media element as the core sees it: readings, events and effects. Owns every touch of the element; decides nothing.
 * Leaves no mark on the element. A page may swallow events before they arrive here; intent copes with that.
 */
import type { PlayerEffect, PlayerEvent } from '../core/player'
import type { Clock } from '../platform/clock'
import { hasAudioTrack } from './audio-track'
import type { Sight } from './drive-state'
import type { FoundState } from './found-state'

const EVENTS: readonly PlayerEvent[] = [
  'play',
  'playing',
  'pause',
  'seeking',
  'seeked',
  'waiting',
  'ratechange',
  'ended',
  'emptied',
  'loadedmetadata',
  'canplay',
  'error',
]

export type PlayerHandlers = {
  onEvent(event: PlayerEvent): void
  /** The browser wants a click before it plays. */
  onPlayRefused(): void
}

/** What a player's latencies depend on, beside the browser. */
export type PlayerTraits = {
  /** Put together by the page piece by piece, or live; not one file. */
  readonly isStream: boolean
  readonly isMuted: boolean
}

export type PlayerShell = {
  readonly element: HTMLVideoElement
  traits(): PlayerTraits
  /** The loudspeaker that the page chose for it; empty is the usual one. */
  sinkId(): string
  sight(): Sight
  found(): FoundState
  apply(effect: PlayerEffect): void
  /** Until the answer is called. */
  listen(handlers: PlayerHandlers): () => void
}

export function createPlayerShell(element: HTMLVideoElement, clock: Clock, address: () => string): PlayerShell {
  let onPlayRefused = () => {}
  let hasSound: boolean | undefined
  // Nothing was heard here before there was a page.
  let ranMs = clock.nowMs() - performance.now()

  function apply(effect: PlayerEffect): void {
    switch (effect.kind) {
      case 'play':
        element.play().catch((error: unknown) => {
          // Every other rejection says that something else came between.
          if (error instanceof DOMException && error.name === 'NotAllowedError') onPlayRefused()
        })
        return
      case 'pause':
        element.pause()
        return
      case 'seek':
        element.currentTime = effect.positionSec
        return
      case 'set-rate':
        element.playbackRate = effect.rate
        return
      case 'set-preserves-pitch':
        element.preservesPitch = effect.preserves
        return
    }
  }

  function sight(): Sight {
    const beforeMs = clock.nowMs()
    const positionSec = element.currentTime
    const afterMs = clock.nowMs()
    const { duration, readyState } = element
    hasSound = hasAudioTrack(element, hasSound)
    if (!element.paused) ranMs = afterMs
    return {
      reading: {
        atMs: (beforeMs + afterMs) / 2,
        tookMs: afterMs - beforeMs,
        positionSec,
        rate: element.playbackRate,
        playing: !element.paused && !element.ended,
        seeking: element.seeking,
        readyState,
        ...(Number.isFinite(duration) && { durationSec: duration }),
        hidden: document.hidden,
        idleMs: afterMs - ranMs,
        ...(hasSound !== undefined && { hasSound }),
      },
      connected: element.isConnected,
      ended: element.ended,
      looping: element.loop,
      address: address(),
    }
  }

  return {
    element,
    traits: () => ({
      isStream: element.srcObject !== null || element.currentSrc.startsWith('blob:'),
      isMuted: element.muted || element.volume === 0,
    }),
    // Firefox for phones has none.
    sinkId: () => element.sinkId ?? '',
    sight,
    found: () => ({ rate: element.playbackRate, preservesPitch: element.preservesPitch }),
    apply,
    listen(handlers) {
      onPlayRefused = () => handlers.onPlayRefused()
      const stop = new AbortController()
      for (const name of EVENTS) {
        const handleTrusted = (event: Event) => {
          // What the page makes up itself says nothing of the player.
          if (event.isTrusted) handlers.onEvent(name)
        }
        element.addEventListener(name, handleTrusted, { capture: true, signal: stop.signal })
      }
      return () => {
        onPlayRefused = () => {}
        stop.abort()
      }
    },
  }
}

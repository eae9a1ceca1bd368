/** What a player is to the core: what can be read off it, what it tells, and what can be done to it. */

export type PlayerReading = {
  /** Own clock, ms: the middle of the read. */
  readonly atMs: number
  /** How long the read took, ms; a slow one was pre-empted and is worth nothing. */
  readonly tookMs: number
  readonly positionSec: number
  readonly rate: number
  /** Not paused and not ended. */
  readonly playing: boolean
  readonly seeking: boolean
  /** HTMLMediaElement.readyState, 0 to 4. */
  readonly readyState: number
  readonly durationSec?: number
  /** The page is hidden: timers are slow. */
  readonly hidden: boolean
  /** False: the media has no audio track, so nothing is queued for a loudspeaker. Absent where the browser does not tell. */
  readonly hasSound?: boolean
  /** For how long it has not played, as far as the page can know. */
  readonly idleMs?: number
}

/** HAVE_FUTURE_DATA: below it a player cannot play on. */
export const CAN_PLAY_ON = 3

export function canPlayOn(reading: PlayerReading): boolean {
  return reading.readyState >= CAN_PLAY_ON
}

/** Its position runs on, as far as one reading can tell. */
export function isMoving(reading: PlayerReading): boolean {
  return reading.playing && !reading.seeking && canPlayOn(reading)
}

export type PlayerEvent =
  | 'play'
  | 'playing'
  | 'pause'
  | 'seeking'
  | 'seeked'
  | 'waiting'
  | 'ratechange'
  | 'ended'
  | 'emptied'
  | 'loadedmetadata'
  | 'canplay'
  | 'error'

/** What our side does to a player; nothing else ever writes to it. */
export type PlayerEffect =
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'seek'; readonly positionSec: number }
  | { readonly kind: 'set-rate'; readonly rate: number }
  | { readonly kind: 'set-preserves-pitch'; readonly preserves: boolean }

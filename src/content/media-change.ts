/**
 * What it means when a player that follows gets other media: an ad before the film goes on, or another film.
 * Pure. Ads that a site plays in a player of their own are the finder's business, not this file's.
 */

export type ShownMedia = {
  readonly address: string
  /** Absent for streams without an end. */
  readonly durationSec?: number
}

export type MediaChange = 'same' | 'ad' | 'other'

/** Longer than the ads that sites put before and into a film, shorter than any film. */
const LONGEST_AD_SEC = 180
/** The same film in another quality differs by a frame or two. */
const SAME_DURATION_SEC = 1

export function mediaChange(followed: ShownMedia, shown: ShownMedia): MediaChange {
  if (followed.address !== shown.address) return 'other'
  if (followed.durationSec === shown.durationSec) return 'same'
  if (followed.durationSec === undefined || shown.durationSec === undefined) return 'other'
  if (Math.abs(followed.durationSec - shown.durationSec) <= SAME_DURATION_SEC) return 'same'
  return shown.durationSec < followed.durationSec && shown.durationSec <= LONGEST_AD_SEC ? 'ad' : 'other'
}

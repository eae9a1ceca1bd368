/**
 * Whether a player's media has an audio track. No browser has the standard's list of tracks switched on, but each tells in its
 * own way; where none does, nothing is known.
 */
import { CAN_PLAY_ON } from '../core/player'

type Telling = {
  readonly readyState: number
  readonly mozHasAudio?: boolean
  readonly webkitAudioDecodedByteCount?: number
  readonly webkitVideoDecodedByteCount?: number
}

/** `known` is what was found before: a player that seeks or loads has decoded nothing yet. */
export function hasAudioTrack(element: Telling, known: boolean | undefined): boolean | undefined {
  if (element.readyState === 0) return undefined
  if (element.mozHasAudio !== undefined) return element.mozHasAudio
  if (element.readyState < CAN_PLAY_ON) return known
  const { webkitAudioDecodedByteCount: audio, webkitVideoDecodedByteCount: video } = element
  if (audio === undefined || video === undefined || audio + video === 0) return known
  return audio > 0
}

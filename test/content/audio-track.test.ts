import { describe, expect, it } from 'vitest'
import { hasAudioTrack } from '../../src/content/audio-track'

describe('whether there is an audio track', () => {
  it('[P27] is known in Chromium from what was decoded, once it can play', () => {
    const decoded = (audio: number, video: number, readyState = 4) =>
      ({ readyState, webkitAudioDecodedByteCount: audio, webkitVideoDecodedByteCount: video }) as const
    expect(hasAudioTrack(decoded(0, 900), undefined)).toBe(false)
    expect(hasAudioTrack(decoded(478, 900), undefined)).toBe(true)
    expect(hasAudioTrack(decoded(0, 0), undefined)).toBeUndefined()
    expect(hasAudioTrack(decoded(0, 900, 2), undefined)).toBeUndefined()
  })

  it('[P27] is known in Firefox from the metadata on', () => {
    expect(hasAudioTrack({ readyState: 1, mozHasAudio: false }, undefined)).toBe(false)
    expect(hasAudioTrack({ readyState: 1, mozHasAudio: true }, undefined)).toBe(true)
  })

  it('[P27] is kept while the player seeks, and forgotten with the media', () => {
    const seeking = { readyState: 1, webkitAudioDecodedByteCount: 0, webkitVideoDecodedByteCount: 0 }
    expect(hasAudioTrack(seeking, true)).toBe(true)
    expect(hasAudioTrack({ ...seeking, readyState: 0 }, true)).toBeUndefined()
    expect(hasAudioTrack({ readyState: 4 }, undefined)).toBeUndefined()
  })
})

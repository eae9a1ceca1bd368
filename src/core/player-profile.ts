/**
 * What each browser's player can bear, as data. Every figure was measured: with two browsers of a kind on one machine, by
 * `currentTime` and by recording what came out of the loudspeaker. The follower has no other knowledge of browsers.
 */

/** How long a player takes from being told to being there. Negative: as if it had begun before it was told. */
export type Latencies = {
  /** play() at the first start or after a seek, when nothing is queued for the loudspeaker. */
  readonly playSec: number
  /** play() after a plain pause: the queue is still there. */
  readonly resumeSec: number
  /** What a seek loses while playing. */
  readonly seekSec: number
}

/** How a small error is closed while playing. */
export type Correction =
  /** The whole error in one go, then the base rate again and a new look. */
  | { readonly kind: 'pulse' }
  /** A rate in proportion to the error, held and adjusted until the error is small. */
  | { readonly kind: 'steer'; readonly gainPerSec: number; readonly leaveMs: number; readonly leastShare: number }

export type PlayerProfile = {
  readonly name: 'chromium' | 'firefox'
  /** How often to read the player while it is followed. */
  readonly pollMs: number
  /** How often to judge. */
  readonly tickMs: number
  /** Readings this young are averaged: quick when far off, quiet when near. */
  readonly windowMs: { readonly far: number; readonly near: number }
  readonly enoughSamples: number
  /** The reported position stands still between steps: only a change is worth something, and none follows soon. */
  readonly staircase?: { readonly stepMs: number; readonly longestGapMs: number; readonly quietMs: number }
  readonly correction: Correction
  /** Errors up to this are left alone: above the noise of clock and reading, below what anybody notices. */
  readonly deadBandMs: { readonly atRateOne: number; readonly otherwise: number }
  /** At base rate 1 the player rests this far beside it, on the side that closes the error: `far` while there is one. 0 = exactly at 1. */
  readonly restBeside: { readonly near: number; readonly far: number }
  /** Aim so far ahead of the timeline: about half of what the sound is behind the reported position, so that neither eye nor ear is far off. */
  readonly aimAheadMs: number
  /** Aim this late at a start, where catching up sounds better than holding back. */
  readonly startLateSec: number
  /** So long after the very first start the reported position may wander while the sound is right. */
  readonly freshStreamMs: number
  /** After so many corrections a pause is used for a seek, which puts the sound back on the reported position; absent: never needed. */
  readonly seekAfterCorrections?: number
  readonly firstLatencies: Latencies
  /** An output that nobody has used for so long is put to sleep, and starts that much quicker than one that runs. */
  readonly sleepyOutput?: { readonly afterMs: number; readonly quickerSec: number }
  /** Of media without an audio track. */
  readonly silentLatencies: Latencies
}

const CHROMIUM: PlayerProfile = {
  name: 'chromium',
  pollMs: 8,
  tickMs: 125,
  windowMs: { far: 130, near: 320 },
  enoughSamples: 5,
  // With `preservesPitch` off an excursion of the rate costs nothing and is clean; on, it costs 16 to 26 ms and two clicks.
  correction: { kind: 'pulse' },
  // ±0.1 ms of noise at rate 1; a sawtooth of up to ±8.5 ms at other rates.
  deadBandMs: { atRateOne: 3, otherwise: 8 },
  restBeside: { near: 0, far: 0 },
  // On a settled stream the reported position is the sound, within 1 ms.
  aimAheadMs: 0,
  startLateSec: 0,
  // A third of cold starts wander by 10 to 100 ms for 10 to 15 s.
  freshStreamMs: 12_000,
  // 54 first starts 75 [56..94], 12 starts after a paused seek 71; 12 resumes -1 [-17..17]; 14 seeks 80 [66..92].
  firstLatencies: { playSec: 0.075, resumeSec: 0, seekSec: 0.085 },
  // 6 starts after 11.5 s of silence 46 [45..50], 4 through PulseAudio 52 [51..53]; within 10 s as above.
  sleepyOutput: { afterMs: 10_000, quickerSec: 0.026 },
  // 24 starts 0 [0..2]; 12 seeks 16 [12..24].
  silentLatencies: { playSec: 0, resumeSec: 0, seekSec: 0.016 },
}

const FIREFOX: PlayerProfile = {
  name: 'firefox',
  // The position steps each 40 ms; a step is looked for each 4 ms.
  pollMs: 4,
  tickMs: 150,
  windowMs: { far: 240, near: 380 },
  enoughSamples: 4,
  staircase: { stepMs: 40, longestGapMs: 10, quietMs: 32 },
  // Steady figures by steering 1.5/4.4 ms, by pulses 2.9 to 10.9.
  correction: { kind: 'steer', gainPerSec: 1.5, leaveMs: 2, leastShare: 0.0015 },
  deadBandMs: { atRateOne: 6, otherwise: 8 },
  // Each return to exactly 1 skips 27 ms of sound, for good, and the reported position hides it.
  // 0.0004 closes 4 ms in 10 s, without a correction that could be heard.
  restBeside: { near: 0.0001, far: 0.0004 },
  // WebM with Opus sounds 7 ms behind its reported position, WAV does not.
  aimAheadMs: 3,
  // Slowing down clicks, speeding up does not.
  startLateSec: 0.004,
  freshStreamMs: 0,
  // A correction moves the sound by about 1 ms against the reported position; a dozen stay well below 40 ms.
  seekAfterCorrections: 12,
  // 12 starts 12 [4..22]; 10 resumes -19 [-30..-4]; 12 seeks 56 [34..93].
  firstLatencies: { playSec: 0.012, resumeSec: -0.019, seekSec: 0.056 },
  // 24 starts 4 [-1..13]; 12 seeks 16 [8..102]; by position, half a step taken off.
  silentLatencies: { playSec: 0.004, resumeSec: 0.004, seekSec: 0.016 },
}

export const PLAYER_PROFILES = { chromium: CHROMIUM, firefox: FIREFOX } as const

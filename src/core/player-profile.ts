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
  | {
      readonly kind: 'steer'
      readonly gainPerSec: number
      readonly leaveMs: number
      readonly leastShare: number
      /** What was measured is so old, the player's own delay in taking a rate up included. */
      readonly lagMs: number
    }

/** `far` while there is an error that it closes, slowly; `near` otherwise. */
export type Rests = { readonly near: number; readonly far: number }

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
  /** Errors up to `belowMs` are believed only when they were seen for so long: the reported position wanders by that much. */
  readonly longLook?: { readonly belowMs: number; readonly forMs: number }
  /**
   * For players that can't be exactly at 1 nor cross it while they play: the rates they rest at on either side of it, and how far
   * off they may be in the direction that their side can't close, before a seek brings them to the other side.
   */
  readonly sides?: { readonly above: Rests; readonly below: Rests; readonly bearMs: number }
  /** Aim so far ahead of the timeline, for sound that is behind the reported position; so that neither eye nor ear is far off. */
  readonly aimAheadMs: number
  /** Aim so much beside the line at a start or a seek that what is left over can be closed from the side that the player is on. */
  readonly landShortSec: { readonly start: number; readonly seek: number }
  /** So long after the very first start the reported position may wander while the sound is right. */
  readonly freshStreamMs: number
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
  // With an audio device the position is a saw against the sound: it falls by 4 to 8 ms within 2.2 s and jumps back, while the
  // sound keeps its place within 0.1 ms. The mean of some teeth tells where it is.
  longLook: { belowMs: 12, forMs: 6_000 },
  // On a settled stream the reported position is the sound, within 1 ms.
  aimAheadMs: 0,
  landShortSec: { start: 0, seek: 0 },
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
  // A rate shows 130 to 160 ms after it was set, and a verdict is the mean of 240 ms.
  correction: { kind: 'steer', gainPerSec: 1.5, leaveMs: 2, leastShare: 0.0015, lagMs: 280 },
  deadBandMs: { atRateOne: 6, otherwise: 8 },
  // Each return to exactly 1 skips 27 ms of sound, for good, and the reported position hides it. Each crossing of 1 while playing clicks
  // (17 of 17, -15 to -31 dBFS) and moves the sound by -5 to +26 ms; changes that stay on one side do neither. 0.99998 counts as 1, 0.99997 does not.
  // 0.0004 closes 4 ms in 10 s, without a correction that could be heard.
  sides: { above: { near: 1.00001, far: 1.0004 }, below: { near: 0.99997, far: 0.9996 }, bearMs: 9 },
  // WebM with Opus sounded 7 ms behind its reported position on one sink and 0 to 1 on another, WAV on it.
  aimAheadMs: 1,
  // 12 starts spread by ±10 ms, 12 seeks by ±30.
  landShortSec: { start: 0.01, seek: 0.04 },
  freshStreamMs: 0,
  // 12 starts 12 [4..22]; 10 resumes -19 [-30..-4]; 12 seeks 56 [34..93].
  firstLatencies: { playSec: 0.012, resumeSec: -0.019, seekSec: 0.056 },
  // 24 starts 4 [-1..13]; 12 seeks 16 [8..102]; by position, half a step taken off.
  silentLatencies: { playSec: 0.004, resumeSec: 0.004, seekSec: 0.016 },
}

export const PLAYER_PROFILES = { chromium: CHROMIUM, firefox: FIREFOX } as const

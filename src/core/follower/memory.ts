/**
 * What the follower remembers between two steps, and the draft of it that one step works on.
 * Nothing outside src/core/follower reads or writes it; to the shell it is opaque.
 */
import type { PlayerEffect, PlayerReading } from '../player'
import type { Latencies, PlayerProfile } from '../player-profile'
import type { SuspensionReason } from '../room/room'
import type { Line, Timeline } from '../timeline'
import { type Learned, latenciesFrom } from './learned'

/** Where a playing player was seen. Kept as seen, so that a better clock betters old samples too. */
export type Sample = { readonly atMs: number; readonly positionSec: number }

/** How far off the player was, against the own clock plus whatever offset: two of them tell how it moved. */
export type Verdict = { readonly atMs: number; readonly againstOwnMs: number }

export type Mode =
  /** Not taken up: nothing known yet, or somebody else's turn. */
  | { readonly kind: 'idle' }
  /** Stands still; `steps` counts the seeks that were needed to get there. */
  | { readonly kind: 'rest'; readonly positionSec: number; readonly steps: number }
  /** Stands at a place of the line ahead of now and waits to play at the moment the line comes by. */
  | {
      readonly kind: 'start'
      readonly line: Line
      readonly positionSec: number
      readonly preRollMs: number
      /** Own clock: when it was first meant to play. */
      readonly firstDueMs: number
    }
  | { readonly kind: 'run'; readonly line: Line }

/** How the player is not as we left it. */
export type Odd = { readonly what: 'stopped' | 'running' | 'moved' | 'rate'; readonly sinceMs: number }

export type Memory = {
  readonly timeline: Timeline | undefined
  /** Server time minus own, and how far ahead of it this player aims; undefined until it was measured well enough. */
  readonly offsetMs: number | undefined
  /** How far ahead the person wants this player. */
  readonly nudgeMs: number
  /** Own time went by without us, so the clock may be another: nothing is done until it was heard of anew, or this moment. */
  readonly clockDoubt: { readonly untilMs: number; readonly heard: number } | undefined
  /** The last reading, amended by what we did to the player since. */
  readonly player: PlayerReading | undefined
  /** The last polled reading as it was. */
  readonly polled: PlayerReading | undefined
  /** What we last set; undefined: never touched. */
  readonly rateSet: number | undefined
  readonly pitchSet: boolean | undefined
  /** The person put the player where it is, and the room has not answered yet. */
  readonly held: boolean
  readonly aside: SuspensionReason | undefined
  readonly trouble: 'buffering' | 'autoplay-blocked' | 'error' | undefined
  readonly mode: Mode
  readonly odd: Odd | undefined

  readonly skewMs: number | undefined
  readonly samples: readonly Sample[]
  /** Nothing is measured before. */
  readonly blankUntilMs: number
  readonly seekUnderWay: 'ours' | 'foreign' | undefined
  readonly soughtMs: number
  /** How long a seek takes until there is a picture; the slowest of late, forgotten by halves. */
  readonly seekTookMs: number
  readonly nextTickMs: number
  /** Verdicts so far; near ones are acted on only every second time. */
  readonly ticks: number
  /** Verdicts in a row that left the player alone. */
  readonly calm: number
  /** No look is wanted before. */
  readonly nextLookMs: number
  readonly lastVerdictMs: number
  /** Verdicts since the last thing that moved the player, ms; tells whether a fresh stream has settled. */
  readonly verdicts: readonly Verdict[]
  /** The same over a longer time and fewer of them, for errors as small as the player's own wandering. */
  readonly longLook: readonly Verdict[]
  readonly streamSinceMs: number | undefined
  /** Started, and not judged since. */
  readonly firstLook: boolean
  readonly settled: boolean

  readonly pulseUntilMs: number | undefined
  readonly steering: boolean
  readonly rateResets: number
  /** Of rate 1, for players that can't cross it while they play. */
  readonly side: 'above' | 'below'
  /** Since when it is further off than it should bear in the direction that its side can't close. */
  readonly beyondSinceMs: number | undefined
  /** Seeks and pre-rolls that nobody asked for. */
  readonly lastJumpMs: number
  readonly jumpsMissed: number

  readonly learned: Learned
  /** What follows from it. */
  readonly latencies: Latencies
  readonly toLearn: keyof Latencies | undefined
  /** Nothing is queued for the loudspeaker: never started, or a seek since. */
  readonly flushed: boolean

  /** The player said `waiting` at this place and has not moved on. */
  readonly waitingAtSec: number | undefined
  /** Since when the player could not play, and whether a seek had to do with it. */
  readonly unable: { readonly sinceMs: number; readonly seeking: boolean } | undefined
  /** Where the player said that it ended, for players that do not tell their length. */
  readonly endedAtSec: number | undefined
  readonly wakeAtMs: number | undefined
}

export function freshMemory(profile: PlayerProfile, learned: Learned): Memory {
  return {
    timeline: undefined,
    offsetMs: undefined,
    nudgeMs: 0,
    clockDoubt: undefined,
    player: undefined,
    polled: undefined,
    rateSet: undefined,
    pitchSet: undefined,
    held: false,
    aside: undefined,
    trouble: undefined,
    mode: { kind: 'idle' },
    odd: undefined,
    skewMs: undefined,
    samples: [],
    blankUntilMs: Number.NEGATIVE_INFINITY,
    seekUnderWay: undefined,
    soughtMs: Number.NEGATIVE_INFINITY,
    seekTookMs: 0,
    nextTickMs: Number.NEGATIVE_INFINITY,
    ticks: 0,
    calm: 0,
    nextLookMs: Number.NEGATIVE_INFINITY,
    lastVerdictMs: Number.NEGATIVE_INFINITY,
    verdicts: [],
    longLook: [],
    streamSinceMs: undefined,
    firstLook: false,
    settled: false,
    pulseUntilMs: undefined,
    steering: false,
    rateResets: 0,
    side: 'above',
    beyondSinceMs: undefined,
    lastJumpMs: Number.NEGATIVE_INFINITY,
    jumpsMissed: 0,
    learned,
    latencies: latenciesFrom(profile.firstLatencies, learned),
    toLearn: undefined,
    flushed: true,
    waitingAtSec: undefined,
    unable: undefined,
    endedAtSec: undefined,
    wakeAtMs: undefined,
  }
}

/** A memory that one step may write to. */
export type Draft = { -readonly [K in keyof Memory]: Memory[K] }

/** One step at work: its own copy of the memory, to be written to, and the effects in order. */
export type Turn = {
  readonly profile: PlayerProfile
  readonly nowMs: number
  readonly memory: Draft
  readonly effects: PlayerEffect[]
  /** The earliest moment anything in this turn wants to be woken. */
  wakeAtMs: number | undefined
}

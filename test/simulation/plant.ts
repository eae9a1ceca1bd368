/**
 * A model of a media element as two browsers were measured to behave: how late it starts, what a seek loses, what it reports.
 * Knows true time and seeded chance; nothing of followers. `positionSec` is the truth, `read` is what a page would see.
 */
import type { PlayerEffect, PlayerEvent, PlayerReading } from '../../src/core/player'
import { createPlantSound } from './plant-sound'
import type { Chance, Moments } from './plant-world'

type Range = readonly [number, number]
/** Least, median and most that were seen; most draws fall near the median. */
type Spread = readonly [number, number, number]

export type PlantKind = {
  readonly name: 'chromium' | 'firefox'
  /** play() of a fresh stream; after a seek; after a plain pause; ms. */
  readonly firstStartMs: Spread
  readonly startMs: Spread
  readonly resumeMs: Spread
  readonly seekLossMs: Spread
  readonly seekedPlayingMs: Range
  readonly seekedPausedMs: Range
  readonly noiseMs: number
  /** Added to what is reported while the rate is not 1; grows with the rate. */
  readonly sawtoothMs: number
  readonly stairMs: number
  readonly stairNoiseMs: number
  /** What an excursion from rate 1 and back loses, with the pitch preserved and without. */
  readonly excursionLossMs: { readonly preserved: Range; readonly free: Range }
  /** What the sound does that the position does not show. */
  readonly sound: {
    /** How far it is behind the position all the time. */
    readonly lateMs: number
    /** What each return to exactly rate 1 skips. */
    readonly skipsOnReturnMs: Range
    /** What a correction that was faster, or slower, than the base rate leaves behind. */
    readonly afterFasterMs: Range
    readonly afterSlowerMs: Range
    /** Going slower is heard, even with the pitch left alone. */
    readonly slowerClicks: boolean
  }
}

export const CHROMIUM_PLANT: PlantKind = {
  name: 'chromium',
  firstStartMs: [56, 75, 94],
  startMs: [60, 71, 84],
  resumeMs: [-17, -1, 17],
  seekLossMs: [66, 81, 94],
  seekedPlayingMs: [6, 40],
  seekedPausedMs: [6, 30],
  noiseMs: 0.1,
  sawtoothMs: 4.7,
  stairMs: 0,
  stairNoiseMs: 0,
  excursionLossMs: { preserved: [22.8, 25.9], free: [-0.5, 0.5] },
  sound: { lateMs: 0, skipsOnReturnMs: [0, 0], afterFasterMs: [0, 0], afterSlowerMs: [0, 0], slowerClicks: false },
}

export const FIREFOX_PLANT: PlantKind = {
  name: 'firefox',
  firstStartMs: [4, 12, 22],
  startMs: [5, 11, 14],
  resumeMs: [-30, -19, -4],
  seekLossMs: [34, 56, 93],
  seekedPlayingMs: [9, 72],
  seekedPausedMs: [8, 66],
  noiseMs: 0,
  sawtoothMs: 0,
  stairMs: 40.1,
  stairNoiseMs: 4,
  excursionLossMs: { preserved: [-0.2, 0.2], free: [-0.2, 0.2] },
  sound: {
    lateMs: 7,
    skipsOnReturnMs: [23, 34],
    afterFasterMs: [0.1, 1.6],
    afterSlowerMs: [-1.5, 5.6],
    slowerClicks: true,
  },
}

export type PlantOptions = {
  /** The clock of the output against true time. */
  readonly driftPpm?: number
  /** Extra loss of a seek where the media comes over a network, ms. */
  readonly siteSeekMs?: Range
  readonly durationSec?: number
  /** The first seconds of the first stream report a position that wanders by so much while the sound is right. */
  readonly wanderMs?: number
  /** With an audio device Chromium's reported position is a saw of this height against the sound, at rate 1. */
  readonly sawMs?: number
}

/** A period between those that were seen, 10 to 20 ms. */
const SAWTOOTH_PERIOD_MS = 14.3
const READ_TOOK_MS = 0.05
/** Straight pieces of -30 to +10 ms/s with a jump each 1.5 to 1.8 s, for 10 to 15 s. */
const WANDER_FOR_MS: Range = [10_000, 15_000]
const WANDER_PIECE_MS = 1_650
const WANDER_PIECES = 10
const WANDER_SLOPE: Range = [-30, 10]
/** Falls by 4 ms a second, then jumps back. */
const SAW_PERIOD_MS = 2_200
/** A wander of this size has slopes as measured; a greater one has steeper ones. */
const WANDER_USUAL_MS = 25
/** After a gap in the sound the position may stay off it for so long, by so much. */
const OFF_AFTER_GAP_MS: Range = [8, 15]
const OFF_AFTER_GAP_FOR_MS = 12_000

export function createPlant(
  kind: PlantKind,
  world: Moments,
  chance: Chance,
  onEvent: (event: PlayerEvent) => void,
  options: PlantOptions = {},
) {
  let base = { sec: 0, atMs: 0 }
  let paused = true
  let ended = false
  let rate = 1
  let preservesPitch = true
  let excursion = false
  let flushed = true
  let movesFromMs = Number.POSITIVE_INFINITY
  let seekingUntilMs = 0
  let stalledUntilMs = 0
  let seekNumber = 0
  let starts = 0
  let firstStartMs: number | undefined
  const sound = createPlantSound(kind, chance)
  let readsOff = { byMs: 0, untilMs: 0 }
  const phaseMs = chance.between(0, kind.stairMs)
  const { wanderMs = 0, sawMs = 0 } = options
  const sawPhaseMs = sawMs > 0 ? chance.between(0, SAW_PERIOD_MS) : 0
  const wanderForMs = chance.between(...WANDER_FOR_MS)
  const wander = Array.from({ length: wanderMs > 0 ? WANDER_PIECES : 0 }, () => ({
    fromMs: chance.between(-wanderMs, wanderMs),
    slope: (chance.between(...WANDER_SLOPE) * wanderMs) / WANDER_USUAL_MS,
  }))
  const stair = { index: Number.NaN, sec: 0 }
  const durationSec = options.durationSec ?? 300
  const speed = 1 + (options.driftPpm ?? 0) / 1e6
  const pick = ([low, high]: Range): number => chance.between(low, high)
  const pickNear = ([least, median, most]: Spread): number => {
    const above = chance.float() < 0.5
    const away = 1 - Math.sqrt(chance.float())
    return above ? median + (most - median) * away : median - (median - least) * away
  }

  const trueSec = (atMs: number): number => {
    const from = Math.max(base.atMs, movesFromMs)
    const runs = !paused && atMs > from ? ((atMs - from) * rate * speed) / 1000 : 0
    return Math.min(durationSec, base.sec + runs)
  }
  const rebase = (addSec = 0): void => {
    base = { sec: trueSec(world.nowMs()) + addSec, atMs: world.nowMs() }
    stair.index = Number.NaN
  }
  const tell = (event: PlayerEvent, afterMs = 0): void => {
    world.at(world.nowMs() + afterMs, () => onEvent(event))
  }
  /** Unless something else comes between. */
  const tellPlaying = (atMs: number): void => {
    world.at(atMs, () => {
      if (!paused && !ended && world.nowMs() >= stalledUntilMs) onEvent('playing')
    })
  }
  const isStalled = (): boolean => world.nowMs() < stalledUntilMs
  const isSeeking = (): boolean => world.nowMs() < seekingUntilMs

  const watchEnd = (): void => {
    if (paused || ended || trueSec(world.nowMs()) < durationSec) return
    ended = true
    tell('ended')
  }

  const reported = (): number => {
    const nowMs = world.nowMs()
    if (paused) return trueSec(nowMs)
    if (kind.stairMs > 0) {
      const index = Math.floor((nowMs + phaseMs) / kind.stairMs)
      if (index !== stair.index) {
        const noiseMs = Math.abs(rate - 1) > 0.001 ? chance.between(-kind.stairNoiseMs, kind.stairNoiseMs) : 0
        const edgeMs = Number.isNaN(stair.index) ? nowMs : index * kind.stairMs - phaseMs
        stair.index = index
        stair.sec = trueSec(Math.max(edgeMs, base.atMs)) + noiseMs / 1000
      }
      return stair.sec
    }
    const wide = rate >= 1.25 ? 8.5 / 4.7 : 1
    const tooth =
      rate === 1 ? 0 : ((nowMs % SAWTOOTH_PERIOD_MS) / SAWTOOTH_PERIOD_MS - 0.5) * 2 * kind.sawtoothMs * wide
    const offMs = nowMs < readsOff.untilMs ? readsOff.byMs : 0
    return (
      trueSec(nowMs) +
      (tooth + chance.between(-kind.noiseMs, kind.noiseMs) + wandered(nowMs) + sawn(nowMs) + offMs) / 1000
    )
  }
  const sawn = (nowMs: number): number =>
    sawMs === 0 || rate !== 1 ? 0 : sawMs * (0.5 - ((nowMs + sawPhaseMs) % SAW_PERIOD_MS) / SAW_PERIOD_MS)
  const wandered = (nowMs: number): number => {
    const sinceMs = nowMs - (firstStartMs ?? nowMs)
    if (wanderMs === 0 || starts > 1 || sinceMs >= wanderForMs) return 0
    const piece = wander[Math.floor(sinceMs / WANDER_PIECE_MS)]
    return piece ? piece.fromMs + (piece.slope * (sinceMs % WANDER_PIECE_MS)) / 1000 : 0
  }

  const plant = {
    play(): void {
      if (!paused && !ended) return
      rebase()
      paused = false
      ended = false
      starts += 1
      firstStartMs ??= world.nowMs()
      const latencyMs = pickNear(starts === 1 ? kind.firstStartMs : flushed ? kind.startMs : kind.resumeMs)
      const seekLeftMs = Math.max(0, seekingUntilMs - world.nowMs())
      movesFromMs = Math.max(stalledUntilMs, world.nowMs() + Math.max(0, latencyMs) + seekLeftMs)
      if (latencyMs < 0) base = { ...base, sec: base.sec - (latencyMs * rate) / 1000 }
      flushed = false
      tell('play')
      tellPlaying(movesFromMs)
    },
    pause(): void {
      if (paused) return
      rebase()
      paused = true
      tell('pause')
    },
    seek(toSec: number): void {
      rebase()
      const playing = !paused && !ended
      ended = false
      base = { sec: Math.min(durationSec, Math.max(0, toSec)), atMs: world.nowMs() }
      const siteMs = options.siteSeekMs ? pick(options.siteSeekMs) : 0
      const seekedMs = pick(playing ? kind.seekedPlayingMs : kind.seekedPausedMs) + siteMs
      seekingUntilMs = world.nowMs() + seekedMs
      movesFromMs = Math.max(stalledUntilMs, world.nowMs() + Math.max(seekedMs, pickNear(kind.seekLossMs) + siteMs))
      flushed = !playing
      sound.sought()
      readsOff = { byMs: 0, untilMs: 0 }
      seekNumber += 1
      const mine = seekNumber
      tell('seeking')
      world.at(seekingUntilMs, () => {
        if (mine === seekNumber) onEvent('seeked')
      })
    },
    setRate(to: number): void {
      if (to === rate) return
      const runs = !paused && !ended
      const returns = excursion && to === 1 && runs
      const lossMs = returns ? pick(preservesPitch ? kind.excursionLossMs.preserved : kind.excursionLossMs.free) : 0
      rebase(-lossMs / 1000)
      if (runs) sound.rateChanged(rate, to, preservesPitch)
      excursion = to !== 1
      rate = to
      tell('ratechange')
    },
    setPreservesPitch(preserves: boolean): void {
      if (preserves !== preservesPitch && !paused) sound.pitchChanged()
      preservesPitch = preserves
    },
    apply(effect: PlayerEffect): void {
      switch (effect.kind) {
        case 'play':
          return plant.play()
        case 'pause':
          return plant.pause()
        case 'seek':
          return plant.seek(effect.positionSec)
        case 'set-rate':
          return plant.setRate(effect.rate)
        case 'set-preserves-pitch':
          return plant.setPreservesPitch(effect.preserves)
      }
    },
    stall(forMs: number): void {
      rebase()
      stalledUntilMs = world.nowMs() + forMs
      movesFromMs = Math.max(movesFromMs, stalledUntilMs)
      if (movesFromMs === Number.POSITIVE_INFINITY) movesFromMs = stalledUntilMs
      if (!paused) tell('waiting')
      tell('canplay', forMs)
      tellPlaying(stalledUntilMs)
    },
    /** Moves without a word, as a clock or a queue may. */
    slip(bySec: number): void {
      rebase(bySec)
    },
    /** The machine was too busy to feed the sound: a gap, and in Chromium, perhaps, a position that is off the sound for a while. */
    underrun(gapMs: number): void {
      if (paused || ended) return
      rebase(-gapMs / 1000)
      if (kind.name !== 'chromium' || chance.float() < 0.5) return
      const sign = chance.float() < 0.5 ? -1 : 1
      readsOff = { byMs: sign * pick(OFF_AFTER_GAP_MS), untilMs: world.nowMs() + OFF_AFTER_GAP_FOR_MS }
    },
    /** As a page reads it; `atMs` is the page's clock. */
    read(atMs: number, hidden: boolean): PlayerReading {
      watchEnd()
      return {
        atMs,
        tookMs: READ_TOOK_MS,
        hidden,
        positionSec: reported(),
        rate,
        playing: !paused && !ended,
        seeking: isSeeking(),
        readyState: isStalled() ? 2 : isSeeking() ? 1 : 4,
        durationSec,
      }
    },
    truth: () => ({ positionSec: trueSec(world.nowMs()), rate, playing: !paused && !ended, preservesPitch }),
    positionSec: () => trueSec(world.nowMs()),
    rate: () => rate,
    isPlaying: () => !paused && !ended,
    /** Where the film is at the loudspeaker. */
    heardSec: () => trueSec(world.nowMs()) + sound.offMs() / 1000,
    /** How often the sound jumped ahead of the picture, and how often something was to be heard that the film does not have. */
    skips: sound.skips,
    clicks: sound.clicks,
  }
  return plant
}

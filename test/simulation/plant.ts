/**
 * A model of a media element as two browsers were measured to behave: how late it starts, what a seek loses, what it reports.
 * Knows true time and seeded chance; nothing of followers. `positionSec` is the truth, `read` is what a page would see.
 */
import type { PlayerEffect, PlayerEvent, PlayerReading } from '../../src/core/player'
import type { Chance, Moments } from './plant-world'

type Range = readonly [number, number]

export type PlantKind = {
  readonly name: 'chromium' | 'firefox'
  /** play() at the first start or after a seek; after a plain pause; ms. */
  readonly startMs: Range
  readonly resumeMs: Range
  readonly seekLossMs: Range
  readonly seekedPlayingMs: Range
  readonly seekedPausedMs: Range
  readonly noiseMs: number
  /** Added to what is reported while the rate is not 1; grows with the rate. */
  readonly sawtoothMs: number
  readonly stairMs: number
  readonly stairNoiseMs: number
  /** What an excursion from rate 1 and back loses, with the pitch preserved and without. */
  readonly excursionLossMs: { readonly preserved: Range; readonly free: Range }
  /** What each return to exactly rate 1 skips in the sound, unseen in the position. */
  readonly skipsOnReturnMs: number
}

export const CHROMIUM_PLANT: PlantKind = {
  name: 'chromium',
  startMs: [65, 91],
  resumeMs: [-17, 13],
  seekLossMs: [74, 99],
  seekedPlayingMs: [6, 40],
  seekedPausedMs: [6, 30],
  noiseMs: 0.1,
  sawtoothMs: 4.7,
  stairMs: 0,
  stairNoiseMs: 0,
  excursionLossMs: { preserved: [16, 26], free: [-0.07, 0.07] },
  skipsOnReturnMs: 0,
}

export const FIREFOX_PLANT: PlantKind = {
  name: 'firefox',
  startMs: [4, 22],
  resumeMs: [-30, -4],
  seekLossMs: [34, 93],
  seekedPlayingMs: [9, 72],
  seekedPausedMs: [8, 66],
  noiseMs: 0,
  sawtoothMs: 0,
  stairMs: 40.1,
  stairNoiseMs: 4,
  excursionLossMs: { preserved: [-0.2, 0.2], free: [-0.2, 0.2] },
  skipsOnReturnMs: 27,
}

export type PlantOptions = {
  /** The clock of the output against true time. */
  readonly driftPpm?: number
  /** Extra loss of a seek where the media comes over a network, ms. */
  readonly siteSeekMs?: Range
  readonly durationSec?: number
  /** The first seconds of the first stream report a position that wanders while the sound is right. */
  readonly wanders?: boolean
}

/** A period between those that were seen, 10 to 20 ms. */
const SAWTOOTH_PERIOD_MS = 14.3
const READ_TOOK_MS = 0.05
const WANDER_FOR_MS = 10_000
const WANDER_PIECE_MS = 1_600

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
  let soundAheadMs = 0
  const phaseMs = chance.between(0, kind.stairMs)
  const wander = Array.from({ length: 8 }, () => ({ fromMs: chance.between(-25, 25), slope: chance.between(-12, 6) }))
  const stair = { index: Number.NaN, sec: 0 }
  const durationSec = options.durationSec ?? 300
  const speed = 1 + (options.driftPpm ?? 0) / 1e6
  const pick = ([low, high]: Range): number => chance.between(low, high)

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
    return trueSec(nowMs) + (tooth + chance.between(-kind.noiseMs, kind.noiseMs) + wandered(nowMs)) / 1000
  }
  const wandered = (nowMs: number): number => {
    const sinceMs = nowMs - (firstStartMs ?? nowMs)
    if (!options.wanders || starts > 1 || sinceMs >= WANDER_FOR_MS) return 0
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
      const latencyMs = pick(flushed ? kind.startMs : kind.resumeMs)
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
      movesFromMs = Math.max(stalledUntilMs, world.nowMs() + Math.max(seekedMs, pick(kind.seekLossMs) + siteMs))
      flushed = !playing
      soundAheadMs = 0
      seekNumber += 1
      const mine = seekNumber
      tell('seeking')
      world.at(seekingUntilMs, () => {
        if (mine === seekNumber) onEvent('seeked')
      })
    },
    setRate(to: number): void {
      if (to === rate) return
      const returns = excursion && to === 1 && !paused
      const lossMs = returns ? pick(preservesPitch ? kind.excursionLossMs.preserved : kind.excursionLossMs.free) : 0
      rebase(-lossMs / 1000)
      if (to === 1) soundAheadMs += kind.skipsOnReturnMs
      excursion = to !== 1
      rate = to
      tell('ratechange')
    },
    setPreservesPitch(preserves: boolean): void {
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
    truth: () => ({
      positionSec: trueSec(world.nowMs()),
      rate,
      playing: !paused && !ended,
      preservesPitch,
      soundAheadMs,
    }),
  }
  return plant
}

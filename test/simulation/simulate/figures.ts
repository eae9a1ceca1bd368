/**
 * Figures of many room-hours: distributions weighted by time, that can be added to each other in any order with the same sum.
 * Plain data, so that it can pass between threads. What is counted is the watch's to say.
 */
import type { RoomNetwork } from './networks'

/** Milliseconds of skew; the weight of each is how long it lasted. */
export type Distribution = {
  readonly weights: Float64Array
  most: number
  all: number
  under16: number
  under40: number
}

const FINE = { steps: 1_000, perMs: 10 }
const MIDDLE = { steps: 900, fromMs: 100 }
const COARSE = { steps: 991, fromMs: 1_000, stepMs: 100 }

export function createDistribution(): Distribution {
  const weights = new Float64Array(FINE.steps + MIDDLE.steps + COARSE.steps)
  return { weights, most: 0, all: 0, under16: 0, under40: 0 }
}

export function addTo(distribution: Distribution, ms: number, weight: number): void {
  const bin =
    ms < MIDDLE.fromMs
      ? Math.floor(ms * FINE.perMs)
      : ms < COARSE.fromMs
        ? FINE.steps + Math.floor(ms - MIDDLE.fromMs)
        : FINE.steps + MIDDLE.steps + Math.min(COARSE.steps - 1, Math.floor((ms - COARSE.fromMs) / COARSE.stepMs))
  distribution.weights[bin] = (distribution.weights[bin] ?? 0) + weight
  distribution.all += weight
  if (ms < 16) distribution.under16 += weight
  if (ms < 40) distribution.under40 += weight
  if (ms > distribution.most) distribution.most = ms
}

export function quantile({ weights, all, most }: Distribution, share: number): number {
  let left = all * share
  for (const [bin, weight] of weights.entries()) {
    left -= weight
    if (left <= 0 && weight > 0) return Math.min(most, upperMs(bin))
  }
  return Number.NaN
}

function upperMs(bin: number): number {
  if (bin < FINE.steps) return (bin + 1) / FINE.perMs
  if (bin < FINE.steps + MIDDLE.steps) return MIDDLE.fromMs + bin - FINE.steps + 1
  return COARSE.fromMs + (bin - FINE.steps - MIDDLE.steps + 1) * COARSE.stepMs
}

function merge(into: Distribution, from: Distribution): void {
  for (const [bin, weight] of from.weights.entries()) into.weights[bin] = (into.weights[bin] ?? 0) + weight
  into.most = Math.max(into.most, from.most)
  into.all += from.all
  into.under16 += from.under16
  into.under40 += from.under40
}

export type Group = {
  /** Player against player, by position and by ear; each player against the room. Over steady time. */
  readonly pair: Distribution
  readonly heard: Distribution
  readonly own: Distribution
  /** Player time, ms. */
  playerMs: number
  steadyMs: number
  atBaseMs: number
  seeksAfterTrouble: number
  seeksUnprovoked: number
  clicks: number
  skips: number
  /** From an act, or from the end of a trouble, until the room was together again, ms; infinite if it never was. */
  readonly mendedMs: number[]
}

export function createGroup(): Group {
  return {
    pair: createDistribution(),
    heard: createDistribution(),
    own: createDistribution(),
    playerMs: 0,
    steadyMs: 0,
    atBaseMs: 0,
    seeksAfterTrouble: 0,
    seeksUnprovoked: 0,
    clicks: 0,
    skips: 0,
    mendedMs: [],
  }
}

export type PairKind = 'two Chromiums' | 'mixed' | 'two Firefoxes'

export type Figures = {
  readonly networks: Map<RoomNetwork, Group>
  readonly pairs: Map<PairKind, { readonly pair: Distribution; readonly heard: Distribution }>
  readonly mends: Map<string, number[]>
  /** Players in pages that nobody sees: against the room. */
  readonly hidden: Distribution
}

export function createFigures(): Figures {
  return { networks: new Map(), pairs: new Map(), mends: new Map(), hidden: createDistribution() }
}

export function groupOf(figures: Figures, network: RoomNetwork): Group {
  return found(figures.networks, network, createGroup)
}

export function pairOf(figures: Figures, kind: PairKind) {
  return found(figures.pairs, kind, () => ({ pair: createDistribution(), heard: createDistribution() }))
}

export function mendsOf(figures: Figures, what: string): number[] {
  return found<string, number[]>(figures.mends, what, () => [])
}

function found<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const there = map.get(key)
  if (there !== undefined) return there
  const made = make()
  map.set(key, made)
  return made
}

export function addFigures(into: Figures, from: Figures): void {
  for (const [network, group] of from.networks) addGroup(groupOf(into, network), group)
  for (const [kind, { pair, heard }] of from.pairs) {
    merge(pairOf(into, kind).pair, pair)
    merge(pairOf(into, kind).heard, heard)
  }
  for (const [what, mends] of from.mends) for (const ms of mends) mendsOf(into, what).push(ms)
  merge(into.hidden, from.hidden)
}

export function addGroup(into: Group, from: Group): void {
  merge(into.pair, from.pair)
  merge(into.heard, from.heard)
  merge(into.own, from.own)
  into.playerMs += from.playerMs
  into.steadyMs += from.steadyMs
  into.atBaseMs += from.atBaseMs
  into.seeksAfterTrouble += from.seeksAfterTrouble
  into.seeksUnprovoked += from.seeksUnprovoked
  into.clicks += from.clicks
  into.skips += from.skips
  for (const ms of from.mendedMs) into.mendedMs.push(ms)
}

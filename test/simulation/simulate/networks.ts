/**
 * The networks that simulated people sit behind, from fibre to bad mobile, as delays of each direction.
 * Chosen, not measured: what counts is that each kind of harm occurs, from none to more than most people would bear.
 */
import type { Path, Spell } from '../lane'
import type { Chance } from '../plant-world'

export type NetworkName = 'fibre' | 'cable' | 'wifi' | '4g' | 'bad mobile' | 'dsl'
/** `mixed`: each member draws one. */
export type RoomNetwork = NetworkName | 'mixed'

export type Connection = {
  readonly network: NetworkName
  readonly up: Path
  readonly down: Path
  /** How much worse than others it stops altogether. */
  readonly troubleTimes: number
}

const SEC = 1_000
const MIN = 60 * SEC

type Shape = {
  readonly base: readonly [number, number]
  /** How much longer the way up is than the way down. */
  readonly upLater?: readonly [number, number]
  readonly jitterMs: number
  readonly tailMs: number
  readonly spells: readonly Spell[]
  /** Somebody fills the uplink. */
  readonly upSpells?: readonly Spell[]
  readonly troubleTimes: number
}

const SHAPES: { readonly [Name in NetworkName]: Shape } = {
  fibre: { base: [2, 12], jitterMs: 1, tailMs: 0.5, spells: [], troubleTimes: 0.5 },
  cable: {
    base: [6, 25],
    jitterMs: 3,
    tailMs: 2,
    spells: [{ everyMs: 3 * MIN, forMs: [1 * SEC, 10 * SEC], laterMs: [10, 40] }],
    troubleTimes: 1,
  },
  wifi: {
    base: [5, 25],
    jitterMs: 4,
    tailMs: 6,
    spells: [{ everyMs: 30 * SEC, forMs: [80, 400] }],
    troubleTimes: 1,
  },
  '4g': {
    base: [20, 45],
    jitterMs: 10,
    tailMs: 10,
    spells: [
      { everyMs: 1 * MIN, forMs: [3 * SEC, 20 * SEC], laterMs: [30, 150] },
      { everyMs: 2 * MIN, forMs: [200, 1_000] },
    ],
    troubleTimes: 2,
  },
  'bad mobile': {
    base: [40, 120],
    jitterMs: 30,
    tailMs: 30,
    spells: [
      { everyMs: 40 * SEC, forMs: [3 * SEC, 30 * SEC], laterMs: [100, 500] },
      { everyMs: 40 * SEC, forMs: [500, 4_000] },
    ],
    troubleTimes: 4,
  },
  dsl: {
    base: [8, 25],
    upLater: [5, 50],
    jitterMs: 2,
    tailMs: 2,
    spells: [],
    upSpells: [{ everyMs: 3 * MIN, forMs: [5 * SEC, 30 * SEC], laterMs: [50, 200] }],
    troubleTimes: 1,
  },
}

export const NETWORKS = ['fibre', 'cable', 'wifi', '4g', 'bad mobile', 'dsl'] as const satisfies readonly NetworkName[]
export const ROOM_NETWORKS: readonly RoomNetwork[] = [...NETWORKS, 'mixed']

export function connectionOf(room: RoomNetwork, chance: Chance): Connection {
  const network = room === 'mixed' ? (NETWORKS[Math.floor(chance.float() * NETWORKS.length)] ?? 'fibre') : room
  const { base, upLater = [0, 0], jitterMs, tailMs, spells, upSpells = [], troubleTimes } = SHAPES[network]
  const baseMs = chance.between(...base)
  return {
    network,
    up: { baseMs: baseMs + chance.between(...upLater), jitterMs, tailMs, spells: [...spells, ...upSpells] },
    down: { baseMs, jitterMs, tailMs, spells },
    troubleTimes,
  }
}

/** By how much a player must be off, ms at rate 1: no exchange of messages can see that one way is longer. */
export function unseenMs({ up, down }: Connection): number {
  return (up.baseMs - down.baseMs) / 2
}

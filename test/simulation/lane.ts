/**
 * One direction of a connection: late, but in order, as TCP is. What it suffers comes from chance, packet by packet;
 * bad spells are drawn as time goes by, so that a quiet lane costs nothing.
 */
import type { Chance, World } from './plant-world'

/** Now and then, for a while: nothing passes, or everything is later. */
export type Spell = {
  /** On average. */
  readonly everyMs: number
  readonly forMs: readonly [number, number]
  /** Absent: nothing passes, and all that was held up arrives together. */
  readonly laterMs?: readonly [number, number]
}

export type Path = {
  readonly baseMs: number
  readonly jitterMs: number
  /** More jitter that is mostly small and sometimes not: its mean. */
  readonly tailMs?: number
  /** A packet in ten is later by up to so much, and holds up those behind it. */
  readonly spikeMs?: number
  readonly spells?: readonly Spell[]
}
const SPIKE_EVERY = 10

export type Lane = ReturnType<typeof createLane>

/** Waiting times of things that happen by chance. */
export function waitMs(chance: Chance, everyMs: number): number {
  return -everyMs * Math.log(1 - chance.float())
}

export function createLane(world: World, chance: Chance, path: Path) {
  let lastMs = 0
  let cutUntilMs = 0
  const spells = (path.spells ?? []).map((spell) => createSpells(chance, spell))
  return {
    send(deliver: () => void): void {
      const nowMs = world.nowMs()
      const spike = path.spikeMs && chance.float() < 1 / SPIKE_EVERY ? chance.between(0, path.spikeMs) : 0
      const tail = path.tailMs ? waitMs(chance, path.tailMs) : 0
      let sentMs = Math.max(nowMs, cutUntilMs)
      for (const spell of spells) sentMs = spell(sentMs)
      const atMs = sentMs + path.baseMs + chance.between(-path.jitterMs, path.jitterMs) + spike + tail
      lastMs = Math.max(lastMs + 0.01, atMs)
      world.at(lastMs, deliver)
    },
    cutFor(forMs: number): void {
      cutUntilMs = world.nowMs() + forMs
    },
  }
}

/** When what is sent at a moment gets away. */
function createSpells(chance: Chance, { everyMs, forMs, laterMs }: Spell): (sentMs: number) => number {
  let fromMs = waitMs(chance, everyMs)
  let untilMs = fromMs + chance.between(...forMs)
  let byMs = laterMs ? chance.between(...laterMs) : 0
  return (sentMs) => {
    while (sentMs >= untilMs) {
      fromMs = untilMs + waitMs(chance, everyMs)
      untilMs = fromMs + chance.between(...forMs)
      byMs = laterMs ? chance.between(...laterMs) : 0
    }
    if (sentMs < fromMs) return sentMs
    return laterMs ? sentMs + byMs : untilMs
  }
}

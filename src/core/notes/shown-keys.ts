/**
 * Which keys are seen to be down, and whose they are: at the moment when they sound, not when their notes arrive.
 * Pure; draws nothing and sounds nothing. What ends a sound ends what is seen of it, so nothing stays down.
 */
import type { MemberId } from '../room/member-id'
import type { Sound } from './hearing'
import { heldAfter } from './held-keys'
import { type Held, NOTHING_HELD } from './note'

export type ShownKeys = {
  /** Not due yet; in the order of their moments for each player. */
  readonly waiting: readonly Sound[]
  readonly held: ReadonlyMap<MemberId, Held>
  /** When each key that has not been let go was struck. */
  readonly struckAtMs: ReadonlyMap<string, number>
}

export const NOTHING_SHOWN: ShownKeys = { waiting: [], held: new Map(), struckAtMs: new Map() }

/** What is shorter, as in a slide over the keys, would be gone before anybody has seen it. */
const LEAST_SHOWN_MS = 60

export function withSounds(shown: ShownKeys, sounds: readonly Sound[]): ShownKeys {
  if (sounds.length === 0) return shown
  const struckAtMs = new Map(shown.struckAtMs)
  const seen = sounds.map((sound): Sound => {
    if (sound.kind !== 'on' && sound.kind !== 'off') return sound
    const name = `${sound.memberId} ${sound.channel} ${sound.key}`
    const strokeMs = struckAtMs.get(name) ?? -Infinity
    if (sound.kind === 'on') struckAtMs.set(name, sound.atMs)
    else struckAtMs.delete(name)
    return sound.kind === 'on' ? sound : { ...sound, atMs: Math.max(sound.atMs, strokeMs + LEAST_SHOWN_MS) }
  })
  return { ...shown, waiting: [...shown.waiting, ...seen], struckAtMs }
}

/** What is due by now is shown. */
export function shownAt({ waiting, held, struckAtMs }: ShownKeys, nowMs: number): ShownKeys {
  const next = new Map(held)
  for (const sound of waiting) {
    if (sound.atMs > nowMs) continue
    const before = next.get(sound.memberId) ?? NOTHING_HELD
    next.set(sound.memberId, heldAfter(before, sound) ?? before)
  }
  return { waiting: waiting.filter(({ atMs }) => atMs > nowMs), held: next, struckAtMs }
}

/** When something changes next; nothing while nothing is to come. */
export function nextAtMs({ waiting }: ShownKeys): number | undefined {
  return waiting.length === 0 ? undefined : Math.min(...waiting.map(({ atMs }) => atMs))
}

/** Who is down on each key, in the order in which they came. */
export function playersByKey({ held }: ShownKeys): ReadonlyMap<number, readonly MemberId[]> {
  const players = new Map<number, readonly MemberId[]>()
  for (const [memberId, { keys }] of held)
    for (const { key } of keys) {
      const others = players.get(key) ?? []
      if (!others.includes(memberId)) players.set(key, [...others, memberId])
    }
  return players
}

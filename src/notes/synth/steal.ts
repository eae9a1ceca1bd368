/**
 * Which voice has to go when there is no room for one more. Pure: a machine can sound only so many, and nobody may take
 * all of them by leaning on the keys.
 */
export const MOST_VOICES = { all: 72, ofOne: 32 } as const

export type Sounding = { readonly startsAtSec: number; readonly isReleased: () => boolean }

/** Nothing while there is room for one more of this player's. `owners`: whose each voice is. */
export function voiceToSteal<Voice extends Sounding>(
  owners: ReadonlyMap<Voice, string>,
  player: string,
): Voice | undefined {
  const of = (whose: string) => [...owners].filter(([, owner]) => owner === whose).map(([voice]) => voice)
  const own = of(player)
  if (own.length >= MOST_VOICES.ofOne) return mostSpare(own)
  if (owners.size < MOST_VOICES.all) return undefined
  const dying = [...owners.keys()].filter((voice) => voice.isReleased())
  return mostSpare(dying.length > 0 ? dying : of(loudest([...owners.values()])))
}

/** Whoever is in it most often. */
function loudest(owners: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0])[0]
}

/** What dies away already, else what began first. */
function mostSpare<Voice extends Sounding>(voices: readonly Voice[]): Voice | undefined {
  const [first, ...others] = voices
  if (!first) return undefined
  return others.reduce((spare, voice) => {
    if (spare.isReleased() !== voice.isReleased()) return spare.isReleased() ? spare : voice
    return voice.startsAtSec < spare.startsAtSec ? voice : spare
  }, first)
}

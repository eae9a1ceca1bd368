/**
 * Which of our sounds stands for which number of the General MIDI list, the language in which programs are changed:
 * what somebody elsewhere chose is heard in the sound of ours that is nearest.
 */
import { SOUND_NAMES, type SoundName } from './recipes'

const PROGRAMS: Readonly<Record<SoundName, number>> = {
  piano: 0,
  electric: 4,
  organ: 16,
  strings: 48,
  marimba: 12,
  woodblock: 115,
}

/** General MIDI has 16 families of 8. The first two are split in the middle. */
const FAMILIES: readonly SoundName[] = [
  'piano',
  'marimba',
  'organ',
  'electric',
  'electric',
  'strings',
  'strings',
  'organ',
  'organ',
  'organ',
  'organ',
  'strings',
  'strings',
  'marimba',
  'woodblock',
  'woodblock',
]

export function programOf(sound: SoundName): number {
  return PROGRAMS[sound]
}

export function soundOf(program: number): SoundName {
  if (program >= 4 && program <= 7) return 'electric'
  return SOUND_NAMES.find((name) => PROGRAMS[name] === program) ?? FAMILIES[Math.floor(program / 8)] ?? 'piano'
}

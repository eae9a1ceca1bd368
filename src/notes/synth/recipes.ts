/**
 * The sounds: how each is built from tones, knocks and falls. Made by ear and by what strings, bars, pipes and bows do;
 * no recordings. The numbers are time constants in s, shares of full scale, Hz and cents.
 */
import type { Recipe } from './sound'

/** Partials of a hammered string in three groups, because the high ones are stronger when struck hard and die sooner. */
const STRING_LOW = [1, 0.55, 0.34, 0.2]
const STRING_MIDDLE = [0, 0, 0, 0, 1, 0.8, 0.6, 0.5]
const STRING_HIGH = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0.9, 0.7, 0.65, 0.5, 0.45, 0.35, 0.3, 0.25, 0.2]
const PIPES = [1, 0.72, 0.4, 0.5, 0, 0.26, 0, 0.3]
const PIPES_HIGH = [0, 0, 0, 0, 0, 1, 0, 0.8, 0, 0.3, 0, 0.2]

/** Low strings sing for long, high ones hardly at all. */
function stringTauSec(key: number): number {
  return Math.min(3.6, Math.max(0.14, 1.5 * 2 ** (-(key - 60) / 18)))
}

/** So many time constants after its peak nobody hears it any more. */
const UNHEARD_TAUS = 7

const piano: Recipe = {
  build(make, { key, hz, velocity }) {
    const tauSec = stringTauSec(key)
    const fall = (peak: number, share: number, tail: boolean) => ({
      peak,
      attackSec: 0.0012,
      decayTauSec: tauSec * share * 0.4,
      hold: tail ? 0.4 : 0.08,
      tailTauSec: tauSec * share * 1.5,
    })
    // Two strings hardly apart: the sum breathes as it dies.
    make.tone(hz, STRING_LOW, fall(0.2 * velocity, 1, true), -0.7)
    make.tone(hz, STRING_LOW, fall(0.16 * velocity, 0.8, true), 0.9)
    // Stiff strings sound a little sharp in their high partials.
    make.tone(hz, STRING_MIDDLE, fall(0.1 * velocity ** 1.5, 0.45, true), 3)
    make.tone(hz, STRING_HIGH, fall(0.075 * velocity ** 2.3, 0.2, false), 7)
    make.knock(
      { type: 'bandpass', hz: 500 + hz * 1.6, q: 0.7 },
      { peak: 0.22 * velocity ** 1.4, attackSec: 0.0005, decayTauSec: 0.009, hold: 0 },
    )
  },
  releaseTauSec: 0.07,
  fadesWithinSec: (key) => stringTauSec(key) * 1.5 * UNHEARD_TAUS,
}

function barTauSec(key: number): number {
  return Math.min(2.6, Math.max(0.3, 1.6 * 2 ** (-(key - 60) / 24)))
}

const electric: Recipe = {
  build(make, { key, hz, velocity }) {
    const tauSec = barTauSec(key)
    make.bell(
      hz,
      1,
      { peak: 1.5 * velocity ** 1.6, attackSec: 0.001, decayTauSec: tauSec * 0.35, hold: 0.12, tailTauSec: tauSec },
      { peak: 0.25 * velocity, attackSec: 0.0015, decayTauSec: tauSec * 0.6, hold: 0.45, tailTauSec: tauSec * 1.4 },
    )
    make.tone(
      hz,
      'sine',
      { peak: 0.1 * velocity, attackSec: 0.0015, decayTauSec: tauSec, hold: 0, tailTauSec: tauSec },
      4,
    )
    // The tine: a short, high ping.
    make.bell(
      hz,
      14,
      { peak: 0.25 * velocity ** 2, attackSec: 0.0005, decayTauSec: 0.05, hold: 0 },
      { peak: 0.09 * velocity ** 1.3, attackSec: 0.0008, decayTauSec: 0.16, hold: 0 },
    )
  },
  releaseTauSec: 0.09,
  fadesWithinSec: (key) => barTauSec(key) * 1.4 * UNHEARD_TAUS,
}

const organ: Recipe = {
  build(make, { hz, velocity }) {
    // Pipes know no touch; a little of it is kept, so that a duet can be balanced.
    const loud = 0.11 + 0.07 * velocity
    make.tone(hz, PIPES, { peak: loud, attackSec: 0.006, decayTauSec: 0.3, hold: 0.94 })
    make.tone(hz, PIPES_HIGH, { peak: loud * 0.22, attackSec: 0.004, decayTauSec: 0.3, hold: 0.9 }, 2)
    make.knock(
      { type: 'highpass', hz: 2500, q: 0.5 },
      { peak: 0.02 * velocity, attackSec: 0.0005, decayTauSec: 0.005, hold: 0 },
    )
    make.vibrato(6.1, 5, 0.5)
  },
  releaseTauSec: 0.03,
}

const strings: Recipe = {
  build(make, { hz, velocity }) {
    const attackSec = 0.12 - 0.07 * velocity
    const envelope = { peak: 0.1 + 0.14 * velocity, attackSec, decayTauSec: 0.8, hold: 0.82 }
    make.choir(hz, 'sawtooth', [-8, -2.5, 3, 9], 900 + hz * (1.5 + 2 * velocity), {
      ...envelope,
      peak: envelope.peak * 0.42,
    })
    make.vibrato(5.2, 6, 0.9)
  },
  releaseTauSec: 0.16,
}

const marimba: Recipe = {
  build(make, { key, hz, velocity }) {
    const tauSec = Math.min(0.7, Math.max(0.06, 0.32 * 2 ** (-(key - 60) / 20)))
    make.tone(hz, 'sine', { peak: 0.42 * velocity, attackSec: 0.0012, decayTauSec: tauSec, hold: 0 })
    // Bars are tuned so that their second tone lies two octaves up.
    make.tone(hz * 3.93, 'sine', {
      peak: 0.13 * velocity ** 1.4,
      attackSec: 0.0008,
      decayTauSec: tauSec * 0.28,
      hold: 0,
    })
    make.tone(hz * 9.2, 'sine', { peak: 0.05 * velocity ** 2, attackSec: 0.0005, decayTauSec: 0.02, hold: 0 })
    make.knock(
      { type: 'bandpass', hz: 900, q: 0.8 },
      { peak: 0.2 * velocity ** 1.3, attackSec: 0.0004, decayTauSec: 0.006, hold: 0 },
    )
  },
  releaseTauSec: 0.25,
  fadesWithinSec: () => 0.7 * UNHEARD_TAUS,
}

/** The sharpest of all: its onset can be found to a fraction of a millisecond. */
const woodblock: Recipe = {
  build(make, { hz, velocity }) {
    make.tone(hz * 2, 'sine', { peak: 0.4 * velocity, attackSec: 0.0003, decayTauSec: 0.02, hold: 0 })
    make.tone(hz * 5.4, 'sine', { peak: 0.2 * velocity, attackSec: 0.0002, decayTauSec: 0.009, hold: 0 })
    make.knock(
      { type: 'highpass', hz: 700, q: 0.6 },
      { peak: 0.5 * velocity, attackSec: 0.0002, decayTauSec: 0.003, hold: 0 },
    )
  },
  releaseTauSec: 0.2,
  fadesWithinSec: () => 0.02 * UNHEARD_TAUS,
}

export const SOUND_NAMES = ['piano', 'electric', 'organ', 'strings', 'marimba', 'woodblock'] as const
export type SoundName = (typeof SOUND_NAMES)[number]

export const RECIPES: Readonly<Record<SoundName, Recipe>> = { piano, electric, organ, strings, marimba, woodblock }

/**
 * What a sound is to the synth: a recipe that builds the parts of one struck note. Knows no player, no pedal, no release:
 * those are the same for all sounds. `Build` gathers the few moves that recipes are made of.
 */
import { type Envelope, shape } from './envelope'
import { noiseOf, type Partials, waveOf } from './waves'

export type Strike = {
  /** MIDI number: 60 is the middle C. */
  readonly key: number
  readonly hz: number
  /** Above 0, at most 1. */
  readonly velocity: number
  readonly atSec: number
}

export type Parts = {
  readonly out: AudioNode
  readonly sources: readonly AudioScheduledSourceNode[]
  /** What the pitch wheel moves, in cents. */
  readonly detunes: readonly AudioParam[]
}

export type Recipe = {
  readonly build: (make: Build, strike: Strike) => void
  /** Time constant of the fall once the key is up. */
  readonly releaseTauSec: number
  /** After so long a held key is silent anyway; absent for what sounds as long as it is held. */
  readonly fadesWithinSec?: (key: number) => number
}

export type Build = ReturnType<typeof startBuild>

export function startBuild(context: BaseAudioContext, atSec: number) {
  const out = context.createGain()
  const sources: AudioScheduledSourceNode[] = []
  const detunes: AudioParam[] = []

  const gain = (envelope: Envelope): GainNode => {
    const node = context.createGain()
    node.gain.value = 0
    shape(node.gain, atSec, envelope)
    return node
  }

  const oscillator = (hz: number, shapeOf: Partials | OscillatorType, cents = 0): OscillatorNode => {
    const node = context.createOscillator()
    node.frequency.value = hz
    node.detune.value = cents
    if (typeof shapeOf === 'string') node.type = shapeOf
    else node.setPeriodicWave(waveOf(context, shapeOf))
    node.start(atSec)
    sources.push(node)
    detunes.push(node.detune)
    return node
  }

  return {
    /** A tone of its own loudness. */
    tone(hz: number, shapeOf: Partials | OscillatorType, envelope: Envelope, cents = 0): void {
      oscillator(hz, shapeOf, cents).connect(gain(envelope)).connect(out)
    },

    /** One tone colours another: the brightness follows the envelope of the one that is not heard. */
    bell(hz: number, ratio: number, index: Envelope, envelope: Envelope): void {
      const heard = oscillator(hz, 'sine')
      heard.connect(gain(envelope)).connect(out)
      const swing = gain({ ...index, peak: index.peak * hz * ratio })
      oscillator(hz * ratio, 'sine')
        .connect(swing)
        .connect(heard.frequency)
    },

    /** The knock of what strikes. */
    knock(filter: { type: BiquadFilterType; hz: number; q: number }, envelope: Envelope): void {
      const noise = context.createBufferSource()
      noise.buffer = noiseOf(context)
      const band = context.createBiquadFilter()
      band.type = filter.type
      band.frequency.value = Math.min(filter.hz, context.sampleRate / 2.2)
      band.Q.value = filter.q
      noise.connect(band).connect(gain(envelope)).connect(out)
      noise.start(atSec)
      sources.push(noise)
    },

    /** Several tones through one filter, which takes the edge off. */
    choir(
      hz: number,
      shapeOf: Partials | OscillatorType,
      cents: readonly number[],
      darkerThanHz: number,
      envelope: Envelope,
    ): void {
      const filter = context.createBiquadFilter()
      filter.type = 'lowpass'
      filter.frequency.value = Math.min(darkerThanHz, context.sampleRate / 2.2)
      for (const each of cents) oscillator(hz, shapeOf, each).connect(filter)
      filter.connect(gain(envelope)).connect(out)
    },

    /** A slow wave on the pitch of everything built so far, swelling in from the stroke. */
    vibrato(hz: number, cents: number, swellSec: number): void {
      const depth = context.createGain()
      depth.gain.setValueAtTime(0, atSec)
      depth.gain.linearRampToValueAtTime(cents, atSec + swellSec)
      const wave = context.createOscillator()
      wave.frequency.value = hz
      wave.connect(depth)
      for (const detune of detunes) depth.connect(detune)
      wave.start(atSec)
      sources.push(wave)
    },

    parts: (): Parts => ({ out, sources, detunes }),
  }
}

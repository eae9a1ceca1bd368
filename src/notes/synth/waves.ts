/**
 * Wave shapes and noise that voices share, made once for each audio context. Everything is computed here: no recordings.
 * The noise is the same on every machine, so that a sound can be compared with itself.
 */

/** Strengths of the partials 1, 2, 3 …; an oscillator leaves out by itself what it could not sound without folding over. */
export type Partials = readonly number[]

type Shared = { readonly waves: Map<Partials, PeriodicWave>; noise?: AudioBuffer }

const sharedOf = new WeakMap<BaseAudioContext, Shared>()

function shared(context: BaseAudioContext): Shared {
  const known = sharedOf.get(context)
  if (known) return known
  const made: Shared = { waves: new Map() }
  sharedOf.set(context, made)
  return made
}

export function waveOf(context: BaseAudioContext, partials: Partials): PeriodicWave {
  const { waves } = shared(context)
  const known = waves.get(partials)
  if (known) return known
  // Sines only: the wave starts at zero, so that a sharp onset does not click.
  const imag = new Float32Array([0, ...partials])
  const made = context.createPeriodicWave(new Float32Array(imag.length), imag)
  waves.set(partials, made)
  return made
}

const NOISE_SEC = 0.5

/** Even noise between -1 and 1, from a fixed seed. */
export function fillWithNoise(samples: Float32Array, seed: number): void {
  let state = seed
  for (let i = 0; i < samples.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    samples[i] = state / 2 ** 31 - 1
  }
}

export function noiseOf(context: BaseAudioContext): AudioBuffer {
  const own = shared(context)
  if (own.noise) return own.noise
  const noise = context.createBuffer(1, Math.round(NOISE_SEC * context.sampleRate), context.sampleRate)
  fillWithNoise(noise.getChannelData(0), 1)
  own.noise = noise
  return noise
}

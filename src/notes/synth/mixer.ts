/**
 * Where all voices meet: volume, a little of a room's echo, and a limiter that nothing gets past, however many play at once.
 * Knows no notes.
 */
import { fillWithNoise } from './waves'

export type Mixer = {
  readonly input: AudioNode
  /** 0 to 1 */
  setVolume(volume: number): void
}

const ECHO = { sec: 1.4, share: 0.22, delaySec: 0.012 }
/** The compressor looks so far ahead. */
export const SQUEEZE_DELAY_SEC = 0.006
/** Up to here the limiter leaves everything as it is. */
const UNTOUCHED = 0.7
/** The curve's ends, in multiples of full scale; what is louder yet stays at the ends. */
const CURVE_REACH = 4
const MOST = 0.98
const GLIDE_SEC = 0.02
const BREATH = 1e-6

export function createMixer(context: BaseAudioContext): Mixer {
  const input = context.createGain()
  const volume = context.createGain()

  const echo = context.createConvolver()
  echo.buffer = echoOf(context)
  const send = context.createGain()
  send.gain.value = ECHO.share
  const delay = context.createDelay(0.1)
  delay.delayTime.value = ECHO.delaySec

  const squeeze = context.createDynamicsCompressor()
  squeeze.threshold.value = -14
  squeeze.knee.value = 10
  squeeze.ratio.value = 8
  squeeze.attack.value = 0.002
  squeeze.release.value = 0.18
  // Firefox begins a compressor half closed, and begins it anew after each silence and with each change from one channel to two:
  // far below hearing it is always fed, and always on both.
  squeeze.channelCount = 2
  squeeze.channelCountMode = 'explicit'
  const breath = context.createConstantSource()
  breath.offset.value = BREATH
  breath.connect(squeeze)
  breath.start()
  const scale = context.createGain()
  scale.gain.value = 1 / CURVE_REACH
  const limit = context.createWaveShaper()
  limit.curve = limitCurve()

  input.connect(volume)
  volume.connect(squeeze)
  volume.connect(send).connect(delay).connect(echo).connect(squeeze)
  squeeze.connect(scale).connect(limit).connect(context.destination)

  return {
    input,
    setVolume(next) {
      // A square, because loudness is heard by ratios.
      volume.gain.setTargetAtTime(next * next, context.currentTime, GLIDE_SEC)
    },
  }
}

/** A straight line, then a bend that never reaches full scale. */
function limitCurve(): Float32Array<ArrayBuffer> {
  const curve = new Float32Array(4097)
  const middle = (curve.length - 1) / 2
  for (let i = 0; i < curve.length; i += 1) {
    const level = ((i - middle) / middle) * CURVE_REACH
    const over = Math.abs(level) - UNTOUCHED
    const bent = UNTOUCHED + (MOST - UNTOUCHED) * Math.tanh(over / (MOST - UNTOUCHED))
    curve[i] = over <= 0 ? level : Math.sign(level) * bent
  }
  return curve
}

/** Noise that dies away is what a plain room answers with. */
function echoOf(context: BaseAudioContext): AudioBuffer {
  const echo = context.createBuffer(2, Math.round(ECHO.sec * context.sampleRate), context.sampleRate)
  for (let side = 0; side < 2; side += 1) {
    const samples = echo.getChannelData(side)
    fillWithNoise(samples, 7 + side)
    let soft = 0
    for (let i = 0; i < samples.length; i += 1) {
      const share = i / samples.length
      // Walls swallow the high tones first.
      soft += (0.35 - 0.25 * share) * ((samples[i] ?? 0) - soft)
      samples[i] = soft * (1 - share) * 10 ** (-2.2 * share)
    }
  }
  return echo
}

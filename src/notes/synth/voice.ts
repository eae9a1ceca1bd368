/**
 * One struck note: sounds from its moment until it is released and has died away, or is cut. Knows no player and no pedal.
 * Its release is a gain apart from the recipe's envelopes, so that it may come at any time, also before the note has begun.
 */
import { type Recipe, type Strike, startBuild } from './sound'

export type Voice = {
  readonly key: number
  readonly startsAtSec: number
  /** The key is up. The first release counts. */
  release(atSec: number): void
  /** Gone within some ms, without a click. */
  cut(atSec: number): void
  readonly isReleased: () => boolean
}

/** Short enough that nobody hears it go, long enough that nobody hears a click. */
const CUT_TAU_SEC = 0.004
/** After so many time constants there is nothing left to hear. */
const SILENT_TAUS = 8

type Wish = {
  readonly context: BaseAudioContext
  readonly recipe: Recipe
  readonly strike: Strike
  readonly to: AudioNode
  /** Bends the pitch, in cents. */
  readonly bend: AudioNode
  readonly onEnd: () => void
}

export function startVoice({ context, recipe, strike, to, bend, onEnd }: Wish): Voice {
  const build = startBuild(context, strike.atSec)
  recipe.build(build, strike)
  const { out, sources, detunes } = build.parts()
  const release = context.createGain()
  out.connect(release).connect(to)
  for (const detune of detunes) bend.connect(detune)

  const stopAll = (atSec: number) => {
    for (const source of sources) source.stop(atSec)
  }
  const fadesSec = recipe.fadesWithinSec?.(strike.key)
  let endsAtSec = fadesSec === undefined ? Number.POSITIVE_INFINITY : strike.atSec + fadesSec
  if (fadesSec !== undefined) stopAll(endsAtSec)

  let left = sources.length
  const onSourceEnd = () => {
    left -= 1
    if (left > 0) return
    for (const detune of detunes) bend.disconnect(detune)
    for (const node of [out, release]) node.disconnect()
    onEnd()
  }
  for (const source of sources) source.addEventListener('ended', onSourceEnd)

  const fall = (atSec: number, tauSec: number) => {
    const from = Math.max(atSec, strike.atSec)
    release.gain.cancelScheduledValues(from)
    release.gain.setTargetAtTime(0, from, tauSec)
    const silentAtSec = from + tauSec * SILENT_TAUS
    if (silentAtSec >= endsAtSec) return
    endsAtSec = silentAtSec
    stopAll(endsAtSec)
  }

  let isReleased = false
  let isCut = false
  return {
    key: strike.key,
    startsAtSec: strike.atSec,
    release(atSec) {
      if (isReleased || isCut) return
      isReleased = true
      fall(atSec, recipe.releaseTauSec)
    },
    cut(atSec) {
      if (isCut) return
      isCut = true
      // What has not begun yet never will.
      if (atSec <= strike.atSec) {
        release.gain.cancelScheduledValues(0)
        release.gain.setValueAtTime(0, 0)
        endsAtSec = atSec
        stopAll(atSec)
      } else fall(atSec, CUT_TAU_SEC)
    },
    isReleased: () => isReleased || isCut,
  }
}

/**
 * The synth on this computer's loudspeakers: wakes the sound when the browser lets it, and puts moments of this page's clock onto
 * the audio clock. Knows no server and no room.
 */
import { type AudioClock, addReading, contextSecAt } from '../core/notes/audio-clock'
import type { NoteAct } from '../core/notes/note'
import type { Clock } from '../platform/clock'
import type { Timers } from '../platform/timers'
import { SQUEEZE_DELAY_SEC } from './synth/mixer'
import { createSynth, type Synth } from './synth/synth'

export type Loudspeaker = Pick<Synth, 'silence' | 'forget' | 'setMuted' | 'setVolume'> & {
  /** At once, and what woke the sound may be this very click. */
  playNow(player: string, act: NoteAct): void
  /** At a moment of the page's clock. What begins while there is no sound is left out: it would all come at once later. */
  playAt(player: string, act: NoteAct, ownMs: number): void
  /** To be called from a click or a key. */
  wake(): void
  /** From the moment that a note is told until it is heard. */
  latencyMs(): number
}

type Deps = {
  readonly context: AudioContext
  readonly clock: Clock
  readonly timers: Timers
  readonly onAwake: (isAwake: boolean) => void
}

const READ_EVERY_MS = 100

export function createLoudspeaker({ context, clock, timers, onAwake }: Deps): Loudspeaker {
  const synth = createSynth(context)
  let audioClock: AudioClock | undefined
  const isAwake = () => context.state === 'running'

  const read = () => {
    // A clock that stood still is another one afterwards.
    audioClock = isAwake() ? addReading(audioClock, context.currentTime, clock.nowMs()) : undefined
  }
  const readOn = () => {
    read()
    timers.after(READ_EVERY_MS, readOn)
  }
  context.addEventListener('statechange', () => {
    read()
    onAwake(isAwake())
  })
  onAwake(isAwake())
  readOn()

  return {
    playNow: (player, act) => synth.play(player, act, context.currentTime),
    playAt(player, act, ownMs) {
      if (audioClock) synth.play(player, act, contextSecAt(audioClock, ownMs))
      else if (act.kind !== 'on') synth.play(player, act, context.currentTime)
    },
    wake() {
      // A browser that says no here says so in its state, too.
      if (!isAwake()) void context.resume().catch(() => undefined)
    },
    latencyMs: () => (context.baseLatency + context.outputLatency + SQUEEZE_DELAY_SEC) * 1000 || 0,
    silence: (player) => synth.silence(player),
    forget: (player) => synth.forget(player),
    setMuted: (player, isMuted) => synth.setMuted(player, isMuted),
    setVolume: (volume) => synth.setVolume(volume),
  }
}

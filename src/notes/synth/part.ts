/**
 * One channel of one player: its sound, its pedal, its bend, its loudness and the voices that it has begun.
 * Acts come in the order of their moments; knows nothing of who else plays.
 */
import { isPedalDown, NOTE_BOUNDS, type NoteAct, SUSTAIN } from '../../core/notes/note'
import { RECIPES, type SoundName } from './recipes'
import { soundOf } from './sounds'
import { startVoice, type Voice } from './voice'

export type Part = {
  act(act: NoteAct, atSec: number): void
  /** Everything of it ends now, what is yet to begin included; the pedal is up. */
  silence(atSec: number): void
  end(): void
}

type PartDeps = {
  readonly context: BaseAudioContext
  readonly output: AudioNode
  /** Makes room for a voice that starts then. */
  readonly makeRoom: (atSec: number) => void
  readonly onVoice: (voice: Voice) => void
  readonly onVoiceEnd: (voice: Voice) => void
}

const CONTROL = { volume: 7, expression: 11, allSoundOff: 120, reset: 121, allNotesOff: 123 } as const
/** What a wheel at its end moves the pitch by, as instruments have it from the factory. */
const BEND_CENTS = 200
const GLIDE_SEC = 0.006

export function createPart({ context, output, makeRoom, onVoice, onVoiceEnd }: PartDeps): Part {
  const loudness = context.createGain()
  loudness.connect(output)
  const bend = context.createConstantSource()
  bend.offset.value = 0
  bend.start()
  const down = new Map<number, Voice>()
  /** Their keys are up, the pedal holds them. */
  const sustained = new Map<number, Voice>()
  const all = new Set<Voice>()
  let sound: SoundName = 'piano'
  let pedalDown = false
  let volume = 100
  let expression: number = NOTE_BOUNDS.most7bit

  const setLoudness = (atSec: number) => {
    const share = (volume / 100) * (expression / NOTE_BOUNDS.most7bit)
    loudness.gain.setTargetAtTime(Math.min(1.27, share) ** 1.6, atSec, GLIDE_SEC)
  }
  const releaseAll = (voices: Map<number, Voice>, atSec: number) => {
    for (const voice of voices.values()) voice.release(atSec)
    voices.clear()
  }
  const strike = (key: number, velocity: number, atSec: number) => {
    lift(key, atSec)
    sustained.get(key)?.release(atSec)
    sustained.delete(key)
    makeRoom(atSec)
    const voice = startVoice({
      context,
      recipe: RECIPES[sound],
      strike: { key, hz: hzOf(key), velocity: velocity / NOTE_BOUNDS.most7bit, atSec },
      to: loudness,
      bend,
      onEnd: () => {
        all.delete(voice)
        for (const voices of [down, sustained]) if (voices.get(key) === voice) voices.delete(key)
        onVoiceEnd(voice)
      },
    })
    down.set(key, voice)
    all.add(voice)
    onVoice(voice)
  }
  const lift = (key: number, atSec: number) => {
    const voice = down.get(key)
    if (!voice) return
    down.delete(key)
    if (pedalDown) {
      sustained.get(key)?.release(atSec)
      sustained.set(key, voice)
    } else voice.release(atSec)
  }
  const control = (controller: number, value: number, atSec: number) => {
    switch (controller) {
      case SUSTAIN:
        pedalDown = isPedalDown(value)
        if (!pedalDown) releaseAll(sustained, atSec)
        return
      case CONTROL.volume:
        volume = value
        setLoudness(atSec)
        return
      case CONTROL.expression:
        expression = value
        setLoudness(atSec)
        return
      case CONTROL.reset:
        pedalDown = false
        expression = NOTE_BOUNDS.most7bit
        bend.offset.setTargetAtTime(0, atSec, GLIDE_SEC)
        releaseAll(sustained, atSec)
        setLoudness(atSec)
        return
      case CONTROL.allSoundOff:
      case CONTROL.allNotesOff:
        releaseAll(down, atSec)
        releaseAll(sustained, atSec)
    }
  }

  return {
    act(act, atSec) {
      switch (act.kind) {
        case 'on':
          // Many instruments say "off" so.
          if (act.velocity === 0) lift(act.key, atSec)
          else strike(act.key, act.velocity, atSec)
          return
        case 'off':
          lift(act.key, atSec)
          return
        case 'control':
          control(act.controller, act.value, atSec)
          return
        case 'program':
          sound = soundOf(act.program)
          return
        case 'bend':
          bend.offset.setTargetAtTime((act.bend / NOTE_BOUNDS.bend.most) * BEND_CENTS, atSec, GLIDE_SEC)
      }
    },
    silence(atSec) {
      for (const voice of all) voice.cut(atSec)
      down.clear()
      sustained.clear()
      pedalDown = false
      bend.offset.cancelScheduledValues(atSec)
      bend.offset.setTargetAtTime(0, atSec, GLIDE_SEC)
    },
    end() {
      bend.stop()
      loudness.disconnect()
    },
  }
}

function hzOf(key: number): number {
  return 440 * 2 ** ((key - 69) / 12)
}

/**
 * Sounds what each player plays, at the moment it is told, all players through one mixer. Bounded: so many voices, and no
 * player takes all of them. Knows no server time, no jitter and no page.
 */
import type { NoteAct } from '../../core/notes/note'
import { createMixer } from './mixer'
import { createPart, type Part } from './part'
import { voiceToSteal } from './steal'
import type { Voice } from './voice'

export type Synth = {
  /** `atSec` in the audio context's time; what lies in its past sounds at once. */
  play(player: string, act: NoteAct, atSec: number): void
  /** Whatever this player plays ends now, what is yet to begin included. The sounds they chose stay. */
  silence(player: string): void
  /** Gone for good: nothing is remembered. */
  forget(player: string): void
  setMuted(player: string, isMuted: boolean): void
  /** 0 to 1 */
  setVolume(volume: number): void
  /** Voices that sound or are about to, dying ones included. */
  voices(): number
}

type Player = { readonly gain: GainNode; readonly parts: Map<number, Part> }

const MUTE_TAU_SEC = 0.01
/** What is cut is gone by then. */
const FORGET_AFTER_SEC = 0.1

export function createSynth(context: BaseAudioContext): Synth {
  const mixer = createMixer(context)
  const players = new Map<string, Player>()
  /** Whose each voice is. */
  const voices = new Map<Voice, string>()

  const playerOf = (id: string): Player => {
    const known = players.get(id)
    if (known) return known
    const gain = context.createGain()
    gain.connect(mixer.input)
    const made: Player = { gain, parts: new Map() }
    players.set(id, made)
    return made
  }
  const partOf = (id: string, channel: number): Part => {
    const player = playerOf(id)
    const known = player.parts.get(channel)
    if (known) return known
    const made = createPart({
      context,
      output: player.gain,
      makeRoom(atSec) {
        const spare = voiceToSteal(voices, id)
        if (!spare) return
        spare.cut(atSec)
        voices.delete(spare)
      },
      onVoice: (voice) => voices.set(voice, id),
      onVoiceEnd: (voice) => voices.delete(voice),
    })
    player.parts.set(channel, made)
    return made
  }
  const silence = (id: string) => {
    for (const part of players.get(id)?.parts.values() ?? []) part.silence(context.currentTime)
  }

  return {
    play: (player, act, atSec) => partOf(player, act.channel).act(act, Math.max(atSec, context.currentTime)),
    silence,
    forget(id) {
      const player = players.get(id)
      if (!player) return
      silence(id)
      players.delete(id)
      player.gain.gain.setTargetAtTime(0, context.currentTime, MUTE_TAU_SEC)
      // The audio clock says when: it stands still while the context does.
      const end = context.createConstantSource()
      end.addEventListener('ended', () => {
        for (const part of player.parts.values()) part.end()
        player.gain.disconnect()
      })
      end.start()
      end.stop(context.currentTime + FORGET_AFTER_SEC)
    },
    setMuted(id, isMuted) {
      playerOf(id).gain.gain.setTargetAtTime(isMuted ? 0 : 1, context.currentTime, MUTE_TAU_SEC)
    },
    setVolume: (volume) => mixer.setVolume(volume),
    voices: () => voices.size,
  }
}

/** The synth in an offline context: plays what it is told, and answers with what was to be heard. */
import type { NoteAct } from '../../../src/core/notes/note'
import { createSynth, type Synth } from '../../../src/notes/synth/synth'
import { levelAt, onsetSec, peakOf, pitchHz } from './measure'

export type Step = { readonly atSec: number; readonly player?: string } & (
  | { readonly act: NoteAct }
  | { readonly does: 'silence' | 'forget' | 'mute' }
)

/** What is told at once, and what only once the sound has come that far. */
type Wish = {
  readonly steps: readonly Step[]
  readonly later?: readonly (Step & { readonly onceSec: number })[]
  readonly sec: number
  readonly levelsAtSec?: readonly number[]
  readonly pitchFromSec?: number
  readonly volume?: number
  readonly voicesAtSec?: number
}

export type Heard = {
  readonly peak: number
  readonly onsetSec: number | undefined
  readonly levels: readonly number[]
  readonly hz: number | undefined
  readonly voices: number | undefined
  readonly voicesInTheEnd: number
}

const RATE = 48_000

async function render({
  steps,
  later = [],
  sec,
  levelsAtSec = [],
  pitchFromSec,
  volume,
  voicesAtSec,
}: Wish): Promise<Heard> {
  const context = new OfflineAudioContext(1, Math.round(sec * RATE), RATE)
  const synth = createSynth(context)
  if (volume !== undefined) synth.setVolume(volume)
  for (const step of steps) take(synth, step)
  for (const step of later) void pausedAt(context, step.onceSec).then(() => take(synth, step))
  let voices: number | undefined
  if (voicesAtSec !== undefined) void pausedAt(context, voicesAtSec).then(() => (voices = synth.voices()))
  const samples = (await context.startRendering()).getChannelData(0)
  // The events of what has ended come after the last sample.
  await new Promise((resolve) => setTimeout(resolve))
  return {
    peak: peakOf(samples),
    onsetSec: onsetSec(samples, RATE),
    levels: levelsAtSec.map((atSec) => levelAt(samples, RATE, atSec)),
    hz: pitchFromSec === undefined ? undefined : pitchHz(samples, RATE, pitchFromSec),
    voices,
    voicesInTheEnd: synth.voices(),
  }
}

async function pausedAt(context: OfflineAudioContext, atSec: number): Promise<void> {
  await context.suspend(atSec)
  void Promise.resolve().then(() => context.resume())
}

function take(synth: Synth, step: Step): void {
  const player = step.player ?? 'anna'
  if ('act' in step) synth.play(player, step.act, step.atSec)
  else if (step.does === 'silence') synth.silence(player)
  else if (step.does === 'forget') synth.forget(player)
  else synth.setMuted(player, true)
}

const sound = { render }
declare global {
  var sound: { readonly render: (wish: Wish) => Promise<Heard> }
}
globalThis.sound = sound

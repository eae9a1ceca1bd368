/**
 * The player's own end: what was played since the last batch, what is held, and when the next batch is due.
 * At once, but not so often that the server would turn frames away: what is played in between goes together, with its own times.
 * Pure; who sends it, and how, is not known here.
 */
import { HELD_EVERY_MS, heldAfter, holdsNothing, releases } from './held-keys'
import { type Held, NOTE_BOUNDS, NOTHING_HELD, type Note, type PlayedNotes, SUSTAIN } from './note'

export type Playing = {
  readonly held: Held
  /** Played and not sent yet; in order. */
  readonly waiting: readonly Note[]
  /** When the last batch went, by the clock that `due` and `take` are asked with. */
  readonly sentAtMs: number
  /** The sound chosen on each channel, as far as it was. */
  readonly programs: ReadonlyMap<number, number>
  /** When the last key went down. */
  readonly struckAtMs: number
}

export const NOTHING_PLAYED: Playing = {
  held: NOTHING_HELD,
  waiting: [],
  sentAtMs: -Infinity,
  programs: new Map(),
  struckAtMs: -Infinity,
}

/** After such a rest the sound is told once more: somebody may have come to listen. */
const TELL_SOUND_AFTER_MS = 1_000

/** 40 batches a second: under what our wire takes, and less than two hands can hear. */
const BATCH_EVERY_MS = 25

/**
 * An act of the person. Nothing changes by one that has no place: the end of a key that is not held, a key too many, or more
 * than a batch takes; what ends something always has a place.
 */
export function play(playing: Playing, note: Note): Playing {
  const held = heldAfter(playing.held, note)
  if (!held) return playing
  const before = playing.waiting[playing.waiting.length - 1]
  const inOrder = before && note.atMs < before.atMs ? { ...note, atMs: before.atMs } : note
  const waiting = [...withoutOlder(playing.waiting, note), ...soundAgain(playing, inOrder), inOrder]
  if (waiting.length > NOTE_BOUNDS.perBatch && !ends(playing.held, held)) return playing
  const programs =
    note.kind === 'program' ? new Map(playing.programs).set(note.channel, note.program) : playing.programs
  const struckAtMs = note.kind === 'on' ? inOrder.atMs : playing.struckAtMs
  return { ...playing, held, waiting, programs, struckAtMs }
}

function soundAgain({ programs, struckAtMs }: Playing, { kind, channel, atMs }: Note): readonly Note[] {
  const program = programs.get(channel)
  if (kind !== 'on' || program === undefined || atMs - struckAtMs < TELL_SOUND_AFTER_MS) return []
  return [{ kind: 'program', channel, program, atMs }]
}

/** Hands off: whatever is held ends. For a page that is left, hidden or no longer in front. */
export function letGo(playing: Playing, atMs: number): Playing {
  return releases(playing.held).reduce((so, act) => play(so, { ...act, atMs }), playing)
}

/** When the next batch shall go; nothing while there is nothing to say. */
export function dueAtMs({ held, waiting, sentAtMs }: Playing): number | undefined {
  if (waiting.length > 0) return sentAtMs + BATCH_EVERY_MS
  return holdsNothing(held) ? undefined : sentAtMs + HELD_EVERY_MS
}

/** The next batch. What did not fit into it has been ended by its word of what is held. */
export function take(playing: Playing, nowMs: number): { readonly playing: Playing; readonly played: PlayedNotes } {
  const notes = playing.waiting.slice(0, NOTE_BOUNDS.perBatch)
  return { playing: { ...playing, waiting: [], sentAtMs: nowMs }, played: { notes, held: playing.held } }
}

/** A lever on its way sends more than anybody hears: only where it is now, unless something was played since. */
function withoutOlder(waiting: readonly Note[], note: Note): readonly Note[] {
  const before = waiting[waiting.length - 1]
  const isSame =
    before?.channel === note.channel &&
    ((before.kind === 'bend' && note.kind === 'bend') ||
      (before.kind === 'control' &&
        note.kind === 'control' &&
        before.controller === note.controller &&
        note.controller !== SUSTAIN))
  return isSame ? waiting.slice(0, -1) : waiting
}

function ends(before: Held, after: Held): boolean {
  return after.keys.length < before.keys.length || after.pedals.length < before.pedals.length
}

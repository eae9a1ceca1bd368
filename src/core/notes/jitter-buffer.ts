/**
 * When what one player played sounds here: each note the same while after it was played, so that its distance from the others is kept.
 * The while grows at once when notes come later than it allows, and shrinks between phrases only, where nobody hears it.
 * Pure; all times are server time. One buffer for each player: each comes over a path of its own.
 */
import type { Note } from './note'

export type JitterBuffer = {
  /** How long after it was played a note sounds. */
  readonly delayMs: number
  /** How late the latest note of each of the last batches came; oldest first. */
  readonly latenessMs: readonly number[]
  /** When the newest note was played, and when it sounds. */
  readonly playedAtMs: number
  readonly soundsAtMs: number
}

/** Later than this it is no music any more; a start that comes so late is left out. */
export const LATEST_MS = 1_500
/** An instrument needs a moment to begin at a moment. */
const LEAST_AHEAD_MS = 5
/** After a note that came too late: the next may come a little later still. */
const MARGIN_MS = 15
/** The first note says how long the path is, not how uneven. */
const FIRST_MARGIN_MS = 60
/** No note for so long, and no key down: the next begins a phrase. */
const PHRASE_MS = 400
/** By this part of the rest before it a phrase may come sooner. */
const SHRINKS_BY = 0.1
/** One batch of a hundred may be late by any amount without all others waiting for its like. */
const QUANTILE = 0.99
const REMEMBERED = 200
/** Fewer say nothing about how uneven the path is. */
const ENOUGH = 20

/** Is it too late to begin a note that was played then? */
export function isTooLate(playedAtMs: number, nowMs: number): boolean {
  return nowMs - playedAtMs > LATEST_MS - LEAST_AHEAD_MS
}

/**
 * When each act of a batch sounds, in its order; their moments grow, or at least do not shrink. `wasQuiet`: the player held no key
 * before it. What begins no note changes nothing: nobody hears the distances between ends and levers.
 */
export function schedule(
  buffer: JitterBuffer | undefined,
  acts: readonly Pick<Note, 'kind' | 'atMs'>[],
  wasQuiet: boolean,
  nowMs: number,
): { readonly buffer: JitterBuffer | undefined; readonly soundAtMs: readonly number[] } {
  const next = acts.some(({ kind }) => kind === 'on') ? adapted(buffer, acts, wasQuiet, nowMs) : buffer
  if (!next) return { buffer, soundAtMs: acts.map(() => nowMs) }
  let { soundsAtMs, playedAtMs } = next
  const soundAtMs = acts.map(({ atMs }) => {
    soundsAtMs = Math.max(soundsAtMs, atMs + next.delayMs)
    playedAtMs = Math.max(playedAtMs, atMs)
    return soundsAtMs
  })
  return { buffer: { ...next, playedAtMs, soundsAtMs }, soundAtMs }
}

/** For what ends because of a loss: after all that is to sound already. */
export function afterAll(buffer: JitterBuffer | undefined, nowMs: number): number {
  return Math.max(nowMs, buffer?.soundsAtMs ?? -Infinity)
}

/** What ends because of a loss has been put there: nothing that comes later sounds before it. */
export function withEnd(buffer: JitterBuffer | undefined, endsAtMs: number): JitterBuffer | undefined {
  return buffer && { ...buffer, soundsAtMs: Math.max(buffer.soundsAtMs, endsAtMs) }
}

function adapted(
  buffer: JitterBuffer | undefined,
  acts: readonly Pick<Note, 'kind' | 'atMs'>[],
  wasQuiet: boolean,
  nowMs: number,
): JitterBuffer {
  const first = acts[0]?.atMs ?? nowMs
  const lateMs = nowMs - first
  const latenessMs = [...(buffer?.latenessMs ?? []), Math.min(LATEST_MS, lateMs)].slice(-REMEMBERED)
  const restMs = buffer && wasQuiet ? first - buffer.playedAtMs : 0
  const delayMs = delayFor(buffer, latenessMs, lateMs, restMs)
  const { playedAtMs, soundsAtMs } = buffer ?? { playedAtMs: -Infinity, soundsAtMs: -Infinity }
  return { delayMs, latenessMs, playedAtMs, soundsAtMs }
}

function delayFor(
  buffer: JitterBuffer | undefined,
  latenessMs: readonly number[],
  lateMs: number,
  restMs: number,
): number {
  const before = buffer ? rested(buffer.delayMs, latenessMs, restMs) : lateMs + FIRST_MARGIN_MS
  const needed = lateMs + LEAST_AHEAD_MS <= before ? before : lateMs + MARGIN_MS
  return Math.min(LATEST_MS, Math.max(0, needed))
}

function rested(delayMs: number, latenessMs: readonly number[], restMs: number): number {
  if (restMs < PHRASE_MS || latenessMs.length < ENOUGH) return delayMs
  const enoughMs = quantile(latenessMs, QUANTILE) + MARGIN_MS
  return Math.max(Math.min(delayMs, enoughMs), delayMs - restMs * SHRINKS_BY)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0
}

/**
 * What is held down, on both ends: nothing sounds on for ever, whatever is lost on the way.
 * A player's acts change what is held; a hearer believes each batch's own word of what is held after it, and a long silence.
 * Pure; when something sounds is the jitter buffer's.
 */
import { type Held, isPedalDown, NOTE_BOUNDS, NOTHING_HELD, type NoteAct, SUSTAIN } from './note'

/** While anything is held, a player says so at least this often. */
export const HELD_EVERY_MS = 2_000
/** Two such words may be late or lost; who is silent for longer holds nothing any more. */
export const SILENT_MS = 6_000

export function isHeld({ keys }: Held, channel: number, key: number): boolean {
  return keys.some((held) => held.channel === channel && held.key === key)
}

export function holdsNothing({ keys, pedals }: Held): boolean {
  return keys.length === 0 && pedals.length === 0
}

/** What is held after an act; nothing if the act has no place: a key more than can be held, or the end of one that is not. */
export function heldAfter(held: Held, act: NoteAct): Held | undefined {
  switch (act.kind) {
    case 'on':
      if (isHeld(held, act.channel, act.key)) return held
      if (held.keys.length >= NOTE_BOUNDS.heldKeys) return undefined
      return { ...held, keys: [...held.keys, { channel: act.channel, key: act.key }] }
    case 'off': {
      const keys = held.keys.filter(({ channel, key }) => channel !== act.channel || key !== act.key)
      return keys.length < held.keys.length ? { ...held, keys } : undefined
    }
    case 'control': {
      if (act.controller !== SUSTAIN) return held
      const others = held.pedals.filter((channel) => channel !== act.channel)
      return { ...held, pedals: isPedalDown(act.value) ? [...others, act.channel] : others }
    }
    default:
      return held
  }
}

/** What ends everything that `held` holds and `still` does not: keys first, then pedals. */
export function releases(held: Held, still: Held = NOTHING_HELD): readonly NoteAct[] {
  return [
    ...held.keys
      .filter(({ channel, key }) => !isHeld(still, channel, key))
      .map(({ channel, key }): NoteAct => ({ kind: 'off', channel, key })),
    ...held.pedals
      .filter((channel) => !still.pedals.includes(channel))
      .map((channel): NoteAct => ({ kind: 'control', channel, controller: SUSTAIN, value: 0 })),
  ]
}

/** What one hearer knows of one player. `held` is what was begun here and not ended: the instrument sounds no more than that. */
export type HeardHeld = { readonly held: Held; readonly number: number; readonly heardAtMs: number }

/**
 * The acts of a batch that shall sound, in order, and after them what ends that the player holds no more. Nothing of a batch
 * that is older than one already heard, or the same: it knows less. A key is never begun because somebody says that it is held.
 */
export function hearHeld<Act extends NoteAct>(
  before: HeardHeld | undefined,
  batch: { readonly number: number; readonly notes: readonly Act[]; readonly held: Held },
  nowMs: number,
): { readonly heard: HeardHeld; readonly notes: readonly Act[]; readonly ended: readonly NoteAct[] } {
  if (before && batch.number <= before.number) return { heard: before, notes: [], ended: [] }
  let held = before?.held ?? NOTHING_HELD
  const notes: Act[] = []
  for (const note of batch.notes) {
    const next = heldAfter(held, note)
    if (!next) continue
    held = next
    notes.push(note)
  }
  const ended = releases(held, batch.held)
  for (const act of ended) held = heldAfter(held, act) ?? held
  return { heard: { held, number: batch.number, heardAtMs: nowMs }, notes, ended }
}

/** Nothing was heard for so long that whatever is held was lost. */
export function isSilent({ held, heardAtMs }: HeardHeld, nowMs: number): boolean {
  return !holdsNothing(held) && nowMs - heardAtMs >= SILENT_MS
}

/**
 * What somebody does on an instrument, each act with its moment in server time, and the batches it travels in.
 * A stream signal: each one, in order, at once, never stored. Knows no sound, no keyboard and no wire.
 */
import type { MemberId } from '../room/member-id'

export const NOTE_BOUNDS = {
  channels: 16,
  /** Keys, velocities, controllers and programs count from 0 to this. */
  most7bit: 127,
  bend: { least: -8192, most: 8191 },
  /** What ten fingers, a few arms and a stuck contact hold down; a key beyond it stays silent. */
  heldKeys: 64,
  /** Acts in one batch: both hands and all fingers, up and down, and a pedal on the way. */
  perBatch: 64,
} as const

/** The sustain pedal: down from 64 on, as MIDI has it. */
export const SUSTAIN = 64
const PEDAL_DOWN_FROM = 64

export type NoteAct =
  | { readonly kind: 'on'; readonly channel: number; readonly key: number; readonly velocity: number }
  | { readonly kind: 'off'; readonly channel: number; readonly key: number }
  | { readonly kind: 'control'; readonly channel: number; readonly controller: number; readonly value: number }
  | { readonly kind: 'program'; readonly channel: number; readonly program: number }
  /** 0 is the middle. */
  | { readonly kind: 'bend'; readonly channel: number; readonly bend: number }

/** `atMs`: when it was played, in server time. */
export type Note = NoteAct & { readonly atMs: number }

export type HeldKey = { readonly channel: number; readonly key: number }

/** What somebody holds down: keys, and the channels whose sustain pedal is down. The whole truth, so that what was lost is mended by it. */
export type Held = { readonly keys: readonly HeldKey[]; readonly pedals: readonly number[] }

export const NOTHING_HELD: Held = { keys: [], pedals: [] }

/** What a player's own page sends: what was played since the last, and what is held after it. Both may be empty. */
export type PlayedNotes = { readonly notes: readonly Note[]; readonly held: Held }

/** What the others get of it. `number` grows with each batch of a member, by one unless something was lost. */
export type NoteBatch = PlayedNotes & { readonly memberId: MemberId; readonly number: number }

export function isPedalDown(value: number): boolean {
  return value >= PEDAL_DOWN_FROM
}

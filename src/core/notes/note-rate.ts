/**
 * How many notes one person may play into a room, and all together: enough for two hands and for chords, not for a flood.
 * Over it what begins is left out; what ends something always passes, since it was paid for when it began.
 * Pure: time is an argument.
 */
import { heldAfter, releases } from './held-keys'
import type { Held, NoteAct } from './note'

/** Acts a second in the long run, and at once. A room's are told to everybody in it, so they count more. */
export const NOTE_RATES = {
  person: { perSec: 60, burst: 240 },
  room: { perSec: 200, burst: 600 },
} as const

type Rate = { readonly perSec: number; readonly burst: number }

/** How much is left of a rate; absent while all of it is. */
export type RateLeft = { readonly left: number; readonly atMs: number }

export function refilled(before: RateLeft | undefined, { perSec, burst }: Rate, nowMs: number): RateLeft {
  if (!before) return { left: burst, atMs: nowMs }
  const grownBy = (Math.max(0, nowMs - before.atMs) * perSec) / 1000
  return { left: Math.min(burst, before.left + grownBy), atMs: nowMs }
}

export type Passed<Act> = {
  /** In order. */
  readonly notes: readonly Act[]
  /** What is held after them. */
  readonly held: Held
  readonly person: RateLeft
  readonly room: RateLeft
  /** How many were left out. */
  readonly dropped: number
}

export function passNotes<Act extends NoteAct>(
  played: readonly Act[],
  before: { readonly held: Held; readonly person: RateLeft | undefined; readonly room: RateLeft | undefined },
  nowMs: number,
): Passed<Act> {
  let { held } = before
  const person = refilled(before.person, NOTE_RATES.person, nowMs)
  const room = refilled(before.room, NOTE_RATES.room, nowMs)
  let cost = 0
  const notes = played.filter((act) => {
    const next = heldAfter(held, act)
    if (!next) return false
    const isFree = releases(held, next).length > 0
    if (!isFree) {
      if (Math.min(person.left, room.left) - cost < 1) return false
      cost += 1
    }
    held = next
    return true
  })
  return {
    notes,
    held,
    person: { ...person, left: person.left - cost },
    room: { ...room, left: room.left - cost },
    dropped: played.length - notes.length,
  }
}

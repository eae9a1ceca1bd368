/**
 * Notes at a client of this wire: what others play, in this side's own time, and what is played here, within what a server hears in a minute.
 * The wire does not say what is held: it is kept for each player, said again while it lasts, and ended when they go. Pure.
 */
import { base64Decode } from '@bufbuild/protobuf/wire'
import { heldAfter, holdsNothing, releases } from '../../core/notes/held-keys'
import {
  type Held,
  NOTHING_HELD,
  type Note,
  type NoteAct,
  type NoteBatch,
  type PlayedNotes,
} from '../../core/notes/note'
import { type RateLeft, refilled } from '../../core/notes/note-rate'
import type { MemberId } from '../../core/room/room'
import { midiFrom, readMidi } from './midi'
import { type CarriedInit, writeBatch, writeMessage } from './wire'

type Player = {
  readonly number: number
  readonly held: Held
  readonly heardAtMs: number
  /** From this player's time to ours, by the word that took the shortest way. */
  readonly offset?: { readonly offsetMs: number; readonly atMs: number }
}

export type Notes = {
  readonly players: Readonly<Record<MemberId, Player>>
  readonly saidAtMs: number
  readonly ownHeld: Held
  readonly left?: RateLeft
}

export const NO_NOTES: Notes = { players: {}, saidAtMs: 0, ownHeld: NOTHING_HELD }

/** A hearer lets go of what is not said to be held for 6 s. */
export const SAY_HELD_EVERY_MS = 2_000
/** Nobody holds a key for longer without another; a word that was lost would sound for ever. */
const LONGEST_HELD_MS = 60_000
const OLDEST_MS = 2_000
/** Clocks of two machines drift apart by no more. */
const DRIFT = 0.0001
/** A server hears 1000 messages a minute; some are for other things. */
const RATE = { perSec: 15, burst: 500 } as const
/** So many are left for what ends a note. */
const KEPT_FOR_ENDS = 100

export function hearMidi(
  notes: Notes,
  memberId: MemberId,
  { data, timestamp }: { readonly data: string; readonly timestamp?: number },
  nowMs: number,
): { readonly notes: Notes; readonly batch?: NoteBatch } {
  const acts = readMidi(base64Decode(data))?.acts ?? []
  if (acts.length === 0) return { notes }
  const before = notes.players[memberId] ?? { number: 0, held: NOTHING_HELD, heardAtMs: nowMs }
  const { atMs, offset } = inOwnTime(before.offset, timestamp, nowMs)
  const held = acts.reduce((so, act) => heldAfter(so, act) ?? so, before.held)
  const player: Player = { number: before.number + 1, held, heardAtMs: nowMs, ...(offset && { offset }) }
  return { notes: withPlayer(notes, memberId, player), batch: batchOf(memberId, player, acts, atMs) }
}

function inOwnTime(
  before: Player['offset'],
  timestamp: number | undefined,
  nowMs: number,
): { readonly atMs: number; readonly offset?: Player['offset'] } {
  if (timestamp === undefined) return { atMs: nowMs, ...(before && { offset: before }) }
  const now = nowMs - timestamp
  const drifted = before && before.offsetMs + (nowMs - before.atMs) * DRIFT
  const offsetMs = drifted === undefined || now - drifted > OLDEST_MS ? now : Math.min(drifted, now)
  return { atMs: timestamp + offsetMs, offset: { offsetMs, atMs: nowMs } }
}

/** What is held is said again; what was held for too long ends. */
export function sayHeld(
  notes: Notes,
  nowMs: number,
): { readonly notes: Notes; readonly batches: readonly NoteBatch[] } {
  if (nowMs - notes.saidAtMs < SAY_HELD_EVERY_MS) return { notes, batches: [] }
  const batches: NoteBatch[] = []
  let next: Notes = { ...notes, saidAtMs: nowMs }
  for (const [memberId, before] of Object.entries(notes.players)) {
    if (holdsNothing(before.held)) continue
    const isOver = nowMs - before.heardAtMs >= LONGEST_HELD_MS
    const player = { ...before, number: before.number + 1, ...(isOver && { held: NOTHING_HELD }) }
    batches.push(batchOf(memberId, player, isOver ? releases(before.held) : [], nowMs))
    next = withPlayer(next, memberId, player)
  }
  return { notes: next, batches }
}

export function isAnyHeld({ players }: Notes): boolean {
  return Object.values(players).some(({ held }) => !holdsNothing(held))
}

export function forget(notes: Notes, memberId: MemberId): Notes {
  const { [memberId]: _, ...players } = notes.players
  return { ...notes, players }
}

/** The frames for what was played here; `together` where the server takes several messages as one. */
export function playMidi(
  notes: Notes,
  played: PlayedNotes,
  together: boolean,
  nowMs: number,
): { readonly notes: Notes; readonly frames: readonly Uint8Array[] } {
  const left = refilled(notes.left, RATE, nowMs)
  const lastMs = played.notes.at(-1)?.atMs ?? nowMs
  let ownHeld = notes.ownHeld
  let cost = 0
  const messages: CarriedInit[] = []
  const say = (act: NoteAct, atMs: number): void => {
    const after = heldAfter(ownHeld, act)
    if (!after) return
    const isEnd = releases(ownHeld, after).length > 0
    const price = together && messages.length > 0 ? 0 : 1
    if (left.left - cost - price < (isEnd ? 0 : KEPT_FOR_ENDS)) return
    cost += price
    ownHeld = after
    messages.push(midiMessage(act, atMs))
  }
  for (const note of played.notes) say(note, note.atMs)
  for (const act of releases(ownHeld, played.held)) say(act, lastMs)
  const isOne = together && messages.length > 1
  return {
    notes: { ...notes, ownHeld, left: { ...left, left: left.left - cost } },
    frames: isOne ? [writeBatch(messages)] : messages.map((message) => writeMessage(message)),
  }
}

function midiMessage(act: NoteAct, atMs: number): CarriedInit {
  return { case: 'midiMessage', value: { midiData: midiFrom(act), timestamp: BigInt(Math.round(atMs)) } }
}

function batchOf(memberId: MemberId, { number, held }: Player, acts: readonly NoteAct[], atMs: number): NoteBatch {
  return { memberId, number, notes: acts.map((act): Note => ({ ...act, atMs })), held }
}

function withPlayer(notes: Notes, memberId: MemberId, player: Player): Notes {
  return { ...notes, players: { ...notes.players, [memberId]: player } }
}

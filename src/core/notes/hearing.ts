/**
 * What one hearer makes of everybody's notes: what sounds, and when. Each player has a jitter buffer and an account of held keys.
 * Pure: knows no sound, no timer, no room; who is here and what time the server has is told to it.
 */
import type { MemberId } from '../room/member-id'
import { type HeardHeld, hearHeld, isSilent, releases } from './held-keys'
import { afterAll, isTooLate, type JitterBuffer, schedule, withEnd } from './jitter-buffer'
import type { NoteAct, NoteBatch } from './note'

/** An act of somebody's, to be done at `atMs` of server time. In order for each player; an `on` of a key that sounds strikes it again. */
export type Sound = NoteAct & { readonly memberId: MemberId; readonly atMs: number }

type HeardPlayer = { readonly heard: HeardHeld; readonly buffer: JitterBuffer | undefined }

export type Hearing = { readonly players: ReadonlyMap<MemberId, HeardPlayer> }

export const NOBODY_HEARD: Hearing = { players: new Map() }

type Heard = { readonly hearing: Hearing; readonly sounds: readonly Sound[] }

/** A batch has come. */
export function hear(hearing: Hearing, batch: NoteBatch, nowMs: number): Heard {
  const { memberId } = batch
  const before = hearing.players.get(memberId)
  const notes = batch.notes.filter(({ kind, atMs }) => kind !== 'on' || !isTooLate(atMs, nowMs))
  const heard = hearHeld(before?.heard, { ...batch, notes }, nowMs)
  if (heard.heard === before?.heard) return { hearing, sounds: [] }
  const wasQuiet = !before || before.heard.held.keys.length === 0
  const { buffer, soundAtMs } = schedule(before?.buffer, heard.notes, wasQuiet, nowMs)
  const sounds = heard.notes.map((note, index): Sound => ({ ...note, memberId, atMs: soundAtMs[index] ?? nowMs }))
  const after = heard.ended.length === 0 ? buffer : withEnd(buffer, afterAll(buffer, nowMs))
  return {
    hearing: withPlayer(hearing, memberId, { heard: heard.heard, buffer: after }),
    sounds: [...sounds, ...ending(memberId, heard.ended, buffer, nowMs)],
  }
}

/** To be asked every second or so: whoever is silent for too long holds nothing any more. */
export function hush(hearing: Hearing, nowMs: number): Heard {
  return [...hearing.players].reduce<Heard>(
    (so, [memberId, player]) => {
      if (!isSilent(player.heard, nowMs)) return so
      const { sounds } = ended(memberId, player, nowMs)
      const buffer = withEnd(player.buffer, afterAll(player.buffer, nowMs))
      const silent = { heard: { ...player.heard, held: { keys: [], pedals: [] } }, buffer }
      return { hearing: withPlayer(so.hearing, memberId, silent), sounds: [...so.sounds, ...sounds] }
    },
    { hearing, sounds: [] },
  )
}

/** Only these are here, and not away: what the others hold ends, and they are forgotten. With nobody, all falls silent. */
export function hearOnly(hearing: Hearing, here: ReadonlySet<MemberId>, nowMs: number): Heard {
  const gone = [...hearing.players].filter(([memberId]) => !here.has(memberId))
  if (gone.length === 0) return { hearing, sounds: [] }
  return {
    hearing: { players: new Map([...hearing.players].filter(([memberId]) => here.has(memberId))) },
    sounds: gone.flatMap(([memberId, player]) => ended(memberId, player, nowMs).sounds),
  }
}

/** How late this player's notes sound here, ms after they were played; absent while nothing was heard of them. */
export function latenessMs(hearing: Hearing, memberId: MemberId): number | undefined {
  return hearing.players.get(memberId)?.buffer?.delayMs
}

function ended(memberId: MemberId, { heard, buffer }: HeardPlayer, nowMs: number): Pick<Heard, 'sounds'> {
  return { sounds: ending(memberId, releases(heard.held), buffer, nowMs) }
}

function ending(
  memberId: MemberId,
  acts: readonly NoteAct[],
  buffer: JitterBuffer | undefined,
  nowMs: number,
): readonly Sound[] {
  const atMs = afterAll(buffer, nowMs)
  return acts.map((act) => ({ ...act, memberId, atMs }))
}

function withPlayer({ players }: Hearing, memberId: MemberId, player: HeardPlayer): Hearing {
  return { players: new Map(players).set(memberId, player) }
}

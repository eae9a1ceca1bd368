/**
 * A person playing over a network, on paper: acts become batches, batches come to the server and to a hearer, late and in
 * order as TCP is, or worse. Uses what really plays, bounds and hears; the clock and the paths are made up from a seed.
 */
import { type Hearing, hear, hush, NOBODY_HEARD, type Sound } from '../../../src/core/notes/hearing'
import { type Held, NOTHING_HELD, type Note, type NoteAct, type NoteBatch } from '../../../src/core/notes/note'
import { passNotes, type RateLeft } from '../../../src/core/notes/note-rate'
import { boundedTimes } from '../../../src/core/notes/note-times'
import { dueAtMs, NOTHING_PLAYED, play, take } from '../../../src/core/notes/playing'
import type { SeededRandom } from '../../doubles/seeded-random'

export type Sent<What> = What & { readonly atMs: number }
type Batch = { readonly notes: readonly Note[]; readonly held: Held }

/** Phrases of runs and chords, with rests; each key is let go before it is struck again. */
export function somePiece(chance: SeededRandom, lastsMs: number): readonly Note[] {
  const acts: Note[] = []
  let atMs = 1_000
  let key = 0
  while (atMs < lastsMs) {
    for (let beats = chance.between(8, 24); beats > 0; beats -= 1) {
      const forMs = chance.between(60, 300)
      const keys = chance.between(0, 1) < 0.3 ? 4 : 1
      let strikeMs = atMs
      for (let finger = 0; finger < keys; finger += 1) {
        key = (key + 7) % 60
        acts.push({ kind: 'on', channel: 0, key: 30 + key, velocity: 90, atMs: strikeMs })
        acts.push({ kind: 'off', channel: 0, key: 30 + key, atMs: strikeMs + forMs })
        strikeMs += chance.between(0, 12)
      }
      atMs += chance.between(80, 400)
    }
    atMs += chance.between(500, 2_500)
  }
  return acts.toSorted((a, b) => a.atMs - b.atMs)
}

/** The batches that a page sends of it, on time, until nothing is held and a while beyond. `errorMs`: its clock is so wrong. */
export function batchesOf(acts: readonly Note[], errorMs = 0): readonly Sent<Batch>[] {
  const sent: Sent<Batch>[] = []
  let playing = NOTHING_PLAYED
  const sendUntil = (untilMs: number): void => {
    for (let due = dueAtMs(playing); due !== undefined && due <= untilMs; due = dueAtMs(playing)) {
      const atMs = Math.max(due, playing.waiting[0] ? playing.waiting[0].atMs - errorMs : due)
      const { playing: next, played } = take(playing, atMs)
      playing = next
      sent.push({ ...played, atMs })
    }
  }
  for (const act of acts) {
    sendUntil(act.atMs - 0.001)
    playing = play(playing, { ...act, atMs: act.atMs + errorMs })
  }
  const endMs = acts[acts.length - 1]?.atMs ?? 0
  sendUntil(endMs + 5_000)
  return sent
}

/** One way of a path: late, in order. */
export function late<What>(
  sent: readonly Sent<What>[],
  chance: SeededRandom,
  path: { readonly baseMs: number; readonly jitterMs: number },
): readonly Sent<What>[] {
  let lastMs = 0
  return sent.map((one) => {
    lastMs = Math.max(lastMs, one.atMs + path.baseMs + chance.between(-path.jitterMs, path.jitterMs))
    return { ...one, atMs: lastMs }
  })
}

/** What the server makes of what comes in: bounded, numbered, on its way at once. */
export function served(sent: readonly Sent<Batch>[]): readonly Sent<{ readonly batch: NoteBatch }>[] {
  let before: { held: Held; person: RateLeft | undefined; room: RateLeft | undefined } = {
    held: NOTHING_HELD,
    person: undefined,
    room: undefined,
  }
  let playedMs: number | undefined
  return sent.map(({ notes, atMs }, index) => {
    const times = boundedTimes(
      notes.map((note) => note.atMs),
      playedMs,
      atMs,
    )
    const stamped = notes.map((note, at) => ({ ...note, atMs: times[at] ?? atMs }))
    playedMs = times[times.length - 1] ?? playedMs
    const passed = passNotes(stamped, before, atMs)
    before = passed
    return { batch: { memberId: 'ann', number: index, notes: passed.notes, held: passed.held }, atMs }
  })
}

/** What sounds at somebody who hears them come, by a clock that is so wrong; to the end, and until a silence would end it all. */
export function heardFrom(told: readonly Sent<{ readonly batch: NoteBatch }>[], errorMs = 0): readonly Sound[] {
  let hearing: Hearing = NOBODY_HEARD
  const sounds: Sound[] = []
  const take = (heard: ReturnType<typeof hear>): void => {
    hearing = heard.hearing
    sounds.push(...heard.sounds)
  }
  for (const { batch, atMs } of told) take(hear(hearing, batch, atMs + errorMs))
  const endMs = Math.max(0, ...told.map(({ atMs }) => atMs))
  take(hush(hearing, endMs + 10_000))
  return sounds
}

/** Keys that sound at the end, and ends without a beginning. */
export function strayKeys(acts: readonly NoteAct[]): { readonly stuck: number; readonly endless: number } {
  const sounding = new Set<string>()
  let endless = 0
  for (const act of acts) {
    if (act.kind === 'on') sounding.add(`${act.channel} ${act.key}`)
    if (act.kind === 'off' && !sounding.delete(`${act.channel} ${act.key}`)) endless += 1
  }
  return { stuck: sounding.size, endless }
}

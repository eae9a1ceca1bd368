/** Notes on our own wire: how they are spelt, how long a frame of them may be, and when they are heard. */
import { describe, expect, it } from 'vitest'
import { NOTE_BOUNDS, type PlayedNotes } from '../../src/core/notes/note'
import { tuttiServer } from '../../src/dialects'
import { MAX_BYTES_TO_SERVER, readToClient, readToServer, write } from '../../src/dialects/tutti/frames'
import { heldFrom, heldTo, noteFrom, noteTo } from '../../src/dialects/tutti/note-schema'
import { bend, holding, lever, off, on } from '../core/notes/a-note'

const AT_MS = 1_763_655_000_123.4
const PLAYED: PlayedNotes = {
  notes: [
    on(60, AT_MS),
    off(60, AT_MS + 1),
    lever(3, AT_MS + 2),
    bend(-8192, AT_MS + 3),
    { kind: 'program', channel: 15, program: 115, atMs: AT_MS + 4 },
  ],
  held: { ...holding(64, 67), pedals: [0, 9] },
}
const frameOf = ({ notes, held }: PlayedNotes) => write({ type: 'notes', notes: notes.map(noteTo), held: heldTo(held) })

describe('notes on our own wire', () => {
  it('[AN18] are short, can be read by eye, and are read again as they were', () => {
    const frame = frameOf({ notes: [on(60, AT_MS + 0.04)], held: holding(60) })
    expect(frame).toBe(
      '{"type":"notes","notes":[["on",1763655000123.4,0,60,100]],"held":{"keys":[[0,60]],"pedals":[]}}',
    )
    const read = readToServer(frameOf(PLAYED))
    if (!read.ok || read.value.type !== 'notes') throw new Error('not read')
    expect({ notes: read.value.notes.map(noteFrom), held: heldFrom(read.value.held) }).toEqual(PLAYED)
  })

  it('[AN18] are told with who and which batch', () => {
    const [frame = ''] = tuttiServer.tell({ kind: 'notes', batch: { memberId: 'ann', number: 7, ...PLAYED } })
    expect(readToClient(frame)).toMatchObject({ ok: true, value: { type: 'notes', memberId: 'ann', number: 7 } })
  })

  it('[AN18] are bounded: the longest batch fits into a frame, a longer one and odd numbers are no notes', () => {
    const full = Array.from({ length: NOTE_BOUNDS.perBatch }, () => bend(-8192, AT_MS))
    const most: PlayedNotes = {
      notes: full,
      held: {
        keys: Array.from({ length: NOTE_BOUNDS.heldKeys }, (_, key) => ({ channel: 15, key: 127 - key })),
        pedals: Array.from({ length: NOTE_BOUNDS.channels }, (_, channel) => channel),
      },
    }
    expect(frameOf(most).length).toBeLessThan(MAX_BYTES_TO_SERVER)
    expect(readToServer(frameOf(most)).ok).toBe(true)
    const odd = [
      [...full, on(1, AT_MS)],
      [on(128, AT_MS)],
      [on(60.5, AT_MS)],
      [{ ...on(60, AT_MS), channel: 16 }],
      [on(60, Number.MAX_VALUE)],
      [bend(8192, AT_MS)],
    ]
    for (const notes of odd) expect(readToServer(frameOf({ notes, held: holding() })).ok).toBe(false)
    for (const note of [['on', 1, 0, 60], ['on', 1, 0, 60, 100, 1], ['hum', 1, 0, 60], []])
      expect(readToServer(JSON.stringify({ type: 'notes', notes: [note], held: heldTo(holding()) })).ok).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOTE_BOUNDS } from '../../src/core/notes/note'
import { notesToBackground } from '../../src/messages/notes-to-background'
import { readMidi } from '../../src/notes/midi/midi-bytes'

const read = (...bytes: number[]) => readMidi(Uint8Array.from(bytes))

describe('the bytes of an instrument', () => {
  it.each([
    [[0x90, 60, 100], { kind: 'on', channel: 0, key: 60, velocity: 100 }],
    [[0x95, 60, 100], { kind: 'on', channel: 0, key: 60, velocity: 100 }],
    [[0x90, 60, 0], { kind: 'off', channel: 0, key: 60 }],
    [[0x83, 60, 64], { kind: 'off', channel: 0, key: 60 }],
    [[0xb0, 64, 127], { kind: 'control', channel: 0, controller: 64, value: 127 }],
    [[0xc0, 16], { kind: 'program', channel: 0, program: 16 }],
    [[0xe0, 0, 64], { kind: 'bend', channel: 0, bend: 0 }],
    [[0xe0, 0, 0], { kind: 'bend', channel: 0, bend: NOTE_BOUNDS.bend.least }],
    [[0xe0, 127, 127], { kind: 'bend', channel: 0, bend: NOTE_BOUNDS.bend.most }],
  ])('[AP10] %j are read', (bytes, act) => {
    expect(read(...bytes)).toEqual(act)
  })

  it.each([
    ['nothing', []],
    ['a data byte first', [60, 100, 100]],
    ['too little', [0x90, 60]],
    ['too much', [0x90, 60, 100, 0]],
    ['a status inside', [0x90, 0x90, 100]],
    ['a clock', [0xf8]],
    ['a private message', [0xf0, 1, 2, 3, 0xf7]],
    ['a lever that means nothing here', [0xb0, 33, 1]],
    ['touch while held', [0xa0, 60, 1]],
  ])('[AP10] %s is nothing', (_, bytes) => {
    expect(read(...bytes)).toBeUndefined()
  })

  it('[AP10] whatever comes is nothing, or an act that the background takes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
        const act = readMidi(bytes)
        if (!act) return
        const message = { type: 'played', notes: [{ ...act, atMs: 1 }], held: { keys: [], pedals: [] } }
        expect(notesToBackground.safeParse(message).success).toBe(true)
      }),
    )
  })
})

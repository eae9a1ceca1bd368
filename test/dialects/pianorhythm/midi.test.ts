import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoteAct } from '../../../src/core/notes/note'
import { midiFrom, readMidi } from '../../../src/dialects/pianorhythm/midi'
import { NO_STAMPS, stamped } from '../../../src/dialects/pianorhythm/stamp'

const read = (...bytes: number[]) => readMidi(Uint8Array.from(bytes))
const seven = fc.nat({ max: 127 })
const channel = fc.nat({ max: 15 })
const act: fc.Arbitrary<NoteAct> = fc.oneof(
  fc.record({ kind: fc.constant('on' as const), channel, key: seven, velocity: fc.integer({ min: 1, max: 127 }) }),
  fc.record({ kind: fc.constant('off' as const), channel, key: seven }),
  fc.record({ kind: fc.constant('control' as const), channel, controller: seven, value: seven }),
  fc.record({ kind: fc.constant('program' as const), channel, program: seven }),
  fc.record({ kind: fc.constant('bend' as const), channel, bend: fc.integer({ min: -8192, max: 8191 }) }),
)

describe('MIDI', () => {
  it('[PR18] every act comes back from its bytes', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        expect(readMidi(Uint8Array.from(acts.flatMap((each) => [...midiFrom(each)])))?.acts).toEqual(acts)
      }),
    )
  })

  it('[PR18] a status counts until another comes, and a velocity of 0 lets the key go', () => {
    expect(read(0x91, 60, 100, 64, 90, 60, 0)?.acts).toEqual([
      { kind: 'on', channel: 1, key: 60, velocity: 100 },
      { kind: 'on', channel: 1, key: 64, velocity: 90 },
      { kind: 'off', channel: 1, key: 60 },
    ])
  })

  it('[PR28] what is for a device as a whole is left out, what is for a channel stays', () => {
    expect(read(0xf0, 0x7f, 0x7f, 0x06, 0x02, 0xf7, 0x90, 60, 100, 0xf8, 0xf2, 1, 2, 0xd0, 12)).toEqual({
      acts: [{ kind: 'on', channel: 0, key: 60, velocity: 100 }],
      bytes: Uint8Array.of(0x90, 60, 100, 0xd0, 12),
    })
  })

  it('[PR16] bytes that are no MIDI are none', () => {
    for (const bytes of [
      [60, 100],
      [0x90, 60],
      [0x90, 60, 200],
      [0xf0, 1, 2],
      [0xf2, 1],
    ]) {
      expect(read(...bytes), bytes.join(' ')).toBeUndefined()
    }
    expect(readMidi(new Uint8Array(513))).toBeUndefined()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void readMidi(bytes)))
  })
})

describe('when it was played', () => {
  it('[PR18] a clock that is right is believed', () => {
    expect(stamped(NO_STAMPS, 9_980, 10_000)).toEqual({ stamps: {}, atMs: 9_980 })
  })

  it('[PR18] of a clock that is wrong the distances are kept, by the word that took the shortest way', () => {
    const hour = 3_600_000
    const first = stamped(NO_STAMPS, hour, 10_000)
    expect(first.atMs).toBe(10_000)
    // Played 100 ms later, 40 ms longer on its way.
    const second = stamped(first.stamps, hour + 100, 10_140)
    expect(second.atMs).toBe(10_100)
    // One that was quicker than the first can not be from the future.
    expect(stamped(second.stamps, hour + 300, 10_270).atMs).toBe(10_270)
  })
})

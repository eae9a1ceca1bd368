/**
 * MIDI bytes and what they mean: acts of an instrument to bytes, bytes to acts. Channel messages only: what is for a device as a whole
 * (clock, system exclusive) is left out, since it could do harm to an instrument that is not ours. Knows no wire and no time.
 */
import { NOTE_BOUNDS, type NoteAct } from '../../core/notes/note'

/** `bytes` are the channel messages alone, each with its status; `acts` those among them that say what is played. */
export type ReadMidi = { readonly acts: readonly NoteAct[]; readonly bytes: Uint8Array }

/** More than all that ten fingers do at once. */
export const MOST_MIDI_BYTES = 512

const SYSEX = 0xf0
const SYSEX_END = 0xf7
const REAL_TIME_FROM = 0xf8
/** How many bytes follow the status, by its upper half. */
const DATA_BYTES: Readonly<Record<number, number>> = { 0x8: 2, 0x9: 2, 0xa: 2, 0xb: 2, 0xc: 1, 0xd: 1, 0xe: 2 }
/** The same of messages to the device as a whole. */
const SYSTEM_DATA_BYTES: Readonly<Record<number, number>> = { 0xf1: 1, 0xf2: 2, 0xf3: 1 }

/** Nothing where this is no MIDI: it begins without a status, or breaks off. */
export function readMidi(data: Uint8Array): ReadMidi | undefined {
  if (data.length > MOST_MIDI_BYTES) return undefined
  const acts: NoteAct[] = []
  const bytes: number[] = []
  let status: number | undefined
  let at = 0
  while (at < data.length) {
    const byte = data[at] ?? 0
    if (byte >= REAL_TIME_FROM) {
      at += 1
      continue
    }
    if (byte === SYSEX) {
      const end = data.indexOf(SYSEX_END, at)
      if (end < 0) return undefined
      at = end + 1
      status = undefined
      continue
    }
    if (byte > SYSEX) {
      at += 1 + (SYSTEM_DATA_BYTES[byte] ?? 0)
      if (at > data.length) return undefined
      status = undefined
      continue
    }
    // A status that is not said again still counts.
    if (byte >= 0x80) {
      status = byte
      at += 1
    }
    if (status === undefined) return undefined
    const length = DATA_BYTES[status >> 4] ?? 0
    const values = [...data.subarray(at, at + length)]
    if (values.length < length || values.some((value) => value > NOTE_BOUNDS.most7bit)) return undefined
    at += length
    bytes.push(status, ...values)
    const act = actFrom(status, values)
    if (act) acts.push(act)
  }
  return { acts, bytes: Uint8Array.from(bytes) }
}

function actFrom(status: number, [first = 0, second = 0]: readonly number[]): NoteAct | undefined {
  const channel = status & 0x0f
  switch (status >> 4) {
    case 0x8:
      return { kind: 'off', channel, key: first }
    case 0x9:
      return second === 0 ? { kind: 'off', channel, key: first } : { kind: 'on', channel, key: first, velocity: second }
    case 0xb:
      return { kind: 'control', channel, controller: first, value: second }
    case 0xc:
      return { kind: 'program', channel, program: first }
    case 0xe:
      return { kind: 'bend', channel, bend: first + second * 128 + NOTE_BOUNDS.bend.least }
    // Pressure after a key is down: a wire may relay it, nobody of ours hears it.
    default:
      return undefined
  }
}

export function midiFrom(act: NoteAct): Uint8Array {
  switch (act.kind) {
    case 'on':
      return Uint8Array.of(0x90 | act.channel, act.key, act.velocity)
    case 'off':
      return Uint8Array.of(0x80 | act.channel, act.key, 0)
    case 'control':
      return Uint8Array.of(0xb0 | act.channel, act.controller, act.value)
    case 'program':
      return Uint8Array.of(0xc0 | act.channel, act.program)
    case 'bend': {
      const value = act.bend - NOTE_BOUNDS.bend.least
      return Uint8Array.of(0xe0 | act.channel, value & 0x7f, value >> 7)
    }
  }
}

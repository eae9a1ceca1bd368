/**
 * What an instrument says over MIDI, read from its bytes. Pure. Anything that is not exactly one note, lever, sound or bend is
 * nothing: clocks, long private messages, half messages, bytes out of place.
 */
import { NOTE_BOUNDS, type NoteAct } from '../../core/notes/note'

/** The channel of the message is left aside: one person is one instrument here. */
const CHANNEL = 0
/** Levers that mean something to the synth; others would only fill the line. */
const CONTROLLERS: readonly number[] = [7, 11, 64, 120, 121, 123]

export function readMidi(bytes: Uint8Array): NoteAct | undefined {
  const [status = 0, first = 0, second = 0] = bytes
  const kind = status & 0xf0
  const length = kind === 0xc0 ? 2 : 3
  if (status < 0x80 || bytes.length !== length) return undefined
  if (first > NOTE_BOUNDS.most7bit || second > NOTE_BOUNDS.most7bit) return undefined
  switch (kind) {
    case 0x80:
      return { kind: 'off', channel: CHANNEL, key: first }
    case 0x90:
      // A stroke without force is how most instruments say that a key is up.
      if (second === 0) return { kind: 'off', channel: CHANNEL, key: first }
      return { kind: 'on', channel: CHANNEL, key: first, velocity: second }
    case 0xb0:
      return CONTROLLERS.includes(first)
        ? { kind: 'control', channel: CHANNEL, controller: first, value: second }
        : undefined
    case 0xc0:
      return { kind: 'program', channel: CHANNEL, program: first }
    case 0xe0:
      return { kind: 'bend', channel: CHANNEL, bend: second * 128 + first + NOTE_BOUNDS.bend.least }
    default:
      return undefined
  }
}

/**
 * Why a command was not done: a code for programs and a sentence fit to show a person.
 * The extension looks the sentence up in its locales by code; other wires tell it as it stands.
 */

const SENTENCES = {
  'no-such-room': 'There is no room with this code. Ask for it again, or start a room.',
  'room-full': 'This room is full. Ask somebody to leave, or start another room.',
  'room-closed': 'This room is closed. Start another one.',
  'already-in-room': 'You are already in a room here. Leave it first.',
  'not-in-room': 'You are not in this room. Join it first.',
  'host-controls': 'Only the host controls playback here. Ask the host, or let everyone control.',
  'host-only': 'Only the host may do this.',
  'bad-name': 'A name has 1 to 32 characters.',
  'out-of-range': 'This value is out of range.',
  'not-due': 'It is not time for this yet.',
  'bad-frame': 'The server could not read what was sent.',
  'frame-too-long': 'What was sent is too long.',
  'unsupported-version': 'This server speaks another version. Update the extension.',
  'bad-token': 'The server does not know who you are any more. Join again.',
  'too-fast': 'Too much at once. Wait a moment.',
  'too-many-joins': 'Too many joins from this address. Wait a minute, then try again.',
  'too-many-rooms': 'This server has no room left. Try again later, or use another server.',
  'taken-over': 'You joined this room from somewhere else.',
  'no-answer': 'The server could not be reached in time. Try again.',
  'server-error': 'The server failed at this. Try again.',
} as const

export type RefusalCode = keyof typeof SENTENCES
export type Refusal = { readonly code: RefusalCode; readonly sentence: string }

export const REFUSAL_CODES = Object.keys(SENTENCES) as RefusalCode[]

export function refuse(code: RefusalCode): Refusal {
  return { code, sentence: SENTENCES[code] }
}

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
  'not-allowed': 'You may not do this here. Ask the host.',
  'not-over-them': 'You may not do this to them: their role is as high as yours, or higher.',
  'no-such-member': 'They are not in this room any more.',
  'password-needed': 'This room has a password. Type it to come in.',
  'wrong-password': 'This room has a password, and this is not it.',
  'guests-not-allowed': 'This room is only for people who are known here. Ask the host for an invite.',
  banned: 'You are banned from this room.',
  kicked: 'You were sent out of this room.',
  muted: 'You may not chat here for now.',
  'chat-off': 'There is no chat in this room.',
  'bad-line': 'A line has 1 to 500 characters.',
  'no-such-line': 'This line is not there any more.',
  'no-such-item': 'This is not in the queue any more.',
  'already-queued': 'This is in the queue already.',
  'queue-full': 'The queue is full. Remove something first.',
  'nothing-to-undo': 'There is nothing to take back.',
  'nothing-to-skip': 'There is nothing to skip.',
  'no-rotation': 'Nobody takes turns here. Ask the host to change that.',
  'turns-decide': 'People take turns here: what comes next follows from that.',
  'booth-locked': 'The line of DJs is closed. Ask a moderator.',
  'too-many': 'There are too many of these already.',
  'no-such-person': 'Nobody here is known by this. Meet them in a room first.',
  'already-friends': 'You are friends already.',
  'not-friends': 'You are not friends. Meet them in a room to write to them.',
  'no-such-request': 'This request is not there any more.',
  'blocked-them': 'You have blocked them. Unblock them first.',
  'no-such-playlist': 'This playlist is not there any more.',
  'not-in-playlist': 'This is not in the playlist any more.',
  'playlist-full': 'There is no room for this in your playlists. Remove something first.',
  'bad-playlist-name': 'A name of a playlist has 1 to 64 characters.',
  'nothing-to-import': 'Nothing in the queue is new to this playlist.',
  'too-many-people': 'This server can keep no more people. Try again later, or use another server.',
  'bad-name': 'A name has 1 to 32 characters.',
  'out-of-range': 'This value is out of range.',
  'not-due': 'It is not time for this yet.',
  'bad-frame': 'The server could not read what was sent.',
  'frame-too-long': 'What was sent is too long.',
  'unsupported-version': 'This server speaks another version. Update the extension.',
  'bad-token': 'The server does not know who you are any more. Join again.',
  'too-fast': 'Too much at once. Wait a moment.',
  'too-many-tries': 'Too many wrong passwords. Wait a minute, then try again.',
  'login-taken': 'Somebody has this login already. Take another one, or sign in.',
  'bad-login': 'This can not be a login. Take one without spaces, of up to 254 characters.',
  'weak-password': 'A password has 8 to 200 characters.',
  'wrong-login': 'Nobody signs in with this login and this password.',
  'invite-over': 'This invite does not count any more. Ask for a new one.',
  'account-needed':
    'This server is for people who are known to it. Sign in where you were told of it, or ask for an invite.',
  'no-open-room': 'No room is open to everybody just now. Start one.',
  'bad-alias': 'A name for a room has 3 to 32 letters, digits, dashes and underscores, and does not look like a code.',
  'alias-taken': 'Another room has this name. Take another one.',
  'too-many-joins': 'Too many joins from this address. Wait a minute, then try again.',
  'too-many-rooms': 'This server has no room left. Try again later, or use another server.',
  'taken-over': 'You joined this room from somewhere else.',
  'no-answer': 'The server could not be reached in time. Try again.',
  'server-error': 'The server failed at this. Try again.',
} as const

export type RefusalCode = keyof typeof SENTENCES
export type Refusal = {
  readonly code: RefusalCode
  readonly sentence: string
  /** In the words of who decided it. */
  readonly reason?: string
}

export const REFUSAL_CODES = Object.keys(SENTENCES) as RefusalCode[]

export function refuse(code: RefusalCode, reason?: string): Refusal {
  return { code, sentence: SENTENCES[code], ...(reason !== undefined && { reason }) }
}

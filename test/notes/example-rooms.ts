/** Rooms as the background would tell the notes page of them. */
import type { NoteAct, NoteBatch } from '../../src/core/notes/note'
import type { NotesRoom, Player } from '../../src/messages/background-to-notes'

const NAMES = ['Clever Fox', 'Brave Otter', 'Quiet Owl', 'Gentle Heron', 'Happy Panda']

export const memberId = (index: number): string => `b3c1f0de-0000-4000-8000-00000000000${index}`

export function someRoom(count: number, change: Partial<Extract<NotesRoom, { kind: 'in-room' }>> = {}): NotesRoom {
  const players = Array.from(
    { length: count },
    (_, index): Player => ({
      memberId: memberId(index),
      name: NAMES[index] ?? `Guest ${index}`,
      colourSeed: index * 7919,
      isSelf: index === 0,
      isAway: index === 3,
    }),
  )
  return { kind: 'in-room', code: 'k7m2qp', selfId: memberId(0), players, ...change }
}

export const ROOMS = {
  outside: { kind: 'outside' },
  connecting: { kind: 'connecting' },
  alone: someRoom(1),
  together: someRoom(5),
  muted: someRoom(2, { silenced: 'muted' }),
  'chat-off': someRoom(2, { silenced: 'chat-off' }),
  'not-allowed': someRoom(2, { silenced: 'not-allowed' }),
} as const satisfies Record<string, NotesRoom>

export type RoomName = keyof typeof ROOMS

/** What a member played just now, with these keys held after it. */
export function someBatch(member: number, number: number, atMs: number, acts: readonly NoteAct[]): NoteBatch {
  const keys = new Map<number, NoteAct>()
  for (const act of acts) {
    if (act.kind === 'on') keys.set(act.key, act)
    else if (act.kind === 'off') keys.delete(act.key)
  }
  return {
    memberId: memberId(member),
    number,
    notes: acts.map((act) => ({ ...act, atMs })),
    held: { keys: [...keys.keys()].map((key) => ({ channel: 0, key })), pedals: [] },
  }
}

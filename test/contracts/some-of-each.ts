/** One of each command, in an order in which a host is refused none of them, in a room with one more person in it. */
import type { MediaWish, RoomCommand } from '../../src/core/room/command'
import type { PublicRoom } from '../../src/core/room/room'

const film = (name: string, durationSec?: number): MediaWish => ({
  ...(durationSec !== undefined && { durationSec }),
  content: { address: `https://example.org/${name}.mp4`, title: `The film "${name}"` },
})

const another = (room: PublicRoom): string => room.members.find(({ role }) => role !== 'host')?.id ?? 'nobody'
const current = (room: PublicRoom): string => room.media?.id ?? 'nothing'
const queued = (room: PublicRoom): string => room.queue.items[0]?.id ?? 'nothing'
const lastLine = (room: PublicRoom): string => room.chat.at(-1)?.id ?? 'no-line'

export const SOME_OF_EACH: readonly ((room: PublicRoom) => RoomCommand)[] = [
  () => ({ type: 'play', positionSec: 1 }),
  () => ({ type: 'set-rate', rate: 1.25 }),
  () => ({ type: 'seek', positionSec: 100.125 }),
  () => ({ type: 'pause', positionSec: 101 }),
  () => ({ type: 'set-control', control: 'host' }),
  () => ({ type: 'set-patience', patience: { mostSec: 30, reasons: ['buffering', 'ad'] } }),
  () => ({ type: 'set-media', media: film('first', 60) }),
  () => ({ type: 'rename', name: 'Ada' }),
  () => ({ type: 'suspend', reason: 'buffering' }),
  () => ({ type: 'resume' }),

  () => ({ type: 'configure', settings: { skipShare: 1, mode: 'vote', shown: { title: 'Cinema' } } }),
  (room) => ({ type: 'set-role', memberId: another(room), role: 'moderator' }),
  () => ({ type: 'set-permissions', role: 'guest', permissions: ['play-pause', 'chat'] }),
  () => ({ type: 'set-password' }),
  () => ({ type: 'revoke-invites' }),
  (room) => ({ type: 'mute', memberId: another(room), forMs: 60_000, reason: 'noise' }),
  (room) => ({ type: 'unmute', memberId: another(room) }),

  () => ({ type: 'queue-add', items: [film('second', 60), film('third', 60), film('fourth')] }),
  (room) => ({ type: 'queue-move', itemId: queued(room), toIndex: 2 }),
  () => ({ type: 'queue-shuffle' }),
  () => ({ type: 'queue-undo' }),
  (room) => ({ type: 'edit-item', itemId: queued(room), startAtSec: 5 }),
  (room) => ({ type: 'vote', itemId: queued(room), vote: 1 }),
  (room) => ({ type: 'vote-skip', itemId: current(room), wants: true }),
  (room) => ({ type: 'grab', itemId: current(room) }),
  (room) => ({ type: 'play-now', itemId: queued(room) }),
  () => ({ type: 'skip' }),
  (room) => ({ type: 'queue-remove', itemId: queued(room) }),
  () => ({ type: 'queue-clear' }),
  () => ({ type: 'queue-restore' }),
  () => ({ type: 'queue-add', items: [film('endless')], first: true }),
  (room) => ({ type: 'play-now', itemId: queued(room) }),
  (room) => ({ type: 'media-ended', itemId: current(room) }),

  () => ({ type: 'say', text: 'hello "you"' }),
  (room) => ({ type: 'react', lineId: lastLine(room), emoji: '🎉', on: true }),
  (room) => ({ type: 'delete-line', lineId: lastLine(room) }),

  () => ({ type: 'join-booth', items: [film('turn', 60)] }),
  (room) => ({ type: 'add-dj', memberId: another(room) }),
  (room) => ({ type: 'move-dj', memberId: another(room), toIndex: 0 }),
  (room) => ({ type: 'remove-dj', memberId: another(room) }),
  () => ({ type: 'leave-booth' }),
]

/** These end a membership, or need somebody whose membership has ended. */
export const ENDINGS: readonly RoomCommand['type'][] = ['leave', 'kick', 'ban', 'unban']

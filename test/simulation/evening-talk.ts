/** What people do beside the film: they talk, vote and give each other roles. None of it may move a player. */
import type { RoomCommand } from '../../src/core/room/command'
import type { PublicRoom } from '../../src/core/room/room'
import type { SeededRandom } from '../doubles/seeded-random'

export function someTalk(random: SeededRandom, room: PublicRoom): RoomCommand {
  const lineId = room.chat.at(-1)?.id ?? 'no-line'
  const itemId = room.media?.id ?? 'nothing'
  const memberId = room.members.at(-1)?.id ?? 'nobody'
  return random.pick<RoomCommand>([
    { type: 'say', text: 'Did you see that?', mentions: [memberId] },
    { type: 'react', lineId, emoji: '🎉', on: random.float() < 0.7 },
    { type: 'delete-line', lineId },
    { type: 'vote', itemId, vote: random.pick([1, 0, -1]) },
    { type: 'vote-skip', itemId, wants: true },
    { type: 'grab', itemId },
    { type: 'set-role', memberId, role: random.pick(['guest', 'member', 'moderator']) },
    { type: 'mute', memberId, forMs: 5_000 },
    { type: 'configure', settings: { shown: { title: random.pick(['Cinema', 'Film night']) } } },
  ])
}

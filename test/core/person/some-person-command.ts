/** A command that somebody might ask of their own things, or somebody who plays tricks: most are sensible, so that people get somewhere. */
import type { PersonCommand, Whom } from '../../../src/core/person/command'
import type { OwnPerson } from '../../../src/core/person/person'
import type { SeededRandom } from '../../doubles/seeded-random'

export function somePersonCommand(random: SeededRandom, own: OwnPerson, other: Whom): PersonCommand {
  const playlist = own.playlists[Math.floor(random.float() * own.playlists.length)]
  const playlistId = playlist?.id ?? 'none'
  const itemOf = (): string => playlist?.items[Math.floor(random.float() * playlist.items.length)]?.id ?? 'nothing'
  const items = Array.from({ length: Math.floor(random.between(0, 4)) }, (_, n) => ({
    durationSec: random.pick([0, 1, 90]),
    content: { address: `https://example.org/${n}`, title: random.pick(['Song', 'a\u0000b']), author: 'Somebody' },
  }))
  return random.pick<PersonCommand>([
    { type: 'ask-friend', whom: other },
    { type: 'ask-friend', whom: other },
    { type: 'ask-friend', whom: other },
    { type: 'accept-friend', whom: other },
    { type: 'accept-friend', whom: other },
    { type: 'decline-friend', whom: other },
    { type: 'withdraw-request', whom: other },
    { type: 'remove-friend', whom: other },
    { type: 'write-message', whom: other, text: random.pick(['hello', ' ', 'x'.repeat(501), '🎬']) },
    { type: 'mark-read', whom: other },
    { type: 'forget-conversation', whom: other },
    { type: 'block', whom: other },
    { type: 'unblock', whom: other },
    { type: 'unblock', whom: other },
    { type: 'set-profile', name: random.pick(['Ada', '', 'Åse']) },
    { type: 'set-presence', wish: random.pick(['online', 'invisible']) },
    { type: 'set-tells-where', tells: random.float() < 0.5 },
    { type: 'set-preferences', dialect: 'plugdj', preferences: { emoji: random.float() < 0.5 } },
    { type: 'playlist-create', name: random.pick(['Mine', ' ']), items },
    { type: 'playlist-add', playlistId, items, first: random.float() < 0.5 },
    { type: 'playlist-remove', playlistId, itemIds: [itemOf()] },
    { type: 'playlist-move', playlistId, itemIds: [itemOf()], beforeId: itemOf() },
    { type: 'playlist-shuffle', playlistId },
    { type: 'playlist-rename', playlistId, name: 'Other' },
    { type: 'playlist-edit', playlistId, itemId: itemOf(), title: 'Another' },
    { type: 'playlist-activate', ...(random.float() < 0.7 && { playlistId }) },
    { type: 'playlist-cycle', playlistId, itemId: playlist?.items[0]?.id ?? 'nothing' },
    { type: 'playlist-import', playlistId },
    ...(random.float() < 0.2
      ? [
          { type: 'playlist-delete', playlistId } as const,
          { type: 'clear-history' } as const,
          { type: 'delete-person' } as const,
        ]
      : []),
  ])
}

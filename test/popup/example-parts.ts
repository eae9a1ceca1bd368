/** What the example views tell of a room besides who is in time: queue, turns, chat, rights, doors. */
import type { Item, Played } from '../../src/core/room/item'
import type { ListedRoom } from '../../src/core/room/listed-room'
import { PERMISSIONS, tableFor } from '../../src/core/room/role'
import { DEFAULT_SETTINGS } from '../../src/core/room/settings'
import type { RoomView } from '../../src/messages/background-to-popup'
import type { PersonGlance } from '../../src/messages/person-view'
import type { RoomParts } from '../../src/messages/room-parts'

const PANDA = 'b3c1f0de-0001'
const FOX = 'b3c1f0de-0002'
const OTTER = 'b3c1f0de-0003'
const OWL = 'b3c1f0de-0004'

export const NOTHING_QUEUED: RoomParts['queue'] = { items: [], previous: [] }

/** The parts of a room where nobody has done anything yet, as its host sees them. */
export const BARE_PARTS: RoomParts = {
  selfId: PANDA,
  may: PERMISSIONS,
  // Our own wire can say everything; these are the ones that the popup asks for.
  can: [
    'play',
    'pause',
    'seek',
    'skip',
    'vote',
    'vote-skip',
    'queue-add',
    'queue-remove',
    'queue-move',
    'queue-shuffle',
    'queue-clear',
    'queue-restore',
    'queue-undo',
    'join-booth',
    'leave-booth',
    'add-dj',
    'remove-dj',
    'move-dj',
    'say',
    'delete-line',
    'rename',
    'set-control',
    'set-patience',
    'set-password',
    'revoke-invites',
    'react',
    'grab',
    'suspend',
    'resume',
  ],
  settings: DEFAULT_SETTINGS,
  permissions: tableFor('everyone'),
  queue: NOTHING_QUEUED,
  booth: { waiting: [] },
  skipVotes: [],
  skipNeeds: 0,
  history: [],
  chat: { lines: [], typing: [], unread: 0, mentioned: false, addressed: [], reactions: [] },
}

/** For somebody who may what guests may where the host controls. */
export const forGuests: Pick<RoomParts, 'may' | 'permissions'> = {
  may: [...tableFor('host').guest, 'dj'],
  permissions: tableFor('host'),
}

const item = (number: number, title: string, changes: Partial<Item> = {}): Item => ({
  id: `item-${number}`,
  number,
  up: [],
  down: [],
  grabs: [],
  content: { address: `https://films.example/watch/${number}`, title },
  ...changes,
})

export const CURRENT = item(1, 'The Last Lighthouse', {
  durationSec: 6482,
  addedBy: FOX,
  up: [FOX, PANDA],
  down: [OWL],
  grabs: [OTTER],
})

const salt = item(2, 'Salt and Paper', { durationSec: 5410, addedBy: PANDA, up: [FOX, OTTER, OWL] })
const long = item(3, 'A very long title of a film that nobody could ever fit on one line of a popup', {
  addedBy: OTTER,
})
const nameless = item(4, '', { durationSec: 240 })
const previous = [item(9, 'The One from Yesterday', { durationSec: 100 })]

export const QUEUED: RoomParts['queue'] = { items: [salt, long, nameless], previous }
export const LONG_QUEUE: RoomParts['queue'] = {
  items: Array.from({ length: 120 }, (_, index) => item(100 + index, `Part ${index + 1}`, { durationSec: 600 })),
  previous: [],
}
export const FIRST_MOVED_DOWN: RoomParts['queue'] = { items: [long, salt, nameless], previous }

const played = (number: number, title: string, skipped: boolean): Played => ({
  itemId: `item-${number}`,
  number,
  durationSec: 1234,
  addedBy: OTTER,
  sinceMs: 100_000,
  endedAtMs: 200_000 + number,
  skipped,
  score: { up: 4, down: 1, grabs: 2, listeners: 5 },
  content: { address: `https://films.example/watch/${number}`, title },
})
export const PLAYED: readonly Played[] = [played(8, 'Shorts of the North', false), played(7, 'Three Doors', true)]

export const WRITTEN = {
  title: 'Friday films',
  description: 'Old films, one a week',
  welcome: 'Welcome. We begin at nine, and nobody tells the ending.',
} as const

export function talkAt(nowMs: number): RoomView['chat'] {
  const line = (number: number, changes: Partial<RoomView['chat']['lines'][number]>) => ({
    id: `line-${number}`,
    number,
    kind: 'text' as const,
    memberId: FOX,
    atMs: nowMs - 60_000 + number * 1000,
    mentions: [],
    reactions: [],
    content: { text: 'Hello', name: 'Clever Fox' },
    ...changes,
  })
  return {
    lines: [
      line(1, {}),
      line(2, {
        content: { text: 'Did @Happy Panda or @Brave Otter see the keeper?', name: 'Clever Fox' },
        mentions: [PANDA, OTTER],
        reactions: [
          { emoji: '👍', by: [PANDA, OTTER] },
          { emoji: '😂', by: [OWL] },
        ],
      }),
      line(3, { memberId: PANDA, content: { text: 'He is in the boat.', name: 'Happy Panda' } }),
      line(4, { kind: 'emote', memberId: OTTER, content: { text: 'gasps', name: 'Brave Otter' } }),
      line(5, { kind: 'bot', memberId: 'c-12', content: { text: 'One hour left.', name: 'Time Keeper' } }),
      line(6, { memberId: 'gone', deleted: true, content: { text: '', name: 'Lazy Badger' } }),
      line(7, {
        kind: 'system',
        content: {
          text: 'Lazy Badger was sent out by Happy Panda: told the ending',
          notice: { what: 'kicked', name: 'Lazy Badger', byName: 'Happy Panda', reason: 'told the ending' },
        },
      }),
    ],
    typing: [OTTER, OWL],
    unread: 0,
    mentioned: false,
    answer: { type: 'help', commands: ['help', 'me', 'kick', 'mute'] },
    addressed: [{ id: 1, from: FOX, to: 'moderators', atMs: nowMs, text: 'Who lets the owl in?' }],
    reactions: [{ id: 1, memberId: OWL, emoji: '👏' }],
  }
}

const HOUR_MS = 3_600_000

/** What was asked of the server and answered. */
export function toldAt(nowMs: number): Pick<RoomParts, 'madeInvite' | 'bans' | 'aliases'> {
  return {
    madeInvite: {
      link: 'https://rooms.example/j/k7m2qp?invite=v1.eyJyIjoibWVtYmVyIn0.c2lnbmVk',
      endsAtMs: nowMs + HOUR_MS,
    },
    bans: [
      { id: 'ban-1', name: 'Lazy Badger', byName: 'Happy Panda', reason: 'told the ending twice', atMs: nowMs },
      { id: 'ban-2', name: 'Swift Heron', byName: 'Clever Fox', atMs: nowMs, untilMs: nowMs + 24 * HOUR_MS },
    ],
    aliases: ['friday-films'],
  }
}

const listed = (code: string, title: string, changes: Partial<ListedRoom> = {}): ListedRoom => ({
  code,
  title,
  description: '',
  members: 4,
  capacity: 100,
  locked: false,
  guests: true,
  mode: 'manual',
  ...changes,
})

export const LISTED: readonly ListedRoom[] = [
  listed('abcdef', 'Friday films', { playing: 'The Last Lighthouse', description: 'Old films, one a week' }),
  listed('bcdefg', 'A very long name of a room that is about everything that anybody could ever watch', {
    locked: true,
  }),
  listed('cdefgh', '', { mode: 'rotation', guests: false, members: 8, capacity: 8 }),
]

/** No signature at all, but the shape of a key. */
export const EXAMPLE_KEY = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwYW5kYSJ9.bm90LWEtc2lnbmF0dXJl'

export const EXAMPLE_YOU: PersonGlance = {
  unread: 3,
  requests: 1,
  friends: [
    {
      personId: 'p-2',
      presence: 'online',
      where: { code: 'abcdef', title: 'A very long name of a room that is about everything that anybody could watch' },
      shown: { name: 'Clever Fox', avatar: { drawing: 'fox', colour: 'orange' } },
      isHere: false,
    },
    {
      personId: 'p-3',
      presence: 'online',
      where: { code: 'k7m2qp', title: '' },
      shown: { name: 'Maximiliane Wolkenstein-Trostbg', avatar: { drawing: 'swan', colour: 'pink' } },
      isHere: true,
    },
    {
      personId: 'p-4',
      presence: 'busy',
      shown: { name: 'Quiet Owl', avatar: { drawing: 'owl', colour: 'grey' } },
      isHere: false,
    },
  ],
  playlists: [
    { id: 'list-1', name: 'Friday films', items: 3 },
    { id: 'list-2', name: 'For rainy days', items: 0 },
    {
      id: 'list-3',
      name: 'A list with a name that is far longer than a popup is wide, so that it has to be cut',
      items: 12,
    },
  ],
}

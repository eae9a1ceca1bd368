/** States of the page of one's own person, by name, as views that a background could send. */
import type { Avatar } from '../../src/core/person/avatar'
import type { Message, OwnPerson, PersonCard, PersonPlayed, Playlist } from '../../src/core/person/person'
import type { FriendState } from '../../src/core/person/presence'
import { refuse } from '../../src/core/room/refusal'
import type { PersonPageView } from '../../src/messages/person-view'

/** 20 November 2026, 20:15 UTC. */
const NOW_MS = Date.UTC(2026, 10, 20, 20, 15)
const MINUTE_MS = 60_000

const card = (number: number, name: string, drawing: Avatar['drawing'], colour: Avatar['colour']): PersonCard => ({
  id: `p-${number}`,
  number,
  shown: { name, avatar: { drawing, colour } },
})
const fox = card(2, 'Clever Fox', 'fox', 'orange')
const otter = card(3, 'Brave Otter', 'otter', 'teal')
const owl = card(4, 'Quiet Owl', 'owl', 'indigo')
const badger = card(5, 'Lazy Badger', 'badger', 'grey')
const long = card(6, 'Maximiliane Wolkenstein-Trostbg', 'swan', 'pink')
const heron = card(7, 'Swift Seal', 'seal', 'blue')

const message = (number: number, mine: boolean, text: string): Message => ({
  id: `m-${number}`,
  mine,
  atMs: NOW_MS - (60 - number) * MINUTE_MS,
  content: { text },
})

const TALK: readonly Message[] = [
  message(1, false, 'Are you in on Friday?'),
  message(2, true, 'I am. Who brings the film?'),
  message(3, false, 'The one with the lighthouse, if nobody minds that it is long and in black and white.'),
  message(4, true, 'Nobody minds.'),
]

const item = (number: number, title: string, durationSec?: number) => ({
  id: `i-${number}`,
  number,
  ...(durationSec !== undefined && { durationSec }),
  content: { address: `https://films.example/watch/${number}`, title },
})

const FRIDAY: Playlist = {
  id: 'list-1',
  number: 1,
  items: [
    item(1, 'The Last Lighthouse', 6482),
    item(2, 'Salt and Paper', 5410),
    item(
      3,
      'A very long title of a film that nobody could ever fit on one line of a page, however wide it may be made',
    ),
  ],
  shown: { name: 'Friday films' },
}
const MOVED: Playlist = {
  ...FRIDAY,
  items: [FRIDAY.items[1], FRIDAY.items[0], FRIDAY.items[2]].filter((each) => !!each),
}
const EMPTY: Playlist = { id: 'list-2', number: 2, items: [], shown: { name: 'For rainy days' } }
const LONG: Playlist = {
  id: 'list-3',
  number: 3,
  items: Array.from({ length: 180 }, (_, index) => item(100 + index, `Part ${index + 1}`, 600)),
  shown: { name: 'Everything' },
}

const played = (number: number, title: string): PersonPlayed => ({
  id: `played-${number}`,
  number,
  atMs: NOW_MS - number * 90 * MINUTE_MS,
  durationSec: 5000 + number,
  skipped: false,
  score: { up: 1, down: 0, grabs: 0, listeners: 3 },
  room: { code: 'k7m2qp', title: number === 1 ? 'Friday films' : '' },
  content: { address: `https://films.example/watch/${number}`, title },
})

const nobody: OwnPerson = {
  id: 'p-1',
  number: 1,
  shown: { name: 'Happy Panda', avatar: { drawing: 'panda', colour: 'violet' } },
  epoch: 'e',
  rev: 0,
  presenceWish: 'online',
  tellsWhere: true,
  friends: [],
  asked: [],
  asking: [],
  blocked: [],
  conversations: [],
  playlists: [],
  history: [],
  preferences: {},
}

const friend = (person: PersonCard) => ({ bonds: [`b-${person.id}`], person, sinceMs: NOW_MS })
const request = (person: PersonCard) => ({ bond: `r-${person.id}`, person, atMs: NOW_MS })

const panda: OwnPerson = {
  ...nobody,
  rev: 40,
  friends: [friend(owl), friend(fox), friend(long), friend(otter)],
  asking: [request(heron)],
  asked: [request(card(8, 'Gentle Bear', 'bear', 'amber'))],
  blocked: [{ person: badger, atMs: NOW_MS }],
  conversations: [
    { person: fox, messages: TALK, unread: 0 },
    { person: otter, messages: [message(5, false, 'Thank you for yesterday.')], unread: 2 },
  ],
  playlists: [FRIDAY, EMPTY, LONG],
  activePlaylistId: FRIDAY.id,
  history: [played(1, 'The Last Lighthouse'), played(2, 'Salt and Paper')],
}

const SEEN: readonly FriendState[] = [
  { personId: fox.id, presence: 'online', where: { code: 'k7m2qp', title: 'Friday films' }, shown: fox.shown },
  { personId: owl.id, presence: 'busy', shown: owl.shown },
  { personId: otter.id, presence: 'away', where: { code: 'abcdef', title: '' }, shown: otter.shown },
]

const ROOM = { code: 'abcdef', title: '', mayAdd: true, queued: 4 }

const at = (person: OwnPerson | undefined, changes: Partial<PersonPageView> = {}): PersonPageView => ({
  server: 'https://rooms.example',
  line: { kind: 'connected' },
  ...(person && { person }),
  seen: SEEN,
  ...changes,
})

export const EXAMPLE_PERSONS = {
  asking: at(undefined, { line: { kind: 'asking' }, seen: [] }),
  'no-server': at(undefined, { line: { kind: 'lost' }, seen: [] }),
  new: at(nobody, { seen: [] }),
  whole: at(panda),
  'in-room': at(panda, { room: ROOM }),
  'otter-wrote-again': at({
    ...panda,
    conversations: [
      {
        person: otter,
        messages: [message(5, false, 'Thank you for yesterday.'), message(6, false, 'And for today.')],
        unread: 3,
      },
      ...panda.conversations.slice(0, 1),
    ],
  }),
  /** At the most that is kept: the newest has pushed the oldest out. */
  'otter-wrote-on': at({
    ...panda,
    conversations: [
      {
        person: otter,
        messages: [message(6, false, 'And for today.'), message(7, false, 'And for all of it.')],
        unread: 3,
      },
      ...panda.conversations.slice(0, 1),
    ],
  }),
  moved: at({ ...panda, playlists: [MOVED, EMPTY, LONG] }),
  accepted: at({ ...panda, asking: [], friends: [...panda.friends, friend(heron)] }),
  lost: at(panda, { line: { kind: 'lost' } }),
  refused: at(panda, { problem: refuse('too-fast') }),
  'to-friends': at(panda, { goTo: { number: 1, section: 'friends' } }),
  'to-messages': at(panda, { goTo: { number: 2, section: 'messages' } }),
  deleted: at({ ...nobody, deleted: true, shown: { ...nobody.shown, name: '' } }, { seen: [] }),
  exported: at(panda, { exported: { number: 1, text: '{"madeAtMs":1}' } }),
} as const satisfies Record<string, PersonPageView>

export type PersonExampleName = keyof typeof EXAMPLE_PERSONS

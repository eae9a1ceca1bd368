/**
 * Every state that the popup can be in, by name, as views that a background could send.
 * The checks in a real browser go through all of them, and the pictures in the documentation are made of them.
 * The machine's clock stands at `EXAMPLE_NOW_MS`; the server's is 1.5 s ahead.
 */
import type { PersonView, Problem, RoomView, View } from '../../src/messages/background-to-popup'
import {
  BARE_PARTS,
  CURRENT,
  EXAMPLE_KEY,
  EXAMPLE_YOU,
  FIRST_MOVED_DOWN,
  forGuests,
  LISTED,
  LONG_QUEUE,
  NOTHING_QUEUED,
  PLAYED,
  QUEUED,
  talkAt,
  toldAt,
  WRITTEN,
} from './example-parts'

export const EXAMPLE_NOW_MS = 1_000_000
const OFFSET_MS = 1500
const SERVER_NOW_MS = EXAMPLE_NOW_MS + OFFSET_MS

const LENGTH_SEC = 6482
const server = 'https://rooms.example'

const panda: PersonView = {
  id: 'b3c1f0de-0001',
  name: 'Happy Panda',
  isSelf: true,
  isHost: true,
  role: 'host',
  status: { kind: 'following', skewMs: 2 },
}
const fox: PersonView = {
  id: 'b3c1f0de-0002',
  name: 'Clever Fox',
  isSelf: false,
  isHost: false,
  role: 'guest',
  status: { kind: 'following', skewMs: -4 },
}
const otter: PersonView = {
  id: 'b3c1f0de-0003',
  name: 'Brave Otter',
  isSelf: false,
  isHost: false,
  role: 'guest',
  status: { kind: 'held', reason: 'buffering' },
}
const owl: PersonView = {
  id: 'b3c1f0de-0004',
  name: 'Quiet Owl',
  isSelf: false,
  isHost: false,
  role: 'guest',
  dialect: 'frametogether',
  status: { kind: 'following', skewMs: 120 },
}

const playing = (positionSec: number): RoomView['timeline'] => ({
  current: { positionSec, rate: 1, playing: true, atMs: SERVER_NOW_MS },
})
const standing = (positionSec: number): RoomView['timeline'] => ({
  current: { positionSec, rate: 1, playing: false, atMs: SERVER_NOW_MS },
})

const room: RoomView = {
  ...BARE_PARTS,
  code: 'k7m2qp',
  inviteLink: 'https://rooms.example/j/k7m2qp',
  title: 'The Last Lighthouse',
  durationSec: LENGTH_SEC,
  timeline: playing(2467),
  offsetMs: OFFSET_MS,
  lastAct: { kind: 'seek', who: { name: 'Clever Fox', isSelf: false }, fromSec: 2470, toSec: 2460, rate: 1 },
  people: [panda, fox, { ...otter, status: { kind: 'following', skewMs: 7 } }, owl],
  patience: { mostSec: 10, reasons: ['buffering'] },
  control: 'everyone',
  mayControl: true,
  isHost: true,
  drives: 'this-tab',
  nudge: { nudgeMs: 0 },
  needsClick: false,
}

const video: View['page'] = {
  kind: 'video',
  host: 'films.example',
  title: 'The Last Lighthouse',
  address: 'https://films.example/watch/the-last-lighthouse',
  durationSec: LENGTH_SEC,
}
const noVideo: View['page'] = { kind: 'no-video', host: 'news.example' }

const outside: View = { name: 'Happy Panda', server, page: video, room: { kind: 'outside' } }
const inside = (changes: Partial<RoomView> = {}, page: View['page'] = video): View => ({
  name: 'Happy Panda',
  server,
  page,
  room: { kind: 'in-room', room: { ...room, ...changes } },
})
const undriven = (changes: Partial<RoomView> = {}, page: View['page'] = video): View => {
  const { nudge: _, ...rest } = room
  return { ...inside(), page, room: { kind: 'in-room', room: { ...rest, drives: 'nothing', ...changes } } }
}
const withoutLink = (view: View): View => {
  if (view.room.kind !== 'in-room') return view
  const { inviteLink: _, ...rest } = view.room.room
  return { ...view, room: { kind: 'in-room', room: rest } }
}
const connecting = (doing: 'starting' | 'joining' | 'coming-back'): View => ({
  ...outside,
  room: { kind: 'connecting', host: 'rooms.example', doing },
})
const troubled = (problem: Problem, view: View = outside): View => ({ ...view, problem })

const guest: Partial<RoomView> = {
  ...forGuests,
  people: [
    { ...fox, isHost: true, role: 'host' },
    { ...panda, isHost: false, role: 'guest' },
    { ...owl, status: { kind: 'following', skewMs: -1430 } },
  ],
  control: 'host',
  mayControl: false,
  isHost: false,
}

/** Of rooms of other systems: what FrameTogether lets somebody say who does not lead there, and OpenTogetherTube who may all. */
const fewWords: Partial<RoomView> = {
  ...forGuests,
  foreign: { system: 'frametogether', boundMs: 800 },
  code: 'ABC123',
  may: [],
  can: ['leave'],
  people: [
    { ...owl, name: 'Viewer 1', isHost: true, role: 'host', dialect: 'frametogether', status: { kind: 'no-report' } },
    { ...panda, isHost: false, role: 'guest' },
  ],
  control: 'host',
  mayControl: false,
  isHost: false,
}
const manyWords: Partial<RoomView> = {
  foreign: { system: 'opentogethertube', boundMs: 300 },
  may: ['play-pause', 'seek', 'set-rate', 'skip', 'queue-add', 'queue-remove', 'queue-order', 'queue-vote', 'chat'],
  code: 'movies-of-friday-night-and-the-morning-after',
  inviteLink: 'https://tube.example/room/movies-of-friday-night-and-the-morning-after',
  can: [
    'play',
    'pause',
    'seek',
    'set-rate',
    'skip',
    'queue-add',
    'queue-remove',
    'queue-move',
    'vote',
    'say',
    'rename',
  ],
  people: [panda, { ...owl, dialect: 'opentogethertube', status: { kind: 'no-report' } }],
}

const crowd: PersonView[] = [
  panda,
  fox,
  otter,
  owl,
  {
    ...fox,
    id: 'c-5',
    name: 'Maximiliane Wolkenstein-Trostburg',
    status: { kind: 'held', reason: 'autoplay-blocked' },
  },
  { ...fox, id: 'c-6', name: 'Momo', dialect: 'opentogethertube', status: { kind: 'following', skewMs: 340 } },
  { ...fox, id: 'c-7', name: 'Соня Белова', status: { kind: 'held', reason: 'ad' } },
  { ...fox, id: 'c-8', name: 'Étienne', status: { kind: 'away' } },
  { ...fox, id: 'c-9', name: 'Lazy Badger', status: { kind: 'held', reason: 'error' } },
  { ...fox, id: 'c-10', name: 'Swift Heron', status: { kind: 'no-report' } },
  { ...fox, id: 'c-11', name: 'Gentle Moose', status: { kind: 'held', reason: 'elsewhere' } },
]

const evening: Partial<RoomView> = {
  media: CURRENT,
  queue: QUEUED,
  skipVotes: [fox.id],
  skipNeeds: 2,
  history: PLAYED,
  pageIs: 'new',
  settings: { ...BARE_PARTS.settings, skipShare: 0.5, shown: WRITTEN },
}
const rotation = {
  settings: { ...BARE_PARTS.settings, mode: 'rotation', shown: WRITTEN },
  booth: { playing: fox.id, waiting: [otter.id, owl.id] },
} as const satisfies Partial<RoomView>
const talk: RoomView['chat'] = talkAt(SERVER_NOW_MS)

const roles: PersonView[] = [
  panda,
  { ...fox, role: 'moderator' },
  { ...otter, role: 'member', muted: {} },
  { ...owl, status: { kind: 'away' } },
  { ...fox, id: 'c-12', name: 'Time Keeper', isBot: true, status: { kind: 'no-report' } },
]
const seenByGuest: PersonView[] = [
  { ...fox, isHost: true, role: 'host' },
  { ...panda, isHost: false, role: 'guest' },
]
const told: Partial<RoomView> = toldAt(SERVER_NOW_MS)

export const EXAMPLE_VIEWS = {
  looking: { ...outside, page: { kind: 'looking' } },
  'not-allowed': { ...outside, page: { kind: 'not-allowed' } },
  'no-video': { ...outside, page: noVideo },
  ready: outside,
  'ready-without-name': { ...outside, name: '' },
  starting: connecting('starting'),
  joining: connecting('joining'),
  'coming-back': connecting('coming-back'),

  room: inside(),
  alone: inside({
    people: [panda],
    timeline: standing(2467),
    lastAct: { kind: 'pause', who: { name: 'Happy Panda', isSelf: true }, fromSec: 2467, toSec: 2467, rate: 1 },
  }),
  paused: inside({
    timeline: standing(2467),
    people: room.people.map((person) => ({ ...person, status: { kind: 'paused' as const } })),
    lastAct: { kind: 'pause', who: { name: 'Clever Fox', isSelf: false }, fromSec: 2467, toSec: 2467, rate: 1 },
  }),
  waiting: inside({
    timeline: standing(2467),
    people: [panda, fox, otter, owl],
    waiting: {
      for: [{ name: 'Brave Otter', isSelf: false, reason: 'buffering' }],
      untilMs: SERVER_NOW_MS + 8000,
    },
    lastAct: { kind: 'wait', who: { name: 'Brave Otter', isSelf: false }, fromSec: 2467, toSec: 2467, rate: 1 },
  }),
  'gave-up': inside({
    people: [panda, fox, otter, owl],
    patience: { mostSec: 30, reasons: ['buffering', 'ad', 'autoplay-blocked'] },
    lastAct: {
      kind: 'go-on',
      without: [{ name: 'Brave Otter', isSelf: false }],
      fromSec: 2467,
      toSec: 2467,
      rate: 1,
    },
  }),
  'never-waits': inside({ patience: { mostSec: 0, reasons: ['buffering'] } }),
  impatient: inside({ ...guest, patience: { mostSec: 0, reasons: ['buffering'] } }),
  'waiting-for-you': inside({
    ...guest,
    people: [fox, { ...panda, isHost: false, role: 'guest', status: { kind: 'held', reason: 'buffering' } }],
    timeline: standing(2467),
    waiting: { for: [{ name: 'Happy Panda', isSelf: true, reason: 'buffering' }], untilMs: SERVER_NOW_MS + 8000 },
  }),
  'waiting-alone': inside({
    people: [{ ...panda, status: { kind: 'held', reason: 'buffering' } }],
    timeline: standing(2467),
    waiting: { for: [{ name: 'Happy Panda', isSelf: true, reason: 'buffering' }] },
  }),
  guest: inside(guest),
  nudged: inside({ nudge: { nudgeMs: -130, device: 'Momo’s Headphones (Bluetooth)' } }),
  crowd: inside({
    people: crowd,
    title: 'A very long title of a film that nobody could ever fit on one line of a popup',
    timeline: { current: { positionSec: 2467, rate: 1.25, playing: true, atMs: SERVER_NOW_MS } },
  }),
  'needs-click': inside({
    needsClick: true,
    people: [{ ...panda, status: { kind: 'held', reason: 'autoplay-blocked' } }, fox],
  }),
  'other-tab': inside({ drives: 'other-tab' }),
  'not-this-page': undriven(),
  'another-page': inside({
    goTo: { address: 'https://films.example/watch/2', host: 'films.example', pattern: 'https://films.example/*' },
  }),
  'nothing-to-play': undriven(
    {
      mediaAddress: 'https://films.example/watch/the-last-lighthouse',
      people: [{ ...panda, status: { kind: 'no-report' } }, fox],
    },
    noVideo,
  ),
  'site-to-allow': inside({ siteToAllow: { host: 'films.example', pattern: 'https://films.example/*' } }),
  lost: {
    ...inside(),
    room: { kind: 'lost', host: 'rooms.example', room, retryAtMs: EXAMPLE_NOW_MS + 4000, attempt: 2 },
  },

  queue: inside(evening),
  'queue-quiet': inside({ ...evening, ...guest, ...forGuests, may: [], queue: NOTHING_QUEUED, skipNeeds: 0 }),
  'queue-moved': inside({ ...evening, queue: FIRST_MOVED_DOWN }),
  'long-queue': inside({ ...evening, queue: LONG_QUEUE }),
  'page-is-current': inside({ ...evening, pageIs: 'current' }),
  'queue-nothing': inside(),
  rotation: inside({ ...evening, ...rotation }),
  'own-turn': inside({
    ...evening,
    ...rotation,
    ...guest,
    ...forGuests,
    booth: { playing: panda.id, waiting: [fox.id] },
  }),
  'turns-closed': inside({
    ...evening,
    ...rotation,
    ...guest,
    ...forGuests,
    booth: { waiting: [] },
    settings: { ...rotation.settings, djsLocked: true },
  }),
  chat: inside({ ...evening, chat: talk }),
  unread: inside({ ...evening, chat: { ...talk, unread: 3 } }),
  named: inside({ ...evening, chat: { ...talk, unread: 128, mentioned: true } }),
  'chat-muted': inside({
    ...evening,
    ...guest,
    chat: talk,
    people: [
      { ...fox, isHost: true, role: 'host' },
      { ...panda, isHost: false, role: 'guest', muted: { untilMs: SERVER_NOW_MS + 60_000 } },
    ],
  }),
  'chat-off': inside({ settings: { ...BARE_PARTS.settings, chat: false } }),
  people: inside({ ...evening, people: roles, ...told }),
  'people-read': inside({ ...evening, ...guest, people: seenByGuest }),

  'locked-door': {
    ...outside,
    room: { kind: 'outside', lockedDoor: { text: 'k7m2qp', code: 'k7m2qp', isWrong: false } },
  },
  'wrong-password': {
    ...troubled({ kind: 'refused', code: 'wrong-password', sentence: '' }),
    room: { kind: 'outside', lockedDoor: { text: 'k7m2qp', code: 'k7m2qp', isWrong: true } },
  },
  'public-rooms': { ...outside, publicRooms: { state: 'known', rooms: LISTED } },
  'no-public-rooms': { ...outside, publicRooms: { state: 'known', rooms: [] } },
  banned: troubled({ kind: 'refused', code: 'banned', sentence: '', reason: 'told the ending twice' }),
  'sent-out': troubled({ kind: 'refused', code: 'kicked', sentence: '', reason: 'told the ending' }),
  'with-key': { ...outside, key: EXAMPLE_KEY },
  'with-friends': { ...outside, you: EXAMPLE_YOU },
  'people-and-friends': { ...inside({ ...evening, people: roles, ...told }), you: EXAMPLE_YOU },
  'people-elsewhere': {
    ...inside({ ...evening, people: seenByGuest, foreign: { system: 'frametogether' } }),
    you: EXAMPLE_YOU,
  },
  'foreign-few-words': withoutLink(inside(fewWords)),
  'foreign-many-words': inside({ ...evening, ...manyWords, chat: talk, goesAlong: true }),
  'foreign-not-led': undriven(
    {
      ...evening,
      ...manyWords,
      goesAlong: false,
      goTo: { address: 'https://films.example/watch/2', host: 'films.example', pattern: 'https://films.example/*' },
    },
    noVideo,
  ),
  'queue-and-playlists': { ...inside(evening), you: EXAMPLE_YOU },

  'site-denied': troubled({ kind: 'site-denied', host: 'tube.example' }),
  'no-such-room': troubled({ kind: 'refused', code: 'no-such-room', sentence: '' }),
  'host-controls': troubled({ kind: 'refused', code: 'host-controls', sentence: '' }, inside(guest)),
  'no-server': troubled({ kind: 'no-server', server }),
  'no-server-yet': troubled({ kind: 'no-server', server }, connecting('starting')),
  'not-understood': troubled({ kind: 'not-understood', text: 'the one with the lighthouse, where the fog comes in' }),
  'bad-server': troubled({ kind: 'bad-server', text: 'ftp://rooms' }),
  'needs-https': troubled({ kind: 'bad-server', text: 'http://rooms.example', why: 'needs-https' }),
} as const satisfies Record<string, View>

export type ExampleName = keyof typeof EXAMPLE_VIEWS

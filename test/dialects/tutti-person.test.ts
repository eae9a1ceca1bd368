/** How our own wire speaks of people: what is asked, what is told, in a room or outside, and how long it can get. */
import { describe, expect, it } from 'vitest'
import type { PersonEvent } from '../../src/core/person/event'
import type { Note } from '../../src/core/person/note'
import { type OwnPerson, PERSON_LIMITS, type PersonCard } from '../../src/core/person/person'
import { unbornPerson } from '../../src/core/person/unborn'
import { refuse } from '../../src/core/room/refusal'
import { tuttiClient } from '../../src/dialects'
import type { ClientInput, ClientOutput } from '../../src/dialects/client-dialect'
import type { ServerInput, ServerOutput } from '../../src/dialects/server-dialect'
import { MAX_LENGTH_TO_CLIENT } from '../../src/dialects/tutti/frames'
import { tuttiServer } from '../../src/dialects/tutti/server'
import { idOf, somePeople, whom } from '../core/person/some-people'

const SERVER = 'https://tutti.example'

/** A machine that keeps its session between inputs. */
function aMachine<Input, Output>(dialect: {
  readonly fresh: unknown
  step(
    session: unknown,
    input: Input,
    nowMs: number,
  ): { readonly session: unknown; readonly outputs: readonly Output[] }
}) {
  let session = dialect.fresh
  return (...inputs: readonly Input[]): Output[] =>
    inputs.flatMap((input) => {
      const stepped = dialect.step(session, input, 5_000)
      session = stepped.session
      return [...stepped.outputs]
    })
}
const aServer = () => aMachine<ServerInput, ServerOutput>(tuttiServer)
const aClient = () => aMachine<ClientInput, ClientOutput>(tuttiClient)
const frame = (value: object) => ({ kind: 'frame', frame: JSON.stringify(value) }) as const
const sent = (outputs: readonly (ServerOutput | ClientOutput)[]): string[] =>
  outputs.flatMap((output) => (output.kind === 'send' ? [String(output.frame)] : []))

const GREETED: ServerInput[] = [
  frame({ type: 'hello', v: 1 }),
  { kind: 'identified', ask: 'hello', identity: 'ada', token: 'token', isNew: false },
]
const OUTSIDE: ClientInput[] = [
  { kind: 'be-outside', server: SERVER, token: 'mine' },
  { kind: 'opened' },
  frame({ type: 'welcome', v: 1, token: 'mine' }),
]
const PERSON = unbornPerson({ id: 'person-ada', number: 7, name: 'Ada' }).own

describe('people on our own wire', () => {
  it('[Y54] who says who they are can ask about themselves, in a room or not; before that it is out of turn', () => {
    const server = aServer()
    const asked = frame({ type: 'person', ask: '1', wish: { type: 'open' } })
    expect(sent(server(asked)).map((text) => JSON.parse(text) as unknown)).toMatchObject([
      { type: 'refused', ask: '1', code: 'bad-frame' },
    ])
    server(...GREETED)
    expect(server(asked)).toEqual([{ kind: 'person', ask: '1', wish: { type: 'open' } }])
    server(frame({ type: 'enter', ask: 'e', door: { kind: 'any' } }))
    expect(server(asked)).toEqual([{ kind: 'person', ask: '1', wish: { type: 'open' } }])
  })

  it('[Y54] a client stays outside as long as it wants, keeps the line alive, and asks', () => {
    const client = aClient()
    const [opening, greeting] = [client(...OUTSIDE.slice(0, 1)), client(...OUTSIDE.slice(1, 2))]
    expect(opening).toEqual([{ kind: 'open', url: 'wss://tutti.example/tutti' }])
    expect(sent(greeting)).toEqual(['{"type":"hello","v":1,"token":"mine"}'])
    const early = client({ kind: 'person', ask: '0', wish: { type: 'open' } })
    expect(early).toMatchObject([{ kind: 'refused', ask: '0', refusal: { code: 'no-answer' } }])
    const welcomed = client(...OUTSIDE.slice(2))
    expect(welcomed).toMatchObject([
      { kind: 'identified', token: 'mine' },
      { kind: 'send' },
      { kind: 'wake', atMs: 8_000 },
    ])
    expect(sent(client({ kind: 'person', ask: '1', wish: { type: 'open' } }))).toEqual([
      '{"type":"person","ask":"1","wish":{"type":"open"}}',
    ])
    expect(client({ kind: 'command', ask: 'x', command: { type: 'resume' } })).toMatchObject([
      { kind: 'refused', refusal: { code: 'not-in-room' } },
    ])
    expect(client(frame({ type: 'refused', ...refuse('too-fast'), ask: '1' }))).toMatchObject([
      { kind: 'refused', ask: '1', refusal: { code: 'too-fast' } },
    ])
  })

  it('[Y55] what the server tells of a person a client hears, without what only the server knows', () => {
    const [server, client] = [aServer(), aClient()]
    server(...GREETED)
    client(...OUTSIDE)
    const told = (input: Extract<ServerInput, { kind: 'person' }>['told']) =>
      client(...sent(server({ kind: 'person', told: input })).map((text) => ({ kind: 'frame', frame: text }) as const))
    expect(told({ type: 'opened', ask: '1', person: PERSON, friends: [] })).toEqual([
      { kind: 'person', heard: { type: 'opened', ask: '1', person: PERSON, friends: [] } },
    ])
    const event: PersonEvent = {
      type: 'presence-wished',
      wish: 'busy',
      serverOnly: { heard: { from: 'x', epoch: 'e', rev: 1 } },
    }
    const numbered = { epoch: 'e', rev: 2, event }
    expect(told({ type: 'event', numbered, before: PERSON, after: PERSON })).toEqual([
      {
        kind: 'person',
        heard: { type: 'event', numbered: { epoch: 'e', rev: 2, event: { type: 'presence-wished', wish: 'busy' } } },
      },
    ])
    const friends = [
      { personId: 'b', presence: 'away', where: { code: 'k7m2qp', title: '' }, shown: PERSON.shown },
    ] as const
    expect(told({ type: 'friends', friends })).toEqual([{ kind: 'person', heard: { type: 'friends', friends } }])
    expect(told({ type: 'found', ask: '2' })).toEqual([{ kind: 'person', heard: { type: 'found', ask: '2' } }])
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no such wish', { type: 'rule' }],
    ['a command of the server', { type: 'command', command: { type: 'hear', note: {} } }],
    ['a name that is too long', { type: 'command', command: { type: 'set-profile', name: 'x'.repeat(300) } }],
    [
      'a drawing that is none',
      { type: 'command', command: { type: 'set-profile', avatar: { drawing: 'https://x', colour: 'red' } } },
    ],
    [
      'a key of every object',
      { type: 'command', command: { type: 'set-preferences', dialect: 'x', preferences: { __proto__x: 1 } } },
    ],
    ['a whom that is none', { type: 'command', command: { type: 'block', whom: { kind: 'all' } } }],
    [
      'too many items',
      {
        type: 'command',
        command: {
          type: 'playlist-create',
          name: 'x',
          items: Array.from({ length: 51 }, () => ({ content: { address: '', title: '' } })),
        },
      },
    ],
  ])('[Y56] %s is refused and costs nothing', (_, wish) => {
    const server = aServer()
    server(...GREETED)
    const outputs = server(frame({ type: 'person', ask: '1', wish }))
    expect(sent(outputs).map((text) => JSON.parse(text) as unknown)).toMatchObject([{ ask: '1', code: 'bad-frame' }])
    expect(outputs.some(({ kind }) => kind === 'person' || kind === 'close')).toBe(false)
  })

  it('[Y56] what is too long for a frame is refused before it is sent', () => {
    const client = aClient()
    client(...OUTSIDE)
    const items = Array.from({ length: 20 }, () => ({ content: { address: 'é'.repeat(500), title: '' } }))
    expect(
      client({
        kind: 'person',
        ask: '1',
        wish: { type: 'command', command: { type: 'playlist-create', name: 'x', items } },
      }),
    ).toMatchObject([{ kind: 'refused', ask: '1', refusal: { code: 'frame-too-long' } }])
  })

  it('[Y57] the longest person, and all that is kept of them, is shorter than a frame may be, and can be read', () => {
    const person = longestPerson()
    const friends = person.friends.map(({ person: { id, shown } }) => ({
      personId: id,
      presence: 'online' as const,
      where: { code: 'k7m2qp', title: '"'.repeat(254) },
      shown,
    }))
    const owed = Array.from({ length: PERSON_LIMITS.owed }, (_, n): Note => {
      const body = { type: 'wrote', messageId: uuid(n), text: '"'.repeat(PERSON_LIMITS.messageLength) } as const
      return { epoch: 'e'.repeat(64), rev: 1e9, to: uuid(n), from: aCard(n), atMs: 1.7e12, body }
    })
    const heard = Array.from({ length: PERSON_LIMITS.heardFrom }, (_, n) => ({
      from: uuid(n),
      epoch: 'e'.repeat(64),
      rev: 1e9,
    }))
    const server = aServer()
    server(...GREETED)
    const client = aClient()
    client(...OUTSIDE)
    const [opened] = sent(server({ kind: 'person', told: { type: 'opened', ask: '1', person, friends } }))
    const exported = { madeAtMs: 1.7e12, person: { own: person, serverOnly: { owed, heard } } }
    const [all] = sent(server({ kind: 'person', told: { type: 'exported', ask: '2', exported } }))
    for (const text of [opened ?? '', all ?? '']) {
      expect(text.length).toBeGreaterThan(800_000)
      expect(text.length).toBeLessThanOrEqual(MAX_LENGTH_TO_CLIENT)
      expect(client({ kind: 'frame', frame: text })).toMatchObject([{ kind: 'person' }])
    }
  })
})

function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

function aCard(n: number): PersonCard {
  const shown = { name: '"'.repeat(32), avatar: { drawing: 'hedgehog', colour: 'orange' } } as const
  return { id: uuid(n), number: 2_000_000_000, shown }
}

/** Filled by what people can ask, as far as that goes; the lists of others by hand. */
function longestPerson(): OwnPerson {
  const people = somePeople('ann', ...Array.from({ length: PERSON_LIMITS.conversations }, (_, n) => `p${n}`))
  for (let n = 0; n < PERSON_LIMITS.playlists; n++)
    people.asks('ann', { type: 'playlist-create', name: '"'.repeat(64) })
  const items = Array.from({ length: 50 }, () => ({ durationSec: 100, content: { address: 'a', title: '"b"' } }))
  for (const { id } of people.own('ann').playlists) {
    while (people.asks('ann', { type: 'playlist-add', playlistId: id, items }) !== 'playlist-full');
  }
  for (let n = 0; n < PERSON_LIMITS.messagesEach; n++) {
    for (let other = 0; other < 10; other++) {
      people.asks(`p${other}`, { type: 'write-message', whom: whom('ann'), text: '"'.repeat(90) })
    }
  }
  for (let n = 0; n < PERSON_LIMITS.history; n++) {
    people.decide('ann', {
      type: 'note-played',
      played: {
        id: uuid(n),
        number: 1,
        atMs: 1.7e12,
        skipped: false,
        score: { up: 1, down: 1, grabs: 1, listeners: 99 },
        room: { code: 'k7m2qp', title: '"'.repeat(254) },
        content: { address: 'a'.repeat(2_000), title: '"'.repeat(300) },
      },
    })
  }
  const own = people.own('ann')
  expect(own.id).toBe(idOf('ann'))
  const requests = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ bond: uuid(n), person: aCard(n), atMs: 1.7e12 }))
  const preferences = Object.fromEntries(
    Array.from({ length: PERSON_LIMITS.preferences }, (_, n) => [`k${n}`, '"'.repeat(PERSON_LIMITS.preferenceLength)]),
  )
  return {
    ...own,
    friends: requests(PERSON_LIMITS.friends).map(({ bond, person }) => ({
      bonds: [bond, bond],
      person,
      sinceMs: 1.7e12,
    })),
    asked: requests(PERSON_LIMITS.friends),
    asking: requests(PERSON_LIMITS.requests),
    blocked: requests(PERSON_LIMITS.blocked).map(({ person, atMs }) => ({ person, atMs })),
    preferences: Object.fromEntries(
      Array.from({ length: PERSON_LIMITS.preferenceDialects }, (_, n) => [`d${n}`, preferences]),
    ),
  }
}

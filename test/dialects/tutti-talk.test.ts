/** What crosses our own wire beside commands and events: questions, lines for some, signals, reasons. */
import { describe, expect, it } from 'vitest'
import { refuse } from '../../src/core/room/refusal'
import { tuttiClient, tuttiServer } from '../../src/dialects'
import type { ClientInput, ClientOutput } from '../../src/dialects/client-dialect'
import type { ServerInput, ServerOutput } from '../../src/dialects/server-dialect'
import { aRoom, CREATE } from '../core/room/a-room'

const SERVER = 'https://tutti.example'
const room = (() => {
  const made = aRoom()
  made.ask(CREATE, { kind: 'identity', identity: 'ada' })
  made.joins('ada')
  return made.room()
})()
const MEMBER = room.members[0]?.id ?? ''
const DOOR = { kind: 'code', code: room.code } as const

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
  return (...inputs: readonly Input[]): Output[] => {
    const all: Output[] = []
    for (const input of inputs) {
      const stepped = dialect.step(session, input, 5_000)
      session = stepped.session
      all.push(...stepped.outputs)
    }
    return all
  }
}
const aServer = () => aMachine<ServerInput, ServerOutput>(tuttiServer)
const aClient = () => aMachine<ClientInput, ClientOutput>(tuttiClient)
const frame = (value: object) => ({ kind: 'frame', frame: JSON.stringify(value) }) as const
const said = (outputs: readonly (ServerOutput | ClientOutput)[]): unknown[] =>
  outputs.flatMap((output) => (output.kind === 'send' ? [JSON.parse(String(output.frame))] : []))

const GREETED: ServerInput[] = [
  frame({ type: 'hello', v: 1 }),
  { kind: 'identified', ask: 'hello', identity: 'ada', token: 'token', isNew: false },
]
const SEATED: ServerInput[] = [
  ...GREETED,
  frame({ type: 'enter', ask: 'e', door: DOOR }),
  { kind: 'entered', ask: 'e', memberId: MEMBER, room },
]
const IN_ROOM: ClientInput[] = [
  { kind: 'join', server: SERVER, wish: { door: DOOR } },
  { kind: 'opened' },
  frame({ type: 'welcome', v: 1, token: 'token' }),
  frame({ type: 'entered', ask: 'enter', memberId: MEMBER, room }),
]
const INVITE = { type: 'make-invite', role: 'member', forMs: 60_000 } as const
const LIST = { type: 'list-rooms' } as const

describe('questions', () => {
  it('[W33] from a seat each is put to the server, and answered under its ask', () => {
    const server = aServer()
    server(...SEATED)
    expect(server(frame({ type: 'question', ask: 'q', question: INVITE }))).toEqual([
      { kind: 'question', ask: 'q', question: INVITE },
    ])
    const answer = { type: 'invite', invite: 'text', endsAtMs: 1 } as const
    expect(said(server({ kind: 'answered', ask: 'q', answer }))).toEqual([{ type: 'answer', ask: 'q', answer }])
  })

  it('[W33] outside only the public list is told, and before the welcome nothing', () => {
    const stranger = aServer()
    expect(said(stranger(frame({ type: 'question', ask: 'q', question: LIST })))).toMatchObject([{ code: 'bad-frame' }])
    stranger(...GREETED)
    expect(said(stranger(frame({ type: 'question', ask: 'q', question: INVITE })))).toMatchObject([
      { type: 'refused', ask: 'q', code: 'not-in-room' },
    ])
    expect(stranger(frame({ type: 'question', ask: 'q', question: LIST }))).toMatchObject([{ kind: 'question' }])
  })

  it('[W33] the client asks from its room, and hands on what is answered or refused', () => {
    const client = aClient()
    expect(client({ kind: 'question', ask: 'q', question: INVITE })).toMatchObject([
      { kind: 'refused', ask: 'q', refusal: { code: 'not-in-room' } },
    ])
    client(...IN_ROOM)
    expect(said(client({ kind: 'question', ask: 'q', question: INVITE }))).toEqual([
      { type: 'question', ask: 'q', question: INVITE },
    ])
    const answer = { type: 'aliases', aliases: ['movie-night'] } as const
    expect(client(frame({ type: 'answer', ask: 'q', answer }))).toEqual([{ kind: 'answered', ask: 'q', answer }])
  })

  it('[W36] a client that only wants to ask says hello, asks, and goes into no room', () => {
    const client = aClient()
    client({ kind: 'ask-outside', server: SERVER, ask: 'q', question: LIST, token: 'mine' })
    const opened = client({ kind: 'opened' })
    expect(said(opened)).toEqual([{ type: 'hello', v: 1, token: 'mine' }])
    expect(said(client(frame({ type: 'welcome', v: 1, token: 'mine' })))).toEqual([
      { type: 'question', ask: 'q', question: LIST },
    ])
    const answer = { type: 'rooms', rooms: [] } as const
    expect(client(frame({ type: 'answer', ask: 'q', answer }))).toEqual([{ kind: 'answered', ask: 'q', answer }])
  })
})

describe('talk', () => {
  it('[W34] a line for some is asked from a seat only', () => {
    const line = { type: 'write', ask: 'w', to: 'moderators', text: 'psst' }
    const server = aServer()
    server(...GREETED)
    expect(said(server(frame(line)))).toMatchObject([{ type: 'refused', ask: 'w', code: 'not-in-room' }])
    const seated = aServer()
    seated(...SEATED)
    expect(seated(frame(line))).toEqual([{ kind: 'write', ask: 'w', to: 'moderators', text: 'psst' }])
    const client = aClient()
    client(...IN_ROOM)
    expect(said(client({ kind: 'write', ask: 'w', to: 'moderators', text: 'psst' }))).toEqual([line])
  })

  it('[W34] typing and reactions from outside a room are dropped without a fault', () => {
    const server = aServer()
    server(...GREETED)
    const frames = [frame({ type: 'typing', isTyping: true }), frame({ type: 'react', emoji: '👏' })]
    expect(server(...frames)).toEqual([])
    const seated = aServer()
    seated(...SEATED)
    expect(seated(...frames)).toEqual([
      { kind: 'typing', isTyping: true },
      { kind: 'react', emoji: '👏' },
    ])
    expect(aClient()({ kind: 'typing', isTyping: true }, { kind: 'react', emoji: '👏' })).toEqual([])
  })

  it('[W34] what is told of them is read again as it was', () => {
    const client = aClient()
    client(...IN_ROOM)
    const line = { from: MEMBER, to: 'moderators', atMs: 5, text: 'psst' }
    const reactions = [{ memberId: MEMBER, emoji: '👏' }]
    const frames = [
      ...tuttiServer.tell({ kind: 'line', line }),
      ...tuttiServer.tell({ kind: 'typing', memberIds: [MEMBER] }),
      ...tuttiServer.tell({ kind: 'reactions', reactions }),
    ]
    expect(client(...frames.map((frame): ClientInput => ({ kind: 'frame', frame })))).toEqual([
      { kind: 'line', line },
      { kind: 'typing', memberIds: [MEMBER] },
      { kind: 'reactions', reactions },
    ])
  })

  it('[W35] why somebody had to go is told in the words of who decided it', () => {
    const server = aServer()
    server(...SEATED)
    const [unseated] = said(server({ kind: 'unseated', refusal: refuse('kicked', 'Too loud') }))
    expect(unseated).toEqual({ type: 'unseated', ...refuse('kicked'), reason: 'Too loud' })
    const client = aClient()
    client(...IN_ROOM)
    expect(client(frame(unseated as object))).toEqual([{ kind: 'unseated', refusal: refuse('kicked', 'Too loud') }])
  })

  it('[W37] the door takes a password, an invite, a program that says so, and any open room', () => {
    const wish = { door: { ...DOOR, password: 'sesame', invite: 'text' }, bot: true } as const
    const client = aClient()
    const [entering] = said(
      client({ kind: 'join', server: SERVER, wish }, { kind: 'opened' }, frame({ type: 'welcome', v: 1, token: 't' })),
    ).slice(1)
    const server = aServer()
    server(...GREETED)
    expect(server(frame(entering as object))).toEqual([{ kind: 'enter', ask: 'enter', ...wish }])
    const other = aServer()
    other(...GREETED)
    expect(other(frame({ type: 'enter', ask: 'e', door: { kind: 'any' } }))).toEqual([
      { kind: 'enter', ask: 'e', door: { kind: 'any' } },
    ])
  })
})

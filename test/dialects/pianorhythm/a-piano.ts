/** Sockets that speak PianoRhythm by hand at the real server: messages in, messages out, as plain values with the name of the member they carry. */
import { ChatMessageType } from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'
import { pianorhythmServer } from '../../../src/dialects/pianorhythm/server'
import { type CarriedInit, readMessage, writeMessage } from '../../../src/dialects/pianorhythm/wire'
import type { Attached } from '../../../src/server/links'
import { settle } from '../../doubles/manual-clock'
import { type AWire, aWire } from '../a-wire'

/** `is` is the member of the envelope; its fields lie beside it. */
export type Said = { readonly is: string; readonly requestId: string } & Readonly<Record<string, unknown>>

export type Piano = {
  readonly heard: readonly Said[]
  /** What came since this was asked last. */
  news(): Said[]
  say(message: CarriedInit, requestId?: string): Promise<void>
  frame(frame: Uint8Array | string): Promise<void>
  hangUp(): Promise<void>
  closedWith(): number | undefined
  /** The last of that kind. */
  last(is: string): Said
}

export const wire = (): Promise<AWire> => aWire(pianorhythmServer)

export async function aPiano(
  at: AWire,
  {
    path = '/api/websocket',
    headers = {},
    address = 'somewhere',
  }: { path?: string; headers?: Record<string, string>; address?: string } = {},
): Promise<Piano> {
  const heard: Said[] = []
  let seen = 0
  let code: number | undefined
  const end = {
    send: (frame: Uint8Array | string) => void heard.push(readSaid(frame)),
    close(closeCode: number) {
      code ??= closeCode
    },
  }
  const attached = at.host.server.accept(`ws://${address}${path}`, end, headers) as Attached
  await quiet()
  const give = async (frame: Uint8Array | string): Promise<void> => {
    attached.receive(frame)
    await quiet()
  }
  return {
    heard,
    news() {
      const news = heard.slice(seen)
      seen = heard.length
      return news
    },
    say: (message, requestId = '') => give(writeMessage(message, requestId)),
    frame: give,
    async hangUp() {
      attached.closed()
      await quiet()
    },
    closedWith: () => code,
    last: (is) => heard.findLast((said) => said.is === is) ?? { is: 'nothing', requestId: '' },
  }
}

/** Called so, by the part of the path that names people. */
export function aPianoCalled(at: AWire, name: string): Promise<Piano> {
  return aPiano(at, { path: `/api/websocket/${encodeURIComponent(JSON.stringify({ username: name, token: '' }))}` })
}

export function create(roomName: string, about: object = {}): CarriedInit {
  return { case: 'createRoomCommand', value: { roomName, ...about } }
}

export function join(roomName: string, password = ''): CarriedInit {
  return { case: 'joinRoomByName', value: { roomName, password } }
}

export function chat(message: string, messageType = ChatMessageType.USER_MESSAGE): CarriedInit {
  return { case: 'roomChatMessage', value: { message, messageType } }
}

/** Ann has made the room "My Piano Room", Ben has come in, and both have read what was told. */
export async function twoPianos(at: AWire, about: object = {}): Promise<{ ann: Piano; ben: Piano; code: string }> {
  const [ann, ben] = [await aPianoCalled(at, 'Ann'), await aPianoCalled(at, 'Ben')]
  await ann.say(create('My Piano Room', about))
  await ben.say(join('My Piano Room'))
  ann.news()
  ben.news()
  const { roomId } = ann.last('roomJoinedResponse')['roomInfo'] as { roomId: string }
  return { ann, ben, code: roomId }
}

export function userIdOf(piano: Piano): string {
  const { id } = piano.last('welcomeMessage')['userInfo'] as { id: string }
  return id
}

export function readSaid(frame: Uint8Array | string): Said {
  const message = readMessage(frame)
  if (!message || message.message.case === undefined) throw new Error('what the server said is no message')
  return { is: message.message.case, requestId: message.requestId, ...(plain(message.message.value) as object) }
}

/** Without what the library notes on its messages. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value]
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([name, field]) => name !== '$typeName' && field !== undefined)
  return Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]))
}

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await settle()
}

import { create, toBinary } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ServerMessage, ServerMessageSchema } from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'
import { readToServer } from '../../../src/dialects/pianorhythm/frames'
import { writeBatch, writeMessage } from '../../../src/dialects/pianorhythm/wire'
import published from '../../wire/fixtures/pianorhythm/published.json' with { type: 'json' }
import { chat, join } from './a-piano'

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
const said = (frame: Uint8Array) => readToServer(frame)?.asked.map((asked) => asked.said)

describe('what a client says', () => {
  it('[PR3] the examples of the page, which hold only the member, are read', () => {
    const read = Object.fromEntries(Object.entries(published).map(([name, hex]) => [name, said(bytesOf(hex))]))
    expect(read).toEqual({
      createRoomCommand: [
        {
          type: 'create',
          wish: {
            roomName: 'My Piano Room',
            roomType: 0,
            password: '',
            settings: {
              maxUsers: 10,
              allowChat: true,
              allowGuests: true,
              autoModeration: false,
              requirePro: false,
              welcomeMessage: '',
            },
          },
        },
      ],
      joinRoomByName: [{ type: 'join', room: 'My Piano Room', password: '' }],
      roomChatMessage: [{ type: 'chat', text: 'hello' }],
      midiMessage: [{ type: 'midi', data: 'kDxk', timestamp: 1_767_290_000_000 }],
      serverCommand: [{ type: 'lobby' }],
      avatarCommand: [{ type: 'status', status: 0 }],
    })
  })

  it('[PR3] the member decides, whatever messageType says', () => {
    const odd: ServerMessage = create(ServerMessageSchema, { messageType: 77 as never, message: join('a room') })
    expect(said(toBinary(ServerMessageSchema, odd))).toEqual([{ type: 'join', room: 'a room', password: '' }])
  })

  it('[PR4] unknown fields and members are skipped', () => {
    // Field 50, a text; then the known one; then an envelope with nothing but an unknown member.
    expect(said(Uint8Array.of(0x92, 0x03, 1, 97, ...writeMessage(join('x'))))).toEqual([
      { type: 'join', room: 'x', password: '' },
    ])
    expect(readToServer(Uint8Array.of(0x92, 0x03, 1, 97))).toEqual({ asked: [], unread: [] })
    expect(readToServer(writeMessage({ case: 'welcomeMessage', value: { socketId: 'mine' } }))).toEqual({
      asked: [],
      unread: [],
    })
  })

  it('[PR16] broken bytes and text are no message; what is out of its bounds says where', () => {
    expect(readToServer('{"type":"hello"}')).toBeUndefined()
    expect(readToServer(Uint8Array.of(0xff, 0xff, 0xff))).toBeUndefined()
    expect(readToServer(writeMessage(join('x'.repeat(255)), 'r1'))).toEqual({
      asked: [],
      unread: [{ requestId: 'r1', why: 'joinRoomByName: roomName is not what it may be' }],
    })
  })

  it('[PR16] whatever bytes come, there is an answer and no exception', () => {
    const whole = writeBatch([join('a room'), chat('hello')])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: whole.length }), (bytes, cut) => {
        readToServer(bytes)
        readToServer(Uint8Array.of(...whole.subarray(0, cut), ...bytes))
      }),
    )
    // Deeper than any stack: a batch in a batch in a batch.
    let deep = Uint8Array.of()
    for (let depth = 0; depth < 4_000; depth += 1)
      deep = Uint8Array.of(0xb2, 0x07, ...lengthOf(deep.length + 1), 0x0a, ...deep)
    expect(() => readToServer(deep.subarray(0, 16_000))).not.toThrow()
  })

  it('[PR17] a time of 2^53 - 1 is read as it is, a larger one is refused and not rounded', () => {
    const at = (timestamp: bigint) => readToServer(writeMessage({ case: 'heartbeatMessage', value: { timestamp } }))
    expect(at(9_007_199_254_740_991n)?.asked[0]?.said).toEqual({ type: 'heartbeat', timestamp: 9_007_199_254_740_991 })
    expect(at(9_007_199_254_740_993n)).toEqual({
      asked: [],
      unread: [{ requestId: '', why: 'heartbeatMessage: timestamp is not what it may be' }],
    })
  })

  it('[PR26] a batch is its messages in order, up to 64', () => {
    expect(said(writeBatch([join('a'), chat('b')]))).toEqual([
      { type: 'join', room: 'a', password: '' },
      { type: 'chat', text: 'b' },
    ])
    const many = readToServer(writeBatch(Array.from({ length: 65 }, () => chat('b'))))
    expect(many?.asked).toHaveLength(64)
    expect(many?.unread).toEqual([{ requestId: '', why: 'a batch has at most 64 messages' }])
  })
})

function lengthOf(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128)
  return [...bytes, rest]
}

/**
 * A scripted PianoRhythm client as somebody writes one from the published page: frames that hold only a oneof member, a heartbeat every 30 s, requests
 * matched by id, five attempts to come back, each twice as late. Its numbers can be exchanged for those of the server it is to meet.
 */
import { type Channel, type Dial, dialReal, type Frame } from '../channel'
import { type Fields, fieldsOf, isFields, listOf, numberOf, readFields, textOf } from '../json'
import { ownTime, realTime, type Time } from '../time'
import { createWire, entries, memberOf, type Numbers } from './wire'

export type PianoRhythmClientOptions = {
  /** `ws://HOST/api/websocket`, or with the identity's segment behind it. */
  url: string
  token?: string
  numbers?: Numbers
  time?: Time
  dial?: Dial
}
export type PianoRhythmClient = ReturnType<typeof createPianoRhythmClient>
export type User = { readonly id: string; readonly name: string; readonly status: number }

const HEARTBEAT_MS = 30_000
const WELCOME_WITHIN_MS = 5000
const FIRST_RETRY_MS = 1000
const ATTEMPTS = 5
const NOTE_ON = 0x90
const NOTE_OFF = 0x80

export function createPianoRhythmClient(options: PianoRhythmClientOptions) {
  const { dial = dialReal } = options
  const time = ownTime(options.time ?? realTime)
  const wire = createWire(options.numbers)
  const told: Fields[] = []
  const stumbles: string[] = []
  const errors: string[] = []
  const closes: number[] = []
  const answers = new Map<string, Fields>()
  const lines: { from: string; text: string; type: number }[] = []
  const whispers: { from: string; text: string }[] = []
  const notes: { userId: string; data: readonly number[]; timestamp: unknown; heardMs: number }[] = []
  const users = new Map<string, User>()
  const friendRequests: { userId: string; action: number }[] = []
  let channel: Channel | undefined
  let isOpen = false
  let isOver = false
  /** Greeted, or waited long enough. */
  let isReady = false
  let attempts = 0
  let lastRequest = 0
  let me: User | undefined
  let socketId: string | undefined
  let room: { id: string; name: string } | undefined
  let refused: string | undefined
  let wanted: Fields | undefined
  let heartbeatsBack = 0
  let forgetWait = (): void => {}
  let stopHeartbeat = (): void => {}

  const say = (message: Fields): void => {
    if (isOpen) channel?.send(wire.encode(message))
  }
  const enter = (): void => {
    forgetWait()
    isReady = true
    if (wanted) say(wanted)
  }
  const want = (message: Fields): void => {
    wanted = message
    if (isOpen && isReady) say(message)
  }
  const connect = (): void => {
    const headers = options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }
    channel = dial(
      options.url,
      {
        onOpen() {
          isOpen = true
          stopHeartbeat = time.every(HEARTBEAT_MS, () =>
            say({ heartbeatMessage: { timestamp: Math.floor(time.nowMs()) } }),
          )
          forgetWait = time.after(WELCOME_WITHIN_MS, enter)
        },
        onFrame: hear,
        onClose(code) {
          closes.push(code)
          isOpen = false
          isReady = false
          channel = undefined
          me = undefined
          forgetWait()
          stopHeartbeat()
          if (isOver || attempts >= ATTEMPTS) return
          time.after(FIRST_RETRY_MS * 2 ** attempts, connect)
          attempts++
        },
      },
      headers,
    )
  }

  const userOf = (value: unknown): User => {
    const { user_id: id, username: name, status } = fieldsOf(value)
    return { id: textOf(id) ?? '', name: textOf(name) ?? '', status: numberOf(status) ?? 0 }
  }
  const hear = (frame: Frame): void => {
    if (typeof frame === 'string') {
      const error = readFields(frame)
      if (error?.['type'] === 'error') errors.push(textOf(error['message']) ?? '')
      else stumbles.push(`A text frame: ${frame.slice(0, 80)}`)
      return
    }
    const message = wire.decode(frame)
    if (!message) return void stumbles.push(`No protobuf: ${Buffer.from(frame).toString('hex').slice(0, 80)}`)
    told.push(message)
    const { requestId } = message
    if (typeof requestId === 'string') answers.set(requestId, message)
    const [member, content] = memberOf(message) ?? ['', {}]
    switch (member) {
      case 'welcome':
        me = userOf(content['user_info'])
        socketId = textOf(content['socket_id'])
        return enter()
      case 'roomJoinedResponse': {
        if (content['success'] !== true) {
          refused = textOf(content['error_message']) ?? ''
          return
        }
        const info = content['room_info']
        if (!isFields(info)) stumbles.push('A room without its info.')
        refused = undefined
        room = { id: textOf(fieldsOf(info)['room_id']) ?? '', name: textOf(fieldsOf(info)['room_name']) ?? '' }
        users.clear()
        for (const user of listOf(content['current_users']).map(userOf)) users.set(user.id, user)
        return
      }
      case 'userJoinedRoom': {
        const user = userOf(content['user_info'])
        return void users.set(user.id, user)
      }
      case 'userLeftRoom':
        return void users.delete(userOf(content['user_info']).id)
      case 'userStatusUpdate': {
        const user = users.get(textOf(content['user_id']) ?? '')
        return user ? void users.set(user.id, { ...user, status: numberOf(content['status']) ?? 0 }) : undefined
      }
      case 'roomChatMessage':
        return void lines.push({
          from: textOf(content['username']) ?? users.get(textOf(content['user_id']) ?? '')?.name ?? '',
          text: textOf(content['message']) ?? '',
          type: numberOf(content['message_type']) ?? 0,
        })
      case 'privateMessage':
        return void whispers.push({
          from: textOf(content['from_user_id']) ?? '',
          text: textOf(content['message']) ?? '',
        })
      case 'midiMessage': {
        const { midi_data: data, timestamp, user_id: userId } = content
        if (typeof timestamp === 'bigint') stumbles.push(`A time that no number holds: ${timestamp}`)
        if (!(data instanceof Uint8Array)) return void stumbles.push('A note without its bytes.')
        return void notes.push({ userId: textOf(userId) ?? '', data: [...data], timestamp, heardMs: time.nowMs() })
      }
      case 'friendRequest':
        return void friendRequests.push({
          userId: textOf(content['target_user_id']) ?? '',
          action: numberOf(content['action']) ?? 0,
        })
      case 'heartbeatMessage':
        heartbeatsBack++
        return
      case 'errorMessage':
        return void errors.push(textOf(content['error_message']) ?? '')
      default:
    }
  }
  const midi = (data: readonly number[]): void =>
    say({ midiMessage: { midi_data: Uint8Array.from(data), timestamp: Math.floor(time.nowMs()) } })

  return {
    told,
    stumbles,
    errors,
    closes,
    connect,
    create: (name: string, { password = '', settings = {} }: { password?: string; settings?: Fields } = {}): void =>
      want({
        createRoomCommand: {
          room_name: name,
          password,
          settings: { max_users: 10, allow_chat: true, allow_guests: true, ...settings },
        },
      }),
    join: (name: string, password = ''): void => want({ joinRoomByName: { room_name: name, password } }),
    /** The other ways in that the page names. */
    command: (commandType: number, parameters: Readonly<Record<string, string>> = {}): void =>
      say({ serverCommand: { commandType, parameters: entries(parameters) } }),
    joinLobby: (): void => want({ joinNextAvailableLobby: {} }),
    leaveRoom(): void {
      wanted = undefined
      room = undefined
      say({ leaveRoom: {} })
    },
    stop(): void {
      isOver = true
      channel?.close()
      time.forgetAll()
    },
    loseLine: (): void => channel?.close(),
    say,
    sayRaw: (frame: Frame): void => channel?.send(frame),
    chat: (message: string): void => say({ roomChatMessage: { message } }),
    whisper: (target_user_id: string, message: string): void => say({ privateMessage: { target_user_id, message } }),
    press: (note: number, velocity = 100, channel = 0): void => midi([NOTE_ON | channel, note, velocity]),
    release: (note: number, channel = 0): void => midi([NOTE_OFF | channel, note, 0]),
    midi,
    status: (status: number): void => say({ userStatusUpdate: { status } }),
    moveAvatar: (): void => say({ avatarCommand: { action: 0, avatar_data: { x: '1', y: '2' } } }),
    befriend: (target_user_id: string, action = 0): void => say({ friendRequest: { target_user_id, action } }),
    /** Asks under an id of its own; the answer is found by it. */
    askRoomInfo(room_id: string): string {
      const requestId = `r${++lastRequest}`
      say({ requestId, getRoomInfo: { room_id } })
      return requestId
    },
    answerTo: (requestId: string): Fields | undefined => answers.get(requestId),

    isIn: (): boolean => isOpen && room !== undefined,
    room: (): { readonly id: string; readonly name: string } | undefined => room,
    refused: (): string | undefined => refused,
    me: (): User | undefined => me,
    socketId: (): string | undefined => socketId,
    members: (): readonly User[] => [...users.values()],
    lines: (): readonly { from: string; text: string; type: number }[] => lines,
    whispers: (): readonly { from: string; text: string }[] => whispers,
    friendRequests: (): readonly { userId: string; action: number }[] => friendRequests,
    notes: () => notes,
    /** What still sounds, by user and key. */
    held(): readonly string[] {
      const down = new Set<string>()
      for (const { userId, data } of notes) {
        const [kind = 0, key = 0, velocity = 0] = data
        if ((kind & 0xf0) === NOTE_ON && velocity > 0) down.add(`${userId} ${key}`)
        else if ((kind & 0xf0) === NOTE_OFF || (kind & 0xf0) === NOTE_ON) down.delete(`${userId} ${key}`)
      }
      return [...down]
    },
    heartbeatsBack: (): number => heartbeatsBack,
  }
}

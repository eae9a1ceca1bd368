/**
 * A scripted OpenWatchParty client that behaves on the wire as the script in the Jellyfin page does: `auth` without a token unless it has one, `room: ""`
 * while it has none, list and ping on opening, `ready` after joining, states once a second as host, and its own reckoning of the server's clock.
 */
import { type Channel, type Dial, dialReal } from '../channel'
import { type Fields, fieldsOf, listOf, numberOf, readFields, textOf } from '../json'
import { ownTime, realTime, type Time } from '../time'

export type OpenWatchPartyClientOptions = {
  /** `ws://HOST:3000/ws` */
  url: string
  name?: string
  token?: string
  mediaId?: string
  origin?: string
  time?: Time
  dial?: Dial
}
export type OpenWatchPartyClient = ReturnType<typeof createOpenWatchPartyClient>
type RoomShown = {
  readonly id: string
  readonly name: string
  readonly count: number
  readonly media_id: string | null
}

const PING_MS = 10_000
const STATE_MS = 1000
const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000
const SAMPLES = 8
const SMOOTHING = 0.4

export function createOpenWatchPartyClient(options: OpenWatchPartyClientOptions) {
  const { name = 'Ada', mediaId, dial = dialReal } = options
  const time = ownTime(options.time ?? realTime)
  const told: Fields[] = []
  const stumbles: string[] = []
  const errors: string[] = []
  const closes: number[] = []
  const lines: { from: string; text: string }[] = []
  const samples: { rttMs: number; offsetMs: number }[] = []
  let channel: Channel | undefined
  let isOpen = false
  let isOver = false
  let retryMs = FIRST_RETRY_MS
  let me: string | undefined
  let room: { id: string; hostId: string; name: string; mediaId: string | null } | undefined
  let closedBecause: string | undefined
  let count = 0
  let rooms: readonly RoomShown[] = []
  let offsetMs = 0
  let hasOffset = false
  let isAuthed = false
  /** Where the room is, in the server's time; as host, where its own player is. */
  let line = { positionSec: 0, serverMs: time.nowMs(), isPlaying: false }
  let stops: (() => void)[] = []

  const serverNow = (nowMs = time.nowMs()): number => nowMs + offsetMs
  const position = (nowMs = time.nowMs()): number =>
    line.positionSec + (line.isPlaying ? Math.max(0, serverNow(nowMs) - line.serverMs) / 1000 : 0)
  const isHost = (): boolean => room !== undefined && room.hostId === me
  const playState = (): string => (line.isPlaying ? 'playing' : 'paused')
  const say = (type: string, payload?: Fields): void => {
    if (!isOpen) return
    const sender = me === undefined ? {} : { client: me }
    channel?.send(
      JSON.stringify({
        type,
        room: room?.id ?? '',
        ...sender,
        ...(payload ? { payload } : {}),
        ts: Math.floor(time.nowMs()),
      }),
    )
  }
  const ping = (): void => say('ping', { client_ts: Math.floor(time.nowMs()) })
  const tellState = (): void => {
    if (isHost()) say('state_update', { position: position(), play_state: playState() })
  }
  const act = (action: string, positionSec: number, isPlaying: boolean): void => {
    line = { positionSec, serverMs: serverNow(), isPlaying }
    if (!isHost()) return
    say('player_event', { action, position: positionSec, play_state: playState() })
    tellState()
  }

  const connect = (): void => {
    channel = dial(
      options.url,
      {
        onOpen() {
          isOpen = true
          retryMs = FIRST_RETRY_MS
          say('auth', options.token === undefined ? { user_name: name, user_id: '1f0c' } : { token: options.token })
          say('list_rooms')
          ping()
          stops = [
            time.every(PING_MS, ping),
            time.every(STATE_MS, () => {
              if (line.isPlaying) tellState()
            }),
          ]
        },
        onFrame: (frame) => hear(String(frame)),
        onClose(code) {
          closes.push(code)
          isOpen = false
          channel = undefined
          for (const stop of stops.splice(0)) stop()
          if (isOver) return
          time.after(retryMs, connect)
          retryMs = Math.min(LAST_RETRY_MS, retryMs * 2)
        },
      },
      options.origin === undefined ? {} : { Origin: options.origin },
    )
  }

  const reckon = (message: Fields): void => {
    const sentMs = numberOf(fieldsOf(message['payload'])['client_ts'])
    const serverMs = numberOf(message['server_ts'])
    if (sentMs === undefined || serverMs === undefined) return void stumbles.push('A pong without its times.')
    const rttMs = time.nowMs() - sentMs
    samples.push({ rttMs, offsetMs: serverMs + rttMs / 2 - time.nowMs() })
    if (samples.length > SAMPLES) samples.shift()
    const best = samples.reduce((least, one) => (one.rttMs < least.rttMs ? one : least))
    offsetMs = hasOffset ? offsetMs + SMOOTHING * (best.offsetMs - offsetMs) : best.offsetMs
    hasOffset = true
  }
  const follow = (message: Fields, payload: Fields): void => {
    const positionSec = payload['position']
    const serverMs = message['server_ts']
    if (typeof positionSec !== 'number' || typeof serverMs !== 'number')
      return void stumbles.push(`A ${String(message['type'])} of wrong types: ${JSON.stringify(message)}`)
    const { action, play_state: state, target_server_ts: target } = payload
    if (message['type'] === 'state_update') {
      line = { positionSec, serverMs, isPlaying: state === 'playing' }
      return
    }
    if (typeof target !== 'number') stumbles.push('A player_event without target_server_ts.')
    // Only a play waits for its instant; the rest counts at once, at the host's own position.
    if (action === 'play') line = { positionSec, serverMs: numberOf(target) ?? serverMs, isPlaying: true }
    else line = { positionSec, serverMs: serverNow(), isPlaying: action === 'seek' ? line.isPlaying : false }
  }
  const hear = (frame: string): void => {
    const message = readFields(frame)
    if (!message) return void stumbles.push(`No JSON object: ${frame.slice(0, 80)}`)
    told.push(message)
    const { type } = message
    const payload = fieldsOf(message['payload'])
    if (room && type !== 'room_state' && textOf(message['room']) && message['room'] !== room.id) return
    switch (type) {
      case 'client_hello':
        me = textOf(payload['client_id']) ?? textOf(message['client'])
        return
      case 'room_list':
        if (!Array.isArray(message['payload'])) stumbles.push('A list of rooms that is none.')
        rooms = listOf(message['payload']) as readonly RoomShown[]
        return
      case 'auth_success':
        isAuthed = true
        return
      case 'room_state': {
        const state = fieldsOf(payload['state'])
        room = {
          id: textOf(message['room']) ?? '',
          hostId: textOf(payload['host_id']) ?? '',
          name: textOf(payload['name']) ?? '',
          mediaId: textOf(payload['media_id']) ?? null,
        }
        count = numberOf(payload['participant_count']) ?? 0
        const positionSec = numberOf(state['position'])
        if (positionSec === undefined) stumbles.push(`A room_state of wrong types: ${frame}`)
        line = {
          positionSec: positionSec ?? 0,
          serverMs: numberOf(message['server_ts']) ?? serverNow(),
          isPlaying: state['play_state'] === 'playing',
        }
        if (!isHost()) say('ready', { room: room.id, media_id: room.mediaId ?? mediaId ?? '' })
        return
      }
      case 'participants_update':
      case 'client_left':
        count = numberOf(payload['participant_count']) ?? count
        if (payload['participant_count'] !== undefined && typeof payload['participant_count'] !== 'number')
          stumbles.push(`A ${type} of wrong types: ${frame}`)
        return
      case 'room_closed':
        closedBecause = textOf(payload['reason']) ?? ''
        room = undefined
        line = { ...line, isPlaying: false }
        return
      case 'player_event':
      case 'state_update':
        return follow(message, payload)
      case 'pong':
        return reckon(message)
      case 'chat_message':
        return void lines.push({ from: textOf(payload['username']) ?? '', text: textOf(payload['text']) ?? '' })
      case 'error':
        return void errors.push(textOf(payload['message']) ?? '')
      default:
    }
  }

  return {
    told,
    stumbles,
    errors,
    closes,
    connect,
    create: (startSec = 0): void =>
      say('create_room', {
        start_pos: startSec,
        ...(mediaId === undefined ? {} : { media_id: mediaId }),
        user_name: name,
      }),
    join(id: string): void {
      if (!isOpen) return
      const frame = {
        type: 'join_room',
        room: id,
        client: me,
        payload: { user_name: name },
        ts: Math.floor(time.nowMs()),
      }
      channel?.send(JSON.stringify(frame))
    },
    leaveRoom(): void {
      say('leave_room', {})
      room = undefined
    },
    stop(): void {
      isOver = true
      channel?.close()
      time.forgetAll()
    },
    loseLine: (): void => channel?.close(),
    sayRaw: (frame: string): void => channel?.send(frame),
    play: (): void => act('play', position(), true),
    pause: (): void => act('pause', position(), false),
    seek: (positionSec: number): void => act('seek', positionSec, line.isPlaying),
    /** As when its player runs dry: this one action goes without a play_state. */
    buffer: (): void => say('player_event', { action: 'buffering', position: position() }),
    chat: (text: string): void => say('chat_message', { text }),
    list: (): void => say('list_rooms'),
    log: (message: string): void => say('client_log', { category: 'SYNC', message }),

    me: (): string | undefined => me,
    isOpen: (): boolean => isOpen,
    isAuthed: (): boolean => isAuthed,
    isIn: (): boolean => room !== undefined,
    room: (): { readonly id: string; readonly name: string; readonly mediaId: string | null } | undefined => room,
    rooms: (): readonly RoomShown[] => rooms,
    isHost,
    position,
    playing: (): boolean => line.isPlaying && serverNow() >= line.serverMs,
    serverNow,
    current: (): string | null => room?.mediaId ?? null,
    /** The wire carries only how many there are. */
    members: (): number => count,
    lines: (): readonly { from: string; text: string }[] => lines,
    closedBecause: (): string | undefined => closedBecause,
  }
}

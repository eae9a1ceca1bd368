/**
 * A scripted OpenSyncParty client, with a video that runs by the clock: the web overlay (a `state_update` of nothing but its latency after every pong) or
 * the web plugin (its full state after every pong). Both come back 3 s after a loss and create or join again under the same ids. What it knows, it was told.
 */
import { type Channel, type Dial, dialReal } from '../channel'
import { type Fields, fieldsOf, listOf, numberOf, readFields, textOf } from '../json'
import { ownTime, realTime, type Time } from '../time'
import { createVideo } from '../video'

export type OpenSyncPartyClientOptions = {
  /** `ws://HOST/OpenSyncParty/ws` */
  url: string
  kind?: 'overlay' | 'plugin'
  /** Its own id, free text. */
  id?: string
  name?: string
  room?: string
  mediaUrl?: string
  options?: Fields
  authToken?: string
  inviteToken?: string
  time?: Time
  dial?: Dial
}
export type OpenSyncPartyClient = ReturnType<typeof createOpenSyncPartyClient>
type Participant = { readonly client_id: string; readonly name: string | null; readonly is_host: boolean }

const PING_MS = 3000
const STATE_MS = 5000
const RECONNECT_MS = 3000
const DEAF_TO_ITSELF_MS = 500
const STATE_OFF_SEC = 2
const ENTRY_OFF_SEC = { overlay: 1, plugin: 1.5 }

export function createOpenSyncPartyClient(options: OpenSyncPartyClientOptions) {
  const { kind = 'overlay', name = 'Ada', room = 'movie-night', dial = dialReal } = options
  const time = ownTime(options.time ?? realTime)
  const video = createVideo(time)
  const me = options.id ?? `client-${Math.floor(time.nowMs())}-1`
  const told: Fields[] = []
  const stumbles: string[] = []
  const errors: string[] = []
  const closes: number[] = []
  let channel: Channel | undefined
  let isOpen = false
  let wanted: 'create' | 'join' | undefined
  let hostId: string | undefined
  let mediaUrl: string | null = null
  let people: readonly Participant[] = []
  let rttMs: number | undefined
  let deafUntilMs = -Infinity
  let stops: (() => void)[] = []

  const isHost = (): boolean => hostId === me
  const say = (type: string, payload: Fields): void => {
    if (isOpen) channel?.send(JSON.stringify({ type, room, client: me, payload, ts: Math.floor(time.nowMs()) }))
  }
  const playState = (): string => (video.isPaused() ? 'paused' : 'playing')
  const tellState = (): void => say('state_update', { position: video.positionSec(), play_state: playState() })
  const enter = (): void => {
    const { authToken: auth_token, inviteToken: invite_token } = options
    const tokens = { ...(auth_token ? { auth_token } : {}), ...(invite_token ? { invite_token } : {}) }
    if (wanted === 'join') say('join_room', { name, ...tokens })
    else
      say('create_room', {
        media_url: options.mediaUrl ?? 'https://example.org/a.mp4',
        start_pos: video.positionSec(),
        name,
        options: options.options ?? { free_play: false },
        ...tokens,
      })
  }
  const connect = (): void => {
    channel = dial(options.url, {
      onOpen() {
        isOpen = true
        enter()
        stops = [
          time.every(PING_MS, () => say('ping', { client_ts: Math.floor(time.nowMs()) })),
          time.every(STATE_MS, () => {
            if (kind === 'overlay' && isHost() && !video.isPaused()) tellState()
          }),
        ]
      },
      onFrame: (frame) => hear(String(frame)),
      onClose(code) {
        closes.push(code)
        isOpen = false
        channel = undefined
        for (const stop of stops.splice(0)) stop()
        if (wanted) time.after(RECONNECT_MS, connect)
      },
    })
  }
  const act = (action: string, positionSec: number, isPaused: boolean): void => {
    video.set(positionSec, isPaused)
    if (isHost() && time.nowMs() >= deafUntilMs) say('player_event', { action, position: positionSec })
  }
  /** Moves the video without taking that for a deed of the person. */
  const obey = (positionSec: number, isPaused: boolean): void => {
    deafUntilMs = time.nowMs() + DEAF_TO_ITSELF_MS
    video.set(positionSec, isPaused)
  }
  const moveIfOff = (positionSec: number, bySec: number, isPaused: boolean): void => {
    const isOff = Math.abs(video.positionSec() - positionSec) > bySec
    obey(isOff ? positionSec : video.positionSec(), isPaused)
  }

  const hear = (frame: string): void => {
    const message = readFields(frame)
    if (!message) return void stumbles.push(`No JSON object: ${frame.slice(0, 80)}`)
    told.push(message)
    for (const key of ['type', 'room', 'client', 'payload', 'ts', 'server_ts'])
      if (!(key in message)) stumbles.push(`${String(message['type'])} lacks ${key}.`)
    const payload = fieldsOf(message['payload'])
    const { position, play_state: state } = payload
    switch (message['type']) {
      case 'client_hello':
        return void stumbles.push('A client_hello: it takes this for the next generation.')
      case 'room_state': {
        hostId = textOf(payload['host_id'])
        mediaUrl = textOf(payload['media_url']) ?? null
        people = listOf(payload['participants']) as readonly Participant[]
        const at = numberOf(fieldsOf(payload['state'])['position'])
        // The play state in it is not applied.
        if (at !== undefined) moveIfOff(at, ENTRY_OFF_SEC[kind], video.isPaused())
        return
      }
      case 'participants_update':
        people = listOf(payload['participants']) as readonly Participant[]
        if (payload['participant_count'] !== people.length) stumbles.push('The count is not that of the participants.')
        return
      case 'host_change':
        hostId = textOf(payload['host_id'])
        return
      case 'player_event':
        if (payload['action'] === 'seek' && typeof position === 'number') return obey(position, video.isPaused())
        // The position of a play or a pause is not used.
        if (payload['action'] === 'play' || payload['action'] === 'pause')
          obey(video.positionSec(), payload['action'] === 'pause')
        return
      case 'state_update':
        if (typeof position === 'number' && typeof state === 'string')
          moveIfOff(position, STATE_OFF_SEC, state !== 'playing')
        return
      case 'pong': {
        const sentMs = numberOf(payload['client_ts'])
        if (sentMs === undefined) return void stumbles.push('A pong without client_ts.')
        rttMs = time.nowMs() - sentMs
        if (!isHost()) return
        if (kind === 'overlay') say('state_update', { reported_latency: rttMs })
        else tellState()
        return
      }
      case 'error':
        return void errors.push(textOf(payload['message']) ?? textOf(payload['code']) ?? '')
      default:
    }
  }

  return {
    told,
    stumbles,
    errors,
    closes,
    create(): void {
      wanted = 'create'
      if (isOpen) enter()
      else connect()
    },
    join(): void {
      wanted = 'join'
      if (isOpen) enter()
      else connect()
    },
    /** There is no word for it: the socket is closed. */
    leave(): void {
      wanted = undefined
      channel?.close()
    },
    stop(): void {
      wanted = undefined
      channel?.close()
      time.forgetAll()
    },
    loseLine: (): void => channel?.close(),
    say,
    sayRaw: (frame: string): void => channel?.send(frame),
    play: (): void => act('play', video.positionSec(), false),
    pause: (): void => act('pause', video.positionSec(), true),
    seek: (positionSec: number): void => act('seek', positionSec, video.isPaused()),
    /** As a person in a room of free play does, though not the host. */
    actFreely: (action: string, position: number): void => say('player_event', { action, position }),

    me,
    isOpen: (): boolean => isOpen,
    isIn: (): boolean => isOpen && hostId !== undefined,
    isHost,
    hostId: (): string | undefined => hostId,
    position: (nowMs?: number): number => video.positionSec(nowMs),
    playing: (): boolean => !video.isPaused(),
    current: (): string | null => mediaUrl,
    rttMs: (): number | undefined => rttMs,
    members: (): readonly Participant[] => people,
  }
}

/**
 * A scripted FrameTogether extension, with a video of its own that runs by the clock: polls it once a second, joins 100 ms after creating or opening,
 * comes back 3 s after a loss, never says Leave, and looks at no more of the answers than the real one does. What it is in is known from the frames alone.
 */
import { type Channel, type Dial, dialReal } from '../channel'
import { type Fields, fieldsOf, listOf, readFields, textOf } from '../json'
import { ownTime, realTime, type Time } from '../time'
import { createVideo } from '../video'

export type FrameTogetherClientOptions = {
  /** As a person configures it: `ws://HOST:PORT`; `sync` is appended. */
  server: string
  time?: Time
  dial?: Dial
  origin?: string
}
export type FrameTogetherClient = ReturnType<typeof createFrameTogetherClient>

const POLL_MS = 1000
const JOIN_AFTER_MS = 100
const CREATE_ONCE_MORE_MS = 500
const RECONNECT_MS = 3000
const HEARTBEAT_MS = 15_000
const REPORTED_FROM_SEC = 0.5
const JUMPS_FROM_SEC = 2
const DEAF_TO_ITSELF_MS = 500

export function createFrameTogetherClient(options: FrameTogetherClientOptions) {
  const { dial = dialReal } = options
  const time = ownTime(options.time ?? realTime)
  const url = `${options.server.endsWith('/') ? options.server : `${options.server}/`}sync`
  const told: Fields[] = []
  const stumbles: string[] = []
  const errors: string[] = []
  const closes: number[] = []
  const others = new Map<string, boolean>()
  const video = createVideo(time)
  let channel: Channel | undefined
  let isOpen = false
  let roomId: string | undefined
  let name: string | undefined
  let isHost = false
  let wasSynced: { time: number; paused: boolean } | undefined
  let reported: { sec: number; paused: boolean } | undefined
  let hasReported = false
  let deafUntilMs = -Infinity
  let stopHeartbeat = (): void => {}

  const say = (message: Fields): void => {
    if (isOpen) channel?.send(JSON.stringify(message))
  }
  const report = (): void => {
    hasReported = true
    const sec = video.positionSec()
    const paused = video.isPaused()
    if (reported && Math.abs(sec - reported.sec) <= REPORTED_FROM_SEC && paused === reported.paused) return
    reported = { sec, paused }
    if (isHost && roomId !== undefined) say({ type: 'State', time: sec, paused })
  }
  time.every(POLL_MS, report)
  /** What the person does with the video; the extension hears of it unless it has just moved it itself. */
  const act = (sec: number, paused: boolean): void => {
    video.set(sec, paused)
    if (time.nowMs() >= deafUntilMs) report()
  }

  const joinSoon = (): void => {
    time.after(JOIN_AFTER_MS, () => {
      if (roomId !== undefined) say({ type: 'Join', room_id: roomId })
    })
  }
  const connect = (): void => {
    channel = dial(
      url,
      {
        onOpen() {
          isOpen = true
          stopHeartbeat = time.every(HEARTBEAT_MS, () => say({ type: 'Heartbeat' }))
          if (roomId !== undefined) joinSoon()
        },
        onFrame: (frame) => hear(String(frame)),
        onClose(code) {
          closes.push(code)
          isOpen = false
          channel = undefined
          stopHeartbeat()
          if (roomId !== undefined) time.after(RECONNECT_MS, connect)
        },
      },
      options.origin === undefined ? {} : { Origin: options.origin },
    )
  }

  const hear = (frame: string): void => {
    const message = readFields(frame)
    if (!message) return void stumbles.push(`A frame that JSON.parse throws at: ${frame.slice(0, 80)}`)
    told.push(message)
    switch (message['type']) {
      case 'RoomCreated':
        roomId = textOf(message['room_id'])
        return joinSoon()
      case 'RoomJoined':
        roomId = textOf(message['room_id'])
        name = textOf(message['your_name'])
        isHost = message['is_host'] === true
        if (roomId === undefined || name === undefined || typeof message['is_host'] !== 'boolean')
          stumbles.push(`A RoomJoined without its parts: ${frame}`)
        // A second one lists the room anew.
        others.clear()
        for (const one of listOf(message['participants']).map(fieldsOf))
          others.set(String(one['name']), one['is_host'] === true)
        return
      case 'Sync': {
        const { time: sec, paused } = message
        if (typeof sec !== 'number' || typeof paused !== 'boolean')
          return void stumbles.push(`A Sync of wrong types: ${frame}`)
        wasSynced = { time: sec, paused }
        if (isHost || !hasReported) return
        deafUntilMs = time.nowMs() + DEAF_TO_ITSELF_MS
        const isFar = Math.abs(video.positionSec() - sec) > JUMPS_FROM_SEC
        video.set(isFar ? sec : video.positionSec(), paused)
        return
      }
      case 'UserJoined': {
        const user = fieldsOf(message['user'])
        return void others.set(String(user['name']), user['is_host'] === true)
      }
      case 'UserLeft':
        return void others.delete(String(message['user_name']))
      case 'Error':
        return void errors.push(String(message['message']))
      default:
    }
  }

  return {
    told,
    stumbles,
    errors,
    closes,
    create(): void {
      if (isOpen) return say({ type: 'Create' })
      connect()
      time.after(CREATE_ONCE_MORE_MS, () => say({ type: 'Create' }))
    },
    join(id: string): void {
      roomId = id.trim()
      if (isOpen) say({ type: 'Join', room_id: roomId })
      else connect()
    },
    /** Says Join once more, as the extension does when somebody presses the button twice. */
    joinAgain: (): void => say({ type: 'Join', room_id: roomId }),
    /** The documented word for it, which the extension never says. */
    sayLeave: (): void => say({ type: 'Leave' }),
    leave(): void {
      roomId = undefined
      channel?.close()
    },
    loseLine: (): void => channel?.close(),
    stop(): void {
      roomId = undefined
      channel?.close()
      time.forgetAll()
    },
    sayRaw: (frame: string): void => channel?.send(frame),
    play: (): void => act(video.positionSec(), false),
    pause: (): void => act(video.positionSec(), true),
    seek: (sec: number): void => act(sec, video.isPaused()),

    isIn: (): boolean => isOpen && name !== undefined && roomId !== undefined,
    room: (): string | undefined => roomId,
    me: (): string | undefined => name,
    isHost: (): boolean => isHost,
    /** Where its own video is. */
    position: (nowMs?: number): number => video.positionSec(nowMs),
    playing: (): boolean => !video.isPaused(),
    /** The last Sync, as it was told. */
    synced: (): { time: number; paused: boolean } | undefined => wasSynced,
    /** Everybody, itself included. The real extension ignores this part of what it is told. */
    members: (): readonly { name: string; isHost: boolean }[] => [
      ...(name === undefined ? [] : [{ name, isHost }]),
      ...[...others].map(([one, is]) => ({ name: one, isHost: is })),
    ],
  }
}

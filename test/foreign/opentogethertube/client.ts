/**
 * A scripted OpenTogetherTube client that behaves on the wire as living ones do: the official web client (grant, socket of the room, auth, status with
 * a pause before it, its own rule for the position, its own reconnects), or a program written from the published page (JoinRequest, statuses as numbers).
 * What it answers, it knows from the frames alone. `stumbles` holds what the living one would have tripped over.
 */
import { type Ask, askReal, type Channel, type Dial, dialReal } from '../channel'
import { type Fields, fieldsOf, listOf, readFields, textOf } from '../json'
import { ownTime, realTime, type Time } from '../time'

export type Member = {
  readonly id: string
  readonly name: string
  readonly status: unknown
  readonly role: number
  readonly isLoggedIn: boolean
}
export type Video = {
  readonly service: string
  readonly id: string
  readonly title?: string
  readonly length?: number
  readonly startAt?: number
}
export type OpenTogetherTubeClientOptions = {
  /** `http://HOST:PORT`, with a base path where the server has one. */
  server: string
  room?: string
  flow?: 'official' | 'documented'
  /** Where the documented program dials; the page says `/`. */
  path?: string
  name?: string
  origin?: string
  time?: Time
  dial?: Dial
  ask?: Ask
  /** Between 0 and 1: how long the official client waits before it dials again. */
  float?: () => number
}
export type OpenTogetherTubeClient = ReturnType<typeof createOpenTogetherTubeClient>

const NUMBER_OF_STATUS: Readonly<Record<string, number>> = { none: 0, buffering: 1, ready: 2, error: 3 }
const STATUS_AFTER_MS = 200
const DOCUMENTED_RETRY_MS = 5000

export function createOpenTogetherTubeClient(options: OpenTogetherTubeClientOptions) {
  const { server, room = '', flow = 'official', dial = dialReal, ask = askReal, float = () => 0.5 } = options
  const time = ownTime(options.time ?? realTime)
  const isOfficial = flow === 'official'
  const told: Fields[] = []
  const stumbles: string[] = []
  const closes: number[] = []
  const lines: { from: string; text: string }[] = []
  const notices: string[] = []
  const members = new Map<string, Member>()
  let doubles = 0
  let state: Fields = {}
  let t0 = 0
  let token: string | undefined
  let me: string | undefined
  let channel: Channel | undefined
  let attempts = 0
  let isOver = false
  let forgetStatus = (): void => {}

  const say = (message: Fields): void => channel?.send(JSON.stringify(message))
  const request = (asked: Fields): void => say({ action: 'req', request: asked })
  const rest = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const url = `${server}/api${path}`
    const answer = await ask({ method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status: answer.status, body: JSON.parse(answer.body) as unknown }
  }

  const grant = async (): Promise<void> => {
    const { body } = await rest('GET', '/auth/grant')
    token = textOf(fieldsOf(body)['token'])
    if (!token) stumbles.push('The grant held no token.')
  }
  const open = (again: boolean): void => {
    const path = isOfficial ? `/api/room/${room}${again ? '?reconnect=true' : ''}` : (options.path ?? '/')
    channel = dial(
      server.replace(/^http/, 'ws') + path,
      {
        onOpen: () => say({ action: 'auth', token }),
        onFrame: (frame) => hear(typeof frame === 'string' ? frame : ''),
        onClose: closed,
      },
      options.origin === undefined ? {} : { Origin: options.origin },
    )
  }
  const closed = (code: number): void => {
    closes.push(code)
    channel = undefined
    if (isOver || (isOfficial ? code >= 4000 : code === 1000)) return
    const waitMs = isOfficial ? (1000 + 2000 * attempts) * (0.5 + float()) : DOCUMENTED_RETRY_MS
    attempts++
    time.after(waitMs, () => open(true))
  }

  const sync = (message: Fields): void => {
    const { action: _, ...delta } = message
    const wasPlaying = state['isPlaying'] === true
    // As the official client does it: before the delta counts, and by what was playing before.
    if (delta['isPlaying'] === true || (wasPlaying && ('playbackPosition' in delta || 'currentSource' in delta)))
      t0 = time.nowMs()
    state = { ...state, ...delta }
    for (const key of ['playbackPosition', 'playbackSpeed'])
      if (key in delta && !Number.isFinite(delta[key])) stumbles.push(`${key} is ${JSON.stringify(delta[key])}`)
  }
  const update = (message: Fields): void => {
    const { kind, value } = fieldsOf(message['update'])
    if (kind === 'init') {
      const all = listOf(value).map((one) => fieldsOf(one) as unknown as Member)
      members.clear()
      for (const member of all) members.set(member.id, member)
      doubles = all.length - members.size
    } else if (kind === 'update') {
      const member = fieldsOf(value) as unknown as Member
      members.set(member.id, { ...members.get(member.id), ...member })
    } else if (kind === 'remove') members.delete(String(value))
    else stumbles.push(`A user message of kind ${String(kind)}.`)
    for (const { status } of members.values())
      if (typeof status !== 'string') stumbles.push(`A status is ${JSON.stringify(status)}.`)
  }
  const hear = (text: string): void => {
    const message = readFields(text)
    if (!message) return void stumbles.push(`No JSON object: ${text.slice(0, 80)}`)
    told.push(message)
    switch (message['action']) {
      case 'sync':
        return sync(message)
      case 'user':
        return update(message)
      case 'you': {
        me = textOf(fieldsOf(message['info'])['id'])
        attempts = 0
        const info = { id: me, username: options.name ?? 'Guest', status: 0 }
        return isOfficial ? undefined : request({ type: 0, info })
      }
      case 'chat':
        return void lines.push({
          from: textOf(fieldsOf(message['from'])['name']) ?? '',
          text: textOf(message['text']) ?? '',
        })
      case 'announcement':
      case 'eventcustom':
        return void notices.push(String(message['text']))
      case 'event': {
        const { request, user } = message
        if (!request || !user || !('additional' in message)) stumbles.push('An event without its parts.')
        return
      }
      case 'unload':
        return
      default:
        stumbles.push(`Nobody knows the action ${String(message['action'])}.`)
    }
  }

  const number = (key: string, otherwise: number): number => (key in state ? (state[key] as number) : otherwise)
  const inRoom = `/room/${room}`
  return {
    told,
    stumbles,
    closes,
    notices: (): readonly string[] => notices,
    async join(): Promise<void> {
      await grant()
      open(false)
    },
    leave(): void {
      isOver = true
      channel?.close(1000)
      time.forgetAll()
    },
    /** As when the network goes: the living client finds out and dials again. */
    loseLine(): void {
      const lost = channel
      channel = undefined
      lost?.close()
    },

    play: (): void => request({ type: 2, state: true }),
    pause: (): void => request({ type: 2, state: false }),
    seek: (positionSec: number): void => request({ type: 4, value: positionSec }),
    speed: (speed: number): void => request({ type: 16, speed }),
    skip: (): void => request({ type: 3 }),
    chat: (text: string): void => request({ type: 11, text }),
    move: (fromIdx: number, toIdx: number): void => request({ type: 7, fromIdx, toIdx }),
    playNow: (video: Video): void => request({ type: 14, video }),
    shuffle: (): void => request({ type: 15 }),
    promote: (targetClientId: string, role: number): void => request({ type: 9, targetClientId, role }),
    kick: (clientId: string): void => request({ type: 18, clientId }),
    settings: (settings: Fields): void => request({ type: 13, settings }),
    /** The latest event of this type goes back as it came, as the undo button does. */
    undo(type: number): void {
      const event = told.findLast((one) => one['action'] === 'event' && fieldsOf(one['request'])['type'] === type)
      request({ type: 12, event })
    },
    kickMe: (reason?: number): void => say({ action: 'kickme', ...(reason === undefined ? {} : { reason }) }),
    request,
    say,
    sayRaw: (text: string): void => channel?.send(text),
    status(status: string): void {
      forgetStatus()
      const spelled = isOfficial ? status : NUMBER_OF_STATUS[status]
      forgetStatus = time.after(isOfficial ? STATUS_AFTER_MS : 0, () => say({ action: 'status', status: spelled }))
    },

    rest,
    createRoom: (name: string, wishes: Fields = {}) => rest('POST', '/room/create', { name, ...wishes }),
    grant,
    addUrl: (url: string) => rest('POST', `${inRoom}/queue`, { url }),
    addVideo: ({ service, id }: Video) => rest('POST', `${inRoom}/queue`, { service, id }),
    removeVideo: ({ service, id }: Video) => rest('DELETE', `${inRoom}/queue`, { service, id }),
    vote: ({ service, id }: Video, isFor = true) => rest(isFor ? 'POST' : 'DELETE', `${inRoom}/vote`, { service, id }),
    rename: async (username: string) => {
      const answer = await rest('POST', '/user', { username })
      say({ action: 'notify', message: 'usernameChanged' })
      return answer
    },

    /** By the official rule; not a number if the server sent something that is none. */
    position(nowMs = time.nowMs()): number {
      const base = number('playbackPosition', 0)
      if (typeof base !== 'number') return Number.NaN
      return state['isPlaying'] === true ? base + ((nowMs - t0) / 1000) * number('playbackSpeed', 1) : base
    },
    isIn: (): boolean => me !== undefined && channel !== undefined,
    me: (): string | undefined => me,
    playing: (): boolean => state['isPlaying'] === true,
    rate: (): number => number('playbackSpeed', 1),
    current: (): Video | null => (state['currentSource'] as Video | null | undefined) ?? null,
    queue: (): readonly Video[] => listOf(state['queue']) as readonly Video[],
    votes: (): ReadonlyMap<string, number> => new Map(listOf(state['voteCounts']) as [string, number][]),
    state: (): Fields => state,
    members: (): readonly Member[] => [...members.values()],
    /** How many entries of the list so far had an id that another had too. */
    doubles: (): number => doubles,
    lines: (): readonly { from: string; text: string }[] => lines,
    role: (): number | undefined => members.get(me ?? '')?.role,
    isHost: (): boolean => members.get(me ?? '')?.role === -1,
    may(bit: number): boolean {
      const role = members.get(me ?? '')?.role ?? 0
      const mask = (listOf(state['grants']) as [number, number][]).find(([one]) => one === role)?.[1] ?? 0
      return (mask & (1 << bit)) !== 0
    },
    /** What this client was told by replay rather than by a server. */
    hear,
  }
}

/**
 * A scripted plug.dj client that behaves on the wire as one of the three libraries does: `plugapi` (milliseconds, `ack` only as text, waits for a history,
 * 15 s of silence), `miniplug` (which is plug-login and plug-socket: seconds, socket before the login, 25 s), `plugged` (a body with GET, milliseconds).
 * What it answers, it knows from frames and answers alone. `stumbles` holds what the living one would have broken on.
 */
import { type Ask, askReal, type Channel, type Dial, dialReal } from '../channel'
import { type Fields, fieldsOf, listOf, numberOf, readJson, textOf } from '../json'
import { ownTime, realTime, type Time } from '../time'
import type { Media } from './community'

export type Library = 'plugapi' | 'miniplug' | 'plugged'
export type PlugdjClientOptions = {
  /** `http://HOST:PORT`. */
  server: string
  library?: Library
  /** Without one: a guest. */
  login?: { readonly email: string; readonly password: string }
  /** Where the socket is, if not at `/socket` of the same host. */
  socket?: string
  time?: Time
  dial?: Dial
  ask?: Ask
}
export type PlugdjClient = ReturnType<typeof createPlugdjClient>

const ORIGIN = 'https://plug.dj'
const SILENCE_MS: Readonly<Record<Library, number>> = {
  plugapi: 15_000,
  miniplug: 25_000,
  plugged: Number.POSITIVE_INFINITY,
}
const HISTORY_AGAIN_MS = 1000
const GUEST_PAGE: Readonly<Record<Library, string>> = {
  plugapi: '/plugcubed',
  miniplug: '/plug-socket-test',
  plugged: '/plug-socket-test',
}

export function createPlugdjClient(options: PlugdjClientOptions) {
  const { server, library = 'plugapi', login, dial = dialReal, ask = askReal } = options
  const time = ownTime(options.time ?? realTime)
  const told: { a: string; p: unknown; s: string }[] = []
  const stumbles: string[] = []
  const closes: number[] = []
  const lines: { from: string; text: string }[] = []
  const users = new Map<number, Fields>()
  const votes = new Map<number, number>()
  let guests = 0
  let session: string | undefined
  let first: string | undefined
  let token: string | undefined
  let offsetMs = 0
  let channel: Channel | undefined
  let isAcked = false
  let isJoined = false
  let wanted: string | undefined
  let slug: string | undefined
  let me: Fields = {}
  let playing: { media: Media; startMs: number; historyID: string; dj: number } | undefined
  let waiting: readonly number[] = []
  let isCycling = true
  let isLocked = false
  let hasHistory = false
  let isOver = false
  let forgetSilence = (): void => {}
  const unsent: string[] = []

  const readTime = (text: unknown): number => {
    const written = String(text)
    if (library === 'plugapi' && !written.includes('.')) stumbles.push(`A time without a fraction: ${written}`)
    const atMs = library === 'miniplug' ? Date.parse(`${written} UTC`) : Date.parse(`${written.split('.')[0]}Z`)
    if (Number.isNaN(atMs)) stumbles.push(`No time: ${written}`)
    return atMs
  }
  const keepCookie = (headers: Readonly<Record<string, string>>): void => {
    session = /(?:^|[;,]\s*)session=([^;]+)/.exec(headers['set-cookie'] ?? '')?.[1]
  }
  const rest = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: unknown; data: readonly unknown[] }> => {
    const sent = body ?? (library === 'plugged' ? {} : undefined)
    const headers = {
      'content-type': 'application/json',
      // plug-login asks for the token with the cookie it had before the login.
      ...(path === 'mobile/init'
        ? {}
        : { cookie: `session=${path === 'auth/token' && library === 'miniplug' ? first : session}` }),
    }
    const answer = await ask({
      method,
      url: `${server}/_/${path}`,
      headers,
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    })
    if (path === 'mobile/init' || path === 'auth/login') keepCookie(answer.headers)
    if (path === 'mobile/init') first = session
    const envelope = fieldsOf(readJson(answer.body))
    if (textOf(envelope['status']) === undefined || !Array.isArray(envelope['data']))
      stumbles.push(`${method} ${path} has no envelope: ${answer.body.slice(0, 80)}`)
    return { status: envelope['status'], data: listOf(envelope['data']) }
  }
  const must = async (method: string, path: string, body?: unknown): Promise<readonly unknown[]> => {
    const { status, data } = await rest(method, path, body)
    if (status !== 'ok') throw new Error(`${method} ${path}: ${String(status)} ${JSON.stringify(data)}`)
    return data
  }

  const send = (a: string, p: string): void => {
    const t = library === 'miniplug' ? Math.floor(time.nowMs() / 1000) : time.nowMs()
    const frame = JSON.stringify({ a, p, t })
    if (isOpen) channel?.send(frame)
    else unsent.push(frame)
  }
  let isOpen = false
  const heardSomething = (): void => {
    forgetSilence()
    const limitMs = SILENCE_MS[library]
    if (!Number.isFinite(limitMs)) return
    forgetSilence = time.after(limitMs, () => {
      channel?.close(library === 'miniplug' ? 3001 : 1000)
    })
  }
  const open = (): void => {
    isAcked = false
    channel = dial(
      options.socket ?? `${server.replace(/^http/, 'ws')}/socket`,
      {
        onOpen() {
          isOpen = true
          heardSomething()
          for (const frame of unsent.splice(0)) channel?.send(frame)
        },
        onFrame: (frame) => hear(String(frame)),
        onClose(code) {
          closes.push(code)
          isOpen = false
          unsent.length = 0
          forgetSilence()
          channel = undefined
          // Only plugapi comes back by itself.
          if (!isOver && library === 'plugapi') void again().catch((cause: unknown) => stumbles.push(String(cause)))
        },
      },
      { Origin: ORIGIN },
    )
  }
  const again = async (): Promise<void> => {
    token = textOf((await must('GET', 'auth/token'))[0])
    open()
    send('auth', token ?? '')
  }

  const enter = async (): Promise<void> => {
    if (wanted === undefined) return
    if (login) me = fieldsOf((await must('GET', 'users/me'))[0])
    await must('POST', 'rooms/join', { slug: wanted })
    const state = fieldsOf((await must('GET', 'rooms/state'))[0])
    slug = wanted
    users.clear()
    votes.clear()
    for (const user of listOf(state['users']).map(fieldsOf)) users.set(numberOf(user['id']) ?? -1, user)
    guests = numberOf(fieldsOf(state['meta'])['guests']) ?? 0
    const booth = fieldsOf(state['booth'])
    waiting = listOf(booth['waitingDJs']) as number[]
    isCycling = booth['shouldCycle'] === true
    isLocked = booth['isLocked'] === true
    const { media, startTime, historyID } = fieldsOf(state['playback'])
    playing = media
      ? {
          media: media as Media,
          startMs: readTime(startTime),
          historyID: String(historyID),
          dj: Number(booth['currentDJ']),
        }
      : undefined
    if (playing && !users.has(playing.dj)) stumbles.push('The current DJ is not among the users.')
    for (const [id, vote] of Object.entries(fieldsOf(state['votes']))) votes.set(Number(id), Number(vote))
    await waitForHistory()
  }
  /** plugapi asks for the history until there is one, and is not in before. */
  const waitForHistory = async (): Promise<void> => {
    hasHistory = (await must('GET', 'rooms/history')).length > 0
    if (hasHistory || library !== 'plugapi') isJoined = true
    else
      time.after(HISTORY_AGAIN_MS, () => void waitForHistory().catch((cause: unknown) => stumbles.push(String(cause))))
  }

  const advance = (p: unknown): void => {
    votes.clear()
    const { m, t, h, c, d } = fieldsOf(p)
    waiting = listOf(d) as number[]
    playing = m ? { media: m as Media, startMs: readTime(t), historyID: String(h), dj: Number(c) } : undefined
    if (p === null && library !== 'miniplug') stumbles.push('An advance without a parameter.')
    if (m === null && library === 'plugged') stumbles.push('An advance whose media is null.')
  }
  const happen = (a: string, p: unknown, s: string): void => {
    told.push({ a, p, s })
    if (s !== 'dashboard' && s !== slug) return
    const what = fieldsOf(p)
    switch (a) {
      case 'ack':
        isAcked = library === 'plugapi' ? p === '1' : true
        if (isAcked) void enter().catch((cause: unknown) => stumbles.push(String(cause)))
        return
      case 'advance':
        return advance(p)
      case 'chat':
        if (typeof what['message'] !== 'string') stumbles.push('A chat without a message.')
        return void lines.push({
          from: unescape(textOf(what['un']) ?? ''),
          text: unescape(textOf(what['message']) ?? ''),
        })
      case 'userJoin':
        if (what['guest'] === true) guests++
        else users.set(numberOf(what['id']) ?? -1, what)
        return
      case 'userLeave':
        if (p === 0) guests = Math.max(0, guests - 1)
        else users.delete(Number(p))
        return
      case 'userUpdate': {
        const { i, ...changed } = what
        return void users.set(Number(i), { ...users.get(Number(i)), ...changed })
      }
      case 'modStaff':
        for (const { i, p: role } of listOf(what['u']).map(fieldsOf))
          users.set(Number(i), { ...users.get(Number(i)), role })
        return
      case 'vote':
        return void votes.set(Number(what['i']), Number(what['v']))
      case 'djListUpdate':
        waiting = listOf(p) as number[]
        return
      case 'djListCycle':
        isCycling = what['f'] === true
        return
      case 'djListLocked':
        isLocked = what['f'] === true
        return
      default:
    }
  }
  const hear = (frame: string): void => {
    heardSomething()
    if (frame === 'h') return
    const events = readJson(frame)
    if (!Array.isArray(events)) return void stumbles.push(`A frame that is neither h nor a list: ${frame.slice(0, 80)}`)
    for (const event of events.map(fieldsOf)) happen(String(event['a']), event['p'], textOf(event['s']) ?? '')
  }

  const historyID = (): string | undefined => playing?.historyID
  return {
    told,
    stumbles,
    closes,
    rest,
    /** An account under the login it was made with. */
    async signUp(username: string): Promise<void> {
      const [init] = await must('GET', 'mobile/init')
      await must('POST', 'users/signup', { csrf: fieldsOf(init)['c'], username, ...login, response: 'captcha' })
    },
    /** A new community; its slug. To be asked for once it is logged in. */
    makeRoom: async (name: string): Promise<string> =>
      textOf(fieldsOf((await must('POST', 'rooms', { name, private: false }))[0])['slug']) ?? '',
    /** Logs in, opens the socket and, when that is acknowledged, enters the room if one is named. */
    async join(room?: string): Promise<void> {
      wanted = room
      if (library === 'miniplug') open()
      if (login) {
        const [init] = await must('GET', 'mobile/init')
        const { c: csrf, t } = fieldsOf(init)
        offsetMs = readTime(t) - time.nowMs()
        await must('POST', 'auth/login', { csrf, ...login })
      } else {
        const page = await ask({ method: 'GET', url: server + GUEST_PAGE[library] })
        keepCookie(page.headers)
        first = session
        const [, written = ''] = /_st="([^"]*)"/.exec(page.body) ?? []
        offsetMs = readTime(written) - time.nowMs()
      }
      token = textOf((await must('GET', 'auth/token'))[0])
      if (library !== 'miniplug') open()
      send('auth', token ?? '')
    },
    /** To another room on the same socket. */
    async move(room: string): Promise<void> {
      wanted = room
      isJoined = false
      await enter()
    },
    leave(): void {
      isOver = true
      channel?.close(1000)
      time.forgetAll()
    },
    chat: (text: string): void => send('chat', text),
    sayRaw: (frame: string): void => channel?.send(frame),
    woot: () => rest('POST', 'votes', { direction: 1, historyID: historyID() }),
    meh: () => rest('POST', 'votes', { direction: -1, historyID: historyID() }),
    grab: (playlistID: number) => rest('POST', 'grabs', { playlistID, historyID: historyID() }),
    joinWaitList: () => rest('POST', 'booth'),
    leaveWaitList: () => rest('DELETE', 'booth'),
    skipMe: () => rest('POST', 'booth/skip/me'),
    skip: () => rest('POST', 'booth/skip', { userID: playing?.dj, historyID: historyID() }),
    /** A playlist with these in it, active from now on. */
    async makePlaylist(name: string, media: readonly Partial<Media>[]): Promise<number> {
      const id = Number(fieldsOf((await must('POST', 'playlists', { name, media }))[0])['id'])
      await must('PUT', `playlists/${id}/activate`)
      return id
    },

    isIn: (): boolean => isJoined,
    isAcked: (): boolean => isAcked,
    me: (): Fields => me,
    current: (): Media | null => playing?.media ?? null,
    historyID,
    dj: (): number | undefined => playing?.dj,
    /** Where these clients would begin to play; nothing if the item is over or not begun. */
    position(nowMs = time.nowMs()): number | undefined {
      if (!playing) return undefined
      const positionSec = (nowMs + offsetMs - playing.startMs) / 1000
      return positionSec >= 0 && positionSec < playing.media.duration ? positionSec : undefined
    },
    playing: (): boolean => playing !== undefined,
    waitList: (): readonly number[] => waiting,
    cycles: (): boolean => isCycling,
    locked: (): boolean => isLocked,
    votes: (): ReadonlyMap<number, number> => votes,
    members: (): readonly { id: number; name: string; role: number }[] =>
      [...users].map(([id, user]) => ({
        id,
        name: unescape(textOf(user['username']) ?? ''),
        role: numberOf(user['role']) ?? 0,
      })),
    guests: (): number => guests,
    lines: (): readonly { from: string; text: string }[] => lines,
    isHost: (): boolean => Number(users.get(Number(me['id']))?.['role'] ?? 0) >= 5000,
  }
}

const unescape = (text: string): string =>
  text.replace(/&#34;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')

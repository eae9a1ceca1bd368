/**
 * A room of the living OpenTogetherTube: its clock, queue, votes, people and rights, and which keys of its state have changed. It knows no sockets; what
 * happens is told through `Tells`. It validates as little as the living one does: a position asked for as text becomes text.
 */
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../json'

export type Item = {
  service: string
  id: string
  title?: string
  description?: string
  thumbnail?: string
  length?: number
  startAt?: number
  endAt?: number
  subtitleUrl?: string
}
export type User = {
  id: string
  name: string
  isLoggedIn: boolean
  status: unknown
  role: number
}
export type Tells = {
  event(request: Fields, user: User, additional: Fields): void
  chat(user: User, text: unknown): void
  user(update: Fields): void
  /** State changed: a sync is due. */
  changed(): void
  kick(id: string, code: number): void
}

export const ALL_RIGHTS = 134217727
export const GUEST_RIGHTS = 113250303
const MODERATOR_RIGHTS = 133173247
const CATEGORIES = ['sponsor', 'intro', 'outro', 'interaction', 'selfpromo', 'music_offtopic', 'preview']
const RIGHT_OF: Readonly<Record<number, number>> = {
  2: 0,
  3: 1,
  4: 2,
  5: 3,
  6: 4,
  7: 5,
  8: 6,
  11: 7,
  14: 25,
  16: 23,
  18: 24,
  19: 26,
}
const SETTINGS = [
  'title',
  'description',
  'visibility',
  'queueMode',
  'grants',
  'autoSkipSegmentCategories',
  'restoreQueueBehavior',
  'enableVoteSkip',
]

export type Room = {
  readonly state: State
  readonly users: User[]
  readonly position: () => number
  /** The whole state, as the first sync has it. */
  full(): Fields
  /** What changed since this was last asked. */
  changes(): Fields | undefined
  ask(user: User, request: Fields): void
  set(settings: Fields): void
  add(item: Item): boolean
  remove(service: unknown, id: unknown): Item | undefined
  vote(voter: string, service: unknown, id: unknown, isFor: boolean): void
  tick(): void
}
export type State = {
  name: string
  title: string
  description: string
  isTemporary: boolean
  visibility: string
  queueMode: string
  currentSource: Item | null
  queue: Item[]
  isPlaying: boolean
  playbackPosition: number
  playbackSpeed: number
  grants: [number, number][]
  hasOwner: boolean
  videoSegments: unknown[]
  autoSkipSegmentCategories: string[]
  prevQueue: Item[] | null
  restoreQueueBehavior: number
  enableVoteSkip: boolean
  votesToSkip: string[]
}

export function createRoom(
  name: string,
  wishes: Fields,
  guestRights: number,
  world: {
    nowMs(): number
    float(): number
    find(video: Fields): Item | undefined
    findUrl(url: string): Item | undefined
  },
  tells: Tells,
): Room {
  const grants: [number, number][] = [0, 1, 2].map((role) => [role, guestRights])
  grants.push([3, MODERATOR_RIGHTS | guestRights], [4, ALL_RIGHTS], [-1, ALL_RIGHTS])
  const state: State = {
    name,
    title: textOf(wishes['title']) ?? '',
    description: textOf(wishes['description']) ?? '',
    isTemporary: wishes['isTemporary'] !== false,
    visibility: textOf(wishes['visibility']) ?? 'public',
    queueMode: textOf(wishes['queueMode']) ?? 'manual',
    currentSource: null,
    queue: [],
    isPlaying: false,
    playbackPosition: 0,
    playbackSpeed: 1,
    grants,
    hasOwner: wishes['hasOwner'] === true,
    videoSegments: [],
    autoSkipSegmentCategories: CATEGORIES,
    prevQueue: null,
    restoreQueueBehavior: 1,
    enableVoteSkip: false,
    votesToSkip: [],
  }
  const votes = new Map<string, Set<string>>()
  const users: User[] = []
  const dirty = new Set<string>()
  let startMs = 0

  /** A base that somebody set as text makes the sum a text, as it does in the living server. */
  const position = (): number =>
    state.isPlaying
      ? state.playbackPosition + ((world.nowMs() - startMs) / 1000) * state.playbackSpeed
      : state.playbackPosition
  const voteCounts = (): [string, number][] => [...votes].map(([key, voters]) => [key, voters.size])
  const value = (key: string): unknown => {
    if (key === 'playbackPosition') return position()
    if (key === 'voteCounts') return voteCounts()
    return structuredClone(state[key as keyof State])
  }
  const soil = (...keys: string[]): void => {
    for (const key of keys) dirty.add(key)
    tells.changed()
  }
  const rebase = (to: number): void => {
    state.playbackPosition = to
    startMs = world.nowMs()
  }
  const may = (user: User, type: number): boolean => {
    const bit = RIGHT_OF[type]
    const mask = state.grants.find(([role]) => role === user.role)?.[1] ?? 0
    return bit === undefined || (mask & (1 << bit)) !== 0
  }
  const indexOf = (service: unknown, id: unknown): number =>
    state.queue.findIndex((item) => item.service === service && item.id === id)

  const take = (): Item | undefined => {
    if (state.queueMode !== 'vote') return state.queue.shift()
    const weight = (item: Item): number => votes.get(item.service + item.id)?.size ?? 0
    const best = state.queue.reduce(
      (found, item, at) => (weight(item) > weight(state.queue[found] ?? item) ? at : found),
      0,
    )
    return state.queue.splice(best, 1)[0]
  }
  const load = (item: Item | undefined): void => {
    state.currentSource = item ?? null
    rebase(item?.startAt ?? 0)
    soil('currentSource', 'playbackPosition')
    if (item) soil('queue')
  }
  const begin = (item: Item | undefined): void => {
    load(item)
    state.playbackSpeed = 1
    soil('playbackSpeed')
    if (item) return
    state.isPlaying = false
    soil('isPlaying')
  }
  const next = (): void => {
    if (state.queueMode === 'loop' && state.currentSource) state.queue.push(state.currentSource)
    begin(take())
  }
  const add = (item: Item): boolean => {
    const isThere = indexOf(item.service, item.id) !== -1
    if (!isThere) {
      state.queue.push(item)
      soil('queue')
    }
    return !isThere
  }
  const remove = (service: unknown, id: unknown): Item | undefined => {
    const at = indexOf(service, id)
    if (at === -1) return undefined
    soil('queue')
    return state.queue.splice(at, 1)[0]
  }
  const vote: Room['vote'] = (voter, service, id, isFor) => {
    const key = `${String(service)}${String(id)}`
    const voters = votes.get(key) ?? new Set()
    if (isFor) voters.add(voter)
    else voters.delete(voter)
    votes.set(key, voters)
    soil('voteCounts')
  }
  const set = (settings: Fields): void => {
    for (const key of SETTINGS)
      if (key in settings) {
        Object.assign(state, { [key]: settings[key] })
        soil(key)
      }
  }
  const seek = (to: unknown): void => {
    rebase(to as number)
    soil('playbackPosition')
  }

  const ask = (user: User, request: Fields): void => {
    const type = numberOf(request['type']) ?? -1
    if (!may(user, type)) return
    const video = fieldsOf(request['video'])
    switch (type) {
      case 2: {
        const isPlaying = request['state'] === true
        tells.event(request, user, {})
        if (isPlaying === state.isPlaying) return
        rebase(position())
        state.isPlaying = isPlaying
        return isPlaying ? soil('isPlaying') : soil('playbackPosition', 'isPlaying')
      }
      case 3:
        tells.event(request, user, { video: state.currentSource })
        soil('videoSegments')
        return next()
      case 4:
        tells.event(request, user, { prevPosition: position() })
        return seek(request['value'])
      case 5: {
        const url = textOf(request['url'])
        const found = url === undefined ? listOf(request['videos']).map(fieldsOf) : []
        const items = (found.length > 0 ? found : [video])
          .map((one) => (url === undefined ? world.find(one) : world.findUrl(url)))
          .filter((item) => item !== undefined)
          .filter(add)
        const [first] = items
        if (!first) return
        const resolved = url === undefined ? {} : { video: { service: first.service, id: first.id } }
        return tells.event({ ...request, ...resolved }, user, items.length > 1 ? { videos: items } : { video: first })
      }
      case 6: {
        const queueIdx = indexOf(video['service'], video['id'])
        const gone = remove(video['service'], video['id'])
        return gone ? tells.event(request, user, { video: gone, queueIdx }) : undefined
      }
      case 7: {
        const [moved] = state.queue.splice(numberOf(request['fromIdx']) ?? -1, 1)
        if (moved) state.queue.splice(numberOf(request['toIdx']) ?? 0, 0, moved)
        return soil('queue')
      }
      case 8:
        return vote(user.id, video['service'], video['id'], request['add'] === true)
      case 9: {
        const target = users.find(({ id }) => id === request['targetClientId'])
        if (!target || user.role < 3) return
        target.role = numberOf(request['role']) ?? target.role
        return tells.user({ kind: 'update', value: target })
      }
      case 10: {
        const { status, username } = fieldsOf(request['info']) as { status?: unknown; username?: string }
        if (status) user.status = status
        if (username) user.name = username
        return tells.user({ kind: 'update', value: user })
      }
      case 11:
        return tells.chat(user, request['text'])
      case 12: {
        const past = fieldsOf(fieldsOf(request['event'])['request'])
        const more = fieldsOf(fieldsOf(request['event'])['additional'])
        const item = fieldsOf(more['video']) as Item
        if (past['type'] === 4) seek(more['prevPosition'])
        if (past['type'] === 5) remove(item.service, item.id)
        if (past['type'] === 6) add(item)
        return
      }
      case 13:
        return set(fieldsOf(request['settings']))
      case 14: {
        const item = remove(video['service'], video['id']) ?? world.find(video)
        if (!item) return
        if (state.currentSource) state.queue.unshift({ ...state.currentSource, startAt: position() })
        // The speed stays as it was, unlike at every other change of the item.
        return load(item)
      }
      case 15:
        // Nobody is told: the new order shows at the next change of the queue.
        state.queue.sort(() => world.float() - 0.5)
        return
      case 16:
        rebase(position())
        state.playbackSpeed = request['speed'] as number
        return soil('playbackPosition', 'playbackSpeed')
      case 17:
        if (!state.prevQueue) return tells.kick(user.id, 4000)
        if (request['discard'] !== true) state.queue = [...state.prevQueue]
        state.prevQueue = null
        return soil('queue', 'prevQueue')
      case 18:
        return user.role >= 3 ? tells.kick(String(request['clientId']), 4005) : undefined
      case 19: {
        const item = state.queue[indexOf(video['service'], video['id'])]
        if (!item) return
        Object.assign(item, fieldsOf(request['update']))
        tells.event(request, user, { video: item })
        return soil('queue')
      }
      default:
    }
  }

  return {
    state,
    users,
    position,
    full: () => Object.fromEntries([...Object.keys(state), 'voteCounts'].map((key) => [key, value(key)])),
    changes() {
      if (dirty.size === 0) return undefined
      const told = Object.fromEntries([...dirty].map((key) => [key, value(key)]))
      dirty.clear()
      return told
    },
    ask,
    set,
    add,
    remove,
    vote,
    tick() {
      const { currentSource } = state
      if (!currentSource) {
        if (state.queue.length > 0) begin(take())
      } else if (state.isPlaying && position() > (currentSource.endAt ?? currentSource.length ?? 0)) next()
    },
  }
}

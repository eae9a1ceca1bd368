/**
 * A plug.dj community as its clients know it: who is in, the booth, what plays since when, votes and grabs, and the history. It knows neither sockets nor
 * HTTP; what happens is told through `tell` (to the room) and `whisper` (to one person). There is no pause, no seek and no rate here.
 */
import type { Chance } from '../chance'
import type { OwnTime } from '../time'

export type Media = {
  cid: string
  title: string
  author: string
  image: string
  duration: number
  format: number
  id: number
}
export type Playlist = { id: number; name: string; active: boolean; media: Media[] }
export type Person = {
  readonly id: number
  username: string
  email: string
  password: string
  readonly isGuest: boolean
  avatarID: string
  blurb: string
  language: string
  playlists: Playlist[]
  friends: Set<number>
  ignores: Set<number>
  community: Community | undefined
}
export type Playback = { historyID: string; playlistID: number; startMs: number; media: Media; dj: Person }
export type Tells = {
  readonly tell: (slug: string, action: string, parameter?: unknown) => void
  readonly whisper: (person: Person, slug: string, action: string, parameter?: unknown) => void
}
export type Community = ReturnType<typeof createCommunity>

/** How the end of the playback is told; only the first is survived by all the libraries. */
export type EndOfPlayback = 'empty' | 'nulls' | 'null'

/** As all the times of this system are written: UTC, six digits of a second, no zone. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().replace('T', ' ').replace('Z', '')}000`

export const RESIDENT = 1000
export const BOUNCER = 2000
export const MANAGER = 3000
export const COHOST = 4000

export function createCommunity(
  slug: string,
  name: string,
  number: number,
  world: { time: OwnTime; chance: Chance; endOfPlayback(): EndOfPlayback; timestamp(ms: number): string },
  { tell, whisper }: Tells,
) {
  const { time, chance } = world
  const people: Person[] = []
  const roles = new Map<number, number>()
  const meta = { name, description: '', welcome: '', minChatLevel: 1 }
  const booth = { isLocked: false, shouldCycle: true, waiting: [] as Person[] }
  const votes = new Map<number, number>()
  const grabs = new Set<number>()
  const mutes = new Map<number, number>()
  const bans = new Set<number>()
  const boothBans = new Set<number>()
  const history: unknown[] = []
  let playback: Playback | undefined
  let forgetEnd = (): void => {}

  const roleOf = ({ id }: Person): number => roles.get(id) ?? 0
  const userOf = (person: Person) => ({
    id: person.id,
    username: person.username,
    slug: person.username.toLowerCase(),
    avatarID: person.avatarID,
    badge: null,
    level: 5,
    role: roleOf(person),
    gRole: 0,
    language: person.language,
    joined: stamp(1_406_155_620_573),
    guest: person.isGuest,
    sub: 0,
  })
  const score = () => ({
    grabs: grabs.size,
    listeners: people.length,
    positive: [...votes.values()].filter((vote) => vote === 1).length,
    negative: [...votes.values()].filter((vote) => vote === -1).length,
    skipped: 0,
  })
  const entryOf = ({ historyID: id, media, startMs, dj }: Playback) => ({
    id,
    media,
    room: { name: meta.name, slug },
    score: score(),
    timestamp: world.timestamp(startMs),
    user: { id: dj.id, username: dj.username },
  })
  const waitingIds = (): number[] => booth.waiting.map(({ id }) => id)
  const listChanged = (): void => tell(slug, 'djListUpdate', waitingIds())

  const start = (dj: Person, playlistID: number, media: Media, agoSec = 0): void => {
    forgetEnd()
    votes.clear()
    grabs.clear()
    const startMs = time.nowMs() - agoSec * 1000
    playback = { historyID: chance.uuid(), playlistID, startMs, media, dj }
    forgetEnd = time.after((media.duration - agoSec) * 1000, next)
    const { historyID: h } = playback
    tell(slug, 'advance', { c: dj.id, d: waitingIds(), h, m: media, p: playlistID, t: world.timestamp(startMs) })
  }
  const next = (): void => {
    forgetEnd()
    const past = playback
    playback = undefined
    if (past) {
      history.unshift(entryOf(past))
      if (booth.shouldCycle && people.includes(past.dj) && hasPlaylist(past.dj)) booth.waiting.push(past.dj)
    }
    const dj = booth.waiting.shift()
    const playlist = dj?.playlists.find(({ active }) => active)
    const media = playlist?.media.shift()
    if (dj && playlist && media) {
      playlist.media.push(media)
      start(dj, playlist.id, media)
      whisper(dj, slug, 'playlistCycle', playlist.id)
    } else if (past) {
      const end = world.endOfPlayback()
      const nulls = { c: null, d: [], h: null, m: null, p: null, t: null }
      tell(slug, 'advance', end === 'empty' ? {} : end === 'nulls' ? nulls : null)
    }
  }
  const hasPlaylist = ({ playlists }: Person): boolean =>
    playlists.some(({ active, media }) => active && media.length > 0)
  const isInBooth = (person: Person): boolean => playback?.dj === person || booth.waiting.includes(person)

  return {
    slug,
    number,
    people,
    roles,
    meta,
    booth,
    votes,
    grabs,
    mutes,
    bans,
    boothBans,
    history,
    roleOf,
    userOf,
    hasPlaylist,
    isInBooth,
    playback: () => playback,
    start,
    next,
    enter(person: Person): void {
      if (people.includes(person)) return
      person.community?.leave(person)
      tell(slug, 'userJoin', userOf(person))
      people.push(person)
      person.community = this
    },
    leave(person: Person): void {
      const at = people.indexOf(person)
      if (at === -1) return
      people.splice(at, 1)
      person.community = undefined
      this.leaveBooth(person)
      tell(slug, 'userLeave', person.isGuest ? 0 : person.id)
    },
    enterBooth(person: Person): void {
      if (isInBooth(person)) return
      booth.waiting.push(person)
      if (playback) listChanged()
      else {
        listChanged()
        next()
      }
    },
    leaveBooth(person: Person): void {
      const at = booth.waiting.indexOf(person)
      if (at !== -1) {
        booth.waiting.splice(at, 1)
        listChanged()
      }
      if (playback?.dj !== person) return
      const { shouldCycle } = booth
      booth.shouldCycle = false
      next()
      booth.shouldCycle = shouldCycle
    },
    moveInBooth(person: Person, to: number): number {
      const from = booth.waiting.indexOf(person)
      booth.waiting.splice(from, 1)
      booth.waiting.splice(to, 0, person)
      listChanged()
      return from
    },
    state: (person: Person) => ({
      booth: {
        currentDJ: playback?.dj.id ?? null,
        isLocked: booth.isLocked,
        shouldCycle: booth.shouldCycle,
        waitingDJs: waitingIds(),
      },
      fx: [],
      grabs: Object.fromEntries([...grabs].map((id) => [id, 1])),
      meta: {
        id: number,
        slug,
        ...meta,
        hostID: [...roles].find(([, role]) => role === 5000)?.[0] ?? 0,
        hostName: '',
        favorite: false,
        guests: people.filter(({ isGuest }) => isGuest).length,
        population: people.length,
      },
      mutes: Object.fromEntries(mutes),
      playback: playback
        ? {
            historyID: playback.historyID,
            playlistID: playback.playlistID,
            startTime: world.timestamp(playback.startMs),
            media: playback.media,
          }
        : {},
      role: roleOf(person),
      users: people.filter(({ isGuest }) => !isGuest).map(userOf),
      votes: Object.fromEntries(votes),
    }),
  }
}

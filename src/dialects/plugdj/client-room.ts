/**
 * The copy of a community: what a server of this wire answers and tells, as a room like any other. Pure.
 * Items start at a moment in the server's time and run; there is neither pause nor seek nor rate. Guests are but a number, so they get names of ours.
 */
import {
  type ForeignChange,
  foreignMember,
  foreignName,
  foreignRoom,
  withChange,
  withChatLine,
} from '../../core/room/foreign-room'
import { type Member, memberOf, type PublicRoom, ROOM_LIMITS } from '../../core/room/room'
import { type Begin, memberId, withBegun, withEnd } from './client-play'
import {
  type HeardState,
  type HeardUser,
  hasParameter,
  type ParameterName,
  type Parameters,
  readParameter,
} from './client-words'
import { DASHBOARD, type Heard } from './frames'
import { muteMs, roleOf } from './grades'

export const DIALECT = 'plugdj'

/** The room, and how far the server's clock is from the own one. */
export type Inside = {
  readonly room: PublicRoom
  readonly self: string
  readonly slug: string
  /** Server time less own time, ms. */
  readonly offsetMs: number
  /** How many guests have been given a name here. */
  readonly guests: number
}

export const numberIn = (id: string): number | undefined => (/^\d+$/.test(id) ? Number(id) : undefined)

function memberAs({ id, username, role, guest }: HeardUser, name: string): Member | undefined {
  if (id === undefined || id === null) return undefined
  return foreignMember({
    id: memberId(id),
    number: id,
    name: username ?? name,
    role: guest ? 'guest' : roleOf(role ?? 0),
    dialect: DIALECT,
  })
}

export function enteredRoom(
  state: HeardState,
  me: HeardUser,
  { slug, offsetMs, hasAccount }: Pick<Inside, 'slug' | 'offsetMs'> & { readonly hasAccount: boolean },
  nowMs: number,
): Inside {
  const { meta, booth, playback } = state
  const settings = {
    mode: 'rotation',
    cycle: booth.shouldCycle ?? true,
    djsLocked: booth.isLocked ?? false,
    shown: { title: meta.name ?? '', description: meta.description ?? '', welcome: meta.welcome ?? '' },
  } as const
  const empty = foreignRoom({ dialect: DIALECT, code: slug, control: 'host', settings, nowMs })
  const users = state.users.flatMap((user) => memberAs(user, 'Somebody') ?? [])
  const own = me.id ? users.find(({ number }) => number === me.id) : undefined
  const self =
    own ??
    foreignMember({
      id: me.id ? memberId(me.id) : 'me',
      ...(me.id && { number: me.id }),
      name: me.username ?? 'You',
      role: me.guest ? 'guest' : roleOf(me.role ?? 0),
      dialect: DIALECT,
    })
  const others = users.filter((user) => user !== own)
  // Oneself is one of them, if a guest.
  const unnamed = Math.min(100, Math.max(0, Math.floor(meta.guests ?? 0) - (own ? 0 : 1)))
  const guests = Array.from({ length: unnamed }, (_, index) => guestNumber(index + 1))
  const members = distinct([...others, ...(own ? [] : guests), self, ...(own ? guests : [])])
  // What anybody with an account may.
  const permissions = { ...empty.permissions, member: hasAccount ? WITH_ACCOUNT : [] }
  const inside = { room: withChange(empty, { members, permissions }), self: self.id, slug, offsetMs, guests: unnamed }
  const { historyID, startTime, media } = playback ?? {}
  const playing = media
    ? begun(inside, { media, historyID, startMs: startTime ?? undefined, dj: booth.currentDJ ?? undefined }, nowMs)
    : inside
  const line = waiting(playing, booth.waitingDJs)
  const voted = Object.entries(state.votes).flatMap(([id, vote]) =>
    numberIn(id) === undefined ? [] : [[id, vote] as const],
  )
  const room = voted.reduce((now, [id, vote]) => withVote(now, id, vote), line.room)
  return { ...line, room: inOrderOfComing(room, state.users, self.id) }
}

const WITH_ACCOUNT = ['queue-vote', 'dj', 'chat'] as const

/** As the state lists them; oneself where one is in it. */
function inOrderOfComing(room: PublicRoom, users: readonly HeardUser[], self: string): PublicRoom {
  const place = new Map(users.map(({ id }, index) => [String(id), index]))
  const last = users.length
  const members = room.members.toSorted(
    (a, b) =>
      (place.get(a.id) ?? (a.id === self ? last + 1 : last)) - (place.get(b.id) ?? (b.id === self ? last + 1 : last)),
  )
  return withChange(room, { members })
}

function distinct(members: readonly Member[]): readonly Member[] {
  const seen = new Set<string>()
  return members.filter(({ id }) => !seen.has(id) && seen.add(id))
}

function guestNumber(count: number): Member {
  return foreignMember({ id: `guest-${count}`, name: `Guest ${count}`, role: 'guest', dialect: DIALECT })
}

function begun({ room, ...inside }: Inside, begin: Begin, nowMs: number): Inside {
  return { ...inside, room: withBegun(room, begin, inside.offsetMs, nowMs) }
}

function ended({ room, ...inside }: Inside, nowMs: number): Inside {
  return { ...inside, room: withEnd(room, nowMs) }
}

function waiting(inside: Inside, ids: readonly number[]): Inside {
  const { room } = inside
  return { ...inside, room: withChange(room, { booth: { ...room.booth, waiting: ids.map(memberId) } }) }
}

function withVote(room: PublicRoom, id: string, vote: number): PublicRoom {
  const { media } = room
  if (!media) return room
  const others = (ids: readonly string[]): readonly string[] => ids.filter((each) => each !== id)
  return withChange(room, {
    media: {
      ...media,
      up: vote > 0 ? [...others(media.up), id] : others(media.up),
      down: vote < 0 ? [...others(media.down), id] : others(media.down),
    },
  })
}

/** Events of this room, or of none. Those that nobody knows change nothing. */
export function heardEvents(inside: Inside, events: readonly Heard[], nowMs: number): Inside {
  return events.reduce(
    (now, { a, p, s }, index) =>
      (s === DASHBOARD || s === inside.slug) && !isTakingName(now, events, index) ? heardEvent(now, a, p, nowMs) : now,
    inside,
  )
}

/** A guest who gets a name goes as one of many and comes as oneself. */
function isTakingName({ room }: Inside, events: readonly Heard[], index: number): boolean {
  const [goes, comes] = [events[index], events[index + 1]]
  if (goes?.a !== 'userLeave' || goes.p !== 0 || comes?.a !== 'userJoin') return false
  const user = readParameter('userJoin', comes.p)
  return user?.id !== undefined && user.id !== null && memberOf(room, memberId(user.id)) !== undefined
}

function heardEvent(inside: Inside, name: string, p: unknown, nowMs: number): Inside {
  if (!hasParameter(name)) return inside
  const value = readParameter(name, p)
  // At the end of playback there may be no parameter at all.
  if (value === undefined) return name === 'advance' && (p === undefined || p === null) ? ended(inside, nowMs) : inside
  const hear: Hear<ParameterName> | undefined = HEARD[name] as Hear<ParameterName> | undefined
  return hear ? hear(inside, value, nowMs) : inside
}

type Hear<Name extends ParameterName> = (inside: Inside, p: Parameters[Name], nowMs: number) => Inside

const changed = (inside: Inside, change: ForeignChange): Inside => ({
  ...inside,
  room: withChange(inside.room, change),
})

function withMember(inside: Inside, id: number, update: (member: Member) => Member): Inside {
  const members = inside.room.members.map((member) => (member.id === memberId(id) ? update(member) : member))
  return changed(inside, { members })
}

function withSettings(inside: Inside, settings: Partial<PublicRoom['settings']>): Inside {
  return changed(inside, { settings: { ...inside.room.settings, ...settings } })
}

function withShown(inside: Inside, shown: Partial<PublicRoom['settings']['shown']>): Inside {
  return withSettings(inside, { shown: { ...inside.room.settings.shown, ...shown } })
}

const HEARD: { readonly [Name in ParameterName]?: Hear<Name> } = {
  advance(inside, { c, d, h, m, t }, nowMs) {
    if (!m) return waiting(ended(inside, nowMs), d)
    return waiting(begun(inside, { media: m, historyID: h, startMs: t ?? undefined, dj: c ?? undefined }, nowMs), d)
  },
  chat(inside, { message, un, cid, uid }, nowMs) {
    const [, emoted] = /^\/(?:me|em)\s+(.*)$/s.exec(message) ?? []
    const author = uid ? memberOf(inside.room, memberId(uid)) : undefined
    const room = withChatLine(inside.room, {
      text: emoted ?? message,
      kind: emoted === undefined ? 'text' : 'emote',
      ...(author && { memberId: author.id }),
      ...(un && { name: un }),
      ...(cid && { id: cid }),
      atMs: nowMs,
    })
    return { ...inside, room }
  },
  chatDelete(inside, { c }) {
    const chat = inside.room.chat.map((line) =>
      line.id === c ? { ...line, deleted: true as const, mentions: [], reactions: [], content: { text: '' } } : line,
    )
    return changed(inside, { chat })
  },
  djListUpdate: (inside, ids) => waiting(inside, ids),
  djListCycle: (inside, { f, c }) => withSettings(inside, { cycle: f ?? c ?? true }),
  djListLocked: (inside, { f }) => withSettings(inside, { djsLocked: f }),
  modMute: (inside, { i, d }, nowMs) =>
    withMember(inside, i, ({ muted: _, ...member }) =>
      d === 'o' ? member : { ...member, muted: { untilMs: nowMs + muteMs(d === 's' || d === 'm' ? d : 'l') } },
    ),
  modBan: (inside, { t, m }, nowMs) => said(inside, `${t} was banned${m ? ` by ${m}` : ''}`, nowMs),
  modStaff: (inside, { u }) =>
    u.reduce((now, { i, p }) => withMember(now, i, (member) => ({ ...member, role: roleOf(p) })), inside),
  nameChangedRoom: (inside, { i, n }) => renamed(inside, i, n),
  userUpdate: (inside, { i, username }) => (username ? renamed(inside, i, username) : inside),
  userJoin(inside, user) {
    const guests = user.guest ? inside.guests + 1 : inside.guests
    const member = memberAs(user, `Guest ${guests}`) ?? guestNumber(guests)
    const others = inside.room.members.filter(({ id }) => id !== member.id)
    return { ...changed(inside, { members: [...others, member] }), guests }
  },
  userLeave(inside, id) {
    const { members } = inside.room
    // Which guest it was nobody tells.
    const gone =
      id === 0
        ? members.findLast((member) => member.role === 'guest' && member.id !== inside.self)
        : members.find((member) => member.id === memberId(id) && member.id !== inside.self)
    return changed(inside, { members: members.filter((member) => member !== gone) })
  },
  vote: (inside, { i, v }) => ({ ...inside, room: withVote(inside.room, memberId(i), v) }),
  grab(inside, id) {
    const { media } = inside.room
    if (!media || media.grabs.includes(memberId(id))) return inside
    return changed(inside, { media: { ...media, grabs: [...media.grabs, memberId(id)].slice(-ROOM_LIMITS.grabs) } })
  },
  roomNameUpdate: (inside, { n }) => withShown(inside, { title: n.slice(0, ROOM_LIMITS.titleOfRoom) }),
  roomDescriptionUpdate: (inside, { d }) =>
    withShown(inside, { description: d.slice(0, ROOM_LIMITS.descriptionLength) }),
  roomWelcomeUpdate: (inside, { w }) => withShown(inside, { welcome: w.slice(0, ROOM_LIMITS.welcomeLength) }),
  plugMessage: said,
}

function renamed(inside: Inside, id: number, name: string): Inside {
  return withMember(inside, id, (member) => ({ ...member, shown: { name: foreignName(name) } }))
}

/** Words of the system itself. */
function said(inside: Inside, text: string, nowMs: number): Inside {
  return { ...inside, room: withChatLine(inside.room, { text, kind: 'system', atMs: nowMs }) }
}

/**
 * The objects of this wire, made from a room: users, what is played, the state of a community, its history.
 * Levels, points, badges and pictures of people are not of our world: everybody has the least of them. Pure.
 */

import type { Item, Played } from '../../core/room/item'
import type { DirectoryRoom } from '../../core/room/listed-room'
import { hostOf, isConnected, type Member, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { escapeText } from './escaping'
import { plugRoleOf } from './grades'
import { type Media, mediaOf } from './media'
import { slugOf } from './slug'
import { timestampOf } from './timestamp'

/** Nobody tells since when somebody is known here. */
const JOINED = timestampOf(0)
const AVATAR = 'base01'

export type User = {
  readonly id: number
  readonly username: string
  readonly slug: string
  readonly avatarID: string
  readonly badge: string | null
  readonly level: number
  readonly role: number
  readonly gRole: number
  readonly language: string
  readonly joined: string
  readonly guest: boolean
  readonly sub: number
}

export type About = {
  readonly number: number
  readonly name: string
  readonly role?: number
  readonly guest?: boolean
  readonly avatar?: string
  readonly badge?: string
  readonly language?: string
}

export function userAs({ number, name, role = 0, guest = false, avatar, badge, language }: About): User {
  return {
    id: number,
    username: escapeText(name),
    slug: slugOf(name),
    avatarID: avatar ?? AVATAR,
    badge: badge ?? null,
    level: 1,
    role,
    gRole: 0,
    language: language ?? 'en',
    joined: JOINED,
    guest,
    sub: 0,
  }
}

/** Somebody of this wire without an account: counted, and not named. Who comes by another wire has a name, account or not. */
export function isGuest({ dialect, role }: Member): boolean {
  return dialect === 'plugdj' && role === 'guest'
}

export function userOf(member: Member): User {
  const { number, shown, role } = member
  return userAs({ number, name: shown.name, role: plugRoleOf(role), guest: isGuest(member) })
}

export function memberByNumber(room: PublicRoom, number: number): Member | undefined {
  return room.members.find((member) => member.number === number)
}

/** Whose turn it is: in a room where nobody takes turns, whoever added what is played, or the host. */
export function djOf(room: PublicRoom): Member | undefined {
  const { booth, media, members } = room
  if (!media) return undefined
  return memberOf(room, booth.playing) ?? memberOf(room, media.addedBy) ?? hostOf(room) ?? members[0]
}

export function numberOfMember(room: PublicRoom, id: MemberId | undefined): number {
  return memberOf(room, id)?.number ?? 0
}

export function waitingIds({ booth, ...room }: PublicRoom): readonly number[] {
  return booth.waiting.flatMap((id) => room.members.find((member) => member.id === id)?.number ?? [])
}

/** Who is shown by name; the DJ always is. */
export function usersOf(room: PublicRoom): readonly User[] {
  const dj = djOf(room)
  return room.members.filter((member) => member === dj || (isConnected(member) && !isGuest(member))).map(userOf)
}

/**
 * The name of one play: a GUID. Items that came into the queue together have one id and a number behind it; that is folded into the
 * last digits.
 */
export function historyIdOf({ id }: Pick<Item, 'id'>): string {
  const [, uuid, index] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,4})$/i.exec(id) ?? []
  if (uuid === undefined) return id
  const last = (Number.parseInt(uuid.slice(-6), 16) + Number(index)) % 0x1000000
  return uuid.slice(0, -6) + last.toString(16).padStart(6, '0')
}

const NOTHING: Media = { id: 0, cid: '', format: 1, title: '', author: '', image: '', duration: 0 }

export function stateOf(room: PublicRoom, slug: string, self: MemberId, startMs: number, nowMs: number): object {
  const { media, settings, members } = room
  const users = usersOf(room)
  const host = hostOf(room)
  return {
    booth: {
      currentDJ: djOf(room)?.number ?? null,
      isLocked: settings.djsLocked,
      shouldCycle: settings.cycle,
      waitingDJs: waitingIds(room),
    },
    fx: [],
    grabs: Object.fromEntries((media?.grabs ?? []).flatMap((id) => entryOf(room, id, 1))),
    meta: {
      id: room.number,
      name: escapeText(titleOf(room)),
      slug,
      description: escapeText(settings.shown.description),
      welcome: escapeText(settings.shown.welcome),
      hostID: host?.number ?? 0,
      hostName: escapeText(host?.shown.name ?? ''),
      favorite: false,
      guests: members.filter((member) => isConnected(member) && isGuest(member)).length,
      population: users.length,
      minChatLevel: 1,
    },
    mutes: Object.fromEntries(
      members.flatMap((member) => (isMutedNow(member, nowMs) ? [[member.number, secondsLeft(member, nowMs)]] : [])),
    ),
    playback: media
      ? { historyID: historyIdOf(media), playlistID: 0, startTime: timestampOf(startMs), media: mediaOf(media) }
      : { historyID: '', playlistID: 0, startTime: timestampOf(nowMs), media: null },
    role: plugRoleOf(members.find(({ id }) => id === self)?.role ?? 'guest'),
    users,
    votes: Object.fromEntries([
      ...(media?.up ?? []).flatMap((id) => entryOf(room, id, 1)),
      ...(media?.down ?? []).flatMap((id) => entryOf(room, id, -1)),
    ]),
  }
}

function entryOf(room: PublicRoom, id: MemberId, value: number): readonly (readonly [number, number])[] {
  const number = memberOf(room, id)?.number
  return number === undefined ? [] : [[number, value]]
}

export function titleOf({ settings, code }: Pick<PublicRoom, 'settings' | 'code'>): string {
  return settings.shown.title || code
}

export function isMutedNow({ muted }: Member, nowMs: number): boolean {
  return muted !== undefined && (muted.untilMs ?? nowMs + 1) > nowMs
}

/** For good is a long time. */
const FOR_GOOD_SEC = 365 * 24 * 3600

export function secondsLeft({ muted }: Member, nowMs: number): number {
  return muted?.untilMs === undefined ? FOR_GOOD_SEC : Math.max(0, Math.ceil((muted.untilMs - nowMs) / 1000))
}

/** What was played, last first; a client waits for ever for a history without an entry, so there is always one. */
export function historyOf(room: PublicRoom, slug: string, nowMs: number): readonly object[] {
  const at = { name: escapeText(titleOf(room)), slug }
  const entry = (played: Pick<Played, 'itemId' | 'sinceMs' | 'score' | 'skipped'>, media: Media, by?: MemberId) => ({
    id: historyIdOf({ id: played.itemId }),
    media,
    room: at,
    score: {
      grabs: played.score.grabs,
      listeners: played.score.listeners,
      negative: played.score.down,
      positive: played.score.up,
      skipped: played.skipped ? 1 : 0,
    },
    timestamp: timestampOf(played.sinceMs),
    user: { id: numberOfMember(room, by), username: escapeText(memberOf(room, by)?.shown.name ?? '') },
  })
  const entries = room.history.map((played) => entry(played, mediaOf(played), played.addedBy))
  if (entries.length > 0) return entries
  const { media } = room
  const score = {
    up: media?.up.length ?? 0,
    down: media?.down.length ?? 0,
    grabs: media?.grabs.length ?? 0,
    listeners: 0,
  }
  const now = { itemId: media?.id ?? room.id, sinceMs: media?.sinceMs ?? nowMs, score, skipped: false }
  return [entry(now, media ? mediaOf(media) : NOTHING, media?.addedBy ?? hostOf(room)?.id)]
}

export function summaryOf(room: DirectoryRoom): object {
  const { item, host, dj, title, code, number, members, capacity } = room
  const media = item && mediaOf(item)
  return {
    id: number,
    cid: media?.cid ?? '',
    slug: code,
    name: escapeText(title || code),
    host: escapeText(host?.name ?? ''),
    dj: dj ? escapeText(dj.name) : null,
    media: media ? escapeText([media.author, media.title].filter((part) => part !== '').join(' - ')) : null,
    format: media?.format ?? 0,
    image: media?.image ?? '',
    favorite: false,
    population: members,
    guests: 0,
    capacity,
    nsfw: false,
  }
}

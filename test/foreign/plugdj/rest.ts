/**
 * The HTTP side of the scripted plug.dj: everything below `/_/` in its envelope, with the shapes and keywords of its documentation. It knows communities
 * and people, but no sockets: what others hear goes through `Tells`.
 */

import type { Call } from '../house'
import { type Fields, fieldsOf, listOf, numberOf, readFields, textOf } from '../json'
import {
  BOUNCER,
  COHOST,
  type Community,
  MANAGER,
  type Media,
  type Person,
  type Playlist,
  RESIDENT,
  stamp,
  type Tells,
} from './community'

export type Site = {
  nowMs(): number
  newId(): number
  people: Person[]
  communities: Map<string, Community>
  makeCommunity(slug: string, name: string): Community
  /** Where the person is told something that belongs to no room. */
  tells: Tells
  token(person: Person): string
}
export type Refused = { readonly status: string; readonly text?: string }
export type Done = readonly unknown[] | Refused
type Route = (who: Person, found: readonly string[], body: Fields, query: URLSearchParams) => Done

const OK: Done = []
export const refuse = (status: string, text?: string): Refused => ({ status, ...(text === undefined ? {} : { text }) })
const NOT_AUTHORIZED = refuse('notAuthorized', 'You are not authorized to access this resource.')
const NOT_IN_A_ROOM = refuse('requestError', 'not in a room.')
const needs = (field: string): Refused => refuse('requestError', `${field} is required`)

export function createRoutes(site: Site): (call: Call, who: Person) => Done {
  const { tells } = site
  const personOf = (id: unknown): Person | undefined => site.people.find((one) => one.id === Number(id))
  const summary = ({ slug, number, meta, people, playback }: Community) => {
    const now = playback()
    return {
      id: number,
      cid: String(number),
      slug,
      name: meta.name,
      host: '',
      dj: now?.dj.username ?? '',
      media: now ? `${now.media.author} - ${now.media.title}` : '',
      format: now?.media.format ?? 0,
      image: now?.media.image ?? '',
      favorite: false,
      population: people.length,
      guests: people.filter(({ isGuest }) => isGuest).length,
      capacity: null,
      nsfw: false,
    }
  }
  const meOf = (who: Person) => ({
    id: who.id,
    username: who.username,
    slug: who.username.toLowerCase(),
    avatarID: who.avatarID,
    badge: null,
    level: 5,
    role: 0,
    gRole: 0,
    language: who.language,
    joined: stamp(1_406_155_620_573),
    guest: who.isGuest,
    sub: 0,
    blurb: who.blurb,
    xp: 0,
    pp: 0,
    pw: true,
    settings: {},
    ignores: [...who.ignores].map((id) => ({ id, username: personOf(id)?.username ?? '' })),
    notifications: [],
  })
  const listing = ({ id, name, active, media }: Playlist) => ({ id, name, active, count: media.length })
  const mediaOf = (given: unknown): Media[] =>
    listOf(given).map((one) => ({
      image: '',
      author: '',
      title: '',
      duration: 0,
      format: 1,
      cid: '',
      ...fieldsOf(one),
      id: site.newId(),
    }))

  /** In a room, and with at least this role there. */
  const inRoom =
    (role: number, act: (room: Community, who: Person, found: readonly string[], body: Fields) => Done): Route =>
    (who, found, body) => {
      if (!who.community) return NOT_IN_A_ROOM
      return who.community.roleOf(who) < role ? NOT_AUTHORIZED : act(who.community, who, found, body)
    }
  const withPlaylist =
    (act: (playlist: Playlist, who: Person, body: Fields) => Done): Route =>
    (who, [, id], body) => {
      const playlist = who.playlists.find((one) => one.id === Number(id))
      return playlist ? act(playlist, who, body) : refuse('notFound')
    }
  const mod = ({ username: m, id: mi }: Person) => ({ m, mi })

  const routes: Readonly<Record<string, Route>> = {
    'GET auth/token': (who) => [site.token(who)],
    'DELETE auth/session': () => OK,
    'GET users/me': (who) => (who.isGuest ? NOT_AUTHORIZED : [meOf(who)]),
    'GET users/me/history': (who) => who.community?.history ?? [],
    'POST users/bulk': (_, __, { ids }) =>
      listOf(ids)
        .map(personOf)
        .filter((one) => one !== undefined)
        .map(meOf),
    'PUT profile/blurb': (who, _, { blurb }) => {
      who.blurb = textOf(blurb) ?? ''
      return OK
    },
    'GET rooms': (_, __, ___, query) =>
      [...site.communities.values()].filter(({ meta }) => meta.name.includes(query.get('q') ?? '')).map(summary),
    'POST rooms': (_, __, { name }) => {
      const title = textOf(name) ?? ''
      const room = site.makeCommunity(title.toLowerCase().replace(/[^a-z0-9]+/g, '-'), title)
      return [{ id: room.number, name: title, slug: room.slug }]
    },
    'GET rooms/me': () => [],
    'POST rooms/join': (who, _, { slug }) => {
      const room = site.communities.get(String(slug))
      if (slug === undefined) return needs('slug')
      if (!room || room.bans.has(who.id)) return NOT_AUTHORIZED
      room.enter(who)
      return OK
    },
    'GET rooms/state': inRoom(0, (room, who) => [room.state(who)]),
    'GET rooms/history': inRoom(0, ({ history }) => history),
    'POST rooms/update': inRoom(COHOST, (room, { id: u }, _, body) => {
      const event = {
        name: ['roomNameUpdate', 'n'],
        description: ['roomDescriptionUpdate', 'd'],
        welcome: ['roomWelcomeUpdate', 'w'],
      }
      for (const [key, [action = '', letter = '']] of Object.entries(event))
        if (key in body) {
          Object.assign(room.meta, { [key]: body[key] })
          tells.tell(room.slug, action, { [letter]: body[key], u })
        }
      return OK
    }),
    'POST booth': inRoom(0, (room, who) => {
      if (who.isGuest || room.boothBans.has(who.id)) return NOT_AUTHORIZED
      const role = room.roleOf(who)
      if (room.booth.isLocked && role !== RESIDENT && role < MANAGER) return NOT_AUTHORIZED
      if (!room.hasPlaylist(who)) return refuse('noValidPlaylist')
      room.enterBooth(who)
      return OK
    }),
    'DELETE booth': inRoom(0, (room, who) => {
      room.leaveBooth(who)
      return OK
    }),
    'POST booth/add': inRoom(BOUNCER, (room, who, _, { id }) => {
      const target = personOf(id)
      if (!target || target.community !== room) return refuse('roomMismatch')
      if (!room.hasPlaylist(target)) return refuse('noValidPlaylist')
      tells.tell(room.slug, 'modAddDJ', { ...mod(who), t: target.username })
      room.enterBooth(target)
      return OK
    }),
    'POST booth/move': inRoom(BOUNCER, (room, who, _, { userID, position }) => {
      const target = personOf(userID)
      if (!target || !room.booth.waiting.includes(target)) return refuse('userNotInBooth')
      const n = numberOf(position) ?? 0
      tells.tell(room.slug, 'modMoveDJ', { ...mod(who), u: target.username, o: room.moveInBooth(target, n), n })
      return OK
    }),
    'DELETE booth/remove/:id': inRoom(BOUNCER, (room, who, [, , id]) => {
      const target = personOf(id)
      if (!target || !room.isInBooth(target)) return refuse('userNotInBooth')
      tells.tell(room.slug, 'modRemoveDJ', { ...mod(who), t: target.username, d: room.playback()?.dj === target })
      room.leaveBooth(target)
      return OK
    }),
    'POST booth/skip': inRoom(BOUNCER, (room, who, _, { historyID }) => {
      if (room.playback()?.historyID !== historyID) return refuse('requestError', 'historyID is required')
      tells.tell(room.slug, 'modSkip', mod(who))
      room.next()
      return OK
    }),
    'POST booth/skip/me': inRoom(0, (room, who) => {
      if (room.playback()?.dj !== who) return NOT_AUTHORIZED
      tells.tell(room.slug, 'skip', who.id)
      room.next()
      return OK
    }),
    'PUT booth/lock': inRoom(MANAGER, (room, who, _, { isLocked, removeAllDJs }) => {
      room.booth.isLocked = isLocked === true
      if (removeAllDJs === true) for (const one of room.booth.waiting.slice()) room.leaveBooth(one)
      tells.tell(room.slug, 'djListLocked', { c: removeAllDJs === true, f: room.booth.isLocked, ...mod(who) })
      return OK
    }),
    'PUT booth/cycle': inRoom(MANAGER, (room, who, _, { shouldCycle }) => {
      room.booth.shouldCycle = shouldCycle === true
      tells.tell(room.slug, 'djListCycle', { f: room.booth.shouldCycle, ...mod(who) })
      return OK
    }),
    'POST booth/waitlistban': inRoom(BOUNCER, (room, who, _, { userID, duration: d }) => {
      const target = personOf(userID)
      if (!target) return needs('userID')
      room.boothBans.add(target.id)
      tells.tell(room.slug, 'modWaitlistBan', { ...mod(who), t: target.username, ti: target.id, d })
      room.leaveBooth(target)
      return OK
    }),
    'POST votes': inRoom(0, (room, { id: i }, _, { direction: v, historyID }) => {
      if (room.playback()?.historyID !== historyID) return needs('historyID')
      if (v !== 1 && v !== -1) return needs('direction')
      room.votes.set(i, v)
      tells.tell(room.slug, 'vote', { i, v })
      return OK
    }),
    'POST grabs': inRoom(0, (room, who, _, { playlistID, historyID }) => {
      const playing = room.playback()
      const playlist = who.playlists.find(({ id }) => id === playlistID)
      if (!playing || playing.historyID !== historyID || !playlist) return needs('historyID')
      playlist.media.push(playing.media)
      room.grabs.add(who.id)
      tells.tell(room.slug, 'grab', who.id)
      return [listing(playlist)]
    }),
    'DELETE chat/:id': inRoom(BOUNCER, (room, { id: mi }, [, c]) => {
      tells.tell(room.slug, 'chatDelete', { c, mi })
      return OK
    }),
    'GET playlists': ({ playlists }) => playlists.map(listing),
    'POST playlists': (who, _, { name, media }) => {
      const playlist = {
        id: site.newId(),
        name: String(name),
        active: who.playlists.length === 0,
        media: mediaOf(media),
      }
      who.playlists.push(playlist)
      return [listing(playlist)]
    },
    'DELETE playlists/:id': withPlaylist((playlist, who) => {
      who.playlists = who.playlists.filter((one) => one !== playlist)
      return OK
    }),
    'PUT playlists/:id/activate': withPlaylist((playlist, who) => {
      for (const one of who.playlists) one.active = one === playlist
      return [{ activated: playlist.id }]
    }),
    'GET playlists/:id/media': withPlaylist(({ media }) => media),
    'POST playlists/:id/media/insert': withPlaylist((playlist, _, { media, append }) => {
      const added = mediaOf(media)
      playlist.media = append === false ? [...added, ...playlist.media] : [...playlist.media, ...added]
      return playlist.media
    }),
    'POST playlists/:id/media/delete': withPlaylist((playlist, _, { ids }) => {
      playlist.media = playlist.media.filter(({ id }) => !listOf(ids).includes(id))
      return playlist.media
    }),
    'POST bans/add': inRoom(BOUNCER, (room, who, _, { userID, duration: d, reason: r }) => {
      const target = personOf(userID)
      if (!target) return needs('userID')
      if (room.roleOf(target) >= room.roleOf(who)) return NOT_AUTHORIZED
      room.bans.add(target.id)
      tells.whisper(target, 'dashboard', 'ban', { t: 'ban', d, r })
      tells.tell(room.slug, 'modBan', { ...mod(who), t: target.username, d })
      room.leave(target)
      return OK
    }),
    'POST mutes': inRoom(BOUNCER, (room, who, _, { userID: i, duration: d, reason: r }) => {
      const target = personOf(i)
      if (!target) return needs('userID')
      room.mutes.set(target.id, 900)
      tells.tell(room.slug, 'modMute', { ...mod(who), i, t: target.username, r, d })
      return OK
    }),
    'GET staff': inRoom(0, (room) => room.people.filter((one) => room.roleOf(one) > 0).map(room.userOf)),
    'POST staff/update': inRoom(MANAGER, (room, who, _, { userID, roleID }) => {
      const target = personOf(userID)
      if (!target) return needs('userID')
      room.roles.set(target.id, numberOf(roleID) ?? 0)
      tells.tell(room.slug, 'modStaff', { ...mod(who), u: [{ n: target.username, i: target.id, p: roleID }] })
      return OK
    }),
    'GET friends': ({ friends }) =>
      [...friends]
        .map(personOf)
        .filter((one) => one !== undefined)
        .map(meOf),
    'POST friends': (who, _, { id }) => {
      const target = personOf(id)
      if (!target) return needs('id')
      const isMutual = target.friends.has(who.id)
      who.friends.add(target.id)
      tells.whisper(target, 'dashboard', isMutual ? 'friendAccept' : 'friendRequest', who.username)
      return OK
    },
    'GET users/:id': (_, [, id]) => {
      const target = personOf(id)
      return target ? [meOf(target)] : refuse('notFound')
    },
    'GET rooms/validate/:id': (_, [, , name = '']) => [{ slug: name.toLowerCase() }],
    'GET users/validate/:id': (_, [, , name = '']) => [{ slug: name.toLowerCase() }],
  }

  return ({ method, path, query, body }, who) => {
    const parts = path.replace(/^\/_\//, '').split('/')
    const exact = `${method} ${parts.join('/')}`
    const pattern = `${method} ${parts.map((part) => (/^\d/.test(part) ? ':id' : part)).join('/')}`
    const loose = `${method} ${[...parts.slice(0, -1), ':id'].join('/')}`
    const route = routes[exact] ?? routes[pattern] ?? routes[loose]
    return route ? route(who, parts, fieldsOf(readFields(body)), query) : OK
  }
}

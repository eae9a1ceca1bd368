/**
 * What this wire is told of the own person: who they are, what they played, which playlists they have. Pure.
 * Points and levels are of no world here; what is kept for this wire alone lies in the person's preferences.
 */
import type { PersonCommand } from '../../core/person/command'
import type { NumberedPersonEvent } from '../../core/person/event'
import type { OwnPerson, Playlist, Preferences } from '../../core/person/person'
import { escapeText } from './escaping'
import { plugRoleOf } from './grades'
import { mediaOf } from './media'
import { historyIdOf, userAs } from './objects'
import type { Call } from './route'
import type { FromPerson, PlugdjSession } from './session'
import { timestampOf } from './timestamp'
import type { Sayable, Turn } from './turn'

export function ownNumber({ seat, person, who }: PlugdjSession): number {
  return seat?.room.members.find(({ id }) => id === seat.memberId)?.number ?? person?.number ?? who?.number ?? 0
}

function ownName({ seat, person, who }: PlugdjSession): string {
  return (
    seat?.room.members.find(({ id }) => id === seat.memberId)?.shown.name ?? who?.account ?? person?.shown.name ?? ''
  )
}

const SETTINGS = {
  chatImages: true,
  chatTimestamps: 24,
  emoji: true,
  friendAvatarsOnly: false,
  notifyDJ: true,
  notifyFriendJoin: true,
  notifyScore: true,
  tooltips: true,
  videoOnly: false,
} as const

function settingsOf(kept: Preferences): object {
  return Object.fromEntries(Object.entries(SETTINGS).map(([name, usual]) => [name, kept[name] ?? usual]))
}

function keptOf(person: OwnPerson | undefined): Preferences {
  return person?.preferences['plugdj'] ?? {}
}

const asText = (value: Preferences[string] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

export function meOf(session: PlugdjSession): object {
  const { seat, person, who } = session
  const kept = keptOf(person)
  const role = seat?.room.members.find((member) => member.id === seat.memberId)?.role
  const [avatar, badge, language] = [asText(kept['avatar']), asText(kept['badge']), asText(kept['language'])]
  return {
    ...userAs({
      number: ownNumber(session),
      name: ownName(session),
      role: role ? plugRoleOf(role) : 0,
      guest: who?.account === undefined,
      ...(avatar !== undefined && { avatar }),
      ...(badge !== undefined && { badge }),
      ...(language !== undefined && { language }),
    }),
    blurb: asText(kept['blurb']) ?? '',
    xp: 0,
    pp: 0,
    pw: who?.account !== undefined,
    settings: settingsOf(kept),
    ignores: ignoresOf(person),
    notifications: [],
  }
}

export function ignoresOf(
  person: OwnPerson | undefined,
): readonly { readonly id: number; readonly username: string }[] {
  return (person?.blocked ?? []).map(({ person: { number, shown } }) => ({
    id: number,
    username: escapeText(shown.name),
  }))
}

export function playlistAs({ number, id: playlistId, shown, items }: Playlist, person: OwnPerson): object {
  return {
    id: number,
    name: escapeText(shown.name),
    active: person.activePlaylistId === playlistId,
    count: items.length,
  }
}

/** What is answered when something of a person was changed: as they are by then. */
export function fromPerson(person: OwnPerson, what: FromPerson): readonly unknown[] {
  switch (what.type) {
    case 'playlist': {
      const playlist = what.playlistId
        ? person.playlists.find((each) => each.id === what.playlistId)
        : person.playlists.findLast(({ shown }) => shown.name === what.name)
      return playlist ? [playlistAs(playlist, person)] : []
    }
    case 'media':
      return person.playlists.find((each) => each.id === what.playlistId)?.items.map(mediaOf) ?? []
    case 'ignored':
      return ignoresOf(person).filter(({ id }) => id === what.number)
    case 'item': {
      const playlist = person.playlists.find((each) => each.id === what.playlistId)
      const item = playlist?.items.find((each) => each.id === what.itemId)
      return item ? [{ author: item.content.author ?? '', title: item.content.title }] : []
    }
  }
}

export function historyOfPerson(person: OwnPerson | undefined): readonly object[] {
  const username = escapeText(person?.shown.name ?? '')
  return (person?.history ?? []).map((played) => ({
    id: historyIdOf(played),
    media: mediaOf(played),
    room: { name: escapeText(played.room.title || played.room.code), slug: played.room.code, private: false },
    score: {
      grabs: played.score.grabs,
      listeners: played.score.listeners,
      negative: played.score.down,
      positive: played.score.up,
      skipped: played.skipped ? 1 : 0,
    },
    timestamp: timestampOf(played.atMs),
    user: { id: person?.number ?? 0, username },
  }))
}

/** What was asked of a person is answered when it is done. */
export function personAsks(turn: Turn, { to }: Call, command: PersonCommand, what?: FromPerson): void {
  turn.ask(
    { kind: 'person', wish: { type: 'command', command } },
    what ? { next: 'answer-from-person', to, what } : { next: 'answer', to, data: [] },
  )
}

/** What happened to the person, as events of this wire. */
export function personHappenings(
  { event }: NumberedPersonEvent,
  before: OwnPerson,
  after: OwnPerson,
): readonly Sayable[] {
  switch (event.type) {
    case 'playlist-cycled': {
      const playlist = after.playlists.find(({ id }) => id === event.playlistId)
      return playlist ? [{ a: 'playlistCycle', p: playlist.number }] : []
    }
    case 'request-came':
      return [{ a: 'friendRequest', p: escapeText(event.request.person.shown.name) }]
    case 'friend-added': {
      // Whoever accepted knows it.
      const { person } = event.friend
      const hasAsked = before.asked.some((request) => request.person.id === person.id)
      return hasAsked ? [{ a: 'friendAccept', p: escapeText(person.shown.name) }] : []
    }
    default:
      return []
  }
}

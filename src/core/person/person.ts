/**
 * What a person is over time: a part that they see themselves and hold a copy of, and a part that only the server knows.
 * Content (names, texts, titles) is kept apart from structure. The identity that proves who somebody is, is not in here.
 */
import type { ItemContent } from '../room/item'
import type { PersonCard, PersonId } from './card'
import type { Heard, Note } from './note'
import type { PresenceWish } from './presence-wish'

export type { PersonCard, PersonId, Shown } from './card'
export { PERSON_LIMITS } from './person-limits'

/**
 * A request to be friends, on either side. `bond` is what both sides call it; a request that crossed with another one has two
 * as a friendship.
 */
export type FriendRequest = { readonly bond: string; readonly person: PersonCard; readonly atMs: number }
export type Friend = { readonly bonds: readonly string[]; readonly person: PersonCard; readonly sinceMs: number }
export type Blocked = { readonly person: PersonCard; readonly atMs: number }

export type Message = {
  /** The same on both sides. */
  readonly id: string
  /** Did this person write it, or the other one? */
  readonly mine: boolean
  /** Server time. */
  readonly atMs: number
  readonly content: { readonly text: string }
}

export type Conversation = {
  readonly person: PersonCard
  /** Newest last. */
  readonly messages: readonly Message[]
  readonly unread: number
}

export type PlaylistItem = {
  readonly id: string
  /** Durable, 31 bits, for wires that name media by integers. */
  readonly number: number
  readonly durationSec?: number
  readonly startAtSec?: number
  readonly endAtSec?: number
  readonly content: ItemContent
}

export type Playlist = {
  readonly id: string
  readonly number: number
  readonly items: readonly PlaylistItem[]
  readonly shown: { readonly name: string }
}

/** What this person played, or added so that it was played. */
export type PersonPlayed = {
  /** The item's id in the room. */
  readonly id: string
  readonly number: number
  readonly atMs: number
  readonly durationSec?: number
  readonly skipped: boolean
  readonly score: { readonly up: number; readonly down: number; readonly grabs: number; readonly listeners: number }
  readonly room: { readonly code: string; readonly title: string }
  readonly content: ItemContent
}

/** What a wire keeps for somebody of its own settings. */
export type Preferences = Readonly<Record<string, string | number | boolean>>

export type OwnPerson = PersonCard & {
  readonly epoch: string
  /** Number of the last event applied; 0: nothing is stored of this person yet. */
  readonly rev: number
  readonly presenceWish: PresenceWish
  /** May friends see in which room they are? */
  readonly tellsWhere: boolean
  readonly friends: readonly Friend[]
  /** Whom this person asked, and who asks; oldest first. */
  readonly asked: readonly FriendRequest[]
  readonly asking: readonly FriendRequest[]
  readonly blocked: readonly Blocked[]
  /** The one with the newest message first. */
  readonly conversations: readonly Conversation[]
  readonly playlists: readonly Playlist[]
  readonly activePlaylistId?: string
  /** Last first. */
  readonly history: readonly PersonPlayed[]
  /** By dialect. */
  readonly preferences: Readonly<Record<string, Preferences>>
  /** Deleted: only what is still to be told to others is left. */
  readonly deleted?: true
}

/** What the server alone knows of a person. */
export type ServerOnlyPerson = {
  /** What others have to be told and have not taken yet, in order. */
  readonly owed: readonly Note[]
  /** What others told last, so that nothing counts twice; newest last. */
  readonly heard: readonly Heard[]
}

export type Person = { readonly own: OwnPerson; readonly serverOnly: ServerOnlyPerson }

export function ownPart(person: Person): OwnPerson {
  return person.own
}

export function cardOf({ id, number, shown }: PersonCard): PersonCard {
  return { id, number, shown }
}

export function isFriend({ friends }: OwnPerson, id: PersonId): boolean {
  return friends.some(({ person }) => person.id === id)
}

export function isBlocked({ blocked }: OwnPerson, id: PersonId): boolean {
  return blocked.some(({ person }) => person.id === id)
}

export function playlistOf({ playlists }: OwnPerson, id: string | undefined): Playlist | undefined {
  return playlists.find((playlist) => playlist.id === id)
}

/** The one that a DJ plays from. */
export function activePlaylistOf(person: OwnPerson): Playlist | undefined {
  return playlistOf(person, person.activePlaylistId)
}

/** Everything that is kept of a person, for themselves. */
export type PersonExport = { readonly madeAtMs: number; readonly person: Person }

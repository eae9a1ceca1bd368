/**
 * A room as the public list shows it: what anybody may know of a room that says that it is listed, and nothing else.
 * Wires that show more or less of it pick from here.
 */
import type { Item } from './item'
import { hostOf, isConnected, memberOf, type PublicRoom } from './room'
import type { Mode } from './settings'

export type ListedRoom = {
  readonly code: string
  readonly title: string
  readonly description: string
  /** Connected ones. */
  readonly members: number
  readonly capacity: number
  readonly locked: boolean
  readonly guests: boolean
  readonly mode: Mode
  /** The title of what is current. */
  readonly playing?: string
}

/** What the server knows of it besides, for wires that show more of a room than ours. */
export type DirectoryRoom = ListedRoom & {
  readonly id: string
  readonly number: number
  readonly temporary: boolean
  readonly item?: Pick<Item, 'number' | 'durationSec' | 'content'>
  readonly host?: ListedMember
  /** Whose turn it is. */
  readonly dj?: ListedMember
}

export type ListedMember = { readonly number: number; readonly name: string }

export function directoryRoom(room: PublicRoom): DirectoryRoom {
  const { id, number, settings, media, booth } = room
  const [host, dj] = [hostOf(room), memberOf(room, booth.playing)]
  return {
    ...listedRoom(room),
    id,
    number,
    temporary: settings.temporary,
    ...(media && { item: media }),
    ...(host && { host: { number: host.number, name: host.shown.name } }),
    ...(dj && { dj: { number: dj.number, name: dj.shown.name } }),
  }
}

function listedRoom({ code, settings, members, media }: PublicRoom): ListedRoom {
  const { shown, capacity, locked, guests, mode } = settings
  return {
    code,
    title: shown.title,
    description: shown.description,
    members: members.filter(isConnected).length,
    capacity,
    locked,
    guests,
    mode,
    ...(media && { playing: media.content.title }),
  }
}

/** Rooms as an older version stored them, with what they lack: what nobody set is as it is in a new room. */
import { type Item, UNVOTED } from './item'
import { DEFAULT_PATIENCE } from './patience'
import { type Control, tableFor } from './role'
import type { PublicRoom, Room, ServerOnlyRoom } from './room'
import { DEFAULT_SETTINGS } from './settings'

/** A part of a room may be of a day when it did not have all of its fields. */
type Older = Partial<PublicRoom> &
  Omit<PublicRoom, keyof typeof EMPTY | 'settings' | 'permissions'> & { readonly control?: Control }

/** What nobody has put into a room yet, and what holds until somebody says otherwise. */
export const EMPTY = {
  queue: { items: [], previous: [] },
  booth: { waiting: [] },
  skipVotes: [],
  history: [],
  chat: [],
  patience: DEFAULT_PATIENCE,
} satisfies Partial<PublicRoom>

export const NOTHING_KNOWN: ServerOnlyRoom = {
  identityByMember: {},
  addressByMember: {},
  inviteEpoch: 0,
  roleByIdentity: {},
  muteByIdentity: {},
  bans: [],
  chatByIdentity: {},
  undo: [],
}

export function completeRoom(room: Room): Room {
  return { public: completePublic(room.public), serverOnly: { ...NOTHING_KNOWN, ...room.serverOnly } }
}

export function completePublic({ control, media, ...room }: Older): PublicRoom {
  return {
    ...EMPTY,
    ...room,
    permissions: room.permissions ?? tableFor(control ?? 'everyone'),
    settings: { ...DEFAULT_SETTINGS, ...room.settings },
    ...(media && { media: completeItem(media) }),
  }
}

/** Also for events of an older day that bring one. */
export function completeItem(item: Partial<Item> & Pick<Item, 'id' | 'content'>): Item {
  return { number: 0, ...UNVOTED, ...item }
}

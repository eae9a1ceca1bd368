/** A person of whom nothing is stored yet: as they look until they do something for the first time. Pure. */
import { generateName } from '../room/names'
import { anyAvatar } from './avatar'
import type { OwnPerson, Person, PersonId, ServerOnlyPerson } from './person'

/** What nobody has put into a person yet. */
export const EMPTY_PERSON = {
  presenceWish: 'online',
  tellsWhere: false,
  friends: [],
  asked: [],
  asking: [],
  blocked: [],
  conversations: [],
  playlists: [],
  history: [],
  preferences: {},
} as const satisfies Partial<OwnPerson>

export const NOTHING_NOTED: ServerOnlyPerson = { owed: [], heard: [] }

/** The number serves as chance, so that somebody who did nothing yet looks the same every time. */
export function unbornPerson({
  id,
  number,
  name,
}: {
  readonly id: PersonId
  readonly number: number
  readonly name?: string
}): Person {
  const seed = number / 2 ** 31
  const shown = { name: name ?? generateName([], seed), avatar: anyAvatar((seed * 7919) % 1) }
  return { own: { id, number, shown, epoch: '', rev: 0, ...EMPTY_PERSON }, serverOnly: NOTHING_NOTED }
}

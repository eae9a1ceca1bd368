/** How somebody is called and looks, how they wish to be seen, and what a wire keeps for them. */
import { cleanName } from '../room/names'
import { type Refusal, refuse } from '../room/refusal'
import type { ProfileCommand } from './command'
import type { PersonDraft } from './draft'
import { PERSON_LIMITS, type Preferences } from './person'

export function decideProfile(draft: PersonDraft, command: ProfileCommand): Refusal | undefined {
  const own = draft.own()
  switch (command.type) {
    case 'set-profile':
      return setProfile(draft, command)
    case 'set-presence':
      if (own.presenceWish !== command.wish) draft.emit({ type: 'presence-wished', wish: command.wish })
      return undefined
    case 'set-tells-where':
      if (own.tellsWhere !== command.tells) draft.emit({ type: 'tells-where-changed', tells: command.tells })
      return undefined
    case 'set-preferences':
      return setPreferences(draft, command.dialect, command.preferences)
  }
}

function setProfile(
  draft: PersonDraft,
  { name: wish, avatar: newAvatar }: Extract<ProfileCommand, { type: 'set-profile' }>,
): Refusal | undefined {
  const { shown } = draft.own()
  const name = wish === undefined ? shown.name : cleanName(wish)
  if (name === undefined) return refuse('bad-name')
  const { drawing, colour } = newAvatar ?? shown.avatar
  const isNew = name !== shown.name || drawing !== shown.avatar.drawing || colour !== shown.avatar.colour
  if (isNew) draft.emit({ type: 'shown-changed', shown: { name, avatar: { drawing, colour } } })
  return undefined
}

/** No underscore: none can be the name of something that every object has from birth, like `__proto__`. */
const KEY = /^[A-Za-z0-9-]{1,40}$/

function setPreferences(draft: PersonDraft, dialect: string, wish: Preferences): Refusal | undefined {
  const { preferences } = draft.own()
  const known = Object.hasOwn(preferences, dialect) ? preferences[dialect] : undefined
  if (!KEY.test(dialect) || !Object.entries(wish).every(([key, value]) => KEY.test(key) && isShort(value))) {
    return refuse('out-of-range')
  }
  const all = { ...known, ...wish }
  if (Object.keys(all).length > PERSON_LIMITS.preferences) return refuse('too-many')
  if (!known && Object.keys(preferences).length >= PERSON_LIMITS.preferenceDialects) return refuse('too-many')
  const isNew = Object.entries(wish).some(([key, value]) => known?.[key] !== value)
  if (isNew) draft.emit({ type: 'preferences-changed', dialect, preferences: all })
  return undefined
}

function isShort(value: Preferences[string]): boolean {
  if (typeof value === 'string') return value.length <= PERSON_LIMITS.preferenceLength
  return typeof value === 'boolean' || Number.isFinite(value)
}

/** Roles, permissions, settings and the password. Who has to go, or be silent, is `moderation.ts`. */
import { startIfIdle } from './advance'
import type { PeopleCommand } from './command'
import type { Draft } from './draft'
import { decideModeration } from './moderation'
import { may, standsAbove } from './permissions'
import { type Refusal, refuse } from './refusal'
import { inOrder, outranks, PERMISSIONS, type Permission } from './role'
import { isConnected, type MemberId, memberOf, ROOM_LIMITS } from './room'
import { type SettingsWish, withWish } from './settings'
import { skipIfWanted } from './votes'

export function decidePeople(draft: Draft, memberId: MemberId, command: PeopleCommand): Refusal | undefined {
  switch (command.type) {
    case 'set-role':
      return setRole(draft, memberId, command)
    case 'set-permissions':
      return setPermissions(draft, memberId, command)
    case 'configure':
      return configure(draft, command.settings)
    case 'set-password':
      return setPassword(draft, command.password)
    case 'revoke-invites':
      draft.emit({ type: 'invites-revoked' })
      return undefined
    default:
      return decideModeration(draft, memberId, command)
  }
}

type Asked<Type extends PeopleCommand['type']> = Extract<PeopleCommand, { readonly type: Type }>

function setRole(
  draft: Draft,
  memberId: MemberId,
  { memberId: otherId, role }: Asked<'set-role'>,
): Refusal | undefined {
  const room = draft.room()
  const [self, other] = [memberOf(room, memberId), memberOf(room, otherId)]
  if (!self || !other) return refuse('no-such-member')
  if (!standsAbove(room, memberId, otherId)) return refuse('not-over-them')
  if (role === 'host') {
    if (self.role !== 'host') return refuse('host-only')
    // An absent host would lose the role again at once, and a program leads nobody.
    if (!isConnected(other) || other.bot) return refuse('not-allowed')
    draft.emit({ type: 'host-changed', memberId: otherId })
    draft.emit({ type: 'role-changed', memberId, role: 'moderator' })
    return undefined
  }
  if (!outranks(self.role, role)) return refuse('not-over-them')
  if (other.role !== role) draft.emit({ type: 'role-changed', memberId: otherId, role })
  return undefined
}

function setPermissions(
  draft: Draft,
  memberId: MemberId,
  { role, permissions }: Asked<'set-permissions'>,
): Refusal | undefined {
  const room = draft.room()
  const self = memberOf(room, memberId)
  if (!self || !outranks(self.role, role)) return refuse('not-over-them')
  const wished = new Set<Permission>(permissions)
  const changed = PERMISSIONS.filter((each) => wished.has(each) !== room.permissions[role].includes(each))
  if (changed.some((each) => !may(room, memberId, each))) return refuse('not-allowed')
  if (changed.length > 0) {
    draft.emit({ type: 'permissions-changed', permissions: { ...room.permissions, [role]: inOrder(wished) } })
  }
  return undefined
}

function configure(draft: Draft, wish: SettingsWish): Refusal | undefined {
  const { settings } = draft.room()
  if (!isWithin(wish)) return refuse('out-of-range')
  const next = withWish(settings, wish)
  if (JSON.stringify(next) === JSON.stringify(settings)) return undefined
  draft.emit({ type: 'settings-changed', settings: next })
  // Nobody takes turns any more; what is current plays on.
  const { booth } = draft.room()
  const hasDjs = booth.playing !== undefined || booth.waiting.length > 0
  if (next.mode !== 'rotation' && hasDjs) draft.emit({ type: 'booth-changed', booth: { waiting: [] } })
  startIfIdle(draft)
  // Fewer may be enough now.
  skipIfWanted(draft)
  return undefined
}

function isWithin({ capacity = 1, skipShare = 0, shown = {} }: SettingsWish): boolean {
  const { title = '', description = '', welcome = '' } = shown
  return (
    capacity >= 1 &&
    capacity <= ROOM_LIMITS.members &&
    skipShare >= 0 &&
    skipShare <= 1 &&
    title.length <= ROOM_LIMITS.titleOfRoom &&
    description.length <= ROOM_LIMITS.descriptionLength &&
    welcome.length <= ROOM_LIMITS.welcomeLength
  )
}

/** The password itself is the shell's to hash, and never gets into the room. */
function setPassword(draft: Draft, password: string | undefined): Refusal | undefined {
  if (password === undefined) {
    if (draft.room().settings.locked) draft.emit({ type: 'password-changed', locked: false })
    return undefined
  }
  if (password.length === 0) return refuse('out-of-range')
  const { passwordHash } = draft.context.verified
  if (passwordHash === undefined) return refuse('server-error')
  draft.emit({ type: 'password-changed', locked: true, serverOnly: { passwordHash } })
  return undefined
}

/**
 * Roles, and what each may do: a table that a room can change. The host may everything, so the table has no row for the host.
 * Knows no members and no commands; who asks for what is in `permissions.ts`.
 */

/** In rising order. */
export const ROLES = ['guest', 'member', 'moderator', 'host'] as const
export type Role = (typeof ROLES)[number]
export const TABLE_ROLES = ['guest', 'member', 'moderator'] as const
/** The roles that the table has a row for. */
export type TableRole = (typeof TABLE_ROLES)[number]

export const PERMISSIONS = [
  'play-pause',
  'seek',
  'set-rate',
  'skip',
  'set-media',
  'queue-add',
  /** What others added; what one added oneself may always be taken back. */
  'queue-remove',
  'queue-order',
  'queue-vote',
  'play-now',
  'dj',
  'manage-djs',
  'chat',
  'delete-chat',
  'configure',
  'set-permissions',
  'promote',
  'kick',
  'mute',
  'ban',
] as const
export type Permission = (typeof PERMISSIONS)[number]
export type PermissionTable = Readonly<Record<TableRole, readonly Permission[]>>

/** Who controls: a preset over the table. */
export type Control = 'host' | 'everyone'

/** What decides what is played, and where it is. */
const CONTROLS: ReadonlySet<Permission> = new Set<Permission>([
  'play-pause',
  'seek',
  'set-rate',
  'skip',
  'set-media',
  'queue-add',
  'queue-remove',
  'queue-order',
  'play-now',
  'dj',
])
const FOR_ANYBODY: readonly Permission[] = ['queue-vote', 'chat']
const FOR_MODERATORS: readonly Permission[] = [
  ...FOR_ANYBODY,
  'manage-djs',
  'delete-chat',
  'configure',
  'promote',
  'kick',
  'mute',
  'ban',
]

/** The table of a room that nobody has changed. */
export function tableFor(control: Control): PermissionTable {
  return withControl({ guest: FOR_ANYBODY, member: FOR_ANYBODY, moderator: FOR_MODERATORS }, control)
}

/** The table with control given to everybody, or taken from everybody but the host; the rest stays. */
export function withControl(table: PermissionTable, control: Control): PermissionTable {
  const row = (permissions: readonly Permission[]): readonly Permission[] =>
    inOrder(
      new Set([...permissions.filter((each) => !CONTROLS.has(each)), ...(control === 'everyone' ? CONTROLS : [])]),
    )
  return { guest: row(table.guest), member: row(table.member), moderator: row(table.moderator) }
}

/** Does everybody move the timeline here? */
export function controlIn(table: PermissionTable): Control {
  return TABLE_ROLES.every((role) => table[role].includes('play-pause') && table[role].includes('seek'))
    ? 'everyone'
    : 'host'
}

/** Each once, in one order, so that tables that say the same are the same. */
export function inOrder(permissions: ReadonlySet<Permission>): readonly Permission[] {
  return PERMISSIONS.filter((each) => permissions.has(each))
}

export function outranks(one: Role, other: Role): boolean {
  return ROLES.indexOf(one) > ROLES.indexOf(other)
}

/**
 * What each role may, as this wire has it (a mask of 27 bits for each of six roles) and as rooms have it (a table).
 * Several bits may be one permission of a room: then whichever of them was changed decides for all of them.
 */
import { PERMISSIONS, type Permission, type PermissionTable, type TableRole, tableFor } from '../../core/room/role'
import type { Grants } from './frames'
import { ROLE } from './wire'

/** By bit. */
const BITS: readonly (Permission | undefined)[] = [
  'play-pause',
  'skip',
  'seek',
  'queue-add',
  'queue-remove',
  'queue-order',
  'queue-vote',
  'chat',
  // Title, description, visibility, queue mode.
  'configure',
  'configure',
  'configure',
  'configure',
  // Permissions of moderators, trusted, registered and unregistered people.
  'set-permissions',
  'set-permissions',
  'set-permissions',
  'set-permissions',
  // Administrators and moderators are made by the host alone.
  undefined,
  undefined,
  undefined,
  undefined,
  'promote',
  'promote',
  // Other settings.
  'configure',
  'set-rate',
  'kick',
  'play-now',
  // Editing a queued item; who may order the queue may that here.
  'queue-order',
]

export const ALL = 2 ** BITS.length - 1

/** A row may set permissions of the rows below it alone, whatever it has. */
const NEVER: Readonly<Record<TableRole, number>> = {
  guest: bits(12, 13, 14, 15),
  member: bits(12, 13, 14),
  moderator: bits(12),
}

export function maskOf(permissions: readonly Permission[], role: TableRole): number {
  let mask = 0
  BITS.forEach((permission, bit) => {
    if (permission !== undefined && permissions.includes(permission)) mask += 2 ** bit
  })
  return mask & ~NEVER[role]
}

export function grantsOf(table: PermissionTable): Grants {
  const member = maskOf(table.member, 'member')
  return [
    [ROLE.guest, maskOf(table.guest, 'guest')],
    [ROLE.registered, member],
    [ROLE.trusted, member],
    [ROLE.moderator, maskOf(table.moderator, 'moderator')],
    [ROLE.administrator, ALL],
    [ROLE.owner, ALL],
  ]
}

const ROW: ReadonlyMap<number, TableRole> = new Map([
  [ROLE.guest, 'guest'],
  [ROLE.registered, 'member'],
  [ROLE.trusted, 'member'],
  [ROLE.moderator, 'moderator'],
])

/** The rows that somebody changes by these masks. Of two rows that are one here, the one that says something new counts. */
export function changedRows(
  table: PermissionTable,
  grants: Grants,
): readonly { readonly role: TableRole; readonly permissions: readonly Permission[] }[] {
  const rows = new Map<TableRole, readonly Permission[]>()
  for (const [number, mask] of grants) {
    const role = ROW.get(number)
    if (role && mask !== maskOf(table[role], role)) rows.set(role, permissionsFrom(mask, table[role], role))
  }
  return [...rows].map(([role, permissions]) => ({ role, permissions }))
}

function permissionsFrom(mask: number, before: readonly Permission[], role: TableRole): readonly Permission[] {
  return PERMISSIONS.filter((permission) => {
    const all = maskOf([permission], role)
    const had = before.includes(permission)
    if (all === 0) return had
    return had ? (mask & all) === all : (mask & all) !== 0
  })
}

function bits(...numbers: number[]): number {
  return numbers.reduce((mask, bit) => mask + 2 ** bit, 0)
}

/** What a new room of this wire lets people do: 113250303 for everybody, and 133173247 for moderators. */
export const DEFAULT_TABLE: PermissionTable = (() => {
  const everyone: readonly Permission[] = [...tableFor('everyone').guest, 'configure']
  return { guest: everyone, member: everyone, moderator: [...tableFor('everyone').moderator, 'configure'] }
})()

/** The table that masks mean; of the two rows that are one here, the given one. A mask that was not told allows nothing. */
export function permissionsOf(grants: Grants, memberRow: number): PermissionTable {
  const masks = new Map(grants)
  const row = (number: number, role: TableRole): readonly Permission[] =>
    PERMISSIONS.filter((permission) => {
      const all = maskOf([permission], role)
      return all !== 0 && ((masks.get(number) ?? 0) & all) !== 0
    })
  return {
    guest: row(ROLE.guest, 'guest'),
    member: row(memberRow, 'member'),
    moderator: row(ROLE.moderator, 'moderator'),
  }
}

/** Masks with a row changed as somebody wishes: only the bits of what changes. */
export function withRow(grants: Grants, role: TableRole, before: PermissionTable, wish: readonly Permission[]): Grants {
  const given = maskOf(
    wish.filter((each) => !before[role].includes(each)),
    role,
  )
  const taken = maskOf(
    before[role].filter((each) => !wish.includes(each)),
    role,
  )
  return grants.map(([number, mask]) => [number, ROW.get(number) === role ? (mask | given) & ~taken : mask])
}

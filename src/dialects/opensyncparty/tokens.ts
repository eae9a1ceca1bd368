/**
 * Who a token of this wire says somebody is, and what that allows. Its signature and its time have been checked before.
 * A token that names no role may do everything; one that names roles makes rooms and invites only as one of those who host.
 */
import * as z from 'zod/mini'

export type Claims = Readonly<Record<string, unknown>>
export type Known = { readonly name?: string; readonly roles: readonly string[] }

const HOSTS: ReadonlySet<string> = new Set(['host', 'moderator', 'admin', 'administrator'])
const MOST_ROLES = 50

const text = z.string().check(z.maxLength(1_000))
const user = z.object({
  user_id: z.optional(z.unknown()),
  username: z.optional(text),
  type: z.optional(z.unknown()),
  role: z.optional(z.unknown()),
  roles: z.optional(z.unknown()),
})
const invite = z.object({ type: z.literal('invite'), room: text })

/** An invite is nobody. */
export function readUser(claims: Claims): Known | undefined {
  const read = user.safeParse(claims)
  if (!read.success || read.data.type === 'invite') return undefined
  const { username, role, roles } = read.data
  return { ...(username !== undefined && { name: username }), roles: [...rolesIn(role), ...rolesIn(roles)] }
}

/** The room that an invite is for. */
export function readInvite(claims: Claims): string | undefined {
  const read = invite.safeParse(claims)
  return read.success ? read.data.room : undefined
}

export function mayHost({ roles }: Known): boolean {
  return roles.length === 0 || roles.some((role) => HOSTS.has(role))
}

function rolesIn(value: unknown): readonly string[] {
  const words = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value.slice(0, MOST_ROLES) : []
  return words.flatMap((word: unknown) =>
    typeof word === 'string' && word.trim() !== '' ? [word.trim().toLowerCase()] : [],
  )
}

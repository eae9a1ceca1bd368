/**
 * Members as this wire shows them: a user with a status and one of six numbered roles.
 * What the players of this wire say of themselves is no part of a room; each session keeps what it heard.
 */
import type { Role } from '../../core/room/role'
import { isConnected, type Member, type MemberId, type PublicRoom } from '../../core/room/room'
import { DIALECT, ROLE, type Status } from './wire'

export type User = {
  readonly id: string
  readonly name: string
  readonly isLoggedIn: boolean
  readonly status: Status
  readonly role: number
}

export type Statuses = Readonly<Record<MemberId, Status>>

const ROLE_NUMBER: Readonly<Record<Role, number>> = {
  guest: ROLE.guest,
  member: ROLE.trusted,
  moderator: ROLE.moderator,
  host: ROLE.owner,
}

/** The role that a promotion gives here; nobody is made an owner. An administrator is a moderator: a room has one host. */
export function roleOf(number: number): Exclude<Role, 'host'> | undefined {
  switch (number) {
    case ROLE.guest:
      return 'guest'
    case ROLE.registered:
    case ROLE.trusted:
      return 'member'
    case ROLE.moderator:
    case ROLE.administrator:
      return 'moderator'
    default:
      return undefined
  }
}

/** Whoever is known in a room is as good as logged in there. */
export function userOf(member: Member, statuses: Statuses): User {
  return {
    id: member.id,
    name: member.shown.name,
    isLoggedIn: member.role !== 'guest',
    status: statusOf(member, statuses),
    role: ROLE_NUMBER[member.role],
  }
}

export function usersOf(room: PublicRoom, statuses: Statuses): readonly User[] {
  return room.members.filter(isConnected).map((member) => userOf(member, statuses))
}

/** Somebody who said something and has gone. */
export function strangerOf(id: MemberId | undefined, name: string | undefined): User {
  return { id: id ?? '', name: name ?? '', isLoggedIn: false, status: 'none', role: ROLE.guest }
}

function statusOf({ id, dialect, suspension }: Member, statuses: Statuses): Status {
  if (dialect === DIALECT) return statuses[id] ?? 'none'
  if (!suspension) return 'ready'
  return suspension.reason === 'buffering' || suspension.reason === 'error' ? suspension.reason : 'none'
}

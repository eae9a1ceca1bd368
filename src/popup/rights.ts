/**
 * What this member may do here and to whom, so that only that is offered. Pure; the room decides again.
 */
import type { RoomCommand } from '../core/room/command'
import type { Item } from '../core/room/item'
import { outranks, type Permission, ROLES, type Role, type TableRole } from '../core/room/role'
import type { MemberId } from '../core/room/room'
import type { PersonView, RoomView } from '../messages/background-to-popup'

export function may(room: RoomView, permission: Permission): boolean {
  return room.may.includes(permission)
}

/** Has this wire a word for it, here and now? Our own has one for everything. */
export function can(room: RoomView, type: RoomCommand['type']): boolean {
  return room.can.includes(type)
}

export function personOf(room: RoomView, id: MemberId | undefined): PersonView | undefined {
  return room.people.find((person) => person.id === id)
}

export function ownRole(room: RoomView): Role {
  return personOf(room, room.selfId)?.role ?? 'guest'
}

/** Who comes in, and how long the room stays, is for moderators, also where everybody may set what it shows. */
export function mayKeepDoor(room: RoomView): boolean {
  return may(room, 'configure') && outranks(ownRole(room), 'member')
}

/** Nobody acts on somebody of the same role or a higher one. */
export function mayActOn(room: RoomView, person: PersonView, permission: Permission): boolean {
  return may(room, permission) && outranks(ownRole(room), person.role)
}

/** In rising order, without the one they have. */
export function rolesToGive(room: RoomView, person: PersonView): readonly Role[] {
  if (!mayActOn(room, person, 'promote')) return []
  const own = ownRole(room)
  const mayLead = own === 'host' && person.status.kind !== 'away' && !person.isBot
  return ROLES.filter((role) => role !== person.role && (outranks(own, role) || (role === 'host' && mayLead)))
}

export function mayRemove(room: RoomView, item: Item): boolean {
  return can(room, 'queue-remove') && (item.addedBy === room.selfId || may(room, 'queue-remove'))
}

export function mayRemoveDj(room: RoomView, id: MemberId): boolean {
  const dj = personOf(room, id)
  if (!can(room, id === room.selfId ? 'leave-booth' : 'remove-dj')) return false
  return id === room.selfId || (dj !== undefined && mayActOn(room, dj, 'manage-djs'))
}

export function isInBooth({ booth }: RoomView, id: MemberId): boolean {
  return booth.playing === id || booth.waiting.includes(id)
}

/** Whose turn it is may skip, too. */
export function maySkip(room: RoomView): boolean {
  return can(room, 'skip') && (may(room, 'skip') || room.booth.playing === room.selfId)
}

/** One changes the rows below the own role, by what one has. */
export function maySetPermission(room: RoomView, role: TableRole, permission: Permission): boolean {
  return may(room, 'set-permissions') && may(room, permission) && outranks(ownRole(room), role)
}

/** A table row with one permission given or taken. */
export function rowWith(room: RoomView, role: TableRole, permission: Permission, has: boolean): Permission[] {
  const others = room.permissions[role].filter((each) => each !== permission)
  return has ? [...others, permission] : others
}

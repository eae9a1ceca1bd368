/** How a room begins. */

import { positionWithin } from './bounds'
import type { CreateCommand } from './command'
import { EMPTY } from './complete'
import type { Context } from './context'
import type { RoomEvent } from './event'
import { itemFrom } from './items'
import { inOrder, type PermissionTable, TABLE_ROLES, tableFor } from './role'
import type { PublicRoom } from './room'
import { DEFAULT_SETTINGS, withWish } from './settings'

export function created(command: CreateCommand, { nowMs, fresh, verified }: Context): RoomEvent {
  const { passwordHash } = verified
  const locked = command.password !== undefined && passwordHash !== undefined
  const room: PublicRoom = {
    id: fresh.roomId,
    number: fresh.roomNumber,
    code: fresh.code,
    epoch: fresh.epoch,
    rev: 1,
    whenHostLeaves: command.whenHostLeaves,
    settings: { ...withWish(DEFAULT_SETTINGS, command.settings ?? {}), locked },
    permissions: tableOf(command),
    members: [],
    timeline: {
      current: {
        positionSec: positionWithin(command.positionSec),
        rate: command.rate,
        playing: command.playing,
        atMs: nowMs,
      },
    },
    ...(command.media && { media: { ...itemFrom(command.media, { id: fresh.id, seed: fresh.seed }), sinceMs: nowMs } }),
    ...EMPTY,
    emptySinceMs: nowMs,
  }
  return { type: 'room-created', room, ...(locked && { serverOnly: { passwordHash } }) }
}

function tableOf({ control, permissions = {} }: CreateCommand): PermissionTable {
  const preset = tableFor(control)
  const [guest, member, moderator] = TABLE_ROLES.map((role) => inOrder(new Set(permissions[role] ?? preset[role])))
  return { guest: guest ?? [], member: member ?? [], moderator: moderator ?? [] }
}

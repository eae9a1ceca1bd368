import { describe, expect, it } from 'vitest'
import { PERMISSIONS, type Permission, type Role, tableFor } from '../../src/core/room/role'
import type { PersonView, RoomView, View } from '../../src/messages/background-to-popup'
import {
  mayActOn,
  mayKeepDoor,
  mayRemove,
  mayRemoveDj,
  maySetPermission,
  maySkip,
  rolesToGive,
  rowWith,
} from '../../src/popup/rights'
import { roomOf } from '../../src/popup/room-view'
import { EXAMPLE_VIEWS } from './example-views'

const roomIn = (view: View): RoomView => {
  const found = roomOf(view)
  if (!found) throw new Error('this view has no room')
  return found
}
const room = roomIn(EXAMPLE_VIEWS.room)
const [self, other] = room.people
if (!self || !other) throw new Error('the example room has two people')

const roomFor = (role: Role, may: readonly Permission[], changes: Partial<RoomView> = {}): RoomView => ({
  ...room,
  may,
  people: [{ ...self, role }, other],
  ...changes,
})
const person = (role: Role, changes: Partial<PersonView> = {}): PersonView => ({ ...other, role, ...changes })

describe('what one may', () => {
  it('[U54] nobody acts on somebody of the same role or a higher one', () => {
    const moderator = roomFor('moderator', ['kick'])
    expect(
      (['guest', 'member', 'moderator', 'host'] as const).map((role) => mayActOn(moderator, person(role), 'kick')),
    ).toEqual([true, true, false, false])
    expect(mayActOn(moderator, person('guest'), 'ban')).toBe(false)
  })

  it('[O21] the door is offered to moderators, also where everybody may set what the room shows', () => {
    const asked = (['guest', 'member', 'moderator', 'host'] as const).map((role) =>
      mayKeepDoor(roomFor(role, ['configure'])),
    )
    expect(asked).toEqual([false, false, true, true])
    expect(mayKeepDoor(roomFor('moderator', []))).toBe(false)
  })

  it('[U62] roles below the own one can be given, and the host passes on the own', () => {
    expect(rolesToGive(roomFor('moderator', ['promote']), person('guest'))).toEqual(['member'])
    expect(rolesToGive(roomFor('host', PERMISSIONS), person('member'))).toEqual(['guest', 'moderator', 'host'])
    expect(rolesToGive(roomFor('host', PERMISSIONS), person('member', { isBot: true }))).toEqual(['guest', 'moderator'])
    expect(rolesToGive(roomFor('host', PERMISSIONS), person('guest', { status: { kind: 'away' } }))).toEqual([
      'member',
      'moderator',
    ])
    expect(rolesToGive(roomFor('moderator', []), person('guest'))).toEqual([])
  })

  it('[U54] one takes back what one added, and one’s own place in the line', () => {
    const guest = roomFor('guest', [], { booth: { waiting: [self.id, other.id] } })
    const [item] = roomIn(EXAMPLE_VIEWS.queue).queue.items
    if (!item) throw new Error('the example queue has items')
    expect(mayRemove(guest, { ...item, addedBy: self.id })).toBe(true)
    expect(mayRemove(guest, { ...item, addedBy: other.id })).toBe(false)
    expect(mayRemove(roomFor('member', ['queue-remove']), { ...item, addedBy: other.id })).toBe(true)
    expect([self.id, other.id].map((id) => mayRemoveDj(guest, id))).toEqual([true, false])
  })

  it('[U54] whose turn it is may skip', () => {
    expect(maySkip(roomFor('guest', []))).toBe(false)
    expect(maySkip(roomFor('guest', [], { booth: { playing: self.id, waiting: [] } }))).toBe(true)
  })

  it('[U63] permissions are given below the own role, and only those that one has', () => {
    const moderator = roomFor('moderator', ['set-permissions', 'chat'], { permissions: tableFor('host') })
    expect(maySetPermission(moderator, 'member', 'chat')).toBe(true)
    expect(maySetPermission(moderator, 'moderator', 'chat')).toBe(false)
    expect(maySetPermission(moderator, 'member', 'kick')).toBe(false)
    expect(rowWith(moderator, 'guest', 'chat', false)).toEqual(['queue-vote'])
    expect(rowWith(moderator, 'guest', 'dj', true)).toEqual(['queue-vote', 'chat', 'dj'])
  })
})

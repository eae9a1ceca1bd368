/**
 * Lines for some members only: who may write one, and who hears it. They are no events, so nobody else learns that they were said.
 * Pure: sends nothing, keeps nothing.
 */
import { type Refusal, refuse } from '../core/room/refusal'
import { outranks } from '../core/room/role'
import { type Member, type MemberId, memberOf, type PublicRoom, ROOM_LIMITS } from '../core/room/room'
import { silenced } from '../core/room/silenced'
import { visible } from '../core/room/visible'
import type { AddressedLine } from '../dialects/dialect'

export type Addressed = { readonly line: AddressedLine; readonly hearers: readonly MemberId[] }

export function addressLine(
  room: PublicRoom,
  from: MemberId,
  { to, text }: Pick<AddressedLine, 'to' | 'text'>,
  nowMs: number,
): Refusal | Addressed {
  const author = memberOf(room, from)
  if (!author) return refuse('not-in-room')
  const clean = visible(text).trim()
  if (clean.length === 0 || clean.length > ROOM_LIMITS.lineLength) return refuse('bad-line')
  const line = { from, to, atMs: nowMs, text: clean }
  if (to === 'moderators') {
    if (!isModerator(author)) return refuse('not-allowed')
    return { line, hearers: room.members.filter(isModerator).map(({ id }) => id) }
  }
  const refusal = silenced(room, from, nowMs)
  if (refusal) return refusal
  return memberOf(room, to) ? { line, hearers: [from, to] } : refuse('no-such-member')
}

function isModerator({ role }: Member): boolean {
  return outranks(role, 'member')
}

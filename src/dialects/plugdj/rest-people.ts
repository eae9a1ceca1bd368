/**
 * Who sits in the room and who may not: users, staff, bans, mutes, taking lines away. Rights are the room's to say.
 * Ours has fewer roles and keeps no list of who was banned by number: what is told of it is as near as it gets.
 */
import * as z from 'zod/mini'
import { answer, fault } from './envelope'
import { escapeText } from './escaping'
import { BAN_LETTERS, banMs, banReason, MUTE_LETTERS, muteMs, muteReason, plugRoleOf, roleOf } from './grades'
import { isMutedNow, memberByNumber, secondsLeft, userOf } from './objects'
import { command, seated, withMember } from './rest-booth'
import { id, idIn, type Route, route, whole } from './route'
import { slugOf } from './slug'

const ban = z.object({ userID: id, reason: whole, duration: z.literal(BAN_LETTERS) })
const mute = z.object({ userID: id, reason: whole, duration: z.literal(MUTE_LETTERS) })
const staff = z.object({ userID: id, roleID: whole })
const bulk = z.object({ ids: z.array(id).check(z.maxLength(100)) })

export const PEOPLE_ROUTES: readonly Route[] = [
  route(
    'POST',
    'users/bulk',
    'person',
    (turn, { to }, { ids }) => {
      const { seat } = turn.session()
      const users = ids.flatMap((number) => {
        const member = seat && memberByNumber(seat.room, number)
        return member ? [userOf(member)] : []
      })
      turn.put(answer(to, turn.nowMs, users))
    },
    bulk,
  ),
  route('GET', 'users/validate/:', 'person', (turn, { to, params: [name = ''] }) => {
    const slug = slugOf(name)
    if (slug === '') return turn.put(fault(to, turn.nowMs, 'requestError', 'This can not be a name.'))
    turn.put(answer(to, turn.nowMs, [{ slug }]))
  }),
  route(
    'GET',
    'staff',
    'seat',
    seated((turn, { to }, _: undefined, { room }) => {
      const users = room.members.filter(({ role }) => plugRoleOf(role) > 0).map(userOf)
      turn.put(answer(to, turn.nowMs, users))
    }),
  ),
  route(
    'POST',
    'staff/update',
    'seat',
    seated((turn, call, { userID, roleID }, seat) =>
      withMember(turn, call, seat, userID, ({ id: memberId }) =>
        command(turn, call, { type: 'set-role', memberId, role: roleOf(roleID) }),
      ),
    ),
    staff,
  ),
  route(
    'DELETE',
    'staff/:',
    'seat',
    seated((turn, call, _: undefined, seat) =>
      withMember(turn, call, seat, idIn(call), ({ id: memberId }) =>
        command(turn, call, { type: 'set-role', memberId, role: 'member' }),
      ),
    ),
  ),
  route('GET', 'bans', 'seat', (turn, { to }) =>
    turn.ask({ kind: 'question', question: { type: 'list-bans' } }, { next: 'list-bans', to }),
  ),
  route(
    'POST',
    'bans/add',
    'seat',
    seated((turn, call, { userID, reason, duration }, seat) =>
      withMember(turn, call, seat, userID, ({ id: memberId }) => {
        const [forMs, words] = [banMs(duration), banReason(reason)]
        command(turn, call, {
          type: 'ban',
          memberId,
          ...(forMs !== undefined && { forMs }),
          ...(words !== undefined && { reason: words }),
        })
      }),
    ),
    ban,
  ),
  route('DELETE', 'bans/:', 'seat', (turn, call) => {
    const number = idIn(call)
    if (number === undefined) return turn.put(fault(call.to, turn.nowMs, 'requestError', 'id is required'))
    turn.ask({ kind: 'question', question: { type: 'list-bans' } }, { next: 'unban', to: call.to, id: number })
  }),
  route(
    'GET',
    'mutes',
    'seat',
    seated((turn, { to }, _: undefined, { room }) => {
      const mutes = room.members.flatMap((member) =>
        isMutedNow(member, turn.nowMs)
          ? [
              {
                expires: secondsLeft(member, turn.nowMs),
                moderator: '',
                reason: 1,
                id: member.number,
                username: escapeText(member.shown.name),
              },
            ]
          : [],
      )
      turn.put(answer(to, turn.nowMs, mutes))
    }),
  ),
  route(
    'POST',
    'mutes',
    'seat',
    seated((turn, call, { userID, reason, duration }, seat) =>
      withMember(turn, call, seat, userID, ({ id: memberId }) => {
        const words = muteReason(reason)
        command(turn, call, {
          type: 'mute',
          memberId,
          forMs: muteMs(duration),
          ...(words !== undefined && { reason: words }),
        })
      }),
    ),
    mute,
  ),
  route(
    'DELETE',
    'mutes/:',
    'seat',
    seated((turn, call, _: undefined, seat) =>
      withMember(turn, call, seat, idIn(call), ({ id: memberId }) => command(turn, call, { type: 'unmute', memberId })),
    ),
  ),
  route(
    'DELETE',
    'chat/:',
    'seat',
    seated((turn, call, _: undefined, { told }) => {
      const [cid = ''] = call.params
      const lineId = told.findLast((line) => line.cid === cid)?.lineId
      if (lineId === undefined)
        return turn.put(fault(call.to, turn.nowMs, 'notFound', 'This line is not there any more.'))
      command(turn, call, { type: 'delete-line', lineId })
    }),
  ),
]

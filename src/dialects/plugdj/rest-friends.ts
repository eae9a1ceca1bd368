/** Friends, and whom somebody does not hear. People are named by their numbers. */
import * as z from 'zod/mini'
import { answer } from './envelope'
import { escapeText } from './escaping'
import { userAs } from './objects'
import { ignoresOf, personAsks } from './own'
import { id, idIn, type Route, route } from './route'
import type { PlugdjSession } from './session'
import { timestampOf } from './timestamp'

const one = z.object({ id })

function friendsOf({ person, friends }: PlugdjSession): readonly object[] {
  const seen = new Map(friends.map((friend) => [friend.personId, friend]))
  return (person?.friends ?? []).map(({ person: { id: personId, number, shown } }) => {
    const state = seen.get(personId)
    const isOnline = state !== undefined && state.presence !== 'offline'
    const { where } = state ?? {}
    return {
      ...userAs({ number, name: state?.shown.name ?? shown.name }),
      status: isOnline ? 1 : 0,
      room: where ? { slug: where.code, name: escapeText(where.title || where.code), id: 0 } : null,
    }
  })
}

const byNumber = (number: number) => ({ kind: 'number', number }) as const

export const FRIEND_ROUTES: readonly Route[] = [
  route('GET', 'friends', 'person', (turn, { to }) => turn.put(answer(to, turn.nowMs, friendsOf(turn.session())))),
  route(
    'POST',
    'friends',
    'person',
    (turn, call, body) => personAsks(turn, call, { type: 'ask-friend', whom: byNumber(body.id) }),
    one,
  ),
  route('DELETE', 'friends/:', 'person', (turn, call) =>
    personAsks(turn, call, { type: 'remove-friend', whom: byNumber(idIn(call) ?? 0) }),
  ),
  route(
    'PUT',
    'friends/ignore',
    'person',
    (turn, call, body) => personAsks(turn, call, { type: 'decline-friend', whom: byNumber(body.id) }),
    one,
  ),
  route('GET', 'friends/invites', 'person', (turn, { to }) => {
    const invites = (turn.session().person?.asking ?? []).map(({ person: { number, shown }, atMs }) => {
      const { avatarID, gRole, joined, level, username } = userAs({ number, name: shown.name })
      return { avatarID, gRole, id: number, joined, level, status: 0, timestamp: timestampOf(atMs), username }
    })
    turn.put(answer(to, turn.nowMs, invites))
  }),
  route('GET', 'ignores', 'person', (turn, { to }) =>
    turn.put(answer(to, turn.nowMs, ignoresOf(turn.session().person))),
  ),
  route(
    'POST',
    'ignores',
    'person',
    (turn, call, body) =>
      personAsks(turn, call, { type: 'block', whom: byNumber(body.id) }, { type: 'ignored', number: body.id }),
    one,
  ),
  route('DELETE', 'ignores/:', 'person', (turn, call) =>
    personAsks(turn, call, { type: 'unblock', whom: byNumber(idIn(call) ?? 0) }),
  ),
]

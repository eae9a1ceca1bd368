/**
 * The own person and others by number, settings, and the shop, which sells nothing here. Playlists and friends are apart.
 */
import * as z from 'zod/mini'
import { PERSON_LIMITS, type Preferences } from '../../core/person/person'
import { answer, fault } from './envelope'
import { memberByNumber, userOf } from './objects'
import { historyOfPerson, meOf, ownNumber, personAsks } from './own'
import { type Call, flag, idIn, type Route, route, text } from './route'
import type { Turn } from './turn'

function keep(turn: Turn, call: Call, preferences: Preferences): void {
  personAsks(turn, call, { type: 'set-preferences', dialect: 'plugdj', preferences })
}

const short = text(PERSON_LIMITS.preferenceLength)
const choice = z.object({
  id: z.union([
    short,
    z.pipe(
      z.null(),
      z.transform(() => ''),
    ),
  ]),
})
const settings = z.object({
  chatImages: z.optional(flag),
  chatTimestamps: z.optional(z.union([z.literal([0, 12, 24]), z.boolean()])),
  emoji: z.optional(flag),
  friendAvatarsOnly: z.optional(flag),
  notifyDJ: z.optional(flag),
  notifyFriendJoin: z.optional(flag),
  notifyScore: z.optional(flag),
  tooltips: z.optional(flag),
  videoOnly: z.optional(flag),
  nsfw: z.optional(flag),
})
const byNumber = (number: number) => ({ kind: 'number', number }) as const

const nothing = (turn: Turn, { to }: Call): void => turn.put(answer(to, turn.nowMs))

export const PERSON_ROUTES: readonly Route[] = [
  route('GET', 'users/me', 'person', (turn, { to }) => turn.put(answer(to, turn.nowMs, [meOf(turn.session())]))),
  route('GET', 'users/me/history', 'person', (turn, { to }) =>
    turn.put(answer(to, turn.nowMs, historyOfPerson(turn.session().person))),
  ),
  route('GET', 'users/me/transactions', 'person', nothing),
  route('GET', 'users/:', 'person', (turn, call) => {
    const number = idIn(call)
    const session = turn.session()
    if (number === ownNumber(session)) return turn.put(answer(call.to, turn.nowMs, [meOf(session)]))
    const member = number === undefined || !session.seat ? undefined : memberByNumber(session.seat.room, number)
    if (member) turn.put(answer(call.to, turn.nowMs, [userOf(member)]))
    else if (number === undefined) turn.put(fault(call.to, turn.nowMs, 'notFound', 'Nobody is known by this.'))
    else
      turn.ask({ kind: 'person', wish: { type: 'find', whom: byNumber(number) } }, { next: 'find-user', to: call.to })
  }),
  route('GET', 'profile/:', 'person', (turn, call) => {
    const number = idIn(call)
    const session = turn.session()
    const isOwn = number === ownNumber(session)
    const member = number === undefined || !session.seat ? undefined : memberByNumber(session.seat.room, number)
    if (!isOwn && !member) return turn.put(fault(call.to, turn.nowMs, 'notFound', 'Nobody is known by this.'))
    const about = isOwn ? meOf(session) : member && userOf(member)
    turn.put(answer(call.to, turn.nowMs, [{ ...about, history: isOwn ? historyOfPerson(session.person) : [] }]))
  }),
  route('PUT', 'users/avatar', 'person', (turn, call, body) => keep(turn, call, { avatar: body.id }), choice),
  route('PUT', 'users/badge', 'person', (turn, call, body) => keep(turn, call, { badge: body.id }), choice),
  route(
    'PUT',
    'users/language',
    'person',
    (turn, call, { language }) => keep(turn, call, { language }),
    z.object({ language: z.string().check(z.regex(/^[A-Za-z-]{2,10}$/)) }),
  ),
  route(
    'PUT',
    'users/settings',
    'person',
    (turn, call, body) => {
      const preferences = Object.fromEntries(
        Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      )
      if (Object.keys(preferences).length > 0) return keep(turn, call, preferences)
      turn.put(fault(call.to, turn.nowMs, 'requestError', 'a setting is required'))
    },
    settings,
  ),
  route(
    'PUT',
    'profile/blurb',
    'person',
    (turn, call, { blurb }) => keep(turn, call, { blurb }),
    z.object({ blurb: short }),
  ),
  route('DELETE', 'notifications/:', 'person', nothing),
  route('GET', 'news', 'anybody', nothing),
  route('GET', 'store/inventory', 'person', nothing),
  route('GET', 'store/inventory/:', 'person', nothing),
  route('GET', 'store/products', 'person', nothing),
  route('GET', 'store/products/:', 'person', nothing),
  route('GET', 'store/products/:/:', 'person', nothing),
  route('POST', 'store/purchase', 'person', (turn, { to }) =>
    turn.put(fault(to, turn.nowMs, 'requestError', 'fundsPP')),
  ),
  route('POST', 'store/purchase/username', 'person', (turn, { to }) =>
    turn.put(fault(to, turn.nowMs, 'requestError', 'fundsPP')),
  ),
]

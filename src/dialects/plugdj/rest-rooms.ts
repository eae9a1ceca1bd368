/**
 * Communities are rooms: found, made, entered, looked at and set. A room that is made here has people take turns, and roles decide who may what.
 * Whoever makes one becomes its host by coming in first, as on any wire.
 */
import * as z from 'zod/mini'
import type { CreateCommand } from '../../core/room/command'
import { ROOM_LIMITS } from '../../core/room/room'
import { answer, fault } from './envelope'
import { escapeText } from './escaping'
import { historyOf, isGuest, stateOf, userOf } from './objects'
import { startMsOf, truthAt } from './playing'
import { type Call, flag, type Route, route, text } from './route'
import type { Seat } from './session'
import { roomSlugOf } from './slug'
import type { Turn } from './turn'

/** Guests here are people of other wires, too: they may do what somebody without a role may. */
const WITHOUT_ROLE = ['queue-add', 'queue-vote', 'dj', 'chat'] as const

export function createWish(name: string, isPrivate: boolean): CreateCommand {
  return {
    type: 'create',
    control: 'host',
    whenHostLeaves: 'pass',
    settings: { mode: 'rotation', listed: !isPrivate, shown: { title: name } },
    permissions: {
      guest: WITHOUT_ROLE,
      member: WITHOUT_ROLE,
      moderator: [
        ...WITHOUT_ROLE,
        'skip',
        'queue-remove',
        'queue-order',
        'manage-djs',
        'delete-chat',
        'configure',
        'promote',
        'kick',
        'mute',
        'ban',
      ],
    },
    positionSec: 0,
    rate: 1,
    playing: false,
  }
}

export function seatIn({ session }: Turn): Seat | undefined {
  return session().seat
}

/** The state is the truth of that moment: what was told before is forgotten. */
function tellState(turn: Turn, { to }: Call, { room, slug, memberId }: Seat): void {
  const believed = truthAt(room, turn.nowMs)
  turn.put(answer(to, turn.nowMs, [stateOf(room, slug, memberId, startMsOf(believed), turn.nowMs)]))
  turn.setSeat({ believed })
}

const DEFAULT_COUNT = 50
const MOST = 100

function listRooms(turn: Turn, { to, query }: Call, mine: boolean): void {
  const count = Math.min(MOST, Math.max(1, Number(query['limit'] ?? DEFAULT_COUNT) || DEFAULT_COUNT))
  // Pages are counted from 1, and a client of today asks for 0.
  const page = Math.max(1, Math.floor(Number(query['page'] ?? 1)) || 1)
  const search = (query['q'] ?? '').slice(0, 100).toLowerCase()
  turn.ask(
    { kind: 'question', question: { type: 'list-rooms' } },
    { next: 'list-rooms', to, search, from: (page - 1) * count, count, mine },
  )
}

const make = z.object({ name: text(ROOM_LIMITS.titleOfRoom).check(z.regex(/\S/)), private: z.optional(flag) })
const enter = z.object({ slug: text(300).check(z.minLength(1)) })
const update = z.object({
  name: z.optional(text(ROOM_LIMITS.titleOfRoom)),
  description: z.optional(text(ROOM_LIMITS.descriptionLength)),
  welcome: z.optional(text(ROOM_LIMITS.welcomeLength)),
})

export const ROOM_ROUTES: readonly Route[] = [
  route('GET', 'rooms', 'person', (turn, call) => listRooms(turn, call, false)),
  route('GET', 'rooms/me', 'person', (turn, call) => listRooms(turn, call, true)),
  route(
    'POST',
    'rooms',
    'person',
    (turn, { to }, { name, private: isPrivate = false }) => {
      const slug = roomSlugOf(name)
      const create = createWish(name.trim(), isPrivate)
      turn.ask(
        { kind: 'create', create, ...(slug !== undefined && { alias: slug }) },
        { next: 'make-room', to, name: name.trim(), isPrivate, ...(slug !== undefined && { slug }) },
      )
    },
    make,
  ),
  route('GET', 'rooms/favorites', 'person', (turn, { to }) => turn.put(answer(to, turn.nowMs))),
  route('POST', 'rooms/favorites', 'person', (turn, { to }) =>
    turn.put(fault(to, turn.nowMs, 'requestError', NO_FAVORITES)),
  ),
  route('DELETE', 'rooms/favorites/:', 'person', (turn, { to }) => turn.put(answer(to, turn.nowMs))),
  route('GET', 'rooms/validate/:', 'person', (turn, { to, params: [name = ''] }) => {
    const slug = roomSlugOf(name)
    if (slug === undefined)
      return turn.put(fault(to, turn.nowMs, 'requestError', 'This name can not be one of a room.'))
    turn.ask({ kind: 'look', code: slug }, { next: 'validate', to, slug })
  }),
  route(
    'POST',
    'rooms/join',
    'person',
    (turn, { to }, { slug }) => {
      turn.ask({ kind: 'look', code: slug }, { next: 'look-and-join', to, slug })
    },
    enter,
  ),
  route('GET', 'rooms/state', 'seat', (turn, call) => {
    const seat = seatIn(turn)
    if (seat) tellState(turn, call, seat)
  }),
  route('GET', 'rooms/history', 'seat', (turn, { to }) => {
    const seat = seatIn(turn)
    if (seat) turn.put(answer(to, turn.nowMs, historyOf(seat.room, seat.slug, turn.nowMs)))
  }),
  route(
    'POST',
    'rooms/update',
    'seat',
    (turn, { to }, { name, description, welcome }) => {
      const shown = {
        ...(name !== undefined && { title: name }),
        ...(description !== undefined && { description }),
        ...(welcome !== undefined && { welcome }),
      }
      turn.ask(
        { kind: 'command', command: { type: 'configure', settings: { shown } } },
        { next: 'answer', to, data: [] },
      )
    },
    update,
  ),
  route('POST', 'rooms/sos', 'person', (turn, { to }) =>
    turn.put(fault(to, turn.nowMs, 'requestError', 'Nobody reads tickets here. Ask whoever runs this server.')),
  ),
  route('GET', 'chat/history', 'seat', (turn, { to }) => {
    const seat = seatIn(turn)
    if (seat) turn.put(answer(to, turn.nowMs, [chatHistoryOf(seat)]))
  }),
]

const NO_FAVORITES = 'Favourite rooms are not kept here.'

function chatHistoryOf({ room, told }: Seat): object {
  const cids = new Map(told.map(({ lineId, cid }) => [lineId, cid]))
  const history = room.chat.flatMap(({ id, kind, deleted, content, memberId }) => {
    const member = room.members.find((each) => each.id === memberId)
    const cid = cids.get(id)
    if (kind === 'system' || deleted || !member || cid === undefined) return []
    const message = escapeText(kind === 'emote' ? `/me ${content.text}` : content.text)
    return [{ message, un: escapeText(member.shown.name), cid, uid: member.number, sub: 0 }]
  })
  return { history, users: room.members.filter((member) => !isGuest(member)).map(userOf) }
}

/**
 * The booth: taking turns, the line of those who wait, skipping; votes and grabs on what is played.
 * What a DJ plays comes from their active playlist. Whoever asks about a play names it; one that is over is not touched.
 */
import * as z from 'zod/mini'
import { activePlaylistOf } from '../../core/person/person'
import type { MemberCommand } from '../../core/room/command'
import type { Item } from '../../core/room/item'
import type { Member } from '../../core/room/room'
import { answer, fault, NOT_AUTHORIZED } from './envelope'
import { djOf, historyIdOf, isGuest, memberByNumber } from './objects'
import { type Call, flag, id, idIn, type Route, route, text, whole } from './route'
import type { Seat } from './session'
import type { Turn } from './turn'

type InSeat<Body> = (turn: Turn, call: Call, body: Body, seat: Seat) => void

/** Only from a seat: the router has seen to it. */
export function seated<Body>(run: InSeat<Body>): (turn: Turn, call: Call, body: Body) => void {
  return (turn, call, body) => {
    const { seat } = turn.session()
    if (seat) run(turn, call, body, seat)
  }
}

export function command(turn: Turn, { to }: Call, asked: MemberCommand, data: readonly unknown[] = []): void {
  turn.ask({ kind: 'command', command: asked }, { next: 'answer', to, data })
}

export function withMember(
  turn: Turn,
  { to }: Call,
  { room }: Seat,
  number: number | undefined,
  run: (member: Member) => void,
): void {
  const member = number === undefined ? undefined : memberByNumber(room, number)
  if (member) run(member)
  else turn.put(fault(to, turn.nowMs, 'requestError', 'They are not in this room.'))
}

/** What is played, if it is what the asker names. */
function withPlay(turn: Turn, { to }: Call, { room }: Seat, historyID: string, run: (media: Item) => void): void {
  const { media } = room
  if (media && historyIdOf(media) === historyID.toLowerCase()) run(media)
  else turn.put(fault(to, turn.nowMs, 'requestError', 'historyID is not of what is played.'))
}

const one = z.object({ id })
const move = z.object({ userID: id, position: whole })
const skip = z.object({ userID: id, historyID: text(100) })
const lock = z.object({ isLocked: flag, removeAllDJs: z.optional(flag) })
const cycle = z.object({ shouldCycle: flag })
const vote = z.object({ direction: z.literal([1, -1]), historyID: text(100) })
const grab = z.object({ playlistID: id, historyID: text(100) })

const NO_BANS = 'Nobody is kept out of the wait list alone here. Take them out of it, or ban them.'

export const BOOTH_ROUTES: readonly Route[] = [
  route(
    'POST',
    'booth',
    'seat',
    seated((turn, call, _: undefined, { room, memberId }) => {
      const self = room.members.find((member) => member.id === memberId)
      if (!self || isGuest(self)) return turn.put(fault(call.to, turn.nowMs, 'notAuthorized', NOT_AUTHORIZED))
      const { person } = turn.session()
      const hasItems = room.queue.items.some((item) => item.addedBy === memberId)
      const playlist = person && activePlaylistOf(person)
      if (!hasItems && !playlist?.items.length) return turn.put(fault(call.to, turn.nowMs, 'noValidPlaylist'))
      command(turn, call, { type: 'join-booth' })
    }),
  ),
  route('DELETE', 'booth', 'seat', (turn, call) => command(turn, call, { type: 'leave-booth' })),
  route(
    'POST',
    'booth/add',
    'seat',
    seated((turn, call, body, { room }) => {
      const member = memberByNumber(room, body.id)
      if (!member) return turn.put(fault(call.to, turn.nowMs, 'roomMismatch'))
      command(turn, call, { type: 'add-dj', memberId: member.id })
    }),
    one,
  ),
  route(
    'POST',
    'booth/move',
    'seat',
    seated((turn, call, { userID, position }, { room }) => {
      const member = memberByNumber(room, userID)
      if (!member || !room.booth.waiting.includes(member.id)) {
        return turn.put(fault(call.to, turn.nowMs, 'userNotInBooth'))
      }
      command(turn, call, { type: 'move-dj', memberId: member.id, toIndex: Math.max(0, position) })
    }),
    move,
  ),
  route(
    'DELETE',
    'booth/remove/:',
    'seat',
    seated((turn, call, _: undefined, seat) =>
      withMember(turn, call, seat, idIn(call), ({ id: memberId }) =>
        command(turn, call, { type: 'remove-dj', memberId }),
      ),
    ),
  ),
  route(
    'POST',
    'booth/skip',
    'seat',
    seated((turn, call, { userID, historyID }, seat) =>
      withPlay(turn, call, seat, historyID, (media) => {
        if (djOf(seat.room)?.number !== userID) {
          return turn.put(fault(call.to, turn.nowMs, 'requestError', 'userID is not the DJ.'))
        }
        command(turn, call, { type: 'skip', itemId: media.id })
      }),
    ),
    skip,
  ),
  route(
    'POST',
    'booth/skip/me',
    'seat',
    seated((turn, call, _: undefined, { room, memberId }) => {
      if (djOf(room)?.id !== memberId) return turn.put(fault(call.to, turn.nowMs, 'notAuthorized', NOT_AUTHORIZED))
      command(turn, call, { type: 'skip', ...(room.media && { itemId: room.media.id }) })
    }),
  ),
  route(
    'PUT',
    'booth/lock',
    'seat',
    seated((turn, { to }, { isLocked, removeAllDJs }, { room }) => {
      const removed = removeAllDJs
        ? room.booth.waiting.map((memberId): MemberCommand => ({ type: 'remove-dj', memberId }))
        : []
      turn.ask(
        { kind: 'command', command: { type: 'configure', settings: { djsLocked: isLocked } } },
        { next: 'go-on', to, commands: removed },
      )
    }),
    lock,
  ),
  route(
    'PUT',
    'booth/cycle',
    'seat',
    (turn, call, { shouldCycle }) => command(turn, call, { type: 'configure', settings: { cycle: shouldCycle } }),
    cycle,
  ),
  route('GET', 'booth/waitlistban', 'seat', (turn, { to }) => turn.put(answer(to, turn.nowMs))),
  route('POST', 'booth/waitlistban', 'seat', (turn, { to }) =>
    turn.put(fault(to, turn.nowMs, 'requestError', NO_BANS)),
  ),
  route('DELETE', 'booth/waitlistban/:', 'seat', (turn, { to }) => turn.put(answer(to, turn.nowMs))),
  route(
    'POST',
    'votes',
    'seat',
    seated((turn, call, { direction, historyID }, seat) =>
      withPlay(turn, call, seat, historyID, ({ id: itemId }) =>
        command(turn, call, { type: 'vote', itemId, vote: direction }),
      ),
    ),
    vote,
  ),
  route(
    'POST',
    'grabs',
    'seat',
    seated((turn, call, { playlistID, historyID }, seat) =>
      withPlay(turn, call, seat, historyID, (media) => {
        const playlist = turn.session().person?.playlists.find(({ number }) => number === playlistID)
        if (!playlist) return turn.put(fault(call.to, turn.nowMs, 'requestError', 'playlistID is not of yours.'))
        turn.ask({ kind: 'command', command: { type: 'grab', itemId: media.id } }, { next: 'nothing' })
        const { durationSec, startAtSec, endAtSec, content } = media
        const wish = {
          ...(durationSec !== undefined && { durationSec }),
          ...(startAtSec !== undefined && { startAtSec }),
          ...(endAtSec !== undefined && { endAtSec }),
          content,
        }
        const playlistId = playlist.id
        turn.ask(
          { kind: 'person', wish: { type: 'command', command: { type: 'playlist-add', playlistId, items: [wish] } } },
          { next: 'answer-from-person', to: call.to, what: { type: 'playlist', playlistId } },
        )
      }),
    ),
    grab,
  ),
]

/**
 * What a session asks from its seat: commands, questions, a line for some, the whole room again. Done or answered is said from here;
 * a refusal is given back to whoever says it. Sees to how much one person may ask; who may what is decided behind it.
 */
import type { MemberCommand } from '../core/room/command'
import { seenFromOutside } from '../core/room/outside'
import { type Refusal, refuse } from '../core/room/refusal'
import { seatOf } from '../core/room/seats'
import type { ServerInput, ServerOutput } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { Guesses, MayAsk, MayEnter, MayKeep } from './limits'
import type { Metrics } from './metrics'
import type { Questions } from './questions'
import type { Rooms } from './rooms'
import type { Session } from './session'
import { MAX_RELAYED, type Talk } from './talk'
import { createTokenBuckets } from './token-bucket'

type Ask<Kind extends ServerOutput['kind']> = (
  session: Session,
  output: Extract<ServerOutput, { readonly kind: Kind }>,
) => Promise<Refusal | undefined>

export type Asks = {
  readonly command: Ask<'command'>
  readonly question: Ask<'question'>
  readonly write: Ask<'write'>
  readonly snapshot: Ask<'snapshot'>
  readonly create: Ask<'create'>
  readonly look: Ask<'look'>
}

export type AsksDeps = {
  readonly rooms: Pick<Rooms, 'command' | 'snapshot' | 'find' | 'create'>
  readonly questions: Questions
  readonly mayEnter: MayEnter
  readonly mayAsk: MayAsk
  readonly mayKeep: MayKeep
  readonly guesses: Guesses
  /** May people come in for whom nobody vouches? */
  readonly guests: boolean
  readonly clock: Clock
  readonly talk: Pick<Talk, 'write'>
  readonly metrics: Pick<Metrics, 'questioned'>
  readonly feed: (session: Session, input: ServerInput) => void
}

/** The whole list for one short frame, and nobody needs a seat to ask: whoever asks as many people is one address all the same. */
const LISTS = { perSec: 10, burst: 60 } as const
/** Each is hashed, few at a time for all rooms: one address must not keep others waiting at their doors. */
const PASSWORDS = { perSec: 1, burst: 20 } as const

export function createAsks({
  rooms,
  questions,
  mayEnter,
  mayAsk,
  mayKeep,
  guesses,
  guests,
  clock,
  talk,
  metrics,
  feed,
}: AsksDeps): Asks {
  const lists = createTokenBuckets(LISTS.perSec, LISTS.burst)
  const passwords = createTokenBuckets(PASSWORDS.perSec, PASSWORDS.burst)

  const seatIn = async (text: string, identity: string): Promise<Session['seat']> => {
    const room = await rooms.find(text)
    const memberId = room && seatOf(room, identity)
    return room && memberId !== undefined ? { roomId: room.public.id, memberId } : undefined
  }

  return {
    async command(session, { ask, command, in: at }) {
      const { identity = '' } = session
      const seat = at === undefined ? session.seat : await seatIn(at, identity)
      if (!seat) return refuse('not-in-room')
      const isLeave = command.type === 'leave'
      if (!isLeave && !mayAsk(identity)) return refuse('too-fast')
      const hashes = command.type === 'set-password' && command.password !== undefined
      if (hashes && !passwords.take(session.neighbourhood, clock.nowMs())) return refuse('too-fast')
      const keeps = command.type === 'configure' && command.settings.temporary === false
      if (keeps && !(await mayKeep(session.neighbourhood))) return refuse('too-many-rooms')
      if (isLeave) session.isLeaving = true
      const outcome = await rooms.command(seat.roomId, seat.memberId, withinBounds(command))
      if (isLeave) session.isLeaving = false
      if ('code' in outcome) return outcome
      feed(session, { kind: 'done', ask, changed: outcome.changed })
      return undefined
    },

    async question(session, { ask, question }) {
      const { seat, identity } = session
      if (identity === undefined) return refuse('bad-token')
      if (!mayAsk(identity)) return refuse('too-fast')
      if (!guests && !session.vouched && !seat) return refuse('account-needed')
      const isList = question.type === 'list-rooms'
      if (isList && !lists.take(session.neighbourhood, clock.nowMs())) return refuse('too-fast')
      metrics.questioned(question.type)
      const answer = await questions.answer(seat, question)
      if ('code' in answer) return answer
      feed(session, { kind: 'answered', ask, answer })
      return undefined
    },

    async write(session, { ask, to, text }) {
      const refusal = talk.write(session, { to, text })
      if (!refusal) feed(session, { kind: 'done', ask, changed: false })
      return refusal
    },

    async snapshot(session, { ask }) {
      const { seat } = session
      if (!seat) return refuse('not-in-room')
      if (session.isLooking || !session.snapshots.take(clock.nowMs())) return refuse('too-fast')
      session.isLooking = true
      try {
        return await rooms.snapshot(seat.roomId, seat.memberId, (room) =>
          feed(session, { kind: 'entered', ask, memberId: seat.memberId, room }),
        )
      } finally {
        session.isLooking = false
      }
    },

    async create(session, { ask, create, alias }) {
      const { identity, neighbourhood, vouched, dialect } = session
      if (identity === undefined) return refuse('bad-token')
      if (!(await mayEnter(neighbourhood))) return refuse('too-many-joins')
      const keeps = create.settings?.temporary === false
      if (keeps && !(await mayKeep(neighbourhood))) return refuse('too-many-rooms')
      const maker = {
        identity,
        neighbourhood,
        dialect: dialect.name,
        create,
        ...(vouched && { vouched }),
        ...(alias !== undefined && { alias }),
      }
      return rooms.create(maker, (room) => feed(session, { kind: 'created', ask, room }))
    },

    async look(session, { ask, code }) {
      const { identity, neighbourhood, vouched } = session
      if (!mayAsk(identity ?? neighbourhood)) return refuse('too-fast')
      const room = await rooms.find(code)
      const isTheirs = room && identity !== undefined && seatOf(room, identity) !== undefined
      // Also for rooms that are there: otherwise the answer would still tell which are.
      if (!isTheirs && !(await guesses.mayGuess(neighbourhood))) return refuse('too-fast')
      if (room && !isTheirs) await guesses.wasRight(neighbourhood)
      const seen = room && (isTheirs ? room.public : seenFromOutside(room.public, { vouched: vouched !== undefined }))
      feed(session, { kind: 'looked', ask, ...(seen && !seen.closed && { room: seen }) })
      return undefined
    },
  }
}

/** What was said on a wire is kept with the event, and told again: what is too long for that is told in the words of the room. */
function withinBounds(command: MemberCommand): MemberCommand {
  if (!('origin' in command) || command.origin === undefined || command.origin.fields.length <= MAX_RELAYED)
    return command
  const { origin: _, ...rest } = command
  return rest
}

/**
 * What is asked without a room changing by it, and only the asker is answered: the public list, invites, names of a room, its bans.
 * Who may is the room's permissions to say. Knows no sockets; how often somebody may ask is counted elsewhere.
 */
import { foldAlias } from '../core/room/code'
import { may, mayKeepDoor } from '../core/room/permissions'
import { type Refusal, refuse } from '../core/room/refusal'
import type { MemberId, PublicRoom, Room } from '../core/room/room'
import type { Question } from '../dialects/dialect'
import type { ServerAnswer } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { Directory } from './directory'
import { inviteMark } from './door'
import type { Invites } from './invites'
import type { Store } from './store/store'

export type Seat = { readonly roomId: string; readonly memberId: MemberId }

export type Questions = { answer(seat: Seat | undefined, question: Question): Promise<Refusal | ServerAnswer> }

export type QuestionsDeps = {
  readonly store: Store
  readonly clock: Clock
  readonly directory: Directory
  readonly invites: Invites
  readonly look: (roomId: string) => Promise<Room | undefined>
}

const MINUTE_MS = 60_000
/** Long enough for a guest who is invited for next week. */
const LONGEST_INVITE_MS = 30 * 24 * 60 * MINUTE_MS
/** Besides the code. */
const MAX_ALIASES = 5

type MayAsk = (room: PublicRoom, memberId: MemberId) => boolean
const MAY_ASK: Readonly<Record<Exclude<Question['type'], 'list-rooms'>, MayAsk>> = {
  // An invite opens a locked room, as whoever sets its password could.
  'make-invite': mayKeepDoor,
  'list-aliases': () => true,
  'claim-alias': mayKeepDoor,
  'release-alias': mayKeepDoor,
  'list-bans': (room, memberId) => may(room, memberId, 'ban'),
}

export function createQuestions({ store, clock, directory, invites, look }: QuestionsDeps): Questions {
  const makeInvite = async (room: Room, role: 'guest' | 'member', forMs: number): Promise<ServerAnswer> => {
    const endsAtMs = clock.nowMs() + Math.min(LONGEST_INVITE_MS, Math.max(MINUTE_MS, forMs))
    const wish = { roomId: room.public.id, role, mark: inviteMark(room.serverOnly) }
    return { type: 'invite', invite: await invites.sign(wish, endsAtMs), endsAtMs }
  }

  const aliasesOf = async ({ public: { id, code } }: Room): Promise<string[]> =>
    (await store.list(id)).filter((alias) => alias !== code)

  const claim = async (room: Room, text: string): Promise<Refusal | ServerAnswer> => {
    const alias = foldAlias(text)
    if (alias === undefined) return refuse('bad-alias')
    const aliases = await aliasesOf(room)
    if (aliases.includes(alias)) return { type: 'aliases', aliases }
    if (aliases.length >= MAX_ALIASES) return refuse('too-many')
    if ((await store.claim(alias, room.public.id)) === 'taken') return refuse('alias-taken')
    return { type: 'aliases', aliases: [...aliases, alias] }
  }

  const release = async (room: Room, text: string): Promise<ServerAnswer> => {
    const alias = foldAlias(text)
    const aliases = await aliasesOf(room)
    if (alias === undefined || !aliases.includes(alias)) return { type: 'aliases', aliases }
    await store.release(alias)
    return { type: 'aliases', aliases: aliases.filter((each) => each !== alias) }
  }

  return {
    async answer(seat, question) {
      if (question.type === 'list-rooms') return { type: 'rooms', rooms: directory.list() }
      const room = seat && (await look(seat.roomId))
      if (!seat || !room) return refuse('not-in-room')
      if (!MAY_ASK[question.type](room.public, seat.memberId)) return refuse('not-allowed')
      switch (question.type) {
        case 'make-invite':
          return makeInvite(room, question.role, question.forMs)
        case 'list-aliases':
          return { type: 'aliases', aliases: await aliasesOf(room) }
        case 'claim-alias':
          return claim(room, question.alias)
        case 'release-alias':
          return release(room, question.alias)
        case 'list-bans':
          return { type: 'bans', bans: room.serverOnly.bans.map(({ identity: _, addressHash: __, ...ban }) => ban) }
      }
    },
  }
}

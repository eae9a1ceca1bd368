/**
 * What was asked of a server and only we were answered: its public list, and of our room bans, names and an invite just made.
 * Holds the last answers as long as they are of the room or server they were asked of. A no goes to whoever looks.
 */
import { askServer } from '../client/ask-server'
import type { ConnectionDeps } from '../client/connection'
import type { ListedRoom } from '../core/room/listed-room'
import type { Refusal } from '../core/room/refusal'
import type { Answer, Question, ShownBan } from '../dialects/dialect'
import { inviteLink } from './invite'

export type KnownAnswers = {
  readonly publicRooms?:
    | { readonly state: 'asking' }
    | { readonly state: 'known'; readonly rooms: readonly ListedRoom[] }
  readonly madeInvite?: { readonly link: string; readonly endsAtMs: number }
  readonly bans?: readonly ShownBan[]
  readonly aliases?: readonly string[]
}

/** Where we sit. */
export type Place = { readonly server: string; readonly roomId: string; readonly code: string }

export type Answers = {
  findRooms(server: string, key: string | undefined): void
  /** From our seat. */
  ask(question: Exclude<Question, { type: 'list-rooms' }>): void
  /** A ban was set or lifted: whoever looks at the list sees it. */
  bansChanged(): void
  /** Where we sit now, and the server in use. */
  placeIs(place: Place | undefined, server: string): void
  known(): KnownAnswers
}

export type AnswersDeps = ConnectionDeps & {
  readonly question: (question: Question) => Promise<Refusal | Answer>
  readonly onChange: () => void
  readonly onRefusal: (refusal: Refusal) => void
}

export function createAnswers(deps: AnswersDeps): Answers {
  let place: Place | undefined
  let server: string | undefined
  let rooms: KnownAnswers['publicRooms']
  let ofRoom: Omit<KnownAnswers, 'publicRooms'> = {}

  const setRooms = (now: KnownAnswers['publicRooms']): void => {
    rooms = now
    deps.onChange()
  }

  const ask = async (question: Question): Promise<void> => {
    const asked = place
    const outcome = await deps.question(question)
    if (!asked || place?.roomId !== asked.roomId) return
    if ('code' in outcome) {
      deps.onRefusal(outcome)
      return
    }
    ofRoom = { ...ofRoom, ...known(outcome, asked) }
    deps.onChange()
  }

  const findRooms = async (where: string, key: string | undefined): Promise<void> => {
    setRooms({ state: 'asking' })
    const question = { type: 'list-rooms' } as const
    const outcome =
      place?.server === where
        ? await deps.question(question)
        : await askServer(deps, { server: where, question, ...(key !== undefined && { token: key }) })
    if (server !== where) return
    if ('code' in outcome) deps.onRefusal(outcome)
    setRooms('code' in outcome || outcome.type !== 'rooms' ? undefined : { state: 'known', rooms: outcome.rooms })
  }

  return {
    findRooms: (where, key) => void findRooms(where, key),

    ask: (question) => void ask(question),

    bansChanged() {
      if (ofRoom.bans) void ask({ type: 'list-bans' })
    },

    placeIs(now, inUse) {
      if (now?.roomId !== place?.roomId) ofRoom = {}
      place = now
      if (inUse !== server) rooms = undefined
      server = inUse
    },

    known: () => ({ ...(rooms && { publicRooms: rooms }), ...ofRoom }),
  }
}

function known(answer: Answer, { server, code }: Place): Omit<KnownAnswers, 'publicRooms'> {
  switch (answer.type) {
    case 'rooms':
      return {}
    case 'invite':
      return { madeInvite: { link: inviteLink(server, code, answer.invite), endsAtMs: answer.endsAtMs } }
    case 'aliases':
      return { aliases: answer.aliases }
    case 'bans':
      return { bans: answer.bans }
  }
}

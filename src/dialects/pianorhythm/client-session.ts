/** What the client's machine keeps: how far it has come, whom it speaks to, what it asked. Plain JSON; and the few words that all its parts use. */
import { REFUSAL_CODES, type Refusal, type RefusalCode, refuse } from '../../core/room/refusal'
import type { ClientOutput, JoinWish } from '../client-dialect'
import type { Notes } from './client-notes'
import type { Inside } from './client-room'
import type { User } from './frames-to-client'
import { errorCode } from './shown'
import { type CarriedInit, writeMessage } from './wire'

/** What was asked and not answered. `text`: a line that comes round is one. */
export type Ask = { readonly ask: string; readonly untilMs: number; readonly text?: string }

export type Place =
  | { readonly at: 'closed' }
  | { readonly at: 'opening'; readonly wish: JoinWish }
  | { readonly at: 'greeting'; readonly wish: JoinWish; readonly untilMs: number }
  | { readonly at: 'door'; readonly asked: string; readonly untilMs: number }
  | { readonly at: 'room'; readonly inside: Inside; readonly asked: string; readonly notes: Notes }

export type Room = Extract<Place, { at: 'room' }>

export type PianorhythmClientSession = {
  readonly place: Place
  readonly beatAtMs: number
  readonly asks: readonly Ask[]
  readonly self?: User
  /** The server has said that it is one of ours. */
  readonly isOurs: boolean
  readonly takesBatches: boolean
  /** Why the seat was lost, where that was said before. */
  readonly why?: Refusal
}

export type Step = { readonly session: PianorhythmClientSession; readonly outputs: readonly ClientOutput[] }

export const FRESH: PianorhythmClientSession = {
  place: { at: 'closed' },
  beatAtMs: 0,
  asks: [],
  isOurs: false,
  takesBatches: false,
}

export function entered({ room, selfId }: Inside): ClientOutput {
  return { kind: 'entered', memberId: selfId, room }
}

export function keptOut(refusal: Refusal): Step {
  return { session: FRESH, outputs: [{ kind: 'refused', refusal }] }
}

export function no(ask: string, code: RefusalCode): ClientOutput {
  return { kind: 'refused', ask, refusal: refuse(code) }
}

export function say(message: CarriedInit, requestId = ''): ClientOutput {
  return { kind: 'send', frame: writeMessage(message, requestId) }
}

/** By the code of one of ours, or by what the words of another sound like; the sentence is theirs. */
export function refusalFrom(code: string, text: string, reason: string): Refusal {
  const known = REFUSAL_CODES.find((each) => errorCode(each) === code)
  if (known) return refuse(known, reason === '' ? undefined : reason)
  const meant = MEANT.find(([words]) => words.test(text))?.[1] ?? 'server-error'
  return text === '' ? refuse(meant) : { code: meant, sentence: text }
}

const MEANT: readonly (readonly [RegExp, RefusalCode])[] = [
  [/password/i, 'wrong-password'],
  [/\bfull\b/i, 'room-full'],
  [/\bbanned?\b/i, 'banned'],
  [/already exists|name is taken/i, 'alias-taken'],
  [/not found|no such room|does not exist/i, 'no-such-room'],
  [/rate|too many/i, 'too-fast'],
]

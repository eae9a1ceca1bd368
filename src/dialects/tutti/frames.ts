/**
 * Every frame of our own wire, version 1: JSON texts, parsed on arrival against bounded shapes.
 * Knows no order of frames and no session; what may be said when is in `server.ts` and `client.ts`.
 * Fields that a newer peer adds are dropped; a frame that can't be read is a value with a reason.
 */
import * as z from 'zod/mini'
import type { Frame } from '../dialect'
import { createCommand, playerReport, roomCommand } from './command-schema'
import { heldKeys, playedNotes, toldNotes } from './note-schema'
import { personWish } from './person-command-schema'
import { personHeard } from './person-schema'
import { addressedLine, addressee, answer, invite, lineText, password, question } from './question-schema'
import type { Frozen } from './room-parts'
import {
  askName,
  clockMs,
  code,
  epoch,
  memberId,
  nameWish,
  pathMs,
  publicRoom,
  reactionEmoji,
  rev,
  roomEvent,
} from './room-schema'

export const VERSION = 1
/** Room enough for the longest command; what comes to a client may be a whole room. */
export const MAX_BYTES_TO_SERVER = 16 * 1024
export const MAX_LENGTH_TO_CLIENT = 2 * 1024 * 1024
/** More than this is cheaper told as a snapshot. */
export const MAX_MISSED = 200

const token = z.string().check(z.maxLength(4096))
const sentence = z.string().check(z.maxLength(500))
const refusalCode = z.string().check(z.maxLength(64))
const refusal = { code: refusalCode, sentence, reason: z.exactOptional(sentence) }
const seen = z.object({ epoch, rev })

const toServer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), v: z.literal(VERSION), token: z.exactOptional(token) }),
  z.object({
    type: z.literal('enter'),
    ask: askName,
    door: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('new'), create: createCommand }),
      z.object({
        kind: z.literal('code'),
        code,
        password: z.exactOptional(password),
        invite: z.exactOptional(invite),
      }),
      z.object({ kind: z.literal('any') }),
    ]),
    name: z.exactOptional(nameWish),
    bot: z.exactOptional(z.boolean()),
    seen: z.exactOptional(seen),
  }),
  z.object({ type: z.literal('command'), ask: askName, command: roomCommand }),
  z.object({ type: z.literal('question'), ask: askName, question }),
  z.object({ type: z.literal('write'), ask: askName, to: addressee, text: lineText }),
  z.object({ type: z.literal('snapshot'), ask: askName }),
  z.object({ type: z.literal('person'), ask: askName, wish: personWish }),
  z.object({ type: z.literal('ping'), sentMs: clockMs, downMs: z.exactOptional(pathMs) }),
  z.object({ type: z.literal('report'), report: playerReport }),
  z.object({ type: z.literal('typing'), isTyping: z.boolean() }),
  z.object({ type: z.literal('react'), emoji: reactionEmoji }),
  z.object({ type: z.literal('notes'), notes: playedNotes, held: heldKeys }),
])
export type ToServer = Frozen<z.infer<typeof toServer>>

const numbered = z.object({ epoch, rev, event: roomEvent })
const toClient = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), v: z.literal(VERSION), token }),
  z.object({ type: z.literal('entered'), ask: askName, memberId, room: publicRoom }),
  z.object({
    type: z.literal('resumed'),
    ask: askName,
    memberId,
    missed: z.array(numbered).check(z.maxLength(MAX_MISSED)),
  }),
  z.object({ type: z.literal('event'), ...numbered.shape }),
  z.object({
    type: z.literal('reports'),
    reports: z.array(z.object({ memberId, report: playerReport })).check(z.maxLength(1000)),
  }),
  z.object({ type: z.literal('typing'), memberIds: z.array(memberId).check(z.maxLength(1000)) }),
  z.object({
    type: z.literal('reactions'),
    reactions: z.array(z.object({ memberId, emoji: reactionEmoji })).check(z.maxLength(1000)),
  }),
  z.object({ type: z.literal('notes'), memberId, number: clockMs, notes: toldNotes, held: heldKeys }),
  z.object({ type: z.literal('line'), line: addressedLine }),
  z.object({ type: z.literal('answer'), ask: askName, answer }),
  z.object({ type: z.literal('person'), heard: personHeard }),
  z.object({ type: z.literal('done'), ask: askName }),
  z.object({ type: z.literal('refused'), ask: z.exactOptional(askName), ...refusal }),
  z.object({ type: z.literal('unseated'), ...refusal }),
  z.object({ type: z.literal('pong'), sentMs: clockMs, receivedMs: clockMs, sentBackMs: clockMs }),
  z.object({ type: z.literal('closing'), comeBackInMs: z.number().check(z.gte(0), z.lte(3_600_000)) }),
])
export type ToClient = Frozen<z.infer<typeof toClient>>

/** What is left of a frame that could not be read: enough to say which, and to tie the answer to what was asked. */
export type Unread = { readonly why: string; readonly type?: string; readonly ask?: string }

export type Read<Value> = { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Unread)

export const readToServer = (frame: Frame): Read<ToServer> => read(toServer, frame)
export const readToClient = (frame: Frame): Read<ToClient> => read(toClient, frame)

export const write = (frame: ToServer | ToClient): string => JSON.stringify(frame)

const head = z.object({ type: z.string().check(z.maxLength(64)), ask: z.optional(z.unknown()) })
/** A hello of a version that this side does not speak may look otherwise in all but these. */
const greeting = z.object({ type: z.literal('hello'), v: z.number() })

/** Is this the greeting of another version? */
export function isOtherVersion(frame: Frame): boolean {
  const json = parse(frame)
  const hello = greeting.safeParse(json.ok ? json.value : undefined)
  return hello.success && hello.data.v !== VERSION
}

function read<Value>(schema: z.ZodMiniType<Value>, frame: Frame): Read<Value> {
  const json = parse(frame)
  if (!json.ok) return json
  const whole = schema.safeParse(json.value)
  if (whole.success) return { ok: true, value: whole.data }
  const start = head.safeParse(json.value)
  if (!start.success) return { ok: false, why: 'an object without a type' }
  const ask = askName.safeParse(start.data.ask)
  return {
    ok: false,
    why: `wrong shape at ${whole.error.issues[0]?.path.join('.').slice(0, 100) || 'the top'}`,
    type: start.data.type,
    ...(ask.success ? { ask: ask.data } : {}),
  }
}

function parse(frame: Frame): Read<unknown> {
  if (typeof frame !== 'string') return { ok: false, why: 'binary' }
  try {
    return { ok: true, value: JSON.parse(frame) }
  } catch {
    return { ok: false, why: 'no JSON' }
  }
}

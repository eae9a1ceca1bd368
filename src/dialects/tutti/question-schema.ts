/**
 * The shapes of what is asked without a room changing by it, and of lines for some only, as they cross our own wire.
 * Bounds as in `room-parts.ts`: what is absurd stays outside, what is allowed is the server's to say.
 */
import * as z from 'zod/mini'
import { MODES } from '../../core/room/settings'
import type { AddressedLine, Answer, Question } from '../dialect'
import { type Agree, between, id, list, moment, name, sentence, text, whole } from './room-parts'

export const password = text(200)
export const invite = text(1000)
const alias = text(64)

export const question = z.discriminatedUnion('type', [
  z.object({ type: z.literal('list-rooms') }),
  z.object({ type: z.literal('make-invite'), role: z.enum(['guest', 'member']), forMs: between(0, 1e12) }),
  z.object({ type: z.literal('list-aliases') }),
  z.object({ type: z.literal('claim-alias'), alias }),
  z.object({ type: z.literal('release-alias'), alias }),
  z.object({ type: z.literal('list-bans') }),
])

const listedRoom = z.object({
  code: text(64),
  title: sentence,
  description: text(4000),
  members: whole,
  capacity: z.int(),
  locked: z.boolean(),
  guests: z.boolean(),
  mode: z.enum(MODES),
  playing: z.exactOptional(sentence),
})

const shownBan = z.object({
  id,
  name,
  byName: name,
  reason: z.exactOptional(sentence),
  atMs: moment,
  untilMs: z.exactOptional(moment),
})

export const answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('rooms'), rooms: list(listedRoom, 1000) }),
  z.object({ type: z.literal('invite'), invite, endsAtMs: moment }),
  z.object({ type: z.literal('aliases'), aliases: list(alias, 1000) }),
  z.object({ type: z.literal('bans'), bans: list(shownBan, 1000) }),
])

/** `moderators` is no member's id: those are uuids. */
export const addressee = id
export const lineText = text(4000)
export const addressedLine = z.object({ from: id, to: addressee, atMs: moment, text: lineText })

true satisfies Agree<typeof question, Question>
true satisfies Agree<typeof answer, Answer>
true satisfies Agree<typeof addressedLine, AddressedLine>

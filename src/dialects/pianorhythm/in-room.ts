/**
 * What somebody who sits in a room asks for: to say, to play, to move their avatar, to set the room, to send somebody out.
 * Turns it into commands and signals; what is refused and what comes of it is told elsewhere.
 */
import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire'
import { NOTE_BOUNDS, type NoteAct } from '../../core/notes/note'
import type { MemberCommand } from '../../core/room/command'
import { may } from '../../core/room/permissions'
import { refuse } from '../../core/room/refusal'
import type { SettingsWish } from '../../core/room/settings'
import { readTyped, SLASH_USAGE, type SlashAnswer, type SlashCommand } from '../../core/slash'
import type { ServerOutput } from '../server-dialect'
import { AvatarAction, ErrorType, RoomType, UserStatus } from './built/pianorhythm_pb'
import type { RoomWish, ToServer } from './frames'
import { readMidi } from './midi'
import { memberCalled, showing } from './people'
import { relay } from './relayed'
import { type Extras, type PianorhythmServerSession, type Seat, type Step, selfIn } from './session'
import { errorOf, say, systemLine } from './shown'
import { stamped } from './stamp'

export type InRoom = Extract<ToServer, { type: 'chat' | 'moderate' | 'midi' | 'position' | 'update' }>

export function askInRoom(
  session: PianorhythmServerSession,
  seat: Seat,
  said: InRoom,
  requestId: string,
  nowMs: number,
): Step {
  switch (said.type) {
    case 'chat':
      return { session, outputs: chat(seat, said.text, requestId, nowMs) }
    case 'moderate':
      return { session, outputs: moderate(seat, said, requestId) }
    case 'midi':
      return play(session, seat, said, requestId, nowMs)
    case 'position': {
      const { self } = session
      const next = self ? { ...session, self: { ...self, looks: { ...self.looks, position: said.position } } } : session
      return { session: next, outputs: [...showing(next, AvatarAction.UPDATE_POSITION), ...acknowledged(requestId)] }
    }
    case 'update':
      return { session, outputs: update(seat, said.wish, requestId) }
  }
}

export function acknowledged(requestId: string): readonly ServerOutput[] {
  return requestId === '' ? [] : [say({ case: 'acknowledged', value: {} }, requestId)]
}

function chat(seat: Seat, text: string, requestId: string, nowMs: number): readonly ServerOutput[] {
  const typed = readTyped(text, seat.room)
  if (typed.kind === 'command') return [command(typed.command, requestId)]
  return [say(systemLine(answered(typed.answer, seat), nowMs), requestId)]
}

function answered(answer: SlashAnswer, { room, shown }: Seat): string {
  switch (answer.type) {
    case 'help':
      return `Commands: ${answer.commands.map((each: SlashCommand) => SLASH_USAGE[each]).join(', ')}`
    case 'users': {
      const names = room.members.filter(({ id }) => shown.includes(id)).map((member) => member.shown.name)
      return `Here: ${names.join(', ')}`
    }
    case 'unknown-command':
      return `There is no command /${answer.typed.slice(0, 32)}. /help lists those that there are.`
    case 'nobody-called':
      return `Nobody here is called ${answer.name.slice(0, 32)}.`
    case 'usage':
      return `Type it like this: ${SLASH_USAGE[answer.command]}`
  }
}

const MODERATES = ['kick', 'ban', 'mute', 'unmute'] as const

function moderate(
  seat: Seat,
  { what, whom, reason }: Extract<ToServer, { type: 'moderate' }>,
  requestId: string,
): readonly ServerOutput[] {
  const type = MODERATES.find((each) => each === what.replace(/^\//, '').toLowerCase())
  if (!type) return [invalid(`There is no command ${what}.`, requestId)]
  const member = memberCalled(whom, seat)
  if (!member) return [say(errorOf(refuse('no-such-member')), requestId)]
  const about = { memberId: member.id, ...(reason !== '' && { reason }) }
  return [command(type === 'unmute' ? { type, memberId: member.id } : moderation(type, about), requestId)]
}

function moderation(
  type: 'kick' | 'ban' | 'mute',
  about: { readonly memberId: string; readonly reason?: string },
): MemberCommand {
  switch (type) {
    case 'kick':
      return { type, ...about }
    case 'ban':
      return { type, ...about }
    case 'mute':
      return { type, ...about }
  }
}

/**
 * To others on this wire the bytes as they came, with the time that came with them; to everybody else what they mean, stamped here.
 * Who may not speak does not play.
 */
function play(
  session: PianorhythmServerSession,
  seat: Seat,
  { data, timestamp }: Extract<ToServer, { type: 'midi' }>,
  requestId: string,
  nowMs: number,
): Step {
  const read = readMidi(base64Decode(data))
  if (!read) return { session, outputs: [invalid('midi_data is no MIDI.', requestId)] }
  const playedMs = timestamp === 0 ? Math.round(nowMs) : timestamp
  const { stamps, atMs } = stamped(session.stamps, playedMs, nowMs)
  const word = relay({ type: 'midi', data: base64Encode(read.bytes), timestamp: playedMs })
  return {
    session: { ...session, stamps },
    outputs: [
      ...(read.bytes.length > 0 && maySpeak(seat, nowMs) ? [word] : []),
      ...batches(read.acts).map((acts) => ({ kind: 'notes', notes: acts.map((act) => ({ ...act, atMs })) }) as const),
      ...acknowledged(requestId),
    ],
  }
}

/** No more at once than any wire takes. */
function batches(acts: readonly NoteAct[]): readonly (readonly NoteAct[])[] {
  const { perBatch } = NOTE_BOUNDS
  const count = Math.ceil(acts.length / perBatch)
  return Array.from({ length: count }, (_, index) => acts.slice(index * perBatch, (index + 1) * perBatch))
}

function maySpeak(seat: Seat, nowMs: number): boolean {
  const { room, memberId } = seat
  const muted = selfIn(seat)?.muted
  const isMuted = muted !== undefined && (muted.untilMs === undefined || nowMs < muted.untilMs)
  return room.settings.chat && may(room, memberId, 'chat') && !isMuted
}

function update(seat: Seat, wish: RoomWish, requestId: string): readonly ServerOutput[] {
  const { room, memberId } = seat
  const settings = settingsFrom(wish)
  const extras = extrasFrom(wish)
  const commands: MemberCommand[] = [
    ...(Object.keys(settings).length > 0 ? [{ type: 'configure', settings } as const] : []),
    ...(wish.password === undefined
      ? []
      : [{ type: 'set-password', ...(wish.password !== '' && { password: wish.password }) } as const]),
  ]
  const last = commands.at(-1)
  const isNews = Object.keys(extras).length > 0 && may(room, memberId, 'configure')
  return [
    // The answer is that of the last; an error of an earlier one is told as well.
    ...commands.map((each) => command(each, requestId, each === last ? 'do' : 'part')),
    ...(isNews ? [relay({ type: 'room', extras })] : []),
    ...(last ? [] : acknowledged(requestId)),
  ]
}

export function settingsFrom({ roomName, roomType, settings }: RoomWish): SettingsWish {
  const shown = {
    ...(roomName !== undefined && { title: roomName.trim() }),
    ...(settings && { welcome: settings.welcomeMessage }),
  }
  return {
    ...(roomType !== undefined && { listed: roomType !== RoomType.PRIVATE }),
    ...(settings && {
      chat: settings.allowChat,
      guests: settings.allowGuests,
      ...(settings.maxUsers >= 1 && { capacity: settings.maxUsers }),
    }),
    ...(Object.keys(shown).length > 0 && { shown }),
  }
}

export function extrasFrom({ roomType, settings }: RoomWish): Extras {
  return {
    ...(roomType !== undefined && { isPro: roomType === RoomType.PRO }),
    ...(settings && { autoModeration: settings.autoModeration, requirePro: settings.requirePro }),
  }
}

/** Whom the client is told of at first: everybody but those who want not to be seen. */
export function visibleIn({ room, memberId, looks }: Seat): readonly string[] {
  const isSeen = (id: string): boolean => id === memberId || looks[id]?.status !== UserStatus.INVISIBLE
  return room.members.map(({ id }) => id).filter(isSeen)
}

function command(asked: MemberCommand, requestId: string, kind = 'do'): ServerOutput {
  return { kind: 'command', ask: `${kind} ${requestId}`, command: asked }
}

export function invalid(sentence: string, requestId: string): ServerOutput {
  const value = { errorType: ErrorType.VALIDATION_ERROR, errorCode: 'INVALID', errorMessage: sentence }
  return say({ case: 'errorMessage', value }, requestId)
}

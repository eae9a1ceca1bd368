/**
 * What somebody typed into the chat: a line to say, a command, or a question that needs no server. Pure.
 * Used by clients and by dialects whose wire carries slashes; the room knows none.
 */
import type { RoomCommand } from './room/command'
import { type Member, type MemberId, memberOf, type PublicRoom } from './room/room'

export type Typed =
  | { readonly kind: 'command'; readonly command: RoomCommand }
  /** For the eyes of who typed it. */
  | { readonly kind: 'answer'; readonly answer: SlashAnswer }

export type SlashAnswer =
  | { readonly type: 'help'; readonly commands: readonly SlashCommand[] }
  | { readonly type: 'users'; readonly names: readonly string[] }
  | { readonly type: 'unknown-command'; readonly typed: string }
  | { readonly type: 'nobody-called'; readonly name: string }
  /** What has to follow the command. */
  | { readonly type: 'usage'; readonly command: SlashCommand }

export const SLASH_COMMANDS = ['help', 'users', 'me', 'kick', 'ban', 'mute', 'unmute'] as const
export type SlashCommand = (typeof SLASH_COMMANDS)[number]

/** How each is typed, for a help text. */
export const SLASH_USAGE: Readonly<Record<SlashCommand, string>> = {
  help: '/help',
  users: '/users',
  me: '/me TEXT',
  kick: '/kick NAME [REASON]',
  ban: '/ban NAME [30m | 2h | 1d] [REASON]',
  mute: '/mute NAME [30s | 15m | 2h] [REASON]',
  unmute: '/unmute NAME',
}

/** Two slashes say a line that begins with one. */
export function readTyped(text: string, room: PublicRoom): Typed {
  const typed = text.trim()
  if (typed.startsWith('//')) return say(typed.slice(1), room)
  const [, word = '', rest = ''] = /^\/(\S*)\s*([^]*)$/u.exec(typed) ?? []
  if (!typed.startsWith('/')) return say(typed, room)
  const command = SLASH_COMMANDS.find((each) => each === word.toLowerCase()) ?? (word === 'em' ? 'me' : undefined)
  switch (command) {
    case undefined:
      return answer({ type: 'unknown-command', typed: word })
    case 'help':
      return answer({ type: 'help', commands: SLASH_COMMANDS })
    case 'users':
      return answer({ type: 'users', names: room.members.map((member) => member.shown.name) })
    case 'me':
      return rest === '' ? answer({ type: 'usage', command }) : say(rest, room, true)
    default:
      return rest === '' ? answer({ type: 'usage', command }) : toSomebody(command, rest, room)
  }
}

function toSomebody(type: 'kick' | 'ban' | 'mute' | 'unmute', rest: string, room: PublicRoom): Typed {
  const found = calledIn(rest, room)
  if (!found) return answer({ type: 'nobody-called', name: rest.split(/\s/u)[0] ?? rest })
  return { kind: 'command', command: about(type, found.memberId, found.rest) }
}

function about(type: 'kick' | 'ban' | 'mute' | 'unmute', memberId: MemberId, rest: string): RoomCommand {
  if (type === 'unmute') return { type, memberId }
  const { forMs, reason } = type === 'kick' ? { forMs: undefined, reason: rest } : durationIn(rest)
  const why = { ...(reason !== '' && { reason }) }
  if (type === 'kick') return { type, memberId, ...why }
  const how = { ...(forMs !== undefined && { forMs }), ...why }
  return type === 'ban' ? { type, memberId, ...how } : { type, memberId, ...how }
}

/** Names may have spaces: the longest that the text begins with is meant, with or without an @. */
function calledIn(text: string, room: PublicRoom): { memberId: MemberId; rest: string } | undefined {
  const bare = text.replace(/^@/u, '')
  const folded = fold(bare)
  let longest: Member | undefined
  for (const member of room.members) {
    const name = fold(member.shown.name)
    const isMeant = folded === name || folded.startsWith(`${name} `)
    if (isMeant && name.length > (longest?.shown.name.length ?? 0)) longest = member
  }
  return longest && { memberId: longest.id, rest: bare.slice(longest.shown.name.length).trim() }
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function durationIn(text: string): { forMs: number | undefined; reason: string } {
  const [whole = '', count = '', unit = ''] = /^(\d{1,4})([smhd])(?=\s|$)/iu.exec(text) ?? []
  const unitMs = UNITS_MS[unit.toLowerCase()]
  return unitMs === undefined
    ? { forMs: undefined, reason: text }
    : { forMs: Number(count) * unitMs, reason: text.slice(whole.length).trim() }
}

function say(text: string, room: PublicRoom, emote = false): Typed {
  const mentions = mentionsIn(text, room)
  return {
    kind: 'command',
    command: { type: 'say', text, ...(emote && { emote }), ...(mentions.length > 0 && { mentions }) },
  }
}

/** Who is meant by `@name`, in the order of the text. */
export function mentionsIn(text: string, room: PublicRoom): readonly MemberId[] {
  const meant = new Set<MemberId>()
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}])@/gu)) {
    const id = mentionAt(text.slice(index + 1), room)
    if (memberOf(room, id) && id !== undefined) meant.add(id)
  }
  return [...meant]
}

/** A name may be followed by whatever is no letter: "@ann, look". */
function mentionAt(text: string, room: PublicRoom): MemberId | undefined {
  const folded = fold(text)
  let longest: Member | undefined
  for (const member of room.members) {
    const name = fold(member.shown.name)
    const isMeant = folded.startsWith(name) && !/^[\p{L}\p{N}]/u.test(folded.slice(name.length))
    if (isMeant && name.length > (longest?.shown.name.length ?? 0)) longest = member
  }
  return longest?.id
}

function fold(text: string): string {
  return text.toLowerCase()
}

function answer(said: SlashAnswer): Typed {
  return { kind: 'answer', answer: said }
}

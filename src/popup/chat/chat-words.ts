/**
 * What the chat says by itself, and who is meant in a line. Pure: it chooses the sentence; saying it is somebody else's.
 */
import type { Notice } from '../../core/room/chat-line'
import type { SlashAnswer, SlashCommand } from '../../core/slash'
import type { MessageKey, Sentence } from '../../platform/i18n'

export type Piece = { readonly text: string; readonly mention?: 'self' | 'other' }

type Meant = { readonly name: string; readonly isSelf: boolean }

/** A line in pieces, so that who is meant stands out. The longest name that fits is meant. */
export function piecesOf(text: string, meant: readonly Meant[]): readonly Piece[] {
  const byLength = meant.toSorted((one, other) => other.name.length - one.name.length)
  const pieces: Piece[] = []
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const found = byLength.find(
      ({ name }) => text.slice(at, at + 1 + name.length).toLowerCase() === `@${name.toLowerCase()}`,
    )
    if (!found) {
      plain += text[at]
      at += 1
      continue
    }
    if (plain !== '') pieces.push({ text: plain })
    plain = ''
    pieces.push({ text: text.slice(at, at + 1 + found.name.length), mention: found.isSelf ? 'self' : 'other' })
    at += 1 + found.name.length
  }
  return plain === '' ? pieces : [...pieces, { text: plain }]
}

const NOTICES: Readonly<Record<Notice['what'], readonly [alone: MessageKey, by: MessageKey]>> = {
  kicked: ['noticeKicked', 'noticeKickedBy'],
  banned: ['noticeBanned', 'noticeBannedBy'],
  muted: ['noticeMuted', 'noticeMutedBy'],
  unmuted: ['noticeUnmuted', 'noticeUnmutedBy'],
}

/** Without the reason, which is in the words of who gave it. */
export function noticeSentence({ what, name, byName }: Notice): Sentence {
  const [alone, by] = NOTICES[what]
  return byName ? [by, name, byName] : [alone, name]
}

/** How each is typed. */
const USAGE: Readonly<Record<SlashCommand, MessageKey>> = {
  help: 'usageHelp',
  users: 'usageUsers',
  me: 'usageMe',
  kick: 'usageKick',
  ban: 'usageBan',
  mute: 'usageMute',
  unmute: 'usageUnmute',
}

/** Lines, since a help has one for each command. */
export function answerSentences(
  answer: SlashAnswer,
  listOf: (names: readonly string[]) => string,
): readonly Sentence[] {
  switch (answer.type) {
    case 'help':
      return [['slashHelp'], ...answer.commands.map((command): Sentence => [USAGE[command]])]
    case 'users':
      return [['slashUsers', listOf(answer.names)]]
    case 'unknown-command':
      return [['slashUnknown', `/${answer.typed}`]]
    case 'nobody-called':
      return [['slashNobody', answer.name]]
    case 'usage':
      return [['slashHelp'], [USAGE[answer.command]]]
  }
}

/** How many who type a sentence can name. */
const NAMED = 2

export function typingSentence(
  names: readonly string[],
  listOf: (names: readonly string[]) => string,
): Sentence | undefined {
  const [first] = names
  if (first === undefined) return undefined
  if (names.length === 1) return ['typingOne', first]
  return names.length > NAMED ? ['typingMany', String(names.length)] : ['typingSome', listOf(names)]
}

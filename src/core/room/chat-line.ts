/** A line of the chat. Private lines and lines among moderators are signals to who they are for, and never here. */
import type { MemberId } from './member-id'

export const LINE_KINDS = ['text', 'emote', 'system', 'bot'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** What a system line tells, for whoever shows it in another language. `text` has it in English. */
export type Notice = {
  readonly what: 'kicked' | 'banned' | 'muted' | 'unmuted'
  readonly name: string
  readonly byName?: string
  readonly untilMs?: number
  readonly reason?: string
}

export type ChatLine = {
  readonly id: string
  /** Counted within the room. */
  readonly number: number
  readonly kind: LineKind
  readonly memberId?: MemberId
  readonly atMs: number
  readonly mentions: readonly MemberId[]
  readonly reactions: readonly Reaction[]
  readonly deleted?: true
  /** `name`: who said it may be gone by the time it is read. */
  readonly content: { readonly text: string; readonly name?: string; readonly notice?: Notice }
}

export type Reaction = { readonly emoji: string; readonly by: readonly MemberId[] }

/** Lines are counted from 1; the last one is always kept. */
export function nextLineNumber(chat: readonly ChatLine[]): number {
  return (chat.at(-1)?.number ?? 0) + 1
}

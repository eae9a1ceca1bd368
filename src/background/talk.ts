/**
 * What is said in a room and is not in its copy: who types, signs held up for a moment, lines for some only, the answer to
 * what was typed with a slash, and how far the chat has been read. Only the last is kept.
 */
import type { RoomSignal } from '../client/room-client'
import type { MemberId, PublicRoom } from '../core/room/room'
import type { SlashAnswer } from '../core/slash'
import type { AddressedView, ChatView, ReactionView } from '../messages/room-parts'
import type { Stored } from '../platform/storage'
import type { Timers } from '../platform/timers'
import type { ReadSoFar } from './stored-values'

/** What the view is told of it. */
export type TalkState = {
  readonly typing: readonly MemberId[]
  readonly reactions: readonly ReactionView[]
  readonly addressed: readonly AddressedView[]
  readonly answer?: SlashAnswer
  /** The last line that was seen. */
  readonly readNumber: number
}

export const QUIET: TalkState = { typing: [], reactions: [], addressed: [], readNumber: 0 }

export type Talk = {
  hydrate(): Promise<void>
  heard(signal: Exclude<RoomSignal, { readonly kind: 'notes' }>): void
  /** The room as it is now, or none. */
  roomIs(room: PublicRoom | undefined): void
  /** For the eyes of who typed it; without one, what was there goes. */
  answer(answer: SlashAnswer | undefined): void
  seen(room: PublicRoom): void
  state(): TalkState
}

export type TalkDeps = {
  readonly timers: Timers
  readonly readSoFar: Stored<ReadSoFar>
  readonly onChange: () => void
}

/** Long enough to see who it was. */
const REACTION_MS = 6_000
const MOST_REACTIONS = 20
const MOST_ADDRESSED = 50

export function createTalk({ timers, readSoFar, onChange }: TalkDeps): Talk {
  let state = QUIET
  let read: ReadSoFar | undefined
  let roomId: string | undefined
  let nextId = 1

  const change = (now: Partial<TalkState>): void => {
    state = { ...state, ...now }
    onChange()
  }

  const keepRead = (now: ReadSoFar): void => {
    read = now
    void readSoFar.write(now)
  }

  const held = ({ memberId, emoji }: { memberId: MemberId; emoji: string }): ReactionView => {
    const id = nextId++
    timers.after(REACTION_MS, () => {
      if (state.reactions.some((each) => each.id === id)) {
        change({ reactions: state.reactions.filter((each) => each.id !== id) })
      }
    })
    return { id, memberId, emoji }
  }

  return {
    async hydrate() {
      read = await readSoFar.read()
    },

    heard(signal) {
      switch (signal.kind) {
        case 'typing':
          change({ typing: signal.memberIds })
          return
        case 'reactions':
          change({ reactions: [...state.reactions, ...signal.reactions.map(held)].slice(-MOST_REACTIONS) })
          return
        case 'line':
          change({ addressed: [...state.addressed, { id: nextId++, ...signal.line }].slice(-MOST_ADDRESSED) })
      }
    },

    roomIs(room) {
      if (room?.id === roomId) return
      roomId = room?.id
      state = QUIET
      // What was said before one came is there to be read, and is no news.
      if (room && read?.roomId !== room.id) keepRead({ roomId: room.id, number: room.chat.at(-1)?.number ?? 0 })
    },

    answer(answer) {
      const { answer: _, ...rest } = state
      state = answer ? { ...rest, answer } : rest
      onChange()
    },

    seen(room) {
      const number = room.chat.at(-1)?.number ?? 0
      if (read?.roomId === room.id && read.number === number) return
      keepRead({ roomId: room.id, number })
      onChange()
    },

    state: () => ({ ...state, readNumber: read?.roomId === roomId ? (read?.number ?? 0) : 0 }),
  }
}

export function chatView(talk: TalkState, { chat }: PublicRoom, self: MemberId): ChatView {
  const { readNumber, typing, ...rest } = talk
  const news = chat.filter(
    ({ number, memberId, deleted }) => number > readNumber && memberId !== undefined && memberId !== self && !deleted,
  )
  return {
    ...rest,
    lines: chat,
    typing: typing.filter((id) => id !== self),
    unread: news.length,
    mentioned: news.some(({ mentions }) => mentions.includes(self)),
  }
}

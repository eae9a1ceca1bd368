/**
 * The open pages of notes: tells each who is here, what time the server has and what the others play, and passes on what is
 * played there. Holds no notes itself; a page that closes or dies lets go of its keys here.
 * Knows neither server nor browser: the room is told to it, and what is played it hands on.
 */
import type { RoomClientState } from '../client/room-client'
import type { ClockEstimate } from '../core/clock'
import { holdsNothing } from '../core/notes/held-keys'
import { type Held, NOTHING_HELD, type NoteBatch, type PlayedNotes } from '../core/notes/note'
import { isConnected } from '../core/room/room'
import { silenced } from '../core/room/silenced'
import type { BackgroundToNotes, NotesRoom } from '../messages/background-to-notes'
import { notesToBackground } from '../messages/notes-to-background'
import type { Clock } from '../platform/clock'
import type { MessagePort } from '../platform/port'

export type NotesPages = {
  opened(port: MessagePort): void
  heard(batch: NoteBatch): void
  /** Tells each page what it does not know yet. */
  show(room: NotesRoom, estimate: ClockEstimate | undefined): void
}

export type NotesPagesDeps = {
  readonly clock: Clock
  readonly play: (played: PlayedNotes) => void
  /** A page is open that has not been told anything. */
  readonly onOpened: () => void
}

type Page = { shown?: string; clock?: string; held: Held }

export function createNotesPages({ clock, play, onOpened }: NotesPagesDeps): NotesPages {
  const pages = new Map<MessagePort, Page>()

  return {
    opened(port) {
      const page: Page = { held: NOTHING_HELD }
      const say = (message: BackgroundToNotes): void => port.post(message)
      pages.set(port, page)
      port.onMessage((raw) => {
        const parsed = notesToBackground.safeParse(raw)
        if (!parsed.success) {
          console.warn('Tutti: the page of notes said something that is no message of ours; it is left aside')
          return
        }
        const message = parsed.data
        if (message.type === 'clock-ping') {
          say({ type: 'clock-pong', sentMs: message.sentMs, backgroundMs: clock.nowMs() })
          return
        }
        page.held = message.held
        play({ notes: message.notes, held: message.held })
      })
      port.onDisconnect(() => {
        pages.delete(port)
        if (!holdsNothing(page.held)) play({ notes: [], held: NOTHING_HELD })
      })
      onOpened()
    },

    heard(batch) {
      for (const port of pages.keys()) port.post({ type: 'heard', batch } satisfies BackgroundToNotes)
    },

    show(room, estimate) {
      if (pages.size === 0) return
      const spelled = JSON.stringify(room)
      const clock = estimate && JSON.stringify([estimate.offsetMs, estimate.uncertaintyMs])
      for (const [port, page] of pages) {
        const say = (message: BackgroundToNotes): void => port.post(message)
        if (page.shown !== spelled) say({ type: 'room', room })
        page.shown = spelled
        if (estimate && clock !== undefined && page.clock !== clock) {
          say({ type: 'clock', offsetMs: estimate.offsetMs, uncertaintyMs: estimate.uncertaintyMs })
          page.clock = clock
        }
      }
    },
  }
}

export function notesRoomIn(state: RoomClientState, nowMs: number): NotesRoom {
  if (state.kind === 'outside') return { kind: 'outside' }
  if (state.kind !== 'in-room') return { kind: 'connecting' }
  const { room, memberId } = state
  const why = silenced(room, memberId, nowMs)?.code
  return {
    kind: 'in-room',
    code: room.code,
    selfId: memberId,
    players: room.members.map((member) => ({
      memberId: member.id,
      name: member.shown.name,
      colourSeed: member.number,
      isSelf: member.id === memberId,
      isAway: !isConnected(member),
    })),
    ...(why && { silenced: why === 'muted' || why === 'chat-off' ? why : 'not-allowed' }),
  }
}

/**
 * Notes that people play: stamped, bounded, and told to the others in the room at once, each by itself. Nothing of it is stored.
 * Keeps what each player holds, so that ends always pass and everything ends when a player is gone. How it is spelt is not known here.
 */
import { heldAfter, holdsNothing, releases } from '../core/notes/held-keys'
import { type Held, NOTHING_HELD, type Note, type NoteBatch } from '../core/notes/note'
import { passNotes, type RateLeft } from '../core/notes/note-rate'
import { boundedTimes } from '../core/notes/note-times'
import type { MemberId } from '../core/room/room'
import type { Clock } from '../platform/clock'

/** What comes from a player; a wire that does not say what is held leaves it out. */
export type NotesWish = { readonly notes: readonly Note[]; readonly held?: Held }

export type Notes = {
  play(roomId: string, memberId: MemberId, wish: NotesWish): void
  /** The player is gone, or may not be heard: whatever is held ends. */
  stop(roomId: string, memberId: MemberId): void
  /** Nobody hears in this room any more. */
  drop(roomId: string): void
}

export type NotesDeps = {
  readonly clock: Clock
  /** To everybody in the room but the player. */
  readonly tellOthers: (roomId: string, batch: NoteBatch) => void
  readonly onDropped: () => void
}

type Player = {
  readonly held: Held
  readonly person: RateLeft | undefined
  readonly playedMs: number | undefined
  /** Of the last batch. Begins with the time, so that it grows over a new seat and a new server, too. */
  readonly number: number
  readonly toldAtMs: number
}

type Room = { readonly players: Map<MemberId, Player>; left: RateLeft | undefined }

/** What is held is repeated for players who say so, but no more often than this. */
const REPEAT_MS = 1_000

export function createNotes({ clock, tellOthers, onDropped }: NotesDeps): Notes {
  const rooms = new Map<string, Room>()

  const tell = (
    roomId: string,
    memberId: MemberId,
    player: Pick<Player, 'held' | 'number'>,
    notes: readonly Note[],
  ): void => tellOthers(roomId, { memberId, number: player.number, notes, held: player.held })

  return {
    play(roomId, memberId, wish) {
      const nowMs = clock.nowMs()
      const room = rooms.get(roomId) ?? { players: new Map(), left: undefined }
      rooms.set(roomId, room)
      const before = room.players.get(memberId) ?? {
        held: NOTHING_HELD,
        person: undefined,
        playedMs: undefined,
        number: Math.floor(nowMs),
        toldAtMs: -Infinity,
      }
      const times = boundedTimes(
        wish.notes.map(({ atMs }) => atMs),
        before.playedMs,
        nowMs,
      )
      const stamped = wish.notes.map((note, index) => ({ ...note, atMs: times[index] ?? nowMs }))
      const passed = passNotes(stamped, { held: before.held, person: before.person, room: room.left }, nowMs)
      for (let count = 0; count < passed.dropped; count += 1) onDropped()
      room.left = passed.room
      const ended = wish.held ? releases(passed.held, wish.held) : []
      const held = ended.reduce((so, act) => heldAfter(so, act) ?? so, passed.held)
      const playedMs = times[times.length - 1] ?? before.playedMs
      const notes = [...passed.notes, ...ended.map((act): Note => ({ ...act, atMs: playedMs ?? nowMs }))]
      const isWorthTelling = notes.length > 0 || (!holdsNothing(held) && nowMs - before.toldAtMs >= REPEAT_MS)
      const player = {
        held,
        person: passed.person,
        playedMs,
        number: isWorthTelling ? before.number + 1 : before.number,
        toldAtMs: isWorthTelling ? nowMs : before.toldAtMs,
      }
      room.players.set(memberId, player)
      if (isWorthTelling) tell(roomId, memberId, player, notes)
    },
    stop(roomId, memberId) {
      const room = rooms.get(roomId)
      const player = room?.players.get(memberId)
      if (!room || !player) return
      room.players.delete(memberId)
      if (holdsNothing(player.held)) return
      const atMs = player.playedMs ?? clock.nowMs()
      tell(
        roomId,
        memberId,
        { held: NOTHING_HELD, number: player.number + 1 },
        releases(player.held).map((act) => ({ ...act, atMs })),
      )
    },
    drop: (roomId) => void rooms.delete(roomId),
  }
}

/**
 * What a client in a room is told: who comes and goes and looks how, what is said and played, how the room is set, and a line of the film.
 * Keeps whom it has told of, and what sounds there, so that whoever goes is taken off and leaves no key down.
 */
import { base64Decode } from '@bufbuild/protobuf/wire'
import { heldAfter, releases } from '../../core/notes/held-keys'
import { NOTHING_HELD, type NoteAct } from '../../core/notes/note'
import { hostOf, isConnected, type Member, type MemberId, memberOf } from '../../core/room/room'
import type { ServerOutput, Told } from '../server-dialect'
import { AvatarAction, ChatMessageType, UserStatus } from './built/pianorhythm_pb'
import { filmLine } from './film'
import { midiFrom, readMidi } from './midi'
import { type Relayed, readRelayed, relay } from './relayed'
import { DIALECT, type Looks, type Seat, type Self } from './session'
import { avatarData, chatMessage, roomInfo, say, systemLine, userId, userInfo, wholeMs } from './shown'

export type ToldSeat = { readonly seat: Seat; readonly outputs: readonly ServerOutput[] }

/** Whoever drags the film about is told of once in a while. */
const FILM_EVERY_MS = 2_000

/** `self` is who listens. */
export function tellSeat(seat: Seat, told: Told, self: Self | undefined, nowMs: number): ToldSeat {
  switch (told.kind) {
    case 'event':
      return tellEvent(seat, told, nowMs)
    case 'notes': {
      const member = memberOf(seat.room, told.batch.memberId)
      if (!member) return { seat, outputs: [] }
      // Those of this wire have come word for word; only what the server ends is news.
      const notes =
        member.dialect === DIALECT
          ? told.batch.notes.filter((note) => releases(heldBy(seat, member), heldBy(seat, member, note)).length > 0)
          : told.batch.notes
      return { seat: holding(seat, member, notes), outputs: notes.map((note) => midi(member, note, note.atMs)) }
    }
    case 'line':
      return { seat, outputs: tellLine(seat, told.line) }
    case 'relayed': {
      const word = readRelayed(told.fields)
      return word ? tellRelayed(seat, told.from, word, self) : { seat, outputs: [] }
    }
    // The wire has no word for it.
    default:
      return { seat, outputs: [] }
  }
}

function tellEvent(seat: Seat, { numbered, after }: Extract<Told, { kind: 'event' }>, nowMs: number): ToldSeat {
  const { event } = numbered
  const before = seat.room
  // That the seat is gone is told by who took it.
  if (!memberOf(after, seat.memberId)) return { seat, outputs: [] }
  const outputs: ServerOutput[] = []
  let next: Seat = { ...seat, room: after }
  for (const member of before.members) {
    if (memberOf(after, member.id)) continue
    const gone = without(next, member)
    next = gone.seat
    outputs.push(...gone.outputs)
  }
  for (const member of after.members) {
    const known = memberOf(before, member.id)
    if (known === member) continue
    if (known) outputs.push(...changed(next, known, member))
    // Of those on this wire it is known only by their own word whether they want to be seen.
    else if (member.dialect !== DIALECT) {
      const shown = show(next, member)
      next = shown.seat
      outputs.push(...shown.outputs)
    }
  }
  const host = hostOf(after)
  if (before.settings !== after.settings || (host && hostOf(before)?.id !== host.id)) {
    outputs.push(say({ case: 'roomInfo', value: roomInfo(after, next.extras) }))
  }
  if (event.type === 'chat-said') outputs.push(say(chatMessage(event.line, after)))
  const line = filmLine(event, after)
  const isSoon = nowMs - (seat.filmSaidAtMs ?? -Infinity) < FILM_EVERY_MS
  const isDrag = event.type === 'timeline-changed' && event.act.kind === 'seek'
  if (line !== undefined && !(isSoon && isDrag)) {
    next = { ...next, filmSaidAtMs: nowMs }
    outputs.push(say(systemLine(line, nowMs)))
  }
  return { seat: next, outputs }
}

function changed(seat: Seat, before: Member, after: Member): readonly ServerOutput[] {
  if (!seat.shown.includes(after.id)) return []
  const looks = seat.looks[after.id]
  if (isConnected(before) !== isConnected(after)) return [status(after, looks)]
  const isNews = before.shown !== after.shown || before.role !== after.role || before.muted !== after.muted
  const value = { userInfo: userInfo(after, looks), roomId: seat.room.code }
  return isNews ? [say({ case: 'userUpdated', value })] : []
}

function status(member: Member, looks: Looks | undefined): ServerOutput {
  const now = isConnected(member) ? (looks?.status ?? UserStatus.ONLINE) : UserStatus.AWAY
  return say({ case: 'userStatusUpdate', value: { status: now, userId: userId(member) } })
}

function show(seat: Seat, member: Member): ToldSeat {
  const value = { userInfo: userInfo(member, seat.looks[member.id]), roomId: seat.room.code }
  return {
    seat: { ...seat, shown: [...seat.shown, member.id] },
    outputs: [say({ case: 'userJoinedRoom', value })],
  }
}

function hide(seat: Seat, member: Member): ToldSeat {
  const value = { userInfo: userInfo(member, undefined), roomId: seat.room.code }
  return {
    seat: { ...seat, shown: seat.shown.filter((id) => id !== member.id) },
    outputs: seat.shown.includes(member.id) ? [say({ case: 'userLeftRoom', value })] : [],
  }
}

/** What they held ends first. */
function without(seat: Seat, member: Member): ToldSeat {
  const ends = releases(heldBy(seat, member)).map((act) => midi(member, act))
  const { [member.id]: _held, ...held } = seat.held
  const { [member.id]: _looks, ...looks } = seat.looks
  const hidden = hide({ ...seat, held, looks }, member)
  return { seat: hidden.seat, outputs: [...ends, ...hidden.outputs] }
}

function tellRelayed(seat: Seat, from: MemberId, word: Relayed, self: Self | undefined): ToldSeat {
  const member = memberOf(seat.room, from)
  const isOwn = from === seat.memberId
  if (!member) return { seat, outputs: [] }
  switch (word.type) {
    case 'hello': {
      if (isOwn) return { seat, outputs: [] }
      const seen = withLooks(seat, member, word.looks)
      return { seat: seen.seat, outputs: [...seen.outputs, ...greet(seat, from, self)] }
    }
    case 'looks': {
      if (isOwn) return { seat: { ...seat, looks: { ...seat.looks, [from]: word.looks } }, outputs: [] }
      const wasShown = seat.shown.includes(from)
      const seen = withLooks(seat, member, word.looks)
      const isNews = wasShown && seen.seat.shown.includes(from) && word.action !== undefined
      return { seat: seen.seat, outputs: [...seen.outputs, ...(isNews ? news(member, word) : [])] }
    }
    case 'midi': {
      if (isOwn) return { seat, outputs: [] }
      const data = base64Decode(word.data)
      const acts = readMidi(data)?.acts ?? []
      const value = { midiData: data, timestamp: wholeMs(word.timestamp), userId: userId(member) }
      return { seat: holding(seat, member, acts), outputs: [say({ case: 'midiMessage', value })] }
    }
    case 'room': {
      const extras = { ...seat.extras, ...word.extras }
      const isNew = JSON.stringify(extras) !== JSON.stringify(seat.extras)
      const value = roomInfo(seat.room, extras)
      return { seat: { ...seat, extras }, outputs: isNew ? [say({ case: 'roomInfo', value })] : [] }
    }
  }
}

/** Whoever has come is told how this one looks; by the first of this wire also how the room is set on it. */
function greet(seat: Seat, newcomer: MemberId, self: Self | undefined): readonly ServerOutput[] {
  const first = seat.room.members.find(({ id, dialect }) => dialect === DIALECT && id !== newcomer)
  const isFirst = first?.id === seat.memberId && Object.keys(seat.extras).length > 0
  return [
    ...(self ? [relay({ type: 'looks', looks: self.looks })] : []),
    ...(isFirst ? [relay({ type: 'room', extras: seat.extras })] : []),
  ]
}

function withLooks(before: Seat, member: Member, looks: Looks): ToldSeat {
  const seat = { ...before, looks: { ...before.looks, [member.id]: looks } }
  if (looks.status === UserStatus.INVISIBLE) return hide(seat, member)
  return seat.shown.includes(member.id) ? { seat, outputs: [] } : show(seat, member)
}

function news(member: Member, { looks, action }: Extract<Relayed, { type: 'looks' }>): readonly ServerOutput[] {
  if (action === undefined) return []
  if (action === AvatarAction.UPDATE_STATUS) return [status(member, looks)]
  const value = { action, avatarData: avatarData(looks), userId: userId(member) }
  return [say({ case: 'avatarCommand', value })]
}

function tellLine({ room }: Seat, line: Extract<Told, { kind: 'line' }>['line']): readonly ServerOutput[] {
  const [from, to] = [memberOf(room, line.from), memberOf(room, line.to)]
  const about = {
    message: line.text,
    timestamp: wholeMs(line.atMs),
    ...(from && { userId: userId(from), username: from.shown.name }),
  }
  return to
    ? [say({ case: 'privateMessage', value: { ...about, targetUserId: userId(to) } })]
    : [say({ case: 'roomChatMessage', value: { ...about, messageType: ChatMessageType.MODERATOR_MESSAGE } })]
}

function heldBy({ held }: Seat, { id }: Member, after?: NoteAct): Seat['held'][MemberId] {
  const now = held[id] ?? NOTHING_HELD
  return after ? (heldAfter(now, after) ?? now) : now
}

function holding(seat: Seat, member: Member, acts: readonly NoteAct[]): Seat {
  const before = heldBy(seat, member)
  const after = acts.reduce((so, act) => heldAfter(so, act) ?? so, before)
  return after === before ? seat : { ...seat, held: { ...seat.held, [member.id]: after } }
}

function midi(member: Member, act: NoteAct, atMs?: number): ServerOutput {
  const value = {
    midiData: midiFrom(act),
    userId: userId(member),
    ...(atMs !== undefined && { timestamp: wholeMs(atMs) }),
  }
  return say({ case: 'midiMessage', value })
}

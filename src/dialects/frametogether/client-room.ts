/**
 * A FrameTogether room as its client knows it: who is said to be here, who leads, and where the host was last heard to be.
 * Pure. Knows no socket and no waiting; lines are in this side's own time, since nothing here carries another.
 */
import { type Arrivals, hearWord } from '../../core/arrivals'
import { foreignMember, foreignRoom, withChange, withLine } from '../../core/room/foreign-room'
import { hostOf, type Member, memberOf, type PublicRoom } from '../../core/room/room'
import { positionAt } from '../../core/timeline'
import { type PlayState, readPeople, type ToClient, type User } from './frames'

export type Inside = {
  readonly room: PublicRoom
  readonly isHost: boolean
  readonly arrivals?: Arrivals
  /** When the host was last heard. */
  readonly heardAtMs: number
}

const DIALECT = 'frametogether'
/** The wire knows people by their name in the room, and oneself by none. */
export const SELF = 'self'
const idOf = (name: string): string => `user ${name}`
/** A host that plays reports every second; with this many missed, nobody knows where it is. */
const SILENT_MS = 8_000
const SEEK_SEC = 1

export function enteredRoom(
  was: Inside | undefined,
  joined: Extract<ToClient, { type: 'RoomJoined' }>,
  nowMs: number,
): Inside {
  const isHost = joined.is_host
  const others = readPeople(joined.participants).filter(({ name }) => name !== joined.your_name)
  const self = memberFrom({ name: joined.your_name, is_host: isHost }, SELF)
  const known = was?.room.code === joined.room_id ? was : undefined
  const room = known?.room ?? foreignRoom({ dialect: DIALECT, code: joined.room_id, control: 'host', nowMs })
  // There is one host; whose list is older than this word names the former one.
  const members = [...distinct(others).map((user) => memberFrom(isHost ? { ...user, is_host: false } : user)), self]
  return { room: withChange(room, { members }), isHost, heardAtMs: nowMs }
}

export function joinedRoom(inside: Inside, user: User): Inside {
  const member = memberFrom(user)
  const others = inside.room.members.filter(({ id }) => id !== member.id)
  const here = user.is_host ? others.map((each) => withRole(each, 'guest')) : others
  return { ...inside, room: withChange(inside.room, { members: [...here, member] }) }
}

export function leftRoom(inside: Inside, name: string): Inside {
  const id = idOf(name)
  if (!memberOf(inside.room, id)) return inside
  return { ...inside, room: withChange(inside.room, { members: inside.room.members.filter((each) => each.id !== id) }) }
}

/** Where the host is. What changes by more than the way here does was somebody's act. */
export function heardSync(inside: Inside, { time, paused }: PlayState, nowMs: number): Inside {
  const { room } = awake(inside)
  const arrivals = hearWord(inside.arrivals, { positionSec: time, playing: !paused, atMs: nowMs })
  const here = { ...inside, room, arrivals, heardAtMs: nowMs }
  const { current } = room.timeline
  const { line } = arrivals
  if (inside.arrivals?.line === line) return here
  const leapSec = Math.abs(positionAt(line, nowMs) - positionAt(current, nowMs))
  const kind = line.playing !== current.playing ? (line.playing ? 'play' : 'pause') : 'seek'
  const isAct = inside.arrivals !== undefined && (kind !== 'seek' || leapSec > SEEK_SEC)
  const memberId = hostOf(room)?.id
  const act = { kind, ...(memberId !== undefined && { memberId }) } as const
  return { ...here, room: withLine(room, line, nowMs, isAct ? act : undefined) }
}

/** A host that plays and says nothing is not one that stopped: the line runs on, and people see who is away. */
export function fallenSilent(inside: Inside, nowMs: number): Inside {
  const [host, atMs] = [hostOf(inside.room), silentAtMs(inside)]
  if (!host || atMs === undefined || nowMs < atMs) return inside
  return withMember(inside, { ...host, presence: { kind: 'away', sinceMs: nowMs } })
}

/** When the host will have said nothing for too long; nothing where that means nothing, or is so already. */
export function silentAtMs({ isHost, room, heardAtMs }: Inside): number | undefined {
  const host = hostOf(room)
  const isHeard = !isHost && room.timeline.current.playing && host?.presence.kind === 'connected'
  return isHeard ? heardAtMs + SILENT_MS : undefined
}

function awake(inside: Inside): Inside {
  const host = hostOf(inside.room)
  return host?.presence.kind === 'away' ? withMember(inside, { ...host, presence: { kind: 'connected' } }) : inside
}

function withMember(inside: Inside, member: Member): Inside {
  const members = inside.room.members.map((each) => (each.id === member.id ? member : each))
  return { ...inside, room: withChange(inside.room, { members }) }
}

function memberFrom({ name, is_host: isHost }: User, id = idOf(name)): Member {
  return foreignMember({ id, name, role: isHost ? 'host' : 'guest', dialect: DIALECT })
}

function withRole(member: Member, role: Member['role']): Member {
  return { ...member, role }
}

function distinct(users: readonly User[]): readonly User[] {
  return [...new Map(users.map((user) => [user.name, user])).values()]
}

/**
 * An OpenWatchParty room as its client knows it: the host, oneself, whoever has said something, and how many there are besides.
 * Pure. Lines are in the server's time. Knows no socket and no waiting.
 */
import { type Arrivals, hearWord } from '../../core/arrivals'
import {
  foreignItem,
  foreignMember,
  foreignName,
  foreignRoom,
  isPlace,
  withChange,
  withChatLine,
  withLine,
} from '../../core/room/foreign-room'
import { type MemberId, memberOf, ofIdentity, type PublicRoom, ROOM_LIMITS } from '../../core/room/room'
import { lineAt, positionAt } from '../../core/timeline'
import type { Envelope, Payload } from './frames'
import { contentOf } from './media'

export type Inside = {
  readonly room: PublicRoom
  readonly self: MemberId
  readonly hostId: MemberId
  /** Whom we know by name. */
  readonly names: Readonly<Record<MemberId, string>>
  readonly count: number
  readonly arrivals?: Arrivals
}

const DIALECT = 'openwatchparty'
const MOST_NAMES = 100

export function enteredRoom(
  was: Inside | undefined,
  self: MemberId,
  name: string | undefined,
  frame: Envelope,
  payload: Payload,
  at: At,
): Inside {
  const { host_id: hostId = '', participant_count: count = 1, media_id: mediaId, name: title } = payload
  const code = frame.room ?? ''
  const known = was?.room.code === code ? was : undefined
  const fresh = foreignRoom({
    dialect: DIALECT,
    code,
    control: 'host',
    settings: { capacity: 20, listed: true, ...(title !== undefined && { shown: { title } }) },
    nowMs: at.ownMs,
  })
  const media = mediaId === undefined ? undefined : foreignItem({ id: mediaId, content: contentOf(mediaId) })
  const room = withChange(known?.room ?? fresh, { media })
  const names = { ...known?.names, ...(name !== undefined && { [self]: name }) }
  const inside = peopled({ room, self, hostId, names, count })
  return withState(inside, readState(payload.state), at)
}

/** Now, in the server's time and in our own. */
export type At = { readonly serverMs: number; readonly ownMs: number }

export function counted(inside: Inside, count: number): Inside {
  return peopled({ ...inside, count: Math.max(1, count) })
}

export function left(inside: Inside, who: MemberId | undefined, count: number | undefined): Inside {
  const { [who ?? '']: _, ...names } = inside.names
  return peopled({ ...inside, names, count: Math.max(1, count ?? inside.count - 1) })
}

export function said(inside: Inside, who: MemberId | undefined, name: string, text: string, atMs: number): Inside {
  const knows = who !== undefined && Object.keys(inside.names).length < MOST_NAMES
  const here = knows && who !== inside.self ? peopled({ ...inside, names: { ...inside.names, [who]: name } }) : inside
  const isMember = memberOf(here.room, who) !== undefined
  const line = { text, name, atMs, ...(isMember && who !== undefined && { memberId: who }) }
  return { ...here, room: withChatLine(here.room, line) }
}

type State = { readonly position: number; readonly play_state: 'playing' | 'paused' }

/** What the host reported, as old as its way to the server took. Without a state nothing is said. */
export function withState(inside: Inside, state: State | undefined, { serverMs }: At): Inside {
  if (!state) return inside
  const word = { positionSec: state.position, playing: state.play_state === 'playing', atMs: serverMs }
  const arrivals = hearWord(inside.arrivals, word)
  if (arrivals.line === inside.arrivals?.line) return { ...inside, arrivals }
  return { ...inside, arrivals, room: withLine(inside.room, arrivals.line, serverMs) }
}

function readState(state: unknown): State | undefined {
  if (typeof state !== 'object' || state === null) return undefined
  const { position, play_state: playState } = state as { position?: unknown; play_state?: unknown }
  const isPosition = typeof position === 'number' && isPlace(position)
  return isPosition ? { position, play_state: playState === 'playing' ? 'playing' : 'paused' } : undefined
}

/** An act of the host: a play counts from its instant, the rest at once. */
export function acted(
  inside: Inside,
  { action, position, play_state: playState }: Payload,
  targetMs: number,
  { serverMs }: At,
): Inside {
  if (action === undefined) return inside
  const counts = lineAt(inside.room.timeline, serverMs)
  const playing =
    action === 'seek' ? (playState === undefined ? counts.playing : playState === 'playing') : action === 'play'
  const waits = playing && action !== 'pause'
  const atMs = waits ? targetMs : serverMs
  const line = { positionSec: position ?? positionAt(counts, serverMs), playing, atMs }
  const kind = action === 'buffering' ? 'wait' : action
  const { arrivals: _, ...rest } = inside
  return { ...rest, room: withLine(inside.room, line, serverMs, { kind, memberId: inside.hostId }) }
}

function peopled(inside: Inside): Inside {
  const { self, hostId, names, count } = inside
  const known = [...new Set([hostId, ...Object.keys(names)])].filter((id) => id !== '')
  const more = Math.max(0, Math.min(ROOM_LIMITS.members, count) - known.length)
  const unknown = Array.from({ length: more }, (_, n) => `somebody ${n + 1}`)
  const members = [...known, ...unknown].map((id) => {
    const name = ofIdentity(names, id) ?? (id === hostId ? 'Host' : 'Somebody')
    const role = id === hostId ? 'host' : 'guest'
    return foreignMember({ id, name: foreignName(name), role, dialect: DIALECT })
  })
  // Whoever we knew may be among those who went; how many are left is what the server says.
  const here = members.filter((member, n) => n < Math.max(count, 1) || member.id === self || member.id === hostId)
  return { ...inside, room: withChange(inside.room, { members: here }) }
}

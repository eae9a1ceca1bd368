/**
 * A room of another system, as a copy that looks like any other: what a wire tells goes in here as whole parts, under a rev of this side's own.
 * Pure. Knows no wire; nothing is decided here, and nothing is true but what that system said.
 * What comes from a stranger is made fit to show: names, lines and titles in their bounds, numbers where a room can take them.
 */
import { lineAt, positionAt } from '../timeline'
import { positionWithin } from './bounds'
import { type ChatLine, type LineKind, nextLineNumber } from './chat-line'
import type { MediaWish } from './command'
import { EMPTY } from './complete'
import type { Item } from './item'
import { itemFrom } from './items'
import { cleanName } from './names'
import { type Control, type Role, tableFor } from './role'
import { type Act, type Member, type MemberId, memberOf, type PublicRoom, ROOM_LIMITS } from './room'
import { DEFAULT_SETTINGS, type SettingsWish, withWish } from './settings'
import { visible } from './visible'

export type ForeignRoomWish = {
  readonly dialect: string
  /** What that system calls the room; shown as its code. */
  readonly code: string
  readonly control: Control
  readonly settings?: SettingsWish
  readonly nowMs: number
}

/** Nobody is in it yet, and it stands still at its beginning. */
export function foreignRoom({ dialect, code, control, settings = {}, nowMs }: ForeignRoomWish): PublicRoom {
  const id = `${dialect}:${code}`
  return {
    id,
    number: numberOf(id),
    code,
    epoch: `${dialect} ${nowMs}`,
    rev: 1,
    whenHostLeaves: 'pass',
    settings: withWish(DEFAULT_SETTINGS, settings),
    permissions: tableFor(control),
    members: [],
    timeline: { current: { positionSec: 0, rate: 1, playing: false, atMs: nowMs } },
    ...EMPTY,
  }
}

export type ForeignMember = {
  readonly id: MemberId
  /** Where that system counts people. */
  readonly number?: number
  readonly name: string
  readonly role: Role
  readonly dialect: string
}

export function foreignMember({ id, number, name, role, dialect }: ForeignMember): Member {
  return {
    id,
    number: number ?? numberOf(id),
    role,
    presence: { kind: 'connected' },
    dialect,
    shown: { name: foreignName(name) },
  }
}

/** The name as it can be shown; two may have the same, as that system has it. */
export function foreignName(text: string): string {
  return cleanName(cut(text, ROOM_LIMITS.nameLength)) ?? 'Somebody'
}

/** The room with these parts in place of what it had; a part without a value is gone. */
export type ForeignChange = { readonly [Part in keyof PublicRoom]?: PublicRoom[Part] | undefined }

export function withChange(room: PublicRoom, change: ForeignChange): PublicRoom {
  const entries = Object.entries({ ...room, ...change, rev: room.rev + 1 })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as PublicRoom
}

/** The parts in which the later room differs; nothing where it has lost one, so that only the whole room says it. */
export function partsSince(before: PublicRoom, after: PublicRoom): Partial<PublicRoom> | undefined {
  if (Object.keys(before).some((part) => !Object.hasOwn(after, part))) return undefined
  const known: Readonly<Record<string, unknown>> = before
  return Object.fromEntries(Object.entries(after).filter(([part, value]) => part !== 'rev' && known[part] !== value))
}

export type ForeignLine = {
  readonly positionSec: number
  readonly playing: boolean
  /** In the time that this dialect's lines are in. */
  readonly atMs: number
  readonly rate?: number
}

/**
 * What the system says of where the room is; a line of the future counts from its instant on.
 * `act` is who did it, where somebody did something and it was no report.
 */
export function withLine(
  room: PublicRoom,
  { positionSec, playing, atMs, rate = 1 }: ForeignLine,
  nowMs: number,
  act?: Pick<Act, 'kind' | 'memberId'>,
): PublicRoom {
  const line = { positionSec: positionWithin(positionSec), playing, atMs, rate: rateWithin(rate) }
  const counts = lineAt(room.timeline, nowMs)
  return withChange(room, {
    timeline: atMs > nowMs ? { current: counts, next: line } : { current: line },
    ...(act && {
      lastAct: { ...act, atMs: nowMs, fromSec: positionWithin(positionAt(counts, nowMs)), toSec: line.positionSec },
    }),
  })
}

/** May somebody want to go there? As rooms of our own decide it; nothing else is told to others. */
export function isPlace(positionSec: number, longestSec: number = ROOM_LIMITS.maxPositionSec): boolean {
  return positionSec >= 0 && positionSec <= longestSec
}

/** Somebody's line; the system's own without `memberId` and name. */
export type ForeignChatLine = {
  readonly text: string
  readonly kind?: LineKind
  readonly memberId?: MemberId
  /** Where the sender is not among the members. */
  readonly name?: string
  readonly atMs: number
  /** The system's own name for the line, unique in the room. */
  readonly id?: string
  readonly mentions?: readonly MemberId[]
}

export function withChatLine(room: PublicRoom, said: ForeignChatLine): PublicRoom {
  const text = cut(visible(said.text).trim(), ROOM_LIMITS.lineLength)
  if (text === '') return room
  const number = nextLineNumber(room.chat)
  const name = said.name ?? memberOf(room, said.memberId)?.shown.name
  const line: ChatLine = {
    id: said.id ?? `line-${number}`,
    number,
    kind: said.kind ?? 'text',
    ...(said.memberId !== undefined && { memberId: said.memberId }),
    atMs: said.atMs,
    mentions: (said.mentions ?? []).slice(0, ROOM_LIMITS.mentions),
    reactions: [],
    content: { text, ...(name !== undefined && { name: foreignName(name) }) },
  }
  return withChange(room, { chat: [...room.chat, line].slice(-ROOM_LIMITS.lines) })
}

export type ForeignItem = MediaWish & {
  readonly id: string
  readonly number?: number
  readonly addedBy?: MemberId
  readonly sinceMs?: number
}

/** A long title is cut; an address that is cut would be another one. */
export function foreignItem({ id, number, addedBy, sinceMs, content, ...lengths }: ForeignItem): Item {
  const { address, title, author, image } = content
  const fit = {
    address: fitAddress(address, ROOM_LIMITS.addressLength),
    title: cut(title, ROOM_LIMITS.titleLength),
    ...(author !== undefined && { author: cut(author, ROOM_LIMITS.authorLength) }),
    ...(image !== undefined && { image: fitAddress(image, ROOM_LIMITS.imageLength) }),
  }
  return {
    ...itemFrom({ ...lengths, content: fit }, { id, seed: 0 }),
    number: number ?? numberOf(id),
    ...(addedBy !== undefined && { addedBy }),
    ...(sinceMs !== undefined && { sinceMs }),
  }
}

/** A number of 31 bits out of a name, always the same: for systems that count nothing. */
export function numberOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 1 || 1
}

function rateWithin(rate: number): number {
  return Math.min(ROOM_LIMITS.maxRate, Math.max(ROOM_LIMITS.minRate, rate))
}

function fitAddress(address: string, longest: number): string {
  return address.length <= longest ? address : ''
}

/** At most so many UTF-16 units, and no half characters. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const end = longest - (/[\uD800-\uDBFF]/.test(text.charAt(longest - 1)) ? 1 : 0)
  return text.slice(0, end)
}

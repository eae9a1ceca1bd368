/**
 * What a host does and reports at an OpenWatchParty server: who may, what is stored, what is filtered, when it counts for the others. Positions are stored as
 * they came and never run on by themselves; what can't be stored is relayed all the same.
 */
import type { Book } from '../house'
import { type Fields, numberOf, textOf } from '../json'
import type { OwnTime } from '../time'
import type { Member, OpenWatchPartyQuirks, Room } from './server'

const LEAD_MS = 300
const COOLDOWN_MS = 2000
const UPDATE_EVERY_MS = 500
export const LONGEST_SEC = 86_400

type Act = (member: Member, message: Fields, payload: Fields) => void

export function createActs(
  time: OwnTime,
  book: Book,
  quirks: OpenWatchPartyQuirks,
  roomOf: (id: string) => Room | undefined,
  tellOthers: (room: Room, but: Member, message: Fields) => void,
): { readonly act: Act; readonly update: Act } {
  const hostOnly = (member: Member, message: Fields): Room | undefined => {
    const room = roomOf(textOf(message['room']) ?? '')
    if (!room || !room.members.has(member)) return undefined
    if (room.host === member || quirks.r0) return room
    book.harms.push(`A ${String(message['type'])} from somebody who is not the host.`)
    return undefined
  }
  const store = (room: Room, payload: Fields): void => {
    const { position, play_state: state } = payload
    if (typeof position === 'number' && position >= 0 && position <= LONGEST_SEC) room.position = position
    else book.harms.push(`A position that is not stored but relayed: ${JSON.stringify(position)}`)
    if (typeof state === 'string') room.playState = state
  }
  const act = (member: Member, message: Fields, payload: Fields): void => {
    const room = hostOnly(member, message)
    if (!room) return
    const { action } = payload
    const state = action === 'play' ? { play_state: 'playing' } : action === 'pause' ? { play_state: 'paused' } : {}
    store(room, { ...payload, ...state })
    room.lastEventMs = time.nowMs()
    const at = time.nowMs() + (quirks.leadMs ?? LEAD_MS)
    tellOthers(room, member, { ...message, payload: { ...payload, target_server_ts: at }, server_ts: at })
  }
  const update = (member: Member, message: Fields, payload: Fields): void => {
    const room = hostOnly(member, message)
    if (!room) return
    const now = time.nowMs()
    const bySec = (numberOf(payload['position']) ?? room.position) - room.position
    const isSame = payload['play_state'] === room.playState
    const isSmall = (bySec >= -2 && bySec < -0.5) || (bySec >= 0 && bySec < 0.5)
    if (isSame && (now - room.lastEventMs < COOLDOWN_MS || now - room.lastUpdateMs < UPDATE_EVERY_MS || isSmall)) return
    store(room, payload)
    room.lastUpdateMs = now
    tellOthers(room, member, { ...message, server_ts: now })
  }
  return { act, update }
}
